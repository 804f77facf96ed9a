//! Files that are no workbooks, broken ones and mutants: a reason for each, and never a panic.

use super::{
    FileKind, NoticeKind, Refusal, read,
    samples::{figures, guide, notices, only, put, read_xlsx, usual, usual_figures, workbook},
};

#[test]
fn files_that_are_no_workbooks_are_refused_with_their_reason() {
    let letter = {
        let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        let options = zip::write::SimpleFileOptions::default();
        writer.start_file("word/document.xml", options).unwrap();
        writer.finish().unwrap().into_inner()
    };
    let list = workbook(&[("Danh bạ", &|sheet| put(sheet, (0, 0), "Tên|Điện thoại\nA|1"))]);
    let truncated = usual().get(..2_000).unwrap().to_vec();
    let cases: [(&str, &[u8], FileKind, Refusal); 6] = [
        ("a.xlsx", b"", FileKind::Empty, Refusal::Empty),
        ("~$a.xlsx", b"\x05User", FileKind::Temporary, Refusal::Temporary),
        ("a.xlsx", &letter, FileKind::Word, Refusal::NotAWorkbook),
        ("a.xls", b"<html></html>", FileKind::Html, Refusal::NoForm),
        ("a.xlsx", &list, FileKind::Xlsx, Refusal::NoForm),
        ("a.xlsx", &truncated, FileKind::Xlsx, Refusal::Damaged("không mở được tệp".to_owned())),
    ];
    for (name, bytes, kind, refusal) in cases {
        let reading = read(name, bytes, &guide());
        assert_eq!((reading.kind, reading.refusal), (kind, Some(refusal)), "{name}");
    }
    assert_eq!(notices(&read("a.xlsx", &letter, &guide())), [NoticeKind::WrongExtension]);
    let reading = read("a.xls", &usual(), &guide());
    assert_eq!(notices(&reading), [NoticeKind::WrongExtension]);
    assert_eq!(figures(only(&reading)), usual_figures());
}

#[test]
fn truncated_files_never_panic_and_never_give_part_of_the_figures() {
    let bytes = usual();
    let expected = usual_figures();
    for length in (0..bytes.len()).step_by(64) {
        let reading = read_xlsx(bytes.get(..length).unwrap());
        assert!(reading.refusal.is_some(), "{length}");
        assert!(reading.returns.is_empty() || figures(only(&reading)) == expected, "{length}");
    }
}

#[test]
fn mutants_never_panic() {
    let original = usual();
    let mut state: u64 = 0x0006_0020_2403;
    let mut next = |limit: usize| {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(state >> 33).unwrap() % limit
    };
    for _ in 0..200 {
        let mut bytes = original.clone();
        for _ in 0..=next(12) {
            let place = next(bytes.len());
            bytes[place] = u8::try_from(next(256)).unwrap();
        }
        let reading = read_xlsx(&bytes);
        assert!(reading.refusal.is_some() || !reading.returns.is_empty());
    }
}

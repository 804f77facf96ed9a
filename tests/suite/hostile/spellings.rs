//! One return as a page, as lines of text in several encodings, as XML of two kinds and in a zip:
//! each gives the figures of the workbook.

use std::fmt::Write;
use std::io::Cursor;

use calamine::{Data, Reader, Xlsx};

use super::{
    figures::Figures,
    packages::{parts, small},
    silent::{one, run},
};
use crate::support::MARCH;

/// Rows of the first sheet.
fn rows(workbook: &[u8]) -> Vec<Vec<Data>> {
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(workbook)).unwrap();
    let range = workbook.worksheet_range_at(0).unwrap().unwrap();
    range.rows().map(<[Data]>::to_vec).collect()
}

fn escaped(cell: &Data) -> String {
    cell.to_string().replace('&', "&amp;").replace('<', "&lt;")
}

fn delimited(rows: &[Vec<Data>], separator: u8) -> String {
    let mut writer = csv::WriterBuilder::new().delimiter(separator).from_writer(Vec::new());
    for row in rows {
        writer.write_record(row.iter().map(ToString::to_string)).unwrap();
    }
    String::from_utf8(writer.into_inner().unwrap()).unwrap()
}

fn page(rows: &[Vec<Data>]) -> String {
    let mut page = "<html><head><meta charset=utf-8></head><body><table border=1>\n".to_owned();
    for row in rows {
        page.push_str("<tr>");
        for cell in row {
            write!(page, "<td>{}</td>", escaped(cell)).unwrap();
        }
        page.push_str("</tr>\n");
    }
    page + "</table></body></html>"
}

fn spreadsheet_xml(rows: &[Vec<Data>]) -> String {
    let name = "urn:schemas-microsoft-com:office:spreadsheet";
    let mut xml = format!(
        "<?xml version=\"1.0\"?>\n<Workbook xmlns=\"{name}\" xmlns:ss=\"{name}\">\
         <Worksheet ss:Name=\"Biểu\"><Table>"
    );
    for row in rows {
        xml.push_str("<Row>");
        for cell in row {
            let kind = if matches!(cell, Data::Float(_)) { "Number" } else { "String" };
            write!(xml, "<Cell><Data ss:Type=\"{kind}\">{}</Data></Cell>", escaped(cell)).unwrap();
        }
        xml.push_str("</Row>");
    }
    xml + "</Table></Worksheet></Workbook>"
}

#[test]
fn every_spelling_gives_the_same_figures() {
    let (path, workbook) = one("Phong Tu phap");
    let expected = Figures::of(&run(&path, &workbook));
    assert!(expected.len() > 20);
    let rows = rows(&workbook);
    let wide = |text: &str| -> Vec<u8> {
        let units = text.encode_utf16().flat_map(u16::to_le_bytes);
        [0xff, 0xfe].into_iter().chain(units).collect()
    };
    let semicolons = delimited(&rows, b';');
    let stem = path.strip_prefix("2024-03/").unwrap().strip_suffix(".xlsx").unwrap();
    let inner = format!("{stem}.xlsx");
    for (name, bytes) in [
        ("x.csv", semicolons.clone().into_bytes()),
        ("x.xls", wide(&delimited(&rows, b'\t'))),
        ("y.csv", [b"\xef\xbb\xbf", delimited(&rows, b',').as_bytes()].concat()),
        ("z.csv", vietnamese_windows(&semicolons)),
        ("page.xls", page(&rows).into_bytes()),
        ("xml.xls", spreadsheet_xml(&rows).into_bytes()),
        ("a.zip", small(&[(&inner, &workbook)])),
    ] {
        let found = Figures::of(&run(&format!("{MARCH}/{stem} {name}"), &bytes));
        assert_eq!(found.differences(&expected), Vec::<String>::new(), "{name}");
    }
}

#[test]
fn a_zip_has_no_fate_but_that_of_its_files() {
    let (path, workbook) = one("Phong Tu phap");
    let inner = path.strip_prefix("2024-03/").unwrap();
    let sandbox = run(&format!("{MARCH}/a.zip"), &small(&[(inner, &workbook)]));
    let manifest = sandbox.text(&format!("output/{MARCH}/manifest.json"));
    for (file, fate) in [("a.zip".to_owned(), "bỏ qua"), (format!("a.zip/{inner}"), "tính")] {
        let (_, entry) = manifest.split_once(&format!("\"file\": \"{MARCH}/{file}\"")).unwrap();
        let (entry, _) = entry.split_once('}').unwrap();
        assert!(entry.contains(&format!("\"fate\": \"{fate}\"")), "{file}: {entry}");
    }
}

#[test]
fn an_open_document_in_one_file_gives_the_same_figures() {
    let (path, packed) = one("Phu nu huyen.ods");
    let expected = Figures::of(&run(&path, &packed));
    let parts = parts(&packed);
    let (_, content) = parts.iter().find(|(name, _)| name == "content.xml").unwrap();
    let flat = String::from_utf8(content.clone()).unwrap();
    let mimetype = "office:mimetype=\"application/vnd.oasis.opendocument.spreadsheet\"";
    let flat = flat
        .replace("<office:document-content", &format!("<office:document {mimetype}"))
        .replace("</office:document-content>", "</office:document>");
    let found = Figures::of(&run(&path.replace(".ods", ".fods"), flat.as_bytes()));
    assert!(expected.len() > 20);
    assert_eq!(found.differences(&expected), Vec::<String>::new());
}

/// Returns text in the code page of Vietnamese Windows, marks behind their letters.
fn vietnamese_windows(text: &str) -> Vec<u8> {
    let marks = [('\u{300}', 0xcc), ('\u{301}', 0xec), ('\u{303}', 0xde), ('\u{309}', 0xd2)];
    let letters = [('ă', 0xe3), ('Ă', 0xc3), ('đ', 0xf0), ('Đ', 0xd0), ('ơ', 0xf5), ('Ơ', 0xd5)];
    let more = [('ư', 0xfd), ('Ư', 0xdd), ('\u{323}', 0xf2), ('…', 0x85), ('–', 0x96)];
    let latin = "ÂÊÔâêô";
    let mut bytes = Vec::new();
    for character in text.chars() {
        let whole = |character: char| {
            let known = marks.iter().chain(&letters).chain(&more);
            let found = known.clone().find(|(known, _)| *known == character).map(|(_, byte)| *byte);
            let plain = character.is_ascii() || latin.contains(character);
            found.or_else(|| plain.then_some(character as u32 as u8))
        };
        if let Some(byte) = whole(character) {
            bytes.push(byte);
            continue;
        }
        // A letter with a mark is two of them, and "ầ" is "â" with a mark.
        let (base, mark) = split(character);
        bytes.push(whole(base).unwrap_or(b'?'));
        bytes.extend(whole(mark));
    }
    bytes
}

/// Returns a letter without its tone, and the tone.
fn split(character: char) -> (char, char) {
    use unicode_normalization::UnicodeNormalization;
    let parts: Vec<char> = character.nfd().collect();
    let is_tone =
        |part: &char| ['\u{300}', '\u{301}', '\u{303}', '\u{309}', '\u{323}'].contains(part);
    let tone = parts.iter().find(|part| is_tone(part)).copied().unwrap_or('?');
    let base: String = parts.iter().filter(|part| !is_tone(part)).copied().nfc().collect();
    (base.chars().next().unwrap_or('?'), tone)
}

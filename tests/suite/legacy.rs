//! Returns typed in the old encodings: the sample returns in TCVN3 and VNI read as the originals do,
//! and Unicode is left alone.

use std::collections::BTreeMap;
use std::fs;
use std::io::Cursor;
use std::path::Path;

use da06::ingest::{CellContent, FileReading, NoticeKind, Reader, ReadingGuide};
use da06::template;
use da06::text::legacy::{Encoding, TypedText, decide};
use zip::ZipArchive;

use crate::support::{MARCH, Sandbox, repacked, repository};

/// Returns a workbook with its words typed in an encoding and its fonts named so.
fn retyped(bytes: &[u8], encoding: Encoding, font: &str) -> Vec<u8> {
    repacked(bytes, |name, content| {
        if name.ends_with("sharedStrings.xml") {
            encoding.encode(&String::from_utf8(content).unwrap()).into_bytes()
        } else if name.ends_with("styles.xml") {
            let styles = String::from_utf8(content).unwrap();
            styles.replace("Times New Roman", font).into_bytes()
        } else {
            content
        }
    })
}

/// Returns an OpenDocument workbook with its words typed in an encoding and its fonts named so; the
/// names of sheets are typed in the font of the program.
fn retyped_ods(bytes: &[u8], encoding: Encoding, font: &str) -> Vec<u8> {
    repacked(bytes, |name, content| match name {
        "content.xml" | "styles.xml" => {
            let parts = String::from_utf8(content).unwrap().replace("Times New Roman", font);
            let pieces = parts.split_inclusive('>').map(|piece| {
                let (words, tag) = piece.split_at(piece.find('<').unwrap_or(piece.len()));
                encoding.encode(words) + tag
            });
            pieces.collect::<String>().into_bytes()
        }
        _ => content,
    })
}

fn reader() -> Reader {
    let files = fs::read_dir(repository().join("templates")).unwrap().map(|entry| {
        let path = entry.unwrap().path();
        (path.file_name().unwrap().to_string_lossy().into_owned(), fs::read(path).unwrap())
    });
    Reader::new(&ReadingGuide::of(&template::load(&files.collect()).unwrap()))
}

/// Returns the sample returns of a month that have an extension, by name.
fn returns_of(month: &Path, wanted: &str) -> BTreeMap<String, Vec<u8>> {
    let files = fs::read_dir(month).unwrap().map(|entry| entry.unwrap().path());
    files
        .filter(|path| path.extension().is_some_and(|extension| extension == wanted))
        .map(|path| {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            (name, fs::read(path).unwrap())
        })
        .collect()
}

/// Returns a reading as text, without what tells of the encoding; words in small letters where the
/// encoding has no others.
fn bare(mut reading: FileReading, encoding: Option<Encoding>) -> String {
    reading.notices.retain(|notice| !matches!(notice.kind, NoticeKind::OldEncoding { .. }));
    for found in &mut reading.returns {
        found.decoded.clear();
    }
    let text = format!("{reading:#?}");
    if encoding == Some(Encoding::Tcvn3) { text.to_lowercase() } else { text }
}

#[test]
fn a_return_in_an_old_encoding_reads_as_the_original() {
    let reader = reader();
    let mut decoded = 0;
    for (name, bytes) in returns_of(&repository().join("input").join(MARCH), "xlsx") {
        if ZipArchive::new(Cursor::new(&bytes)).is_err() {
            continue;
        }
        let original = reader.read(&name, &bytes);
        assert!(original.returns.iter().all(|found| found.decoded.is_empty()), "{name}");
        for (encoding, font) in [
            (Encoding::Tcvn3, "Times New Roman"),
            (Encoding::Tcvn3, ".VnTime"),
            (Encoding::Vni, "Times New Roman"),
            (Encoding::Vni, "VNI-Times"),
        ] {
            let reading = reader.read(&name, &retyped(&bytes, encoding, font));
            decoded += reading.returns.iter().map(|found| found.decoded.len()).sum::<usize>();
            let (found, expected) =
                (bare(reading, Some(encoding)), bare(original.clone(), Some(encoding)));
            let differing = found.lines().zip(expected.lines()).find(|(one, two)| one != two);
            assert_eq!(differing, None, "{name} in {encoding:?} with {font}");
            assert_eq!(found.len(), expected.len(), "{name} in {encoding:?} with {font}");
        }
    }
    assert!(decoded > 8_000, "{decoded} cells");
}

#[test]
fn an_opendocument_return_in_an_old_encoding_reads_as_the_original() {
    let reader = reader();
    let returns = returns_of(&repository().join("input").join(MARCH), "ods");
    assert_eq!(returns.len(), 2);
    for (name, bytes) in &returns {
        let original = reader.read(name, bytes);
        for (encoding, font) in [
            (Encoding::Tcvn3, "Times New Roman"),
            (Encoding::Tcvn3, ".VnTime"),
            (Encoding::Tcvn3, ".VnTimeH"),
            (Encoding::Vni, "VNI-Times"),
        ] {
            let reading = reader.read(name, &retyped_ods(bytes, encoding, font));
            let unit = reading.returns[0].unit_name.clone().unwrap().value;
            let capitals =
                matches!(&unit, CellContent::Text(words) if *words == words.to_uppercase());
            let (found, expected) =
                (bare(reading, Some(encoding)), bare(original.clone(), Some(encoding)));
            let differing = found.lines().zip(expected.lines()).find(|(one, two)| one != two);
            assert_eq!(differing, None, "{name} in {encoding:?} with {font}");
            assert_eq!(capitals, font == ".VnTimeH", "{name}: {unit:?} in {font}");
        }
    }
}

#[test]
fn words_that_say_too_little_are_decoded_by_their_font_in_ods_too() {
    let reader = reader();
    let document = |font: &str| {
        let row = |cells: &[&str]| {
            let cells = cells.iter().map(|words| {
                format!("<table:table-cell office:value-type=\"string\"><text:p>{words}</text:p></table:table-cell>")
            });
            format!("<table:table-row>{}</table:table-row>", cells.collect::<String>())
        };
        let rows = [
            row(&["Kỳ báo cáo:", "Tháng 3 năm 2024"]),
            row(&["Đơn vị báo cáo:", "UBND xã Tiên Minh"]),
            row(&["Mã", "Chỉ tiêu", "Trong kỳ", "Ghi chú"]),
            row(&["A02", "Số hội nghị", "5", "b·o"]),
        ];
        let columns = "<table:table-column table:number-columns-repeated=\"3\"/>\
                       <table:table-column table:default-cell-style-name=\"ce1\"/>";
        format!(
            "<office:document office:mimetype=\"application/vnd.oasis.opendocument.spreadsheet\">\
             <office:automatic-styles><style:style style:name=\"ce1\" style:family=\"table-cell\">\
             <style:text-properties style:font-name=\"{font}\"/></style:style></office:automatic-styles>\
             <office:body><office:spreadsheet><table:table table:name=\"Biểu 01\">{columns}{}</table:table>\
             </office:spreadsheet></office:body></office:document>",
            rows.concat()
        )
    };
    for (font, note) in [("Times New Roman", "b·o"), (".VnTime", "bão"), (".VnTimeH", "BÃO")] {
        let reading = reader.read("a.fods", document(font).as_bytes());
        let notes: Vec<&str> =
            reading.returns[0].notes.iter().map(|(_, note)| note.value.as_str()).collect();
        assert_eq!(notes, [note], "{font}");
    }
}

#[test]
fn unicode_is_left_alone() {
    let reader = reader();
    for path in [MARCH, "2024-01", "2024-02"].map(|month| repository().join("input").join(month)) {
        for entry in fs::read_dir(path).unwrap() {
            let path = entry.unwrap().path();
            let reading = reader.read(&path.to_string_lossy(), &fs::read(&path).unwrap());
            let decoded = reading.returns.iter().map(|found| found.decoded.len()).sum::<usize>();
            assert_eq!(decoded, 0, "{}", path.display());
        }
    }
    let folders = ["templates", "docs", "assets/text", "tests/workspaces/tinh/templates"];
    for folder in folders.map(|folder| repository().join(folder)) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let Ok(text) = fs::read_to_string(&path) else { continue };
            for texts in [text.lines().collect::<Vec<_>>(), text.split_whitespace().collect()] {
                let typed = |text| TypedText { sheet: 0, column: 0, text, font: None };
                let typed: Vec<TypedText<'_>> = texts.into_iter().map(typed).collect();
                let decided = decide(&typed);
                let first = decided.iter().zip(&typed).find(|(decision, _)| decision.is_some());
                assert!(first.is_none(), "{}: {first:?}", path.display());
            }
        }
    }
}

#[test]
fn notes_in_an_old_font_are_understood_and_said() {
    let sandbox = Sandbox::tien_lang();
    let path = "input/2024-03/Tien Minh T3.xlsx";
    let original = sandbox.da06(&["check", "--period", MARCH, "--json", path]);
    sandbox.write(path, retyped(&sandbox.read(path), Encoding::Tcvn3, ".VnTime"));
    let retyped = sandbox.da06(&["check", "--period", MARCH, "--json", path]);
    assert_eq!(retyped.code, original.code, "{}", retyped.stderr);
    let findings = |stdout: &str| serde_json::from_str::<Vec<serde_json::Value>>(stdout).unwrap();
    let (old, others): (Vec<_>, Vec<_>) =
        findings(&retyped.stdout).into_iter().partition(|finding| finding["code"] == "DA06-T30");
    let codes = |findings: &[serde_json::Value]| {
        findings.iter().map(|finding| finding["code"].to_string()).collect::<Vec<_>>()
    };
    assert_eq!(codes(&others), codes(&findings(&original.stdout)));
    assert_eq!(old.len(), 2, "one for each sheet: {old:#?}");
    assert_eq!(old[0]["severity"], "thông tin");
    assert_eq!(old[0]["found"], Encoding::Tcvn3.encode("Biểu 01/ĐA06-X"));
    assert!(old[0]["message"].as_str().unwrap().contains("TCVN3 (ABC)"), "{old:#?}");
    for copy in ["", "(1)"] {
        let path = format!("input/2024-03/UBND_xa_Khoi_Nghia_T03-2024{copy}.xlsx");
        sandbox.write(&path, self::retyped(&sandbox.read(&path), Encoding::Tcvn3, ".VnTime"));
    }
    let run = sandbox.da06(&["run", "--period", MARCH]);
    assert_eq!(run.code, 1, "{}", run.stderr);
    let sources = sandbox.text("output/2024-03/nguon-2024-03.csv");
    let raw = Encoding::Tcvn3.encode("không phát sinh");
    assert!(sources.contains(&raw), "the source is what stands in the cell");
}

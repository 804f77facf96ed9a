//! Odd packages, made from small parts: what programs other than Excel write, and what is rare. Each must
//! take an answer that changes nothing else, or be left to a rebuilt copy.

use std::io::{Cursor, Write};

use calamine::{Reader, Xlsx};
use da06::{
    compose::feedback::{Answer, AnswerRow, AnswerSheet, Mark, Tone},
    place::CellRef,
    render::xlsx::patch::patched,
};
use zip::{ZipWriter, write::SimpleFileOptions};

use super::parts::{parts, untouched};

const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const LIST: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
const KINDS: &str = "http://schemas.openxmlformats.org/package/2006/content-types";
const SHEET: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml";

/// A package with one sheet, "Biểu", whose B2 is 7.
struct Package(Vec<(String, String)>);

impl Package {
    fn plain() -> Self {
        let kinds = format!(
            "<Types xmlns=\"{KINDS}\"><Default Extension=\"rels\" ContentType=\"application/vnd.\
             openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\" ContentType=\
             \"application/xml\"/><Override PartName=\"/xl/workbook.xml\" ContentType=\
             \"{SHEET}.sheet.main+xml\"/><Override PartName=\"/xl/worksheets/sheet1.xml\" ContentType=\
             \"{SHEET}.worksheet+xml\"/></Types>"
        );
        let list = |relations: &str| {
            format!("<Relationships xmlns=\"{LIST}\">{relations}</Relationships>")
        };
        let relation = |id: &str, kind: &str, target: &str| {
            format!("<Relationship Id=\"{id}\" Type=\"{RELATIONS}/{kind}\" Target=\"{target}\"/>")
        };
        let workbook = format!(
            "<workbook xmlns=\"{MAIN}\" xmlns:r=\"{RELATIONS}\"><sheets><sheet name=\"Biểu\" \
             sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>"
        );
        let sheet = format!(
            "<worksheet xmlns=\"{MAIN}\"><sheetData><row r=\"2\"><c r=\"B2\"><v>7</v></c></row>\
             </sheetData></worksheet>"
        );
        Self(vec![
            ("[Content_Types].xml".to_owned(), kinds),
            ("_rels/.rels".to_owned(), list(&relation("r", "officeDocument", "xl/workbook.xml"))),
            ("xl/workbook.xml".to_owned(), workbook),
            (
                "xl/_rels/workbook.xml.rels".to_owned(),
                list(&relation("rId1", "worksheet", "worksheets/sheet1.xml")),
            ),
            ("xl/worksheets/sheet1.xml".to_owned(), sheet),
        ])
    }

    /// Replaces words in a part; they must be there.
    fn with(mut self, part: &str, from: &str, to: &str) -> Self {
        let (_, text) = self.0.iter_mut().find(|(name, _)| name == part).unwrap();
        assert!(text.contains(from), "{from} is not in {text}");
        *text = text.replace(from, to);
        self
    }

    fn and(mut self, part: &str, text: impl Into<String>) -> Self {
        self.0.push((part.to_owned(), text.into()));
        self
    }

    /// Adds a part that the sheet leads to.
    fn led(self, kind: &str, target: &str, part: &str, text: &str) -> Self {
        let rels = "xl/worksheets/_rels/sheet1.xml.rels";
        let relation = format!(
            "<Relationship Id=\"{kind}\" Type=\"{RELATIONS}/{kind}\" Target=\"{target}\"/>"
        );
        let known = self.0.iter().any(|(name, _)| name == rels);
        let package = if known {
            self.with(rels, "</Relationships>", &format!("{relation}</Relationships>"))
        } else {
            let list = format!("<Relationships xmlns=\"{LIST}\">{relation}</Relationships>");
            self.and(rels, list)
        };
        package.and(part, text)
    }

    /// Adds a part that the workbook leads to.
    fn beside(self, kind: &str, target: &str, part: &str, text: &str) -> Self {
        let relation = format!(
            "<Relationship Id=\"x{kind}\" Type=\"{RELATIONS}/{kind}\" Target=\"{target}\"/>"
        );
        self.with(
            "xl/_rels/workbook.xml.rels",
            "</Relationships>",
            &format!("{relation}</Relationships>"),
        )
        .and(part, text)
    }

    fn bytes(&self) -> Vec<u8> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, text) in &self.0 {
            writer.start_file(name.as_str(), SimpleFileOptions::default()).unwrap();
            writer.write_all(text.as_bytes()).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }
}

fn answer(cells: &[(u32, u32)]) -> Answer {
    let mark = |(row, column): &(u32, u32)| Mark {
        sheet: "Biểu".to_owned(),
        cell: CellRef { row: *row, column: *column },
        tone: Tone::Wrong,
        note: "=1+1 <sai>".to_owned(),
    };
    let row = AnswerRow {
        tone: Tone::Wrong,
        severity: "Phải sửa",
        message: "=HYPERLINK(\"http://a\")".to_owned(),
        hint: "@SUM(A1)".to_owned(),
        cell: Some(("Biểu".to_owned(), CellRef { row: 1, column: 1 })),
        is_marked: true,
        place: "B2".to_owned(),
        found: "+7".to_owned(),
        expected: "-8".to_owned(),
        code: "B-06".to_owned(),
    };
    Answer {
        unit: "a".to_owned(),
        file: None,
        sha256: String::new(),
        earlier_sheet: None,
        is_spoilt: false,
        author: "Tổ công tác".to_owned(),
        marks: cells.iter().map(mark).collect(),
        sheet: AnswerSheet {
            name: "Kết quả kiểm tra".to_owned(),
            heads: vec!["STT"],
            rows: vec![row],
            ..AnswerSheet::default()
        },
    }
}

/// Answers a package and checks what must always hold: it opens, B2 is 7, ours is the last sheet, no
/// formula came in, parts that are not ours to change are as they were.
fn answered(package: &Package) -> std::collections::BTreeMap<String, String> {
    let bytes = package.bytes();
    let after = patched(&bytes, &answer(&[(1, 1), (1, 3), (4, 0)])).unwrap();
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(&after[..])).unwrap();
    let names = workbook.sheet_names();
    assert!(names.last().unwrap().starts_with("Kết quả kiểm tra"), "{names:?}");
    let range = workbook.worksheet_range("Biểu").unwrap();
    assert_eq!(range.get_value((1, 1)).map(ToString::to_string).as_deref(), Some("7"));
    let sheet = workbook.worksheet_formula(names.last().unwrap()).unwrap();
    assert!(sheet.is_empty(), "no word of a unit becomes a formula");
    assert_eq!(patched(&bytes, &answer(&[(1, 1), (1, 3), (4, 0)])).unwrap(), after);
    answered_again(&after, names.last().unwrap());
    parts(&after)
}

/// Answers an answer: the sheet, the notes and their boxes are as many as before, whether the marks are
/// the same or one alone is left.
fn answered_again(first: &[u8], sheet: &str) {
    let counts = |bytes: &[u8]| {
        let parts = parts(bytes);
        let count =
            |what: &str| parts.values().map(|part| part.matches(what).count()).sum::<usize>();
        (count("KẾT QUẢ"), count("<author>Tổ công tác"), count("[Kiểm tra: "), count("ObjectType"))
    };
    let again = |cells: &[(u32, u32)]| {
        let answer = Answer { earlier_sheet: Some(sheet.to_owned()), ..answer(cells) };
        patched(first, &answer).unwrap()
    };
    let same = again(&[(1, 1), (1, 3), (4, 0)]);
    assert_eq!(counts(&same), counts(first));
    let names = |bytes: &[u8]| Xlsx::new(Cursor::new(bytes.to_vec())).unwrap().sheet_names();
    assert_eq!(names(&same), names(first));
    let notes = counts(first).2;
    assert_eq!(counts(&again(&[(4, 0)])).2, notes.min(1), "what no longer holds is gone");
}

const SHEET_PART: &str = "xl/worksheets/sheet1.xml";
const BOOK_PART: &str = "xl/workbook.xml";

#[test]
fn a_workbook_without_styles_gets_some_and_no_cell_gets_our_look_by_chance() {
    let package =
        Package::plain().with(SHEET_PART, "<c r=\"B2\">", "<c r=\"A2\" s=\"5\"/><c r=\"B2\">");
    let parts = answered(&package);
    assert!(parts["xl/styles.xml"].contains("<cellXfs count=\""));
    let marked = parts[SHEET_PART].split("<c r=\"B2\" s=\"").count()
        + parts[SHEET_PART].split("<c s=\"").count();
    assert!(marked > 2, "{}", parts[SHEET_PART]);
    assert!(
        parts[SHEET_PART].contains("<c r=\"A2\" s=\"5\"/><c s=\"6\" r=\"B2\">"),
        "{}",
        parts[SHEET_PART]
    );
}

#[test]
fn prefixes_strict_namespaces_and_absolute_ways() {
    let prefixed = Package::plain()
        .with(SHEET_PART, "<worksheet xmlns=", "<x:worksheet xmlns:x=")
        .with(SHEET_PART, "<sheetData>", "<x:sheetData>")
        .with(SHEET_PART, "<row ", "<x:row ")
        .with(SHEET_PART, "<c ", "<x:c ")
        .with(
            SHEET_PART,
            "<v>7</v></c></row></sheetData></worksheet>",
            "<x:v>7</x:v></x:c></x:row></x:sheetData></x:worksheet>",
        );
    let sheet = &answered(&prefixed)[SHEET_PART];
    assert!(sheet.contains("<x:row r=\"5\"><x:c r=\"A5\""), "{sheet}");
    assert!(sheet.contains("<x:legacyDrawing xmlns:r="));

    let strict = "http://purl.oclc.org/ooxml/spreadsheetml/main";
    let strict_relations = "http://purl.oclc.org/ooxml/officeDocument/relationships";
    let mut package = Package::plain();
    for (_, text) in &mut package.0 {
        *text = text.replace(MAIN, strict).replace(RELATIONS, strict_relations);
    }
    // calamine does not read this kind: only the parts are looked at.
    let parts = parts(&patched(&package.bytes(), &answer(&[(1, 1)])).unwrap());
    assert!(parts["xl/comments1.xml"].contains(strict));
    assert!(parts["xl/_rels/workbook.xml.rels"].contains(&format!("{strict_relations}/worksheet")));

    let absolute = Package::plain().with(
        "xl/_rels/workbook.xml.rels",
        "worksheets/sheet1.xml",
        "/xl/worksheets/sheet1.xml",
    );
    answered(&absolute);
}

#[test]
fn existing_notes_and_boxes_are_kept_and_extended() {
    let notes = format!(
        "<comments xmlns=\"{MAIN}\"><authors><author>Đơn vị</author></authors><commentList><comment \
         ref=\"B2\" authorId=\"0\"><text><t>số của công an</t></text></comment></commentList></comments>"
    );
    let boxes = "<xml xmlns:v=\"urn:schemas-microsoft-com:vml\" xmlns:o=\"urn:schemas-microsoft-com:office:office\" \
                 xmlns:x=\"urn:schemas-microsoft-com:office:excel\"><v:shapetype id=\"_x0000_t202\"/>\
                 <v:shape id=\"_x0000_s1025\"><v:textbox><br>không đóng thẻ</v:textbox></v:shape></xml>";
    let package = Package::plain()
        .led("comments", "../comments7.xml", "xl/comments7.xml", &notes)
        .led("vmlDrawing", "../drawings/v.vml", "xl/drawings/v.vml", boxes)
        .with(
            SHEET_PART,
            "</sheetData>",
            &format!("</sheetData><legacyDrawing xmlns:q=\"{RELATIONS}\" q:id=\"vmlDrawing\"/>"),
        );
    let parts = answered(&package);
    let notes = &parts["xl/comments7.xml"];
    assert!(notes.contains("<r><t>số của công an</t></r><r>"), "{notes}");
    assert!(notes.contains("\n\n[Kiểm tra: =1+1 &lt;sai&gt;]</t>"), "{notes}");
    let drawn = &parts["xl/drawings/v.vml"];
    assert!(drawn.starts_with(boxes.strip_suffix("</xml>").unwrap()));
    assert_eq!(drawn.matches("ObjectType=\"Note\"").count(), 2, "B2 has its box already");
    assert_eq!(parts[SHEET_PART].matches("legacyDrawing").count(), 1);
}

#[test]
fn conversations_are_not_ours_to_change() {
    let threads = "<ThreadedComments><threadedComment ref=\"B2\"/></ThreadedComments>";
    let package = Package::plain().led("threadedComment", "../tc.xml", "xl/tc.xml", threads);
    let parts = answered(&package);
    assert_eq!(parts["xl/tc.xml"], threads);
    assert!(!parts["xl/comments1.xml"].contains("ref=\"B2\""));
    assert!(parts["xl/worksheets/sheet2.xml"].contains("01 ô đã có trao đổi"));
}

#[test]
fn macros_and_signatures_never_come_back() {
    let ribbon = "<Relationship Id=\"u\" Type=\"http://schemas.microsoft.com/office/2007/relationships/ui/\
                  extensibility\" Target=\"customUI/customUI14.xml\"/></Relationships>";
    let package = Package::plain()
        .with("[Content_Types].xml", "spreadsheetml.sheet.main", "ms-excel.sheet.macroEnabled.main")
        .beside("vbaProject", "vbaProject.bin", "xl/vbaProject.bin", "macro")
        .with("_rels/.rels", "</Relationships>", ribbon)
        .and("customUI/customUI14.xml", "<customUI onLoad=\"a\"/>")
        .and("xl/_rels/vbaProject.bin.rels", format!("<Relationships xmlns=\"{LIST}\"/>"))
        .and("_xmlsignatures/sig1.xml", "<Signature/>");
    let parts = answered(&package);
    assert!(!parts.keys().any(|name| name.contains("vba") || name.contains("signature")));
    // A ribbon would call the macros that are gone.
    assert!(!parts.contains_key("customUI/customUI14.xml"));
    assert!(!parts["_rels/.rels"].contains("customUI"));
    assert!(!parts["[Content_Types].xml"].contains("macroEnabled"));
    assert!(!parts["xl/_rels/workbook.xml.rels"].contains("vbaProject"));
    let said = &parts["xl/worksheets/sheet2.xml"];
    assert!(said.contains("Macro trong tệp") && said.contains("Chữ ký số"), "{said}");
}

#[test]
fn our_sheet_is_the_one_shown_and_no_other_tab_is_chosen() {
    let package = Package::plain()
        .with(SHEET_PART, "<sheetData>", "<sheetViews><sheetView tabSelected=\"1\" workbookViewId=\"0\"/></sheetViews><sheetData>")
        .with(BOOK_PART, "<sheets>", "<workbookProtection lockStructure=\"1\"/><bookViews><workbookView activeTab=\"0\"/></bookViews><sheets>")
        .with(BOOK_PART, "</sheets>", "<sheet name=\"kết quả kiểm tra\" sheetId=\"9\" state=\"hidden\" r:id=\"rId1\"/></sheets>");
    let parts = answered(&package);
    assert!(parts[SHEET_PART].contains("tabSelected=\"0\""));
    let book = &parts[BOOK_PART];
    assert!(book.contains("activeTab=\"2\"") && book.contains("lockStructure"), "{book}");
    assert!(book.contains("<sheet name=\"Kết quả kiểm tra (2)\" sheetId=\"10\""), "{book}");
}

#[test]
fn only_the_parts_that_must_change_do() {
    let package = Package::plain()
        .beside("theme", "theme1.xml", "xl/theme1.xml", "<a:theme xmlns:a=\"u\"> \n</a:theme>")
        .beside("externalLink", "ext.xml", "xl/ext.xml", "<externalLink/>")
        .and("customXml/item1.xml", "<không-ai-hiểu/>");
    let after = patched(&package.bytes(), &answer(&[(1, 1)])).unwrap();
    let (changed, _) = untouched(&package.bytes(), &after);
    let expected = ["[Content_Types].xml", "xl/_rels/workbook.xml.rels", BOOK_PART, SHEET_PART];
    assert_eq!(changed, expected);
}

#[test]
fn what_is_not_safe_is_left_to_a_rebuilt_copy() {
    let twice = "<row r=\"2\"><c r=\"B2\"><v>7</v></c></row>";
    let unsafe_ones = [
        Package::plain().with(SHEET_PART, twice, &format!("{twice}{twice}")),
        Package::plain().with(
            SHEET_PART,
            "<worksheet",
            "<!DOCTYPE a [<!ENTITY b \"c\">]><worksheet",
        ),
        Package::plain().with(SHEET_PART, "</worksheet>", ""),
        Package::plain().with(
            SHEET_PART,
            "<worksheet",
            "<?xml version=\"1.0\" encoding=\"windows-1258\"?><worksheet",
        ),
        Package::plain().and("xl/revisions/revisionHeaders.xml", "<headers/>"),
        Package::plain().and("xl/macrosheets/sheet1.xml", "<xm/>"),
        Package::plain().and("XL/Workbook.xml", "<workbook/>"),
    ];
    for (number, package) in unsafe_ones.iter().enumerate() {
        assert!(patched(&package.bytes(), &answer(&[(1, 1)])).is_err(), "{number}");
    }
    let elsewhere = Answer {
        marks: vec![Mark { sheet: "Trang khác".to_owned(), ..answer(&[(1, 1)]).marks.remove(0) }],
        ..answer(&[])
    };
    assert!(patched(&Package::plain().bytes(), &elsewhere).is_err());
    assert!(patched(b"PK no zip", &answer(&[])).is_err());
}

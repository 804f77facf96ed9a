//! What a spreadsheet program will find in the workbook: the parts of the file are read as XML.

use std::collections::BTreeMap;
use std::io::{Cursor, Read as _};

use proptest::prelude::*;
use quick_xml::events::Event;
use quick_xml::{Reader, XmlVersion};

use super::sample::{cell, document, figure, mark, section, sign};
use super::{SOURCES_SHEET, XlsxError, xlsx};
use crate::compose::document::{
    Audience, Block, Document, NumberFormat, Orientation, Paragraph, ParagraphKind, Run, Table,
};
use crate::quantity::Quantity;

/// A cell as the file holds it.
#[derive(Debug, Default, PartialEq)]
struct Found {
    kind: String,
    style: usize,
    formula: Option<String>,
    value: String,
}

/// The parts of a workbook.
struct Parts {
    files: BTreeMap<String, String>,
    strings: Vec<String>,
}

impl Parts {
    fn of(document: &Document) -> Self {
        let bytes = xlsx(document).unwrap();
        let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
        let mut files = BTreeMap::new();
        for index in 0..archive.len() {
            let mut entry = archive.by_index(index).unwrap();
            let mut text = String::new();
            entry.read_to_string(&mut text).unwrap();
            files.insert(entry.name().unwrap().into_owned(), text);
        }
        let strings = shared_strings(&files["xl/sharedStrings.xml"]);
        Self { files, strings }
    }

    fn sheet(&self, number: usize) -> &str {
        &self.files[&format!("xl/worksheets/sheet{number}.xml")]
    }

    /// Returns the cells of a sheet, words instead of their numbers in the table of words.
    fn cells(&self, number: usize) -> BTreeMap<String, Found> {
        let mut reader = Reader::from_str(self.sheet(number));
        let mut cells = BTreeMap::new();
        let (mut name, mut found, mut inside) = (String::new(), Found::default(), Vec::new());
        loop {
            match reader.read_event().unwrap() {
                Event::Start(start) => {
                    let tag = start.name().as_ref().to_owned();
                    if tag == "c" {
                        found = Found::default();
                        for attribute in start.attributes() {
                            let attribute = attribute.unwrap();
                            let value = attribute.normalized_value(XmlVersion::Implicit1_0);
                            let value = value.unwrap().into_owned();
                            match attribute.key.as_ref() {
                                "r" => name = value,
                                "s" => found.style = value.parse().unwrap(),
                                "t" => found.kind = value,
                                _ => {}
                            }
                        }
                    }
                    inside.push(tag);
                }
                Event::Text(text) => {
                    add(&mut found, inside.last(), &text);
                }
                Event::GeneralRef(reference) => {
                    let sign = entity(&reference);
                    add(&mut found, inside.last(), sign);
                }
                Event::End(_) if inside.pop().as_deref() == Some("c") => {
                    if found.kind == "s" {
                        found.value = self.strings[found.value.parse::<usize>().unwrap()].clone();
                    }
                    cells.insert(name.clone(), std::mem::take(&mut found));
                }
                Event::Eof => return cells,
                _ => {}
            }
        }
    }

    /// Returns the number format of a style.
    fn number_format(&self, style: usize) -> String {
        let styles = &self.files["xl/styles.xml"];
        let formats = styles.split("<cellXfs").nth(1).unwrap().split("</cellXfs>").next().unwrap();
        let id = attribute(formats.split("<xf ").nth(style + 1).unwrap(), "numFmtId");
        styles
            .split("<numFmt ")
            .skip(1)
            .find(|format| attribute(format, "numFmtId") == id)
            .map_or(id, |format| attribute(format, "formatCode").replace("&quot;", "\""))
    }
}

fn add(found: &mut Found, tag: Option<&String>, text: &str) {
    match tag.map(String::as_str) {
        Some("v") => found.value.push_str(text),
        Some("f") => found.formula.get_or_insert_default().push_str(text),
        _ => {}
    }
}

fn entity(name: &str) -> &'static str {
    match name {
        "lt" => "<",
        "gt" => ">",
        "amp" => "&",
        "quot" => "\"",
        other => panic!("unexpected entity {other}"),
    }
}

fn shared_strings(part: &str) -> Vec<String> {
    part.split("<si>")
        .skip(1)
        .map(|item| {
            item.split("<t")
                .skip(1)
                .map(|text| {
                    let text = text.split_once('>').unwrap().1.split("</t>").next().unwrap();
                    text.replace("&quot;", "\"").replace("&amp;", "&")
                })
                .collect()
        })
        .collect()
}

fn attribute(tag: &str, name: &str) -> String {
    let start = format!("{name}=\"");
    tag.split(&start).nth(1).unwrap().split('"').next().unwrap().to_owned()
}

/// Returns a document of one sheet with one table of these rows and no head.
fn one_table(rows: Vec<Vec<crate::compose::document::Cell>>) -> Document {
    let Block::Table(table) = document().sections[2].blocks[0].clone() else {
        panic!("the sample begins with a table")
    };
    let row = |cells| crate::compose::document::Row {
        kind: crate::compose::document::RowKind::Plain,
        cells,
    };
    let table = Table {
        caption: None,
        header: Vec::new(),
        column_numbers: Vec::new(),
        rows: rows.into_iter().map(row).collect(),
        ..table
    };
    Document {
        sections: vec![section("Bảng", Orientation::Portrait, vec![Block::Table(table)])],
        ..document()
    }
}

fn number(id: &str, value: i64) -> Run {
    figure(id, NumberFormat::Number, &value.to_string(), Quantity::whole(value))
}

#[test]
fn the_same_document_gives_the_same_bytes() {
    assert_eq!(xlsx(&document()).unwrap(), xlsx(&document()).unwrap());
}

#[test]
fn sections_for_print_have_no_sheet() {
    let parts = Parts::of(&document());
    let workbook = &parts.files["xl/workbook.xml"];
    assert!(workbook.contains(r#"<sheet name="Phụ lục II""#), "{workbook}");
    assert!(workbook.contains(r#"<sheet name="Kiểm tra- số liệu""#), "{workbook}");
    assert!(!workbook.contains(r#"name="In""#), "{workbook}");
    let mut only_print = document();
    for section in &mut only_print.sections {
        section.audience = Audience::Print;
    }
    assert!(matches!(xlsx(&only_print), Err(XlsxError::Empty)));
}

#[test]
fn figures_are_numbers_and_signs_are_words() {
    let ratio = |scaled| {
        let value = Quantity { scaled, decimals: 2 };
        cell(vec![figure("r3.xa.a.ratio", NumberFormat::Percent, "76,75%", value)])
    };
    let parts = Parts::of(&one_table(vec![vec![
        cell(vec![number("b08.xa.a.value", 12_345)]),
        cell(vec![sign("b08.xa.b.value", "…")]),
        ratio(7_675),
        cell(vec![number("b08.xa.c.value", 7), mark("(1)")]),
    ]]));
    let cells = parts.cells(1);
    let of = |name: &str| (cells[name].kind.as_str(), cells[name].value.as_str());
    assert_eq!(of("A1"), ("", "12345"));
    assert_eq!(of("B1"), ("s", "…"));
    assert_eq!(of("C1"), ("", "0.7675"));
    assert_eq!(of("D1"), ("", "7"));
    assert_eq!(parts.number_format(cells["A1"].style), "#,##0;\"\u{2212}\"#,##0;\"-\"");
    assert_eq!(parts.number_format(cells["C1"].style), "0.00%");
    let marked = parts.number_format(cells["D1"].style);
    assert_eq!(marked, "#,##0\"⁽¹⁾\";\"\u{2212}\"#,##0\"⁽¹⁾\";\"-⁽¹⁾\"");
}

#[test]
fn words_are_never_formulas() {
    let dangerous = ["=1+1", "+84 225", "-5 người", "@SUM(A1)", "{=A1}", "http://example.vn"];
    let row = |text: &&str| vec![cell(vec![Run::text(*text)])];
    let parts = Parts::of(&one_table(dangerous.iter().map(row).collect()));
    let cells = parts.cells(1);
    for (text, row) in dangerous.iter().zip(1..) {
        let found = &cells[&format!("A{row}")];
        assert_eq!((found.kind.as_str(), found.value.as_str()), ("s", *text));
        assert_eq!(found.formula, None);
    }
    assert!(!parts.sheet(1).contains("<hyperlink"), "no link by accident");
    let escape = Parts::of(&one_table(vec![vec![cell(vec![Run::text("_x0041_")])]]));
    assert_eq!(escape.cells(1)["A1"].value, "_x0041_", "in two parts: not the letter A");
    assert!(escape.files["xl/sharedStrings.xml"].contains("<t>_</t>"));
}

#[test]
fn formulas_carry_the_figure_as_cached_value() {
    let parts = Parts::of(&document());
    let cells = parts.cells(2);
    let found = |name: &str| {
        let found = &cells[name];
        (found.formula.as_deref().unwrap_or(""), found.value.as_str())
    };
    // The head ends in row 10; communes stand in rows 11 to 31, the total in row 32.
    assert_eq!(cells["B11"].value, "Thị trấn Tiên Lãng");
    assert_eq!(found("H11"), ("N(D11)-N(F11)", "-49"));
    assert!(found("E11").0.starts_with("IF(N(C11)=0,\"-\",ROUND(N(D11)/N(C11),4)"));
    assert_eq!(found("E11").1, "0.8079");
    assert_eq!(found("E23").1, "0.9999", "99.999 of 100.000 is not full");
    assert_eq!(found("E31").1, "0.0001", "1 of 30.000 is not nothing");
    assert_eq!(found("G23"), (found("G23").0, "-"), "no target");
    assert_eq!(cells["E15"].formula, None, "a missing figure is a word");
    assert_eq!(found("C32").0, "SUM(C11:C31)");
    assert!(found("E32").0.contains("SUMPRODUCT(ISNUMBER(C11:C31)*ISNUMBER(D11:D31),D11:D31)"));
    assert_eq!(cells["I14"].value, "=1+1");
}

#[test]
fn the_hidden_sheet_finds_every_figure() {
    let parts = Parts::of(&document());
    let workbook = &parts.files["xl/workbook.xml"];
    let hidden = format!(r#"<sheet name="{SOURCES_SHEET}" sheetId="7" state="veryHidden""#);
    assert!(workbook.contains(&hidden), "{workbook}");
    let cells = parts.cells(7);
    let rows: Vec<[&str; 3]> = (1..)
        .map_while(|row| {
            let value = |column| cells.get(&format!("{column}{row}")).map(|f| f.value.as_str());
            Some([value('A')?, value('B')?, value('C')?])
        })
        .collect();
    assert_eq!(rows[0], ["sheet", "cell", "id"]);
    assert!(rows.contains(&["Phụ lục II", "D11", "b08.xa.x0.value"]));
    assert!(rows.contains(&["Phụ lục II", "D15", "b08.xa.x4.value"]), "a missing figure, too");
    let letter: Vec<&str> = rows.iter().filter(|r| r[0] == "Báo cáo").map(|r| r[2]).collect();
    assert_eq!(letter, ["b08.huyen.tienlang.value", "r3.huyen.tienlang.ratio"]);
    let places = rows.iter().skip(1).map(|row| (row[0], row[1])).collect::<Vec<_>>();
    assert!(places.len() > 150, "{}", places.len());
}

#[test]
fn pages_are_set_up_as_the_decree_says() {
    let parts = Parts::of(&document());
    let annex = parts.sheet(2);
    for part in [
        r#"<pageMargins left="1.181102362"#,
        r#" right="0.787401574"#,
        r#" top="0.787401574"#,
        r#" bottom="0.787401574"#,
        r#"paperSize="9""#,
        r#"orientation="landscape""#,
        r#"fitToHeight="0""#,
        r#"<pageSetUpPr fitToPage="1"/>"#,
        r#"&amp;C&amp;"Times New Roman,Regular"&amp;13&amp;P"#,
        r#"<pane xSplit="2" ySplit="10" topLeftCell="C11""#,
        r#"<mergeCell ref="A8:A9"/>"#,
        r#"<mergeCell ref="D8:E8"/>"#,
    ] {
        assert!(annex.contains(part), "{part} in {}", &annex.chars().take(900).collect::<String>());
    }
    assert!(parts.sheet(1).contains(r#"orientation="portrait""#));
    let workbook = &parts.files["xl/workbook.xml"];
    for part in ["'Phụ lục II'!$8:$10", "'Phụ lục II'!$A$1:$I$35", "'Phụ lục IV'!$2:$3"]
    {
        assert!(workbook.contains(part), "{part} in {workbook}");
    }
    assert!(parts.sheet(4).contains(r#"<pane ySplit="3""#), "a table of its own sheet");
    assert!(!parts.sheet(1).contains("<oddHeader>"), "the first page shows no number");
    assert!(annex.contains(r#"useFirstPageNumber="1""#), "an annex counts from one");
    assert!(!parts.sheet(4).contains("useFirstPageNumber"), "its second sheet goes on");
    assert!(parts.files["docProps/core.xml"].contains("2024-03-14T00:00:00Z"));
}

#[test]
fn links_lead_to_the_cell_of_the_return() {
    let parts = Parts::of(&document());
    assert!(parts.sheet(5).contains(r#"location="'Biểu 1'!C12""#), "{}", parts.sheet(5));
    let targets = &parts.files["xl/worksheets/_rels/sheet5.xml.rels"];
    assert!(targets.contains("../../input/2024-03/Tiên%20Minh%20(sửa).xlsx"), "{targets}");
    assert_eq!(parts.cells(5)["C3"].value, "Tiên Minh (sửa).xlsx › Biểu 1 › C12");
}

#[test]
fn a_link_that_excel_does_not_take_is_plain_words() {
    let link = Some(format!("../../input/{}.xlsx", "a".repeat(3_000)));
    let run = Run { link, ..Run::text("tệp") };
    let parts = Parts::of(&one_table(vec![vec![cell(vec![run])]]));
    assert_eq!(parts.cells(1)["A1"].value, "tệp");
    assert!(!parts.sheet(1).contains("<hyperlink"));
    assert!(!parts.files["xl/styles.xml"].contains("<u/>"), "nor does it look like one");
}

#[test]
fn paragraphs_higher_than_a_row_take_several() {
    let runs = vec![Run::text("Tuyên truyền, hướng dẫn người dân. ".repeat(120))];
    let paragraph = Paragraph { kind: ParagraphKind::Body, runs };
    let blocks = vec![Block::Paragraph(paragraph.clone()), Block::Paragraph(paragraph)];
    let sections = vec![section("Dài", Orientation::Portrait, blocks)];
    let parts = Parts::of(&Document { sections, ..document() });
    let merged = parts.sheet(1).matches("<mergeCell ").count();
    let rows = parts.sheet(1).matches("<row ").count();
    assert!(merged == 2 && rows >= 4, "{merged} paragraphs over {rows} rows");
    assert_eq!(parts.cells(1).values().filter(|cell| cell.kind == "s").count(), 2);
}

#[test]
fn texts_too_long_for_a_cell_are_cut_with_an_ellipsis() {
    let long = "đ".repeat(40_000);
    let runs = vec![Run::text(long.clone()), Run::text(long).bold()];
    let paragraph = Paragraph { kind: ParagraphKind::Body, runs };
    let blocks = vec![Block::Paragraph(paragraph)];
    let sections = vec![section("Dài", Orientation::Portrait, blocks)];
    let parts = Parts::of(&Document { sections, ..document() });
    let longest = parts.strings.iter().max_by_key(|text| text.len()).unwrap();
    assert_eq!(longest.encode_utf16().count(), 32_767);
    assert!(longest.ends_with('…'));
}

/// Writes `da06-mau.xlsx` to the folder of temporary files, where a person can open it.
#[test]
#[ignore = "writes a file to look at"]
#[expect(clippy::disallowed_methods, reason = "`unwrap` says enough in a test run by hand")]
fn sample_to_look_at() {
    let path = std::env::temp_dir().join("da06-mau.xlsx");
    std::fs::write(path, xlsx(&document()).unwrap()).unwrap();
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_words_make_a_readable_workbook(text in any::<String>(), other in "[-=+@'\r\n_x0-9A-F]{0,12}") {
        let rows = vec![vec![cell(vec![Run::text(text)]), cell(vec![Run::text(other.clone())])]];
        let parts = Parts::of(&one_table(rows));
        let cells = parts.cells(1);
        prop_assert!(cells.values().all(|cell| cell.formula.is_none()));
        let found = cells.get("B1").map_or("", |cell| cell.value.as_str());
        let expected = other.replace("\r\n", "\n").replace('\r', "\n");
        prop_assert!(found.replace("_x005F_", "_") == expected, "{found:?} for {other:?}");
    }
}

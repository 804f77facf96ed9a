//! PDF/A-2a and PDF/UA-1 by veraPDF, before and after signing, and what signing does to the file.
//! All files are checked in one Java machine; each test asks for its part of the verdict.

use std::path::PathBuf;
use std::sync::LazyLock;

use da06::compose::document::{
    Align, Audience, Block, Cell, Column, ConstantKind, Document, HeaderCell, Meta, Orientation,
    Paragraph, ParagraphKind, Row, RowKind, Run, Section, Table,
};
use da06::render::pdf::{FontFiles, pdf};

use crate::province;
use crate::support::tools::{PROFILES, Verdicts, check, python};
use crate::support::{MARCH, Sandbox, tool};

/// The files, what veraPDF says of them, and what pyHanko says of the signatures.
struct Checked {
    folder: Sandbox,
    verdicts: Option<Verdicts>,
    signatures: Option<String>,
}

/// What a report is called after both signatures, with the number written between or after them.
const SIGNED: [&str; 2] = ["3-sealed.pdf", "4-late.pdf"];
/// The steps before, which these files contain.
const STEPS: [&str; 2] = ["1-signed.pdf", "2-numbered.pdf"];

static CHECKED: LazyLock<Checked> = LazyLock::new(|| {
    let folder = Sandbox::empty();
    let report = report();
    folder.write("spoiled.pdf", spoiled(&report));
    folder.write("bao-cao.pdf", &report);
    folder.write("tinh.pdf", province_report(3));
    folder.write("mot-don-vi.pdf", province_report(1));
    folder.write("la.pdf", pdf(&odd_document(), &FontFiles::embedded()).unwrap());
    folder.write("trong.pdf", pdf(&empty_document(), &FontFiles::embedded()).unwrap());
    let signatures = sign(&folder);
    let names = folder.names("");
    let names = names.iter().filter(|name| !STEPS.contains(&name.as_str()));
    let files: Vec<PathBuf> = names.map(|name| folder.path(name)).collect();
    let verdicts = check(&files);
    Checked { folder, verdicts, signatures }
});

fn report() -> Vec<u8> {
    let sandbox = Sandbox::tien_lang();
    let _ended = sandbox.da06(&["run", "--period", MARCH]);
    sandbox.read("output/2024-03/bao-cao-2024-03.pdf")
}

/// Returns the report of a province of which so many units have returned.
fn province_report(units: usize) -> Vec<u8> {
    let sandbox = province::province_of(units);
    let _ended = sandbox.da06(&["run", "--period", "2024-02"]);
    sandbox.read("output/2024-02/bao-cao-2024-02.pdf")
}

/// Returns a report without language and output intent, which breaks both profiles.
fn spoiled(report: &[u8]) -> Vec<u8> {
    let mut document = lopdf::Document::load_mem(report).unwrap();
    let catalog = document.catalog_mut().unwrap();
    for key in ["Lang", "OutputIntents"] {
        assert!(catalog.remove(key.as_bytes()).is_some(), "{key}");
    }
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).unwrap();
    bytes
}

/// Signs the report in the folder; returns what pyHanko says of each signature.
fn sign(folder: &Sandbox) -> Option<String> {
    let python = python()?;
    let script = crate::support::repository().join("tests/tools/sign.py");
    let report = folder.path("bao-cao.pdf");
    let root = folder.root().to_path_buf();
    let paths = [&script, &report, &root].map(|path| path.to_str().unwrap());
    let output = tool(python.to_str().unwrap(), &paths)?;
    Some(String::from_utf8(output).unwrap())
}

fn document(blocks: Vec<Block>) -> Document {
    let [title, author, subject] = ["Tài liệu <lạ> & \"khác\"", "Tổ công tác", "Đề án"];
    Document {
        meta: Meta {
            title: title.to_owned(),
            author: author.to_owned(),
            subject: subject.to_owned(),
            date: chrono::NaiveDate::from_ymd_opt(2024, 3, 14).unwrap(),
        },
        names: Vec::new(),
        sections: vec![Section {
            name: "Lạ".to_owned(),
            orientation: Orientation::Landscape,
            audience: Audience::Both,
            blocks,
        }],
    }
}

fn empty_document() -> Document {
    let mut empty = document(Vec::new());
    empty.sections.clear();
    empty
}

fn table(rows: usize) -> Table {
    let mark = Run { superscript: true, ..Run::constant(ConstantKind::Footnote, "(1)") };
    let nowhere = Run { superscript: true, ..Run::constant(ConstantKind::Footnote, "(7)") };
    let cell = |runs: Vec<Run>| Cell { runs, column_span: 1, formula: None };
    let row = |number: usize| Row {
        kind: RowKind::Plain,
        cells: vec![
            cell(vec![Run::text("Xã có tên rất dài ".repeat(1 + number % 9)), mark.clone()]),
            cell(if number == 2 { vec![nowhere.clone()] } else { Vec::new() }),
        ],
    };
    Table {
        caption: None,
        unit_of_count: None,
        columns: [Align::Left, Align::Right].map(|align| Column { align, stretch: 1 }).to_vec(),
        header: vec![vec![HeaderCell {
            column: 0,
            column_span: 2,
            row_span: 1,
            runs: vec![Run::text("Đơn vị")],
        }]],
        column_numbers: Vec::new(),
        rows: (0..rows).map(row).collect(),
        notes: vec![vec![mark.clone(), Run::text(" Ghi chú.")], vec![Run::text("Không dấu.")]],
    }
}

/// Returns a document with everything that a tidy report has not.
fn odd_document() -> Document {
    let paragraph =
        |runs: Vec<Run>| Block::Paragraph(Paragraph { kind: ParagraphKind::Body, runs });
    document(vec![
        paragraph(vec![Run::text("chữ \u{4E2D}\u{6587} \u{1F600} và NĐ\u{2011}CP")]),
        paragraph(vec![Run::text("Nghị".repeat(900))]),
        paragraph(Vec::new()),
        Block::Table(table(0)),
        Block::Table(table(60)),
        Block::Paragraph(Paragraph { kind: ParagraphKind::Note, runs: vec![Run::text("Cuối.")] }),
    ])
}

#[test]
fn reports_are_archival_and_accessible() {
    let Some(verdicts) = &CHECKED.verdicts else { return };
    for file in ["bao-cao.pdf", "tinh.pdf", "mot-don-vi.pdf"] {
        verdicts.assert_passes(file);
    }
}

#[test]
fn odd_documents_are_archival_and_accessible() {
    let Some(verdicts) = &CHECKED.verdicts else { return };
    for file in ["la.pdf", "trong.pdf"] {
        verdicts.assert_passes(file);
    }
}

#[test]
fn the_check_sees_what_is_wrong() {
    let Some(verdicts) = &CHECKED.verdicts else { return };
    for (profile, clause) in PROFILES.into_iter().zip(["6.2.4.3", "7.2-"]) {
        let broken = verdicts.broken("spoiled.pdf", profile);
        assert!(broken.iter().any(|rule| rule.starts_with(clause)), "{profile}: {broken:?}");
    }
}

#[test]
fn signed_reports_stay_archival() {
    let (Some(verdicts), Some(_)) = (&CHECKED.verdicts, &CHECKED.signatures) else { return };
    for file in SIGNED {
        verdicts.assert_passes(file);
    }
}

#[test]
fn both_sign_and_the_number_is_written_without_breaking_either() {
    let Some(signatures) = &CHECKED.signatures else { return };
    let expected = [
        "1-signed.pdf\tChuKySo\tvalid\tENTIRE_FILE\tNONE\tok",
        "2-numbered.pdf\tChuKySo\tvalid\tENTIRE_REVISION\tFORM_FILLING\tok",
        "3-sealed.pdf\tChuKySo\tvalid\tENTIRE_REVISION\tFORM_FILLING\tok",
        "3-sealed.pdf\tChuKySoCoQuan\tvalid\tENTIRE_FILE\tNONE\tok",
        "4-late.pdf\tChuKySo\tvalid\tENTIRE_REVISION\tFORM_FILLING\tok",
        "4-late.pdf\tChuKySoCoQuan\tvalid\tENTIRE_REVISION\tFORM_FILLING\tok",
    ];
    assert_eq!(signatures.lines().collect::<Vec<_>>(), expected);
}

#[test]
fn poppler_finds_both_signatures_valid_and_the_last_over_the_whole_file() {
    if CHECKED.signatures.is_none() {
        return;
    }
    let path = CHECKED.folder.path("3-sealed.pdf");
    let Some(output) = tool("pdfsig", &["-nocert", path.to_str().unwrap()]) else { return };
    let output = String::from_utf8(output).unwrap();
    assert_eq!(output.matches("Signature is Valid.").count(), 2, "{output}");
    let (_, second) = output.split_once("Signature #2").unwrap();
    assert!(second.contains("Total document signed"), "{output}");
}

#[test]
fn number_and_day_stand_in_their_places_after_signing() {
    if CHECKED.signatures.is_none() {
        return;
    }
    for file in ["3-sealed.pdf", "4-late.pdf"] {
        let path = CHECKED.folder.path(file);
        let arguments = ["-f", "1", "-l", "1", "-layout", path.to_str().unwrap(), "-"];
        let Some(text) = tool("pdftotext", &arguments) else { return };
        let text = String::from_utf8(text).unwrap();
        assert!(text.contains("15/BC-TCTĐA06"), "{text}");
        assert!(text.contains("Tiên Lãng, ngày 20 tháng 3 năm 2024"), "{text}");
    }
}

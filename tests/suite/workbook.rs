//! The report's workbook in other programs: LibreOffice computes every formula to the value that was
//! kept beside it and prints every sheet whole, openpyxl reads it without a warning, and no words of
//! a return become a formula or a link.

use std::collections::BTreeSet;
use std::io::{Cursor, Read};

use calamine::{Data, Reader, Xlsx};
use da06::compose::document::{Audience, Block, Document, shown};
use da06::pipeline::{self, Job, Progress, Workspace};
use zip::ZipArchive;

use crate::support::{MARCH, Sandbox, repacked, tool, tools};

/// Returns the workbook without the kept values of its formulas, and how many there were.
fn without_kept_values(bytes: &[u8]) -> (Vec<u8>, usize) {
    let mut formulas = 0;
    let stripped = repacked(bytes, |name, content| {
        if !name.starts_with("xl/worksheets/sheet") {
            return content;
        }
        let xml = String::from_utf8(content).unwrap();
        let mut pieces = xml.split("</f><v>");
        let mut stripped = pieces.next().unwrap().to_owned();
        for piece in pieces {
            formulas += 1;
            stripped.push_str("</f>");
            stripped.push_str(piece.split_once("</v>").unwrap().1);
        }
        stripped.into_bytes()
    });
    (stripped, formulas)
}

#[test]
fn libreoffice_computes_what_was_kept() {
    let sandbox = Sandbox::tien_lang();
    let _ended = sandbox.da06(&["run", "--period", MARCH]);
    let kept = sandbox.read("output/2024-03/bao-cao-2024-03.xlsx");
    let (stripped, formulas) = without_kept_values(&kept);
    assert!(formulas > 60, "{formulas}");
    sandbox.write("moi/bao-cao.xlsx", stripped);
    let profile = format!("-env:UserInstallation=file://{}", sandbox.path("lo").display());
    let (target, source) = (sandbox.path("anew"), sandbox.path("moi/bao-cao.xlsx"));
    let arguments = [
        profile.as_str(),
        "--headless",
        "--convert-to",
        "xlsx",
        "--outdir",
        target.to_str().unwrap(),
        source.to_str().unwrap(),
    ];
    if tool("soffice", &arguments).is_none() {
        return;
    }
    let mut kept = Xlsx::new(Cursor::new(kept)).unwrap();
    let mut anew = Xlsx::new(Cursor::new(sandbox.read("anew/bao-cao.xlsx"))).unwrap();
    let (mut compared, mut with_formula) = (0, 0);
    for sheet in kept.sheet_names() {
        with_formula += kept.worksheet_formula(&sheet).unwrap().used_cells().count();
        let kept = kept.worksheet_range(&sheet).unwrap();
        let anew = anew.worksheet_range(&sheet).unwrap();
        let (top, left) = kept.start().unwrap_or_default();
        for (row, column, value) in kept.used_cells() {
            let place = (top + row as u32, left + column as u32);
            match (value, anew.get_value(place)) {
                (Data::Float(kept), Some(Data::Float(anew))) => {
                    assert!((kept - anew).abs() < 1e-9, "{sheet} {place:?}: {kept} {anew}");
                }
                (kept, anew) => assert_eq!(Some(kept), anew, "{sheet} {place:?}"),
            }
            compared += 1;
        }
    }
    assert_eq!(with_formula, formulas);
    assert!(compared > 5_000, "every cell of every sheet: {compared}");
}

/// Returns the words of the heads of every table of the workbook, as they are printed.
fn heads(document: &Document) -> Vec<BTreeSet<String>> {
    let printed = document.sections.iter().filter(|section| section.audience != Audience::Print);
    let tables = printed.flat_map(|section| &section.blocks).filter_map(|block| match block {
        Block::Table(table) => Some(table),
        _ => None,
    });
    tables
        .map(|table| {
            let heads = table.header.iter().flatten().map(|cell| shown(&cell.runs));
            heads.flat_map(|head| tokens(&head)).collect()
        })
        .collect()
}

fn tokens(text: &str) -> Vec<String> {
    text.split_whitespace().map(str::to_owned).collect()
}

#[test]
fn no_sheet_loses_a_column_in_print() {
    let sandbox = Sandbox::tien_lang();
    let _ended = sandbox.da06(&["run", "--period", MARCH]);
    let source = sandbox.path("output/2024-03/bao-cao-2024-03.xlsx");
    let profile = format!("-env:UserInstallation=file://{}", sandbox.path("lo").display());
    let (target, source) = (sandbox.path("in"), source.to_str().unwrap().to_owned());
    let arguments = [
        profile.as_str(),
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        target.to_str().unwrap(),
        &source,
    ];
    let printed = target.join("bao-cao-2024-03.pdf");
    let text = ["-layout", printed.to_str().unwrap(), "-"];
    if tool("soffice", &arguments).is_none() {
        return;
    }
    let Some(text) = tool("pdftotext", &text) else { return };
    let text = String::from_utf8(text).unwrap();
    let pages: Vec<BTreeSet<String>> =
        text.split_terminator('\u{c}').map(|page| tokens(page).into_iter().collect()).collect();
    let heads = heads(&report(&sandbox));
    for head in &heads {
        let whole = pages.iter().filter(|page| head.is_subset(page)).count();
        assert!(whole >= 1, "a head that no page shows whole: {head:?}");
    }
    // A page of columns that did not fit would show a part of a head; the cover and the charts have
    // no tables.
    let without = pages.iter().filter(|page| !heads.iter().any(|head| head.is_subset(page)));
    let without = without.count();
    assert!((2..=5).contains(&without), "{without} of {} pages show no whole head", pages.len());
    assert!(!pages[0].contains("1"), "the cover shows no page number");
    assert!((40..=60).contains(&pages.len()), "{}", pages.len());
}

/// What another reader finds: nothing to warn of but extensions that it does not know, no merged
/// cell in a table, every name leads to a cell.
const OPENPYXL: &str = r#"
import sys, warnings
import openpyxl.utils.cell
warnings.simplefilter("error")
for known in ("Conditional Formatting extension", "Sparkline Group extension", "Unknown extension"):
    warnings.filterwarnings("ignore", message=known)
book = openpyxl.load_workbook(sys.argv[1])
tables = 0
for sheet in book.worksheets:
    for table in sheet.tables.values():
        tables += 1
        left, top, right, bottom = openpyxl.utility.cell.range_boundaries(table.ref)             if hasattr(openpyxl, "utility") else openpyxl.utils.cell.range_boundaries(table.ref)
        for merged in sheet.merged_cells.ranges:
            apart = merged.max_row < top or merged.min_row > bottom
            assert apart, (sheet.title, table.ref, merged.coord)
names = 0
defined_names = book.defined_names
# Older versions keep a list.
named = defined_names.items() if hasattr(defined_names, "items") else \
    [(one.name, one) for one in defined_names.definedName]
for name, defined in named:
    for title, place in defined.destinations:
        value = book[title][place.replace("$", "")].value
        assert value is not None, (name, title, place)
        names += 1
charts = sum(len(sheet._charts) for sheet in book.worksheets)
print(tables, names, charts, book.worksheets[0].title)
"#;

#[test]
fn every_chart_of_the_workbook_has_a_text_alternative() {
    let sandbox = Sandbox::tien_lang();
    let run = sandbox.da06(&["run", "--period", MARCH]);
    assert!(!run.stderr.contains("Excel's limit"), "{}", run.stderr);
    let book = sandbox.read("output/2024-03/bao-cao-2024-03.xlsx");
    let mut archive = ZipArchive::new(Cursor::new(book)).unwrap();
    let mut charts = 0;
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).unwrap();
        if part.name().unwrap().starts_with("xl/drawings/drawing") {
            let mut xml = String::new();
            part.read_to_string(&mut xml).unwrap();
            for frame in xml.split("<xdr:graphicFrame").skip(1) {
                let words = frame.split_once("descr=\"").and_then(|(_, rest)| rest.split_once('"'));
                let words = words.map_or("", |(words, _)| words);
                assert!(words.ends_with('.') && words.chars().count() > 40, "{words:?}");
                charts += 1;
            }
        }
    }
    assert_eq!(charts, 5);
}

#[test]
fn openpyxl_reads_it() {
    let sandbox = Sandbox::tien_lang();
    let _ended = sandbox.da06(&["run", "--period", MARCH]);
    let book = sandbox.path("output/2024-03/bao-cao-2024-03.xlsx");
    let Some(python) = tools::python() else { return };
    let arguments = ["-c", OPENPYXL, book.to_str().unwrap()];
    let said = tool(python.to_str().unwrap(), &arguments).expect("the python is there");
    let said = String::from_utf8(said).unwrap();
    let counts: Vec<&str> = said.split_whitespace().collect();
    let number = |index: usize| counts[index].parse::<usize>().unwrap();
    assert!(number(0) >= 9, "tables: {said}");
    assert!(number(1) >= 300, "names: {said}");
    assert_eq!(number(2), 5, "charts: {said}");
    assert_eq!(counts[3], "Bìa");
}

/// Returns a workbook with other words in its table of words.
fn with_words(bytes: &[u8], words: &[(&str, &str)]) -> Vec<u8> {
    repacked(bytes, |name, content| {
        if name != "xl/sharedStrings.xml" {
            return content;
        }
        let mut xml = String::from_utf8(content).unwrap();
        for (before, after) in words {
            let (before, after) =
                (format!("<t>{before}</t>"), format!("<t xml:space=\"preserve\">{after}</t>"));
            assert!(xml.contains(&before), "{before}");
            xml = xml.replace(&before, &after);
        }
        xml.into_bytes()
    })
}

#[test]
fn words_of_a_return_never_become_a_formula_or_a_link() {
    let sandbox = Sandbox::tien_lang();
    let file = "input/2024-03/BC T3 Trung tam Van hoa - Truyen thanh.xlsx";
    let planted = [
        (
            "Tích hợp thẻ bảo hiểm y tế trên ứng dụng VNeID",
            "=HYPERLINK(&quot;http://x.vn&quot;,&quot;bấm&quot;)",
        ),
        ("Thông báo lưu trú qua ứng dụng VNeID", "http://x.vn/bam"),
        ("Tích hợp giấy phép lái xe, đăng ký xe trên ứng dụng VNeID", "&#9;@SUM(A1:A9)"),
        ("Phản ánh, kiến nghị về an ninh trật tự qua ứng dụng VNeID", "+1-2+cmd|' /C calc'!A0"),
    ];
    sandbox.write(file, with_words(&sandbox.read(file), &planted));
    let _ended = sandbox.da06(&["run", "--period", MARCH]);
    for name in ["bao-cao-2024-03.xlsx", "kiem-tra-2024-03.xlsx"] {
        let bytes = sandbox.read(&format!("output/2024-03/{name}"));
        let mut archive = ZipArchive::new(Cursor::new(&bytes)).unwrap();
        let mut words = String::new();
        for index in 0..archive.len() {
            let mut part = archive.by_index(index).unwrap();
            let path = part.name().unwrap().into_owned();
            let mut xml = String::new();
            part.read_to_string(&mut xml).unwrap();
            if path.contains("/_rels/") {
                let outside = xml.split("Target=\"").filter(|target| target.starts_with("http"));
                assert_eq!(outside.count(), 0, "{name} {path}: {xml}");
            } else if path.starts_with("xl/worksheets/") {
                let formulas = xml.split("<f>").skip(1).map(|rest| rest.split("</f>").next());
                for formula in formulas.flatten() {
                    let planted = ["HYPERLINK", "cmd", "x.vn"];
                    let alien = planted.iter().any(|word| formula.contains(word));
                    assert!(!alien, "{name} {path}: {formula}");
                }
            } else if path == "xl/sharedStrings.xml" {
                words = xml;
            }
        }
        if name.starts_with("bao-cao") {
            for planted in ["=HYPERLINK(", "http://x.vn/bam", "@SUM(A1:A9)", "+1-2+cmd|"] {
                assert!(words.contains(planted), "{planted} is printed as words");
            }
        }
    }
}

fn report(sandbox: &Sandbox) -> Document {
    let job = Job {
        workspace: Workspace { root: sandbox.root().to_owned() },
        period: Some(MARCH.parse().unwrap()),
        as_of: chrono::NaiveDate::default(),
        jobs: 2,
        reader: None,
        number: None,
        date: None,
        program: String::new(),
    };
    let month = pipeline::month(&job, &Silent).unwrap();
    let figures = month.figures().unwrap();
    pipeline::document(&job, &month, &figures).unwrap()
}

struct Silent;

impl Progress for Silent {
    fn begin(&self, _: usize) {}
    fn file_read(&self) {}
    fn stage(&self, _: &str) {}
}

//! The errors that readers make without a word (each was measured on real files): a file made to show
//! it gives the right value or a finding.

use std::path::PathBuf;

use da06::pipeline::{self, Job, Progress, Workspace};

use super::{
    Files,
    figures::{Figures, Findings},
    packages::{package, parts, patched, records, stream, xls},
    returns,
    watch::watched,
    workspace,
};
use crate::support::{MARCH, Sandbox};

struct Quiet;

impl Progress for Quiet {
    fn begin(&self, _: usize) {}
    fn file_read(&self) {}
    fn stage(&self, _: &str) {}
}

/// Returns the return whose path has these words, with its path.
pub fn one(words: &str) -> (String, Vec<u8>) {
    returns().into_iter().find(|(path, _)| path.contains(words)).expect(words)
}

/// Runs over one file.
pub fn run(path: &str, bytes: &[u8]) -> Sandbox {
    let sandbox = workspace(&Files::from([(path.to_owned(), bytes.to_vec())]));
    watched(&sandbox, &["run", "--period", MARCH]).assert_calm(path);
    sandbox
}

/// Asserts that a changed file says what the original says, and nothing new of weight is found.
fn says_the_same(path: &str, bytes: &[u8], original: &Sandbox) {
    let changed = run(path, bytes);
    let expected = Figures::of(original);
    assert!(expected.len() > 20, "the original says something");
    assert_eq!(Figures::of(&changed).differences(&expected), Vec::<String>::new(), "{path}");
}

#[test]
fn a_wrong_code_page_garbles_nothing() {
    let (path, bytes) = one("Kho bạc");
    let original = run(&path, &bytes);
    let mut records = records(&stream(&bytes));
    let page = records.iter_mut().find(|(kind, _)| *kind == 0x0042).expect("a code page");
    assert_ne!(page.1, 1252_u16.to_le_bytes());
    page.1 = 1252_u16.to_le_bytes().to_vec();
    says_the_same(&path, &xls(&records), &original);
}

#[test]
fn what_a_merged_area_of_an_old_workbook_hides_is_not_a_figure() {
    let (path, bytes) = one("Kho bạc");
    let original = run(&path, &bytes);
    let mut records = records(&stream(&bytes));
    let (row, column) = place_of(last_number(&records), &records);
    let last = records[last_number(&records)..].iter().position(|(kind, _)| *kind == 0x000a);
    let last = last_number(&records) + last.unwrap();
    // One area over the figure and the cell to its left.
    let area = [1, row, row, column - 1, column].into_iter().flat_map(u16::to_le_bytes);
    records.insert(last, (0x00e5, area.collect()));
    let changed = run(&path, &xls(&records));
    assert_eq!(Figures::of(&changed).differences(&Figures::of(&original)).len(), 1);
}

#[test]
fn a_number_that_is_none_is_a_finding() {
    let (path, bytes) = one("Kho bạc");
    let mut records = records(&stream(&bytes));
    let number = last_number(&records);
    // The upper half of a number that is none; the lowest bits would make it a whole number.
    records[number].1.splice(6..10, 0x7ff8_0000_u32.to_le_bytes());
    let changed = run(&path, &xls(&records));
    assert!(Findings::of(&changed).has("DA06-S05") || Findings::of(&changed).has("DA06-S18"));
}

/// Returns the last number that stands alone in the columns of figures.
fn last_number(records: &[(u16, Vec<u8>)]) -> usize {
    let is_number = |(kind, content): &(u16, Vec<u8>)| {
        *kind == 0x027e && (4..7).contains(&u16::from_le_bytes([content[2], content[3]]))
    };
    records.iter().rposition(is_number).expect("a number in columns E to G")
}

fn place_of(record: usize, records: &[(u16, Vec<u8>)]) -> (u16, u16) {
    let (_, content) = &records[record];
    let word = |at: usize| u16::from_le_bytes([content[at], content[at + 1]]);
    (word(0), word(2))
}

#[test]
fn blanks_around_the_number_of_a_string_change_nothing() {
    let (path, bytes) = one("Phong Tu phap");
    let original = run(&path, &bytes);
    let sheet = "xl/worksheets/sheet1.xml";
    let spaced =
        patched(&bytes, sheet, |text| text.replace("<v>", "<v>\n  ").replace("</v>", " </v>"));
    says_the_same(&path, &spaced, &original);
    let marked = patched(&bytes, sheet, |text| {
        text.replace("<v>", "<v><![CDATA[").replace("</v>", "]]></v>")
    });
    says_the_same(&path, &marked, &original);
}

#[test]
fn a_sheet_of_macros_goes_and_the_rest_is_read() {
    let (path, bytes) = one("Phong Tu phap");
    let original = run(&path, &bytes);
    let kind = "http://schemas.microsoft.com/office/2006/relationships/xlMacrosheet";
    let relation =
        format!("<Relationship Id=\"rIdM\" Type=\"{kind}\" Target=\"macrosheets/sheet1.xml\"/>");
    let sheet = "<sheet name=\"Kangatang\" sheetId=\"99\" state=\"hidden\" r:id=\"rIdM\"/>";
    let mut infected = parts(&bytes);
    for (name, content) in &mut infected {
        let text = String::from_utf8_lossy(content).into_owned();
        match name.as_str() {
            "xl/workbook.xml" => {
                *content = text.replace("</sheets>", &format!("{sheet}</sheets>")).into_bytes();
            }
            "xl/_rels/workbook.xml.rels" => {
                let end = "</Relationships>";
                *content = text.replace(end, &format!("{relation}{end}")).into_bytes();
            }
            _ => {}
        }
    }
    infected.push(("xl/macrosheets/sheet1.xml".to_owned(), b"<xm:macrosheet/>".to_vec()));
    let infected = package(&infected);
    says_the_same(&path, &infected, &original);
    assert!(Findings::of(&run(&path, &infected)).has("DA06-T25"));
}

#[test]
fn a_binary_workbook_loses_its_sheet_of_macros_too() {
    let (path, bytes) = one("Bưu điện");
    let original = run(&path, &bytes);
    let kind = "http://schemas.microsoft.com/office/2006/relationships/xlMacrosheet";
    let wide = |text: &str| {
        let units: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        [&(text.encode_utf16().count() as u32).to_le_bytes()[..], &units].concat()
    };
    let bundle = [&[1, 0, 0, 0, 99, 0, 0, 0][..], &wide("rIdM"), &wide("Classic.Poppy")].concat();
    // BrtBundleSh and, behind all of them, BrtEndBundleShs.
    let record = [&[0x9c, 0x01, bundle.len() as u8][..], &bundle].concat();
    let mut infected = parts(&bytes);
    for (name, content) in &mut infected {
        if name == "xl/workbook.bin" {
            let end = content.windows(3).position(|three| three == [0x90, 0x01, 0]).unwrap();
            content.splice(end..end, record.iter().copied());
        } else if name == "xl/_rels/workbook.bin.rels" {
            let text = String::from_utf8_lossy(content).into_owned();
            let relation = format!(
                "<Relationship Id=\"rIdM\" Type=\"{kind}\" Target=\"macrosheets/sheet1.bin\"/>"
            );
            let end = "</Relationships>";
            *content = text.replace(end, &format!("{relation}{end}")).into_bytes();
        }
    }
    infected.push(("xl/macrosheets/sheet1.bin".to_owned(), vec![0x81, 0x01, 0]));
    let infected = package(&infected);
    says_the_same(&path, &infected, &original);
    assert!(Findings::of(&run(&path, &infected)).has("DA06-T25"));
}

#[test]
fn another_process_reads_the_same() {
    let sandbox = workspace(&returns());
    let batch = |reader: Option<&str>| {
        let job = Job {
            workspace: Workspace { root: sandbox.root().to_owned() },
            period: Some(MARCH.parse().unwrap()),
            as_of: chrono::NaiveDate::default(),
            jobs: 2,
            reader: reader.map(PathBuf::from),
            number: None,
            date: None,
            program: String::new(),
        };
        format!("{:?}", pipeline::month(&job, &Quiet).unwrap().batch)
    };
    let here = batch(None);
    assert!(here.contains("Kho bạc"));
    assert!(here == batch(Some(env!("CARGO_BIN_EXE_da06"))), "a worker reads otherwise");
}

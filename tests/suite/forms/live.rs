//! The live checks: LibreOffice computes them over planted figures, and a sentence stands exactly
//! where the program finds an error by the same rule.

use std::collections::BTreeMap;
use std::io::Cursor;

use calamine::{Data, Reader, Xlsx};

use super::paper::{Filling, MAIN};
use super::unit::{APRIL, Office, with_cells};

/// Figures that break hard rules, alone and together, and some on the edge that do not.
const PLANTED: [&[(&str, f64)]; 7] = [
    &[],
    &[("B02", 99_999.0), ("C02", 1_000.0), ("C01", 999.0)],
    &[("A02", 0.0), ("A04", 0.0), ("D02", 1_234.0)],
    &[("A05", 0.0), ("B08", 40.0)],
    &[("B09", 123_456.0)],
    &[("A02", 0.0), ("A03", 0.0), ("D01", 5.0), ("D02", 5.0), ("D03", 6.0)],
    &[("A17", 10.0), ("A16", 9.0), ("B12", 7_000_000.0), ("B07", 10.0)],
];

/// Returns the red sentences by the code of their row, with Vietnamese thousands.
fn sentences(bytes: &[u8]) -> BTreeMap<String, String> {
    let mut book = Xlsx::new(Cursor::new(bytes)).unwrap();
    let range = book.worksheet_range("Biểu 01").unwrap();
    let mut found = BTreeMap::new();
    for row in 0..range.height() as u32 {
        let text = |column| match range.get_value((row, column)) {
            Some(Data::String(words)) => words.trim().to_owned(),
            _ => String::new(),
        };
        let (code, said) = (text(1), text(8));
        let is_code = code.len() == 3 && code.ends_with(|sign: char| sign.is_ascii_digit());
        if is_code && !said.is_empty() {
            found.insert(code, vietnamese(&said));
        }
    }
    found
}

/// LibreOffice writes thousands by its own settings, here the English ones.
fn vietnamese(said: &str) -> String {
    let signs: Vec<char> = said.chars().collect();
    let digit = |at: usize| signs.get(at).is_some_and(char::is_ascii_digit);
    let sign = |(at, sign): (usize, &char)| {
        if *sign == ',' && at > 0 && digit(at - 1) && digit(at + 1) { '.' } else { *sign }
    };
    signs.iter().enumerate().map(sign).collect()
}

#[test]
fn a_sentence_stands_where_the_program_finds_an_error() {
    let office = Office::open();
    let form = office.filled("tien-minh");
    let raw = office.only("a.xlsx", &form);
    let cell = |code: &str| {
        let value = raw
            .values
            .iter()
            .find(|value| value.code == code && value.measure == da06::template::Measure::Value);
        value.unwrap().cell.to_string()
    };
    let with = |planted: &[(&str, f64)]| {
        let cells = planted.iter().map(|(code, value)| (cell(code), Filling::Number(*value)));
        let cells: Vec<(String, Filling)> = cells.collect();
        if cells.is_empty() { form.clone() } else { with_cells(&form, MAIN, &cells) }
    };
    let books = PLANTED.map(with);
    let Some(computed) = super::saved(&office.sandbox, &books, "xlsx") else { return };
    let mut broken = 0;
    for (planted, computed) in PLANTED.into_iter().zip(computed) {
        let path = format!("input/{APRIL}/a.xlsx");
        office.sandbox.write(&path, &computed);
        let run = office.sandbox.da06(&["check", "--period", APRIL, "--json", "a.xlsx"]);
        let findings: Vec<serde_json::Value> = serde_json::from_str(&run.stdout).unwrap();
        let hard = findings.iter().filter(|finding| {
            let code = finding["code"].as_str().unwrap();
            finding["severity"] == "lỗi" && !code.starts_with("DA06")
        });
        let mut expected: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for finding in hard {
            let text = |key: &str| finding[key].as_str().unwrap().to_owned();
            expected.entry(text("indicator")).or_default().push(text("message"));
        }
        let said = sentences(&computed);
        let rows: Vec<&String> = said.keys().collect();
        assert_eq!(
            rows,
            expected.keys().collect::<Vec<_>>(),
            "{planted:?}\n{said:?}\n{expected:?}"
        );
        for (code, messages) in &expected {
            for message in messages {
                broken += 1;
                assert!(said[code].contains(message), "{code}: {} lacks {message}", said[code]);
            }
            let length: usize = messages.iter().map(|message| message.chars().count()).sum();
            let spaces = messages.len() - 1;
            assert_eq!(said[code].chars().count(), length + spaces, "{code}: nothing else is said");
        }
    }
    assert!(broken >= 12, "{broken}");
}

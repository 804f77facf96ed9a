//! What a sheet does not display is read, and said: rows, columns and filters, with the figures that
//! stand there.

use serde_json::Value;

use super::{
    facts::{communes, indicators},
    paper::{Paper, number, text, workbook},
    style::Style,
    taken,
};
use crate::support::{MARCH, Sandbox, copy, repacked, repository};

/// Runs a check over one file and returns its findings.
pub fn findings(sandbox: &Sandbox) -> Vec<Value> {
    let check = sandbox.da06(&["check", "--period", MARCH, "--json"]);
    serde_json::from_str(&check.stdout).unwrap()
}

fn workspace() -> Sandbox {
    let sandbox = Sandbox::empty();
    copy(&repository().join("templates"), &sandbox.path("templates"));
    sandbox
}

fn row_of(paper: &Paper, code: &str) -> u32 {
    paper.cells.iter().find(|(_, cell)| **cell == text(code)).unwrap().0.0
}

pub fn message(findings: &[Value], code: &str) -> Option<String> {
    let mut findings = findings.iter();
    let finding = findings.find(|finding| finding["code"] == code)?;
    finding["message"].as_str().map(str::to_owned)
}

#[test]
fn hidden_rows_with_figures_are_a_warning_and_other_hidden_lines_are_said() {
    let (units, indicators) = (communes(), indicators());
    let mut papers = Style::default().papers(&units[0], &indicators);
    let row = row_of(&papers[0], "A05");
    papers[0].hidden_rows.extend([row - 1, row]);
    let sandbox = workspace();
    let bytes = workbook(&papers);
    let filter = "<autoFilter ref=\"A1:G60\"><filterColumn colId=\"1\"/></autoFilter>";
    let filtered = repacked(&bytes, |name, content| match name {
        "xl/worksheets/sheet1.xml" => String::from_utf8(content)
            .unwrap()
            .replace("</sheetData>", &format!("</sheetData>{filter}"))
            .into_bytes(),
        _ => content,
    });
    sandbox.write(&format!("input/{MARCH}/a.xlsx"), filtered);
    let mut papers = Style::default().papers(&units[1], &indicators);
    papers[0].hidden_columns.push(4);
    sandbox.write(&format!("input/{MARCH}/b.xlsx"), workbook(&papers));
    let found = findings(&sandbox);
    let rows = message(&found, "DA06-T61").expect("figures stand in hidden rows");
    for words in ["2 dòng ẩn", "A04", "A05", "Bộ lọc"] {
        assert!(rows.contains(words), "{words}: {rows}");
    }
    let columns = message(&found, "DA06-T60").expect("a column without figures is hidden");
    assert!(columns.contains("1 cột ẩn (cột E)"), "{columns}");
    let _ended = sandbox.da06(&["run", "--period", MARCH]);
    let read = taken(&sandbox)[&units[0].key]["A05"];
    assert_eq!(Some(read), units[0].figures["A05"], "the hidden figure is read like the others");
}

#[test]
fn of_a_row_that_is_shown_and_one_that_is_hidden_the_shown_one_counts() {
    let (units, indicators) = (communes(), indicators());
    for hidden_first in [true, false] {
        let mut papers = Style::default().papers(&units[0], &indicators);
        let paper = &mut papers[0];
        let row = row_of(paper, "A05");
        // Beside it, in a blank row above or below, the same code with another number.
        let (shown, hidden) = if hidden_first { (row + 1, row) } else { (row, row + 1) };
        let of_row: Vec<_> = paper.cells.iter().filter(|((at, _), _)| *at == row).collect();
        let of_row: Vec<_> =
            of_row.into_iter().map(|((_, at), cell)| (*at, cell.clone())).collect();
        for (column, cell) in of_row {
            paper.put(shown, column, cell.clone());
            paper.put(hidden, column, if column == 5 { number(987_654) } else { cell });
        }
        paper.hidden_rows.push(hidden);
        let sandbox = workspace();
        sandbox.write(&format!("input/{MARCH}/a.xlsx"), workbook(&papers));
        let _ended = sandbox.da06(&["run", "--period", MARCH]);
        assert_eq!(Some(taken(&sandbox)[&units[0].key]["A05"]), units[0].figures["A05"]);
        let found = findings(&sandbox);
        let code = if hidden_first { "DA06-T62" } else { "DA06-T15" };
        assert!(message(&found, code).is_some(), "{found:?}");
    }
}

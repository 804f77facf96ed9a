//! Forms of the sample workspace, without any past and with one.

use super::{
    document::{FormContent, FormFormula, FormInputKind},
    *,
};
use crate::{
    template::{FormMarkKind, IDENTITY_SHEET, fixtures},
    validate::{MonthRecord, RecordedValue},
};

fn book(unit: &str, history: &History) -> FormBook {
    let templates = fixtures::district();
    let last = Batch::default();
    let period = "2024-04".parse().unwrap();
    let input = FormsInput { templates: &templates, period, history, last: &last };
    form(&input, templates.roster.find(unit).unwrap()).unwrap()
}

fn formulas(book: &FormBook) -> Vec<&FormFormula> {
    let rows = book.sheets.iter().flat_map(|sheet| &sheet.rows);
    let cells = rows.flat_map(|row| &row.cells);
    cells
        .filter_map(|cell| match &cell.content {
            FormContent::Formula(formula) => Some(formula),
            _ => None,
        })
        .collect()
}

#[test]
fn a_form_asks_only_what_applies_and_what_can_be_seen() {
    let history = History::new();
    let commune = book("tien-minh", &history);
    let names: Vec<&str> = commune.sheets.iter().map(|sheet| sheet.name.as_str()).collect();
    assert_eq!(names, ["Biểu 01", "Thôn, TDP", IDENTITY_SHEET]);
    assert_eq!((commune.previous, commune.left_out), (0, 0));
    // Without a past no rule asks for one, and nothing is added to what is not known.
    let is_year = |formula: &&&FormFormula| matches!(formula, FormFormula::AddTo { .. });
    assert_eq!(formulas(&commune).iter().filter(is_year).count(), 0);
    let office = book("noi-vu", &history);
    assert!(office.checks < commune.checks);
    assert_eq!(office.sheets.len(), 2);
}

#[test]
fn last_months_figures_make_the_year_and_the_rules_about_a_fall() {
    let templates = fixtures::district();
    let unit = templates.roster.find("tien-minh").unwrap();
    let record = |scaled| {
        let values = ["A02", "B08"].map(|code| RecordedValue {
            unit,
            indicator: templates.indicators.find(code).unwrap(),
            scaled,
        });
        MonthRecord { values: values.to_vec(), issued_as: None }
    };
    let months = [("2024-01", 10), ("2024-02", 20), ("2024-03", 900)];
    let history: History =
        months.iter().map(|(month, value)| (month.parse().unwrap(), record(*value))).collect();
    let book = book("tien-minh", &history);
    // The stock of March, the flow of March.
    assert_eq!(book.previous, 2);
    let found = formulas(&book);
    let bases = found.iter().filter_map(|formula| match formula {
        FormFormula::AddTo { base, .. } => Some(base.scaled),
        _ => None,
    });
    assert_eq!(bases.collect::<Vec<_>>(), [930]);
    let codes = found.iter().filter_map(|formula| match formula {
        FormFormula::Checks(checks) => Some(checks.iter().map(|check| check.code.as_str())),
        _ => None,
    });
    let falls = codes.flatten().filter(|code| *code == "K-01").count();
    assert_eq!(falls, 1, "only of B08 is the month before known");
}

#[test]
fn every_word_beside_a_cell_fits_and_every_row_is_marked() {
    let book = book("trung-tam-vhtt", &History::new());
    for cell in book.sheets.iter().flat_map(|sheet| &sheet.rows).flat_map(|row| &row.cells) {
        if let Some(input) = &cell.input {
            assert!(!input.prompt.ends_with('…') && !input.error.ends_with('…'), "{input:?}");
            assert!(input.kind == FormInputKind::Words || !input.prompt.is_empty());
        }
    }
    let rows: Vec<Vec<String>> = book.sheets[2]
        .rows
        .iter()
        .map(|row| {
            let words = row.cells.iter().map(|cell| match &cell.content {
                FormContent::Words(words) => words.clone(),
                _ => String::new(),
            });
            words.collect()
        })
        .collect();
    let read = crate::template::FormIdentity::read(&rows).unwrap();
    assert!(read.is_whole && read.marks_are_whole);
    let marked = |kind| read.identity.marks.iter().filter(|mark| mark.kind == kind).count();
    assert_eq!(marked(FormMarkKind::Row), 17, "14 flows and 3 stocks");
    assert!(marked(FormMarkKind::Words) > 60);
}

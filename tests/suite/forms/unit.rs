//! A form, filled in with the figures of the month before: what stands where is taken from the
//! reading of the blank form.

use std::collections::BTreeMap;

use da06::ingest::{self, CellContent, FileReading, RawReturn, ReadingGuide};
use da06::pipeline::{Workspace, load_templates};
use da06::template::{Measure, Templates};

use super::paper::{DETAILS, Filling, MAIN, filled, with_part};
use crate::support::Sandbox;

/// The month of the forms: the one after the sample returns.
pub const APRIL: &str = "2024-04";
/// What is filled in where last month is not known.
const USUAL: f64 = 60.0;
/// First row of the figures of a detail sheet.
const FIRST_DETAIL: u32 = 8;

/// A workspace with the forms of April.
pub struct Office {
    pub sandbox: Sandbox,
    pub templates: Templates,
    guide: ReadingGuide,
}

impl Office {
    /// Returns the workspace of the repository with its forms given out.
    pub fn open() -> Self {
        let sandbox = Sandbox::tien_lang();
        let _given = sandbox.da06(&["forms", "--period", APRIL]).ends_with(0);
        let root = sandbox.root().to_owned();
        let templates = load_templates(&Workspace { root }).unwrap();
        let guide = ReadingGuide::of(&templates);
        Self { sandbox, templates, guide }
    }

    /// Takes the returns of the months before away: faster, where they do not matter.
    pub fn without_past(self) -> Self {
        for month in ["2024-01", "2024-02", "2024-03"] {
            std::fs::remove_dir_all(self.sandbox.path(&format!("input/{month}"))).unwrap();
        }
        self
    }

    /// Returns the blank form of a unit.
    pub fn blank(&self, unit: &str) -> Vec<u8> {
        self.sandbox.read(&format!("output/{APRIL}/bieu-mau/{unit}.xlsx"))
    }

    pub fn read(&self, name: &str, bytes: &[u8]) -> FileReading {
        ingest::read(name, bytes, &self.guide)
    }

    /// Returns the only return of a file.
    pub fn only(&self, name: &str, bytes: &[u8]) -> RawReturn {
        let mut reading = self.read(name, bytes);
        assert_eq!(reading.returns.len(), 1, "{name}: {reading:?}");
        reading.returns.remove(0)
    }

    /// Returns the form of a unit, filled in with last month's figures where there are any.
    pub fn filled(&self, unit: &str) -> Vec<u8> {
        let blank = self.blank(unit);
        let raw = self.only("a.xlsx", &blank);
        let values = figures(&raw);
        let mut main: Vec<(String, Filling)> = Vec::new();
        for value in raw.values.iter().filter(|value| value.measure == Measure::Value) {
            let filling = match self.templates.indicators.find(&value.code) {
                Some(_) if value.code.starts_with('E') && !value.code.ends_with('N') => {
                    Filling::Words("x".to_owned())
                }
                _ => Filling::Number(values.get(&value.code).copied().unwrap_or(USUAL)),
            };
            main.push((value.cell.to_string(), filling));
        }
        let note = raw.values.iter().find(|value| value.code == "A01").unwrap().cell;
        main.push((
            format!("H{}", note.row + 1),
            Filling::Words("Có giấy mời kèm theo".to_owned()),
        ));
        main.push(("C10".to_owned(), Filling::Number(2.0)));
        let bytes = with_cells(&blank, MAIN, &main);
        self.with_details(unit, bytes, &values)
    }

    /// Fills the detail table: the first row has all of the sums, the others nothing.
    fn with_details(&self, unit: &str, form: Vec<u8>, values: &BTreeMap<String, f64>) -> Vec<u8> {
        let index = self.templates.roster.find(unit).unwrap();
        let form_of_unit = self.templates.form_of(self.templates.roster.get(index)).unwrap();
        let Some(table) = form_of_unit.details.first() else { return form };
        let rows = if table.kept.is_empty() {
            1
        } else {
            self.only("a.xlsx", &form).details[0].rows.len()
        };
        let mut cells = Vec::new();
        for row in 0..u32::try_from(rows).unwrap() {
            for (column, described) in ('B'..).zip(&table.columns) {
                let code = described.indicator().map(|at| &self.templates.indicators.get(at).code);
                let cell = format!("{column}{}", FIRST_DETAIL + row);
                if let Some(code) = code {
                    let all = values.get(code).copied().unwrap_or(USUAL);
                    let first = Filling::Number(if row == 0 { all } else { 0.0 });
                    cells.push((cell, first));
                } else if described.key == "ten" && table.kept.is_empty() {
                    cells.push((cell, Filling::Words("Tin số một".to_owned())));
                } else if described.key == "ngay" {
                    // 2 April 2024 as a spreadsheet counts days.
                    cells.push((cell, Filling::Number(45_384.0)));
                }
            }
        }
        with_cells(&form, DETAILS, &cells)
    }
}

/// Returns a workbook with values in cells of a sheet.
pub fn with_cells(form: &[u8], sheet: &str, cells: &[(String, Filling)]) -> Vec<u8> {
    with_part(form, sheet, |text| {
        cells.iter().fold(text.to_owned(), |text, (cell, value)| filled(&text, cell, value))
    })
}

/// Returns what to fill in: the figures of the month before, but for one, as no two months are the same.
fn figures(raw: &RawReturn) -> BTreeMap<String, f64> {
    let previous = raw.values.iter().filter(|value| value.measure == Measure::Previous);
    let known = previous.filter_map(|value| match value.content {
        CellContent::Number(number) => Some((value.code.clone(), number)),
        _ => None,
    });
    let mut figures: BTreeMap<String, f64> = known.collect();
    if let Some(leaflets) = figures.get_mut("A11") {
        *leaflets += 1.0;
    }
    figures
}

/// Returns the values of a return by code, words as they stand.
pub fn values(raw: &RawReturn) -> BTreeMap<String, CellContent> {
    let values = raw.values.iter().filter(|value| value.measure == Measure::Value);
    values.map(|value| (value.code.clone(), value.content.clone())).collect()
}

//! Returns made by hand for the tests of this room: a commune whose figures agree with every rule,
//! and its past. No workbook is opened.

use std::sync::OnceLock;

use super::{History, MonthRecord, ReadFile, RecordedValue};
use crate::{
    ingest::{CellContent, FileKind, FileReading, Located, RawDetail, RawReturn, RawValue},
    place::CellRef,
    template::{Measure, Templates, fixtures},
};

/// Figures of a commune in March: code, value, value of the month before.
const FIGURES: &[(&str, i64, i64)] = &[
    ("A01", 2, 3),
    ("A02", 4, 5),
    ("A03", 300, 310),
    ("A04", 60, 58),
    ("A05", 600, 580),
    ("A07", 3, 4),
    ("A08", 5, 5),
    ("A09", 6, 7),
    ("A10", 800, 790),
    ("A11", 500, 450),
    ("A12", 4, 3),
    ("A13", 2, 2),
    ("A14", 250, 260),
    ("A15", 300, 320),
    ("B10", 150, 160),
    ("C01", 120, 118),
    ("C02", 90, 85),
    ("C03", 4, 5),
    ("C04", 2, 1),
    ("C05", 10, 12),
    ("C06", 0, 0),
    ("D04", 30, 28),
    ("A16", 8, 8),
    ("A17", 8, 8),
    ("A18", 40, 40),
    ("B01", 8000, 7995),
    ("B02", 6200, 6190),
    ("B03", 6000, 5950),
    ("B04", 900, 890),
    ("B05", 4600, 4500),
    ("B06", 700, 690),
    ("B07", 4300, 4200),
    ("B08", 4000, 3860),
    ("B09", 3600, 3480),
    ("B12", 3000, 2900),
    ("B13", 1500, 1450),
    ("B14", 1200, 1150),
    ("B15", 2000, 1950),
    ("B16", 900, 850),
    ("B17", 2000, 2100),
    ("D01", 25, 25),
    ("D02", 25, 25),
    ("D03", 24, 24),
    ("E01", 1, 1),
    ("E01N", 40, 30),
];

/// Returns the templates of the repository, loaded once.
pub(super) fn templates() -> &'static Templates {
    static TEMPLATES: OnceLock<Templates> = OnceLock::new();
    TEMPLATES.get_or_init(fixtures::district)
}

/// A return of a commune that can be spoilt.
#[derive(Debug, Clone)]
pub(super) struct SampleReturn {
    pub(super) raw: RawReturn,
}

/// Returns words as the content of a cell.
pub(super) fn words(words: &str) -> CellContent {
    CellContent::Text(words.to_owned())
}

fn located(content: CellContent, row: u32) -> Located<CellContent> {
    Located { value: content, sheet: 0, cell: CellRef { row, column: 2 } }
}

/// Returns the faultless March return of a unit that fills Biểu 01.
pub(super) fn commune(key: &str) -> SampleReturn {
    let templates = templates();
    let unit = templates.roster.get(templates.roster.find(key).unwrap());
    let mut values = Vec::new();
    for (row, part) in (20_u32..).zip(
        templates.forms.list[0]
            .parts
            .iter()
            .flat_map(|part| part.indicators.iter().map(move |indicator| (part, *indicator))),
    ) {
        let (part, indicator) = part;
        for (column, form_column) in (4_u32..).zip(&part.columns) {
            let suffix = form_column.suffix.clone().unwrap_or_default();
            let code = format!("{}{suffix}", templates.indicators.get(indicator).code);
            let figure = FIGURES.iter().find(|(known, ..)| *known == code);
            let figure = figure.map(|(_, value, previous)| (*value, *previous));
            let number = figure.map(|(value, previous)| match form_column.measure {
                Measure::Value => value,
                Measure::Previous => previous,
                Measure::YearToDate => value + 2 * previous,
                Measure::Change => value - previous,
            });
            #[expect(clippy::cast_precision_loss, reason = "small sample figures")]
            let content =
                number.map_or(CellContent::Empty, |number| CellContent::Number(number as f64));
            values.push(RawValue {
                code,
                measure: form_column.measure,
                part_is_stock: false,
                sheet: 0,
                cell: CellRef { row, column },
                content,
            });
        }
    }
    SampleReturn {
        raw: RawReturn {
            sheets: vec!["Biểu 01".to_owned(), "Thôn, TDP".to_owned()],
            form: "01".to_owned(),
            unit_name: Some(located(words(&unit.name), 5)),
            unit_code: Some(located(words(&unit.code), 6)),
            period: Some(located(words("Tháng 3 năm 2024 (từ ngày 15/02/2024)"), 4)),
            submission: Some(located(CellContent::Number(1.0), 7)),
            sample: true,
            values,
            details: vec![hamlets(8)],
            ..RawReturn::default()
        },
    }
}

/// Returns a thôn sheet of `count` rows that add up to the figures above, with its total row.
fn hamlets(count: u32) -> RawDetail {
    let columns = [("so_to", 1.0, 8.0), ("thanh_vien", 5.0, 40.0)];
    let row = |row: u32| {
        let name = ("ten".to_owned(), CellRef { row, column: 1 }, words(&format!("Thôn {row}")));
        let numbers = (2_u32..).zip(columns).map(move |(column, (key, number, _))| {
            (key.to_owned(), CellRef { row, column }, CellContent::Number(number))
        });
        std::iter::once(name).chain(numbers).collect()
    };
    let total = (2_u32..).zip(columns).map(|(column, (key, _, total))| {
        (key.to_owned(), CellRef { row: count + 5, column }, CellContent::Number(total))
    });
    RawDetail {
        table: "thon".to_owned(),
        sheet: 1,
        rows: (5..count + 5).map(row).collect(),
        totals: vec![total.collect()],
    }
}

impl SampleReturn {
    /// Sets what stands in the value cell of an indicator.
    pub(super) fn set(self, code: &str, content: CellContent) -> Self {
        self.set_measure(code, Measure::Value, content)
    }

    /// Sets what stands in a cell of an indicator.
    pub(super) fn set_measure(
        mut self,
        code: &str,
        measure: Measure,
        content: CellContent,
    ) -> Self {
        let cell =
            self.raw.values.iter_mut().find(|value| value.code == code && value.measure == measure);
        cell.unwrap().content = content;
        self
    }

    /// Sets a number in the value cell of an indicator.
    pub(super) fn number(self, code: &str, number: f64) -> Self {
        self.set(code, CellContent::Number(number))
    }

    /// Writes a note into the row of an indicator.
    pub(super) fn note(mut self, code: &str, note: &str) -> Self {
        let cell = CellRef { row: 1, column: 7 };
        self.raw.notes.push((code.to_owned(), Located { value: note.to_owned(), sheet: 0, cell }));
        self
    }

    /// Changes a head field.
    pub(super) fn head(mut self, change: impl FnOnce(&mut RawReturn)) -> Self {
        change(&mut self.raw);
        self
    }

    /// Sets the period in the head.
    pub(super) fn period(self, period: &str) -> Self {
        let period = located(words(period), 4);
        self.head(|raw| raw.period = Some(period))
    }

    /// Sets the name and the code in the head; empty for none.
    pub(super) fn unit(self, name: &str, code: &str) -> Self {
        let field = |text: &str, row| (!text.is_empty()).then(|| located(words(text), row));
        let (name, code) = (field(name, 5), field(code, 6));
        self.head(|raw| (raw.unit_name, raw.unit_code) = (name, code))
    }

    /// Sets Lần gửi.
    pub(super) fn submission(self, number: f64) -> Self {
        let submission = located(CellContent::Number(number), 7);
        self.head(|raw| raw.submission = Some(submission))
    }

    /// Returns the file that holds the return; its hash follows from path and content.
    pub(super) fn file(self, path: &str) -> ReadFile {
        let json = serde_json::to_string(&self.raw).unwrap();
        let reading = FileReading {
            kind: FileKind::Xlsx,
            refusal: None,
            returns: vec![self.raw],
            notices: Vec::new(),
            understanding: crate::ingest::Understanding::default(),
        };
        let digest = json.bytes().fold(17_u64, |hash, byte| {
            hash.wrapping_mul(1_099_511_628_211).wrapping_add(u64::from(byte))
        });
        ReadFile { path: path.to_owned(), sha256: format!("{digest:016x}"), reading }
    }
}

/// Returns January and February 2024 of a unit: the month before in the figures above, twice.
pub(super) fn history(key: &str) -> History {
    let templates = templates();
    let unit = templates.roster.find(key).unwrap();
    let record = || {
        let mut values: Vec<RecordedValue> = FIGURES
            .iter()
            .map(|(code, _, previous)| RecordedValue {
                unit,
                indicator: templates.indicators.find(code).unwrap(),
                scaled: *previous,
            })
            .collect();
        values.sort_unstable();
        MonthRecord { values, issued_as: None }
    };
    ["2024-01", "2024-02"].iter().map(|month| (month.parse().unwrap(), record())).collect()
}

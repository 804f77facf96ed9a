//! Step 2: raw returns become returns and findings. First each return on its own (unit, period,
//! readings, rules), then the batch (which submission counts, duplicates, who is missing, history).
//! A fault is a finding with a place; nothing here stops the batch.

mod checks;
mod codes;
mod concern;
mod copied;
mod corrections;
mod decimal;
mod details;
mod discipline;
mod expected_number;
mod file_faults;
mod file_name;
mod finding;
mod fold_causes;
mod form_identity;
mod header;
mod hidden_lines;
mod joined;
mod joined_details;
mod layout;
mod left_over;
mod missing_figures;
mod notices;
mod number;
mod number_dress;
mod outcome;
mod owner_words;
mod owners;
mod pairs;
mod past;
mod period;
mod proposal;
mod readings;
mod register;
mod repeated_details;
mod repeated_rows;
mod rules;
#[cfg(test)]
mod sample;
mod settle;
mod side_csv;
mod stored_number;
mod submissions;
#[cfg(test)]
mod tests;
mod twins;
mod unit;
mod unit_names;
mod validator;
mod withdrawn;
mod witnesses;

use std::{collections::BTreeMap, sync::Arc};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

pub use codes::{CODES, Code};
pub use concern::{Concern, Concerns};
pub use details::DetailCell;
pub use discipline::deadline;
pub use file_faults::BY_FILE_NAME;
pub use finding::{Finding, FindingRow};
pub use notices::ANSWER_SHEET;
pub use outcome::{AppliedCorrection, Discipline, Fate, FileFate, Standing};
pub use past::UnitPast;
pub use proposal::{CellRow, Proposal, ProposalRow, ProposedCell};
pub use validator::{Prepared, Validator};

use crate::{
    ingest::FileReading,
    period::Period,
    place::{CellRef, Place},
    template::{IndicatorIx, Measure, Templates, UnitIx, Usage},
};

/// A file of `input/` with what was read from it.
#[derive(Debug, Clone)]
pub struct ReadFile {
    /// Path below `input/`, NFC, with `/` between folders.
    pub path: String,
    /// SHA-256 of the bytes, lower-case hexadecimal.
    pub sha256: String,
    /// What was read.
    pub reading: FileReading,
}

/// What the secretary wrote beside the returns, as bytes of CSV files; nothing when absent.
#[derive(Debug, Clone, Default)]
pub struct SideFiles {
    /// `so-den.csv`: the intake register.
    pub register: Option<Vec<u8>>,
    /// `<period>/dieu-chinh.csv`: corrections, by period.
    pub corrections: BTreeMap<Period, Vec<u8>>,
}

/// Everything that validation knows beside the templates.
#[derive(Debug, Clone, Copy)]
pub struct Intake<'a> {
    /// All files of `input/`, sorted by path; those of other periods too.
    pub files: &'a [ReadFile],
    /// What the secretary wrote.
    pub side_files: &'a SideFiles,
}

/// Figures of earlier months, for comparison and rules: the latest first is not assumed.
pub type History = BTreeMap<Period, MonthRecord>;

/// The counted figures of a month.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct MonthRecord {
    /// Values by unit and indicator ([`Measure::Value`] only), sorted.
    pub values: Vec<RecordedValue>,
    /// Number of the issued report, when the month was issued.
    pub issued_as: Option<String>,
}

/// A counted value of an earlier month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct RecordedValue {
    /// The unit.
    pub unit: UnitIx,
    /// The indicator.
    pub indicator: IndicatorIx,
    /// The value, scaled by the indicator's decimals.
    pub scaled: i64,
}

/// The outcome of a period.
#[derive(Debug, Clone, Default)]
pub struct Batch {
    /// The returns that count, sorted by unit.
    pub returns: Vec<Return>,
    /// Figures of units without a return that counts, from the lists of owners; sorted by unit.
    pub listed: Vec<Return>,
    /// All findings: by unit in roster order (files of no unit first), worst first.
    pub findings: Vec<Finding>,
    /// What became of every file, sorted by path.
    pub fates: Vec<FileFate>,
    /// How every unit kept the reporting discipline, in roster order.
    pub discipline: Vec<Discipline>,
    /// Corrections of `dieu-chinh.csv` that were applied.
    pub corrections: Vec<AppliedCorrection>,
    /// What the returns that count should look at first, sorted by unit.
    pub proposals: Vec<Proposal>,
}

/// A return that counts.
#[derive(Debug, Clone, PartialEq)]
pub struct Return {
    /// The unit.
    pub unit: UnitIx,
    /// The period.
    pub period: Period,
    /// Code of the form.
    pub form: String,
    /// Lần gửi, from 1.
    pub submission: u32,
    /// Path of the file below `input/`.
    pub file: String,
    /// SHA-256 of the file.
    pub sha256: String,
    /// Sheets that the places refer to.
    pub sheets: Vec<String>,
    /// Whether it carries the mark of sample figures.
    pub sample: bool,
    /// One for every applicable indicator and measure of the form, in form order.
    pub observations: Vec<Observation>,
    /// Detail tables.
    pub details: Vec<Detail>,
    /// Boxes: key → words and place.
    pub texts: Vec<(String, String, Place)>,
    /// Notes of rows: indicator → words and place. Nil words ("không") are left out.
    pub explanations: Vec<(IndicatorIx, String, Place)>,
}

/// A value of a return with its provenance.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Observation {
    /// The indicator.
    pub indicator: IndicatorIx,
    /// What it measures.
    pub measure: Measure,
    /// Value or state.
    pub state: State,
    /// What becomes of it.
    pub usage: Usage,
    /// Index of the sheet in the return.
    pub sheet: u16,
    /// The cell; nothing when the row was not in the file.
    pub cell: Option<CellRef>,
    /// What stood there, when the reading is not literal.
    pub raw: Option<Box<str>>,
    /// How it was read.
    pub reading: Reading,
    /// Where it stands, when it is not in the file of the return: in the list of the figure's owner,
    /// or in another file of the unit.
    pub source: Option<Arc<OwnerSource>>,
}

/// Another file than that of the return, in which a figure stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnerSource {
    /// The unit that sent it.
    pub owner: UnitIx,
    /// Path of the file below `input/`.
    pub file: String,
    /// SHA-256 of the file.
    pub sha256: String,
    /// The sheet.
    pub sheet: String,
    /// Lần gửi.
    pub submission: u32,
}

/// Where an observation stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Origin<'a> {
    /// Path of the file below `input/`.
    pub file: &'a str,
    /// SHA-256 of the file.
    pub sha256: &'a str,
    /// The sheet, where it is known.
    pub sheet: Option<&'a str>,
    /// Lần gửi.
    pub submission: u32,
}

impl Return {
    /// Returns where an observation stands: in the return, or in the list of the figure's owner.
    pub fn origin<'a>(&'a self, observation: &'a Observation) -> Origin<'a> {
        match &observation.source {
            Some(source) => Origin {
                file: &source.file,
                sha256: &source.sha256,
                sheet: Some(&source.sheet),
                submission: source.submission,
            },
            None => Origin {
                file: &self.file,
                sha256: &self.sha256,
                sheet: self.sheets.get(usize::from(observation.sheet)).map(String::as_str),
                submission: self.submission,
            },
        }
    }
}

impl Batch {
    /// Returns everything that holds figures: the returns that count, then what the lists of owners
    /// say of units that sent none.
    pub fn with_listed(&self) -> impl Iterator<Item = &Return> {
        self.returns.iter().chain(&self.listed)
    }
}

/// Value or state of an observation; the five are never mixed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum State {
    /// A number, scaled by the indicator's decimals.
    Value(i64),
    /// Nothing was written.
    Missing,
    /// "…": the unit says that it has no figure.
    NotAvailable,
    /// "x", or the indicator does not apply to the unit.
    NotApplicable,
    /// Something was written that is no figure, or a finding drops it.
    Unusable,
}

/// How a cell was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Reading {
    /// As it stands.
    Literal,
    /// A number written as text, "1234".
    NumberAsText,
    /// "1.234": a dot between thousands.
    ThousandsDot,
    /// "1 234": a blank between thousands.
    ThousandsBlank,
    /// "1,234,567": commas between thousands.
    ThousandsCommas,
    /// "85,5": a comma before decimals.
    DecimalComma,
    /// "85,5%" or a cell with a percent format.
    Percent,
    /// "12 buổi": a number with its unit of count.
    WithUnitOfCount,
    /// "12 buổi (350 lượt người)": one of two numbers, as words say.
    PartOfPair,
    /// "-", "không phát sinh": nothing occurred, zero.
    NothingOccurred,
    /// A word or sign in a tick column.
    TickSign,
    /// From `dieu-chinh.csv`.
    Correction,
    /// From the assigned targets.
    Assigned,
}

impl Reading {
    /// Returns how a cell was read, in words.
    pub fn word(self) -> &'static str {
        match self {
            Self::Literal => "nguyên văn",
            Self::NumberAsText => "số dạng chữ",
            Self::ThousandsDot => "dấu chấm ngàn",
            Self::ThousandsBlank => "dấu cách ngàn",
            Self::ThousandsCommas => "dấu phẩy ngàn",
            Self::DecimalComma => "dấu phẩy thập phân",
            Self::Percent => "phần trăm",
            Self::WithUnitOfCount => "kèm đơn vị tính",
            Self::PartOfPair => "một trong hai số",
            Self::NothingOccurred => "không phát sinh",
            Self::TickSign => "dấu có/không",
            Self::Correction => "điều chỉnh",
            Self::Assigned => "chỉ tiêu giao",
        }
    }
}

/// A detail table of a return.
#[derive(Debug, Clone, PartialEq)]
pub struct Detail {
    /// Key of the table, "thon".
    pub table: String,
    /// Index of the sheet in the return.
    pub sheet: u16,
    /// Rows of cells, in column order.
    pub rows: Vec<Vec<DetailCell>>,
}

/// What stands in a cell of a detail table.
#[derive(Debug, Clone, PartialEq)]
pub enum DetailValue {
    /// Nothing.
    Empty,
    /// Words.
    Text(String),
    /// A whole number.
    Number(i64),
    /// A date.
    Date(NaiveDate),
    /// Something that is none of these where a number or a date belongs.
    Unusable(String),
}

/// Validates all files of a period, one after the other.
pub fn validate(
    templates: &Templates,
    period: Period,
    intake: Intake<'_>,
    history: &History,
) -> Batch {
    let mut validator = Validator::new(templates, period, intake.side_files, history);
    validator.take_lists(intake.files.iter().cloned());
    validator.settle(intake.files.iter().map(|file| validator.prepare(file)).collect())
}

/// Returns the counted figures of a batch, for the months after it.
pub fn record(_templates: &Templates, batch: &Batch) -> MonthRecord {
    let mut values: Vec<RecordedValue> = Vec::new();
    for counted in batch.with_listed() {
        for observation in &counted.observations {
            if let (Measure::Value, State::Value(scaled)) = (observation.measure, observation.state)
            {
                let (unit, indicator) = (counted.unit, observation.indicator);
                values.push(RecordedValue { unit, indicator, scaled });
            }
        }
    }
    values.sort_unstable();
    MonthRecord { values, issued_as: None }
}

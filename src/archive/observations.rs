//! The observations of a month: every value with the cell it came from, as Parquet for programs and
//! as `nguon-<period>.csv` for people, and back again as the record of an earlier month.

use std::{borrow::Cow, collections::BTreeMap};

use arrow_array::{Array, Int64Array, RecordBatch, StringArray};
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;

use super::{ArchiveError, Kind, TableWriter, Value};
use crate::{
    crew::Crew,
    period::Period,
    template::{Indicators, Measure, Templates, UnitIx, Usage},
    validate::{Batch, MonthRecord, Observation, RecordedValue, Return, State},
};

/// An observation with everything that a reader outside the program needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ObservationRow<'a> {
    /// Key of the unit.
    pub unit_key: &'a str,
    /// Code of the unit.
    pub unit_code: &'a str,
    /// Code of the indicator.
    pub indicator: &'a str,
    /// "value", "previous", "ytd", "change".
    pub measure: &'static str,
    /// "value", "missing", "not_available", "not_applicable", "unusable".
    pub state: &'static str,
    /// The value, scaled.
    pub scaled: Option<i64>,
    /// Decimal places of the value.
    pub decimals: u8,
    /// "dùng", "nghi", "bỏ".
    pub usage: &'static str,
    /// How the cell was read.
    pub reading: &'static str,
    /// What stood in the cell, when the reading is not literal.
    pub raw: &'a str,
    /// SHA-256 of the file.
    pub sha256: &'a str,
    /// Path below `input/`.
    pub file: &'a str,
    /// Sheet.
    pub sheet: &'a str,
    /// Cell, "C12".
    pub cell: String,
    /// Lần gửi.
    pub submission: u32,
}

const COLUMNS: [(&str, Kind); 16] = [
    ("period", Kind::Text),
    ("unit_key", Kind::Text),
    ("unit_code", Kind::Text),
    ("indicator", Kind::Text),
    ("measure", Kind::Text),
    ("state", Kind::Text),
    ("value", Kind::Whole),
    ("decimals", Kind::Whole),
    ("use", Kind::Text),
    ("reading", Kind::Text),
    ("raw", Kind::Text),
    ("sha256", Kind::Text),
    ("file", Kind::Text),
    ("sheet", Kind::Text),
    ("cell", Kind::Text),
    ("submission", Kind::Whole),
];

/// Returns the observations of the returns that count, by unit and in form order.
pub fn observation_rows<'a>(
    templates: &'a Templates,
    batch: &'a Batch,
) -> impl Iterator<Item = ObservationRow<'a>> {
    batch.with_listed().flat_map(move |unit_return| {
        unit_return
            .observations
            .iter()
            .map(move |observation| row(templates, unit_return, observation))
    })
}

/// Returns the observations of a month as Parquet.
pub fn parquet(
    templates: &Templates,
    period: Period,
    batch: &Batch,
    crew: &dyn Crew,
) -> Result<Vec<u8>, ArchiveError> {
    let mut table = TableWriter::new(&COLUMNS, crew)?;
    let period = period.to_string();
    for row in observation_rows(templates, batch) {
        table.push(&[
            Value::Text(&period),
            Value::Text(row.unit_key),
            Value::Text(row.unit_code),
            Value::Text(row.indicator),
            Value::Text(row.measure),
            Value::Text(row.state),
            row.scaled.map_or(Value::Nothing, Value::Whole),
            Value::Whole(i64::from(row.decimals)),
            Value::Text(row.usage),
            Value::Text(row.reading),
            Value::Text(row.raw),
            Value::Text(row.sha256),
            Value::Text(row.file),
            Value::Text(row.sheet),
            Value::Text(&row.cell),
            Value::Whole(i64::from(row.submission)),
        ])?;
    }
    table.finish()
}

/// Returns the observations of a month as CSV with the columns of the Parquet file.
pub fn sources_csv(templates: &Templates, period: Period, batch: &Batch) -> Vec<u8> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let to_memory = "writing to memory does not fail";
    writer.write_record(COLUMNS.map(|(name, _)| name)).expect(to_memory);
    let period = period.to_string();
    for row in observation_rows(templates, batch) {
        let number = row.scaled.map(|scaled| scaled.to_string()).unwrap_or_default();
        let (decimals, submission) = (row.decimals.to_string(), row.submission.to_string());
        let record: [&str; 16] = [
            &period,
            row.unit_key,
            row.unit_code,
            row.indicator,
            row.measure,
            row.state,
            &number,
            &decimals,
            row.usage,
            row.reading,
            &inert(row.raw),
            row.sha256,
            &inert(row.file),
            &inert(row.sheet),
            &row.cell,
            &submission,
        ];
        writer.write_record(record).expect(to_memory);
    }
    writer.into_inner().expect(to_memory)
}

/// Returns words of a return so that a spreadsheet program which opens the CSV takes them for words:
/// what would begin a formula stands behind an apostrophe.
fn inert(words: &str) -> Cow<'_, str> {
    let is_number =
        |rest: &str| rest.chars().all(|one| one.is_ascii_digit() || ".,% ".contains(one));
    let is_formula = match words.chars().next() {
        Some('=' | '@' | '\t' | '\r') => true,
        Some('+' | '-') => !words.get(1..).is_some_and(is_number),
        _ => false,
    };
    if is_formula { Cow::Owned(format!("'{words}")) } else { Cow::Borrowed(words) }
}

/// Returns the counted values of a month from its Parquet file. Values of units or indicators that
/// the templates no longer have are left out.
pub fn month_record(
    templates: &Templates,
    period: Period,
    bytes: Vec<u8>,
) -> Result<MonthRecord, ArchiveError> {
    let damaged = |detail: String| ArchiveError::Damaged { period, detail };
    let reader = ParquetRecordBatchReaderBuilder::try_new(bytes::Bytes::from(bytes))
        .and_then(ParquetRecordBatchReaderBuilder::build)
        .map_err(|error| damaged(error.to_string()))?;
    let units = templates.roster.by_key();
    let mut values = Vec::new();
    for batch in reader {
        let batch = batch.map_err(|error| damaged(error.to_string()))?;
        collect_values((&units, &templates.indicators), &batch, &mut values)
            .ok_or_else(|| damaged("thiếu cột".to_owned()))?;
    }
    values.sort_unstable();
    Ok(MonthRecord { values, issued_as: None })
}

/// Adds the usable values of a batch of rows; nothing when a column is not as written here.
fn collect_values(
    (roster, known): (&BTreeMap<&str, UnitIx>, &Indicators),
    batch: &RecordBatch,
    values: &mut Vec<RecordedValue>,
) -> Option<()> {
    let text = |name| batch.column_by_name(name)?.as_any().downcast_ref::<StringArray>();
    let (units, indicators) = (text("unit_key")?, text("indicator")?);
    let (measures, states, usages) = (text("measure")?, text("state")?, text("use")?);
    let scaled = batch.column_by_name("value")?.as_any().downcast_ref::<Int64Array>()?;
    for index in 0..batch.num_rows() {
        let counts = measures.value(index) == measure_word(Measure::Value)
            && states.value(index) == "value"
            && usages.value(index) != usage_word(Usage::Dropped)
            && scaled.is_valid(index);
        let unit = roster.get(units.value(index)).copied();
        let indicator = known.find(indicators.value(index));
        if let (true, Some(unit), Some(indicator)) = (counts, unit, indicator) {
            values.push(RecordedValue { unit, indicator, scaled: scaled.value(index) });
        }
    }
    Some(())
}

fn row<'a>(
    templates: &'a Templates,
    unit_return: &'a Return,
    observation: &'a Observation,
) -> ObservationRow<'a> {
    let unit = templates.roster.get(unit_return.unit);
    let origin = unit_return.origin(observation);
    let indicator = templates.indicators.get(observation.indicator);
    let (state, scaled) = match observation.state {
        State::Value(scaled) => ("value", Some(scaled)),
        State::Missing => ("missing", None),
        State::NotAvailable => ("not_available", None),
        State::NotApplicable => ("not_applicable", None),
        State::Unusable => ("unusable", None),
    };
    ObservationRow {
        unit_key: &unit.key,
        unit_code: &unit.code,
        indicator: &indicator.code,
        measure: measure_word(observation.measure),
        state,
        scaled,
        decimals: indicator.decimals,
        usage: usage_word(observation.usage),
        reading: observation.reading.word(),
        raw: observation.raw.as_deref().unwrap_or_default(),
        sha256: origin.sha256,
        file: origin.file,
        sheet: origin.sheet.unwrap_or_default(),
        cell: observation.cell.map(|cell| cell.to_string()).unwrap_or_default(),
        submission: origin.submission,
    }
}

fn measure_word(measure: Measure) -> &'static str {
    match measure {
        Measure::Value => "value",
        Measure::Previous => "previous",
        Measure::YearToDate => "ytd",
        Measure::Change => "change",
    }
}

fn usage_word(usage: Usage) -> &'static str {
    match usage {
        Usage::Used => "dùng",
        Usage::Doubtful => "nghi",
        Usage::Dropped => "bỏ",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_a_return_never_begin_a_formula() {
        for words in ["=cmd|'/c calc'!A1", "@SUM(1)", "+1+A1", "-inf", "\t=1", "-1+cmd|' '!A0"] {
            assert_eq!(inert(words), format!("'{words}"));
        }
        for words in ["-", "-5", "+1.234,5 %", "Biểu 01", "2024-03/=a.xlsx", ""] {
            assert_eq!(inert(words), words);
        }
    }
}

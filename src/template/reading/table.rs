//! CSV files as Excel writes them: comma or semicolon, with or without BOM, named columns.

use std::sync::Arc;

use chrono::NaiveDate;

use super::{Source, not_a_date, parse_date};
use crate::template::TemplateError;

/// A row with its line in the file.
pub(in crate::template) struct Row<'a> {
    source: &'a Source,
    columns: &'static [&'static str],
    places: Arc<[Option<usize>]>,
    /// The cells as they stand, blanks around their words included.
    record: csv::StringRecord,
    line: u64,
}

/// Returns the rows of a CSV file; blank rows are left out. All columns must be there but the
/// `optional` ones.
pub(super) fn rows<'a>(
    source: &'a Source,
    columns: &'static [&'static str],
    optional: &[&str],
) -> Result<Vec<Row<'a>>, TemplateError> {
    let head = source.text.lines().next().unwrap_or_default();
    let separator = if head.matches(';').count() > head.matches(',').count() { b';' } else { b',' };
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(separator)
        .has_headers(false)
        .from_reader(source.text.as_bytes());
    let mut records = reader.records();
    let header = match records.next() {
        Some(record) => record.map_err(|error| unreadable(source, error))?,
        None => csv::StringRecord::new(),
    };
    let places: Arc<[Option<usize>]> = places(source, &header, columns, optional)?.into();
    let mut rows = Vec::new();
    for record in records {
        let record = record.map_err(|error| unreadable(source, error))?;
        if record.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        let line = record.position().map_or(0, csv::Position::line);
        rows.push(Row { source, columns, places: Arc::clone(&places), record, line });
    }
    Ok(rows)
}

/// Returns for each known column where it stands in the file.
fn places(
    source: &Source,
    header: &csv::StringRecord,
    columns: &[&str],
    optional: &[&str],
) -> Result<Vec<Option<usize>>, TemplateError> {
    let list = || columns.join(", ");
    let names = || header.iter().map(str::trim);
    if let Some(wrong) = names().find(|name| !name.is_empty() && !columns.contains(name)) {
        let message = format!("không có cột `{wrong}`; các cột được dùng: {}", list());
        return Err(source.mistake_on_line(1, "tiêu đề cột", message, None));
    }
    columns
        .iter()
        .map(|column| {
            let place = names().position(|name| name == *column);
            if place.is_none() && !optional.contains(column) {
                let message = format!("thiếu cột `{column}`; các cột phải có: {}", list());
                return Err(source.mistake_on_line(1, "tiêu đề cột", message, None));
            }
            Ok(place)
        })
        .collect()
}

fn unreadable(source: &Source, error: csv::Error) -> TemplateError {
    let line = error.position().map_or(1, csv::Position::line);
    let message = match error.kind() {
        csv::ErrorKind::UnequalLengths { expected_len, len, .. } => {
            format!("dòng có {len} ô, tiêu đề có {expected_len} cột; kiểm tra dấu ngăn cách")
        }
        _ => "không đọc được dòng này".to_owned(),
    };
    source.mistake_on_line(line, "bảng", message, Some(Box::new(error)))
}

impl Row<'_> {
    /// Returns the text of a column; empty when the file has no such column.
    pub(super) fn get(&self, column: &str) -> &str {
        self.columns
            .iter()
            .position(|name| *name == column)
            .and_then(|index| self.places.get(index).copied().flatten())
            .and_then(|place| self.record.get(place))
            .map(str::trim)
            .unwrap_or_default()
    }

    /// Returns the text of a column, or nothing when it is empty.
    pub(super) fn get_some(&self, column: &str) -> Option<String> {
        Some(self.get(column)).filter(|text| !text.is_empty()).map(str::to_owned)
    }

    /// Returns the text of a column that must not be empty.
    pub(super) fn get_filled(&self, column: &str) -> Result<&str, TemplateError> {
        let text = self.get(column);
        if text.is_empty() {
            return Err(self.mistake(column, "ô này không được để trống".to_owned()));
        }
        Ok(text)
    }

    /// Returns the date of a column, or nothing when it is empty.
    pub(super) fn date(&self, column: &str) -> Result<Option<NaiveDate>, TemplateError> {
        let text = self.get(column);
        if text.is_empty() {
            return Ok(None);
        }
        match parse_date(text) {
            Some(date) => Ok(Some(date)),
            None => Err(self.mistake(column, not_a_date(text))),
        }
    }

    /// Returns the date of a column that must not be empty.
    pub(super) fn filled_date(&self, column: &str) -> Result<NaiveDate, TemplateError> {
        let text = self.get_filled(column)?;
        parse_date(text).ok_or_else(|| self.mistake(column, not_a_date(text)))
    }

    /// Returns one of several words by name.
    pub(super) fn choice<T: Copy>(
        &self,
        column: &str,
        choices: &[(&str, T)],
    ) -> Result<T, TemplateError> {
        let text = self.get(column);
        choices.iter().find(|(name, _)| *name == text).map(|(_, choice)| *choice).ok_or_else(|| {
            let names: Vec<&str> = choices.iter().map(|(name, _)| *name).collect();
            let message =
                format!("giá trị `{text}` không dùng được; được dùng: {}", names.join(", "));
            self.mistake(column, message)
        })
    }

    /// Returns the error of a mistake in a column of this row.
    pub(super) fn mistake(&self, column: &str, message: String) -> TemplateError {
        self.source.mistake_on_line(self.line, &format!("cột `{column}`"), message, None)
    }
}

//! The detail tables and boxes of a return, and the notes of its rows.

use std::sync::Arc;

use chrono::NaiveDate;

use super::{
    Detail, DetailValue, Finding, State, codes, expected_number::ExpectedNumber, header::shown,
    number::NumberReader, repeated_details,
};
use crate::{
    ingest::{CellContent, RawDetail, RawReturn},
    place::{CellRef, Place},
    quantity::Quantity,
    template::{DetailColumn, DetailKind, DetailTable, Form, IndicatorIx, Indicators, PeriodDates},
    text,
};

/// A filled or empty cell of a detail table.
#[derive(Debug, Clone, PartialEq)]
pub struct DetailCell {
    /// Key of the column, shared by its cells.
    pub column: Arc<str>,
    /// The cell.
    pub cell: CellRef,
    /// What stands there.
    pub value: DetailValue,
}

/// What is known of a return when its details are read.
pub(super) struct DetailContext<'a> {
    /// The words that stand for figures.
    pub(super) reader: &'a NumberReader,
    /// What a cell of a column of numbers should hold.
    pub(super) number: &'a ExpectedNumber,
    /// The unit's form.
    pub(super) form: &'a Form,
    /// The dates of the period.
    pub(super) dates: PeriodDates,
    /// Path of the file.
    pub(super) path: &'a str,
    /// The return.
    pub(super) raw: &'a RawReturn,
}

/// Returns the detail tables of a return that its form has, with the findings of their cells.
pub(super) fn details(context: &DetailContext<'_>) -> (Vec<Detail>, Vec<Finding>) {
    let mut findings = Vec::new();
    let mut details = Vec::new();
    for table in &context.form.details {
        let (raw, finding) = repeated_details::settle(context.path, context.raw, table);
        findings.extend(finding);
        let Some(raw) = raw else { continue };
        let columns: Vec<(&DetailColumn, Arc<str>)> =
            table.columns.iter().map(|column| (column, column.key.as_str().into())).collect();
        let rows: Vec<_> = raw
            .rows
            .iter()
            .map(|row| detail_row(context, &columns, (raw, row), &mut findings))
            .collect();
        findings.extend(total_findings(context, table, raw, &rows));
        details.push(Detail { table: raw.table.clone(), sheet: raw.sheet, rows });
    }
    (details, findings)
}

type RawRow = [(String, CellRef, CellContent)];

fn detail_row(
    context: &DetailContext<'_>,
    columns: &[(&DetailColumn, Arc<str>)],
    (raw, row): (&RawDetail, &RawRow),
    findings: &mut Vec<Finding>,
) -> Vec<DetailCell> {
    let mut values = Vec::with_capacity(row.len());
    for (key, cell, content) in row {
        let Some((column, name)) = columns.iter().find(|(_, name)| **name == **key) else {
            continue;
        };
        let value = detail_value(context, column.kind, content);
        if matches!(value, DetailValue::Unusable(_) | DetailValue::Date(_)) {
            let place = place(context, raw, *cell);
            findings.extend(cell_finding(context, column, &value, &place));
        }
        values.push(DetailCell { column: Arc::clone(name), cell: *cell, value });
    }
    values
}

fn place(context: &DetailContext<'_>, raw: &RawDetail, cell: CellRef) -> Place {
    let sheet = context.raw.sheets.get(usize::from(raw.sheet)).cloned().unwrap_or_default();
    Place::of_cell(context.path, sheet, cell)
}

fn detail_value(context: &DetailContext<'_>, kind: DetailKind, cell: &CellContent) -> DetailValue {
    if let CellContent::Empty = cell {
        return DetailValue::Empty;
    }
    if kind == DetailKind::Number {
        let read = context.reader.read(cell, context.number);
        return match read.state {
            State::Value(number) => DetailValue::Number(number),
            State::Missing | State::NotAvailable | State::NotApplicable => DetailValue::Empty,
            State::Unusable => DetailValue::Unusable(shown(cell)),
        };
    }
    let written = shown(cell);
    if written.is_empty() {
        return DetailValue::Empty;
    }
    match (kind, read_date(&written)) {
        (DetailKind::Date, Some(date)) => DetailValue::Date(date),
        (DetailKind::Date, None) => DetailValue::Unusable(written),
        (_, Some(date)) if matches!(cell, CellContent::Date(_)) => {
            DetailValue::Text(text::format_date(date))
        }
        _ => DetailValue::Text(written),
    }
}

/// Reads `2024-03-05`, `05/3/2024`, `5-3-2024`, `5.3.2024` and `ngày 05 tháng 3 năm 2024`.
pub(super) fn read_date(words: &str) -> Option<NaiveDate> {
    let numbers: Vec<&str> = words
        .split(|character: char| !character.is_ascii_digit())
        .filter(|part| !part.is_empty())
        .collect();
    let [first, month, last] = numbers.as_slice() else { return None };
    let (year, day) = if first.len() == 4 { (first, last) } else { (last, first) };
    if year.len() != 4 {
        return None;
    }
    NaiveDate::from_ymd_opt(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
}

fn cell_finding(
    context: &DetailContext<'_>,
    column: &DetailColumn,
    value: &DetailValue,
    place: &Place,
) -> Option<Finding> {
    let head = column.titles.first().map_or("", String::as_str);
    let cell = place.cell.map(|cell| cell.to_string()).unwrap_or_default();
    match value {
        DetailValue::Unusable(written) => {
            let expected =
                if column.kind == DetailKind::Date { "một ngày" } else { "một số" };
            let message = format!("Cột “{head}”, ô {cell}: không đọc được “{written}”.");
            let finding = codes::DETAIL_UNREADABLE.finding(message).found(written.as_str());
            let finding = finding.expected(expected).at(place.clone());
            Some(finding.hint(format!("Đề nghị ghi {expected} vào ô.")))
        }
        DetailValue::Date(date) if !(context.dates.first..=context.dates.last).contains(date) => {
            let written = text::format_date(*date);
            let message = format!("Cột “{head}”, ô {cell}: ngày {written} nằm ngoài kỳ báo cáo.");
            let expected = format!(
                "từ {} đến {}",
                text::format_date(context.dates.first),
                text::format_date(context.dates.last)
            );
            let hint = "Đề nghị kiểm tra ngày, tháng (có thể bị đảo) hoặc bỏ dòng không thuộc kỳ.";
            let finding = codes::DETAIL_DATE.finding(message).found(written).expected(expected);
            Some(finding.hint(hint).at(place.clone()))
        }
        _ => None,
    }
}

/// Compares the total rows of a table with its rows; a column with an unusable cell is left out.
fn total_findings(
    context: &DetailContext<'_>,
    table: &DetailTable,
    raw: &RawDetail,
    rows: &[Vec<DetailCell>],
) -> Vec<Finding> {
    let mut findings = Vec::new();
    let numbers = table.columns.iter().filter(|column| column.kind == DetailKind::Number);
    for column in numbers {
        let Some(sum) = column_sum(rows, &column.key) else { continue };
        let stated = raw.totals.iter().flatten().filter(|(key, ..)| *key == column.key);
        for (_, cell, content) in stated {
            let DetailValue::Number(stated) = detail_value(context, DetailKind::Number, content)
            else {
                continue;
            };
            if stated == sum {
                continue;
            }
            let number = |count| text::format_quantity(Quantity::whole(count));
            let message = format!(
                "Cột “{}”: dòng tổng ghi {}, cộng các dòng được {}.",
                column.titles.first().map_or("", String::as_str),
                number(stated),
                number(sum)
            );
            let finding = codes::DETAIL_TOTAL.finding(message).found(number(stated));
            let finding = finding.expected(number(sum)).at(place(context, raw, *cell));
            findings.push(finding.hint("Đề nghị kiểm tra các dòng và dòng tổng cộng."));
        }
    }
    findings
}

/// Returns the sum of a column, or nothing when a cell of it is unusable or none is filled.
pub(super) fn column_sum(rows: &[Vec<DetailCell>], key: &str) -> Option<i64> {
    let mut sum = None;
    for cell in rows.iter().flatten().filter(|cell| *cell.column == *key) {
        match &cell.value {
            DetailValue::Number(number) => sum = Some(sum.unwrap_or(0) + number),
            DetailValue::Unusable(_) => return None,
            DetailValue::Empty | DetailValue::Text(_) | DetailValue::Date(_) => {}
        }
    }
    sum
}

/// Returns the boxes of a return: key, words and place; empty ones are left out.
pub(super) fn boxes(path: &str, raw: &RawReturn) -> Vec<(String, String, Place)> {
    raw.texts
        .iter()
        .map(|(key, located)| {
            let words = match &located.value {
                CellContent::Date(date) => match read_date(date) {
                    Some(date) => text::format_date(date),
                    None => date.clone(),
                },
                content => shown(content),
            };
            let sheet = raw.sheets.get(usize::from(located.sheet)).cloned().unwrap_or_default();
            (key.clone(), words, Place::of_cell(path, sheet, located.cell))
        })
        .filter(|(_, words, _)| !words.is_empty())
        .collect()
}

/// Returns the notes of a return that say something, with findings for those that look like
/// formulas.
pub(super) fn notes(
    reader: &NumberReader,
    indicators: &Indicators,
    path: &str,
    raw: &RawReturn,
) -> (Vec<(IndicatorIx, String, Place)>, Vec<Finding>) {
    let (mut notes, mut findings) = (Vec::new(), Vec::new());
    for (code, located) in &raw.notes {
        let words = text::squeeze(&text::nfc(&located.value));
        let Some(indicator) = indicators.find(code) else { continue };
        if reader.is_nil(&words) {
            continue;
        }
        let sheet = raw.sheets.get(usize::from(located.sheet)).cloned().unwrap_or_default();
        let place = Place::of_cell(path, sheet, located.cell);
        if words.starts_with('=') {
            let message = format!(
                "Ghi chú của chỉ tiêu {code} bắt đầu bằng dấu “=”; được giữ nguyên là chữ, không tính như công thức."
            );
            let finding = codes::NOTE_LIKE_FORMULA.finding(message).found(words.as_str());
            let finding = finding.expected("lời giải trình").at(place.clone()).about(code);
            findings.push(finding.hint("Từ kỳ sau đề nghị không bắt đầu ghi chú bằng dấu “=”."));
        }
        notes.push((indicator, words, place));
    }
    (notes, findings)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_day_first() {
        let march = NaiveDate::from_ymd_opt(2024, 3, 5);
        for words in ["05/3/2024", "5-3-2024", "5.3.2024", "ngày 05 tháng 3 năm 2024", "2024-03-05"]
        {
            assert_eq!(read_date(words), march, "{words}");
        }
        for words in ["", "5/3", "31/02/2024", "05/3/24", "23h ngày 29-6-2023"] {
            assert_eq!(read_date(words), None, "{words}");
        }
    }

    #[test]
    fn a_sum_over_an_unusable_cell_is_no_sum() {
        let at = CellRef { row: 0, column: 0 };
        let cell = |value| vec![DetailCell { column: "so".into(), cell: at, value }];
        let rows = [cell(DetailValue::Number(2)), cell(DetailValue::Empty)];
        assert_eq!(column_sum(&rows, "so"), Some(2));
        assert_eq!(column_sum(&[cell(DetailValue::Empty)], "so"), None, "missing is not zero");
        let rows = [cell(DetailValue::Number(2)), cell(DetailValue::Unusable("?".to_owned()))];
        assert_eq!(column_sum(&rows, "so"), None);
    }
}

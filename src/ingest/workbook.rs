//! The sheets of a workbook of any kind, as grids of cells. Each reader of the library is opened on
//! bytes that passed the limits, and a panic in it becomes a refusal or a broken sheet.

use std::{
    any::Any,
    io::Cursor,
    panic::{AssertUnwindSafe, catch_unwind},
};

use calamine::{
    Data, DataRef, Dimensions, ExcelDateTime, Range, Reader, Sheet, SheetType, SheetVisible, Xls,
    XlsOptions,
};
use chrono::NaiveDate;

use super::{
    CellContent, FileKind, Refusal,
    biff::Biff,
    decode, delimited,
    facts::SheetFacts,
    grid::{Grid, GridBuilder, TooManyCells},
    html,
    limits::Hints,
    macros,
    merges::Area,
    open_document,
    room::{self, Room},
    spreadsheet_xml, xlsb, xlsx,
};
use crate::{place::CellRef, template::IDENTITY_SHEET};

/// Most characters that a cell of Excel holds; of longer ones the others say nothing more.
const MAX_CHARACTERS: usize = 32_767;

/// A worksheet and what came of reading it.
#[derive(Debug)]
pub(super) struct Worksheet {
    /// Its name, as it stands.
    pub(super) name: String,
    /// What came of reading it.
    pub(super) state: SheetState,
}

/// What came of reading a sheet.
#[derive(Debug)]
pub(super) enum SheetState {
    /// Its cells.
    Read(Grid),
    /// Hidden, and therefore not read.
    Hidden,
    /// Macros, and therefore not read.
    Macros,
    /// Not read.
    Broken(SheetFault),
}

/// Why a sheet was not read, in the reader's words.
#[derive(Debug)]
pub(super) enum SheetFault {
    /// It cannot be read.
    Unreadable(String),
    /// It is larger than any form.
    TooLarge(String),
}

/// The cells of a sheet, or why there are none.
pub(super) type SheetResult = Result<Grid, SheetFault>;

impl From<String> for SheetFault {
    fn from(words: String) -> Self {
        Self::Unreadable(words)
    }
}

/// Returns the worksheets in their order.
pub(super) fn sheets(
    kind: FileKind,
    bytes: &[u8],
    hints: Hints,
) -> Result<Vec<Worksheet>, Refusal> {
    let read = || match kind {
        FileKind::Xlsx => xlsx::sheets(bytes),
        FileKind::Xlsb => macros::apart(bytes, xlsb::sheets),
        FileKind::Xls => old_sheets(bytes, hints),
        FileKind::Ods => open_document::sheets(bytes),
        FileKind::FlatOds => open_document::flat_sheets(&words(bytes)?),
        FileKind::SpreadsheetXml => spreadsheet_xml::sheets(&words(bytes)?),
        FileKind::Html => Ok(html::sheets(&words(bytes)?)),
        FileKind::Delimited => Ok(delimited::sheets(&words(bytes)?)),
        _ => Err(Refusal::NotAWorkbook),
    };
    let mut sheets = guarded(read).unwrap_or_else(|words| Err(Refusal::ReaderFailed(words)))?;
    room::cut(&mut sheets);
    Ok(sheets)
}

/// Returns a file of text as words.
pub(super) fn words(bytes: &[u8]) -> Result<String, Refusal> {
    decode::text(bytes).ok_or(Refusal::NotAWorkbook)
}

/// Reads the visible worksheets, one after the other; one that fails does not stop the others.
pub(super) fn each_sheet(
    sheets: &[Sheet],
    mut read: impl FnMut(&str) -> SheetResult,
) -> Vec<Worksheet> {
    let mut room = Room::default();
    let worksheets = sheets.iter().filter(|sheet| sheet.typ == SheetType::WorkSheet);
    worksheets
        .map(|sheet| {
            let state = match room.refusal() {
                _ if !is_read(sheet) => SheetState::Hidden,
                Some(refusal) => refusal,
                None => {
                    let read = guarded(|| read(&sheet.name));
                    room.keep(read.unwrap_or_else(|words| Err(SheetFault::Unreadable(words))))
                }
            };
            Worksheet { name: sheet.name.clone(), state }
        })
        .collect()
}

/// Returns whether a sheet is read: one that is shown, and the one by which a form says what it is.
pub(super) fn is_read(sheet: &Sheet) -> bool {
    sheet.visible == SheetVisible::Visible || sheet.name == IDENTITY_SHEET
}

/// Runs a call into a library; a panic gives its words.
pub(super) fn guarded<T>(call: impl FnOnce() -> T) -> Result<T, String> {
    catch_unwind(AssertUnwindSafe(call)).map_err(|payload| words_of(payload.as_ref()))
}

fn words_of(payload: &(dyn Any + Send)) -> String {
    let fixed = payload.downcast_ref::<&str>().map(|words| (*words).to_owned());
    fixed.or_else(|| payload.downcast_ref::<String>().cloned()).unwrap_or_default()
}

fn old_sheets(bytes: &[u8], hints: Hints) -> Result<Vec<Worksheet>, Refusal> {
    let mut options = XlsOptions::default();
    options.force_codepage = hints.codepage;
    let mut workbook = Xls::new_with_options(Cursor::new(bytes), options)
        .map_err(|error| Refusal::Damaged(error.to_string()))?;
    let list = workbook.sheets_metadata().to_vec();
    let records = Biff::open(bytes);
    Ok(each_sheet(&list, |name| {
        let merges = workbook.merge_cells_by_sheet_name(name).unwrap_or_default();
        let range = workbook.worksheet_range(name).map_err(|error| error.to_string())?;
        let position = list.iter().position(|sheet| sheet.name == name);
        let facts = records.as_ref().zip(position).and_then(|(book, place)| book.facts(place));
        grid_of_range(&range, merges, facts)
    }))
}

fn grid_of_range(
    range: &Range<Data>,
    merges: Vec<Dimensions>,
    facts: Option<SheetFacts>,
) -> SheetResult {
    let (top, left) = range.start().unwrap_or_default();
    let mut builder = GridBuilder::default();
    for (row, column, value) in range.used_cells() {
        let place = u32::try_from(row).ok().zip(u32::try_from(column).ok());
        let Some((row, column)) = place else { continue };
        let cell = CellRef { row: top.saturating_add(row), column: left.saturating_add(column) };
        builder.add(cell, content_of(&borrowed(value))).map_err(too_many_cells)?;
    }
    if let Some(facts) = facts {
        facts.give(&mut builder);
    }
    builder.finish_merged(areas_of(merges)).map_err(too_many_cells)
}

/// Returns an owned value of the library as a borrowed one.
fn borrowed(value: &Data) -> DataRef<'_> {
    match value {
        Data::Int(number) => DataRef::Int(*number),
        Data::Float(number) => DataRef::Float(*number),
        Data::String(words) => DataRef::SharedString(words),
        Data::Bool(flag) => DataRef::Bool(*flag),
        Data::DateTime(moment) => DataRef::DateTime(*moment),
        Data::DateTimeIso(words) => DataRef::DateTimeIso(words.clone()),
        Data::DurationIso(words) => DataRef::DurationIso(words.clone()),
        Data::Error(error) => DataRef::Error(error.clone()),
        Data::Empty => DataRef::Empty,
    }
}

/// Returns the fault of a sheet that is larger than any form.
pub(super) fn too_many_cells(_: TooManyCells) -> SheetFault {
    SheetFault::TooLarge(
        "trang tính có quá nhiều ô, ô gộp hoặc chữ so với một biểu báo cáo".to_owned(),
    )
}

/// Returns merged areas as the grid knows them.
pub(super) fn areas_of(merges: Vec<Dimensions>) -> Vec<Area> {
    let cell = |(row, column): (u32, u32)| CellRef { row, column };
    merges.into_iter().map(|area| Area { first: cell(area.start), last: cell(area.end) }).collect()
}

/// Returns a value of the library as what stands in the cell; kinds are kept apart.
pub(super) fn content_of(value: &DataRef<'_>) -> CellContent {
    match value {
        DataRef::Empty => CellContent::Empty,
        DataRef::Int(number) => int_content(*number),
        DataRef::Float(number) => number_content(*number),
        DataRef::String(words) | DataRef::DurationIso(words) => text_content(words),
        DataRef::SharedString(words) => text_content(words),
        DataRef::Bool(flag) => CellContent::Boolean(*flag),
        DataRef::DateTime(moment) => date_content(moment),
        DataRef::DateTimeIso(words) => iso_content(words),
        DataRef::Error(error) => CellContent::Error(error.to_string()),
    }
}

#[expect(clippy::cast_precision_loss, reason = "sheets hold doubles; an integer comes from one")]
fn int_content(number: i64) -> CellContent {
    CellContent::Number(number as f64)
}

/// Returns a number, if it is one.
pub(super) fn number_content(number: f64) -> CellContent {
    if number.is_finite() {
        CellContent::Number(number)
    } else {
        CellContent::Error(number.to_string())
    }
}

/// Returns words as they stand, as far as a cell can hold them; blanks alone are nothing, and NUL is the sign of a misread text.
pub(super) fn text_content(words: &str) -> CellContent {
    if words.contains('\0') {
        CellContent::Error("NUL".to_owned())
    } else if words.chars().all(char::is_whitespace) {
        CellContent::Empty
    } else if words.len() > MAX_CHARACTERS {
        CellContent::Text(words.chars().take(MAX_CHARACTERS).collect())
    } else {
        CellContent::Text(words.to_owned())
    }
}

fn date_content(moment: &ExcelDateTime) -> CellContent {
    let (year, month, day, ..) = moment.to_ymd_hms_milli();
    let date = NaiveDate::from_ymd_opt(i32::from(year), u32::from(month), u32::from(day));
    match date {
        Some(date) if moment.is_datetime() && moment.as_f64() >= 1.0 => {
            CellContent::Date(date.to_string())
        }
        _ => number_content(moment.as_f64()),
    }
}

/// Returns a date that begins with year, month and day; else words.
pub(super) fn iso_content(words: &str) -> CellContent {
    let day: String = words.chars().take(10).collect();
    match day.parse::<NaiveDate>() {
        Ok(date) => CellContent::Date(date.to_string()),
        Err(_) => text_content(words),
    }
}

#[cfg(test)]
mod tests {
    use calamine::ExcelDateTimeType;

    use super::*;

    #[test]
    fn kinds_are_kept_apart() {
        assert_eq!(content_of(&DataRef::Float(f64::NAN)), CellContent::Error("NaN".into()));
        assert_eq!(content_of(&DataRef::SharedString("  \n")), CellContent::Empty);
        assert_eq!(content_of(&DataRef::SharedString("a\0b")), CellContent::Error("NUL".into()));
        assert_eq!(content_of(&DataRef::SharedString(" - ")), CellContent::Text(" - ".into()));
        let long = text_content(&"ỉ".repeat(40_000));
        assert_eq!(long, CellContent::Text("ỉ".repeat(MAX_CHARACTERS)));
        let date = |value| ExcelDateTime::new(value, ExcelDateTimeType::DateTime, false);
        let content = content_of(&DataRef::DateTime(date(45_365.25)));
        assert_eq!(content, CellContent::Date("2024-03-14".into()));
        assert_eq!(content_of(&DataRef::DateTime(date(0.5))), CellContent::Number(0.5));
    }
}

//! The workbook of a form to be filled: locked but for its input cells, without a password, so that
//! nobody is shut out who knows what he does; ready to be printed and signed.

mod formats;
mod formula;
mod validation;

use chrono::Datelike as _;
use rust_xlsxwriter::{
    ColNum, DocProperties, ExcelDateTime, Formula, IgnoreError, ProtectionOptions, RowNum,
    Workbook, Worksheet, XlsxError as WriterError,
};

use self::formats::Looks;
use super::{
    XlsxError,
    formats::{FONT, INDENT},
    setup::page_height,
    widths::Type,
};
use crate::compose::{
    document::Orientation,
    forms::document::{FormBook, FormCell, FormContent, FormRow, FormSheet},
};

/// Size of the type in points, and pixels of a digit of it: seven in Excel, a little more elsewhere.
const SIZE: u8 = 11;
const DIGIT: f64 = 7.0;
const WIDE_DIGIT: f64 = 7.45;
/// What a column is wider than its digits, in digits.
const PADDING: f64 = 0.72;
/// A4 in the numbering of spreadsheets.
const A4: u8 = 9;
/// Margins in millimetres: left, right, top, bottom.
const MARGINS: [f64; 4] = [18.0, 12.0, 15.0, 15.0];
/// Points of a row of one line.
const LINE: f64 = 15.0;

/// Returns the workbook of a form.
pub fn form(book: &FormBook) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let properties = properties(book).map_err(XlsxError::Workbook)?;
    workbook.set_properties(&properties);
    let looks = Looks::new();
    workbook.set_default_format(looks.normal(), 20, 64).map_err(XlsxError::Workbook)?;
    for sheet in &book.sheets {
        write(workbook.add_worksheet(), sheet, &looks)
            .map_err(|source| XlsxError::Sheet { sheet: sheet.name.clone(), source })?;
    }
    super::saved::saved(&mut workbook).map_err(XlsxError::Workbook)
}

fn properties(book: &FormBook) -> Result<DocProperties, WriterError> {
    let year = u16::try_from(book.date.year()).unwrap_or(0).max(1900);
    let part = |number: u32| u8::try_from(number).unwrap_or(1);
    let created = ExcelDateTime::from_ymd(year, part(book.date.month()), part(book.date.day()))?;
    Ok(DocProperties::new()
        .set_title(&book.title)
        .set_author(&book.author)
        .set_creation_datetime(&created))
}

fn write(page: &mut Worksheet, sheet: &FormSheet, looks: &Looks) -> Result<(), WriterError> {
    page.set_name(&sheet.name)?;
    page.set_formula_result_default("");
    for (column, width) in (0..ColNum::MAX).zip(&sheet.columns) {
        page.set_column_width(column, *width)?;
    }
    let mut heights = Vec::with_capacity(sheet.rows.len());
    for (number, row) in (0..RowNum::MAX).zip(&sheet.rows) {
        for cell in &row.cells {
            write_cell(page, number, cell, looks)?;
            validation::add(page, number, cell)?;
        }
        let height = height(sheet, row);
        if height > LINE {
            page.set_row_height(number, height)?;
        }
        heights.push(height);
    }
    if sheet.is_hidden {
        page.set_very_hidden(true);
        page.protect();
        return Ok(());
    }
    protect(page);
    set_up(page, sheet, &heights)
}

fn write_cell(
    page: &mut Worksheet,
    row: RowNum,
    cell: &FormCell,
    looks: &Looks,
) -> Result<(), WriterError> {
    let format = looks.of(cell);
    let column = cell.first;
    if cell.last > cell.first {
        page.merge_range(row, column, row, cell.last, "", &format)?;
    }
    match &cell.content {
        FormContent::Blank => page.write_blank(row, column, &format)?,
        FormContent::Words(words) => page.write_string_with_format(row, column, words, &format)?,
        FormContent::Number(number) => {
            page.write_number_with_format(row, column, number.to_f64(), &format)?
        }
        FormContent::Formula(asked) => {
            let formula = Formula::new(formula::text(asked)).set_result(formula::result(asked));
            page.write_formula_with_format(row, column, formula, &format)?
        }
    };
    Ok(())
}

/// Returns the height of a row in points: the words of its highest cell, and what it must have.
fn height(sheet: &FormSheet, row: &FormRow) -> f64 {
    let lines = row.cells.iter().map(|cell| {
        let FormContent::Words(words) = &cell.content else { return 1 };
        if !cell.look.is_wrapped() {
            return 1;
        }
        let columns = sheet.columns.iter().skip(cell.first.into());
        let columns = columns.take(usize::from(cell.last - cell.first) + 1);
        let pixels: f64 = columns.map(|width| width * DIGIT + 5.0).sum();
        let indent = if cell.look.is_indented() { INDENT } else { 0.0 };
        Type { size: SIZE, bold: cell.look.is_bold() }.lines(words, pixels - indent)
    });
    let lines = lines.chain([row.lines]).max().unwrap_or(1);
    if lines <= 1 { LINE } else { f64::from(lines) * 14.5 + 2.0 }
}

/// Locks what is not for the unit to write. Sizes of rows and columns stay the unit's own.
fn protect(page: &mut Worksheet) {
    let options = ProtectionOptions {
        format_columns: true,
        format_rows: true,
        ..ProtectionOptions::default()
    };
    page.protect_with_options(&options);
}

fn set_up(page: &mut Worksheet, sheet: &FormSheet, heights: &[f64]) -> Result<(), WriterError> {
    let inch = |millimetres: f64| millimetres / 25.4;
    let [left, right, top, bottom] = MARGINS.map(inch);
    page.set_paper_size(A4);
    match sheet.orientation {
        Orientation::Portrait => page.set_portrait(),
        Orientation::Landscape => page.set_landscape(),
    };
    page.set_margins(left, right, top, bottom, inch(8.0), inch(8.0));
    page.set_print_center_horizontally(true);
    page.set_footer(format!("&C&\"{FONT},Regular\"&10Trang &P/&N"));
    page.set_screen_gridlines(false);
    let last_row = RowNum::try_from(sheet.rows.len()).unwrap_or(RowNum::MAX).saturating_sub(1);
    let last_column = sheet.printed.saturating_sub(1);
    page.set_print_area(0, 0, last_row, last_column)?;
    page.ignore_error_range(0, 0, last_row, last_column, IgnoreError::NumberStoredAsText)?;
    if let Some((first, last)) = sheet.repeated {
        page.set_repeat_rows(first, last)?;
    }
    if sheet.frozen > 0 {
        page.set_freeze_panes(sheet.frozen, 0)?;
    }
    if sheet.parts.is_empty() {
        page.set_print_fit_to_pages(1, 0);
        return Ok(());
    }
    // Excel forgets breaks where it fits the page: the scale is computed here.
    let scale = scale(sheet);
    page.set_print_scale(scale);
    let breaks = breaks(sheet, heights, f64::from(scale) / 100.0);
    if !breaks.is_empty() {
        page.set_page_breaks(&breaks)?;
    }
    Ok(())
}

/// Returns the scale in percent at which the printed columns are as wide as the page.
fn scale(sheet: &FormSheet) -> u16 {
    let printed = sheet.columns.iter().take(sheet.printed.into());
    let width: f64 = printed.map(|width| (width + PADDING) * WIDE_DIGIT).sum();
    let [left, right, ..] = MARGINS;
    let room = (210.0 - left - right) / 25.4 * 96.0;
    // A little air, since programs round widths.
    let percent = (room / width.max(1.0) * 98.0).floor().clamp(40.0, 100.0);
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "40 to 100")]
    let scale = percent as u16;
    scale
}

/// Returns the rows that begin a page: parts that would not fit on the page before them.
fn breaks(sheet: &FormSheet, heights: &[f64], scale: f64) -> Vec<RowNum> {
    let [_, _, top, bottom] = MARGINS;
    let page = (page_height(Orientation::Portrait) + (40.0 - top - bottom) / 25.4 * 72.0) / scale;
    let mut breaks = Vec::new();
    let mut used: f64 = 0.0;
    let ends = sheet.parts.iter().skip(1).copied().chain([RowNum::MAX]);
    let mut at = 0;
    for (first, end) in sheet.parts.iter().copied().zip(ends) {
        let height = |from: RowNum, to: RowNum| -> f64 {
            (0..RowNum::MAX)
                .zip(heights)
                .filter(|(row, _)| (from..to).contains(row))
                .map(|(_, h)| h)
                .sum()
        };
        used += height(at, first);
        let part = height(first, end);
        if first > 0 && used + part > page * 0.98 && used > page * 0.25 {
            breaks.push(first);
            used = 0.0;
        }
        used += part;
        at = end;
    }
    breaks
}

//! A plain copy of sheets: what stands in the cells, without the looks of the file it comes from. Used
//! where an answer cannot be put into the unit's own workbook.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use rust_xlsxwriter::{
    DocProperties, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError,
};

use super::{formats::FONT, names, widths::Type};
use crate::{
    compose::feedback::{CopiedCell, CopiedSheet},
    place::CellRef,
    text::format_quantity,
};

/// Narrowest and widest column, in pixels.
const NARROWEST: f64 = 48.0;
const WIDEST: f64 = 340.0;
/// Longest text of a cell, in UTF-16 units.
const LONGEST_TEXT: usize = 32_767;
/// The highest that a row can be, in points.
const HIGHEST_ROW: f64 = 409.0;
/// Cells of merged areas that are written; of a form there are some hundreds.
const MOST_MERGED: u64 = 100_000;
const TYPE: Type = Type { size: 12, bold: false };

/// A copy and the names that its sheets got, each behind the one it had.
#[derive(Debug)]
pub struct Copy {
    /// The workbook.
    pub bytes: Vec<u8>,
    /// Old and new names.
    pub names: Vec<(String, String)>,
}

/// Returns a workbook with these sheets; one without any says so.
pub fn copied(sheets: &[CopiedSheet], day: NaiveDate) -> Result<Copy, super::XlsxError> {
    let empty = [CopiedSheet { name: "Tệp đã nhận".to_owned(), ..CopiedSheet::default() }];
    let sheets = if sheets.is_empty() { &empty[..] } else { sheets };
    let names = names::sheet_names(sheets.iter().map(|sheet| sheet.name.as_str()));
    let written = write(sheets, &names, day).map_err(super::XlsxError::Workbook)?;
    let old = sheets.iter().map(|sheet| sheet.name.clone());
    Ok(Copy { bytes: written, names: old.zip(names).collect() })
}

fn write(sheets: &[CopiedSheet], names: &[String], day: NaiveDate) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let created = DocProperties::new().set_creation_datetime(&super::excel_day(day)?);
    workbook.set_properties(&created);
    let letters = Format::new().set_font_name(FONT).set_font_size(12);
    for (sheet, name) in sheets.iter().zip(names) {
        let page = workbook.add_worksheet();
        page.set_name(name)?;
        page.set_paper_size(9);
        page.set_landscape();
        page.set_print_fit_to_pages(1, 0);
        set_sizes(page, sheet)?;
        let mut room = MOST_MERGED;
        for (first, last) in &sheet.merges {
            let wide = u64::from(last.column.saturating_sub(first.column)) + 1;
            let cells = wide * (u64::from(last.row.saturating_sub(first.row)) + 1);
            if cells <= room {
                room -= cells;
                merge(page, *first, *last, &letters)?;
            }
        }
        for (place, cell) in &sheet.cells {
            write_cell(page, *place, cell, &letters)?;
        }
    }
    super::saved::saved(&mut workbook)
}

/// Merges an area; one that the format has no room for, or that lies over another, stays apart.
fn merge(
    page: &mut Worksheet,
    first: CellRef,
    last: CellRef,
    letters: &Format,
) -> Result<(), XlsxError> {
    let (Some(left), Some(right)) = (column(first), column(last)) else { return Ok(()) };
    match page.merge_range(first.row, left, last.row, right, "", letters) {
        Err(
            XlsxError::MergeRangeOverlaps(..)
            | XlsxError::MergeRangeSingleCell
            | XlsxError::RowColumnLimitError
            | XlsxError::RowColumnOrderError,
        )
        | Ok(_) => Ok(()),
        Err(other) => Err(other),
    }
}

fn column(cell: CellRef) -> Option<u16> {
    u16::try_from(cell.column).ok()
}

fn write_cell(
    page: &mut Worksheet,
    place: CellRef,
    cell: &CopiedCell,
    letters: &Format,
) -> Result<(), XlsxError> {
    let (row, Some(column)) = (place.row, column(place)) else { return Ok(()) };
    let plain = letters.clone().set_text_wrap().set_align(FormatAlign::VerticalCenter);
    let number = |text: &str| text.parse::<f64>().ok().filter(|number| number.is_finite());
    match cell {
        CopiedCell::Number(text) if number(text).is_some() => {
            let number = number(text).unwrap_or_default();
            page.write_number_with_format(row, column, number, letters)?;
        }
        CopiedCell::Percent(text) if number(text).is_some() => {
            let format = letters.clone().set_num_format("0.##%");
            let number = number(text).unwrap_or_default();
            page.write_number_with_format(row, column, number, &format)?;
        }
        CopiedCell::Date(text) if text.parse::<NaiveDate>().is_ok() => {
            let date = text.parse::<NaiveDate>().unwrap_or_default();
            let format = letters.clone().set_num_format("dd/mm/yyyy");
            page.write_with_format(row, column, super::excel_day(date)?, &format)?;
        }
        CopiedCell::Boolean(flag) => {
            page.write_boolean_with_format(row, column, *flag, letters)?;
        }
        CopiedCell::Figure(quantity) => {
            let figure = quantity.to_f64();
            let decimals = usize::from(quantity.decimals);
            let format = if decimals == 0 {
                "#,##0".to_owned()
            } else {
                format!("#,##0.{}", "0".repeat(decimals))
            };
            page.write_number_with_format(
                row,
                column,
                figure,
                &letters.clone().set_num_format(format),
            )?;
        }
        CopiedCell::Head(words) => {
            let format = plain.set_bold().set_border(FormatBorder::Thin);
            page.write_string_with_format(row, column, words, &format)?;
        }
        CopiedCell::Words(words)
        | CopiedCell::Number(words)
        | CopiedCell::Percent(words)
        | CopiedCell::Date(words) => {
            let words = names::cut(words, LONGEST_TEXT);
            page.write_string_with_format(row, column, words, &plain)?;
        }
    }
    Ok(())
}

/// Sets the widths of columns by their words, and the heights of rows whose words take several lines.
fn set_sizes(page: &mut Worksheet, sheet: &CopiedSheet) -> Result<(), XlsxError> {
    let mut widths: BTreeMap<u16, f64> = BTreeMap::new();
    let alone: Vec<_> = sheet.cells.iter().filter(|(place, _)| !is_merged(sheet, *place)).collect();
    for (place, cell) in &alone {
        let Some(column) = column(*place) else { continue };
        let width = widths.entry(column).or_insert(NARROWEST);
        *width = width.max(TYPE.width(&words_of(cell)) + 16.0).min(WIDEST);
    }
    let mut lines: BTreeMap<u32, u32> = BTreeMap::new();
    for (place, cell) in &alone {
        let width = column(*place).and_then(|column| widths.get(&column));
        let needed = TYPE.lines(&words_of(cell), width.copied().unwrap_or(WIDEST));
        let row = lines.entry(place.row).or_insert(1);
        *row = needed.max(*row);
    }
    for (column, width) in widths {
        page.set_column_width_pixels(column, super::grid::whole(width))?;
    }
    for (row, lines) in lines.into_iter().filter(|(_, lines)| *lines > 1) {
        let height = f64::from(lines) * TYPE.line_height() + 3.0;
        page.set_row_height(row, height.min(HIGHEST_ROW))?;
    }
    Ok(())
}

/// Returns whether a cell is of a merged area over several columns, whose words need no one column.
fn is_merged(sheet: &CopiedSheet, place: CellRef) -> bool {
    sheet.merges.iter().any(|(first, last)| {
        first.column < last.column
            && (first.row..=last.row).contains(&place.row)
            && (first.column..=last.column).contains(&place.column)
    })
}

fn words_of(cell: &CopiedCell) -> String {
    match cell {
        CopiedCell::Words(words)
        | CopiedCell::Head(words)
        | CopiedCell::Number(words)
        | CopiedCell::Percent(words)
        | CopiedCell::Date(words) => words.clone(),
        CopiedCell::Boolean(_) => "FALSE".to_owned(),
        CopiedCell::Figure(quantity) => format_quantity(*quantity),
    }
}

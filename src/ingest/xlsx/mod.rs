//! Office Open XML workbooks, cell by cell: never the dense range of the library. Formulas without
//! a cached value and percent formats are told apart here. The usual workbook takes a quick way;
//! every other is read by the library alone.

mod cells;
mod formats;
mod frame;
mod hanging;
mod known_frames;
mod names;
mod package;
mod plain;
mod quick;
mod strings;
mod tags;
mod uncomputed;
mod unseen;
mod xml;

#[cfg(test)]
mod tests;

use std::{collections::BTreeMap, io::Cursor};

use calamine::{DataRef, Reader, Xlsx, XlsxError, XlsxFormulaMetadata};

use self::formats::{Epoch, Formats, NumberStyles, format_of, is_of_dates};
use super::{
    CellContent, Refusal,
    grid::GridBuilder,
    hanging::Hanging,
    hidden::HiddenLines,
    limits, macros,
    number_formats::NumberFormat,
    telling_formulas,
    workbook::{
        SheetFault, SheetResult, Worksheet, areas_of, content_of, each_sheet, guarded,
        too_many_cells,
    },
};
use crate::place::CellRef;

type Workbook<'a> = Xlsx<Cursor<&'a [u8]>>;

/// Returns the worksheets in their order.
pub(super) fn sheets(bytes: &[u8]) -> Result<Vec<Worksheet>, Refusal> {
    match guarded(|| quick::sheets(bytes)) {
        Ok(Some(mut sheets)) => {
            uncomputed::forget(bytes, &mut sheets);
            Ok(sheets)
        }
        _ => macros::apart(bytes, unusual_sheets),
    }
}

/// Returns the worksheets of a workbook that is not as programs write it.
fn unusual_sheets(bytes: &[u8]) -> Result<Vec<Worksheet>, Refusal> {
    let renamed = names::with_usual_names(bytes);
    let bytes = renamed.as_deref().unwrap_or(bytes);
    limits::check_strings(bytes)?;
    let plain = plain::plainer(bytes)?;
    let mut sheets = sheets_by_library(plain.as_deref().unwrap_or(bytes))?;
    uncomputed::forget(bytes, &mut sheets);
    hanging::add(bytes, &mut sheets);
    Ok(sheets)
}

/// Returns the worksheets as the library reads them, which knows everything that a workbook can be.
fn sheets_by_library(bytes: &[u8]) -> Result<Vec<Worksheet>, Refusal> {
    let mut workbook: Workbook<'_> =
        Xlsx::new(Cursor::new(bytes)).map_err(|error: XlsxError| match error {
            XlsxError::Password => Refusal::Encrypted,
            other => Refusal::Damaged(other.to_string()),
        })?;
    let list = workbook.sheets_metadata().to_vec();
    let mut unseen = unseen::by_sheet(bytes);
    Ok(each_sheet(&list, |name| {
        if unseen.copies.contains(name) {
            return Err("hai trang tính cùng một phần của tệp".to_owned().into());
        }
        let unseen = (unseen.hidden.remove(name).unwrap_or_default(), unseen.pages.remove(name));
        sheet(&mut workbook, name, unseen).map_err(|error| error.to_string())?
    }))
}

fn sheet(
    workbook: &mut Workbook<'_>,
    name: &str,
    (hidden, page): (HiddenLines, Option<Hanging>),
) -> Result<SheetResult, XlsxError> {
    let (mut builder, with_styles) = match cells(workbook, name)? {
        Ok(cells) => cells,
        Err(fault) => return Ok(Err(fault)),
    };
    builder.hidden = hidden;
    builder.hanging.extend(page);
    if builder.is_empty() {
        return Ok(Ok(builder.finish()));
    }
    if with_styles {
        let styles = styles_of_cells(workbook, name)?;
        builder.show_numbers(|cell, number| styles.shown(cell, number));
        let formats = styles.formats.iter();
        let struck = formats.filter(|(_, format)| **format == NumberFormat::Struck);
        builder.struck.extend(struck.map(|(cell, _)| *cell));
    }
    let merges = workbook.merge_cells_by_sheet_name(name)?;
    Ok(builder.finish_merged(areas_of(merges)).map_err(too_many_cells))
}

/// Returns the cells of a sheet and whether any style of the workbook does not show numbers as they
/// are, or the one of cells without any shows dates.
fn cells(
    workbook: &mut Workbook<'_>,
    name: &str,
) -> Result<Result<(GridBuilder, bool), SheetFault>, XlsxError> {
    let mut builder = GridBuilder::default();
    builder.add_formulas([]);
    let mut reader = workbook.worksheet_cells_reader(name)?;
    let mut styles = reader.styles().iter();
    let with_styles = styles.as_slice().first().is_some_and(is_of_dates)
        || styles.any(|style| format_of(style) != NumberFormat::Plain);
    while let Some(record) = reader.next_cell_with_formula_metadata()? {
        let content = match (&record.value, &record.formula) {
            (DataRef::Empty, Some(_)) => CellContent::FormulaWithoutValue,
            (value, _) => content_of(value),
        };
        let (row, column) = record.pos;
        if let Some(formula) = record.formula {
            let cell = CellRef { row, column };
            builder.add_formulas([cell]);
            let text = text_of(formula).filter(|text| telling_formulas::is_telling(text));
            builder.telling.extend(text.map(|text| (cell, text)));
        }
        if let Err(error) = builder.add(CellRef { row, column }, content) {
            return Ok(Err(too_many_cells(error)));
        }
    }
    Ok(Ok((builder, with_styles)))
}

/// Returns a formula as it stands in its cell; one that is shared stands in the first of them.
fn text_of(formula: XlsxFormulaMetadata) -> Option<String> {
    match formula {
        XlsxFormulaMetadata::Normal { formula } | XlsxFormulaMetadata::Shared { formula, .. } => {
            Some(formula)
        }
        _ => None,
    }
}

/// What the styles of a sheet make of numbers that the library does not take for dates.
struct CellStyles {
    /// The formats of the cells with another style than the first.
    formats: BTreeMap<CellRef, NumberFormat>,
    /// What the first style makes of numbers, that of cells without any.
    first: Formats,
}

impl CellStyles {
    fn shown(&self, cell: CellRef, number: f64) -> Option<CellContent> {
        match self.formats.get(&cell) {
            Some(format) => Some(format.content(number)),
            None => self.first.content_of_number(number, None),
        }
    }
}

fn styles_of_cells(workbook: &mut Workbook<'_>, name: &str) -> Result<CellStyles, XlsxError> {
    let epoch = Epoch::of(workbook);
    let mut reader = workbook.worksheet_cells_reader(name)?;
    let first = Formats::new(NumberStyles::of_first(reader.styles()).into(), epoch);
    let styles: Vec<NumberFormat> = reader.styles().iter().map(format_of).collect();
    let mut formats = BTreeMap::new();
    while let Some((row, column, style)) = reader.next_style_id()? {
        let format = styles.get(style);
        formats.extend(format.map(|format| (CellRef { row, column }, format.clone())));
    }
    Ok(CellStyles { formats, first })
}

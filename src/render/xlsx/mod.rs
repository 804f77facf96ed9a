//! The workbook of a document: a sheet for each section and table, numbers as numbers, totals and ratios as live
//! formulas, print set-up of the layout decree.
//!
//! What a document says is decided in `compose`; nothing here reads the figures table.

mod areas;
mod cells;
mod charts;
pub mod copy;
mod form;
mod formats;
mod formulas;
mod grid;
mod letterhead;
mod names;
mod parts;
pub mod patch;
mod saved;
mod setup;
mod sheet;
mod sources;
mod table;
mod widths;

#[cfg(test)]
mod sample;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike as _, NaiveDate};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook};

use crate::compose::document::{Audience, Document, FigureName, Meta, Section};

use parts::Part;

pub use form::form;
pub use sources::SOURCES_SHEET;

/// A cell of the workbook that shows a figure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FigureCell {
    /// Name of the sheet.
    pub sheet: String,
    /// The cell, "F12".
    pub cell: String,
    /// Id of the figure.
    pub id: String,
}

/// Returns the workbook of a document: a sheet for each section whose audience is not Print, and
/// one for each further table of a section.
///
/// The last sheet, [`SOURCES_SHEET`], is hidden and says which cell shows which figure.
pub fn xlsx(document: &Document) -> Result<Vec<u8>, XlsxError> {
    let (mut workbook, figures) = assemble(document)?;
    sources::write_sources(workbook.add_worksheet(), &figures).map_err(XlsxError::Workbook)?;
    saved::saved(&mut workbook).map_err(XlsxError::Workbook)
}

/// Returns which cell of the workbook shows which figure, by sheet, row and column.
pub fn figure_cells(document: &Document) -> Result<Vec<FigureCell>, XlsxError> {
    assemble(document).map(|(_, figures)| figures)
}

fn assemble(document: &Document) -> Result<(Workbook, Vec<FigureCell>), XlsxError> {
    let sections: Vec<&Section> =
        document.sections.iter().filter(|section| section.audience != Audience::Print).collect();
    if sections.is_empty() {
        return Err(XlsxError::Empty);
    }
    let parts: Vec<Part<'_>> = sections.iter().flat_map(|section| parts::parts(section)).collect();
    let names = names::sheet_names(parts.iter().map(|part| part.section.name.as_str()));
    let mut workbook = Workbook::new();
    workbook.set_properties(&properties(document).map_err(XlsxError::Workbook)?);
    let (normal, row_pixels, column_pixels) = formats::normal();
    workbook.set_default_format(&normal, row_pixels, column_pixels).map_err(XlsxError::Workbook)?;
    let mut figures: Vec<FigureCell> = Vec::new();
    let mut sheets: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for ((number, part), name) in (1..).zip(&parts).zip(names) {
        let shown = sheet::write_part(workbook.add_worksheet(), part, &name, number)
            .map_err(|source| XlsxError::Sheet { sheet: name.clone(), source })?;
        figures.extend(sources::figure_cells(&name, shown));
        sheets.entry(part.section.name.as_str()).or_default().push(name);
    }
    define_names(&mut workbook, document, &sheets, &figures).map_err(XlsxError::Workbook)?;
    Ok((workbook, figures))
}

/// Gives figures their names, each for the first cell of its section that shows it.
fn define_names(
    workbook: &mut Workbook,
    document: &Document,
    sheets: &BTreeMap<&str, Vec<String>>,
    figures: &[FigureCell],
) -> Result<(), rust_xlsxwriter::XlsxError> {
    let mut cells: BTreeMap<(&str, &str), &str> = BTreeMap::new();
    for cell in figures {
        cells.entry((cell.sheet.as_str(), cell.id.as_str())).or_insert(cell.cell.as_str());
    }
    let mut taken = BTreeSet::new();
    for FigureName { name, section, figure } in &document.names {
        let name = names::defined(name);
        let of_section = sheets.get(section.as_str()).into_iter().flatten();
        let place = of_section.filter_map(|sheet| {
            let cell = cells.get(&(sheet.as_str(), figure.as_str()))?;
            Some(names::absolute(sheet, cell))
        });
        if let (Some(place), true) = (place.into_iter().next(), taken.insert(name.to_lowercase())) {
            workbook.define_name(name, &place)?;
        }
    }
    Ok(())
}

fn properties(document: &Document) -> Result<DocProperties, rust_xlsxwriter::XlsxError> {
    let Meta { title, author, subject, date } = &document.meta;
    let created = excel_day(*date)?;
    Ok(DocProperties::new()
        .set_title(title)
        .set_author(author)
        .set_company(author)
        .set_subject(subject)
        .set_creation_datetime(&created))
}

/// Returns a day as Excel counts it: from 1900 on; what is older stands for no real date.
fn excel_day(date: NaiveDate) -> Result<ExcelDateTime, rust_xlsxwriter::XlsxError> {
    let year = u16::try_from(date.year()).unwrap_or(0).max(1900);
    let part = |number: u32| u8::try_from(number).unwrap_or(1);
    ExcelDateTime::from_ymd(year, part(date.month()), part(date.day()))
}

/// What stops a workbook.
#[derive(Debug, thiserror::Error)]
pub enum XlsxError {
    /// Every section is for print only; a workbook needs a sheet.
    #[error("tài liệu không có phần nào dành cho bảng tính")]
    Empty,
    /// A sheet cannot be written, such as one of more rows than a workbook holds.
    #[error("không ghi được trang tính `{sheet}`")]
    Sheet {
        /// Name of the sheet.
        sheet: String,
        /// What the writer says.
        source: rust_xlsxwriter::XlsxError,
    },
    /// An answer cannot be put into a workbook of our own.
    #[error("không đánh dấu được bản chép của tệp")]
    Answer(#[source] patch::PatchError),
    /// The workbook cannot be put together.
    #[error("không tạo được tệp bảng tính")]
    Workbook(#[source] rust_xlsxwriter::XlsxError),
}

//! The workbook of a document: one sheet a section, numbers as numbers, totals and ratios as live
//! formulas, print set-up of the layout decree.
//!
//! What a document says is decided in `compose`; nothing here reads the figures table.

mod cells;
mod formats;
mod formulas;
mod grid;
mod names;
mod setup;
mod sheet;
mod sources;
mod table;
mod widths;

#[cfg(test)]
mod sample;
#[cfg(test)]
mod tests;

use chrono::Datelike as _;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook};

use crate::compose::document::{Audience, Document, Meta, Section};

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

/// Returns the workbook of a document: one sheet a section whose audience is not Print.
///
/// The last sheet, [`SOURCES_SHEET`], is hidden and says which cell shows which figure.
pub fn xlsx(document: &Document) -> Result<Vec<u8>, XlsxError> {
    let (mut workbook, figures) = assemble(document)?;
    sources::write_sources(workbook.add_worksheet(), &figures).map_err(XlsxError::Workbook)?;
    workbook.save_to_buffer().map_err(XlsxError::Workbook)
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
    let names = names::sheet_names(sections.iter().map(|section| section.name.as_str()));
    let mut workbook = Workbook::new();
    workbook.set_properties(&properties(document).map_err(XlsxError::Workbook)?);
    let (normal, row_pixels, column_pixels) = formats::normal();
    workbook.set_default_format(&normal, row_pixels, column_pixels).map_err(XlsxError::Workbook)?;
    let mut figures = Vec::new();
    for (section, name) in sections.iter().zip(names) {
        let shown = sheet::write_section(workbook.add_worksheet(), section, &name)
            .map_err(|source| XlsxError::Sheet { sheet: name.clone(), source })?;
        figures.extend(sources::figure_cells(&name, shown));
    }
    Ok((workbook, figures))
}

fn properties(document: &Document) -> Result<DocProperties, rust_xlsxwriter::XlsxError> {
    let Meta { title, author, subject, date } = &document.meta;
    // Excel counts its days from 1900 on; what is older stands for no real date.
    let year = u16::try_from(date.year()).unwrap_or(0).max(1900);
    let part = |number: u32| u8::try_from(number).unwrap_or(1);
    let created = ExcelDateTime::from_ymd(year, part(date.month()), part(date.day()))?;
    Ok(DocProperties::new()
        .set_title(title)
        .set_author(author)
        .set_company(author)
        .set_subject(subject)
        .set_creation_datetime(&created))
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
    /// The workbook cannot be put together.
    #[error("không tạo được tệp bảng tính")]
    Workbook(#[source] rust_xlsxwriter::XlsxError),
}

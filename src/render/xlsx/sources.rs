//! The hidden sheet that says which cell shows which figure; the tests read it.

use std::collections::BTreeSet;

use rust_xlsxwriter::{RowNum, Worksheet, XlsxError, utility::row_col_to_cell};

use super::{FigureCell, cells::ShownFigure};

/// Name of the hidden sheet with the columns sheet, cell and id of the figure.
pub const SOURCES_SHEET: &str = "_nguon";

/// Returns the cells of a sheet that show figures, by row, column and id.
pub(super) fn figure_cells(sheet: &str, shown: Vec<ShownFigure>) -> Vec<FigureCell> {
    let shown: BTreeSet<ShownFigure> = shown.into_iter().collect();
    let cell = |figure: ShownFigure| FigureCell {
        sheet: sheet.to_owned(),
        cell: row_col_to_cell(figure.row, figure.column),
        id: figure.id,
    };
    shown.into_iter().map(cell).collect()
}

/// Writes the hidden sheet, in the order of sheets.
pub(super) fn write_sources(page: &mut Worksheet, figures: &[FigureCell]) -> Result<(), XlsxError> {
    page.set_name(SOURCES_SHEET)?.set_very_hidden(true);
    for (column, head) in (0..).zip(["sheet", "cell", "id"]) {
        page.write_string(0, column, head)?;
    }
    for (row, figure) in (1..).zip(figures) {
        let row: RowNum = row;
        page.write_string(row, 0, &figure.sheet)?;
        page.write_string(row, 1, &figure.cell)?;
        page.write_string(row, 2, &figure.id)?;
    }
    Ok(())
}

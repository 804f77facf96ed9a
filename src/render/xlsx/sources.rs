//! The hidden sheet that says which cell shows which figure; `trace` and the tests read it.

use std::collections::BTreeSet;

use rust_xlsxwriter::{RowNum, Worksheet, XlsxError, utility::row_col_to_cell};

use super::cells::ShownFigure;

/// Name of the hidden sheet with the columns sheet, cell and id of the figure.
pub const SOURCES_SHEET: &str = "_nguon";

/// Writes the hidden sheet, in the order of sheets, then of rows and columns, then of ids.
pub(super) fn write_sources(
    page: &mut Worksheet,
    shown: &[(String, Vec<ShownFigure>)],
) -> Result<(), XlsxError> {
    page.set_name(SOURCES_SHEET)?.set_very_hidden(true);
    for (column, head) in (0..).zip(["sheet", "cell", "id"]) {
        page.write_string(0, column, head)?;
    }
    let mut row: RowNum = 1;
    for (name, figures) in shown {
        for figure in figures.iter().collect::<BTreeSet<_>>() {
            page.write_string(row, 0, name)?;
            page.write_string(row, 1, row_col_to_cell(figure.row, figure.column))?;
            page.write_string(row, 2, &figure.id)?;
            row += 1;
        }
    }
    Ok(())
}

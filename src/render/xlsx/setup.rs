//! Paper, margins, page numbers, repeated rows and frozen panes of a sheet (layout decree I).

use rust_xlsxwriter::{ColNum, IgnoreError, RowNum, Worksheet, XlsxError};

use super::formats::FONT;
use super::grid::Grid;
use super::table::TableHead;
use crate::compose::document::Orientation;

/// A4 in the numbering of spreadsheets.
const A4: u8 = 9;

/// Height that frozen rows may take; more would leave a small screen nothing to scroll.
const MOST_FROZEN: f64 = 330.0;

/// Columns and width from which the first columns stay in sight.
const WIDE_COLUMNS: usize = 8;

/// Sets up the page of a written sheet.
pub(super) fn set_up(
    page: &mut Worksheet,
    orientation: Orientation,
    grid: &Grid,
    heads: &[TableHead],
    last_row: RowNum,
) -> Result<(), XlsxError> {
    page.set_paper_size(A4);
    match orientation {
        Orientation::Portrait => page.set_portrait(),
        Orientation::Landscape => page.set_landscape(),
    };
    let inch = |millimetres: f64| millimetres / 25.4;
    page.set_margins(inch(30.0), inch(20.0), inch(20.0), inch(20.0), inch(10.0), inch(10.0));
    page.set_print_fit_to_pages(1, 0);
    page.set_print_center_horizontally(true);
    page.set_print_first_page_number(1);
    page.set_header(format!("&C&\"{FONT},Regular\"&13&P"));
    page.set_header_footer_scale_with_doc(false);
    page.set_screen_gridlines(false);
    page.set_print_area(0, 0, last_row, grid.last())?;
    // Ordinals and codes in words are no mistakes.
    page.ignore_error_range(0, 0, last_row, grid.last(), IgnoreError::NumberStoredAsText)?;
    // The head of an earlier table would print over the rows of a later one.
    if let Some(head) = heads.last() {
        page.set_repeat_rows(head.first, head.last)?;
    }
    if let [head] = heads {
        let rows = if head.bottom <= MOST_FROZEN { head.last + 1 } else { 0 };
        let columns = if grid.pixels.len() >= WIDE_COLUMNS { head.names } else { 0 };
        if rows > 0 || columns > 0 {
            page.set_freeze_panes(rows, columns)?;
        }
    }
    Ok(())
}

/// Sets the widths of the columns.
pub(super) fn set_widths(page: &mut Worksheet, grid: &Grid) -> Result<(), XlsxError> {
    for (column, pixels) in (0..=ColNum::MAX).zip(&grid.pixels) {
        page.set_column_width_pixels(column, *pixels)?;
    }
    Ok(())
}

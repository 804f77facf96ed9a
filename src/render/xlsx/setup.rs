//! Paper, margins, page numbers, repeated rows and frozen panes of a sheet (layout decree I).

use rust_xlsxwriter::{ColNum, IgnoreError, RowNum, Worksheet, XlsxError};

use super::formats::FONT;
use super::grid::{Grid, page_width};
use super::parts::Part;
use super::table::TableHead;
use crate::compose::document::Orientation;

/// A4 in the numbering of spreadsheets.
const A4: u8 = 9;

/// Height that frozen rows may take; more would leave a small screen nothing to scroll.
const MOST_FROZEN: f64 = 330.0;

/// What fills so many pages is shrunk to one: a last page of two footnotes helps nobody.
const SHRUNK: f64 = 1.12;

/// The same for a cover, which shows no page number and must be one page.
const SHRUNK_COVER: f64 = 1.4;

/// Scale in percent of sheets with breaks: a little air, since programs round widths.
pub(super) const SCALE_WITH_BREAKS: u16 = 96;

/// Columns and width from which the first columns stay in sight.
const WIDE_COLUMNS: usize = 8;

/// What was written on a sheet.
#[derive(Clone, Copy, Debug)]
pub(super) struct Written<'a> {
    /// The last row, from 0.
    pub last_row: RowNum,
    /// Height of all rows, in points.
    pub height: f64,
    /// The columns.
    pub grid: &'a Grid,
    /// Heads of the tables.
    pub heads: &'a [TableHead],
    /// Rows that begin a page.
    pub breaks: &'a [RowNum],
}

/// Sets up the page of a written sheet.
pub(super) fn set_up(
    page: &mut Worksheet,
    part: &Part<'_>,
    written: &Written<'_>,
) -> Result<(), XlsxError> {
    let (grid, last_row) = (written.grid, written.last_row);
    page.set_paper_size(A4);
    match part.section.orientation {
        Orientation::Portrait => page.set_portrait(),
        Orientation::Landscape => page.set_landscape(),
    };
    let inch = |millimetres: f64| millimetres / 25.4;
    page.set_margins(inch(30.0), inch(20.0), inch(20.0), inch(20.0), inch(10.0), inch(10.0));
    let is_cover = part.has_letterhead() && !part.has_table();
    if written.breaks.is_empty() {
        let most = if is_cover { SHRUNK_COVER } else { SHRUNK };
        let pages_high = u16::from(pages(part.section.orientation, written) <= most);
        page.set_print_fit_to_pages(1, pages_high);
    } else {
        // Excel forgets breaks where it fits the page; these sheets are as wide as the page.
        page.set_print_scale(SCALE_WITH_BREAKS);
        page.set_page_breaks(written.breaks)?;
    }
    page.set_print_center_horizontally(true);
    // A further sheet of an annex goes on counting, and a report's first page shows no number.
    if !part.is_continued {
        page.set_print_first_page_number(1);
    }
    if !is_cover {
        page.set_header(format!("&C&\"{FONT},Regular\"&13&P"));
    }
    page.set_header_footer_scale_with_doc(false);
    page.set_screen_gridlines(false);
    page.set_print_area(0, 0, last_row, grid.last())?;
    // Ordinals and codes in words are no mistakes.
    page.ignore_error_range(0, 0, last_row, grid.last(), IgnoreError::NumberStoredAsText)?;
    repeat_and_freeze(page, written)
}

fn repeat_and_freeze(page: &mut Worksheet, written: &Written<'_>) -> Result<(), XlsxError> {
    // The head of an earlier table would print over the rows of a later one.
    if let Some(head) = written.heads.last() {
        page.set_repeat_rows(head.first, head.last)?;
    }
    if let [head] = written.heads {
        let rows = if head.bottom <= MOST_FROZEN { head.last + 1 } else { 0 };
        let columns = if written.grid.pixels.len() >= WIDE_COLUMNS { head.names } else { 0 };
        if rows > 0 || columns > 0 {
            page.set_freeze_panes(rows, columns)?;
        }
    }
    Ok(())
}

/// Returns how many pages a sheet fills when it is as wide as the page.
fn pages(orientation: Orientation, written: &Written<'_>) -> f64 {
    let width = written.grid.width(0, written.grid.last()).max(1.0);
    let scale = (page_width(orientation) / width).min(1.0);
    written.height * scale / page_height(orientation)
}

/// Returns the height between the margins of a page, in points.
pub(super) fn page_height(orientation: Orientation) -> f64 {
    let millimetres = match orientation {
        Orientation::Portrait => 257.0,
        Orientation::Landscape => 170.0,
    };
    millimetres / 25.4 * 72.0
}

/// Sets the widths of the columns.
pub(super) fn set_widths(page: &mut Worksheet, grid: &Grid) -> Result<(), XlsxError> {
    for (column, pixels) in (0..=ColNum::MAX).zip(&grid.pixels) {
        page.set_column_width_pixels(column, *pixels)?;
    }
    Ok(())
}

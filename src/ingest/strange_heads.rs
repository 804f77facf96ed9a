//! Heads of a table whose words nobody listed, and those beside the values of which nothing says what they
//! are. They follow from the words of the head alone, so that they are remembered with it.

use super::{
    CellContent,
    grid::Grid,
    header::ValueHeader,
    matcher::Matcher,
    withdrawn::{in_brackets, is_side_head},
};
use crate::{place::CellRef, text::fold};

/// Heads that may have to be told.
#[derive(Clone, Debug, Default)]
pub(super) struct StrangeHeads {
    /// Heads of values that are not familiar wherever they stand.
    pub(super) values: Vec<CellRef>,
    /// Heads of columns that are of none of the parts, or not of all of them.
    pub(super) beside: Vec<SideHead>,
}

/// The head of a column beside the values.
#[derive(Clone, Copy, Debug)]
pub(super) struct SideHead {
    /// Where it stands.
    pub(super) cell: CellRef,
    /// Whether its words leave open what numbers below it are.
    pub(super) is_open: bool,
}

impl StrangeHeads {
    /// Returns the heads of a table.
    pub(super) fn of(matcher: &Matcher, grid: &Grid, header: &ValueHeader) -> Self {
        if matcher.familiar.is_off() {
            return Self::default();
        }
        let rows = (header.first_row..=header.last_row).flat_map(|row| grid.row(row));
        let words = rows.filter_map(|(cell, content)| match content {
            CellContent::Text(words) => Some((*cell, fold(words))),
            _ => None,
        });
        let mut strange = Self::default();
        for (cell, word) in words {
            let says_more =
                || in_brackets(&word).is_some_and(|remark| !matcher.familiar.is_plain(remark));
            if matcher.is_row_head(&word) {
                if says_more() {
                    strange.values.push(cell);
                }
            } else if header.holds_values(matcher, cell.column) {
                if !matcher.familiar.is_plain(&word) {
                    strange.values.push(cell);
                }
            } else if cell.row < header.last_row {
                // Words above several columns.
                let is_known = is_side_head(&word) && header.total.is_none();
                if !is_known && !matcher.familiar.is_plain(&word) {
                    strange.values.push(cell);
                }
            } else if !is_of_all(header, cell.column) {
                let is_open = word.contains(char::is_alphabetic)
                    && (matcher.is_total(&word) || !is_side_head(&word));
                strange.beside.push(SideHead { cell, is_open });
            }
        }
        strange
    }
}

/// Returns whether it is known what a column holds whatever the rows below it are.
fn is_of_all(header: &ValueHeader, column: u32) -> bool {
    let mut parts = header.parts.iter();
    header.knows_column(column)
        || !header.parts.is_empty()
            && parts.all(|part| part.columns.iter().any(|(own, _)| *own == column))
}

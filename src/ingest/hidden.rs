//! Rows and columns that a sheet does not display: read like the others, for people forget them, but
//! never in silence. Which they are is for the readers of the formats to say.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{CellContent, NoticeKind, grid::Grid, sheet::SheetReading};
use crate::{place::CellRef, template::Measure};

/// Rows and columns further away than a form reaches are of no interest.
const MAX_ROWS: u32 = 5_000;
const MAX_COLUMNS: u32 = 200;

/// Rows and columns with something in them that are not displayed, counted from 0, ascending.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct HiddenLines {
    /// Rows.
    pub rows: BTreeSet<u32>,
    /// Columns.
    pub columns: BTreeSet<u32>,
    /// Whether a filter hides rows.
    pub filtered: bool,
}

/// What a sheet does not display, and what of it counts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HiddenContent {
    /// The rows and columns.
    pub lines: HiddenLines,
    /// Codes of the indicators whose values stand there, with the first cell of each.
    pub figures: Vec<(String, CellRef)>,
    /// Tables whose heads stand there.
    pub tables: usize,
}

impl HiddenLines {
    /// Hides rows, both included.
    pub(super) fn hide_rows(&mut self, first: u32, last: u32) {
        self.rows.extend(first..last.saturating_add(1).min(MAX_ROWS));
    }

    /// Hides columns, both included.
    pub(super) fn hide_columns(&mut self, first: u32, last: u32) {
        self.columns.extend(first..last.saturating_add(1).min(MAX_COLUMNS));
    }

    /// Keeps the rows and columns in which these cells stand.
    pub(super) fn keep_filled(&mut self, cells: &[(CellRef, CellContent)]) {
        let kept = |hidden: &mut BTreeSet<u32>, of: fn(CellRef) -> u32| {
            if !hidden.is_empty() {
                let filled: BTreeSet<u32> = cells.iter().map(|(cell, _)| of(*cell)).collect();
                hidden.retain(|line| filled.contains(line));
            }
        };
        kept(&mut self.rows, |cell| cell.row);
        kept(&mut self.columns, |cell| cell.column);
        self.filtered &= !self.rows.is_empty();
    }

    /// Returns whether a cell is not displayed.
    pub(super) fn contains(&self, cell: CellRef) -> bool {
        self.rows.contains(&cell.row) || self.columns.contains(&cell.column)
    }

    fn is_empty(&self) -> bool {
        self.rows.is_empty() && self.columns.is_empty()
    }
}

/// Says what a sheet does not display.
pub(super) fn note(grid: &Grid, found: &mut SheetReading) {
    let lines = &grid.hidden;
    if lines.is_empty() {
        return;
    }
    let of_units = found.units.iter().flat_map(|unit| &unit.values);
    let mut seen = BTreeSet::new();
    let figures: Vec<(String, CellRef)> = found
        .values
        .iter()
        .chain(of_units)
        .filter(|value| value.measure == Measure::Value && lines.contains(value.cell))
        .filter(|value| value.content != CellContent::Empty)
        .filter(|value| seen.insert(value.code.as_str()))
        .map(|value| (value.code.clone(), value.cell))
        .collect();
    let mut cells = grid.row_numbers().flat_map(|row| grid.row(row)).map(|(cell, _)| *cell);
    let first = figures.first().map(|(_, cell)| *cell);
    let Some(cell) = first.or_else(|| cells.find(|cell| lines.contains(*cell))) else { return };
    let tables = found.hidden_tables;
    let content = HiddenContent { lines: lines.clone(), figures, tables };
    found.notice(cell, NoticeKind::HiddenLines(Box::new(content)));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_lines_with_something_in_them_are_kept() {
        let mut hidden = HiddenLines { filtered: true, ..HiddenLines::default() };
        hidden.hide_rows(3, 1_048_575);
        hidden.hide_columns(1, 16_383);
        let cell = |row, column| CellRef { row, column };
        let filled = |row, column| (cell(row, column), CellContent::Boolean(true));
        hidden.keep_filled(&[filled(0, 0), filled(4, 0), filled(9, 7)]);
        assert_eq!(hidden.rows, BTreeSet::from([4, 9]));
        assert_eq!(hidden.columns, BTreeSet::from([7]));
        assert!(hidden.filtered && hidden.contains(cell(4, 0)) && hidden.contains(cell(0, 7)));
        hidden.keep_filled(&[filled(0, 0)]);
        assert_eq!(hidden, HiddenLines::default());
    }
}

//! Heads of tables that were read before: the returns of a month come in a few layouts, and the same words in
//! the same cells are always the same head.

use std::sync::{Arc, RwLock};

use super::{
    CellContent,
    grid::{Area, Grid},
    header::ValueHeader,
    month::Month,
};
use crate::{place::CellRef, text::HashMap};

/// Heads by everything that they are read from.
#[derive(Debug, Default)]
pub(super) struct HeadMemo(RwLock<HashMap<HeadWords, Arc<[ValueHeader]>>>);

/// Most heads that are kept; a month of returns has a few.
const MOST_HEADS: usize = 512;
/// Longest words of a head that are kept, in bytes.
const LONGEST: usize = 4 << 10;

/// Everything that a head is read from: the rows of the head and the one above it, as they stand.
#[derive(Debug, PartialEq, Eq, Hash)]
pub(super) struct HeadWords {
    /// First and last row of the head.
    rows: (u32, u32),
    month: Option<Month>,
    /// The words of all cells one after the other.
    words: String,
    /// Each cell that holds something, with the end of its words where it has some.
    cells: Vec<(CellRef, Option<usize>)>,
    merges: Vec<Area>,
}

impl HeadWords {
    /// Returns what a head is read from; nothing if words above those rows reach into it, or if it is none
    /// that comes again.
    pub(super) fn of(grid: &Grid, rows: (u32, u32), month: Option<Month>) -> Option<Self> {
        let top = rows.0.saturating_sub(1);
        let merges: Vec<Area> = grid.merges_in(top..=rows.1).collect();
        if merges.iter().any(|area| area.first.row < top) {
            return None;
        }
        let mut words = String::new();
        let mut cells = Vec::new();
        for (cell, content) in (top..=rows.1).flat_map(|row| grid.row(row)) {
            let end = match content {
                CellContent::Text(text) => {
                    words.push_str(text);
                    Some(words.len())
                }
                _ => None,
            };
            cells.push((*cell, end));
            if words.len() > LONGEST {
                return None;
            }
        }
        Some(Self { rows, month, words, cells, merges })
    }
}

impl HeadMemo {
    /// Returns the tables of a head, read by `read` unless it is known.
    pub(super) fn get(
        &self,
        words: Option<HeadWords>,
        read: impl FnOnce() -> Vec<ValueHeader>,
    ) -> Vec<ValueHeader> {
        let Some(words) = words else { return read() };
        // A thread that panicked while it held the lock leaves at most one head less.
        let known = self.0.read().ok().and_then(|known| known.get(&words).map(Arc::clone));
        if let Some(known) = known {
            return known.to_vec();
        }
        let found = read();
        if let Ok(mut known) = self.0.write()
            && known.len() < MOST_HEADS
        {
            known.insert(words, Arc::from(found.clone()));
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::{Reader, samples};

    #[test]
    fn what_was_read_before_changes_no_later_head() {
        let reader = Reader::new(&samples::guide());
        let file = |head: &str| {
            let lines = samples::MAIN.replace("|Trong kỳ|", head);
            samples::workbook(&[("Biểu 01", &|page| samples::put(page, (0, 0), &lines))])
        };
        let files = ["|Trong kỳ|", "|Tháng 3|", "|Tháng 2|", "|Kế hoạch|"].map(file);
        let alone = |bytes: &Vec<u8>| Reader::new(&samples::guide()).read("a.xlsx", bytes);
        for bytes in files.iter().chain(files.iter().rev()) {
            let (again, alone) = (reader.read("a.xlsx", bytes), alone(bytes));
            assert_eq!(format!("{again:?}"), format!("{alone:?}"));
        }
    }

    #[test]
    fn a_head_is_read_once() {
        let memo = HeadMemo::default();
        let words = || HeadWords::of(&Grid::default(), (3, 4), Month::new(2024, 3));
        for (month, expected) in [(3, 1), (3, 1), (4, 2)] {
            let other = HeadWords { month: Month::new(2024, month), ..words().unwrap() };
            memo.get(Some(other), Vec::new);
            assert_eq!(memo.0.read().unwrap().len(), expected);
        }
    }
}

//! Heads of tables that were read before: the returns of a month come in a few layouts, and the same words in
//! the same cells are always the same head.

use super::{CellContent, grid::Grid, memo::Memo, merges::Area, month::Month};
use crate::place::CellRef;

/// What heads are, by everything that they are read from.
pub(super) type HeadMemo<H> = Memo<HeadWords, H>;

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

#[cfg(test)]
mod tests {
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
}

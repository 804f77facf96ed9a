//! Rows of words, and what was found out about them before: the returns of a month come in a few layouts, in
//! which titles, labels and heads are the same words in the same cells. A question about such a row is
//! answered once for all files.

use std::{
    hash::{BuildHasher, Hash, Hasher},
    ops::Deref,
    sync::{
        Arc, RwLock,
        atomic::{AtomicU32, Ordering},
    },
};

use super::{CellContent, grid::Grid, header::Words};
use crate::{
    place::CellRef,
    text::{HashMap, HashSet, Hashing, fold},
};

/// A row of words, folded.
#[derive(Debug)]
pub(super) struct WordRow {
    words: Vec<(CellRef, String)>,
    /// Bits of the questions that were answered, and of those whose answer is yes.
    answered: AtomicU32,
    yes: AtomicU32,
}

/// What may be asked of a row of words. The answer must follow from its words and their cells alone.
#[derive(Clone, Copy, Debug)]
pub(super) enum Question {
    /// Whether it bears the mark of sample figures.
    Sample,
    /// Whether it names the day up to which figures are counted.
    CutOff,
    /// Whether a unit of count, a part of the unit or a quarter is named.
    Remark,
    /// Whether a title of the document says something of its figures.
    DocumentTitle,
    /// Whether a title says more of its figures than that they are of the month.
    TitleOfMore,
    /// Whether it is a note about figures.
    Note,
    /// Whether the heading of rows says something of the numbers below it.
    Group,
    /// Whether a letterhead names a unit or another body.
    Letterhead,
    /// Whether codes or names are headed.
    Head,
    /// Whether a column of a detail table is headed.
    Detail,
    /// Whether an indicator is named.
    Indicator,
    /// Whether a label is there.
    Label,
    /// Whether the sign-off begins.
    SignOff,
    /// Whether a month is named.
    Month,
    /// Whether words put figures in doubt.
    Doubt,
    /// Whether words are not familiar in every sheet.
    Strange,
    /// Whether a paper is dated or signed.
    Signer,
}

impl Deref for WordRow {
    type Target = Words;

    fn deref(&self) -> &Words {
        &self.words
    }
}

impl WordRow {
    /// Returns the words of a row.
    pub(super) fn of(grid: &Grid, row: u32) -> Self {
        let words = texts(grid, row).map(|(cell, text)| (cell, fold(text))).collect();
        Self { words, answered: AtomicU32::new(0), yes: AtomicU32::new(0) }
    }

    /// Returns the answer to a question, found out by `answer` unless it is known.
    pub(super) fn ask(&self, question: Question, answer: impl FnOnce(&Words) -> bool) -> bool {
        let bit = 1_u32 << (question as u32);
        if self.answered.load(Ordering::Acquire) & bit == 0 {
            if answer(&self.words) {
                self.yes.fetch_or(bit, Ordering::Relaxed);
            }
            self.answered.fetch_or(bit, Ordering::Release);
        }
        self.yes.load(Ordering::Relaxed) & bit != 0
    }
}

/// A row of words that is kept, with its words as they stand.
#[derive(Debug)]
struct KeptRow {
    raw: Vec<(CellRef, String)>,
    row: Arc<WordRow>,
}

impl KeptRow {
    /// Keeps what was found of a row of a sheet.
    fn new(grid: &Grid, row: u32, found: &Arc<WordRow>) -> Self {
        let raw = texts(grid, row).map(|(cell, text)| (cell, text.to_owned()));
        Self { raw: raw.collect(), row: Arc::clone(found) }
    }

    /// Returns it if it is a row of a sheet.
    fn of(&self, grid: &Grid, row: u32) -> Option<Arc<WordRow>> {
        let known = self.raw.iter().map(|(cell, text)| (*cell, text.as_str()));
        known.eq(texts(grid, row)).then(|| Arc::clone(&self.row))
    }
}

/// Rows of words that come again.
#[derive(Debug, Default)]
pub(super) struct RowMemo(RwLock<Known>, Hashing);

#[derive(Debug, Default)]
struct Known {
    /// Rows by the hash of their words and cells.
    rows: HashMap<u64, KeptRow>,
    /// Hashes of rows that were met once: most of them bear the name of a unit and never come again.
    met: HashSet<u64>,
}

/// Most rows that are kept; the forms of a month have a few hundred.
const MOST_ROWS: usize = 8_192;
/// Most hashes of rows that were met once.
const MOST_MET: usize = 65_536;
/// Longest words of a row that are kept, in bytes.
const LONGEST: usize = 2 << 10;

impl RowMemo {
    /// Returns the words of a row.
    pub(super) fn get(&self, grid: &Grid, row: u32) -> Arc<WordRow> {
        let new = || Arc::new(WordRow::of(grid, row));
        let Some(hash) = hash_of(&self.1, grid, row) else { return new() };
        // A thread that panicked while it held the lock leaves at most one row less.
        let known = self.0.read().ok().and_then(|known| Some(known.rows.get(&hash)?.of(grid, row)));
        if let Some(known) = known {
            return known.unwrap_or_else(new);
        }
        let found = new();
        if let Ok(mut known) = self.0.write() {
            if known.met.len() >= MOST_MET {
                known.met.clear();
            }
            if !known.met.insert(hash) && known.rows.len() < MOST_ROWS {
                known.rows.entry(hash).or_insert_with(|| KeptRow::new(grid, row, &found));
            }
        }
        found
    }
}

/// Returns the hash of the words of a row and their cells; nothing of a row that is not kept.
fn hash_of(hashing: &Hashing, grid: &Grid, row: u32) -> Option<u64> {
    let mut hasher = hashing.build_hasher();
    let mut length = 0;
    for (cell, text) in texts(grid, row) {
        length += text.len();
        cell.hash(&mut hasher);
        text.hash(&mut hasher);
    }
    (1..=LONGEST).contains(&length).then(|| hasher.finish())
}

fn texts(grid: &Grid, row: u32) -> impl Iterator<Item = (CellRef, &str)> {
    grid.row(row).iter().filter_map(|(cell, content)| match content {
        CellContent::Text(text) => Some((*cell, text.as_str())),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::grid::GridBuilder;

    fn grid(words: &str) -> Grid {
        let mut grid = GridBuilder::default();
        let cell = CellRef { row: 2, column: 1 };
        grid.add(cell, CellContent::Text(words.to_owned())).unwrap();
        grid.finish()
    }

    #[test]
    fn a_row_that_comes_again_is_kept_with_its_answers() {
        let memo = RowMemo::default();
        let get = |words: &str| memo.get(&grid(words), 2);
        let first = get("Đơn vị");
        assert_eq!(first[0].1, "đơn vị");
        let second = get("Đơn vị");
        assert!(!Arc::ptr_eq(&first, &second), "met once");
        assert!(second.ask(Question::Label, |words| words.len() == 1));
        assert!(!second.ask(Question::Head, |_| false));
        let third = get("Đơn vị");
        assert!(Arc::ptr_eq(&second, &third));
        assert!(third.ask(Question::Label, |_| unreachable!("known")));
        assert!(!third.ask(Question::Head, |_| unreachable!("known")));
        assert!(!Arc::ptr_eq(&get("đơn vị"), &third), "the same only when folded");
        assert!(get(&"x".repeat(3_000)).ask(Question::Label, |_| true), "too long to be kept");
    }

    #[test]
    fn of_two_rows_with_one_hash_each_is_itself() {
        let memo = RowMemo::default();
        let (one, other) = (grid("một"), grid("hai"));
        let hash = hash_of(&memo.1, &one, 2).unwrap();
        let kept = KeptRow::new(&other, 2, &Arc::new(WordRow::of(&other, 2)));
        memo.0.write().unwrap().rows.insert(hash, kept);
        assert_eq!(memo.get(&one, 2)[0].1, "một");
    }
}

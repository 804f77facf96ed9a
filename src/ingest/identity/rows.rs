//! Where the rows of a form stand now: rows of indicators are known by their codes, rows of words by
//! their words, and every other moves with the row before it.

use std::collections::{BTreeMap, BTreeSet};

use super::{FormChange, FormChangeKind, Grid};
use crate::{
    place::CellRef,
    template::{FormMark, FormMarkKind},
    text,
};

/// Where the rows of a sheet stand now.
#[derive(Debug)]
pub(super) struct RowMap {
    /// Row as given out → row now, of rows that are known by a code or words.
    known: BTreeMap<u32, u32>,
    /// Rows of indicators that are gone.
    deleted: BTreeSet<u32>,
    /// All words of the sheet by column.
    words: BTreeSet<(u32, String)>,
    /// What happened to rows.
    pub(super) changes: Vec<FormChange>,
}

/// The row of an indicator: as given out, and now.
#[derive(Clone, Copy, Debug)]
struct Moved<'m> {
    mark: &'m FormMark,
    now: Option<u32>,
}

impl RowMap {
    /// Returns where the rows of the marks stand in a sheet.
    pub(super) fn of(sheet: &str, marks: &[&FormMark], grid: &Grid) -> Self {
        let mut places: BTreeMap<(u32, String), Vec<u32>> = BTreeMap::new();
        for (cell, words) in grid.texts() {
            let words = text::squeeze(&text::nfc(words));
            places.entry((cell.column, words)).or_default().push(cell.row);
        }
        let rows_of = |mark: &FormMark| {
            places
                .get(&(mark.cell.column, text::squeeze(&mark.words)))
                .map_or(&[][..], Vec::as_slice)
        };
        let rows: Vec<Moved<'_>> = marks
            .iter()
            .filter(|mark| mark.kind == FormMarkKind::Row)
            .map(|mark| Moved { mark, now: rows_of(mark).first().copied() })
            .collect();
        let mut map = Self {
            known: rows.iter().filter_map(|row| Some((row.mark.cell.row, row.now?))).collect(),
            deleted: BTreeSet::new(),
            words: BTreeSet::new(),
            changes: Vec::new(),
        };
        map.deleted
            .extend(rows.iter().filter(|row| row.now.is_none()).map(|row| row.mark.cell.row));
        for mark in marks.iter().filter(|mark| mark.kind == FormMarkKind::Words) {
            if let [row] = rows_of(mark)[..] {
                map.known.entry(mark.cell.row).or_insert(row);
            }
        }
        map.changes = changes(sheet, &rows);
        map.words = places.into_keys().collect();
        map
    }

    /// Returns where a row stands now; nothing when it is gone.
    pub(super) fn row_now(&self, row: u32) -> Option<u32> {
        if self.deleted.contains(&row) {
            return None;
        }
        let (before, now) = self.known.range(..=row).next_back().unwrap_or((&0, &0));
        Some(now + (row - before))
    }

    /// Returns whether the words of a mark stand in another row of its column.
    pub(super) fn stands_elsewhere(&self, mark: &FormMark) -> bool {
        self.words.contains(&(mark.cell.column, text::squeeze(&mark.words)))
    }
}

fn changes(sheet: &str, rows: &[Moved<'_>]) -> Vec<FormChange> {
    let in_order = in_order(rows);
    let mut changes = Vec::new();
    let change = |kind, cell: CellRef, expected: &str, found: String| FormChange {
        kind,
        sheet: sheet.to_owned(),
        cell,
        expected: expected.to_owned(),
        found,
    };
    let any_moved =
        rows.iter().enumerate().any(|(at, row)| row.now.is_some() && !in_order.contains(&at));
    // How far rows stand from where they stood, and how many may have gone since.
    let (mut shift, mut gone) = (0_i64, 0_i64);
    for (at, row) in rows.iter().enumerate() {
        let (was, code) = (row.mark.cell, row.mark.words.as_str());
        let Some(now) = row.now else {
            changes.push(change(FormChangeKind::RowDeleted, was, code, String::new()));
            gone += 1;
            continue;
        };
        let cell = CellRef { row: now, column: was.column };
        if !in_order.contains(&at) {
            let found = format!("{}", now + 1);
            changes.push(change(FormChangeKind::RowMoved, cell, code, found));
            continue;
        }
        let here = i64::from(now) - i64::from(was.row);
        let (kind, count) = if here > shift {
            (FormChangeKind::RowsInserted, here - shift)
        } else {
            (FormChangeKind::RowsRemoved, shift - gone - here)
        };
        if count > 0 && !any_moved {
            changes.push(change(kind, cell, code, count.to_string()));
        }
        (shift, gone) = (here, 0);
    }
    changes
}

/// Returns the positions of the most rows that stand in the order in which they were given out.
fn in_order(rows: &[Moved<'_>]) -> BTreeSet<usize> {
    // Longest rising subsequence: for each row the longest that ends with it.
    let mut longest: Vec<(usize, Option<usize>)> = Vec::with_capacity(rows.len());
    for (at, row) in rows.iter().enumerate() {
        let before = (0..at)
            .filter(|other| rows[*other].now.is_some() && rows[*other].now < row.now)
            .max_by_key(|other| (longest[*other].0, std::cmp::Reverse(*other)));
        let length = before.map_or(0, |before| longest[before].0) + usize::from(row.now.is_some());
        longest.push((length, before));
    }
    let mut at = (0..rows.len())
        .filter(|at| rows[*at].now.is_some())
        .max_by_key(|at| (longest[*at].0, std::cmp::Reverse(*at)));
    let mut kept = BTreeSet::new();
    while let Some(position) = at {
        kept.insert(position);
        at = longest[position].1;
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::{CellContent, grid::GridBuilder};

    /// Codes of a column from its first row on; an empty one is a blank row.
    fn sheet(codes: &[&str]) -> Grid {
        let mut builder = GridBuilder::default();
        for (row, code) in (0..).zip(codes) {
            builder.add(CellRef { row, column: 1 }, CellContent::Text((*code).to_owned())).unwrap();
        }
        builder.finish()
    }

    fn changes(now: &[&str]) -> Vec<(FormChangeKind, String, String)> {
        let marks: Vec<FormMark> = (0..)
            .zip(["", "A01", "A02", "", "A03", "A04"])
            .filter(|(_, code)| !code.is_empty())
            .map(|(row, code)| FormMark {
                kind: FormMarkKind::Row,
                sheet: "a".to_owned(),
                cell: CellRef { row, column: 1 },
                words: code.to_owned(),
            })
            .collect();
        let map = RowMap::of("a", &marks.iter().collect::<Vec<_>>(), &sheet(now));
        map.changes.into_iter().map(|one| (one.kind, one.expected, one.found)).collect()
    }

    #[test]
    fn rows_that_came_went_or_moved_are_told_apart() {
        use FormChangeKind::{RowDeleted, RowMoved, RowsInserted, RowsRemoved};
        let one = |kind, code: &str, found: &str| (kind, code.to_owned(), found.to_owned());
        assert_eq!(changes(&["", "A01", "A02", "", "A03", "A04"]), []);
        assert_eq!(
            changes(&["", "", "A01", "A02", "", "A03", "A04"]),
            [one(RowsInserted, "A01", "1")]
        );
        assert_eq!(
            changes(&["", "A01", "A02", "", "x", "A03", "A04"]),
            [one(RowsInserted, "A03", "1")]
        );
        assert_eq!(changes(&["", "A01", "", "A03", "A04"]), [one(RowDeleted, "A02", "")]);
        assert_eq!(changes(&["", "A01", "A02", "", "", "A04"]), [one(RowDeleted, "A03", "")]);
        assert_eq!(changes(&["", "A01", "A02", "A03", "A04"]), [one(RowsRemoved, "A03", "1")]);
        assert_eq!(changes(&["", "A02", "", "A03", "A04", "A01"]), [one(RowMoved, "A01", "6")]);
        assert_eq!(
            changes(&["", "", "A01", "", "A03", "A04"]),
            [one(RowsInserted, "A01", "1"), one(RowDeleted, "A02", "")]
        );
    }
}

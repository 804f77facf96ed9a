//! Where the columns of a sheet of a form stand now: whoever puts a column in or takes one out moves
//! all that stand behind it, and nothing in them was altered.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet},
};

use crate::{ingest::grid::Grid, place::CellRef, template::FormMark, text};

/// How far a column is looked for.
const FARTHEST: u32 = 3;

/// Where the columns of the marks stand now.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct ColumnMap {
    /// Column as given out → column now, nothing for one that is gone; only those that differ.
    changed: BTreeMap<u32, Option<u32>>,
}

impl ColumnMap {
    /// Returns where the columns of marks that have words stand in a sheet.
    pub(super) fn of(marks: &[&FormMark], grid: &Grid) -> Self {
        let printed: BTreeSet<(u32, String)> = grid
            .texts()
            .map(|(cell, words)| (cell.column, text::squeeze(&text::nfc(words))))
            .collect();
        let mut words: BTreeMap<u32, Vec<String>> = BTreeMap::new();
        for mark in marks.iter().filter(|mark| !mark.words.is_empty()) {
            words.entry(mark.cell.column).or_default().push(text::squeeze(&mark.words));
        }
        let mut changed = BTreeMap::new();
        for (column, words) in &words {
            let there = |place: u32| {
                let stands = |word: &&String| printed.contains(&(place, (*word).clone()));
                words.iter().filter(stands).count()
            };
            if there(*column) * 2 > words.len() || words.len() < 2 {
                continue;
            }
            let around = column.saturating_sub(FARTHEST)..=column + FARTHEST;
            let best = around.max_by_key(|place| (there(*place), Reverse(place.abs_diff(*column))));
            match best.filter(|place| there(*place) * 2 > words.len()) {
                Some(place) => drop(changed.insert(*column, Some(place))),
                None if there(*column) == 0 => drop(changed.insert(*column, None)),
                None => {}
            }
        }
        // Where no column stands elsewhere, words were altered and no column was.
        if !changed.values().any(Option::is_some) {
            changed.clear();
        }
        Self { changed }
    }

    /// Returns whether all stand where they stood.
    pub(super) fn is_unchanged(&self) -> bool {
        self.changed.is_empty()
    }

    /// Returns the first column that moved or is gone.
    pub(super) fn first(&self) -> u32 {
        self.changed.keys().next().copied().unwrap_or(0)
    }

    /// Returns the marks where they are to be looked for; those of a column that is gone are left out.
    pub(super) fn moved(&self, marks: &[&FormMark]) -> Vec<FormMark> {
        let mark = |mark: &&FormMark| {
            let column = match self.changed.get(&mark.cell.column) {
                Some(now) => (*now)?,
                None => mark.cell.column,
            };
            Some(FormMark { cell: CellRef { column, ..mark.cell }, ..(*mark).clone() })
        };
        marks.iter().filter_map(mark).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        ingest::{CellContent, grid::GridBuilder},
        template::FormMarkKind,
    };

    const FORM: [&str; 4] = ["STT|1|2", "Mã|A01|A02", "Chỉ tiêu|Văn bản|Hội nghị", "Kỳ trước|(4)"];

    fn grid(columns: &[&str]) -> Grid {
        let mut cells: Vec<(CellRef, &str)> = Vec::new();
        for (column, words) in (0..).zip(columns) {
            let words = (0..).zip(words.split('|'));
            cells.extend(words.map(|(row, word)| (CellRef { row, column }, word)));
        }
        cells.sort_by_key(|(cell, _)| (cell.row, cell.column));
        let mut builder = GridBuilder::default();
        for (cell, word) in cells {
            builder.add(cell, CellContent::Text(word.to_owned())).unwrap();
        }
        builder.finish()
    }

    fn changed(now: &[&str]) -> Vec<(u32, Option<u32>)> {
        let mut marks = Vec::new();
        for (column, words) in (0..).zip(FORM) {
            marks.extend((0..).zip(words.split('|')).map(|(row, word)| FormMark {
                kind: FormMarkKind::Words,
                sheet: "a".to_owned(),
                cell: CellRef { row, column },
                words: word.to_owned(),
            }));
        }
        let map = ColumnMap::of(&marks.iter().collect::<Vec<_>>(), &grid(now));
        map.changed.into_iter().collect()
    }

    #[test]
    fn columns_that_came_or_went_move_those_behind() {
        let [ordinal, code, name, before] = FORM;
        assert_eq!(changed(&FORM), []);
        assert_eq!(changed(&[ordinal, code, "", name, before]), [(2, Some(3)), (3, Some(4))]);
        assert_eq!(
            changed(&[ordinal, name, before]),
            [(1, None), (2, Some(1)), (3, Some(2))],
            "the codes are gone"
        );
        assert_eq!(changed(&[ordinal, code, name, "Khác|(9)"]), [], "other words, no column");
    }
}

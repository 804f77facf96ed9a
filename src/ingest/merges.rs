//! The merged areas of a sheet.

use std::ops::RangeInclusive;

use crate::{ingest::CellContent, place::CellRef};

/// A merged area, both corners included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Area {
    pub(super) first: CellRef,
    pub(super) last: CellRef,
}

impl Area {
    /// Empties the cells of one row that the area hides; returns how many it covers.
    pub(super) fn hide(self, row: &mut [(CellRef, CellContent)]) -> usize {
        let from = row.partition_point(|(cell, _)| cell.column < self.first.column);
        let to = row.partition_point(|(cell, _)| cell.column <= self.last.column);
        let covered = row.get_mut(from..to).unwrap_or_default();
        for (_, content) in covered.iter_mut().filter(|(cell, _)| *cell != self.first) {
            *content = CellContent::Empty;
        }
        covered.len()
    }

    fn contains(self, cell: CellRef) -> bool {
        (self.first.row..=self.last.row).contains(&cell.row)
            && (self.first.column..=self.last.column).contains(&cell.column)
    }
}

/// The merged areas of a sheet, in the order of the file.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Merges {
    areas: Box<[Area]>,
    /// Their rows, a bit each: most rows have none.
    rows: Box<[u64]>,
}

impl Merges {
    pub(super) fn new(areas: Vec<Area>) -> Self {
        let mut rows = Vec::new();
        for row in areas.iter().flat_map(|area| area.first.row..=area.last.row) {
            let (word, bit) = bit_of(row);
            if rows.len() <= word {
                rows.resize(word + 1, 0);
            }
            rows[word] |= bit;
        }
        Self { areas: areas.into(), rows: rows.into() }
    }

    /// Returns the area that covers a cell.
    pub(super) fn at(&self, cell: CellRef) -> Option<Area> {
        let (word, bit) = bit_of(cell.row);
        if self.rows.get(word).is_none_or(|bits| bits & bit == 0) {
            return None;
        }
        self.areas.iter().find(|area| area.contains(cell)).copied()
    }

    /// Returns the areas that reach into some rows.
    pub(super) fn reaching(&self, rows: RangeInclusive<u32>) -> impl Iterator<Item = Area> {
        let reaches =
            move |area: &&Area| area.first.row <= *rows.end() && area.last.row >= *rows.start();
        self.areas.iter().filter(reaches).copied()
    }

    /// Returns the areas.
    pub(super) fn into_areas(self) -> Vec<Area> {
        self.areas.into_vec()
    }
}

fn bit_of(row: u32) -> (usize, u64) {
    let row = row as usize;
    (row / 64, 1 << (row % 64))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_of_the_first_area_that_covers_it() {
        let cell = |row: u32, column: u32| CellRef { row, column };
        let area = |first: (u32, u32), last: (u32, u32)| Area {
            first: cell(first.0, first.1),
            last: cell(last.0, last.1),
        };
        let areas = [area((62, 1), (65, 2)), area((3, 0), (3, 0)), area((64, 2), (64, 5))];
        let merges = Merges::new(areas.to_vec());
        let found = |row: u32, column: u32| merges.at(cell(row, column));
        assert_eq!(found(65, 2), Some(areas[0]));
        assert_eq!(found(3, 0), Some(areas[1]));
        assert_eq!(found(64, 2), Some(areas[0]));
        assert_eq!(found(64, 3), Some(areas[2]));
        for (row, column) in [(61, 1), (66, 1), (65, 3), (3, 1), (4_000, 0)] {
            assert_eq!(found(row, column), None, "{row} {column}");
        }
    }
}

//! A sheet as the cells that hold something, in order: what is far outside a form is left out and
//! counted, what a merged area hides is dropped. It knows nothing of forms.

use std::collections::BTreeMap;

use super::{
    CellContent,
    hanging::Hanging,
    hidden::HiddenLines,
    merges::{Area, Merges},
    number_formats::NumberFormat,
};
use crate::place::CellRef;

/// Rows and columns of the largest sheet that can be a form.
const MAX_ROWS: u32 = 5_000;
const MAX_COLUMNS: u32 = 200;
const MAX_CELLS: usize = 200_000;
const MAX_MERGES: usize = 10_000;
/// Rows and cells under the merged areas of a sheet, each counted once for each area; areas that do
/// not overlap cover far fewer.
const MAX_COVERED: usize = 2_000_000;
/// Bytes of words in a sheet; a few kilobytes are usual.
const MAX_WORDS: usize = 16 << 20;
/// How many places a row is looked for before its number, by one after the other.
const NEAR: usize = 4;
/// What stands in a place for which a file has two contents.
pub(super) const TWO_CONTENTS: &str = "hai nội dung trong một ô";

/// The cells of a sheet that hold something, row by row.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Grid {
    cells: Vec<(CellRef, CellContent)>,
    /// Row number with the range of its cells, ascending.
    rows: Box<[(u32, usize, usize)]>,
    merges: Merges,
    /// Cells with a formula, in order; nothing when the reader does not tell them.
    formulas: Option<Vec<CellRef>>,
    /// Whether nobody has computed the formulas.
    uncomputed: bool,
    /// The first cell that was left out because it is far outside a form.
    pub(super) stray: Option<CellRef>,
    /// What is not displayed.
    pub(super) hidden: HiddenLines,
    /// Formulas that tell of their numbers, as far as the reader tells them.
    pub(super) telling: Box<[(CellRef, String)]>,
    /// Cells whose contents are struck through, as far as the reader tells them.
    pub(super) struck: Vec<CellRef>,
    /// Words that stand in none of them.
    pub(super) hanging: Vec<Hanging>,
}

/// Takes the cells of a sheet in any order.
#[derive(Debug, Default)]
pub(super) struct GridBuilder {
    cells: Vec<(CellRef, CellContent)>,
    formulas: Option<Vec<CellRef>>,
    stray: Option<CellRef>,
    /// Bytes of words so far.
    words: usize,
    /// What is not displayed, as the sheet says it.
    pub(super) hidden: HiddenLines,
    /// Formulas that tell of their numbers.
    pub(super) telling: Vec<(CellRef, String)>,
    /// Cells whose contents are struck through.
    pub(super) struck: Vec<CellRef>,
    /// Words that stand in none of them.
    pub(super) hanging: Vec<Hanging>,
}

/// The cells of a sheet, the words in them or its merged areas are more than a form can have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct TooManyCells;

static EMPTY: CellContent = CellContent::Empty;

impl GridBuilder {
    /// Returns a builder with room for so many cells.
    pub(super) fn with_room(cells: usize) -> Self {
        Self { cells: Vec::with_capacity(cells.min(MAX_CELLS)), ..Self::default() }
    }

    /// Takes a cell, unless it is empty or far outside a form.
    pub(super) fn add(&mut self, cell: CellRef, content: CellContent) -> Result<(), TooManyCells> {
        if content == CellContent::Empty {
            return Ok(());
        }
        if cell.row >= MAX_ROWS || cell.column >= MAX_COLUMNS {
            self.stray.get_or_insert(cell);
            return Ok(());
        }
        if let CellContent::Text(words) = &content {
            self.words += words.len();
        }
        if self.cells.len() >= MAX_CELLS || self.words > MAX_WORDS {
            return Err(TooManyCells);
        }
        self.cells.push((cell, content));
        Ok(())
    }

    /// Notes that another content stands in the place of a cell that was added.
    pub(super) fn add_second(&mut self, cell: CellRef) {
        // A sheet that is full is refused as such.
        self.add(cell, CellContent::Error(TWO_CONTENTS.to_owned())).ok();
    }

    /// Notes that the reader tells which cells have a formula, and that these have one.
    pub(super) fn add_formulas(&mut self, cells: impl IntoIterator<Item = CellRef>) {
        let known = self.formulas.get_or_insert_default();
        let room = MAX_CELLS.saturating_sub(known.len());
        known.extend(cells.into_iter().take(room));
    }

    /// Returns whether the sheet has no cell at all.
    pub(super) fn is_empty(&self) -> bool {
        self.cells.is_empty()
    }

    /// Turns the numbers of the given cells into what their formats make of them.
    pub(super) fn mark_formats(&mut self, formats: &BTreeMap<CellRef, NumberFormat>) {
        if !formats.is_empty() {
            self.show_numbers(|cell, number| Some(formats.get(&cell)?.content(number)));
        }
    }

    /// Puts what is shown of each number in its place, where that is something else.
    pub(super) fn show_numbers(&mut self, shown: impl Fn(CellRef, f64) -> Option<CellContent>) {
        for (cell, content) in &mut self.cells {
            if let CellContent::Number(number) = *content
                && let Some(shown) = shown(*cell, number)
            {
                *content = shown;
            }
        }
    }

    /// Returns the sheet of which no cells are merged.
    pub(super) fn finish(mut self) -> Grid {
        self.put_in_order();
        self.grid(Vec::new())
    }

    /// Returns the sheet without what its merged areas hide.
    pub(super) fn finish_merged(mut self, mut merges: Vec<Area>) -> Result<Grid, TooManyCells> {
        merges.retain(|area| area.last.row < MAX_ROWS && area.last.column < MAX_COLUMNS);
        if merges.len() > MAX_MERGES {
            return Err(TooManyCells);
        }
        self.put_in_order();
        let rows = row_ranges(&self.cells);
        let mut covered = 0;
        for area in &merges {
            let above = rows.partition_point(|(row, _, _)| *row < area.first.row);
            let inside = rows.iter().skip(above).take_while(|(row, _, _)| *row <= area.last.row);
            for (_, from, to) in inside {
                let cells = self.cells.get_mut(*from..*to).unwrap_or_default();
                covered += 1 + area.hide(cells);
            }
            if covered > MAX_COVERED {
                return Err(TooManyCells);
            }
        }
        self.cells.retain(|(_, content)| *content != CellContent::Empty);
        Ok(self.grid(merges))
    }

    /// Sorts the cells; two in one place that differ are an error.
    fn put_in_order(&mut self) {
        if !self.cells.is_sorted_by_key(|(cell, _)| *cell) {
            self.cells.sort_by_key(|(cell, _)| *cell);
        }
        self.cells.dedup_by(|(cell, content), (first, kept)| {
            let is_same = cell == first;
            if is_same && content != kept {
                *kept = CellContent::Error(TWO_CONTENTS.to_owned());
            }
            is_same
        });
    }

    fn grid(mut self, merges: Vec<Area>) -> Grid {
        let rows = row_ranges(&self.cells);
        if let Some(formulas) = &mut self.formulas {
            formulas.sort_unstable();
        }
        self.hidden.keep_filled(&self.cells);
        Grid {
            cells: self.cells,
            rows: rows.into(),
            merges: Merges::new(merges),
            formulas: self.formulas,
            uncomputed: false,
            stray: self.stray,
            hidden: self.hidden,
            struck: self.struck,
            telling: self.telling.into(),
            hanging: self.hanging,
        }
    }
}

impl Grid {
    /// Returns the numbers of the rows that hold something, ascending.
    pub(super) fn row_numbers(&self) -> impl Iterator<Item = u32> {
        self.rows.iter().map(|(row, _, _)| *row)
    }

    /// Returns the cells of a row that hold something, from left to right.
    pub(super) fn row(&self, row: u32) -> &[(CellRef, CellContent)] {
        let of = |place: usize| self.rows.get(place).filter(|(number, _, _)| *number == row);
        // Forms have few rows with nothing in them: a row stands not far before its number.
        let near = usize::try_from(row).unwrap_or_default().min(self.rows.len());
        let mut places = (near.saturating_sub(NEAR)..=near).rev();
        let far = || self.rows.binary_search_by_key(&row, |(number, _, _)| *number).ok();
        let found = places.find_map(of).or_else(|| of(far()?));
        found.and_then(|(_, from, to)| self.cells.get(*from..*to)).unwrap_or_default()
    }

    /// Returns what stands in a cell.
    pub(super) fn at(&self, row: u32, column: u32) -> &CellContent {
        let cells = self.row(row);
        let of = |place: usize| cells.get(place).filter(|(cell, _)| cell.column == column);
        // Most rows have no gaps.
        let near = cells.first().and_then(|(first, _)| column.checked_sub(first.column));
        let far = || cells.binary_search_by_key(&column, |(cell, _)| cell.column).ok();
        let found = near.and_then(|place| of(usize::try_from(place).ok()?)).or_else(|| of(far()?));
        found.map_or(&EMPTY, |(_, content)| content)
    }

    /// Returns what a person sees in a cell: for a merged area what stands in its first cell.
    pub(super) fn seen(&self, row: u32, column: u32) -> &CellContent {
        let first = self.merge_at(CellRef { row, column }).map(|area| area.first);
        first.map_or_else(|| self.at(row, column), |first| self.at(first.row, first.column))
    }

    /// Returns the merged area that covers a cell.
    pub(super) fn merge_at(&self, cell: CellRef) -> Option<Area> {
        self.merges.at(cell)
    }

    /// Returns the merged areas that reach into some rows.
    pub(super) fn merges_in(
        &self,
        rows: std::ops::RangeInclusive<u32>,
    ) -> impl Iterator<Item = Area> {
        self.merges.reaching(rows)
    }

    /// Returns the texts with their cells, in order.
    pub(super) fn texts(&self) -> impl Iterator<Item = (CellRef, &str)> {
        self.cells.iter().filter_map(|(cell, content)| match content {
            CellContent::Text(text) => Some((*cell, text.as_str())),
            _ => None,
        })
    }

    /// Returns the texts with their cells, in order, to be replaced.
    pub(super) fn texts_mut(&mut self) -> impl Iterator<Item = (CellRef, &mut String)> {
        self.cells.iter_mut().filter_map(|(cell, content)| match content {
            CellContent::Text(text) => Some((*cell, text)),
            _ => None,
        })
    }

    /// Returns whether a cell has a formula; nothing when the reader does not tell.
    pub(super) fn has_formula(&self, cell: CellRef) -> Option<bool> {
        self.formulas.as_ref().map(|formulas| formulas.binary_search(&cell).is_ok())
    }

    /// Returns what stands in the cells with a formula, as far as the reader tells them.
    pub(super) fn results(&self) -> impl Iterator<Item = &CellContent> {
        self.formulas.iter().flatten().map(|cell| self.at(cell.row, cell.column))
    }

    /// Notes that nobody has computed the formulas: their results are no figures.
    pub(super) fn forget_results(&mut self) {
        self.uncomputed = true;
    }

    /// Returns what stands in the cell of a figure: of a formula that nobody has computed no result.
    pub(super) fn figure(&self, row: u32, column: u32) -> CellContent {
        let is_formula = || self.has_formula(CellRef { row, column }) == Some(true);
        if self.uncomputed && is_formula() {
            return CellContent::FormulaWithoutValue;
        }
        self.at(row, column).clone()
    }

    /// Returns about how many bytes the cells take.
    pub(super) fn weight(&self) -> usize {
        let words = self.texts().map(|(_, words)| words.len()).sum::<usize>();
        words + self.cells.len() * size_of::<(CellRef, CellContent)>()
    }

    /// Returns whether nothing stands in the sheet.
    pub(super) fn is_empty(&self) -> bool {
        self.cells.is_empty()
    }

    /// Returns the cells in order and the merged areas.
    pub(super) fn into_parts(self) -> (Vec<(CellRef, CellContent)>, Vec<Area>) {
        (self.cells, self.merges.into_areas())
    }
}

fn row_ranges(cells: &[(CellRef, CellContent)]) -> Vec<(u32, usize, usize)> {
    let mut rows: Vec<(u32, usize, usize)> = Vec::new();
    for (position, (cell, _)) in cells.iter().enumerate() {
        match rows.last_mut() {
            Some((row, _, to)) if *row == cell.row => *to = position + 1,
            _ => rows.push((cell.row, position, position + 1)),
        }
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cell(row: u32, column: u32) -> CellRef {
        CellRef { row, column }
    }

    #[test]
    fn keeps_what_a_person_sees_and_reports_the_rest() {
        let mut builder = GridBuilder::default();
        for (place, value) in [((3, 1), 2.0), ((0, 0), 1.0), ((3, 2), 9.0), ((4, 1), 9.0)] {
            builder.add(cell(place.0, place.1), CellContent::Number(value)).unwrap();
        }
        builder.add(cell(1_048_575, 16_383), CellContent::Number(7.0)).unwrap();
        builder.add(cell(2, 2), CellContent::Empty).unwrap();
        for number in [5.0, 5.0, 5.0, 6.0] {
            let row = if number > 5.5 { 5 } else { 6 };
            builder.add(cell(row, 0), CellContent::Number(number)).unwrap();
        }
        builder.add(cell(5, 0), CellContent::Text("6".to_owned())).unwrap();
        let merges = vec![Area { first: cell(3, 1), last: cell(4, 2) }];
        let grid = builder.finish_merged(merges).unwrap();
        assert_eq!(grid.row_numbers().collect::<Vec<_>>(), [0, 3, 5, 6]);
        assert_eq!(grid.at(5, 0), &CellContent::Error(TWO_CONTENTS.to_owned()));
        assert_eq!(grid.at(6, 0), &CellContent::Number(5.0));
        assert_eq!(grid.at(3, 2), &CellContent::Empty);
        assert_eq!(grid.seen(4, 2), &CellContent::Number(2.0));
        assert_eq!(grid.at(0, 0), &CellContent::Number(1.0));
        assert_eq!(grid.stray, Some(cell(1_048_575, 16_383)));
    }

    #[test]
    fn more_merged_areas_than_a_form_can_have_are_told() {
        let area = |row: u32| Area { first: cell(row, 0), last: cell(row, 1) };
        let of = |areas: Vec<Area>| {
            let mut builder = GridBuilder::default();
            for row in 0..1_000 {
                for column in 0..100 {
                    builder.add(cell(row, column), CellContent::Number(1.0)).unwrap();
                }
            }
            builder.finish_merged(areas)
        };
        let grid = of((0..4_999).map(area).collect()).unwrap();
        assert_eq!(grid.at(999, 1), &CellContent::Empty);
        assert_eq!(grid.at(999, 0), &CellContent::Number(1.0));
        let whole = Area { first: cell(0, 0), last: cell(999, 99) };
        assert_eq!(of(vec![whole; 30]), Err(TooManyCells));
        assert_eq!(of((0..10_001).map(|row| area(row % 4_999)).collect()), Err(TooManyCells));
    }
}

//! Detail tables (thôn, broadcasts): found by the heads of their columns, read row by row; total
//! rows are kept apart.

use std::collections::BTreeMap;

use super::{
    CellContent, DetailCell, RawDetail,
    grid::Grid,
    head_memo::HeadWords,
    header::heads,
    matcher::{DetailWords, Matcher},
};
use crate::template::DetailKind;

/// The head of a detail table.
#[derive(Clone, Debug)]
pub(super) struct DetailHead {
    /// Index of [`Matcher::details`].
    detail: usize,
    /// Column of the sheet and index of the table's column, from left to right.
    columns: Vec<(u32, usize)>,
    /// Last row of the head.
    last_row: u32,
}

/// A detail table that is being read.
#[derive(Debug)]
pub(super) struct DetailTable {
    head: DetailHead,
    /// Last row read.
    previous_row: u32,
    state: State,
    /// What was read.
    pub(super) content: RawDetail,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    /// Directly below the head, where the column numbers stand.
    Top,
    /// Among the rows.
    Rows,
    /// Two blank rows were passed: only a total still belongs to the table.
    Gap,
    /// A total below the rows was read.
    Closed,
}

/// Blank rows after which no further row belongs to a table.
const MAX_BLANK_ROWS: u32 = 2;

/// Returns the table whose head stands in a row or in it and the next, if at least three fifths of
/// its columns are there.
pub(super) fn find(matcher: &Matcher, grid: &Grid, row: u32) -> Option<DetailTable> {
    let words = HeadWords::of(grid, (row, row + 1), None);
    let head = matcher.heads_of_details.get(words, || head(matcher, grid, row))?;
    Some(DetailTable {
        previous_row: head.last_row,
        state: State::Top,
        content: RawDetail {
            table: matcher.details[head.detail].key.clone(),
            ..RawDetail::default()
        },
        head,
    })
}

fn head(matcher: &Matcher, grid: &Grid, row: u32) -> Option<DetailHead> {
    (row..=row + 1).find_map(|last_row| {
        let heads = heads(grid, row, last_row);
        let fits = matcher.details.iter().enumerate().filter_map(|(detail, words)| {
            let columns = assign(words, &heads);
            let enough = columns.len() >= 2 && columns.len() * 5 >= words.columns.len() * 3;
            enough.then_some((detail, columns))
        });
        let (detail, columns) =
            fits.max_by_key(|(detail, columns)| (columns.len(), std::cmp::Reverse(*detail)))?;
        Some(DetailHead { detail, columns, last_row })
    })
}

fn assign(words: &DetailWords, heads: &BTreeMap<u32, Vec<String>>) -> Vec<(u32, usize)> {
    let mut assigned: Vec<(u32, usize)> = Vec::new();
    for (index, column) in words.columns.iter().enumerate() {
        let place = heads.iter().find(|(place, names)| {
            let free = assigned.iter().all(|(taken, _)| taken != *place);
            free && names.iter().any(|name| column.is_head(name))
        });
        assigned.extend(place.map(|(place, _)| (*place, index)));
    }
    assigned.sort_unstable();
    assigned
}

impl DetailTable {
    /// Returns the last row of its head.
    pub(super) fn last_row_of_head(&self) -> u32 {
        self.head.last_row
    }

    /// Returns whether the table takes no more rows.
    pub(super) fn is_closed(&self) -> bool {
        self.state == State::Closed
    }

    /// Takes a row whose first words, folded, are given.
    pub(super) fn take_row(&mut self, matcher: &Matcher, grid: &Grid, row: u32, words: &str) {
        if row - self.previous_row > MAX_BLANK_ROWS && self.state == State::Rows {
            self.state = State::Gap;
        }
        if matcher.is_total(words) {
            self.content.totals.push(self.cells(matcher, grid, row));
            if !self.content.rows.is_empty() {
                self.state = State::Closed;
            }
            self.previous_row = row;
            return;
        }
        if self.state == State::Gap || (self.state == State::Top && is_number_row(grid, row)) {
            return;
        }
        let cells = self.cells(matcher, grid, row);
        if self.is_row(matcher, &cells) {
            self.content.rows.push(cells);
            self.state = State::Rows;
            self.previous_row = row;
        }
    }

    fn cells(&self, matcher: &Matcher, grid: &Grid, row: u32) -> Vec<DetailCell> {
        let words = &matcher.details[self.head.detail];
        let cell = |column: u32| crate::place::CellRef { row, column };
        self.head
            .columns
            .iter()
            .map(|(column, index)| {
                let key = words.columns[*index].key.clone();
                (key, cell(*column), grid.at(row, *column).clone())
            })
            .collect()
    }

    /// Returns whether the cells are a row: two filled cells, a name, or something with a number;
    /// a lone remark is none.
    fn is_row(&self, matcher: &Matcher, cells: &[DetailCell]) -> bool {
        let columns = &matcher.details[self.head.detail].columns;
        let kinds = self.head.columns.iter().map(|(_, index)| columns[*index].kind);
        let name = kinds.clone().position(|kind| kind == DetailKind::Text);
        let filled: Vec<(usize, DetailKind, &CellContent)> = kinds
            .enumerate()
            .zip(cells.iter().map(|(_, _, content)| content))
            .map(|((position, kind), content)| (position, kind, content))
            .filter(|(_, _, content)| **content != CellContent::Empty)
            .collect();
        match filled[..] {
            [] => false,
            [(position, kind, CellContent::Text(text))] => {
                Some(position) == name
                    || (kind != DetailKind::Text && text.contains(|c: char| c.is_ascii_digit()))
            }
            _ => true,
        }
    }
}

/// Returns whether a row numbers the columns: `1 | 2 | 3`, `(1) | (2) | (3)=(1)+(2)`, `A | B | 1`.
pub(super) fn is_number_row(grid: &Grid, row: u32) -> bool {
    let cells = grid.row(row);
    let mut last = 0.0;
    cells.len() > 2
        && cells.iter().all(|(_, content)| match content {
            CellContent::Number(number) => {
                let follows = *number > last && *number <= 60.0 && number.fract() == 0.0;
                last = *number;
                follows
            }
            CellContent::Text(text) => is_column_number(text.trim()),
            _ => false,
        })
}

fn is_column_number(text: &str) -> bool {
    let mut characters = text.chars();
    let letter = characters.next().is_some_and(char::is_alphabetic) && characters.next().is_none();
    let formula = |character: char| character.is_ascii_digit() || "()=+-/:*x% ".contains(character);
    letter || (text.contains(|c: char| c.is_ascii_digit()) && text.chars().all(formula))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{ingest::grid::GridBuilder, place::CellRef};

    #[test]
    fn column_numbers_are_no_row() {
        let number = |value: f64| CellContent::Number(value);
        let text = |value: &str| CellContent::Text(value.into());
        let cases = [
            (vec![number(1.0), number(2.0), number(3.0)], true),
            (vec![text("A"), text("B"), number(1.0), text("(4)=(2)-(3)")], true),
            (vec![number(1.0), text("Thôn Đông"), number(120.0)], false),
            (vec![number(1.0), number(1.0), number(120.0)], false),
        ];
        for (cells, expected) in cases {
            let mut builder = GridBuilder::default();
            for (column, content) in (0..).zip(&cells) {
                builder.add(CellRef { row: 4, column }, content.clone()).unwrap();
            }
            assert_eq!(is_number_row(&builder.finish(), 4), expected, "{cells:?}");
        }
    }
}

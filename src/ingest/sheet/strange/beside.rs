//! What stands beside the figures: heads of values, further columns and rows with numbers.

use std::collections::BTreeSet;

use super::Scan;
use crate::{
    ingest::{
        CellContent,
        codes::normalise_code,
        header::ValueHeader,
        headings,
        matcher::Matcher,
        plain_number::is_figure,
        sheet::Open,
        stated_rows,
        table::{self, RowKind},
        word_row::WordRow,
    },
    place::CellRef,
};

/// Rows below a head in which numbers of a column are looked for.
const ROWS_TRIED: u32 = 8;

impl Scan<'_> {
    /// Takes the heads of values whose words are not familiar everywhere, the heads of columns beside them of
    /// which nothing says what they are, and words beside the heads that head nothing.
    pub(in crate::ingest::sheet) fn take_strange_heads(&mut self, headers: &[ValueHeader]) {
        let values = headers.iter().flat_map(|header| &header.strange.values);
        self.found.strange.words.extend(values);
        let sides = headers.iter().flat_map(|header| &header.strange.beside);
        let mut sides = sides.peekable();
        let (Some(last), Some(_)) = (headers.first().map(|header| header.last_row), sides.peek())
        else {
            return;
        };
        let rows = last + 1..=last + ROWS_TRIED;
        let known: Vec<BTreeSet<u32>> =
            headers.iter().map(|header| self.columns_of_parts(header)).collect();
        let is_known = |column: u32| {
            headers.iter().any(|header| header.knows_column(column))
                || known.iter().any(|columns| columns.contains(&column))
        };
        for side in sides.filter(|side| !is_known(side.cell.column)) {
            let below = |row: u32| self.grid.at(row, side.cell.column);
            let has_numbers =
                || rows.clone().any(|row| matches!(below(row), CellContent::Number(_)));
            let has_nothing = || rows.clone().all(|row| *below(row) == CellContent::Empty);
            if side.is_open && has_numbers() {
                self.found.strange.certain.push(side.cell);
            } else if has_nothing() {
                self.found.strange.words.push(side.cell);
            }
        }
    }

    /// Returns the columns of the parts that have rows in a table.
    fn columns_of_parts(&self, header: &ValueHeader) -> BTreeSet<u32> {
        let rows = header.last_row + 1..=header.last_row + ROWS_TRIED;
        let code_at = |row: u32| match self.grid.at(row, header.code_column?) {
            CellContent::Text(code) => {
                let code = normalise_code(code);
                let is_known = self.matcher.knows_code(&code);
                let meant = || self.matcher.meant_code(&code).map(str::to_owned);
                if is_known { Some(code) } else { meant() }
            }
            _ => None,
        };
        let codes: Vec<String> = rows.filter_map(code_at).collect();
        let is_of_table = |part: usize| {
            codes.is_empty()
                || self
                    .matcher
                    .parts
                    .get(part)
                    .is_some_and(|part| codes.iter().any(|code| part.codes.contains_key(code)))
        };
        let parts = header.parts.iter().filter(|part| is_of_table(part.part));
        parts.flat_map(|part| &part.columns).map(|(column, _)| *column).collect()
    }

    /// Takes a row of tables that stand side by side, in each of which it may be another; returns whether it is of any.
    pub(in crate::ingest::sheet) fn take_side_by_side(&mut self, row: u32) -> bool {
        let taken = self.take_values(|matcher, grid, header| {
            match table::row_by_code(matcher, grid, header, row) {
                RowKind::Other => table::row_by_name(matcher, grid, header, row),
                known => known,
            }
        });
        if let Open::Values(headers) = &self.open
            && taken
        {
            let is_read = |header: &&ValueHeader| {
                let is_own =
                    |cell: CellRef| cell.row == row && header.columns.contains(&cell.column);
                self.found.values.iter().any(|value| is_own(value.cell))
            };
            let place = (self.matcher, self.grid);
            let others = headers.iter().filter(|header| !is_read(header));
            let stated = others
                .filter_map(|header| stated_rows::find(place, Some(header), row, &self.found));
            let stated: Vec<_> = stated.collect();
            self.found.stated_rows.extend(stated);
        }
        taken
    }

    /// Takes a row outside the tables that states a total or a share of their figures.
    fn take_stated_outside(&mut self, row: u32) {
        if matches!(self.open, Open::Nothing) && self.last_value.is_some() {
            let stated = stated_rows::find((self.matcher, self.grid), None, row, &self.found);
            self.found.stated_rows.extend(stated);
        }
    }

    /// Takes a row with a number that is of no indicator: what it states of others or, in a table with codes, its
    /// name.
    pub(in crate::ingest::sheet) fn take_unknown_row(&mut self, row: u32, words: &WordRow) {
        let Open::Values(headers) = &self.open else {
            self.take_stated_outside(row);
            return;
        };
        let place = (self.matcher, self.grid);
        let found = &self.found;
        let stated =
            headers.iter().filter_map(|header| stated_rows::find(place, Some(header), row, found));
        let stated: Vec<_> = stated.collect();
        if !stated.is_empty() {
            self.found.stated_rows.extend(stated);
            return;
        }
        let cells = self.grid.row(row);
        let numbers = cells.iter().filter(|(_, content)| is_figure(content)).count();
        // Column numbers are many, and words before them none.
        let is_row = numbers > 0 && (!words.is_empty() || numbers == 1);
        let Some(header) = headers.first().filter(|header| is_row && header.code_column.is_some())
        else {
            return;
        };
        let holds_value = |(cell, content): &&(CellRef, CellContent)| {
            is_figure(content) && holds_values(self.matcher, headers, cell.column)
        };
        let Some((value, _)) = cells.iter().find(holds_value) else { return };
        let name = words.iter().find(|(cell, _)| Some(cell.column) == header.name_column);
        let first = name.or_else(|| words.iter().find(|(cell, _)| cell.column < value.column));
        let is_word = |word: &str| word.chars().filter(|one| one.is_alphabetic()).nth(1).is_some();
        let is_heading =
            |word: &str| !is_word(word) || word.len() <= 4 && headings::is_heading(word);
        if !first.is_some_and(|(_, word)| is_heading(word)) {
            self.found.strange.certain.push(first.map_or(*value, |(cell, _)| *cell));
        }
    }
}

fn holds_values(matcher: &Matcher, headers: &[ValueHeader], column: u32) -> bool {
    headers.iter().any(|header| header.holds_values(matcher, column))
}

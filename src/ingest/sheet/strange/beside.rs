//! What stands beside the figures: heads of values, further columns and rows with numbers.

use super::Scan;
use crate::{
    ingest::{
        CellContent, codes::normalise_code, grid::begins_with_digit, header::ValueHeader, headings,
        matcher::Matcher, sheet::Open, withdrawn::is_side_head, word_row::WordRow,
    },
    place::CellRef,
};

/// Rows below a head in which numbers of a column are looked for.
const ROWS_TRIED: u32 = 8;

impl Scan<'_> {
    /// Takes the heads of values whose words are not familiar everywhere, and those beside them of which
    /// nothing says what they are.
    pub(in crate::ingest::sheet) fn take_strange_heads(&mut self, headers: &[ValueHeader]) {
        let Some(header) = headers.first() else { return };
        if self.matcher.familiar.is_off() {
            return;
        }
        let is_value =
            |column: u32| headers.iter().any(|header| header.holds_values(self.matcher, column));
        self.take_side_heads(headers);
        for row in header.first_row..=header.last_row {
            let words = self.words(row);
            if self.may_be_strange(&words) {
                let heads = words.iter().filter(|(cell, word)| {
                    is_value(cell.column) && !self.matcher.familiar.is_plain(word)
                });
                self.found.strange.words.extend(heads.map(|(cell, _)| *cell));
            }
        }
    }

    /// Takes the heads of columns beside the values of which nothing says what they are, and words beside the
    /// heads that head nothing.
    fn take_side_heads(&mut self, headers: &[ValueHeader]) {
        let Some(last) = headers.first().map(|header| header.last_row) else { return };
        let rows = last + 1..=last + ROWS_TRIED;
        let is_known =
            |column: u32| headers.iter().any(|header| self.is_known_column(header, column));
        let words = self.words(last);
        let unknown: Vec<_> = words.iter().filter(|(cell, _)| !is_known(cell.column)).collect();
        for (cell, word) in unknown {
            let column = cell.column;
            let holds_numbers =
                rows.clone().any(|row| matches!(self.grid.at(row, column), CellContent::Number(_)));
            let heads_nothing =
                || rows.clone().all(|row| *self.grid.at(row, column) == CellContent::Empty);
            let is_strange = self.matcher.is_total(word)
                || !is_side_head(word) && !self.matcher.is_row_head(word);
            if holds_numbers && is_strange && word.contains(char::is_alphabetic) {
                self.found.strange.certain.push(*cell);
            } else if !holds_numbers && heads_nothing() {
                self.found.strange.words.push(*cell);
            }
        }
    }

    /// Returns whether it is known what a column holds; columns of parts count that have rows in the table.
    fn is_known_column(&self, header: &ValueHeader, column: u32) -> bool {
        let rows = header.last_row + 1..=header.last_row + ROWS_TRIED;
        let code_at = |row: u32| match self.grid.at(row, header.code_column?) {
            CellContent::Text(code) => {
                let code = normalise_code(code);
                Some(self.matcher.meant_code(&code).map(str::to_owned).unwrap_or(code))
            }
            _ => None,
        };
        let codes: Vec<String> = rows.filter_map(code_at).collect();
        let is_any = codes.iter().any(|code| self.matcher.knows_code(code));
        let is_of_table = |part: usize| {
            let known = self.matcher.parts.get(part);
            !is_any
                || known
                    .is_some_and(|known| codes.iter().any(|code| known.codes.contains_key(code)))
        };
        let mut of_parts = header.parts.iter().filter(|part| is_of_table(part.part));
        header.knows_column(column)
            || of_parts.any(|part| part.columns.iter().any(|(own, _)| *own == column))
    }

    /// Takes the name of a row with a number that is of no indicator, in a table with codes.
    pub(in crate::ingest::sheet) fn take_unknown_row(&mut self, row: u32, words: &WordRow) {
        let Open::Values(headers) = &self.open else { return };
        let cells = self.grid.row(row);
        let numbers = cells.iter().filter(|(_, content)| is_number(content)).count();
        // Column numbers are many, and words before them none.
        let is_row = numbers > 0 && (!words.is_empty() || numbers == 1);
        let Some(header) = headers.first().filter(|header| is_row && header.code_column.is_some())
        else {
            return;
        };
        let holds_value = |(cell, content): &&(CellRef, CellContent)| {
            is_number(content) && holds_values(self.matcher, headers, cell.column)
        };
        let Some((value, _)) = cells.iter().find(holds_value) else { return };
        let name = words.iter().find(|(cell, _)| Some(cell.column) == header.name_column);
        let first = name.or_else(|| words.iter().find(|(cell, _)| cell.column < value.column));
        let is_word = |word: &str| word.chars().filter(|one| one.is_alphabetic()).nth(1).is_some();
        let is_heading =
            |word: &str| !is_word(word) || word.len() <= 4 && headings::is_heading(word);
        let is_known =
            first.is_some_and(|(_, word)| self.matcher.is_total(word) || is_heading(word));
        if !is_known {
            self.found.strange.certain.push(first.map_or(*value, |(cell, _)| *cell));
        }
    }
}

fn holds_values(matcher: &Matcher, headers: &[ValueHeader], column: u32) -> bool {
    headers.iter().any(|header| header.holds_values(matcher, column))
}

fn is_number(content: &CellContent) -> bool {
    match content {
        CellContent::Number(_) | CellContent::ShownOtherwise(..) => true,
        CellContent::Text(words) => begins_with_digit(words),
        _ => false,
    }
}

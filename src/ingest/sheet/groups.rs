//! Words within a table that are no row of it: headings of rows, words above the values below the head.

use super::{Open, Scan};
use crate::{
    ingest::{
        CellContent,
        grid::is_figure,
        headings::is_ordinal,
        names::without_numbering,
        withdrawn::{Objections, is_doubtful_head, of_group},
        word_row::WordRow,
    },
    text::fold,
};

impl Scan<'_> {
    /// Returns whether a row within a table is a heading of rows: words alone, but for a number before them.
    pub(super) fn is_group(&self, row: u32) -> bool {
        match self.grid.row(row) {
            [_] => true,
            [(_, number), (_, CellContent::Text(_))] => is_ordinal(number),
            _ => false,
        }
    }

    /// Takes the heading of rows within a table: words alone in their row, but for a number before them.
    pub(super) fn take_group(&mut self, row: u32, words: &WordRow) {
        let is_alone = self.is_group(row);
        if !is_alone || !matches!(self.open, Open::Values(_)) {
            return;
        }
        let objections = of_group(self.grid, words, self.found.month());
        let is_topic = objections != Objections::default()
            && words.last().is_some_and(|(_, word)| self.is_topic(row, word));
        let objections = if is_topic { Objections::default() } else { objections };
        if let Open::Values(headers) = &mut self.open {
            for header in headers {
                header.of_group = objections.clone();
            }
        }
    }

    /// Returns whether a heading only says what the rows below it are about: the name of the first of them has
    /// all of its words. "Cán bộ, công chức" above "Tổng số cán bộ, công chức" is no part of the unit.
    fn is_topic(&self, row: u32, heading: &str) -> bool {
        let Open::Values(headers) = &self.open else { return false };
        let Some(column) = headers.first().and_then(|header| header.name_column) else {
            return false;
        };
        let CellContent::Text(name) = self.grid.at(row + 1, column) else { return false };
        let written_out = |words: &str| self.matcher.abbreviations.written_out(words);
        let (heading, name) = (written_out(without_numbering(heading)), written_out(&fold(name)));
        let has = |word: &str| name.split(' ').any(|own| own == word);
        heading.split(' ').filter(|word| !word.is_empty()).all(has)
    }

    /// Takes words above the values of a table that stand below its head, in a row without any number: "chục",
    /// "Công an xã".
    pub(super) fn take_lower_head(&mut self, row: u32, words: &WordRow) {
        let Open::Values(headers) = &mut self.open else { return };
        let has_figures = self.grid.row(row).iter().any(|(_, content)| is_figure(content));
        if words.len() < 2 || has_figures {
            return;
        }
        for header in headers {
            let is_first = self.last_value.is_none_or(|last| last < header.first_row);
            for (cell, word) in words.iter() {
                if !header.holds_values(self.matcher, cell.column) {
                    continue;
                }
                if is_first && is_doubtful_head(word) {
                    self.found.doubts.push((*cell, word.clone()));
                } else if !(is_first && header.take_scale(self.grid, *cell)) {
                    self.found.strange.words.push(*cell);
                }
            }
        }
    }
}

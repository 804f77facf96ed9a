//! Words within a table that are no row of it: headings of rows, words above the values below the head.

use super::{Open, Scan};
use crate::{
    ingest::{
        CellContent, RawValue, across,
        grid::Grid,
        header::{ValueHeader, Words},
        headings::is_ordinal,
        matcher::Matcher,
        names::without_numbering,
        plain_number::is_figure,
        table::{self, RowCodes, RowKind},
        withdrawn::{Objections, is_doubtful_head, of_group},
        word_row::{Question, WordRow},
    },
    template::Measure,
    text::fold,
};

/// Returns the name of the section of the form to which a row belongs.
fn section_of_row<'m>(
    (matcher, grid, header): (&'m Matcher, &Grid, &ValueHeader),
    row: u32,
) -> Option<&'m str> {
    let of_code = table::row_by_code(matcher, grid, header, row);
    let kind = match of_code {
        RowKind::Other => table::row_by_name(matcher, grid, header, row),
        known => known,
    };
    match kind {
        RowKind::Indicator(RowCodes::One(code), _) => Some(matcher.section(&code)),
        _ => None,
    }
}

impl Scan<'_> {
    /// Returns whether a row within a table is a heading of rows: words alone, but for a number before them.
    pub(super) fn is_group(&self, row: u32) -> bool {
        match self.grid.row(row) {
            [_] => true,
            [(_, number), (_, CellContent::Text(_))] => is_ordinal(number),
            _ => false,
        }
    }

    /// Returns whether a row is of a table that is not read, whose head may not even be known as such; words alone
    /// may head the next one.
    pub(super) fn is_unread(&self, row: u32, words: &WordRow) -> bool {
        let names = |words: &Words| across::names_indicator(self.matcher, words);
        self.grid.row(row).len() > 1
            && match self.open {
                Open::Unread => true,
                Open::Nothing => words.ask(Question::Indicator, names),
                Open::Values(_) | Open::Detail(_) | Open::Across(_) => false,
            }
    }

    /// Takes the heading of rows within a table: words alone in their row, but for a number before them.
    pub(super) fn take_group(&mut self, row: u32, words: &WordRow) {
        let is_alone = self.is_group(row);
        if !is_alone || !matches!(self.open, Open::Values(_)) {
            return;
        }
        let objections = of_group(self.grid, words, self.found.month());
        if objections != Objections::default() && self.is_remark(row, words) {
            self.withdraw_above(row, &objections);
            return;
        }
        let is_topic = objections != Objections::default()
            && words.last().is_some_and(|(_, word)| self.is_topic(row, word));
        let objections = if is_topic { Objections::default() } else { objections };
        if let Open::Values(headers) = &mut self.open {
            for header in headers {
                header.of_group = objections.clone();
            }
        }
    }

    /// Returns whether words alone right below a row go on about it, as no heading does: they begin with a small
    /// letter or a bracket.
    fn is_remark(&self, row: u32, words: &WordRow) -> bool {
        let raw = words.last().map(|(cell, _)| self.grid.at(cell.row, cell.column));
        let begins = |one: char| one.is_lowercase() || matches!(one, '(' | '*');
        self.last_value.is_some_and(|last| last + 1 == row)
            && matches!(raw, Some(CellContent::Text(text)) if text.trim_start().starts_with(begins))
    }

    /// Keeps the numbers of the row above a remark apart.
    fn withdraw_above(&mut self, row: u32, objections: &Objections) {
        let is_above =
            |value: &RawValue| value.cell.row + 1 == row && value.measure == Measure::Value;
        let values = self.found.take_values(is_above);
        for value in values {
            match objections.to_value(&value) {
                Some(objection) => self.found.withdraw(objection, std::iter::once(value)),
                None => self.found.values.push(value),
            }
        }
    }

    /// Returns whether a heading only says what the rows below it are about: the name of the first of them, or that
    /// of its section of the form, has all of its words. "Cán bộ, công chức" above "Tổng số cán bộ, công chức" is no
    /// part of the unit.
    fn is_topic(&self, row: u32, heading: &str) -> bool {
        let Open::Values(headers) = &self.open else { return false };
        let Some(header) = headers.first() else { return false };
        let Some(column) = header.name_column else { return false };
        let CellContent::Text(name) = self.grid.at(row + 1, column) else { return false };
        let words_of = |words: &str| {
            let written_out = self.matcher.abbreviations.written_out(words);
            let words = written_out.split(|one: char| !one.is_alphanumeric());
            words.filter(|word| !word.is_empty()).map(str::to_owned).collect::<Vec<String>>()
        };
        let heading = words_of(without_numbering(heading));
        let has_all = |words: &str| {
            let own = words_of(words);
            heading.iter().all(|word| own.contains(word))
        };
        let place = (self.matcher, self.grid, header);
        has_all(&fold(name)) || section_of_row(place, row + 1).is_some_and(has_all)
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

#[cfg(test)]
mod tests {
    use crate::ingest::{
        Reader,
        samples::{MAIN, guide, only, put, read_xlsx, workbook},
    };

    #[test]
    fn a_remark_below_a_row_is_of_this_row() {
        let with = |line: &str| {
            let lines = MAIN.replace("2|A02", &format!("||{line}\n2|A02"));
            let reading = read_xlsx(&workbook(&[("Biểu 01", &|page| put(page, (0, 0), &lines))]));
            let found = only(&reading);
            let withdrawn = found.withdrawn.iter().flat_map(|one| &one.values);
            withdrawn.map(|value| value.code.clone()).collect::<Vec<_>>()
        };
        assert_eq!(with("mới tính đến hết tháng 2, từ 01/3 chưa cộng"), ["A01"]);
        assert_eq!(with("Kế hoạch tháng 4"), ["A02"]);
    }

    #[test]
    fn the_words_of_a_section_of_the_form_are_a_topic() {
        let mut guide = guide();
        for indicator in guide.indicators.iter_mut().filter(|known| known.code == "A03") {
            "Cán bộ, công chức, viên chức của đơn vị".clone_into(&mut indicator.section);
        }
        let reader = Reader::new(&guide);
        let above = |heading: &str, row: &str| {
            let lines = MAIN.replace(row, &format!("||{heading}\n{row}"));
            let bytes = workbook(&[("Biểu 01", &|page| put(page, (0, 0), &lines))]);
            let reading = reader.read("a.xlsx", &bytes);
            reading.returns.iter().flat_map(|found| &found.withdrawn).count()
        };
        assert_eq!(above("IV. Cán bộ, công chức", "3|A03"), 0);
        assert_eq!(above("IV. Cán bộ, công chức xã", "3|A03"), 1, "a word more");
        assert_eq!(above("IV. Cán bộ, công chức", "2|A02"), 1, "of another section");
    }
}

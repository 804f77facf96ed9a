//! The unit of a sheet that no label says: its name stands in the letterhead, alone in a cell or in a line of
//! it, or in the line that says with which report an annex goes.

use std::collections::BTreeMap;

use super::{CellContent, Located, grid::Grid, header::Words, matcher::Matcher};
use crate::{place::CellRef, text::fold};

/// Names of units above the first table, by their folded words.
#[derive(Debug, Default)]
pub(super) struct Letterhead {
    /// Those of the letterhead.
    names: BTreeMap<String, Located<CellContent>>,
    /// Those of lines such as "(Kèm theo Báo cáo số 45/BC-UBND ngày 15/3/2024 của UBND xã Tiên Minh)".
    of_annexes: BTreeMap<String, Located<CellContent>>,
}

impl Letterhead {
    /// Takes a row above the first table.
    pub(super) fn take(&mut self, matcher: &Matcher, grid: &Grid, words: &Words) {
        for (cell, word) in words {
            let content = grid.at(cell.row, cell.column);
            if matcher.is_unit(word) {
                self.names.insert(word.clone(), located(*cell, content.clone()));
            } else if let CellContent::Text(text) = content {
                self.take_lines(matcher, *cell, text);
                self.take_annex(matcher, (*cell, word), text);
            }
        }
    }

    /// Returns the only name.
    pub(super) fn unit(&self) -> Option<&Located<CellContent>> {
        let names = if self.names.is_empty() { &self.of_annexes } else { &self.names };
        let mut names = names.values();
        names.next().filter(|_| names.next().is_none())
    }

    fn take_lines(&mut self, matcher: &Matcher, cell: CellRef, text: &str) {
        for line in text.lines().filter(|_| text.contains('\n')) {
            let word = fold(line);
            if matcher.is_unit(&word) {
                let value = CellContent::Text(line.trim().to_owned());
                self.names.insert(word, located(cell, value));
            }
        }
    }

    fn take_annex(&mut self, matcher: &Matcher, (cell, word): (CellRef, &str), text: &str) {
        if !word.trim_start_matches('(').starts_with("kèm theo báo cáo") {
            return;
        }
        let Some((_, name)) = text.rsplit_once(" của ") else { return };
        let name = name.trim_end_matches([')', '.', ' ']).trim();
        let word = fold(name);
        if matcher.is_unit(&word) {
            self.of_annexes.insert(word, located(cell, CellContent::Text(name.to_owned())));
        }
    }
}

fn located(cell: CellRef, value: CellContent) -> Located<CellContent> {
    Located { value, sheet: 0, cell }
}

#[cfg(test)]
mod tests {
    use super::super::{
        CellContent,
        samples::{only, read_xlsx, workbook},
    };

    fn unit(first: &str, second: &str) -> Option<CellContent> {
        let page = |sheet: &mut rust_xlsxwriter::Worksheet| {
            sheet.write(0, 0, first).unwrap();
            sheet.write(1, 0, second).unwrap();
            for (row, cells) in
                (3..).zip([["Mã", "Chỉ tiêu", "Trong kỳ"], ["A01", "Số văn bản chỉ đạo", "3"]])
            {
                for (column, cell) in (0..).zip(cells) {
                    sheet.write(row, column, cell).unwrap();
                }
            }
        };
        let reading = read_xlsx(&workbook(&[("Biểu", &page)]));
        only(&reading).unit_name.as_ref().map(|located| located.value.clone())
    }

    #[test]
    fn the_unit_stands_in_a_line_of_a_cell_or_with_the_report_of_an_annex() {
        let text = |words: &str| Some(CellContent::Text(words.to_owned()));
        let lines = "UBND HUYỆN TIÊN LÃNG\nUBND XÃ TIÊN MINH";
        assert_eq!(unit(lines, ""), text("UBND XÃ TIÊN MINH"));
        let annex = "(Kèm theo Báo cáo số 45/BC-UBND ngày 15/3/2024 của UBND xã Tiên Minh)";
        assert_eq!(unit("PHỤ LỤC", annex), text("UBND xã Tiên Minh"));
        assert_eq!(unit("UBND xã Đoàn Lập", annex), text("UBND xã Đoàn Lập"));
        let order = "(Theo Công văn số 45 của UBND xã Tiên Minh)";
        assert_eq!(unit("PHỤ LỤC", order), None);
        assert_eq!(unit("UBND xã Đoàn Lập", "UBND xã Tiên Minh"), None);
    }
}

//! Tables of several months below each other in one sheet: a title above a table may name another month
//! than the sheet. Such a table never counts against one of the month itself, and says so.

use std::collections::BTreeSet;

use super::{
    CellContent, NoticeKind,
    grid::Grid,
    header::{ValueHeader, Words},
    month::{Month, MonthHead},
    sheet::SheetReading,
    withdrawn::is_title,
};
use crate::place::CellRef;

/// Most rows between a title and the head of its table.
const MAX_DISTANCE: u32 = 3;

/// What a sheet has of tables whose titles name another month.
#[derive(Debug, Default)]
pub(super) struct OtherMonths {
    /// The last title that stood alone in its row.
    title: Option<(CellRef, MonthHead)>,
    /// Whether a table stood right below it: then further tables are of the same month.
    has_table: bool,
    /// The last row in which words stood alone.
    last_row: u32,
    /// Titles of tables of another month.
    tables: Vec<CellRef>,
    /// Codes of rows that were read from such a table.
    pub(super) taken: BTreeSet<String>,
    /// Whether a row of such a table was left out for one of the month.
    left_out: bool,
}

/// Which of two rows of one indicator counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Repeated {
    /// The one that was read before.
    First,
    /// This one.
    Second,
}

impl OtherMonths {
    /// Remembers a title that stands alone in its row, with the month and year that it names.
    pub(super) fn take_title(&mut self, grid: &Grid, words: &Words, named: Option<Month>) {
        let [(cell, word)] = words else { return };
        if grid.row(cell.row).len() > 1 {
            return;
        }
        if let Some(month) = named.map(MonthHead::from).or_else(|| short_month(word)) {
            self.title = Some((*cell, month));
            self.has_table = false;
        }
        self.last_row = cell.row;
    }

    /// Returns whether the table whose head begins in a row is of another month than the sheet.
    pub(super) fn is_other(&mut self, row: u32, own: Option<Month>) -> bool {
        let Some((cell, month)) = self.title else { return false };
        if self.last_row > cell.row && self.last_row + 1 == row {
            // A title of its own that names no month.
            self.title = None;
            return false;
        }
        self.has_table |= row.saturating_sub(cell.row) <= MAX_DISTANCE;
        let is_other = self.has_table && own.is_some_and(|own| !month.fits(own));
        if is_other && !self.tables.contains(&cell) {
            self.tables.push(cell);
        }
        is_other
    }

    /// Returns which row of an indicator that stands twice counts; nothing when the months do not tell.
    pub(super) fn repeated(&mut self, code: &str, header: &ValueHeader) -> Option<Repeated> {
        let first_is_other = self.taken.contains(code);
        if first_is_other == header.other_month {
            return None;
        }
        self.left_out = true;
        self.taken.remove(code);
        Some(if first_is_other { Repeated::Second } else { Repeated::First })
    }
}

/// Returns the one month that the title of a table names without its year.
pub(super) fn short_month(words: &str) -> Option<MonthHead> {
    let mut named = MonthHead::all_in(words);
    let only = named.next().filter(|_| named.next().is_none())?;
    let is_title = is_title(words) || words.starts_with("tháng");
    (is_title && !words.contains("ngày")).then_some(only)
}

/// Says which tables of another month stand in a sheet, and whether their figures count: not where the
/// sheet has the same rows for its own month.
pub(super) fn note(grid: &Grid, found: &mut SheetReading) {
    let months = std::mem::take(&mut found.months);
    let count = !months.taken.is_empty() && !months.left_out;
    if !count && !months.left_out {
        return;
    }
    for code in months.taken.iter().filter(|_| !count) {
        found.forget(code);
    }
    for cell in months.tables {
        let title = match grid.at(cell.row, cell.column) {
            CellContent::Text(words) => words.clone(),
            _ => String::new(),
        };
        found.notice(cell, NoticeKind::TableOfOtherMonth { title, counts: count });
    }
}

#[cfg(test)]
mod tests {
    use super::super::{
        NoticeKind,
        samples::{MAIN, notices, only, put, read_xlsx, workbook},
    };
    use crate::template::Measure;

    const FEBRUARY: &str = "Số liệu tháng 2 năm 2024\nSTT|Mã|Chỉ tiêu|ĐVT|Trong kỳ\n\
                            1|A01|Số văn bản chỉ đạo|văn bản|77\n\n";

    fn value_of(lines: &str) -> (Option<f64>, Vec<NoticeKind>) {
        let reading = read_xlsx(&workbook(&[("Biểu 01", &|sheet| put(sheet, (0, 0), lines))]));
        let values = only(&reading).values.iter();
        let mut values = values.filter(|one| one.code == "A01" && one.measure == Measure::Value);
        let number = match values.next().map(|one| &one.content) {
            Some(super::CellContent::Number(number)) => Some(*number),
            _ => None,
        };
        assert!(values.next().is_none());
        (number, notices(&reading))
    }

    #[test]
    fn a_table_of_another_month_gives_way_and_is_said() {
        let title = || "Số liệu tháng 2 năm 2024".to_owned();
        let said = |counts| vec![NoticeKind::TableOfOtherMonth { title: title(), counts }];
        let (head, tables) = MAIN.split_once("Phần 1").unwrap();
        let (usual, _) = value_of(MAIN);
        for lines in
            [format!("{head}{FEBRUARY}Phần 1{tables}"), format!("{head}Phần 1{tables}\n{FEBRUARY}")]
        {
            assert_eq!(value_of(&lines), (usual, said(false)), "{lines}");
        }
        assert_eq!(value_of(&format!("{head}{FEBRUARY}")), (Some(77.0), said(true)));
    }
}

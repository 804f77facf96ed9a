//! Notes below the tables of a sheet that speak against all their numbers: "(*) Số liệu ước thực hiện".

use super::Scan;
use crate::{
    ingest::{CellContent, RawValue, withdrawn::note_against, word_row::WordRow},
    template::Measure,
};

/// Most rows between the title of a table and its head.
const MAX_DISTANCE: u32 = 3;

impl Scan<'_> {
    /// Takes a row of words alone below a table.
    pub(super) fn take_note(&mut self, words: &WordRow) {
        let [(cell, _)] = &**words else { return };
        if self.found.tables > 0 && self.grid.row(cell.row).len() == 1 {
            let said = note_against(self.grid, words, self.found.month());
            self.note = said.map(|said| (*cell, said)).or(self.note.take());
        }
    }

    /// Drops a note that was the title of the table whose head begins in a row.
    pub(super) fn drop_title(&mut self, row: u32) {
        self.note.take_if(|(cell, _)| row.saturating_sub(cell.row) <= MAX_DISTANCE);
    }

    /// Keeps all figures apart when a note speaks against them.
    pub(super) fn withdraw_noted(&mut self) {
        let Some((_, said)) = self.note.take() else { return };
        let values = figures_of(&mut self.found.values);
        self.found.codes.clear();
        self.found.withdraw(&said, values.into_iter());
        for unit in 0..self.found.units.len() {
            let values = figures_of(&mut self.found.units[unit].values);
            for value in values {
                self.found.withdraw_of_unit(unit, &said, value);
            }
        }
    }
}

/// Takes the figures of the period out of values.
fn figures_of(values: &mut Vec<RawValue>) -> Vec<RawValue> {
    let is_figure = |value: &mut RawValue| {
        value.measure == Measure::Value && value.content != CellContent::Empty
    };
    values.extract_if(.., is_figure).collect()
}

#[cfg(test)]
mod tests {
    use crate::ingest::{
        Withdrawal,
        samples::{MAIN, only, put, read_xlsx, workbook},
    };

    /// Returns why numbers were kept apart, and how many were, with these lines below the tables.
    fn read(below: &str) -> (Vec<Withdrawal>, usize) {
        let lines = format!("{MAIN}\n{below}");
        let reading = read_xlsx(&workbook(&[("Biểu 01", &|page| put(page, (0, 0), &lines))]));
        let found = only(&reading);
        let kept = found.withdrawn.iter().map(|one| one.values.len()).sum();
        (found.withdrawn.iter().map(|one| one.why).collect(), kept)
    }

    #[test]
    fn a_note_below_the_tables_speaks_against_their_numbers() {
        let all = 6;
        for (below, expected) in [
            ("Ghi chú: số liệu ước thực hiện", Some(Withdrawal::Plan)),
            ("(*) Số liệu tạm tính", Some(Withdrawal::Plan)),
            ("(Số liệu tháng 2)", Some(Withdrawal::Span)),
            ("Số liệu tháng 3", None),
            ("Ghi chú: số liệu lấy từ hệ thống", None),
            ("Dự kiến tháng 4 tổ chức 02 hội nghị", None),
            (
                "Số liệu ước thực hiện tháng 4\nSTT|Mã|Chỉ tiêu|Trong kỳ\n1|A01|Số văn bản chỉ đạo|9",
                None,
            ),
        ] {
            let (why, kept) = read(below);
            let of_note = why.contains(&Withdrawal::Plan) && kept < all;
            match expected {
                Some(expected) => assert_eq!((why, kept), (vec![expected], all), "{below}"),
                None => assert!(why.is_empty() || of_note, "{below}: {why:?}"),
            }
        }
    }
}

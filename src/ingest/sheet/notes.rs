//! Notes below the tables of a sheet that speak against all their numbers: "(*) Số liệu ước thực hiện".

use super::Scan;
use crate::{
    ingest::{CellContent, NoticeKind, RawValue, withdrawn::note_against, word_row::WordRow},
    template::Measure,
};

/// Most rows between the title of a table and its head.
pub(super) const MAX_DISTANCE: u32 = 3;

impl Scan<'_> {
    /// Takes a row of words alone below a table.
    pub(super) fn take_note(&mut self, words: &WordRow) {
        let [(cell, word)] = &**words else { return };
        if self.found.tables > 0 && self.grid.row(cell.row).len() == 1 {
            self.notes.extend(note_against(self.grid, words, self.found.month()));
            // What follows a title in brackets is no title.
            if !word.starts_with('(') {
                self.last_alone = cell.row;
            }
        }
    }

    /// Drops what was the title of the table whose head begins in a row: the last words alone above it, but
    /// for a note.
    pub(super) fn drop_title(&mut self, row: u32) {
        let last = self.last_alone;
        // Words above some of the columns are read with their heads.
        let is_of_columns = |above: u32| {
            let first = |row: u32| self.grid.row(row).first().map(|(cell, _)| cell.column);
            first(above) > first(row)
        };
        self.found.doubts.retain(|(cell, _)| cell.row + 1 != row || !is_of_columns(cell.row));
        self.notes.retain(|note| {
            let distance = row.saturating_sub(note.cell.row);
            note.is_of_above || note.cell.row < last || distance > MAX_DISTANCE
        });
    }

    /// Takes the value without a head that stands in a row; returns whether there is one.
    pub(super) fn take_headless(&mut self, row: u32) -> bool {
        let mut taken = false;
        while self.headless.front().is_some_and(|value| value.cell.row == row) {
            let Some(value) = self.headless.pop_front() else { break };
            if self.found.tables == 0 {
                self.found.tables += 1;
                self.found.notice(value.cell, NoticeKind::NoHeads);
            }
            let objections = self.found.objections((self.matcher, self.grid), row);
            self.last_value = Some(row);
            self.found.codes.insert(value.code.clone());
            match objections.to_value(&value) {
                Some(objection) => self.found.withdraw(objection, std::iter::once(value)),
                None => self.found.values.push(value),
            }
            taken = true;
        }
        taken
    }

    /// Keeps apart the figures above the notes that speak against them.
    pub(super) fn withdraw_noted(&mut self) {
        let mut above = 0;
        for note in std::mem::take(&mut self.notes) {
            let rows = above..note.cell.row;
            let is_meant = |value: &RawValue| {
                value.measure == Measure::Value
                    && value.content != CellContent::Empty
                    && rows.contains(&value.cell.row)
                    && !(note.of_flows && value.part_is_stock)
            };
            let values = self.found.take_values(is_meant);
            self.found.withdraw(&note.said, values.into_iter());
            for unit in 0..self.found.units.len() {
                let values = &mut self.found.units[unit].values;
                let values: Vec<RawValue> =
                    values.extract_if(.., |value| is_meant(value)).collect();
                for value in values {
                    self.found.withdraw_of_unit(unit, &note.said, value);
                }
            }
            above = note.cell.row;
        }
    }
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
    fn a_title_of_the_next_table_is_no_note_below_the_one_before() {
        let table = "Mã|Chỉ tiêu|Đến hết 14/3\nB08|Tài khoản đã kích hoạt|5";
        let title = "SỐ LIỆU LŨY KẾ ĐẾN HẾT NGÀY 14/3/2024";
        let annex = "(Kèm theo Công văn số 25/UBND ngày 15/3/2024)";
        let below = |lines: &str| read_flows(&format!("{lines}\n\n{table}"));
        assert_eq!(below(&format!("PHỤ LỤC 2\n{title}\n{annex}")), 3);
        assert_eq!(below(&format!("PHỤ LỤC 2\n{title}")), 3);
        assert_eq!(below("Số liệu trên là ước thực hiện\nPHỤ LỤC 2"), 1, "the empty one");
    }

    /// Returns how many flows count with these lines below their table.
    fn read_flows(below: &str) -> usize {
        let (flows, _) = MAIN.split_once("Phần 2").unwrap();
        let lines = format!("{flows}\n{below}");
        let reading = read_xlsx(&workbook(&[("Biểu 01", &|page| put(page, (0, 0), &lines))]));
        let found = only(&reading);
        found
            .values
            .iter()
            .filter(|one| {
                one.measure == crate::template::Measure::Value && one.code.starts_with('A')
            })
            .count()
    }

    #[test]
    fn a_note_below_the_tables_speaks_against_their_numbers() {
        let all = 6;
        for (below, expected) in [
            ("Ghi chú: số liệu ước thực hiện", Some(Withdrawal::Plan)),
            ("(*) Số liệu tạm tính", Some(Withdrawal::Plan)),
            ("(Số liệu tháng 2)", Some(Withdrawal::Span)),
            ("Ghi chú: số liệu trên tính theo nghìn", Some(Withdrawal::UnitOfCount)),
            ("Số liệu năm 2023", Some(Withdrawal::Span)),
            ("(*) Ghi chú: số liệu tạm tính\nPhần 4. Bảng khác", Some(Withdrawal::Plan)),
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

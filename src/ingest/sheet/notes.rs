//! Notes below the tables of a sheet that speak against all their numbers: "(*) Số liệu ước thực hiện".

use std::collections::BTreeSet;

use super::{Open, Scan};
use crate::{
    ingest::{
        CellContent, NAME_OF_SHEET, NoticeKind, RawValue,
        header::Words,
        month::{MonthHead, is_date_line},
        repeated::is_of_row,
        withdrawn::{
            is_doubtful, is_doubtful_group, is_doubtful_note, is_name_of_draft, is_title,
            note_against,
        },
        word_row::{Question, WordRow},
    },
    place::CellRef,
    template::Measure,
    text::fold,
};

/// Most rows between the title of a table and its head.
const MAX_DISTANCE: u32 = 3;

impl Scan<'_> {
    /// Takes words above, within or right below a table that put its figures in doubt.
    pub(super) fn take_doubts(&mut self, row: u32, words: &WordRow) {
        let is_near = match (&self.open, self.last_value) {
            (Open::Values(_), _) => true,
            (_, None) => self.found.tables == 0,
            (_, Some(last)) => row - last <= MAX_DISTANCE,
        };
        let is_in_table = matches!(self.open, Open::Values(_)) && self.grid.row(row).len() == 1;
        let may_be = |word: &str| {
            is_doubtful(word)
                || is_doubtful_note(word) && !is_date_line(word)
                || is_doubtful_group(word)
                || self.matcher.is_unit(word)
        };
        let may_say = |words: &Words| words.iter().any(|(_, word)| may_be(word));
        if !is_near || !words.ask(Question::Doubt, may_say) {
            return;
        }
        let month = self.found.month();
        let is_of_month = |word: &str| {
            let named = MonthHead::within(word);
            named.is_some_and(|named| month.is_none_or(|month| named.fits(month)))
        };
        // Beside a title, in the middle of a table: the same words above a table are read as its title.
        let is_beside = |place: usize, word: &str| {
            place > 0 && is_doubtful_note(word) && !is_date_line(word) && !is_of_month(word)
        };
        let is_group =
            |word: &str| is_in_table && (is_doubtful_group(word) || self.matcher.is_unit(word));
        let is_said = |(place, (_, word)): &(usize, &(CellRef, String))| {
            is_doubtful(word) || is_beside(*place, word) || is_group(word)
        };
        let cells = words.iter().enumerate().filter(is_said).map(|(_, (cell, _))| *cell);
        let doubts: Vec<_> = cells.map(|cell| (cell, self.words_at(cell))).collect();
        self.found.doubts.extend(doubts);
    }

    /// Notes the words that put figures in doubt, but for those for which figures do not count.
    pub(super) fn note_doubts(&mut self) {
        let name = fold(&self.found.name);
        let month = self.found.month();
        let is_other_month =
            MonthHead::of(&name).is_some_and(|named| month.is_some_and(|month| !named.fits(month)));
        if (is_other_month || is_name_of_draft(&name))
            && let Some(head) = self.found.values.first().map(|value| value.cell)
        {
            let name = format!("{NAME_OF_SHEET}{}", self.found.name.trim());
            self.found.doubts.push((head, name));
        }
        self.doubt_title();
        let doubts = std::mem::take(&mut self.found.doubts);
        let units = self.found.units.iter().flat_map(|unit| &unit.withdrawn);
        let said: BTreeSet<CellRef> =
            self.found.withdrawn.iter().chain(units).filter_map(|one| one.cell).collect();
        let counts = !self.found.values.is_empty() || !self.found.units.is_empty();
        for (cell, words) in doubts.into_iter().filter(|(cell, _)| counts && !said.contains(cell)) {
            self.found.notice(cell, NoticeKind::DoubtfulWords(words));
        }
    }

    /// Notes a title above the tables that names another month than the label of the period.
    fn doubt_title(&mut self) {
        let first = self.found.values.iter().map(|value| value.cell.row).min();
        let Some((month, title)) = &self.found.title else { return };
        let is_above = first.is_some_and(|first| title.cell.row < first)
            && is_title(&fold(&self.words_at(title.cell)));
        if is_above
            && self.found.stated.is_some_and(|stated| stated != *month)
            && self.found.notices.iter().all(|notice| notice.cell != Some(title.cell))
        {
            let cell = title.cell;
            self.found.doubts.push((cell, self.words_at(cell)));
        }
    }

    fn words_at(&self, cell: CellRef) -> String {
        match self.grid.at(cell.row, cell.column) {
            CellContent::Text(words) => words.clone(),
            _ => String::new(),
        }
    }

    /// Takes a row of words alone below a table.
    pub(super) fn take_note(&mut self, words: &WordRow) {
        let [(cell, _)] = &**words else { return };
        if self.found.tables > 0 && self.grid.row(cell.row).len() == 1 {
            self.notes.extend(note_against(self.grid, words, self.found.month()));
            self.last_alone = cell.row;
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

    /// Keeps apart the figures above the notes that speak against them.
    pub(super) fn withdraw_noted(&mut self) {
        let mut above = 0;
        for note in std::mem::take(&mut self.notes) {
            let rows = above..note.cell.row;
            let is_meant = |value: &RawValue| {
                rows.contains(&value.cell.row) && !(note.of_flows && value.part_is_stock)
            };
            let values = figures_of(&mut self.found.values, is_meant);
            let is_kept = |code: &String| !values.iter().any(|value| is_of_row(&value.code, code));
            self.found.codes.retain(is_kept);
            self.found.withdraw(&note.said, values.into_iter());
            for unit in 0..self.found.units.len() {
                let values = figures_of(&mut self.found.units[unit].values, is_meant);
                for value in values {
                    self.found.withdraw_of_unit(unit, &note.said, value);
                }
            }
            above = note.cell.row;
        }
    }
}

/// Takes the figures of the period that are meant out of values.
fn figures_of(values: &mut Vec<RawValue>, is_meant: impl Fn(&RawValue) -> bool) -> Vec<RawValue> {
    let is_figure = |value: &mut RawValue| {
        value.measure == Measure::Value && value.content != CellContent::Empty && is_meant(value)
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

//! What a sheet is of: the period of its label; where no label says it, the unit of its letterhead, the month of
//! its last day or of its name.

use super::Scan;
use crate::{
    ingest::{
        CellContent, Located, NoticeKind, cut_off,
        matcher::Field,
        month::{Month, MonthHead, short_month},
        withdrawn::names_month,
        word_row::{Question, WordRow},
    },
    place::CellRef,
    text::fold,
};

/// Rows below the first of a head in which it may name its month.
const MOST_HEAD_ROWS: u32 = 2;

impl Scan<'_> {
    /// Returns the cells of the period and of the number of the submission.
    pub(super) fn said_fields(&self) -> [Option<CellRef>; 2] {
        [Field::Period, Field::Submission]
            .map(|field| self.found.fields.get(&field).map(|located| located.cell))
    }

    /// Takes what the period and the number of the submission say, as far as they are not those known.
    pub(super) fn take_fields(&mut self, known: [Option<CellRef>; 2]) {
        let fields = &self.found.fields;
        let is_new = |located: &&Located<CellContent>| !known.contains(&Some(located.cell));
        if let Some(submission) = fields.get(&Field::Submission).filter(is_new)
            && let CellContent::Text(words) = &submission.value
            && words.contains(char::is_alphabetic)
        {
            self.found.strange.words.push(submission.cell);
        }
        if let Some(period) = fields.get(&Field::Period).filter(is_new) {
            let cell = period.cell;
            self.found.stated = Month::of_content(&period.value);
            self.found.remarks.take_period(self.grid, cell);
            self.doubt_days(cell);
            self.found.strange.words.push(cell);
        }
    }

    /// Remembers the month that a title names.
    pub(super) fn take_title(&mut self, words: &WordRow) {
        let names_month = words.ask(Question::Month, |words| {
            words.iter().any(|(_, word)| Month::of_title(word).is_some() || names_month(word))
        });
        let month_of = |(_, word): &(CellRef, String)| Month::of_title(word);
        let named: Vec<Option<Month>> =
            words.iter().filter(|_| names_month).map(month_of).collect();
        self.found.months.take_title(self.grid, words, named.first().copied().flatten());
        if self.found.title.is_some() || !names_month {
            return;
        }
        let located = |cell: CellRef| {
            let value = match self.grid.at(cell.row, cell.column) {
                // What stands in brackets alone is no remark.
                CellContent::Text(text) if text.trim_start().starts_with('(') => {
                    CellContent::Text(text.trim().trim_matches(['(', ')']).to_owned())
                }
                content => content.clone(),
            };
            Located { value, sheet: 0, cell }
        };
        let mut titles = words.iter().zip(named);
        self.found.title = titles.find_map(|((cell, _), month)| Some((month?, located(*cell))));
        if let ([(cell, word)], None, 0) = (&**words, &self.found.short_title, self.found.tables) {
            let month = short_month(word);
            self.found.short_title = month.map(|month| (month, located(*cell)));
        }
    }

    /// Takes the unit from the letterhead when no label says it and one name alone stands there.
    pub(super) fn name_unit(&mut self) {
        let named = [Field::Unit, Field::UnitCode].iter().any(|field| {
            let said = self.found.fields.get(field);
            said.is_some_and(|located| located.value != CellContent::Empty)
        });
        if let Some(unit) = self.letterhead.unit().filter(|_| !named) {
            self.found.fields.insert(Field::Unit, unit.clone());
            self.found.notice(unit.cell, NoticeKind::UnitOfLetterhead);
        }
        self.doubt_letterhead();
    }

    /// Takes the only month that the heads of a table name with its year, when nothing above them names one: "Số liệu kỳ
    /// báo cáo tháng 3/2024". Months side by side are several.
    pub(super) fn name_month_by_head(&mut self, row: u32) {
        let cells = (row..=row + MOST_HEAD_ROWS).flat_map(|row| self.grid.row(row));
        let named = cells.filter_map(|(cell, content)| match content {
            CellContent::Text(words) => Some((MonthHead::within(&fold(words))?.month()?, *cell)),
            _ => None,
        });
        let named: Vec<(Month, CellRef)> = named.collect();
        if let Some((month, cell)) = named.first().copied()
            && named.iter().all(|(other, _)| *other == month)
        {
            let value = self.grid.at(cell.row, cell.column).clone();
            self.found.title = Some((month, Located { value, sheet: 0, cell }));
        }
    }

    /// Takes the month from the last day of its period, or from the name of the sheet, when nothing in it
    /// names one. "T3" may be the third of anything.
    pub(super) fn name_month(&mut self) {
        let found = &mut self.found;
        let mut is_named = found.fields.contains_key(&Field::Period) || found.title.is_some();
        if let Some((cell, day)) = self.last_day.filter(|_| !is_named)
            && let Some(month) = cut_off::month_of(day, self.matcher.first_day)
        {
            let value = self.grid.at(cell.row, cell.column).clone();
            found.title = Some((month, Located { value, sheet: 0, cell }));
            is_named = true;
        }
        let name = fold(&found.name);
        let (is_of_figures, name) = without_kind(&name);
        let says_month =
            is_of_figures || ["tháng", "thang"].iter().any(|word| name.starts_with(word));
        let Some(head) = MonthHead::of(name).filter(|_| !is_named) else { return };
        let located = Located::name_of_sheet(&found.name);
        match head.month() {
            Some(month) => found.title = Some((month, located)),
            None if says_month && found.short_title.is_none() => {
                found.short_title = head.without_year().map(|month| (month, located));
            }
            None => {}
        }
    }
}

/// Returns whether the name of a sheet begins with what sheets of figures are called, and the rest of it: "BC
/// T3" is of March as "Báo cáo tháng 3" is.
fn without_kind(name: &str) -> (bool, &str) {
    const KINDS: [&str; 9] =
        ["báo cáo ", "bao cao ", "bc ", "số liệu ", "so lieu ", "sl ", "kết quả ", "kq ", "biểu "];
    let rest = KINDS.iter().find_map(|kind| name.strip_prefix(kind));
    (rest.is_some(), rest.unwrap_or(name))
}

#[cfg(test)]
mod tests {
    use crate::ingest::{
        CellContent, NAME_OF_SHEET,
        samples::{only, put, read_xlsx, workbook},
    };

    #[test]
    fn the_name_of_a_sheet_says_the_month_that_nothing_in_it_says() {
        let lines =
            "Đơn vị báo cáo:|UBND xã Tiên Minh\n\nMã|Chỉ tiêu|Trong kỳ\nA01|Số văn bản chỉ đạo|3";
        for (name, is_month) in [
            ("Tháng 3", true),
            ("BC T3", true),
            ("Số liệu T3.2024", true),
            ("T3", false),
            ("Biểu 3", false),
        ] {
            let reading = read_xlsx(&workbook(&[(name, &|page| put(page, (0, 0), lines))]));
            let period = only(&reading).period.as_ref().map(|located| located.value.clone());
            let expected = is_month.then(|| CellContent::Text(format!("{NAME_OF_SHEET}{name}")));
            assert_eq!(period, expected, "{name}");
        }
    }
}

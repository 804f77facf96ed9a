//! Words of a sheet that put its figures in doubt, near the tables and in the head: the figures count, and a
//! person is told where the words stand.

use std::collections::BTreeSet;

use super::{Open, Scan, notes::MAX_DISTANCE};
use crate::{
    ingest::{
        CellContent, NAME_OF_SHEET, NoticeKind, StatedKind,
        dates::Span,
        familiar::speaks_of_figures,
        header::Words,
        matcher::Field,
        month::{MonthHead, is_date_line},
        sheet_owner::PeriodWords,
        withdrawn::{
            is_doubtful, is_doubtful_group, is_doubtful_note, is_name_of_draft, is_title,
            says_stocks, year_in,
        },
        word_row::{Question, WordRow},
    },
    place::CellRef,
    text::{fold, strip_marks},
};

/// Returns whether a word is a unit of time, which only beside a figure may be its unit of count.
fn is_time_unit(word: &str) -> bool {
    matches!(word, "phút" | "giờ" | "ngày")
}

/// Fewest words before the last of a sentence on the sheet of a form; its titles are shorter, or name no figures.
const FEWEST_WORDS: usize = 11;
/// Most lines of a letter that are looked at.
const MOST_LINES: usize = 80;
/// Most columns below a title of one of the tables that stand side by side.
const WIDEST: u32 = 8;

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
                || is_doubtful_note(word) && !is_date_line(word) && !is_time_unit(word)
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
            let is_of_year =
                year_in(word).is_some_and(|year| month.is_none_or(|month| month.is_of(year)));
            named.map_or(is_of_year, |named| month.is_none_or(|month| named.fits(month)))
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
        // Flows in such a sheet count only where their title says that they are of the period.
        let is_of_stocks = || says_stocks(&name) && !name.contains("năm");
        if (is_other_month || is_name_of_draft(&name) && !is_of_stocks())
            && let Some(head) = self.found.values.first().map(|value| value.cell)
        {
            let name = format!("{NAME_OF_SHEET}{}", self.found.name.trim());
            self.found.doubts.push((head, name));
        }
        self.doubt_title();
        let counts = !self.found.values.is_empty() || !self.found.units.is_empty();
        if !counts {
            // A letter may say it of the figures of another sheet.
            if !self.found.is_of_a_form() {
                self.found.said_times = self.said_times();
                // Of a list each row says something of its own.
                let is_list = |cell: &CellRef| self.grid.row(cell.row).len() > 2;
                self.found.doubts.retain(|(cell, _)| !is_list(cell));
                self.found.lines = self.lines_with_numbers();
            }
            return;
        }
        self.found.lines = self.sentences_around();
        let mut doubts = std::mem::take(&mut self.found.doubts);
        doubts.retain(|(cell, words)| !self.is_settled(*cell, words));
        let units = self.found.units.iter().flat_map(|unit| &unit.withdrawn);
        let said: BTreeSet<CellRef> =
            self.found.withdrawn.iter().chain(units).filter_map(|one| one.cell).collect();
        for (cell, words) in doubts.into_iter().filter(|(cell, _)| !said.contains(cell)) {
            self.found.notice(cell, NoticeKind::DoubtfulWords(words));
        }
    }

    /// Returns whether something else says what words are: rows of totals and shares and their headings are held against
    /// the figures, and a title of stocks above nothing but stocks is right.
    fn is_settled(&self, cell: CellRef, words: &str) -> bool {
        let is_held = |row: u32| {
            self.found.stated_rows.iter().any(|stated| {
                matches!(stated.kind, StatedKind::Total | StatedKind::Share | StatedKind::Part)
                    && stated.values.iter().any(|(cell, _)| cell.row == row)
            })
        };
        let mut below = self.found.values.iter().filter(|value| {
            value.cell.row > cell.row
                && (cell.column..cell.column + WIDEST).contains(&value.cell.column)
        });
        let folded = fold(words);
        is_held(cell.row)
            || folded.starts_with("tỷ lệ") && is_held(cell.row + 1)
            || says_stocks(&folded)
                && !folded.contains("năm")
                && below.clone().next().is_some()
                && below.all(|value| value.part_is_stock)
    }

    /// Returns the sentences with a number above the first figure and below the last: a letter on the sheet of the form.
    fn sentences_around(&self) -> Vec<(CellRef, String)> {
        const TELLING: [&str; 4] = ["kính gửi", " đã ", "xin báo cáo", "như sau"];
        let rows = || self.found.values.iter().map(|value| value.cell.row);
        let figures = rows().min().unwrap_or(0)..=rows().max().unwrap_or(0);
        let tells = |words: &str| {
            let is_long = words.split_whitespace().nth(FEWEST_WORDS).is_some();
            let has_number = || words.contains(|one: char| one.is_ascii_digit());
            if !(is_long && has_number()) {
                return false;
            }
            let folded = fold(words);
            TELLING.iter().any(|word| folded.contains(word))
        };
        let others = self.grid.row_numbers().filter(|row| !figures.contains(row));
        let alone = others.filter_map(|row| match self.grid.row(row) {
            [(cell, CellContent::Text(words))] if tells(words) => Some((*cell, words.clone())),
            _ => None,
        });
        alone.collect()
    }

    /// Returns the lines of a letter in which a number stands, with the cell of the first.
    fn lines_with_numbers(&self) -> Vec<(CellRef, String)> {
        let has_digit = |text: &str| text.contains(|one: char| one.is_ascii_digit());
        let rows = self.grid.row_numbers().take(MOST_LINES).map(|row| self.grid.row(row));
        let lines = rows.filter_map(|cells| {
            let said = |content: &CellContent| match content {
                CellContent::Text(words) => Some(words.clone()),
                CellContent::Number(number) => Some(number.to_string()),
                _ => None,
            };
            let words: Vec<(CellRef, String)> =
                cells.iter().filter_map(|(cell, content)| Some((*cell, said(content)?))).collect();
            let (cell, _) = words.iter().find(|(_, words)| has_digit(words))?;
            let line: Vec<&str> = words.iter().map(|(_, words)| words.as_str()).collect();
            let line = line.join(" ");
            line.contains(char::is_alphabetic).then_some((*cell, line))
        });
        lines.collect()
    }

    /// Returns the months that lines of a letter name as those of figures: by the days between which they are counted, or
    /// where they speak of figures.
    fn said_times(&self) -> Vec<(CellRef, String, PeriodWords)> {
        let lines = self.grid.texts().take(MOST_LINES);
        let said = lines.filter_map(|(cell, text)| {
            let words = fold(text);
            let of_days = || Span::of(&words).and_then(Span::month).map(PeriodWords::Month);
            let of_figures = || {
                let named = MonthHead::within(&words)?;
                let speaks = speaks_of_figures(&words) || words.contains("số tháng");
                let short = || named.without_year().map(PeriodWords::Short);
                named.month().map(PeriodWords::Month).or_else(short).filter(|_| speaks)
            };
            Some((cell, text.to_owned(), of_days().or_else(of_figures)?))
        });
        said.collect()
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

    /// Notes days behind the month of a label that are not those of the month.
    pub(super) fn doubt_days(&mut self, cell: CellRef) {
        let CellContent::Text(words) = self.grid.at(cell.row, cell.column) else { return };
        let first_day = self.matcher.first_day.max(1);
        let is_other = |span: Span| {
            self.found.stated.is_some_and(|month| !span.fits(month)) || !span.begins_on(first_day)
        };
        let folded = fold(words);
        let is_sum = folded.contains("lũy kế") && !folded.contains("và lũy kế");
        let is_new = self.found.doubts.iter().all(|(known, _)| *known != cell);
        if is_new && (is_sum || Span::of(&folded).is_some_and(is_other)) {
            self.found.doubts.push((cell, words.clone()));
        }
    }

    /// Notes a letterhead that names another unit than the label.
    pub(super) fn doubt_letterhead(&mut self) {
        let Some(CellContent::Text(own)) =
            self.found.fields.get(&Field::Unit).map(|said| &said.value)
        else {
            return;
        };
        let own = strip_marks(own);
        if let Some(other) = self.letterhead.other_than(&own).filter(|_| self.matcher.is_unit(&own))
            && let CellContent::Text(name) = &other.value
        {
            self.found.doubts.push((other.cell, name.clone()));
        }
    }

    /// Notes rows that have a code and a name in other words.
    pub(super) fn note_other_names(&mut self) {
        let names = std::mem::take(&mut self.found.other_names);
        if let Some((_, first)) = names.first().cloned() {
            let codes = names.into_iter().map(|(code, _)| code).collect();
            self.found.notice(first, NoticeKind::OtherNames(codes));
        }
    }
}

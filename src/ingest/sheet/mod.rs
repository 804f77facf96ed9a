//! One sheet from top to bottom: the tables in it, the fields of its head and its boxes, wherever
//! they stand. It does not know to which return the sheet belongs.

mod doubts;
mod groups;
mod naming;
mod notes;
mod reading;
mod strange;

use std::{collections::VecDeque, sync::Arc};

pub(super) use self::reading::SheetReading;
use super::{
    NoticeKind, RawValue,
    across::{self, AcrossTable, Taken},
    cut_off, dated_columns,
    details::{self, DetailTable},
    familiar::says_more,
    fields,
    grid::Grid,
    header::{self, ValueHeader, Words},
    headless, hidden,
    letterhead::Letterhead,
    matcher::Matcher,
    month::is_date_line,
    month_tables, relations, shifted, spoken_columns, stated_rows,
    table::{self, RowKind},
    telling_formulas,
    withdrawn::Note,
    word_row::{Question, WordRow},
};
use crate::place::CellRef;

/// The table in which the scan stands.
enum Open {
    Nothing,
    /// A table whose head is not understood: nothing in it counts, and its words put nothing in doubt.
    Unread,
    /// Tables of values side by side, mostly one.
    Values(Vec<ValueHeader>),
    Detail(DetailTable),
    Across(AcrossTable),
}

/// Returns what a sheet holds.
pub(super) fn read(matcher: &Matcher, name: &str, grid: &Grid) -> SheetReading {
    let mut found = scan(matcher, name, grid, Vec::new());
    if !found.is_of_a_form()
        && found.units.is_empty()
        && let Some(values) = headless::find(matcher, grid)
    {
        found.headless = Some(Box::new(scan(matcher, name, grid, values)));
    }
    found
}

/// Reads a sheet from top to bottom; `headless` are values that stand in it without a head, in the order of their rows.
fn scan(matcher: &Matcher, name: &str, grid: &Grid, headless: Vec<RawValue>) -> SheetReading {
    let mut scan = Scan {
        matcher,
        grid,
        open: Open::Nothing,
        letterhead: Letterhead::default(),
        cut_off: None,
        last_day: None,
        notes: Vec::new(),
        last_alone: 0,
        last_value: None,
        headless: headless.into(),
        found: SheetReading { name: name.to_owned(), ..SheetReading::default() },
    };
    let mut skip_until = 0;
    for row in grid.row_numbers() {
        if row >= skip_until {
            skip_until = scan.take(row) + 1;
        }
    }
    scan.close(u32::MAX);
    scan.withdraw_noted();
    scan.name_unit();
    scan.name_month();
    if let Some(cell) = grid.stray {
        scan.found.notice(cell, NoticeKind::StrayCell);
    }
    telling_formulas::note(grid, &mut scan.found);
    scan.note_other_names();
    scan.note_doubts();
    scan.note_strange();
    hidden::note(grid, &mut scan.found);
    month_tables::note(grid, &mut scan.found);
    scan.found
}

struct Scan<'a> {
    matcher: &'a Matcher,
    grid: &'a Grid,
    open: Open,
    /// Names of units above the first table.
    letterhead: Letterhead,
    /// A title above the first table that names the day up to which figures are counted.
    cut_off: Option<(CellRef, cut_off::Day)>,
    /// The first such title.
    last_day: Option<(CellRef, cut_off::Day)>,
    /// Notes below tables that speak against the numbers above them.
    notes: Vec<Note>,
    /// The last row below a table in which words stood alone.
    last_alone: u32,
    /// The last row of a table of values, as long as no label follows it.
    last_value: Option<u32>,
    /// Values without a head that were not reached yet.
    headless: VecDeque<RawValue>,
    found: SheetReading,
}

impl Scan<'_> {
    /// Takes a row and returns the last row that was used up.
    fn take(&mut self, row: u32) -> u32 {
        if self.take_by_code(row) || self.take_headless(row) {
            return row;
        }
        let words = self.words(row);
        self.found.remarks.take(self.grid, &words);
        self.take_note(&words);
        let is_sample = |word: &str| self.matcher.is_sample_mark(word);
        self.found.sample |=
            words.ask(Question::Sample, |words| words.iter().any(|(_, word)| is_sample(word)));
        let has_cut_off = words.ask(Question::CutOff, |words| cut_off::of_title(words).is_some());
        let cut_off = if has_cut_off { cut_off::of_title(&words) } else { None };
        if self.found.tables == 0 && matches!(self.open, Open::Nothing | Open::Unread) {
            self.letterhead.take(self.matcher, self.grid, &words);
            self.found.remarks.take_document_title(self.grid, &words);
            self.last_day = self.last_day.or(cut_off);
        }
        self.cut_off = cut_off.or(self.cut_off);
        if let Some(last_row) = self.take_head(row, &words) {
            self.found.hidden_tables += usize::from(self.grid.hidden.rows.contains(&row));
            self.drop_title(row);
            return last_row;
        }
        if self.ends_tables(row, &words) {
            self.close(row);
            self.take_signers(&words);
            return row;
        }
        if let Open::Across(table) = &mut self.open {
            match table.take_row(self.grid, row, &words) {
                Taken::Values => {
                    self.last_value = Some(row);
                    return row;
                }
                Taken::Nothing => return row,
                Taken::End => self.close(row),
                Taken::Alone => {}
            }
        }
        if let Open::Detail(table) = &mut self.open {
            let first = words.first().map_or("", |(_, word)| word);
            table.take_row(self.matcher, self.grid, row, first);
            if table.is_closed() {
                self.close(row);
            }
            return row;
        }
        if !self.take_by_name(row) && !self.is_unread(row, &words) {
            self.take_title(&words);
            self.take_group(row, &words);
            self.take_lower_head(row, &words);
            self.take_doubts(row, &words);
            self.take_strange(row, &words);
            self.take_unknown_row(row, &words);
            self.take_signers(&words);
        }
        row
    }

    /// Takes the row of a table of values that has a code.
    fn take_by_code(&mut self, row: u32) -> bool {
        if matches!(&self.open, Open::Values(headers) if headers.len() > 1) {
            return self.take_side_by_side(row);
        }
        self.take_values(|matcher, grid, header| table::row_by_code(matcher, grid, header, row))
    }

    /// Takes the row of a table of values that has no code.
    fn take_by_name(&mut self, row: u32) -> bool {
        self.take_values(|matcher, grid, header| table::row_by_name(matcher, grid, header, row))
    }

    /// Takes what a row is in each of the tables that stand side by side; returns whether it is
    /// anything.
    fn take_values(&mut self, kind: impl Fn(&Matcher, &Grid, &ValueHeader) -> RowKind) -> bool {
        let Open::Values(headers) = &self.open else { return false };
        let mut taken = false;
        for header in headers {
            match kind(self.matcher, self.grid, header) {
                RowKind::Indicator(code, cell) => {
                    self.last_value = Some(cell.row);
                    let row = (&code, cell);
                    table::take_row(self.matcher, self.grid, header, row, &mut self.found);
                }
                RowKind::UnknownCode(code, cell) => {
                    self.found.notice(cell, NoticeKind::UnknownCode(code));
                }
                RowKind::Contradiction { code, named, cell } => {
                    let written = |code: &str| self.matcher.written_code(code);
                    let (code, named) = (written(&code), written(&named));
                    self.found.notice(cell, NoticeKind::NameOfOther { code, named });
                }
                RowKind::Other => continue,
            }
            taken = true;
        }
        taken
    }

    /// Opens the table whose head begins in a row and returns the last row of the head.
    fn take_head(&mut self, row: u32, words: &WordRow) -> Option<u32> {
        if words.len() < 2 {
            return None;
        }
        let place = (self.matcher, self.grid);
        let has_key = words.ask(Question::Head, |words| header::names_key(self.matcher, words));
        if has_key && self.found.month().is_none() {
            self.name_month_by_head(row);
        }
        let find = || header::find(place, row, words, || self.found.month());
        let mut headers = if has_key { find() } else { Vec::new() };
        if let Some(last_row) = headers.first().map(|header| header.last_row) {
            self.close(row);
            for lacking in headers.iter().filter_map(|header| header.lacking(self.matcher)) {
                let cell =
                    CellRef { row, column: words.first().map_or(0, |(cell, _)| cell.column) };
                self.found.notice(cell, lacking);
            }
            let month = self.found.month();
            let other_month = self.found.months.is_other(row, month);
            for header in &mut headers {
                header.other_month = other_month;
                self.found.object(place, row, header);
                cut_off::note(place, header, self.cut_off.take(), &mut self.found);
            }
            self.take_strange_heads(&headers);
            self.found.tables += headers.len();
            self.open = Open::Values(headers);
            return Some(last_row);
        }
        let is_list = matches!(self.open, Open::Detail(_) | Open::Across(_));
        if has_key && !is_list && header::has_key(self.matcher, words) {
            // Another table, whatever its columns are.
            self.close(row);
            self.open = Open::Unread;
        }
        let is_detail = |(_, word): &(CellRef, String)| self.matcher.is_detail_head(word);
        let details = words.ask(Question::Detail, |words| words.iter().any(is_detail));
        if let Some(table) = details.then(|| details::find(self.matcher, self.grid, row)).flatten()
        {
            self.close(row);
            let last_row = table.last_row_of_head();
            self.open = Open::Detail(table);
            return Some(last_row);
        }
        // Rows of lists are many, and no head of few words.
        if words.len() < across::LEAST_INDICATORS && matches!(self.open, Open::Detail(_)) {
            return None;
        }
        let names = |words: &Words| across::names_indicator(self.matcher, words);
        if !words.ask(Question::Indicator, names) {
            return None;
        }
        let mut table = across::find(self.matcher, self.grid, row, words)?;
        self.close(row);
        table.objections = self.found.objections(place, row);
        let last_row = table.last_row;
        self.found.tables += 1;
        self.open = Open::Across(table);
        Some(last_row)
    }

    /// Reads the fields of a row; returns whether tables end here: at a label or at the sign-off.
    fn ends_tables(&mut self, row: u32, words: &WordRow) -> bool {
        let is_label = |(_, word): &(CellRef, String)| self.matcher.label(word).is_some();
        let known = self.said_fields();
        let labelled = words.ask(Question::Label, |words| words.iter().any(is_label))
            && fields::take_row(self.matcher, self.grid, words, &mut self.found.fields);
        if labelled {
            self.take_fields(known);
        }
        let ends = labelled || self.is_sign_off(row, words);
        self.last_value.take_if(|_| ends);
        ends
    }

    /// Returns whether the sign-off block begins: its words in a row of words without any digit,
    /// or the line of place and date alone in its row.
    fn is_sign_off(&self, row: u32, words: &WordRow) -> bool {
        let digits = |word: &str| word.contains(|character: char| character.is_ascii_digit());
        let signs = |words: &Words| {
            let is_signed = |word: &str| self.matcher.is_sign_off(word) && !says_more(word);
            let mut signed = words.iter().filter(|(_, word)| is_signed(word));
            signed.next().is_some() && words.iter().all(|(_, word)| !digits(word))
                || matches!(words, [(_, word)] if is_date_line(word))
        };
        self.grid.row(row).len() == words.len() && words.ask(Question::SignOff, signs)
    }

    /// Returns the words of a row. The rows of a list do not come again.
    fn words(&self, row: u32) -> Arc<WordRow> {
        match self.open {
            Open::Detail(_) | Open::Across(_) => Arc::new(WordRow::of(self.grid, row)),
            Open::Nothing | Open::Unread | Open::Values(_) => self.matcher.rows.get(self.grid, row),
        }
    }

    /// Closes the open table, whose rows end before the given one.
    fn close(&mut self, end: u32) {
        match std::mem::replace(&mut self.open, Open::Nothing) {
            Open::Detail(table) => self.found.details.push(table.content),
            Open::Across(table) => {
                let month = self.found.month();
                table.finish((self.matcher, self.grid), month, &mut self.found);
            }
            Open::Values(headers) => {
                let place = (self.matcher, self.grid);
                for header in &headers {
                    relations::note(place, header, end, &mut self.found);
                    shifted::withdraw(self.grid, header, end, &mut self.found);
                    spoken_columns::take(place, header, end, &mut self.found);
                    stated_rows::take_shares(place, header, end, &mut self.found);
                    dated_columns::note(place, header, end, &mut self.found);
                }
            }
            Open::Nothing | Open::Unread => {}
        }
    }
}

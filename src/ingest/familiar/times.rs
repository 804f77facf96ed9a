//! Times among words that are those of a return: its month and year, the first and the last day of its period.

use super::tokens::{Token, tokens};
use crate::ingest::{
    dates::{Date, LAST_DAYS, dates_in, month_word},
    month::{Month, MonthHead, is_date_line},
};

/// What a line begins with that tells when a paper was written.
const DATED: [&str; 4] = ["ngày lập", "ngày gửi", "ngày ký", "ngày báo cáo"];
/// Most words before the date of a paper.
const LONGEST_PLACE: usize = 5;
/// Most days before the end of its period on which a paper is written.
const DAYS_AHEAD: u32 = 5;

/// The times that words may name.
#[derive(Clone, Copy, Debug)]
pub(super) struct TimeWords {
    /// The month of the return; nothing where it is not known, and then it may be any.
    pub(super) month: Option<Month>,
    /// Day of a month with which its period begins.
    pub(super) first_day: u32,
    /// Whether any day may be named, as that of a paper.
    pub(super) any_day: bool,
}

impl TimeWords {
    /// Adds the lengths of the times that tokens begin with; `words` are those the tokens are cut from.
    pub(super) fn lengths(&self, words: &str, tokens: &[Token<'_>], found: &mut Vec<usize>) {
        let Some(first) = tokens.first() else { return };
        found.extend(hour(tokens));
        let is_day = matches!(first.word, "ngày" | "ngay");
        if let Some(length) = self.day(tokens.get(usize::from(is_day)..).unwrap_or_default()) {
            found.push(usize::from(is_day) + length);
        }
        if let Some((month, at)) = month(words, tokens)
            && self.is_month(month)
        {
            found.push(at);
            found.extend(self.year(tokens.get(at..).unwrap_or_default()).map(|year| at + year));
        }
        if is_year(first) || first.gap.ends_with('(') {
            found.extend(self.year(tokens));
        }
    }

    /// Returns the length of a year that is that of the month, with the word for it or without.
    fn year(&self, tokens: &[Token<'_>]) -> Option<usize> {
        let is_named = is_year(tokens.first()?);
        let year = tokens.get(usize::from(is_named))?.number()?;
        let fits = self.month.is_none_or(|month| month.is_of(year));
        ((1_900..3_000).contains(&year) && fits).then_some(1 + usize::from(is_named))
    }

    fn is_month(&self, number: u32) -> bool {
        (1..=12).contains(&number) && self.month.is_none_or(|month| month.number() == number)
    }

    /// Returns the length of a day that is the first or the last of the period: "15/02", "14/3/2024", "14
    /// tháng 3 năm 2024".
    fn day(&self, tokens: &[Token<'_>]) -> Option<usize> {
        let [day, rest @ ..] = tokens else { return None };
        let day = day.number().filter(|day| (1..=31).contains(day))?;
        let second = rest.first()?;
        let (month, at) = match second.word {
            "tháng" | "thang" => (rest.get(1)?.number()?, 3),
            _ if second.is_joined() => (second.number()?, 2),
            _ => return None,
        };
        let next = tokens.get(at);
        let (year, length) = match next {
            Some(token) if token.is_joined() => (token.number(), at + 1),
            Some(token) if is_year(token) => (tokens.get(at + 1).and_then(Token::number), at + 2),
            _ => (None, at),
        };
        let year = year.filter(|year| (1_900..3_000).contains(year));
        let length = if year.is_some() { length } else { at };
        self.is_day(Date { day, month, year }).then_some(length)
    }

    fn is_day(&self, date: Date) -> bool {
        let Some(month) = self.month.filter(|_| !self.any_day) else { return true };
        let is_of = |month: Month| {
            date.month == month.number() && date.year.is_none_or(|year| month.is_of(year))
        };
        if self.first_day == 1 {
            return is_of(month) && (date.day == 1 || date.day >= LAST_DAYS);
        }
        is_of(month.previous()) && date.day == self.first_day
            || is_of(month) && date.day + 1 == self.first_day
    }
}

/// Returns the length of an hour: "17 giờ", "16 giờ 30".
fn hour(tokens: &[Token<'_>]) -> Option<usize> {
    let [hour, word, rest @ ..] = tokens else { return None };
    let is_hour =
        hour.number().is_some_and(|hour| hour <= 24) && matches!(word.word, "giờ" | "gio");
    let has_minutes = rest.first().and_then(Token::number).is_some_and(|minutes| minutes < 60)
        && !rest.get(1).is_some_and(Token::is_joined);
    is_hour.then_some(2 + usize::from(has_minutes))
}

/// Returns whether a token is the word for a year, with or without marks.
fn is_year(token: &Token<'_>) -> bool {
    matches!(token.word, "năm" | "nam")
}

/// Returns the month that tokens begin with, and how many they are: "tháng 3", "tháng ba năm", "t3", "03/2024".
fn month(words: &str, tokens: &[Token<'_>]) -> Option<(u32, usize)> {
    let [first, rest @ ..] = tokens else { return None };
    let second = rest.first();
    if matches!(first.word, "tháng" | "thang") {
        let second = second?;
        if let Some(number) = second.number() {
            return Some((number, 2));
        }
        let after = words.get(second.start..)?;
        let Some((number, rest)) = month_word(after) else {
            // "tháng Ba/2024"
            return month_word(&format!("{} ", second.word)).map(|(number, _)| (number, 2));
        };
        let end = words.len() - rest.len();
        return Some((number, tokens.iter().take_while(|token| token.start < end).count()));
    }
    if let Some(number) = first.short_month() {
        return Some((number, 1));
    }
    let year = second.filter(|second| second.is_joined()).and_then(Token::number)?;
    (1_900..3_000).contains(&year).then_some((first.number()?, 1))
}

/// Returns whether words name a day or a month.
pub(super) fn is_said_by(words: &str) -> bool {
    !dates_in(words).is_empty() || months_in(words) > 0 || MonthHead::within(words).is_some()
}

/// Returns what stands before the date of words that are a line of place and date of a paper.
pub(super) fn place_of_line(words: &str) -> Option<&str> {
    let is_line = is_date_line(words) || DATED.iter().any(|dated| words.starts_with(dated));
    let with_marks = words.split_once("ngày").filter(|_| is_line);
    let bare = || words.split_once("ngay ").filter(|(_, date)| is_bare_date(date));
    // "Tiên Minh, ngày 15/3/2024"
    let in_short = || {
        let (place, date) = words.split_once("ngày ")?;
        let ends_before = place.is_empty() || place.ends_with(", ");
        (ends_before && tokens(date).iter().all(|token| token.number().is_some()))
            .then_some((place, date))
    };
    let (place, _) = with_marks.or_else(bare).or_else(in_short)?;
    (tokens(place).len() <= LONGEST_PLACE).then_some(place)
}

/// Returns whether words are a date without marks: "15 thang 3 nam 2024".
fn is_bare_date(words: &str) -> bool {
    let words: Vec<&str> = tokens(words).iter().map(|token| token.word).collect();
    matches!(words.as_slice(), [_, "thang", _, "nam", _])
}

/// Returns whether the date of a line is that of a paper of this month, or of any where none is known: from the
/// end of the period up to that of the next one. The day, and the month too, are often left out until the paper
/// is signed.
pub(super) fn may_be_dated(words: &str, month: Option<Month>, first_day: u32) -> bool {
    let Some(month) = month else { return true };
    let marked = words.replace(" thang ", " tháng ").replace(" nam ", " năm ");
    let Some(date) = dates_in(&marked).into_iter().next() else {
        let named = MonthHead::within(words);
        return named.is_none_or(|named| named.fits(month) || named.fits(month.next()));
    };
    let Some(named) = date.year.and_then(|year| Month::new(year, date.month)) else { return false };
    if named == month {
        // A paper is written at the end of the period, or some days before.
        return date.day + DAYS_AHEAD >= first_day;
    }
    named == month.next() && (first_day == 1 || date.day < first_day)
}

/// Returns how many months without a year or a word words name in short: "t1", "t3".
pub(super) fn months_in(words: &str) -> usize {
    tokens(words).iter().filter_map(Token::short_month).count()
}

//! Times among words that are those of a return: its month and year, the first and the last day of its period.

use super::tokens::{Token, tokens};
use crate::ingest::{
    dates::{Date, LAST_DAYS, dates_in, month_word},
    month::{Month, is_date_line},
};

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
        let is_day = first.word == "ngày";
        if let Some(length) = self.day(tokens.get(usize::from(is_day)..).unwrap_or_default()) {
            found.push(usize::from(is_day) + length);
        }
        if let Some((month, at)) = month(words, tokens)
            && self.is_month(month)
        {
            found.push(at);
            found.extend(self.year(tokens.get(at..).unwrap_or_default()).map(|year| at + year));
        }
        if first.word == "năm" || first.gap.ends_with('(') {
            found.extend(self.year(tokens));
        }
    }

    /// Returns the length of a year that is that of the month, with the word for it or without.
    fn year(&self, tokens: &[Token<'_>]) -> Option<usize> {
        let is_named = tokens.first()?.word == "năm";
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
            "tháng" => (rest.get(1)?.number()?, 3),
            _ if second.is_joined() => (second.number()?, 2),
            _ => return None,
        };
        let next = tokens.get(at);
        let (year, length) = match next {
            Some(token) if token.is_joined() => (token.number(), at + 1),
            Some(token) if token.word == "năm" => {
                (tokens.get(at + 1).and_then(Token::number), at + 2)
            }
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

/// Returns the month that tokens begin with, and how many they are: "tháng 3", "tháng ba năm", "t3", "03/2024".
fn month(words: &str, tokens: &[Token<'_>]) -> Option<(u32, usize)> {
    let [first, rest @ ..] = tokens else { return None };
    let second = rest.first();
    if first.word == "tháng" {
        let second = second?;
        if let Some(number) = second.number() {
            return Some((number, 2));
        }
        let after = words.get(second.start..)?;
        let (number, rest) = month_word(after)?;
        let end = words.len() - rest.len();
        return Some((number, tokens.iter().take_while(|token| token.start < end).count()));
    }
    if let Some(number) = first.word.strip_prefix('t').and_then(|number| number.parse().ok()) {
        return Some((number, 1));
    }
    let year = second.filter(|second| second.is_joined()).and_then(Token::number)?;
    (1_900..3_000).contains(&year).then_some((first.number()?, 1))
}

/// Returns whether words name a day.
pub(super) fn names_day(words: &str) -> bool {
    !dates_in(words).is_empty()
}

/// Returns whether words are a line of place and date of a paper of this month or the next one, or of any where
/// none is known.
pub(super) fn is_line_of_place(words: &str, month: Option<Month>) -> bool {
    let is_near = |date: &Date| {
        let named = date.year.and_then(|year| Month::new(year, date.month));
        month.is_none_or(|month| {
            named.is_some_and(|named| named == month || named.previous() == month)
        })
    };
    let is_short = |place: &str| tokens(place).len() <= 5;
    is_date_line(words)
        && words.split_once("ngày").is_some_and(|(place, _)| is_short(place))
        // The day is often left out until the paper is signed.
        && dates_in(words).first().is_none_or(is_near)
}

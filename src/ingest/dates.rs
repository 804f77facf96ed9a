//! Dates among words, and the span between two of them: a month is also said by its first and last day.

use super::month::Month;

/// A day as words name it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Date {
    pub(super) day: u32,
    pub(super) month: u32,
    pub(super) year: Option<u32>,
}

/// Two days between which something came about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Span {
    from: Date,
    to: Date,
}

/// The first day of a month's last days, with one of which a period ends that is the month itself.
pub(super) const LAST_DAYS: u32 = 28;

impl Span {
    /// Returns the span that words name by exactly two dates: "từ ngày 15/02/2024 đến ngày 14/3/2024",
    /// "15/02 - 14/3/2024". A year that stands once is that of both.
    pub(super) fn of(words: &str) -> Option<Self> {
        let [mut from, to] = dates_in(words)[..] else { return None };
        if from.year.is_none() {
            from.year = to.year.map(|year| year - u32::from(from.month > to.month));
        }
        Some(Self { from, to })
    }

    /// Returns whether it can be a month.
    pub(super) fn fits(self, month: Month) -> bool {
        let is_of_year = self.to.year.is_none_or(|year| month.is_of(year));
        self.is_month() && self.to.month == month.number() && is_of_year
    }

    /// Returns whether its first day is that day of a month.
    pub(super) fn begins_on(self, day: u32) -> bool {
        self.from.day == day
    }

    /// Returns the month that it is, if it is one with a known year.
    pub(super) fn month(self) -> Option<Month> {
        let month = Month::new(self.to.year?, self.to.month)?;
        self.is_month().then_some(month)
    }

    /// Returns whether it is about a month: up to the day before that with which it begins.
    pub(super) fn is_month(self) -> bool {
        let Self { from, to } = self;
        let same_year = from.year == to.year;
        let is_next = match to.month {
            1 => from.month == 12 && from.year.map(|year| year + 1) == to.year,
            month => from.month + 1 == month && same_year,
        };
        let is_whole = from.day == 1 && to.day >= LAST_DAYS && from.month == to.month && same_year;
        (from.day == to.day + 1 && is_next) || is_whole
    }
}

/// Returns whether words say from which day to which figures are counted, and that is no month.
pub(super) fn is_other_span(words: &str) -> bool {
    words.contains("từ ")
        && words.contains("đến")
        && Span::of(words).is_some_and(|span| !span.is_month())
}

/// Returns the days that words name: "15/02/2024", "14 tháng 3 năm 2024", "14/3".
pub(super) fn dates_in(words: &str) -> Vec<Date> {
    const BETWEEN: [&str; 4] = ["/", "-", ".", "tháng"];
    let numbers = numbers_in(words);
    let mut dates = Vec::new();
    let mut at = 0;
    while let [(_, day), (between, month), rest @ ..] = numbers.get(at..).unwrap_or_default() {
        let is_date =
            BETWEEN.contains(between) && (1..=31).contains(day) && (1..=12).contains(month);
        if !is_date {
            at += 1;
            continue;
        }
        let year = rest.first().filter(|(between, year)| {
            (BETWEEN.contains(between) || *between == "năm") && (1_900..3_000).contains(year)
        });
        dates.push(Date { day: *day, month: *month, year: year.map(|(_, year)| *year) });
        at += 2 + usize::from(year.is_some());
    }
    dates
}

/// Returns the numbers in words.
pub(super) fn numbers(words: &str) -> impl DoubleEndedIterator<Item = u32> {
    words.split(|one: char| !one.is_ascii_digit()).filter_map(|digits| digits.parse().ok())
}

/// Returns the numbers in words, each with what stands before it.
fn numbers_in(words: &str) -> Vec<(&str, u32)> {
    let is_digit = |one: char| one.is_ascii_digit();
    let mut numbers = Vec::new();
    let mut rest = words;
    while let Some(at) = rest.find(is_digit) {
        let (before, from) = rest.split_at(at);
        let end = from.find(|one: char| !is_digit(one)).unwrap_or(from.len());
        let (number, after) = from.split_at(end);
        numbers.push((before.trim(), number.parse().unwrap_or(u32::MAX)));
        rest = after;
    }
    numbers
}

/// Returns the month that words begin with, "ba năm 2024", and what follows.
pub(super) fn month_word(words: &str) -> Option<(u32, &str)> {
    const NAMES: [(&str, u32); 12] = [
        ("mười hai ", 12),
        ("mười một ", 11),
        ("mười ", 10),
        ("một ", 1),
        ("hai ", 2),
        ("ba ", 3),
        ("tư ", 4),
        ("năm năm ", 5),
        ("sáu ", 6),
        ("bảy ", 7),
        ("tám ", 8),
        ("chín ", 9),
    ];
    NAMES.iter().find_map(|(name, month)| Some((*month, words.strip_prefix(name)?)))
}

/// Returns the number that words begin with.
pub(super) fn leading_number(words: &str) -> Option<u32> {
    let digits: String = words.chars().take_while(char::is_ascii_digit).collect();
    digits.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_stand_among_words() {
        let date = |day, month, year| Date { day, month, year };
        for (words, expected) in [
            (
                "từ ngày 15/02/2024 đến ngày 14/3/2024",
                &[date(15, 2, Some(2024)), date(14, 3, Some(2024))][..],
            ),
            ("15/02 - 14/3/2024", &[date(15, 2, None), date(14, 3, Some(2024))]),
            ("ngày 14 tháng 3 năm 2024", &[date(14, 3, Some(2024))]),
            ("số 45/bc-ubnd", &[]),
            ("tháng 3/2024", &[]),
            ("99999999999/3", &[]),
        ] {
            assert_eq!(dates_in(words), expected, "{words}");
        }
    }

    #[test]
    fn a_span_is_a_month_or_another_time() {
        let march = Month::new(2024, 3);
        for (words, month, is_other) in [
            ("từ ngày 15/02/2024 đến hết ngày 14/3/2024", march, false),
            ("15/02/2024 - 14/3/2024", march, false),
            ("từ 15/02 đến 14/3/2024", march, false),
            ("từ 15/12 đến 14/01/2024", Month::new(2024, 1), false),
            ("từ 01/3/2024 đến 31/3/2024", march, false),
            ("từ 15/02 đến 14/3", None, false),
            ("từ 01/3 đến 14/3", None, true),
            ("từ ngày 15/12/2023 đến ngày 14/3/2024", None, true),
            ("từ ngày 06/01/2022 đến ngày 14/3/2024", None, true),
            ("công văn ngày 10/01/2024 và ngày 05/3/2024", None, false),
            ("từ ngày 15/02/2024", None, false),
        ] {
            assert_eq!(Span::of(words).and_then(Span::month), month, "{words}");
            assert_eq!(is_other_span(words), is_other, "{words}");
        }
    }
}

//! The month that a period or a title names, only to tell sheets of different months apart; what a
//! return's period is, is decided later.

use super::{
    CellContent,
    dates::{Span, leading_number, month_word, numbers},
};
use crate::text::fold;

/// The word for a month.
const MONTH: &str = "tháng";

/// A year and a month as written; neither is checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Month {
    year: u32,
    month: u32,
}

impl Month {
    /// Returns the month that stands in a cell: `Tháng 3 năm 2024 (…)`, `T3/2024`, `03/2024`, or a
    /// date.
    pub(super) fn of_content(content: &CellContent) -> Option<Self> {
        match content {
            CellContent::Text(text) => {
                let words = fold(text);
                let is_span = words.starts_with("từ ");
                let span = || Span::of(&words).and_then(Span::month);
                Self::of_words(&words)
                    .filter(|_| !is_span)
                    .or_else(|| Self::of_bare(&words))
                    .or_else(span)
            }
            CellContent::Date(date) => {
                let mut numbers = date.split('-').filter_map(|number| number.parse().ok());
                Self::new(numbers.next()?, numbers.next()?)
            }
            _ => None,
        }
    }

    /// Returns the month that a title names in folded words, "tháng 3 năm 2024" or "t3/2024"; the date
    /// of a paper is none.
    pub(super) fn of_title(words: &str) -> Option<Self> {
        if !words.bytes().any(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let before = words.split(MONTH).next()?;
        if before.contains("ngày") {
            return Span::of(words).and_then(Span::month);
        }
        let short = |word: &str| {
            let word = word.trim_matches(['(', ')', ':', ',']);
            word.strip_prefix('t').and_then(Self::of_bare)
        };
        Self::of_words(words)
            .or_else(|| words.split(' ').find_map(short))
            .or_else(|| Self::of_short_word(words))
            .or_else(|| Span::of(words).and_then(Span::month))
            .or_else(|| MonthHead::of(words)?.month())
    }

    /// Reads "t2 năm 2024" among other words.
    fn of_short_word(words: &str) -> Option<Self> {
        let mut places = words.match_indices(" năm ");
        places.find_map(|(at, year)| {
            let (before, after) = words.split_at(at);
            let month = before.rsplit([' ', '(']).next()?.strip_prefix('t')?.parse().ok()?;
            Self::new(leading_number(after.strip_prefix(year)?)?, month)
        })
    }

    /// Returns whether it is the last of a quarter.
    pub(super) fn ends_quarter(self, quarter: u32) -> bool {
        self.month == 3 * quarter
    }

    /// Returns whether words up to which figures are counted name no other time: the last number is that of
    /// the month, years left aside; a year alone ends with its last month.
    pub(super) fn agrees_with(self, words: &str) -> bool {
        let (years, others): (Vec<u32>, Vec<u32>) =
            numbers(words).partition(|number| *number >= 1_900);
        let is_of_year = years.last().is_none_or(|year| *year == self.year);
        let is_of_month = match others.last() {
            Some(month) => *month == self.month,
            None => years.is_empty() || self.month == 12,
        };
        is_of_year && is_of_month
    }

    /// Returns the month before.
    pub(super) fn previous(self) -> Self {
        match self.month {
            1 => Self { year: self.year - 1, month: 12 },
            month => Self { month: month - 1, ..self },
        }
    }

    /// Returns the month after.
    pub(super) fn next(self) -> Self {
        match self.month {
            12 => Self { year: self.year + 1, month: 1 },
            month => Self { month: month + 1, ..self },
        }
    }

    /// Returns its number in the year.
    pub(super) fn number(self) -> u32 {
        self.month
    }

    /// Returns whether it is of a year.
    pub(super) fn is_of(self, year: u32) -> bool {
        self.year == year
    }

    pub(super) fn new(year: u32, month: u32) -> Option<Self> {
        ((1..=12).contains(&month) && (1900..=2999).contains(&year)).then_some(Self { year, month })
    }

    /// Reads the first month that is named, with its year: its own, or that of the month after it, as in
    /// "tháng 3, nhiệm vụ tháng 4 năm 2024".
    fn of_words(words: &str) -> Option<Self> {
        let mut named = MonthHead::all_in(words);
        let MonthHead { year, month } = named.next()?;
        let of_next = || {
            let before = named.next()?.month()?.previous();
            (before.month == month).then_some(before.year)
        };
        Self::new(year.or_else(of_next)?, month)
    }

    /// Reads `t3/2024`, `3-2024`, `03.2024`.
    fn of_bare(words: &str) -> Option<Self> {
        let words = words.strip_prefix('t').unwrap_or(words);
        let (month, year) = words.split_once(['/', '-', '.'])?;
        Self::new(year.trim().parse().ok()?, month.trim().parse().ok()?)
    }
}

/// A month as the head of a column or row names it, with or without its year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct MonthHead {
    year: Option<u32>,
    month: u32,
}

impl From<Month> for MonthHead {
    fn from(Month { year, month }: Month) -> Self {
        Self { year: Some(year), month }
    }
}

impl MonthHead {
    /// Returns the month that folded words name and nothing else: `tháng 3`, `tháng 03/2024`,
    /// `kỳ tháng 3 năm 2024`, `t3`, `03/2024`.
    pub(super) fn of(words: &str) -> Option<Self> {
        let words = words.trim_end_matches([':', '.', ' ']);
        let words = words.strip_prefix("kỳ ").unwrap_or(words);
        let named = ["tháng ", "thang ", "t"].into_iter().find_map(|word| words.strip_prefix(word));
        let is_digit = |character: char| character.is_ascii_digit();
        // Most words are no month.
        let rest = named.unwrap_or(words);
        if !rest.trim_start().starts_with(is_digit) || !words.ends_with(is_digit) {
            return None;
        }
        let mut numbers = rest
            .split(['/', '-', '.'])
            .flat_map(|part| part.split(" năm ").flat_map(|part| part.split(" nam ")));
        let number = |part: &str, digits| {
            let part = part.trim();
            let numeric = part.len() <= digits && part.bytes().all(|byte| byte.is_ascii_digit());
            numeric.then(|| part.parse().ok()).flatten()
        };
        let month = number(numbers.next()?, 2)?;
        let year = match numbers.next() {
            Some(part) => Some(number(part, 4)?),
            None => None,
        };
        let complete = words.chars().filter(char::is_ascii_digit).count()
            == rest.chars().filter(char::is_ascii_digit).count()
            && numbers.next().is_none();
        let dated = named.is_some() || year.is_some();
        let possible =
            (1..=12).contains(&month) && year.is_none_or(|year| (1_900..=2_999).contains(&year));
        (complete && dated && possible).then_some(Self { year, month })
    }

    /// Returns the last month that words name among others: "số liệu tháng 3/2024".
    pub(super) fn within(words: &str) -> Option<Self> {
        Self::of(words).or_else(|| Self::all_in(words).last())
    }

    /// Returns the months that words name, each with its year where it follows: "tháng 3", "tháng 3/2024",
    /// "tháng 3 năm 2024", "tháng 3, năm 2024".
    pub(super) fn all_in(words: &str) -> impl Iterator<Item = Self> {
        let searched = if words.contains(MONTH) { words } else { "" };
        let after = searched.match_indices(MONTH);
        let after = after.filter_map(|(at, _)| words.get(at + MONTH.len()..));
        after.filter_map(Self::leading)
    }

    fn leading(words: &str) -> Option<Self> {
        let is_digit = |one: char| one.is_ascii_digit();
        let words = words.trim_start_matches([' ', ':']);
        let year_in = |rest: &str| {
            let rest = rest.trim_start_matches([' ', '/', '-', '.', ',', '(']);
            let rest = rest.strip_prefix("năm").unwrap_or(rest).trim_start_matches([' ', ':']);
            leading_number(rest).filter(|year| (1_900..3_000).contains(year))
        };
        let Some(month) = leading_number(words) else {
            // A month in words is one where its year follows.
            let (month, rest) = month_word(words)?;
            return Some(Self { year: Some(year_in(rest)?), month });
        };
        let year = year_in(words.trim_start_matches(is_digit));
        (1..=12).contains(&month).then_some(Self { year, month })
    }

    /// Returns the month, if it is named with its year.
    pub(super) fn month(self) -> Option<Month> {
        Month::new(self.year?, self.month)
    }

    /// Returns the month, if it is named without a year.
    pub(super) fn without_year(self) -> Option<u32> {
        self.year.is_none().then_some(self.month)
    }

    /// Returns whether the last number of words is that of the month, years left aside: "số liệu chốt ngày
    /// 14/3"; words without any number say nothing else either.
    pub(super) fn ends(self, words: &str) -> bool {
        let last = numbers(words).rfind(|number| *number < 1_900);
        last.is_none_or(|number| number == self.month)
    }

    /// Returns whether it can be this month.
    pub(super) fn fits(self, month: Month) -> bool {
        self.month == month.month && self.year.is_none_or(|year| year == month.year)
    }
}

/// Returns the one month that a title names without a year; the date of a paper names a year.
pub(super) fn short_month(words: &str) -> Option<u32> {
    let has_other = ["ngày", "năm", "từ", "kế hoạch", "nhiệm vụ"];
    let mut named = MonthHead::all_in(words);
    let month = named.next().filter(|_| named.next().is_none())?.without_year()?;
    (!has_other.iter().any(|word| words.contains(word))).then_some(month)
}

/// Returns whether folded words are a line such as "Tiên Minh, ngày 15 tháng 3 năm 2024".
pub(super) fn is_date_line(words: &str) -> bool {
    const PIECES: [&str; 3] = ["ngày", "tháng", "năm"];
    let is_in_order = || {
        let mut pieces = PIECES.iter();
        pieces.try_fold(words, |rest, word| rest.split_once(word).map(|(_, rest)| rest)).is_some()
    };
    PIECES.iter().all(|piece| words.contains(piece)) && words.chars().count() <= 60 && is_in_order()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_usual_ways_to_write_a_month_are_one() {
        for text in [
            "Tháng 3 năm 2024 (từ ngày 15/02/2024)",
            "THÁNG 03/2024",
            "T3/2024",
            "03-2024",
            "từ ngày 15/02/2024 đến ngày 14/3/2024",
            "15/02/2024 - 14/3/2024",
            "Từ ngày 15 tháng 02 năm 2024 đến ngày 14 tháng 3 năm 2024",
        ] {
            let month = Month::of_content(&CellContent::Text(text.into()));
            assert_eq!(month, Some(Month { year: 2024, month: 3 }), "{text}");
        }
        let date = CellContent::Date("2024-03-01".into());
        assert_eq!(Month::of_content(&date), Some(Month { year: 2024, month: 3 }));
    }

    #[test]
    fn a_head_names_a_month_and_nothing_else() {
        let march = Month { year: 2024, month: 3 };
        for (words, expected) in [
            ("Tháng 3", true),
            ("THÁNG 03/2024", true),
            ("Kỳ tháng 3 năm 2024", true),
            ("T3", true),
            ("T3/2024:", true),
            ("03/2024", true),
            ("Thang 3", true),
            ("Tháng 3/2023", false),
            ("Tháng 2", false),
            ("3", false),
            ("Tháng 13", false),
            ("Đến hết tháng 3", false),
            ("Tháng 3 và tháng 2", false),
            ("Tháng 3 năm 2024 STT", false),
            ("14/3/2024", false),
            ("tổng", false),
        ] {
            let fits = MonthHead::of(&fold(words)).is_some_and(|head| head.fits(march));
            assert_eq!(fits, expected, "{words}");
        }
        assert_eq!(Month { year: 2024, month: 1 }.previous(), Month { year: 2023, month: 12 });
    }

    #[test]
    fn a_remark_that_ends_in_another_month_speaks_against_the_first() {
        let march = MonthHead { year: None, month: 3 };
        for (remark, expected) in [
            ("số liệu chốt ngày 14/3", true),
            ("từ 15/02/2024 đến 14/3/2024", true),
            ("số liệu", true),
            ("chốt ngày 14/02", false),
            ("theo mẫu 15", false),
        ] {
            assert_eq!(march.ends(remark), expected, "{remark}");
        }
    }

    #[test]
    fn months_among_other_words_have_the_year_that_follows() {
        let named = |words: &str| -> Vec<(u32, Option<u32>)> {
            MonthHead::all_in(words).map(|head| (head.month, head.year)).collect()
        };
        for (words, expected) in [
            ("kết quả tháng 03/2024", &[(3, Some(2024))][..]),
            ("tháng 3, năm 2023", &[(3, Some(2023))]),
            ("tháng 3 (2023)", &[(3, Some(2023))]),
            ("từ tháng 1 đến tháng 3", &[(1, None), (3, None)]),
            ("tháng 3, nhiệm vụ tháng 4 năm 2024", &[(3, None), (4, Some(2024))]),
            ("6 tháng đầu năm", &[]),
            ("tháng 13", &[]),
        ] {
            assert_eq!(named(words), expected, "{words}");
        }
    }

    #[test]
    fn a_title_names_its_month_in_many_ways() {
        for (title, month) in [
            ("kết quả tháng 3, nhiệm vụ tháng 4 năm 2024", 3),
            ("(từ 15/01/2024 đến 14/02/2024)", 2),
            ("thời gian: 15/01/2024 - 14/02/2024", 2),
            ("từ ngày 15 tháng 01 năm 2024 đến ngày 14 tháng 02 năm 2024", 2),
            ("tháng: 02/2024", 2),
            ("tháng: 02 năm: 2024", 2),
            ("báo cáo đề án 06 tháng 2 (năm 2024)", 2),
            ("báo cáo đề án 06 t2 năm 2024", 2),
            ("báo cáo đề án 06 tháng hai năm 2024", 2),
            ("báo cáo đề án 06 tháng năm năm 2024", 5),
            ("03/2024", 3),
        ] {
            assert_eq!(Month::of_title(title), Some(Month { year: 2024, month }), "{title}");
        }
        let last = Month { year: 2023, month: 12 };
        assert_eq!(Month::of_title("kết quả tháng 12, nhiệm vụ tháng 01 năm 2024"), Some(last));
        for title in [
            "kết quả tháng 3, nhiệm vụ tháng 6 năm 2024",
            "tháng năm 2024",
            "từ ngày 06/01/2022 đến ngày 14/3/2024",
            "kèm theo công văn số 3/2024",
        ] {
            assert_eq!(Month::of_title(title), None, "{title}");
        }
    }

    #[test]
    fn the_date_of_a_paper_is_no_title() {
        assert_eq!(Month::of_title("tiên minh, ngày 15 tháng 3 năm 2024"), None);
        for title in [
            "báo cáo kết quả thực hiện đề án 06 tháng 3 năm 2024",
            "số liệu đề án 06 t3.2024",
            "số liệu (t3/2024)",
        ] {
            assert_eq!(Month::of_title(title), Some(Month { year: 2024, month: 3 }), "{title}");
        }
        assert_eq!(Month::of_title("tốc độ 3.2024"), None);
        let span = "(từ ngày 15/02/2024 đến hết ngày 14/3/2024)";
        assert_eq!(Month::of_title(span), Some(Month { year: 2024, month: 3 }));
        assert_eq!(Month::of_title("(từ ngày 01/3/2024 đến ngày 07/3/2024)"), None);
    }
}

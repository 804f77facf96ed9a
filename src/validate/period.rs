//! For which month a return is: what its header says, what the folder and the file name say. Only
//! reads; who wins is decided where returns are settled.

use crate::{
    ingest::{CellContent, NAME_OF_SHEET},
    period::Period,
    text,
};

/// A month as a file name has it: "T3" names no year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct MonthHint {
    /// The year, where it is named.
    pub(super) year: Option<i32>,
    /// The month.
    pub(super) month: u32,
}

impl MonthHint {
    /// Returns whether the hint does not speak against a period.
    pub(super) fn agrees(self, period: Period) -> bool {
        self.month == period.month() && self.year.is_none_or(|year| year == period.year())
    }
}

/// Returns the period that a header cell names: "Tháng 3 năm 2024 (từ …)", "T3/2024", "2024-03",
/// a date cell (its month).
pub(super) fn read_period(content: &CellContent) -> Option<Period> {
    match content {
        CellContent::Text(words) => period_in(words),
        CellContent::Date(date) => period_in(date),
        CellContent::Number(number)
            if number.fract() == 0.0 && (190_001.0..300_000.0).contains(number) =>
        {
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "a whole number within the range above"
            )]
            let joined = *number as u32;
            Period::new(i32::try_from(joined / 100).ok()?, joined % 100)
        }
        _ => None,
    }
}

/// Returns the month of a header cell that names no year: "Tháng 3", "T3", "03", the number 3.
pub(super) fn read_month(content: &CellContent) -> Option<u32> {
    match content {
        CellContent::Text(words) => {
            let tokens = tokens(words.split(['(', ';']).next().unwrap_or_default());
            let alone = || match tokens.as_slice() {
                [only] if only.len() <= 2 => only.parse().ok(),
                _ => None,
            };
            let mut named = (0..tokens.len()).filter_map(|at| month_at(tokens.get(at..)?));
            let month = named.next().map(|(month, _)| month);
            let is_one = named.next().is_none() && !tokens.iter().any(|token| is_year(token));
            month.or_else(alone).filter(|month| is_one && (1..=12).contains(month))
        }
        CellContent::Number(number) => {
            (1..=12).find(|month| month.to_string() == number.to_string())
        }
        _ => None,
    }
}

/// Returns the year of which a return is that names no month: its sheet bears the name of the year.
pub(super) fn read_year(content: &CellContent) -> Option<i32> {
    let CellContent::Text(words) = content else { return None };
    let tokens = tokens(words.strip_prefix(NAME_OF_SHEET)?);
    let mut years = tokens.iter().filter(|token| is_year(token));
    let year = years.next().filter(|_| years.next().is_none())?;
    let is_bare = read_period(content).is_none() && read_month(content).is_none();
    year.parse().ok().filter(|_| is_bare)
}

fn is_year(token: &str) -> bool {
    token.len() == 4 && token.bytes().all(|byte| byte.is_ascii_digit())
}

/// Returns the period that the folders of a path name, the innermost first.
pub(super) fn folder_period(path: &str) -> Option<Period> {
    let (folders, _) = path.rsplit_once('/')?;
    folders.rsplit('/').find_map(period_in)
}

/// Returns the month that a file name names: "Tien Minh T3.xlsx", "BC thang 03-2024.xls".
pub(super) fn file_name_month(path: &str) -> Option<MonthHint> {
    let name = path.rsplit_once('/').map_or(path, |(_, name)| name);
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    // "DA06 2024" is the name of the project and a year.
    let mut tokens = tokens(stem);
    while let Some(at) =
        tokens.windows(2).position(|pair| pair == ["da", "06"] || pair == ["an", "06"])
    {
        tokens.drain(at..at + 2);
    }
    if let Some(period) = find_period(&tokens) {
        return Some(MonthHint { year: Some(period.year()), month: period.month() });
    }
    (0..tokens.len())
        .find_map(|start| month_at(tokens.get(start..)?))
        .map(|(month, _)| MonthHint { year: None, month })
}

/// Returns the period that words name, before brackets if there; what stands in them must not be another
/// month.
fn period_in(words: &str) -> Option<Period> {
    let main = tokens(words.split(['(', ';']).next().unwrap_or_default());
    find_period(&main).or_else(|| {
        let mut named = (0..main.len()).filter_map(|at| month_at(main.get(at..)?));
        find_period(&tokens(words)).filter(|period| named.all(|(month, _)| month == period.month()))
    })
}

/// Splits words without marks into runs of letters and runs of digits: "T3/2024" is t, 3, 2024.
fn tokens(words: &str) -> Vec<String> {
    let mut tokens: Vec<String> = Vec::new();
    let mut before: Option<char> = None;
    for character in text::strip_marks(words).chars() {
        if character.is_ascii_alphanumeric() {
            let joins = before.is_some_and(|before| {
                before.is_ascii_alphanumeric()
                    && before.is_ascii_digit() == character.is_ascii_digit()
            });
            match tokens.last_mut() {
                Some(last) if joins => last.push(character),
                _ => tokens.push(character.to_string()),
            }
        }
        before = Some(character);
    }
    tokens
}

/// Returns whether words name a week, which is less than a period: "Tuần 2 tháng 3 năm 2024".
fn is_of_week(tokens: &[String]) -> bool {
    tokens.windows(2).any(
        |pair| matches!(pair, [word, number] if word == "tuan" && number.parse::<u32>().is_ok()),
    )
}

fn find_period(tokens: &[String]) -> Option<Period> {
    if is_of_week(tokens) {
        return None;
    }
    if let Some(range) = date_range(tokens) {
        return range;
    }
    (0..tokens.len()).find_map(|start| {
        let here = tokens.get(start..)?;
        named_month(here)
            .or_else(|| before_next_month(here))
            .or_else(|| month_and_year(here))
            .or_else(|| year_and_month(here))
    })
}

/// Reads "thang 3 nhiem vu thang 4 nam 2024": a month without its year before the month after it.
fn before_next_month(tokens: &[String]) -> Option<Period> {
    let (month, used) = month_at(tokens)?;
    let mut rest = (used..tokens.len()).filter_map(|start| tokens.get(start..));
    let next = rest.find(|here| month_at(here).is_some())?;
    let before = named_month(next)?.previous();
    (before.month() == month).then_some(before)
}

/// Reads "15 02 2024 14 3 2024", from one day to another: the period is that in which it ends. The outer
/// option says whether there are two days.
#[expect(clippy::option_option, reason = "no range at all, and one that is no period")]
fn date_range(tokens: &[String]) -> Option<Option<Period>> {
    if let Some(period) = days_of_one_year(tokens) {
        return Some(Some(period));
    }
    let is_number = |token: &&String| !matches!(token.as_str(), "ngay" | "thang" | "nam");
    let numbers: Vec<&String> = tokens.iter().filter(is_number).collect();
    let dates: Vec<Period> = numbers
        .windows(3)
        .filter_map(|parts| match parts {
            [day, month, year] if day.len() <= 2 => {
                let day: u32 = day.parse().ok()?;
                let months = [(*month).clone(), (*year).clone()];
                (1..=31).contains(&day).then(|| month_and_year(&months)).flatten()
            }
            _ => None,
        })
        .collect();
    let (first, last) = (dates.first()?, dates.last().filter(|_| dates.len() == 2)?);
    Some((*last == *first || *last == first.next()).then_some(*last))
}

/// Reads "15 02 14 3 nam 2024": two days of which the year stands once.
fn days_of_one_year(tokens: &[String]) -> Option<Period> {
    const BESIDES: [&str; 7] = ["ky", "tu", "den", "het", "ngay", "thang", "nam"];
    let words = tokens.iter().filter(|token| !BESIDES.contains(&token.as_str()));
    let [_, from, _, to, year] = words.collect::<Vec<_>>()[..] else { return None };
    let last = month_and_year(&[to.clone(), year.clone()])?;
    let from: u32 = from.parse().ok()?;
    (from == last.month() || from == last.previous().month()).then_some(last)
}

/// Reads "thang 3 nam 2024", "t 3 24".
fn named_month(tokens: &[String]) -> Option<Period> {
    let (month, used) = month_at(tokens).or_else(|| month_in_words(tokens))?;
    let rest = tokens.get(used..)?;
    let rest = if rest.first().is_some_and(|word| word == "nam") { rest.get(1..)? } else { rest };
    let year = rest.first()?;
    let number: i32 = year.parse().ok()?;
    match year.len() {
        4 => Period::new(number, month),
        2 if number >= 20 => Period::new(2000 + number, month),
        _ => None,
    }
}

/// Reads a word for month and its number; how many tokens it took.
fn month_at(tokens: &[String]) -> Option<(u32, usize)> {
    let word = tokens.first()?;
    if !matches!(word.as_str(), "thang" | "t" | "th") {
        return None;
    }
    let month = tokens.get(1).filter(|digits| digits.len() <= 2)?.parse().ok()?;
    (1..=12).contains(&month).then_some((month, 2))
}

/// Reads a word for month and its number in words, before the word for a year; how many tokens it took.
fn month_in_words(tokens: &[String]) -> Option<(u32, usize)> {
    const NAMES: [&str; 12] = [
        "mot", "hai", "ba", "tu", "nam", "sau", "bay", "tam", "chin", "muoi", "muoi mot",
        "muoi hai",
    ];
    let (word, rest) = tokens.split_first()?;
    let end = rest.iter().skip(1).position(|token| token == "nam" || is_year(token))? + 1;
    let name = rest.get(..end).filter(|name| word == "thang" && name.len() <= 2)?.join(" ");
    let month = NAMES.iter().position(|known| *known == name)?;
    Some((u32::try_from(month).ok()? + 1, end + 1))
}

/// Reads "3 2024" of "3/2024", "03-2024" and of a whole date.
fn month_and_year(tokens: &[String]) -> Option<Period> {
    let (month, year) = (tokens.first()?, tokens.get(1)?);
    if month.len() > 2 || year.len() != 4 {
        return None;
    }
    Period::new(year.parse().ok()?, month.parse().ok()?)
}

/// Reads "2024 03" of "2024-03" and of "2024-03-14".
fn year_and_month(tokens: &[String]) -> Option<Period> {
    let (year, month) = (tokens.first()?, tokens.get(1)?);
    if month.len() > 2 || year.len() != 4 {
        return None;
    }
    Period::new(year.parse().ok()?, month.parse().ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_way_to_write_a_month_is_read() {
        let march = Period::new(2024, 3);
        for words in [
            "Tháng 3 năm 2024 (từ ngày 15/02/2024 đến hết ngày 14/3/2024)",
            "tháng 03/2024",
            "THÁNG 3/2024",
            "tháng Ba/2024",
            "T3/2024",
            "kỳ 15/02-14/3 năm 2024",
            "T3-24",
            "T03.2024",
            "3/2024",
            "03-2024",
            "2024-03",
            "Kỳ tháng 3 năm 2024",
            "ky thang 3 nam 2024",
            "14/3/2024",
            "15/02/2024 - 14/3/2024",
            "từ ngày 15/2/2024 đến hết ngày 14/3/2024",
            "01/3/2024 - 31/3/2024",
            "BÁO CÁO KẾT QUẢ THỰC HIỆN ĐỀ ÁN 06 (THÁNG 3/2024)",
            "(từ 15/02/2024 đến 14/3/2024)",
            "từ ngày 15 tháng 02 năm 2024 đến ngày 14 tháng 3 năm 2024",
            "THÁNG 3 (NĂM 2024)",
            "Tháng 3 (từ ngày 15/02/2024 đến ngày 14/3/2024)",
            "KẾT QUẢ THÁNG 3, NHIỆM VỤ TRỌNG TÂM THÁNG 4 NĂM 2024",
            "THÁNG BA NĂM 2024",
            "Tháng: 03 Năm: 2024",
        ] {
            assert_eq!(read_period(&CellContent::Text(words.to_owned())), march, "{words}");
        }
        assert_eq!(read_period(&CellContent::Date("2024-03-01".to_owned())), march);
        assert_eq!(read_period(&CellContent::Number(202_403.0)), march);
    }

    #[test]
    fn what_names_no_month_is_not_read() {
        for words in [
            "",
            "Quý I năm 2024",
            "Tuần 2 tháng 3 năm 2024",
            "năm 2024",
            "tháng 13 năm 2024",
            "tháng 3",
            "3",
        ] {
            assert_eq!(read_period(&CellContent::Text(words.to_owned())), None, "{words}");
        }
        for number in [3.0, 45_352.0, 202_413.0, f64::NAN] {
            assert_eq!(read_period(&CellContent::Number(number)), None, "{number}");
        }
    }

    #[test]
    fn a_month_without_a_year_is_no_period() {
        let month = |words: &str| read_month(&CellContent::Text(words.to_owned()));
        for (words, expected) in [
            ("Tháng 3", Some(3)),
            ("T03", Some(3)),
            ("3", Some(3)),
            ("Tháng 3 và tháng 4", None),
            ("Quý 1 năm 2024", None),
            ("tháng 13", None),
            ("Quý I", None),
        ] {
            assert_eq!(month(words), expected, "{words}");
        }
        assert_eq!(read_month(&CellContent::Number(3.0)), Some(3));
        assert_eq!(read_month(&CellContent::Number(45_352.0)), None);
        let year = read_period(&CellContent::Text("15/02/2024 - 14/9/2024".to_owned()));
        assert_eq!(year, None, "no period is as long");
    }

    #[test]
    fn folders_and_file_names_name_months() {
        assert_eq!(folder_period("2024-03/xa/Tien Minh T2.xlsx"), Period::new(2024, 3));
        assert_eq!(folder_period("Tháng 3 năm 2024/a.xlsx"), Period::new(2024, 3));
        assert_eq!(folder_period("T3.xlsx"), None);
        let month = |name| file_name_month(name).map(|hint| (hint.year, hint.month));
        assert_eq!(month("2024-02/BC T3 xa Doan Lap.xlsx"), Some((None, 3)));
        assert_eq!(month("x/Tien Minh thang 03-2024.xls"), Some((Some(2024), 3)));
        assert_eq!(month("Tiên Minh_T3(sua).xlsx"), Some((None, 3)));
        assert_eq!(month("BHXH lần 2.xlsx"), None);
        assert_eq!(month("Phat 3.xlsx"), None);
    }
}

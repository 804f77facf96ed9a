//! The day up to which figures are counted, where a head or a title names it: another day than that of the
//! sheet's month is said, for such figures are those of another month or of a part of it.

use super::{
    CellContent, NoticeKind,
    dates::LAST_DAYS,
    grid::Grid,
    header::{ValueHeader, Words},
    matcher::Matcher,
    month::Month,
    sheet::SheetReading,
};
use crate::{
    place::CellRef,
    template::Measure,
    text::{AnyOf, fold},
};

/// A day and its month, and its year where it is named.
pub(super) type Day = (u32, u32, Option<u32>);

/// Returns the cell of a title that names the day up to which figures are counted, with that day and
/// its month: "(Số liệu đến ngày 08/3/2024)".
pub(super) fn of_title(words: &Words) -> Option<(CellRef, Day)> {
    static OF_FIGURES: AnyOf = AnyOf::new(&["số liệu", "kết quả", "tính đến", "từ ngày", "lũy kế"]);
    let [(cell, word)] = words else { return None };
    if !word.contains("đến ") || !OF_FIGURES.is_in(word) {
        return None;
    }
    let (_, rest) = word.rsplit_once("đến ")?;
    let rest = rest.strip_prefix("hết ").unwrap_or(rest);
    let rest = rest.strip_prefix("ngày ").unwrap_or(rest);
    Some((*cell, day_of(rest)?))
}

/// Returns the month whose period ends on a day.
pub(super) fn month_of((day, month, year): Day, first_day: u32) -> Option<Month> {
    let named = Month::new(year?, month)?;
    is_last((day, month, year), named, first_day).then_some(named)
}

/// Notes what a table says of the day up to which its figures are counted.
pub(super) fn note(
    (matcher, grid): (&Matcher, &Grid),
    header: &ValueHeader,
    title: Option<(CellRef, Day)>,
    found: &mut SheetReading,
) {
    let Some(month) = found.month() else { return };
    let is_end = |day: Day| is_last(day, month, matcher.first_day);
    let of_stocks = header.parts.iter().find(|part| matcher.parts[part.part].stock);
    let of_head = of_stocks.and_then(|part| {
        let specs = &matcher.parts[part.part].columns;
        let is_value = |spec: usize| specs.get(spec).map(|one| one.measure) == Some(Measure::Value);
        let (column, spec) = part.columns.iter().find(|(_, spec)| is_value(*spec))?;
        let cell = CellRef { row: header.last_row, column: *column };
        let CellContent::Text(text) = grid.seen(cell.row, cell.column) else { return None };
        let words = fold(text);
        let columns = matcher.columns_headed(&words);
        let own = columns.iter().find(|it| (it.part, it.column) == (part.part, *spec))?;
        let words = own.fill.words;
        Some((cell, day_of(words).map_or(month.agrees_with(words), is_end)))
    });
    // A title of another month is said by itself.
    let title = title.filter(|_| !header.other_month).map(|(cell, day)| (cell, is_end(day)));
    for (cell, is_end) in [of_head, title].into_iter().flatten() {
        if !is_end {
            let title = match grid.seen(cell.row, cell.column) {
                CellContent::Text(words) => words.clone(),
                _ => String::new(),
            };
            found.notice(cell, NoticeKind::TableOfOtherMonth { title, counts: true });
        }
    }
}

/// Returns whether a day ends the period of a month.
fn is_last((day, month, year): Day, of: Month, first_day: u32) -> bool {
    let is_day = if first_day <= 1 { day >= LAST_DAYS } else { day + 1 == first_day };
    is_day && month == of.number() && year.is_none_or(|year| of.is_of(year))
}

/// Reads the day and the month of "08/3/2024", "14/3", "ngày 14 tháng 3 năm 2024".
fn day_of(words: &str) -> Option<Day> {
    let words = words.trim_end_matches([')', '.', ':', ' ']);
    let numbers: Vec<&str> = words
        .split(|one: char| !one.is_ascii_digit())
        .filter(|digits| !digits.is_empty())
        .collect();
    let is_date = words.chars().all(|one| {
        one.is_ascii_digit() || matches!(one, '/' | '-' | '.' | ' ') || one.is_alphabetic()
    }) && ["ngày", "tháng", "năm"]
        .iter()
        .fold(words.to_owned(), |rest, word| rest.replace(word, ""))
        .chars()
        .all(|one| !one.is_alphabetic());
    let [day, month] = [numbers.first()?, numbers.get(1)?].map(|one| one.parse::<u32>().ok());
    let (day, month) = (day?, month?);
    let is_sound = (1..=31).contains(&day) && (1..=12).contains(&month) && numbers.len() <= 3;
    let year = numbers.get(2).and_then(|year| match year.len() {
        2 => year.parse::<u32>().ok().map(|year| 2_000 + year),
        _ => year.parse().ok(),
    });
    (is_date && is_sound).then_some((day, month, year))
}

#[cfg(test)]
mod tests {
    use super::super::{
        NoticeKind,
        samples::{MAIN, notices, put, read_xlsx, workbook},
    };

    fn said(from: &str, to: &str) -> usize {
        assert!(MAIN.contains(from), "{from}");
        let lines = MAIN.replace(from, to);
        let reading = read_xlsx(&workbook(&[("Biểu 01", &|page| put(page, (0, 0), &lines))]));
        let notices = notices(&reading).into_iter();
        notices
            .filter(|kind| matches!(kind, NoticeKind::TableOfOtherMonth { counts: true, .. }))
            .count()
    }

    #[test]
    fn another_day_than_the_last_of_the_period_is_said() {
        let title = "BÁO CÁO KẾT QUẢ THỰC HIỆN ĐỀ ÁN 06 THÁNG 3 NĂM 2024";
        for (from, to, expected) in [
            ("Đến hết 14/3", "Đến hết 14/3", 0),
            ("Đến hết 14/3", "Đến hết ngày 14 tháng 3 năm 2024", 0),
            ("Đến hết 14/3", "Đến hết 08/3", 1),
            ("Đến hết 14/3", "Đến hết 14/4", 1),
            ("Đến hết 14/3", "Đến hết 14/3/2023", 1),
            ("Đến hết 14/3", "Đến hết 14/3/24", 0),
            ("Đến hết 14/3", "Đến hết 14/3/23", 1),
            (title, "(Số liệu tính đến ngày 14/3/24)", 0),
            (title, "(Số liệu tính đến ngày 14/3/2024)", 0),
            (title, "(Số liệu tính đến ngày 08/3/2024)", 1),
            (title, "(Từ ngày 15/02/2024 đến hết ngày 14/3/2024)", 0),
            (title, "Kính gửi đến 2 đơn vị", 0),
        ] {
            assert_eq!(said(from, to), expected, "{to}");
        }
    }
}

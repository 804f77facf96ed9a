//! Columns that date each figure, "Ngày cập nhật": a figure dated before the period began is of another one.

use std::collections::BTreeSet;

use super::{
    CellContent,
    dates::{Date, dates_in},
    grid::Grid,
    header::ValueHeader,
    matcher::Matcher,
    month::Month,
    sheet::SheetReading,
};
use crate::{place::CellRef, text::fold};

/// Longest words that are nothing but a date, in bytes.
const LONGEST: usize = 24;

/// Notes the dates beside the figures of a table that are before its period; `end` is the first row behind it.
pub(super) fn note(
    (matcher, grid): (&Matcher, &Grid),
    header: &ValueHeader,
    end: u32,
    found: &mut SheetReading,
) {
    let Some(month) = found.month() else { return };
    let columns = found.columns_beside((matcher, grid), (header, end), |cell, content| {
        header.note_column != Some(cell.column) && date(content).is_some()
    });
    if columns.is_empty() {
        return;
    }
    let cells = found
        .figures(matcher, header, end)
        .flat_map(|value| columns.iter().map(|column| CellRef { column: *column, ..value.cell }));
    let is_early = |cell: &CellRef| {
        let date = date(grid.at(cell.row, cell.column));
        date.is_some_and(|date| is_before(date, month, matcher.first_day))
    };
    let mut told = BTreeSet::new();
    let doubts = cells.filter(is_early).filter_map(|cell| {
        let words = shown(grid.at(cell.row, cell.column));
        told.insert(words.clone()).then_some((cell, words))
    });
    let doubts: Vec<(CellRef, String)> = doubts.collect();
    found.doubts.extend(doubts);
}

/// Returns the date that a cell is, with its year.
fn date(content: &CellContent) -> Option<Date> {
    match content {
        CellContent::Date(date) => {
            let mut parts = date.split('-').map(|part| part.parse::<u32>().ok());
            let (year, month, day) = (parts.next()??, parts.next()??, parts.next()??);
            Some(Date { day, month, year: Some(year) })
        }
        CellContent::Text(words) if words.len() <= LONGEST && words.contains(['/', '-', '.']) => {
            let [date] = dates_in(&fold(words))[..] else { return None };
            date.year.map(|_| date)
        }
        _ => None,
    }
}

/// Returns whether a day is before the first one of the period of a month.
fn is_before(date: Date, month: Month, first_day: u32) -> bool {
    let day_of = |month: Month| Month::new(date.year?, date.month).map(|own| own.cmp(&month));
    let first_month = if first_day > 1 { month.previous() } else { month };
    day_of(first_month).is_some_and(|order| match order {
        std::cmp::Ordering::Less => true,
        std::cmp::Ordering::Equal => date.day < first_day.max(1),
        std::cmp::Ordering::Greater => false,
    })
}

fn shown(content: &CellContent) -> String {
    match content {
        CellContent::Text(words) => words.clone(),
        CellContent::Date(date) => {
            let parts: Vec<&str> = date.rsplit('-').collect();
            parts.join("/")
        }
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::{
        NoticeKind,
        samples::{notices, put, read_xlsx, workbook},
    };

    #[test]
    fn a_figure_dated_before_the_period_is_told() {
        let told = |dates: [&str; 3]| {
            let lines = format!(
                "Kỳ báo cáo:|Tháng 3 năm 2024\nĐơn vị báo cáo:|UBND xã Tiên Minh\n\n\
                 Mã|Chỉ tiêu|Trong kỳ|Ngày cập nhật\nA01|Số văn bản chỉ đạo|3|{}\n\
                 A02|Số buổi tuyên truyền|4|{}\nA03|Số lượt người dự|5|{}",
                dates[0], dates[1], dates[2]
            );
            let reading = read_xlsx(&workbook(&[("Biểu", &|page| put(page, (0, 0), &lines))]));
            let kinds = notices(&reading).into_iter();
            let words = kinds.filter_map(|kind| match kind {
                NoticeKind::DoubtfulWords(words) => Some(words),
                _ => None,
            });
            words.collect::<Vec<String>>()
        };
        assert_eq!(told(["14/3/2024", "14/3/2024", "15/02/2024"]), Vec::<String>::new());
        assert_eq!(told(["14/3/2024", "14/01/2024", "14/01/2024"]), ["14/01/2024"]);
    }
}

//! What the words above the lowest head of a column, or in brackets behind it, say of its numbers. A
//! column of another month or year, of a plan or of a comparison is not that of the period, whatever
//! its lowest words are: it is asked about.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    CellContent,
    dates::{Span, dates_in},
    grid::Grid,
    matcher::Matcher,
    month::{Month, MonthHead, is_date_line},
    withdrawn::{in_brackets, is_of_more, is_otherwise, year_in},
};
use crate::{place::CellRef, text::fold};

/// The rows and the key column of a head.
#[derive(Clone, Copy, Debug)]
pub(super) struct HeadPlace {
    /// Its first row, in the column of codes or names.
    pub(super) key: CellRef,
    /// Its last row.
    pub(super) last: u32,
}

/// Takes the lowest words from columns whose words above, or in brackets behind them, say that they are
/// not of the period; returns the columns whose words above are of more than it, which hold no flows of
/// the period.
pub(super) fn take_others(
    (matcher, grid): (&Matcher, &Grid),
    place: HeadPlace,
    month: impl FnOnce() -> Option<Month>,
    heads: &mut BTreeMap<u32, Vec<String>>,
) -> BTreeSet<u32> {
    let mut sums = BTreeSet::new();
    let is_month = |words: &str| MonthHead::of(words).is_some();
    let has_groups = |names: &Vec<String>| match names.as_slice() {
        [lowest, _, ..] => matcher.is_value_head(lowest) || is_month(lowest),
        _ => false,
    };
    if !heads.values().any(|names| has_remark(names) || has_groups(names)) {
        return sums;
    }
    let month = month();
    take_remarks(month, heads);
    let top = first_row(grid, place);
    for (column, names) in heads.iter_mut().filter(|(_, names)| has_groups(names)) {
        let above = words_above(grid, (top, place.last), *column);
        let lowest = names.remove(0);
        let is_sum = above.iter().any(|words| is_of_more(words));
        if is_sum {
            sums.insert(*column);
        }
        let says = Says { lowest: &lowest, month, is_of_month: is_of_month(&above, month) };
        let is_sum_of_month = is_sum && is_month(&lowest);
        let is_other = |words: &String| says.is_other(words) || !is_plain(matcher, words);
        if !is_sum_of_month && !above.iter().any(is_other) {
            names.insert(0, lowest);
        }
    }
    sums
}

/// Returns whether what stands in brackets behind a head says that its numbers are not what came about in
/// the period, whatever the period is.
pub(super) fn is_of_other(remark: &str) -> bool {
    is_otherwise(remark) || is_of_more(remark)
}

/// Leaves of heads with another month or year in brackets that remark alone: "tháng 2" of "kết quả (tháng
/// 2)" in March.
pub(super) fn take_remarks(month: Option<Month>, heads: &mut BTreeMap<u32, Vec<String>>) {
    for lowest in heads.values_mut().filter_map(|names| names.first_mut()) {
        if let Some(remark) = remark_of_other_time(lowest, month) {
            *lowest = remark.to_owned();
        }
    }
}

fn has_remark(names: &[String]) -> bool {
    names.first().is_some_and(|lowest| in_brackets(lowest).is_some())
}

/// Returns what stands in brackets behind a head when it names another month or year than the sheet; the
/// days between which a period lies name none.
pub(super) fn remark_of_other_time(head: &str, month: Option<Month>) -> Option<&str> {
    let remark = in_brackets(head)?;
    let (lowest, _) = head.rsplit_once('(')?;
    let says = Says { lowest, month, is_of_month: false };
    let is_other = match Span::of(remark) {
        Some(span) => month.is_some_and(|month| !span.fits(month)),
        None if remark.contains("ngày") || remark.starts_with("từ ") => false,
        None => says.is_of_other_time(remark),
    };
    is_other.then_some(remark)
}

/// Returns the first row of a head that groups columns: one above the key row, when its words stand above
/// some of the other columns and are no title.
fn first_row(grid: &Grid, HeadPlace { key, .. }: HeadPlace) -> u32 {
    let Some(above) = key.row.checked_sub(1) else { return key.row };
    let cells = grid.row(above);
    let is_group = |cell: &CellRef| cell.column > key.column;
    let is_dated = |content: &CellContent| match content {
        CellContent::Text(words) => is_date_line(&fold(words)),
        _ => false,
    };
    let is_head = !cells.is_empty()
        && cells.iter().all(|(cell, content)| is_group(cell) && !is_dated(content));
    if is_head { above } else { key.row }
}

/// Returns the words above the lowest ones of a column.
fn words_above(grid: &Grid, (top, last): (u32, u32), column: u32) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for row in (top..=last).rev() {
        if let CellContent::Text(text) = grid.seen(row, column) {
            let words = fold(text);
            if found.last() != Some(&words) {
                found.push(words);
            }
        }
    }
    found.drain(..1.min(found.len()));
    found
}

/// Returns whether some words name the month of the sheet.
fn is_of_month(above: &[String], month: Option<Month>) -> bool {
    let mut named = above.iter().filter_map(|words| MonthHead::within(words));
    named.any(|named| month.is_some_and(|month| named.fits(month)))
}

/// Returns whether words above a head only say that figures of the period or of the unit stand below them;
/// others may be of some of its people, or of another body.
fn is_plain(matcher: &Matcher, words: &str) -> bool {
    const PLAIN: [&str; 27] = [
        "ubnd",
        "ủy ban",
        "đvt",
        "biểu",
        "mẫu",
        "kết quả",
        "thực hiện",
        "số liệu",
        "kỳ",
        "tháng",
        "năm",
        "lũy kế",
        "phát sinh",
        "chỉ tiêu",
        "số lượng",
        "tổng",
        "báo cáo",
        "giá trị",
        "nội dung",
        "đề án",
        "toàn xã",
        "toàn thị trấn",
        "hiện có",
        "đến ",
        "từ ",
        "đơn vị",
        "ghi chú",
    ];
    !words.contains(char::is_alphabetic)
        || PLAIN.iter().any(|word| words.contains(word))
        || matcher.is_value_head(words)
        || matcher.is_row_head(words)
        || matcher.is_unit(words)
        || matcher.is_bare_unit(words)
        || MonthHead::of(words).is_some()
}

/// What words above a head are held against.
struct Says<'a> {
    lowest: &'a str,
    month: Option<Month>,
    /// Whether others of them name the month.
    is_of_month: bool,
}

impl Says<'_> {
    /// Returns whether words above a head say that its numbers are not of the period.
    fn is_other(&self, words: &str) -> bool {
        const RESULTS: [&str; 3] = ["kết quả", "thực hiện", "số liệu"];
        // Above several columns: their own heads say which is which.
        const OF_ALL: [&str; 3] = ["so sánh các kỳ", "so sánh giữa các kỳ", "so sánh kết quả"];
        if OF_ALL.contains(&words) {
            return false;
        }
        // "Kết quả so với kế hoạch" above several columns: their own heads say which is which.
        let words = match words.split_once("so với") {
            Some((result, _)) if RESULTS.iter().any(|word| result.starts_with(word)) => result,
            _ => words,
        };
        is_otherwise(words)
            || in_brackets(words).is_some_and(is_otherwise)
            || self.is_of_other_time(words)
    }

    /// Returns whether words name another month or year.
    fn is_of_other_time(&self, words: &str) -> bool {
        const OF_PERIOD: [&str; 7] = ["kỳ", "tháng", "đến", "lũy kế", "ky", "thang", "den"];
        // "Đến 14/02/2024" above "thực hiện".
        let is_up_to = words.contains("đến ") && !dates_in(words).is_empty();
        if is_up_to && self.month.is_some_and(|month| !month.agrees_with(words)) {
            return true;
        }
        if let Some(named) = MonthHead::within(words) {
            let fits =
                |month| named.fits(month) && year_in(words).is_none_or(|year| month.is_of(year));
            return !self.month.is_some_and(fits);
        }
        let is_general = || !OF_PERIOD.iter().any(|word| self.lowest.contains(word));
        year_in(words).is_some_and(|year| {
            (is_general() && !self.is_of_month)
                || self.month.is_some_and(|month| !month.is_of(year))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::{
        RawValue,
        samples::{only, put, read_xlsx, workbook},
    };
    use crate::template::Measure;

    const FIELDS: &str = "Kỳ báo cáo:|Tháng 3 năm 2024\nĐơn vị báo cáo:|UBND xã Tiên Minh\n\n";

    /// Returns what was read of the flow A01 and of the stock B06 below heads of two rows.
    fn read(groups: &str, heads: &str) -> (Option<f64>, Option<f64>) {
        let lines = format!(
            "{FIELDS}STT|Mã|Chỉ tiêu|{groups}\n|||{heads}\n1|A01|Số văn bản chỉ đạo|1|2|3\n\
             2|B06|Tài khoản mức 1 hiện có|4|5|6"
        );
        let reading = read_xlsx(&workbook(&[("Biểu", &|page| put(page, (0, 0), &lines))]));
        let Some(found) = reading.returns.first() else { return (None, None) };
        assert_eq!(reading.returns.len(), 1, "{:?}", only(&reading));
        let value = |code: &str| {
            let is_it = |one: &&RawValue| one.code == code && one.measure == Measure::Value;
            match found.values.iter().find(is_it)?.content {
                super::CellContent::Number(number) => Some(number),
                _ => None,
            }
        };
        (value("A01"), value("B06"))
    }

    #[test]
    fn words_above_a_head_say_whose_numbers_they_are() {
        let none = (None, None);
        for (groups, heads, expected) in [
            ("Tháng 2|Tháng 3|", "Kết quả|Kết quả|", (Some(2.0), Some(5.0))),
            ("Tháng 3/2023|Tháng 3/2024|", "Thực hiện|Thực hiện|", (Some(2.0), Some(5.0))),
            ("Cùng kỳ năm 2023|Tháng 3|", "Kết quả|Kết quả|", (Some(2.0), Some(5.0))),
            ("Kế hoạch|Tháng 3 năm 2024|", "Kết quả|Kết quả|", (Some(2.0), Some(5.0))),
            ("Năm 2023|Năm 2024|", "Tháng 3|Tháng 3|", (Some(2.0), Some(5.0))),
            ("||", "Kết quả (tháng 2)|Kết quả (tháng 3)|", (Some(2.0), Some(5.0))),
            ("Tháng 3, năm 2023||", "Kết quả||", none),
            ("Số liệu||", "Kỳ trước|Kỳ này|", (Some(2.0), Some(5.0))),
            ("Năm 2024||", "Kỳ trước|Kỳ này|", (Some(2.0), Some(5.0))),
            ("Tháng 2||", "Kết quả||", none),
            ("Đến 14/02/2024||", "Thực hiện||", none),
            ("Từ 15/02 đến 14/3||", "Thực hiện||", (Some(1.0), Some(4.0))),
            ("Năm 2023||", "Kỳ này||", none),
            ("Năm 2024||", "Kết quả||", none),
            ("Kế hoạch tháng 4||", "Kết quả||", none),
            ("So với cùng kỳ||", "Kết quả||", none),
            ("Ước thực hiện||", "Kết quả||", none),
            ("Thôn Đông||", "Kết quả||", none),
            ("Cán bộ xã||", "Kỳ này||", none),
            ("Dân tộc thiểu số||", "Kết quả||", none),
            ("Toàn huyện||", "Kết quả||", none),
            ("UBND xã Tiên Minh||", "Kết quả||", (Some(1.0), Some(4.0))),
            ("Kết quả triển khai||", "Kỳ này||", (Some(1.0), Some(4.0))),
            ("Lũy kế từ đầu năm 2024||", "Kết quả||", (None, None)),
        ] {
            assert_eq!(read(groups, heads), expected, "{groups} {heads}");
        }
    }

    #[test]
    fn a_remark_behind_a_head_must_not_deny_it() {
        for (head, is_read) in [
            ("Kết quả (số liệu)", true),
            ("Kết quả (người)", true),
            ("Trong kỳ (từ ngày 15 tháng 02 đến ngày 14 tháng 3)", true),
            ("Kết quả (tháng 3)", true),
            ("Kết quả (ước tính)", false),
            ("Kết quả (kế hoạch)", false),
            ("Kết quả (T3)", true),
            ("Kết quả tháng 3 (số liệu chốt ngày 14/3)", true),
            ("Kết quả tháng 3 (số liệu chốt ngày 14/02)", false),
            ("Kết quả tháng 3 (ước tính)", false),
            ("Kết quả tháng 2 (số liệu chốt ngày 14/3)", false),
            ("Trong kỳ (tháng 3/2024)", true),
            ("Trong kỳ (tháng 3 năm 2024)", true),
            ("Trong kỳ (T3)", true),
            ("Trong kỳ (3/2024)", true),
            ("Trong kỳ (năm 2024)", true),
            ("Trong kỳ (từ ngày 15 tháng 02 năm 2024 đến ngày 14 tháng 3 năm 2024)", true),
            ("Trong kỳ (từ 15/02 đến 14/3)", true),
            ("Trong kỳ (từ 15/01 đến 14/02)", false),
            ("Kết quả (từ 01/3 đến 14/3)", false),
            ("Trong kỳ (tháng 2)", false),
            ("Trong kỳ (T3/2023)", false),
            ("Trong kỳ (năm 2023)", false),
            ("Kết quả (tháng 2)", false),
            ("Kết quả (T2)", false),
            ("Kết quả (năm 2023)", false),
            ("Kết quả (lũy kế từ đầu năm)", false),
        ] {
            let (flow, _) = read(head, "");
            assert_eq!(flow.is_some(), is_read, "{head}");
        }
    }
}

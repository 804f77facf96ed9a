//! The column of figures whose head nobody listed, where it is the only one that may hold them and its words say
//! nothing but that there are figures, of the period or up to its last day: "Kết quả của xã trong tháng".

use std::collections::BTreeMap;

use super::{
    CellContent,
    columns::PartColumns,
    grid::Grid,
    head_words::is_of_other,
    matcher::Matcher,
    month::Month,
    withdrawn::{in_brackets, is_of_more, is_of_period, is_side_head, says_stocks},
};
use crate::{template::Measure, text::fold};

/// What the words of a head are of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Flows,
    Stocks,
    Either,
}

/// Adds the column to the parts whose figures it may hold, between the rows of a head; `parts` have none.
pub(super) fn add(
    ((matcher, grid), rows): ((&Matcher, &Grid), (u32, u32)),
    heads: &BTreeMap<u32, Vec<String>>,
    month: Option<Month>,
    parts: &mut Vec<PartColumns>,
) {
    if matcher.familiar.is_off() {
        return;
    }
    let may_hold = |(column, names): &(&u32, &Vec<String>)| {
        let is_of_part =
            parts.iter().any(|part| part.columns.iter().any(|(own, _)| own == *column));
        let is_other =
            |name: &String| matcher.is_row_head(name) || is_side_head(name) && !says_stocks(name);
        !is_of_part && !names.first().is_none_or(is_other)
    };
    let mut columns = heads.iter().filter(may_hold);
    let (Some((column, names)), None) = (columns.next(), columns.next()) else { return };
    let Some(kind) = kind((matcher, grid), rows, (*column, names), month) else { return };
    for (index, part) in matcher.parts.iter().enumerate() {
        if kind == if part.stock { Kind::Flows } else { Kind::Stocks } {
            continue;
        }
        let values = part.columns.iter().enumerate();
        let mut values = values.filter(|(_, spec)| spec.measure == Measure::Value);
        let (Some((spec, _)), None) = (values.next(), values.next()) else { continue };
        match parts.iter_mut().find(|known| known.part == index) {
            Some(known) => known.columns.push((*column, spec)),
            None => parts.push(PartColumns { part: index, columns: vec![(*column, spec)] }),
        }
    }
    parts.retain(|part| part.has_value(matcher));
}

/// Returns of what the figures below a head are; nothing where any of its words may say that they are others.
fn kind(
    (matcher, grid): (&Matcher, &Grid),
    (first, last): (u32, u32),
    (column, names): (u32, &[String]),
    month: Option<Month>,
) -> Option<Kind> {
    let mut words: Vec<String> = Vec::new();
    for row in first..=last {
        if let CellContent::Text(said) = grid.seen(row, column) {
            words.push(fold(said));
        }
    }
    let is_familiar = |words: &String| {
        let has_time = words.contains(|one: char| one.is_ascii_digit());
        matcher.is_total(words)
            || words.contains(char::is_alphabetic)
                && (!has_time || month.is_some())
                && matcher.familiar.knows_of_month(words, month)
    };
    // What was taken from the lowest words says that they are of something else.
    if words.last() != names.first() || !words.iter().all(is_familiar) {
        return None;
    }
    if words.iter().any(|words| in_brackets(words).is_some_and(is_of_other)) {
        return None;
    }
    let is_of_stocks =
        |words: &String| (says_stocks(words) || is_of_more(words)) && !matcher.is_total(words);
    match (words.iter().any(is_of_stocks), words.iter().any(|words| is_of_period(words))) {
        (true, true) if !words.iter().any(|words| is_up_to_end(words)) => None,
        (true, _) => Some(Kind::Stocks),
        (false, true) => Some(Kind::Flows),
        (false, false) => Some(Kind::Either),
    }
}

/// Returns whether words are of what there is at the end of a period: "đến hết kỳ báo cáo".
fn is_up_to_end(words: &str) -> bool {
    ["đến hết kỳ", "đến kỳ", "đến cuối kỳ", "hết kỳ"].iter().any(|end| words.contains(end))
}

#[cfg(test)]
mod tests {
    use crate::{
        ingest::{
            FileReading, Reader, ReadingGuide,
            samples::{put, workbook},
        },
        template::{Measure, fixtures},
    };

    /// Returns whether the flow A01 and the stock B06 are read below a head.
    fn read(head: &str) -> (bool, bool) {
        let lines = format!(
            "Đơn vị báo cáo:|UBND xã Tiên Minh\nKỳ báo cáo:|Tháng 3 năm 2024\n\n\
             Mã|Chỉ tiêu|ĐVT|{head}|Ghi chú\nA01|Số văn bản chỉ đạo, kế hoạch đã ban hành|văn bản|3\n\
             B06|Tài khoản mức 1 hiện có|tài khoản|40"
        );
        let bytes = workbook(&[("Biểu 01", &|page| put(page, (0, 0), &lines))]);
        let reader = Reader::new(&ReadingGuide::of(&fixtures::district()));
        let FileReading { returns, .. } = reader.read("a.xlsx", &bytes);
        let has = |code: &str| {
            let values = returns.iter().flat_map(|raw| &raw.values);
            values.clone().any(|one| one.code == code && one.measure == Measure::Value)
        };
        (has("A01"), has("B06"))
    }

    #[test]
    fn the_only_column_is_that_of_the_figures_unless_its_words_say_more() {
        for (head, expected) in [
            ("Kết quả của xã trong tháng", (true, false)),
            ("Số đã thực hiện trong tháng", (true, false)),
            ("Tổng cộng", (true, true)),
            ("Số liệu tại thời điểm 14/3/2024", (true, true)),
            ("Lũy kế từ trước đến 14/3/2024", (false, true)),
            ("Lũy kế từ trước đến 14/02/2024", (false, false)),
            ("Kết quả của Công an huyện", (false, false)),
            ("Số dự kiến", (false, false)),
            ("Tính đến hết kỳ báo cáo", (false, true)),
            ("Kết quả (LK năm)", (false, false)),
            ("Kết quả của xã trong tháng|Kết quả của xã", (false, false)),
        ] {
            assert_eq!(read(head), expected, "{head}");
        }
    }
}

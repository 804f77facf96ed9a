//! A table with a column for each thôn, or for each piece of the period: the only column of totals holds the values
//! of the unit.

use std::collections::BTreeMap;

use super::{
    CellContent, columns::PartColumns, dates::Span, grid::Grid, matcher::Matcher,
    units::is_other_sum, withdrawn::names_part,
};
use crate::{place::CellRef, template::Measure};

/// Columns of the parts of a unit, with that of their total.
#[derive(Clone, Debug)]
pub(super) struct TotalOfParts {
    total: u32,
    parts: Vec<u32>,
    kind: PartKind,
}

/// Of what the columns beside a total are parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum PartKind {
    /// Of the unit: "Thôn Đông".
    Unit,
    /// Of the period: "Tuần 1", "15/02 - 29/02". What there is at their ends does not add up.
    Period,
}

impl PartKind {
    /// Returns what the head of a column names a part of.
    fn of(head: &str) -> Option<Self> {
        if names_part(head) {
            Some(Self::Unit)
        } else if is_piece_of_period(head) {
            Some(Self::Period)
        } else {
            None
        }
    }
}

/// Returns whether a head is a piece of the period and nothing else: "Tuần 1", "Đợt II", "từ 15/02 đến 29/02".
fn is_piece_of_period(head: &str) -> bool {
    const COUNTED: [&str; 3] = ["tuần ", "đợt ", "lần "];
    const AROUND: [&str; 4] = ["từ", "ngày", "đến", "hết"];
    let is_roman = |word: &str| matches!(word, "i" | "ii" | "iii" | "iv" | "v");
    let is_number = |word: &str| word.bytes().all(|byte| byte.is_ascii_digit()) || is_roman(word);
    let counted = COUNTED.iter().find_map(|word| head.strip_prefix(word));
    let mut words = head.split(|one: char| !one.is_alphanumeric()).filter(|word| !word.is_empty());
    counted.is_some_and(is_number)
        || words.all(|word| AROUND.contains(&word) || is_number(word))
            && Span::of(head).is_some_and(|span| !span.is_month())
}

/// Least number of thôn beside a total.
const LEAST_PARTS: usize = 2;

impl TotalOfParts {
    /// Returns the columns when those that do not say what a row is are parts of one kind, at least two, and one total.
    pub(super) fn find(matcher: &Matcher, heads: &BTreeMap<u32, Vec<String>>) -> Option<Self> {
        let lowest = heads.iter().filter_map(|(column, names)| Some((*column, names.first()?)));
        let mut others = lowest.filter(|(_, words)| !matcher.is_row_head(words)).peekable();
        // Most tables have no such column.
        let is_any = |words: &str| PartKind::of(words).is_some() || matcher.is_total(words);
        others.peek().filter(|(_, words)| is_any(words))?;
        let (totals, parts): (Vec<_>, Vec<_>) =
            others.partition(|(_, words)| matcher.is_total(words));
        let [(total, _)] = totals.as_slice() else { return None };
        let kind = parts.first().and_then(|(_, words)| PartKind::of(words))?;
        let is_of_parts = parts.len() >= LEAST_PARTS
            && parts.iter().all(|(_, words)| PartKind::of(words) == Some(kind));
        let parts = parts.iter().map(|(column, _)| *column).collect();
        is_of_parts.then_some(Self { total: *total, parts, kind })
    }

    /// Returns the total as the value of every part of a form that has one column of values.
    pub(super) fn columns(&self, matcher: &Matcher) -> Vec<PartColumns> {
        let of_part = |(part, words): (usize, &super::matcher::PartWords)| {
            if words.stock && self.kind == PartKind::Period {
                return None;
            }
            let mut values =
                (0..).zip(&words.columns).filter(|(_, it)| it.measure == Measure::Value);
            let (spec, _) = values.next().filter(|_| values.next().is_none())?;
            Some(PartColumns { part, columns: vec![(self.total, spec)] })
        };
        matcher.parts.iter().enumerate().filter_map(of_part).collect()
    }

    /// Returns the cell of the total of a row that is not the sum of the others; a row may be told of the whole
    /// alone.
    pub(super) fn wrong(&self, grid: &Grid, row: u32) -> Option<CellRef> {
        let cell = CellRef { row, column: self.total };
        let has_parts = self.parts.iter().any(|part| *grid.at(row, *part) != CellContent::Empty);
        (has_parts && is_other_sum(grid, cell, self.parts.iter().copied())).then_some(cell)
    }
}

#[cfg(test)]
mod tests {
    use crate::{
        ingest::{
            CellContent, NoticeKind, RawValue,
            samples::{notices, put, read_xlsx, workbook},
        },
        template::Measure,
    };

    fn read(heads: &str, numbers: [&str; 2]) -> (Vec<(String, CellContent)>, Vec<NoticeKind>) {
        let [flow, stock] = numbers;
        let lines = format!(
            "Kỳ báo cáo:|Tháng 3 năm 2024\nĐơn vị báo cáo:|UBND xã Tiên Minh\n\n\
             STT|Mã|Chỉ tiêu|{heads}\n1|A01|Số văn bản chỉ đạo|{flow}\n\
             2|B06|Tài khoản mức 1 hiện có|{stock}"
        );
        let reading = read_xlsx(&workbook(&[("Biểu", &|page| put(page, (0, 0), &lines))]));
        let values = reading.returns.iter().flat_map(|found| &found.values);
        let value = |one: &RawValue| (one.code.clone(), one.content.clone());
        let values = values.filter(|one| one.measure == Measure::Value).map(value).collect();
        (values, notices(&reading))
    }

    #[test]
    fn the_total_beside_columns_of_thon_holds_the_values() {
        let number = |code: &str, number| (code.to_owned(), CellContent::Number(number));
        let expected = vec![number("A01", 3.0), number("B06", 70.0)];
        for (heads, [flow, stock]) in [
            ("Thôn Đông|Thôn Đoài|Tổng cộng", ["1|2|3", "30|40|70"]),
            ("Tổng số|Thôn Đông|TDP số 2", ["3|1|2", "70|30|40"]),
        ] {
            assert_eq!(read(heads, [flow, stock]), (expected.clone(), Vec::new()), "{heads}");
        }
        for heads in [
            "Tuần 1|Tuần 2|Tổng cộng",
            "15/02 - 29/02|01/3 - 14/3|Tổng cộng",
            "Đợt I|Đợt II|Tổng cộng",
        ] {
            let (values, said) = read(heads, ["1|2|3", "30|40|70"]);
            assert_eq!(
                values,
                [number("A01", 3.0)],
                "{heads}: pieces of the period have no stocks"
            );
            assert_eq!(said, [NoticeKind::MissingColumn("B06".to_owned())], "{heads}");
        }
        let (values, said) = read("Thôn Đông|Thôn Đoài|Tổng cộng", ["1|1|3", "30|40|70"]);
        assert_eq!((values, said), (expected, vec![NoticeKind::RowTotalDiffers("A01".to_owned())]));
        let (_, said) = read("Thôn Đông|Thôn Đoài|Tổng cộng", ["||3", "30|40|70"]);
        assert_eq!(said, Vec::new(), "told of the whole alone");
        for heads in [
            "Thôn Đông|Thôn Đoài|Tổ 3|Tổng cộng",
            "Thôn Đông|Tổng cộng",
            "Tổng cộng",
            "Tuần 1|Thôn Đông|Tổng cộng",
        ] {
            let (values, _) = read(heads, ["1|2|3", "30|40|70"]);
            assert!(values.is_empty(), "{heads}: {values:?}");
        }
    }
}

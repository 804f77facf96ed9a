//! A second row of heads below one that names indicators: the columns of an indicator, "Kỳ trước" and "Kỳ
//! này", or further indicators below words that join them.

use std::collections::BTreeMap;

use super::{AcrossColumn, indicator};
use crate::{
    ingest::{
        CellContent,
        grid::Grid,
        matcher::Matcher,
        month::MonthHead,
        plain_number::begins_with_digit,
        withdrawn::{is_otherwise, names_month, year_in},
    },
    text::fold,
};

/// Adds the columns that the row below a head names; returns whether that row is one of heads: of words
/// alone, some of them below no head of their own.
pub(super) fn take(
    (matcher, grid): (&Matcher, &Grid),
    row: u32,
    columns: &mut BTreeMap<u32, AcrossColumn>,
) -> bool {
    let Some(first) = columns.keys().next().copied() else { return false };
    // Heads that no indicator has may stand before the first that one has.
    let mut before = grid.row(row).iter().filter(|(cell, content)| match content {
        CellContent::Text(text) => cell.column < first && !matcher.is_row_head(&fold(text)),
        _ => false,
    });
    let first = before.next().map_or(first, |(cell, _)| cell.column);
    let below = grid.row(row + 1);
    let is_head = |content: &CellContent| match content {
        CellContent::Text(text) => !begins_with_digit(text) || MonthHead::of(&fold(text)).is_some(),
        _ => false,
    };
    let is_of_heads = below.iter().all(|(cell, content)| cell.column >= first && is_head(content));
    let is_free = |column: u32| *grid.at(row, column) == CellContent::Empty;
    if !is_of_heads || !below.iter().any(|(cell, _)| is_free(cell.column)) {
        return false;
    }
    let heads: Vec<u32> = grid.row(row).iter().map(|(cell, _)| cell.column).collect();
    let mut found = BTreeMap::new();
    for (cell, content) in below {
        let CellContent::Text(text) = content else { continue };
        let words = fold(text);
        if let Some((part, code)) = indicator(matcher, &words) {
            found.insert(cell.column, AcrossColumn { part, code, group: None, is_below: false });
            continue;
        }
        let head = heads.iter().rev().find(|column| **column <= cell.column);
        if let Some(owner) = head.and_then(|head| columns.get(head)) {
            let (part, code) = (owner.part, owner.code.clone());
            found.insert(
                cell.column,
                AcrossColumn { part, code, group: Some(words), is_below: true },
            );
        }
    }
    columns.extend(found);
    columns.retain(|_, column| {
        if !column.is_below {
            return true;
        }
        let words = column.group.as_deref().unwrap_or_default();
        let is_of_other_kind = if matcher.parts[column.part].stock {
            matcher.is_value_of_flows(words)
        } else {
            matcher.is_value_of_stocks(words)
        };
        !is_of_others(words) && !is_of_other_kind
    });
    true
}

/// Returns whether a head below an indicator is of a plan, another year or the like: no column is that of
/// the period because it is the only one.
fn is_of_others(words: &str) -> bool {
    is_otherwise(words) || (year_in(words).is_some() && !names_month(words))
}

#[cfg(test)]
mod tests {
    use crate::{
        ingest::{
            RawValue,
            samples::{put, read_xlsx, workbook},
        },
        template::Measure,
    };

    /// Returns the codes and numbers that are read of two communes below heads of two rows.
    fn read(heads: &str) -> Vec<Vec<(String, String)>> {
        let lines = format!(
            "Kỳ báo cáo:|Tháng 3 năm 2024\n\n{heads}\n1|UBND xã Tiên Minh|1|2|3|4\n\
             2|UBND xã Đoàn Lập|5|6|7|8"
        );
        let reading = read_xlsx(&workbook(&[("Biểu", &|page| put(page, (0, 0), &lines))]));
        let value = |one: &RawValue| (one.code.clone(), format!("{:?}", one.content));
        let values = |values: &[RawValue]| {
            values.iter().filter(|one| one.measure == Measure::Value).map(value).collect()
        };
        reading.returns.iter().map(|one| values(&one.values)).collect()
    }

    #[test]
    fn the_second_row_of_heads_says_which_column_is_of_the_period() {
        let number = |code: &str, number: u8| (code.to_owned(), format!("Number({number}.0)"));
        let cases = [
            ("STT|Đơn vị|A01||B06|\n||Kỳ trước|Kỳ này|Kỳ trước|Kỳ này", [2, 4], [6, 8]),
            ("STT|Đơn vị|A01||B06|\n||Tháng 3|Tháng 2|Tháng 3|Tháng 2", [1, 3], [5, 7]),
            ("STT|Đơn vị|A01||B06|\n||Tổng số|Nữ|Tổng số|Nữ", [1, 3], [5, 7]),
            ("STT|Đơn vị|A01||B06|\n||Trong kỳ|Lũy kế|Kế hoạch|Thực hiện", [1, 4], [5, 8]),
            ("STT|Đơn vị|A01||B06|\n||Trong kỳ|Lũy kế|Trong kỳ|Lũy kế", [1, 4], [5, 8]),
            ("STT|Đơn vị|A01||B06|\n||02/2024|03/2024|02/2024|03/2024", [2, 4], [6, 8]),
            (
                "STT|Đơn vị|A01||B06|\n||Kết quả (T2)|Kết quả (T3)|Kết quả (T2)|Kết quả (T3)",
                [2, 4],
                [6, 8],
            ),
        ];
        for (heads, one, other) in cases {
            let of = |[flow, stock]: [u8; 2]| vec![number("A01", flow), number("B06", stock)];
            assert_eq!(read(heads), [of(one), of(other)], "{heads}");
        }
        let below = read("STT|Đơn vị|A01|A02|Tài khoản|\n||||B06|B08");
        let codes = |values: &[(String, String)]| {
            values.iter().map(|(code, _)| code.clone()).collect::<Vec<_>>()
        };
        assert_eq!(
            below.iter().map(|one| codes(one)).collect::<Vec<_>>(),
            [["A01", "A02", "B06", "B08"], ["A01", "A02", "B06", "B08"]]
        );
        let after = read("STT|Đơn vị|Việc khác||B06|\n||Kỳ trước|Kỳ này|Kỳ trước|Kỳ này");
        assert_eq!(after, [[number("B06", 4)], [number("B06", 8)]]);
        let bare = read("STT|Đơn vị|A01||B06|");
        assert!(bare.iter().all(Vec::is_empty), "which of two columns? {bare:?}");
        for heads in ["Nam|Nữ|Nam|Nữ", "Lũy kế|Tỷ lệ|Kế hoạch|Tỷ lệ", "Đợt 1|Đợt 2|Đợt 1|Đợt 2"]
        {
            let unclear = read(&format!("STT|Đơn vị|A01||B06|\n||{heads}"));
            assert!(unclear.iter().all(Vec::is_empty), "{heads}: {unclear:?}");
        }
    }
}

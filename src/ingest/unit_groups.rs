//! Several columns for each unit under its name: plan and result, the month before and this one, flows and
//! stocks. Which of them holds a value is read from the heads below the name, as in a table of one unit.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    CellContent,
    columns::{self, PartColumns},
    grid::Grid,
    head_words, header,
    matcher::Matcher,
    month::Month,
    month_columns::take_months,
};
use crate::{place::CellRef, template::Measure, text::fold};

/// The columns under the name of a unit.
#[derive(Clone, Debug)]
pub(super) struct UnitGroup {
    /// The cell of the name.
    pub(super) name: CellRef,
    /// What the columns hold.
    parts: Vec<PartColumns>,
}

/// Least number of known names that make a row of heads one of units.
const LEAST_UNITS: usize = 2;

/// Returns the columns of units, when a row of the head above its last names at least two units.
pub(super) fn find(
    (matcher, grid): (&Matcher, &Grid),
    (first, last): (u32, u32),
    month: Option<Month>,
) -> Vec<UnitGroup> {
    let row = (first..last).find(|row| {
        let words = grid.row(*row).iter().filter_map(|(_, content)| folded(content));
        let units: BTreeSet<String> = words.filter(|words| matcher.is_unit(words)).collect();
        units.len() >= LEAST_UNITS
    });
    let Some(row) = row else { return Vec::new() };
    let below = (row + 1..=last).flat_map(|row| grid.row(row));
    let end = below.map(|(cell, _)| cell.column).max().unwrap_or(0) + 1;
    let heads: Vec<CellRef> = grid.row(row).iter().map(|(cell, _)| *cell).collect();
    let ends = heads.iter().skip(1).map(|cell| cell.column).chain([end]);
    let is_group = |cell: &CellRef| {
        folded(grid.at(cell.row, cell.column))
            .is_some_and(|words| !matcher.is_row_head(&words) && !matcher.is_total(&words))
    };
    let groups = heads.iter().zip(ends).filter(|(cell, _)| is_group(cell));
    let group = |(name, end): (&CellRef, u32)| {
        let columns = name.column..end;
        let words = columns.map(|column| (column, header::names_of(grid, column, row + 1, last)));
        let mut words: BTreeMap<u32, Vec<String>> =
            words.filter(|(_, names)| !names.is_empty()).collect();
        head_words::take_remarks(month, &mut words);
        let mut parts = columns::parts(matcher, &words, &BTreeSet::new(), month);
        if let Some(month) = month {
            take_months(matcher, &words, month, &mut parts);
        }
        UnitGroup { name: *name, parts }
    };
    groups.map(group).collect()
}

impl UnitGroup {
    /// Returns the column that holds the value of an indicator by its normalised code.
    pub(super) fn column(&self, matcher: &Matcher, code: &str) -> Option<u32> {
        self.parts.iter().find_map(|found| {
            let part = &matcher.parts[found.part];
            part.codes.get(code)?;
            let is_value = |spec: usize| {
                part.columns
                    .get(spec)
                    .is_some_and(|spec| spec.measure == Measure::Value && spec.suffix.is_none())
            };
            let mut values = found.columns.iter().filter(|(_, spec)| is_value(*spec));
            values.next().map(|(column, _)| *column)
        })
    }
}

fn folded(content: &CellContent) -> Option<String> {
    match content {
        CellContent::Text(words) => Some(fold(words)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use crate::ingest::{
        NoticeKind, RawValue,
        samples::{notices, put, read_xlsx, workbook},
    };

    /// Reads two units with these columns each; returns the codes and numbers of each unit, and whether it
    /// was said that they are unclear.
    fn read(heads: [&str; 3]) -> (Vec<Vec<(String, String)>>, bool) {
        let [one, other, third] = heads;
        let heads = heads.join("|");
        let lines = format!(
            "Kỳ báo cáo:|Tháng 3 năm 2024\n\nSTT|Mã|Chỉ tiêu|UBND xã Tiên Minh|||UBND xã Đoàn Lập||\n\
             |||{heads}|{heads}\n1|A01|Số văn bản chỉ đạo|1|2|3|11|12|13\n\
             2|B06|Tài khoản mức 1 hiện có|4|5|6|14|15|16"
        );
        let bytes = workbook(&[("Biểu", &|page| put(page, (0, 0), &lines))]);
        let reading = read_xlsx(&bytes);
        let value = |one: &RawValue| (one.code.clone(), format!("{:?}", one.content));
        let values = reading.returns.iter().map(|one| one.values.iter().map(value).collect());
        let is_unclear = |kind: &NoticeKind| matches!(kind, NoticeKind::UnclearColumns(_));
        let said = notices(&reading).iter().any(is_unclear);
        assert!(![one, other, third].contains(&""), "every column has a head");
        (values.collect(), said)
    }

    #[test]
    fn the_heads_below_a_unit_say_which_column_is_of_the_period() {
        let numbers = |flow: u8, stock: u8| {
            let one = |code: &str, number| (code.to_owned(), format!("Number({number}.0)"));
            vec![one("A01", flow), one("B06", stock)]
        };
        for (heads, one, other) in [
            (["Kế hoạch", "Thực hiện", "Tỷ lệ"], numbers(2, 5), numbers(12, 15)),
            (["Kỳ trước", "Kỳ này", "Ghi chú"], numbers(2, 5), numbers(12, 15)),
            (["Kỳ trước", "Trong kỳ", "Lũy kế"], numbers(2, 6), numbers(12, 16)),
            (["Tháng 1", "Tháng 2", "Tháng 3"], numbers(3, 6), numbers(13, 16)),
            (["Kết quả (tháng 2)", "Kết quả (tháng 3)", "Tỷ lệ"], numbers(2, 5), numbers(12, 15)),
        ] {
            assert_eq!(read(heads), (vec![one, other], false), "{heads:?}");
        }
        for heads in [["Nam", "Nữ", "Khác"], ["Kết quả", "Thực hiện", "Tỷ lệ"]] {
            let (values, said) = read(heads);
            assert!(values.iter().all(Vec::is_empty) && said, "{heads:?}: {values:?}");
        }
    }
}

//! Numbers that stand a row above or below the indicators that they belong to: whoever deletes or inserts a
//! single cell moves all the numbers below it. Nothing in such a number is odd; what betrays them is a
//! number where none belongs, beside a heading or no words at all, and an indicator without its own.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    CellContent, RawValue,
    grid::Grid,
    header::ValueHeader,
    headings::is_heading,
    sheet::SheetReading,
    withdrawn::{Objection, Withdrawal},
};
use crate::{place::CellRef, template::Measure, text::fold};

/// What stands in a row of a column of values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Spot {
    /// The number of an indicator.
    Filled,
    /// An indicator without a number.
    Empty,
    /// A number where none belongs.
    Stray,
    Other,
}

/// Keeps apart the numbers of a table that seem to stand in the row before or after their own; `end` is
/// the first row behind the table.
pub(super) fn withdraw(grid: &Grid, header: &ValueHeader, end: u32, found: &mut SheetReading) {
    let is_of_table = |value: &&RawValue| {
        let rows = header.last_row + 1..end;
        value.measure == Measure::Value && rows.contains(&value.cell.row)
    };
    let values = || found.values.iter().filter(is_of_table);
    // Where every indicator has its number none has moved.
    let lacking = values().filter(|value| value.content == CellContent::Empty);
    let mut columns: BTreeMap<u32, BTreeMap<u32, Spot>> =
        lacking.map(|value| (value.cell.column, BTreeMap::new())).collect();
    if columns.is_empty() {
        return;
    }
    for value in values() {
        let is_empty = value.content == CellContent::Empty;
        let spot = if is_empty { Spot::Empty } else { Spot::Filled };
        if let Some(spots) = columns.get_mut(&value.cell.column) {
            spots.insert(value.cell.row, spot);
        }
    }
    for (column, known) in columns {
        let spot = |row: u32| {
            let other =
                || if is_stray(grid, header, (row, column)) { Spot::Stray } else { Spot::Other };
            (row, known.get(&row).copied().unwrap_or_else(other))
        };
        let rows = grid.row_numbers().filter(|row| (header.last_row + 1..end).contains(row));
        let spots: Vec<(u32, Spot)> = rows.map(spot).collect();
        let moved = moved(&spots.iter().map(|(_, spot)| *spot).collect::<Vec<_>>());
        if let Some(stray) = moved.stray {
            let row_of = |at: usize| spots.get(at).map(|(row, _)| *row);
            let rows = moved.numbers.into_iter().filter_map(row_of).collect();
            let stray = CellRef { row: row_of(stray).unwrap_or_default(), column };
            keep_apart(grid, stray, &rows, found);
        }
    }
}

/// Keeps the numbers of some rows apart, by the stray number in their column.
fn keep_apart(grid: &Grid, stray: CellRef, rows: &BTreeSet<u32>, found: &mut SheetReading) {
    let is_moved = |value: &RawValue| {
        let is_in_column = value.cell.column == stray.column && value.measure == Measure::Value;
        is_in_column && rows.contains(&value.cell.row)
    };
    let moved = found.take_values(is_moved);
    let words = match grid.at(stray.row, stray.column) {
        CellContent::Text(words) => words.clone(),
        CellContent::Number(number) | CellContent::ShownOtherwise(number, _) => number.to_string(),
        _ => String::new(),
    };
    let objection = Objection::of_cell(Withdrawal::Moved, words, stray);
    found.withdraw(&objection, moved.into_iter());
}

/// Numbers that have moved: where the first stray one stands and where those of indicators do.
#[derive(Debug, Default, PartialEq, Eq)]
struct Moved {
    stray: Option<usize>,
    numbers: BTreeSet<usize>,
}

/// Returns which numbers of a column have moved with a stray one.
fn moved(spots: &[Spot]) -> Moved {
    let at = |place: Option<usize>| place.and_then(|place| spots.get(place)).copied();
    let mut moved = Moved::default();
    for (stray, _) in spots.iter().enumerate().filter(|(_, spot)| **spot == Spot::Stray) {
        let is_filled = |place: &usize| at(Some(*place)) == Some(Spot::Filled);
        let above: Vec<usize> = (0..stray).rev().take_while(is_filled).collect();
        let below: Vec<usize> = (stray + 1..spots.len()).take_while(is_filled).collect();
        let before = at(stray.checked_sub(1 + above.len()));
        let after = stray + 1 + below.len();
        // A number too low: an indicator lacks its own, those below it have that of the row above.
        if below.is_empty() && !above.is_empty() && before == Some(Spot::Empty) {
            moved.stray = moved.stray.or(Some(stray));
            moved.numbers.extend(above);
            continue;
        }
        // A number too high: the last indicator before the next heading lacks its own.
        let ends = !matches!(at(Some(after + 1)), Some(Spot::Filled | Spot::Empty));
        if above.is_empty() && ends && at(Some(after)) == Some(Spot::Empty) {
            let before = stray.checked_sub(1).filter(|_| before == Some(Spot::Empty));
            let above = (0..before.unwrap_or(0)).rev().take_while(is_filled);
            let numbers: Vec<usize> = above.chain(below).collect();
            moved.stray = moved.stray.or(Some(stray).filter(|_| !numbers.is_empty()));
            moved.numbers.extend(numbers);
        }
    }
    moved
}

/// Returns whether a number stands in a row that has none: its words are a heading, or there are none.
fn is_stray(grid: &Grid, header: &ValueHeader, (row, column): (u32, u32)) -> bool {
    let is_number = match grid.at(row, column) {
        CellContent::Number(_) | CellContent::ShownOtherwise(..) => true,
        CellContent::Text(words) => {
            let words = words.trim();
            !words.is_empty() && words.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
        }
        _ => false,
    };
    is_number && !numbers_columns(grid, row) && is_without_indicator(grid, header, (row, column))
}

/// Returns whether a row numbers its columns, if only those of values: "1 | 2".
fn numbers_columns(grid: &Grid, row: u32) -> bool {
    let cells = grid.row(row);
    let is_next = |(one, other): (&(CellRef, CellContent), &(CellRef, CellContent))| {
        matches!((&one.1, &other.1), (CellContent::Number(one), CellContent::Number(other))
            if (other - one - 1.0).abs() < f64::EPSILON)
    };
    cells.len() > 1 && cells.iter().zip(cells.iter().skip(1)).all(is_next)
}

/// Returns whether the words of a row are a heading, or it has none before a column.
fn is_without_indicator(grid: &Grid, header: &ValueHeader, (row, column): (u32, u32)) -> bool {
    let keys = [header.code_column, header.name_column].into_iter().flatten();
    let first = keys.min().unwrap_or(0).saturating_sub(1);
    let name = header.name_column.map(|name| grid.at(row, name));
    if let Some(CellContent::Text(words)) = name {
        return is_heading(&fold(words));
    }
    let mut beside = grid.row(row).iter().filter(|(cell, _)| cell.column >= first);
    match beside.find(|(cell, _)| cell.column != column) {
        Some((_, CellContent::Text(words))) => is_heading(&fold(words)),
        Some((cell, _)) => cell.column > column,
        None => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::samples::{only, put, read_xlsx, workbook};

    const ROWS: [(&str, Option<u32>); 8] = [
        ("A. Công tác tuyên truyền", None),
        ("Số văn bản chỉ đạo", Some(11)),
        ("Số buổi tuyên truyền", Some(12)),
        ("Số lượt người dự", Some(13)),
        ("B. Tài khoản định danh", None),
        ("Tài khoản mức 1 hiện có", Some(21)),
        ("Tài khoản đã kích hoạt", Some(22)),
        ("", None),
    ];

    /// Returns how many numbers are read and how many are kept apart, with these in the column.
    fn read(rows: &[(&str, Option<u32>)]) -> (usize, usize) {
        let mut lines = "Kỳ báo cáo:|Tháng 3 năm 2024\nĐơn vị báo cáo:|UBND xã Tiên Minh\n\n\
                         STT|Chỉ tiêu|Kết quả"
            .to_owned();
        for (words, number) in rows {
            let number = number.map(|number| number.to_string()).unwrap_or_default();
            lines = format!("{lines}\n|{words}|{number}");
        }
        let reading = read_xlsx(&workbook(&[("Biểu", &|page| put(page, (0, 0), &lines))]));
        let found = only(&reading);
        let is_read = |value: &&RawValue| {
            value.measure == Measure::Value && value.content != CellContent::Empty
        };
        let moved = found.withdrawn.iter().filter(|one| one.why == Withdrawal::Moved);
        (found.values.iter().filter(is_read).count(), moved.map(|one| one.values.len()).sum())
    }

    /// Returns the rows with their numbers changed.
    fn with(change: impl FnOnce(&mut Vec<Option<u32>>)) -> Vec<(&'static str, Option<u32>)> {
        let mut numbers: Vec<Option<u32>> = ROWS.iter().map(|(_, number)| *number).collect();
        change(&mut numbers);
        let numbers = numbers.into_iter().chain([None]);
        ROWS.iter().map(|(words, _)| *words).zip(numbers).collect()
    }

    #[test]
    fn moved_numbers_are_kept_apart() {
        assert_eq!(read(&ROWS), (5, 0));
        // Cells inserted: the number of the row before stands beside every indicator below.
        for (from, expected) in [(0, (0, 3)), (1, (0, 3)), (2, (1, 2)), (5, (3, 1))] {
            assert_eq!(read(&with(|numbers| numbers.insert(from, None))), expected, "{from} down");
        }
        // Cells deleted: which of the numbers above the gap have moved cannot be seen.
        for (from, expected) in [(0, (0, 3)), (1, (0, 3)), (2, (0, 3))] {
            let rows = with(|numbers| {
                numbers.remove(from);
            });
            assert_eq!(read(&rows), expected, "{from} up");
        }
    }

    #[test]
    fn a_total_beside_a_heading_moves_nothing() {
        let mut rows = ROWS;
        rows[4].1 = Some(43);
        assert_eq!(read(&rows), (5, 0));
        rows[6].1 = None;
        assert_eq!(read(&rows), (4, 0));
        let mut rows = ROWS;
        rows[7] = ("Tổng số", Some(5));
        rows[1].1 = None;
        assert_eq!(read(&rows), (4, 0));
    }

    #[test]
    fn a_number_too_many_tells_which_way_the_others_have_moved() {
        use Spot::{Empty as E, Filled as F, Other as O, Stray as S};
        for (spots, expected) in [
            (&[O, E, F, F, S, E, F, S][..], &[2, 3, 6][..]),
            (&[S, F, F, E, S, F, E], &[1, 2, 5]),
            (&[O, F, F, E, S, F, E, O], &[1, 2, 5]),
            (&[O, F, F, F, S, F, E, O], &[]),
            (&[O, E, F, F, S, F, F, O], &[]),
            (&[O, E, F, F, O, F, F, S], &[]),
            (&[E, S], &[]),
            (&[S], &[]),
        ] {
            assert_eq!(moved(spots).numbers, expected.iter().copied().collect(), "{spots:?}");
        }
    }
}

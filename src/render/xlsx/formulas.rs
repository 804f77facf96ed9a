//! Live formulas of a table: sums, differences and ratios over its own cells.
//!
//! A ratio follows `quantity::percent`: what is not full never becomes 100 %, what is not zero
//! never becomes 0 %.

use rust_xlsxwriter::utility::row_col_to_cell;
use rust_xlsxwriter::{ColNum, RowNum};

use crate::compose::document::Formula;

/// Longest formula that Excel takes.
const LONGEST: usize = 8_000;

/// Most arguments of a function.
const MOST_ARGUMENTS: usize = 255;

/// A body cell of a table, as a formula sees it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    /// Row of the sheet of the table's first body row.
    pub first_row: RowNum,
    /// Row of the cell, counted from the first body row.
    pub row: usize,
    /// Column of the cell.
    pub column: usize,
}

/// Returns the words of a formula without its equals sign, or nothing when Excel could not take
/// it; `decimals` are those of a ratio as a fraction.
pub(super) fn words(formula: &Formula, place: Place, decimals: u8) -> Option<String> {
    let words = match formula {
        // It is drawn, not computed.
        Formula::Trend { .. } => return None,
        Formula::Sum { rows } => sum(&ranges(rows, &[place.column], place.first_row)),
        Formula::Difference { plus, minus } => {
            let part = |columns: &[usize]| single(columns, place.row, place.first_row);
            match (plus.is_empty(), minus.is_empty()) {
                (true, true) => return None,
                (false, true) => part(plus),
                (true, false) => format!("-{}", part(minus)),
                (false, false) => format!("{}-{}", part(plus), part(minus)),
            }
        }
        Formula::Ratio { numerator, denominator, rows } => {
            if numerator.is_empty() || denominator.is_empty() || rows.is_empty() {
                return None;
            }
            if let [row] = rows.as_slice() {
                let part = |columns: &[usize]| single(columns, *row, place.first_row);
                ratio(&part(numerator), &part(denominator), decimals)
            } else {
                let columns: Vec<usize> = numerator.iter().chain(denominator).copied().collect();
                let part = |summed: &[usize]| usable(summed, &columns, rows, place.first_row);
                ratio(&part(numerator), &part(denominator), decimals)
            }
        }
    };
    (!words.is_empty() && words.len() <= LONGEST).then_some(words)
}

/// Returns `numerator / denominator` as a fraction rounded as `quantity::percent` does: a step away
/// from 0 and 1 where only rounding leads there.
fn ratio(numerator: &str, denominator: &str, decimals: u8) -> String {
    let step = format!("0.{}1", "0".repeat(usize::from(decimals.saturating_sub(1))));
    let exact = format!("{numerator}/{denominator}");
    let rounded = format!("ROUND({exact},{decimals})");
    let away = format!("SIGN({exact}-{rounded})*(ABS({rounded}-0.5)=0.5)");
    format!("IF({denominator}=0,\"-\",{rounded}+{step}*{away})")
}

/// Returns the sum of columns of one row; words count as nothing.
fn single(columns: &[usize], row: usize, first_row: RowNum) -> String {
    match columns {
        [column] => format!("N({})", cell(row, *column, first_row)),
        several => sum(&ranges(&[row], several, first_row)),
    }
}

/// Returns the sum of columns over those rows in which all of `columns` are numbers.
fn usable(summed: &[usize], columns: &[usize], rows: &[usize], first_row: RowNum) -> String {
    let mut terms = Vec::new();
    for (first, last) in stretches(rows) {
        let number = |left, right| {
            let cells =
                format!("{}:{}", cell(first, left, first_row), cell(last, right, first_row));
            (format!("ISNUMBER({cells})"), cells)
        };
        let all: Vec<String> = stretches(columns)
            .into_iter()
            .flat_map(|(left, right)| left..=right)
            .map(|column| number(column, column).0)
            .collect();
        for (left, right) in stretches(summed) {
            let (own, cells) = number(left, right);
            // One column is tested already; several at once widen the test to their number.
            let test = if left == right && all.len() > 1 {
                all.join("*")
            } else {
                format!("{}*{own}", all.join("*"))
            };
            terms.push(format!("SUMPRODUCT({test},{cells})"));
        }
    }
    if let [term] = terms.as_slice() { term.clone() } else { format!("({})", terms.join("+")) }
}

fn sum(ranges: &[String]) -> String {
    let sums: Vec<String> = ranges
        .chunks(MOST_ARGUMENTS)
        .map(|arguments| format!("SUM({})", arguments.join(",")))
        .collect();
    sums.join("+")
}

/// Returns the ranges of cells: stretches of rows in one column, or stretches of columns in one
/// row.
fn ranges(rows: &[usize], columns: &[usize], first_row: RowNum) -> Vec<String> {
    if let [row] = rows {
        return stretches(columns)
            .into_iter()
            .map(|(first, last)| {
                let (first, last) = (cell(*row, first, first_row), cell(*row, last, first_row));
                if first == last { first } else { format!("{first}:{last}") }
            })
            .collect();
    }
    columns
        .iter()
        .flat_map(|column| {
            stretches(rows).into_iter().map(|(first, last)| range(first, last, *column, first_row))
        })
        .collect()
}

fn range(first: usize, last: usize, column: usize, first_row: RowNum) -> String {
    let (top, bottom) = (cell(first, column, first_row), cell(last, column, first_row));
    if top == bottom { top } else { format!("{top}:{bottom}") }
}

fn cell(row: usize, column: usize, first_row: RowNum) -> String {
    let row = RowNum::try_from(row).unwrap_or(RowNum::MAX).saturating_add(first_row);
    row_col_to_cell(row, ColNum::try_from(column).unwrap_or(ColNum::MAX))
}

/// Returns the first and last of each run of neighbours; order and repeats of the input are kept
/// out.
fn stretches(numbers: &[usize]) -> Vec<(usize, usize)> {
    let mut sorted = numbers.to_vec();
    sorted.sort_unstable();
    let mut stretches: Vec<(usize, usize)> = Vec::new();
    for number in sorted {
        match stretches.last_mut() {
            Some((_, last)) if *last == number || *last + 1 == number => *last = number,
            _ => stretches.push((number, number)),
        }
    }
    stretches
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(formula: &Formula, row: usize, column: usize) -> Option<String> {
        words(formula, Place { first_row: 6, row, column }, 4)
    }

    #[test]
    fn sums_take_ranges_of_neighbours() {
        let cases = [
            (vec![0, 1, 2], "SUM(C7:C9)"),
            (vec![0, 4], "SUM(C7,C11)"),
            (vec![5, 0, 1, 1, 2, 4], "SUM(C7:C9,C11:C12)"),
            (vec![3], "SUM(C10)"),
        ];
        for (rows, expected) in cases {
            assert_eq!(written(&Formula::Sum { rows }, 9, 2).as_deref(), Some(expected));
        }
        let scattered = Formula::Sum { rows: (0..300).map(|row| row * 2).collect() };
        let words = written(&scattered, 700, 2).unwrap();
        assert_eq!(words.matches("SUM(").count(), 2, "at most 255 arguments: {words}");
        let many = Formula::Sum { rows: (0..3_000).map(|row| row * 2).collect() };
        assert_eq!(written(&many, 7_000, 2), None, "longer than Excel takes");
        assert_eq!(written(&Formula::Sum { rows: Vec::new() }, 0, 2), None);
    }

    #[test]
    fn differences_do_not_stumble_over_words() {
        let cases = [
            (vec![3], vec![5], "N(D8)-N(F8)"),
            (vec![3, 4], vec![5], "SUM(D8:E8)-N(F8)"),
            (vec![3, 5], vec![], "SUM(D8,F8)"),
            (vec![], vec![5], "-N(F8)"),
        ];
        for (plus, minus, expected) in cases {
            let formula = Formula::Difference { plus, minus };
            assert_eq!(written(&formula, 1, 7).as_deref(), Some(expected));
        }
    }

    #[test]
    fn a_ratio_of_one_row_keeps_away_from_full_and_nothing() {
        let formula = Formula::Ratio { numerator: vec![3], denominator: vec![2], rows: vec![0] };
        let expected = "IF(N(C7)=0,\"-\",ROUND(N(D7)/N(C7),4)+0.0001*\
                        SIGN(N(D7)/N(C7)-ROUND(N(D7)/N(C7),4))*\
                        (ABS(ROUND(N(D7)/N(C7),4)-0.5)=0.5))";
        assert_eq!(written(&formula, 0, 4).as_deref(), Some(expected));
    }

    #[test]
    fn a_ratio_of_rows_counts_those_with_both_sides() {
        let formula =
            Formula::Ratio { numerator: vec![3, 4], denominator: vec![2], rows: vec![0, 1, 3] };
        let words = written(&formula, 5, 4).unwrap();
        let all = "ISNUMBER(C7:C8)*ISNUMBER(D7:D8)*ISNUMBER(E7:E8)";
        let numerator = format!("(SUMPRODUCT({all}*ISNUMBER(D7:E8),D7:E8)+SUMPRODUCT(");
        assert!(words.contains(&numerator), "{words}");
        assert!(words.contains(&format!("SUMPRODUCT({all},C7:C8)+")), "{words}");
        assert!(words.contains("ISNUMBER(C10:C10)"), "a row alone, too: {words}");
    }
}

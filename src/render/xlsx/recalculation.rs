//! What a spreadsheet will compute from a formula of a table, so that only formulas that give the
//! figure are written.
//!
//! A figure may differ from the plain sum of its column, as when a unit's number is not used; such
//! a cell holds the number alone.

use super::cells::number_cell;
use crate::compose::document::{Cell, Formula, Row, Table, shown};
use crate::quantity::{Quantity, percent};

/// Decimals of the common measure: six of a quantity, two of a percentage as a fraction.
const DECIMALS: u8 = 8;

/// Returns whether the formula of the cell in this row and column gives what the cell shows.
pub(super) fn gives_what_is_shown(table: &Table, row: usize, column: usize, cell: &Cell) -> bool {
    let Some(formula) = &cell.formula else { return false };
    if refers_to(formula, row, column) {
        return false;
    }
    let held = number_cell(&cell.runs).map(|number| number.held);
    match formula {
        Formula::Sum { rows } => {
            let sum = rows.iter().map(|row| measured(table, *row, column).unwrap_or(0)).sum();
            held.map(measure) == Some(sum)
        }
        Formula::Difference { plus, minus } => {
            let part = |columns: &[usize]| -> i128 {
                columns.iter().map(|column| measured(table, row, *column).unwrap_or(0)).sum()
            };
            held.map(measure) == Some(part(plus) - part(minus))
        }
        Formula::Ratio { numerator, denominator, rows } => {
            let Some((top, bottom)) = sides(table, numerator, denominator, rows) else {
                return false;
            };
            let Some(held) = held else { return bottom == 0 && shown(&cell.runs) == "-" };
            let Some(decimals) = held.decimals.checked_sub(2) else { return false };
            percent(top, bottom, decimals).map(|ratio| ratio.scaled) == Some(held.scaled)
        }
    }
}

/// Returns the sums of numerator and denominator in the common measure: over those rows where all
/// are numbers, or over the only row with words as nothing.
fn sides(
    table: &Table,
    numerator: &[usize],
    denominator: &[usize],
    rows: &[usize],
) -> Option<(i64, i64)> {
    let (mut top, mut bottom) = (0, 0);
    for row in rows {
        let part = |columns: &[usize]| -> Option<i128> {
            columns
                .iter()
                .map(|column| match measured(table, *row, *column) {
                    None if rows.len() == 1 => Some(0),
                    number => number,
                })
                .sum()
        };
        if let (Some(above), Some(below)) = (part(numerator), part(denominator)) {
            top += above;
            bottom += below;
        }
    }
    Some((i64::try_from(top).ok()?, i64::try_from(bottom).ok()?))
}

/// Returns whether a formula would refer to its own cell.
fn refers_to(formula: &Formula, row: usize, column: usize) -> bool {
    match formula {
        Formula::Sum { rows } => rows.contains(&row),
        Formula::Difference { plus, minus } => plus.contains(&column) || minus.contains(&column),
        Formula::Ratio { numerator, denominator, rows } => {
            rows.contains(&row) && (numerator.contains(&column) || denominator.contains(&column))
        }
    }
}

/// Returns the number of a cell in the common measure; nothing for words.
fn measured(table: &Table, row: usize, column: usize) -> Option<i128> {
    let cell = cell_at(table.rows.get(row)?, column)?;
    number_cell(&cell.runs).map(|number| measure(number.held))
}

fn measure(quantity: Quantity) -> i128 {
    let missing = DECIMALS.saturating_sub(quantity.decimals);
    i128::from(quantity.scaled) * 10_i128.pow(u32::from(missing))
}

/// Returns the cell that begins in this column.
fn cell_at(row: &Row, column: usize) -> Option<&Cell> {
    let mut first = 0;
    for cell in &row.cells {
        if first == column {
            return Some(cell);
        }
        first += cell.column_span.max(1);
    }
    None
}

#[cfg(test)]
mod tests {
    use super::super::sample::{cell, figure, sign};
    use super::*;
    use crate::compose::document::{NumberFormat, RowKind};

    fn whole(value: i64) -> Cell {
        let value = Quantity::whole(value);
        cell(vec![figure("b08.xa.a.value", NumberFormat::Number, "1", value)])
    }

    fn ratio(scaled: i64) -> Cell {
        let value = Quantity { scaled, decimals: 2 };
        cell(vec![figure("r3.xa.a.ratio", NumberFormat::Percent, "1%", value)])
    }

    fn missing(shown: &str) -> Cell {
        cell(vec![sign("b08.xa.a.value", shown)])
    }

    /// Two units, of which the second lacks its denominator; the third row holds the cell asked for.
    fn table() -> Table {
        let row = |cells| Row { kind: RowKind::Plain, cells };
        Table {
            caption: None,
            unit_of_count: None,
            columns: Vec::new(),
            header: Vec::new(),
            column_numbers: Vec::new(),
            rows: vec![
                row(vec![whole(525), whole(684)]),
                row(vec![whole(100), missing("…")]),
                row(vec![whole(625), whole(0)]),
            ],
            notes: Vec::new(),
        }
    }

    #[test]
    fn formulas_agree_with_the_figure_or_are_left_out() {
        let sum = || Formula::Sum { rows: vec![0, 1] };
        let difference = || Formula::Difference { plus: vec![0], minus: vec![1] };
        let of = |rows: &[usize]| Formula::Ratio {
            numerator: vec![0],
            denominator: vec![1],
            rows: rows.to_vec(),
        };
        let cases = [
            (2, 0, whole(625), sum(), true),
            (2, 0, whole(525), sum(), false),
            (2, 1, whole(684), sum(), true),
            (2, 0, whole(625), Formula::Sum { rows: vec![0, 1, 2] }, false),
            (0, 2, whole(-159), difference(), true),
            (1, 2, missing("…"), difference(), false),
            (2, 2, ratio(7_675), of(&[0, 1]), true),
            (2, 2, ratio(9_137), of(&[0, 1]), false),
            (2, 2, missing("-"), of(&[2]), true),
            (0, 2, missing("-"), of(&[0]), false),
            (0, 2, whole(77), of(&[0]), false),
        ];
        for (index, (row, column, mut cell, formula, expected)) in cases.into_iter().enumerate() {
            cell.formula = Some(formula);
            let found = gives_what_is_shown(&table(), row, column, &cell);
            assert_eq!(found, expected, "case {index}");
        }
    }
}

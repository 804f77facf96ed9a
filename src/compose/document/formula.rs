//! The formulas that a workbook keeps alive in a table, and what they give.
//!
//! A figure may differ from the plain sum of its column, as when a unit's number is not used; such
//! a cell has no formula.

use super::{Content, NumberFormat, Run, shown};
use crate::quantity::{Quantity, percent};

/// Decimals of the common measure: six of a quantity, two of a percentage as a fraction.
const DECIMALS: u8 = 8;

/// The numbers that the cells of a table hold, by row and column; nothing for words.
pub type Grid = [Vec<Option<Quantity>>];

/// A live formula of a workbook, over cells of the same table. Rows and columns count from 0.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Formula {
    /// The sum of the same column over these rows.
    Sum {
        /// Rows summed.
        rows: Vec<usize>,
    },
    /// The sum of the first columns minus the sum of the second, in the same row.
    Difference {
        /// Columns added.
        plus: Vec<usize>,
        /// Columns subtracted.
        minus: Vec<usize>,
    },
    /// `100 · Σ numerator / Σ denominator`, over those of these rows where every column is a
    /// number, rounded to two decimals.
    Ratio {
        /// Columns of the numerator.
        numerator: Vec<usize>,
        /// Columns of the denominator.
        denominator: Vec<usize>,
        /// Rows that enter; the row itself for a row's own ratio.
        rows: Vec<usize>,
    },
    /// No number: a small line over these columns of the same row, in their order.
    Trend {
        /// Columns of the line.
        columns: Vec<usize>,
    },
}

/// Returns the number that a workbook cell of these runs holds: one figure or constant with a
/// value, with at most the mark of a footnote behind it; a percentage as a fraction.
pub fn held(runs: &[Run]) -> Option<Quantity> {
    let mut words = runs.iter().filter(|run| !run.shown().is_empty());
    let first = words.next()?;
    if words.any(|run| !run.superscript) {
        return None;
    }
    match &first.content {
        Content::Figure(figure) => figure.value.map(|value| match figure.format {
            NumberFormat::Percent => {
                Quantity { scaled: value.scaled, decimals: value.decimals + 2 }
            }
            NumberFormat::Number | NumberFormat::Signed => value,
        }),
        Content::Constant(constant) => constant.value,
        Content::Text(_) => None,
    }
}

impl Formula {
    /// Returns whether the formula, in the cell at this row and column, gives what its runs show:
    /// the number, or the dash of a ratio without a denominator.
    pub fn gives(&self, grid: &Grid, (row, column): (usize, usize), runs: &[Run]) -> bool {
        if self.refers_to(row, column) {
            return false;
        }
        let held = held(runs);
        match self {
            Self::Sum { rows } => {
                let sum = rows.iter().map(|row| measured(grid, *row, column).unwrap_or(0)).sum();
                held.map(measure) == Some(sum)
            }
            Self::Difference { plus, minus } => {
                let part = |columns: &[usize]| -> i128 {
                    columns.iter().map(|column| measured(grid, row, *column).unwrap_or(0)).sum()
                };
                held.map(measure) == Some(part(plus) - part(minus))
            }
            Self::Ratio { numerator, denominator, rows } => {
                let Some((top, bottom)) = sides(grid, numerator, denominator, rows) else {
                    return false;
                };
                let Some(held) = held else { return bottom == 0 && shown(runs) == "-" };
                let Some(decimals) = held.decimals.checked_sub(2) else { return false };
                percent(top, bottom, decimals).map(|ratio| ratio.scaled) == Some(held.scaled)
            }
            Self::Trend { .. } => runs.is_empty(),
        }
    }

    /// Returns whether the formula would refer to its own cell.
    fn refers_to(&self, row: usize, column: usize) -> bool {
        match self {
            Self::Sum { rows } => rows.contains(&row),
            Self::Difference { plus, minus } => plus.contains(&column) || minus.contains(&column),
            Self::Trend { columns } => columns.contains(&column),
            Self::Ratio { numerator, denominator, rows } => {
                rows.contains(&row)
                    && (numerator.contains(&column) || denominator.contains(&column))
            }
        }
    }
}

/// Returns the sums of numerator and denominator in the common measure: over those rows where all
/// are numbers, or over the only row with words as nothing.
fn sides(
    grid: &Grid,
    numerator: &[usize],
    denominator: &[usize],
    rows: &[usize],
) -> Option<(i64, i64)> {
    let (mut top, mut bottom) = (0, 0);
    for row in rows {
        let part = |columns: &[usize]| -> Option<i128> {
            columns
                .iter()
                .map(|column| match measured(grid, *row, *column) {
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

/// Returns the number of a cell in the common measure; nothing for words.
fn measured(grid: &Grid, row: usize, column: usize) -> Option<i128> {
    grid.get(row)?.get(column).copied().flatten().map(measure)
}

fn measure(quantity: Quantity) -> i128 {
    let missing = DECIMALS.saturating_sub(quantity.decimals);
    i128::from(quantity.scaled) * 10_i128.pow(u32::from(missing))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compose::document::FigureRef;

    fn figure(shown: &str, value: Option<Quantity>, format: NumberFormat) -> Vec<Run> {
        let id = "b08.xa.a.value".to_owned();
        vec![Run::figure(FigureRef { id, shown: shown.to_owned(), value, format })]
    }

    fn whole(value: i64) -> Vec<Run> {
        figure("1", Some(Quantity::whole(value)), NumberFormat::Number)
    }

    fn ratio(scaled: i64) -> Vec<Run> {
        figure("1%", Some(Quantity { scaled, decimals: 2 }), NumberFormat::Percent)
    }

    fn missing(shown: &str) -> Vec<Run> {
        figure(shown, None, NumberFormat::Number)
    }

    /// Two units, of which the second lacks its denominator; the third row holds the cell asked for.
    fn grid() -> Vec<Vec<Option<Quantity>>> {
        let rows = [[whole(525), whole(684)], [whole(100), missing("…")], [whole(625), whole(0)]];
        rows.iter().map(|row| row.iter().map(|cell| held(cell)).collect()).collect()
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
        for (index, (row, column, runs, formula, expected)) in cases.into_iter().enumerate() {
            assert_eq!(formula.gives(&grid(), (row, column), &runs), expected, "case {index}");
        }
    }

    #[test]
    fn a_cell_holds_a_number_when_nothing_but_a_mark_stands_beside_it() {
        let mark = Run { superscript: true, ..Run::text("(a)") };
        let marked: Vec<Run> = whole(7).into_iter().chain([mark]).collect();
        let words: Vec<Run> = whole(7).into_iter().chain([Run::text(" đơn vị")]).collect();
        assert_eq!(held(&marked), Some(Quantity::whole(7)));
        assert_eq!(held(&words), None);
        assert_eq!(held(&ratio(7_675)), Some(Quantity { scaled: 7_675, decimals: 4 }));
    }
}

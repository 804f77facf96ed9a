//! Columns of detail tables as what may be wrong: a rule knows their sum, a unit corrects one cell of
//! them. Which one is said only where a single cell holds a slip of the pen that makes the sum right.

use super::{ProposedCell, trial::Candidate};
use crate::{
    place::{CellRef, Place},
    quantity::Quantity,
    template::{DetailKind, IndicatorKind, Relations},
    validate::{DetailValue, Return, details::column_sum, rules::ReturnFacts},
};

/// A column of a detail table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Column {
    /// Index of its sheet.
    sheet: u16,
    /// Code of the indicator that it is compared with.
    code: String,
    /// Its head as printed.
    head: String,
    /// The cells that hold numbers.
    cells: Vec<(CellRef, i64)>,
}

/// Returns the columns of a return whose sums a relation reads.
pub(super) fn candidates(facts: &ReturnFacts<'_>, relations: &Relations<'_>) -> Vec<Candidate> {
    let mut found = Vec::new();
    let Some(form) = facts.templates.forms.find(&facts.counted.form) else { return found };
    for table in &form.details {
        let Some(detail) = facts.counted.details.iter().find(|one| one.table == table.key) else {
            continue;
        };
        let numbers = table.columns.iter().filter(|column| column.kind == DetailKind::Number);
        for (column, indicator) in numbers.filter_map(|one| Some((one, one.indicator()?))) {
            let known = facts.templates.indicators.get(indicator);
            let name = format!("{}_{}", table.key, known.code);
            let is_read = relations.list.iter().any(|relation| relation.facts().contains(&name));
            let Some(sum) = column_sum(&detail.rows, &column.key).filter(|_| is_read) else {
                continue;
            };
            let cells = detail.rows.iter().flatten().filter(|cell| *cell.column == *column.key);
            let cells = cells.filter_map(|cell| match cell.value {
                DetailValue::Number(number) => Some((cell.cell, number)),
                _ => None,
            });
            let column = Column {
                sheet: detail.sheet,
                code: known.code.clone(),
                head: column.titles.first().cloned().unwrap_or_default(),
                cells: cells.collect(),
            };
            found.push(Candidate {
                indicator,
                code: name,
                stands: sum,
                decimals: 0,
                is_stock: known.kind == IndicatorKind::Stock,
                is_total: false,
                column: Some(column),
            });
        }
    }
    found
}

impl Column {
    /// Returns the column as what a proposal names, without numbers that would do.
    pub(super) fn plain(&self, counted: &Return, candidate: &Candidate) -> ProposedCell {
        let sheet = counted.sheets.get(usize::from(self.sheet)).cloned();
        ProposedCell {
            indicator: candidate.indicator,
            code: self.code.clone(),
            place: Place { file: counted.file.clone(), sheet, cell: None },
            column: Some(self.head.clone()),
            stands: Quantity::whole(candidate.stands),
            from: None,
            to: None,
        }
    }

    /// Returns the only cell of the column in which a slip of the pen explains that its sum is not the
    /// one that would do; with its right number.
    pub(super) fn slip(&self, sum: &ProposedCell) -> Option<ProposedCell> {
        let (from, to) = (sum.from?, sum.to?);
        let more = from.scaled.checked_sub(sum.stands.scaled).filter(|_| from == to)?;
        let mut slips = self.cells.iter().filter(|(_, number)| is_slip(*number, number + more));
        let (cell, stands) = slips.next().filter(|_| slips.next().is_none())?;
        let right = Some(Quantity::whole(stands + more));
        Some(ProposedCell {
            place: Place { cell: Some(*cell), ..sum.place.clone() },
            stands: Quantity::whole(*stands),
            from: right,
            to: right,
            ..sum.clone()
        })
    }
}

/// Least number in which exchanged digits say something: among a dozen of two digits one fits nearly any
/// difference that can be shared by nine.
const LEAST_EXCHANGED: i64 = 100;

/// Returns whether one number is easily written for another: with a zero too many or too few, or with
/// two neighbouring digits exchanged.
fn is_slip(written: i64, right: i64) -> bool {
    if written <= 0 || right <= 0 || written == right {
        return false;
    }
    if written == right.saturating_mul(10) || right == written.saturating_mul(10) {
        return true;
    }
    if written.min(right) < LEAST_EXCHANGED {
        return false;
    }
    let (written, right) = (written.to_string().into_bytes(), right.to_string().into_bytes());
    (1..written.len()).any(|at| {
        let mut exchanged = written.clone();
        exchanged.swap(at - 1, at);
        exchanged == right
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_of_the_pen() {
        for (written, right, expected) in [
            (54, 45, false),
            (541, 451, true),
            (120, 12, true),
            (12, 120, true),
            (1_243, 1_423, true),
            (54, 44, false),
            (0, 10, false),
            (123, 321, false),
            (7, 7, false),
        ] {
            assert_eq!(is_slip(written, right), expected, "{written} {right}");
        }
    }
}

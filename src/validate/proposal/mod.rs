//! The smallest set of cells to correct when several rules fail together in one return, in the sense
//! of Fellegi and Holt: proposed to the unit, never entered into a figure. Issued figures, assigned
//! targets and corrections that were agreed stay as they are.

mod columns;
mod range;
mod search;
#[cfg(test)]
mod tests;
mod trial;
mod words;

use std::cell::Cell as Counter;

use serde::Serialize;

use self::{
    search::{Cluster, Found, Solution, Swap},
    trial::{Candidate, Tested, Trial},
};
use super::{Finding, Observation, Reading, Return, State, rules::ReturnFacts};
use crate::{
    place::Place,
    quantity::Quantity,
    template::{IndicatorIx, IndicatorKind, Measure, Relations, Severity, UnitIx, Violation},
};

/// How many sets that are equally good are named.
const MOST_ALTERNATIVES: usize = 3;

/// How many cells are named when no small set would do.
const MOST_NAMED: usize = 5;

/// Cells that a unit should look at first, because their correction would end several findings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// The unit.
    pub unit: UnitIx,
    /// How many errors would be gone.
    pub errors: usize,
    /// How many warnings would be gone with them.
    pub warnings: usize,
    /// Sets of cells, each of which would do, at most three; none when no one or two cells would.
    pub alternatives: Vec<Vec<ProposedCell>>,
    /// Whether the two cells of the only set seem to stand in each other's place.
    pub is_swap: bool,
    /// How many more sets would do as well.
    pub more: usize,
    /// The cells to look at when no one or two cells would do.
    pub look_at: Vec<ProposedCell>,
}

/// A cell with the numbers that would end the findings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProposedCell {
    /// The indicator.
    pub indicator: IndicatorIx,
    /// Its code.
    pub code: String,
    /// File, sheet and cell; no cell where one of a column is meant.
    pub place: Place,
    /// Head of the column of a detail table in which it stands; without a cell `stands`, `from` and
    /// `to` are of the column's sum.
    pub column: Option<String>,
    /// What stands there.
    pub stands: Quantity,
    /// The smallest number that would do; nothing for a cell to look at.
    pub from: Option<Quantity>,
    /// The largest number that would do; nothing when every larger one does.
    pub to: Option<Quantity>,
}

/// A proposal as one flat value, for `--json`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ProposalRow {
    /// How many errors would be gone.
    pub errors: usize,
    /// How many warnings would be gone with them.
    pub warnings: usize,
    /// Sets of cells, each of which would do.
    pub alternatives: Vec<Vec<CellRow>>,
    /// Whether the two cells of the only set seem to stand in each other's place.
    pub is_swap: bool,
    /// The cells to look at when no one or two cells would do.
    pub look_at: Vec<CellRow>,
    /// The sentence for the unit.
    pub message: String,
}

/// A cell of a proposal as one flat value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CellRow {
    /// Code of the indicator.
    pub indicator: String,
    /// File below `input/`.
    pub file: String,
    /// Sheet.
    pub sheet: Option<String>,
    /// Cell, "C12".
    pub cell: Option<String>,
    /// Head of the column of a detail table; without a cell the numbers are of its sum.
    pub column: Option<String>,
    /// What stands there, as printed.
    pub found: String,
    /// The smallest number that would do.
    pub from: Option<String>,
    /// The largest number that would do.
    pub to: Option<String>,
}

/// Returns what a return should look at first: one proposal for violated rules that hang together.
/// `counted` is the return before any figure was dropped.
pub(super) fn proposals(facts: &ReturnFacts<'_>, violations: &[Violation]) -> Vec<Proposal> {
    let rules = &facts.templates.rules;
    let is_error = |one: &Violation| {
        rules.list.get(one.rule).is_some_and(|rule| rule.severity <= Severity::Error)
    };
    let hang_together = violations.len() > 1 && violations.iter().any(is_error);
    if violations.is_empty() || !hang_together && facts.counted.details.is_empty() {
        return Vec::new();
    }
    let relations = rules.relations(&facts.counted.form);
    let candidates = candidates(facts, &relations);
    let keep = |one: &Tested<'_>| one.is_hard || !one.is_violated || !is_explained(facts, one);
    let tested = relations
        .list
        .iter()
        .filter_map(|relation| Tested::new(*relation, &relations, facts, &candidates))
        .filter(keep)
        .collect();
    let evaluations = Counter::new(0);
    let trial = Trial { relations: &relations, facts, candidates, tested, evaluations };
    let clusters = search::clusters(&trial);
    clusters
        .iter()
        .filter_map(|cluster| {
            proposal(facts.counted, &trial, cluster, &search::smallest(&trial, cluster))
        })
        .collect()
}

/// Returns the cells that may be proposed: figures of this return that stand in a cell, and sums of
/// the columns of its detail tables.
fn candidates(facts: &ReturnFacts<'_>, relations: &Relations<'_>) -> Vec<Candidate> {
    let violated: Vec<_> =
        relations.list.iter().filter(|one| relations.holds(one, facts) == Some(false)).collect();
    let candidate = |observation: &Observation| {
        let State::Value(stands) = observation.state else { return None };
        let indicator = facts.templates.indicators.get(observation.indicator);
        let stays = observation.measure != Measure::Value
            || observation.cell.is_none()
            || matches!(observation.reading, Reading::Correction | Reading::Assigned)
            || indicator.kind == IndicatorKind::Tick;
        (!stays).then(|| Candidate {
            indicator: observation.indicator,
            code: indicator.code.clone(),
            stands,
            decimals: indicator.decimals,
            is_stock: indicator.kind == IndicatorKind::Stock,
            is_total: violated.iter().any(|one| one.has_total(&indicator.code)),
            column: None,
        })
    };
    let figures = facts.counted.observations.iter().filter_map(candidate);
    figures.chain(columns::candidates(facts, relations)).collect()
}

/// Returns whether the unit has explained a warning, so that nothing is to be corrected for it.
fn is_explained(facts: &ReturnFacts<'_>, tested: &Tested<'_>) -> bool {
    let main = tested.relation.main();
    let explanations = &facts.counted.explanations;
    tested.relation.rule.explainable && explanations.iter().any(|(one, ..)| Some(*one) == main)
}

fn proposal(
    counted: &Return,
    trial: &Trial<'_>,
    cluster: &Cluster,
    found: &Found,
) -> Option<Proposal> {
    let cell = |(position, range): &(usize, range::Range)| {
        let candidate = trial.candidates.get(*position)?;
        let quantity = |scaled| Quantity { scaled, decimals: candidate.decimals };
        let (from, to) = (Some(quantity(range.from)), range.to.map(quantity));
        let cell = ProposedCell { from, to, ..plain_cell(counted, candidate)? };
        let slip = candidate.column.as_ref().and_then(|column| column.slip(&cell));
        Some(slip.unwrap_or(cell))
    };
    let set = |solution: &Solution| -> Option<Vec<ProposedCell>> {
        solution.cells.iter().map(cell).collect()
    };
    if let Some(swap) = found.swapped {
        return swap_proposal(counted, trial, swap);
    }
    let clears_all = found.solutions.iter().all(|solution| solution.warnings_left == 0);
    let alternatives: Vec<Vec<ProposedCell>> =
        found.solutions.iter().take(MOST_ALTERNATIVES).filter_map(set).collect();
    let named = found.named.iter().take(MOST_NAMED);
    let look_at: Vec<ProposedCell> = named
        .filter_map(|position| plain_cell(counted, trial.candidates.get(*position)?))
        .collect();
    if alternatives.is_empty() && look_at.len() < 2 {
        return None;
    }
    // A sum that differs says so itself; a cell of the column is news.
    let is_slip = |cell: &ProposedCell| cell.column.is_some() && cell.place.cell.is_some();
    if cluster.errors.is_empty() && !alternatives.iter().flatten().any(is_slip) {
        return None;
    }
    Some(Proposal {
        unit: counted.unit,
        errors: cluster.errors.len(),
        warnings: if clears_all { cluster.warnings.len() } else { 0 },
        is_swap: false,
        more: found.solutions.len() - alternatives.len(),
        alternatives,
        look_at,
    })
}

/// Proposes to exchange the numbers of two cells.
fn swap_proposal(counted: &Return, trial: &Trial<'_>, swap: Swap) -> Option<Proposal> {
    let [one, other] = swap.cells.map(|position| trial.candidates.get(position));
    let (one, other) = (plain_cell(counted, one?)?, plain_cell(counted, other?)?);
    let becomes = |cell: &ProposedCell, number| ProposedCell {
        from: Some(number),
        to: Some(number),
        ..cell.clone()
    };
    Some(Proposal {
        unit: counted.unit,
        errors: swap.errors,
        warnings: swap.warnings,
        alternatives: vec![vec![becomes(&one, other.stands), becomes(&other, one.stands)]],
        is_swap: true,
        more: 0,
        look_at: Vec::new(),
    })
}

/// Returns a cell without numbers.
fn plain_cell(counted: &Return, candidate: &Candidate) -> Option<ProposedCell> {
    if let Some(column) = &candidate.column {
        return Some(column.plain(counted, candidate));
    }
    let observation = counted
        .observations
        .iter()
        .find(|one| one.indicator == candidate.indicator && one.measure == Measure::Value)?;
    let sheet = counted.sheets.get(usize::from(observation.sheet)).cloned();
    Some(ProposedCell {
        indicator: candidate.indicator,
        code: candidate.code.clone(),
        place: Place { file: counted.file.clone(), sheet, cell: observation.cell },
        column: None,
        stands: Quantity { scaled: candidate.stands, decimals: candidate.decimals },
        from: None,
        to: None,
    })
}

impl Proposal {
    /// What is said with every proposal.
    pub const HINT: &str = words::HINT;

    /// Returns the cells that it names.
    pub fn cells(&self) -> impl Iterator<Item = &ProposedCell> {
        self.alternatives.iter().flatten().chain(&self.look_at)
    }

    /// Returns the sentence for the unit.
    pub fn message(&self) -> String {
        words::message(self)
    }

    /// Returns the sentence for a message that names only the findings that lead.
    pub fn advice(&self) -> String {
        words::advice(self)
    }

    /// Returns the proposal as one flat value.
    pub fn row(&self) -> ProposalRow {
        let rows = |cells: &Vec<ProposedCell>| cells.iter().map(words::cell_row).collect();
        ProposalRow {
            errors: self.errors,
            warnings: self.warnings,
            alternatives: self.alternatives.iter().map(rows).collect(),
            is_swap: self.is_swap,
            look_at: rows(&self.look_at),
            message: self.message(),
        }
    }

    /// Returns the proposal as a finding of its own, for the record.
    pub(super) fn finding(&self) -> Finding {
        words::finding(self)
    }
}

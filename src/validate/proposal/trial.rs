//! Tries other figures in the rules of a form: which relations would hold, and how many warnings
//! would be left. Every answer is the rules' own.

use std::cell::Cell as Counter;

use super::{
    columns::Column,
    range::{self, Range, whole},
};
use crate::template::{Boundary, Facts, IndicatorIx, MOVING, Relation, Relations, Severity};

/// How many conditions may be evaluated for a return; a large return with few faults needs some
/// thousand.
const MOST_EVALUATIONS: u32 = 60_000;

/// A cell of a return that may be proposed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Candidate {
    /// The indicator.
    pub(super) indicator: IndicatorIx,
    /// Its code, the name of the figure in the rules.
    pub(super) code: String,
    /// What stands there, scaled.
    pub(super) stands: i64,
    /// Decimal places.
    pub(super) decimals: u8,
    /// Whether it is a carried stock and not a figure of the period.
    pub(super) is_stock: bool,
    /// Whether a violated rule compares it with the sum of its parts.
    pub(super) is_total: bool,
    /// The column of a detail table of which it is the sum.
    pub(super) column: Option<Column>,
}

/// A relation of the form.
pub(super) struct Tested<'a> {
    /// The relation.
    pub(super) relation: Relation<'a>,
    /// Whether it must hold; else it should.
    pub(super) is_hard: bool,
    /// Whether it is violated as the return stands.
    pub(super) is_violated: bool,
    /// Positions of the candidates that it reads.
    pub(super) reads: Vec<usize>,
}

/// Figures in the place of others: positions of candidates with their scaled values.
pub(super) type Change = (usize, i64);

/// The relations of a return and its candidates.
pub(super) struct Trial<'a> {
    pub(super) relations: &'a Relations<'a>,
    pub(super) facts: &'a dyn Facts,
    pub(super) candidates: Vec<Candidate>,
    pub(super) tested: Vec<Tested<'a>>,
    pub(super) evaluations: Counter<u32>,
}

/// The figures of a return with some of them changed.
struct Changed<'a> {
    trial: &'a Trial<'a>,
    changes: &'a [Change],
}

impl Facts for Changed<'_> {
    fn get(&self, name: &str) -> Option<f64> {
        let changed = self.changes.iter().find_map(|(position, scaled)| {
            let candidate = self.trial.candidates.get(*position)?;
            (candidate.code == name).then(|| candidate.value(*scaled))
        });
        changed.or_else(|| self.trial.facts.get(name))
    }
}

impl Candidate {
    fn value(&self, scaled: i64) -> f64 {
        crate::quantity::Quantity { scaled, decimals: self.decimals }.to_f64()
    }

    /// Returns a value as it is scaled, with its fraction.
    fn steps(&self, value: f64) -> f64 {
        value * 10_f64.powi(i32::from(self.decimals))
    }
}

impl Trial<'_> {
    /// Returns whether no more may be tried.
    pub(super) fn is_over(&self) -> bool {
        self.evaluations.get() > MOST_EVALUATIONS
    }

    /// Returns how many relations that should hold do not hold after changes, of those that read a
    /// changed cell; nothing when one that must hold does not.
    pub(super) fn cost(&self, changes: &[Change]) -> Option<usize> {
        let mut violated = 0;
        let figures = Changed { trial: self, changes };
        for tested in self.touched(changes) {
            if self.is_over() {
                return None;
            }
            self.evaluations.set(self.evaluations.get() + 1);
            if self.relations.holds(&tested.relation, &figures) == Some(false) {
                if tested.is_hard {
                    return None;
                }
                violated += 1;
            }
        }
        Some(violated)
    }

    /// Returns what it costs to exchange the numbers of two cells.
    pub(super) fn exchanged(&self, one: usize, other: usize) -> Option<usize> {
        let (first, second) = (self.candidates.get(one)?, self.candidates.get(other)?);
        if first.column.is_some() || second.column.is_some() {
            return None;
        }
        let is_alike = first.decimals == second.decimals && first.is_stock == second.is_stock;
        if !is_alike || first.stands == second.stands {
            return None;
        }
        self.cost(&[(one, second.stands), (other, first.stands)])
    }

    /// Returns the relations that read a changed cell, those that must hold first.
    fn touched(&self, changes: &[Change]) -> impl Iterator<Item = &Tested<'_>> {
        let reads = move |tested: &&Tested<'_>| {
            changes.iter().any(|(position, _)| tested.reads.contains(position))
        };
        let hard = self.tested.iter().filter(|tested| tested.is_hard);
        hard.chain(self.tested.iter().filter(|tested| !tested.is_hard)).filter(reads)
    }

    /// Returns the numbers for one cell that cost least while others are changed as given.
    pub(super) fn cheapest(&self, position: usize, others: &[Change]) -> Option<(usize, Range)> {
        let candidate = self.candidates.get(position)?;
        let mut all = others.to_vec();
        all.push((position, candidate.stands));
        let lines = self.boundaries(&[position], &all)?;
        let crossings: Vec<f64> = lines
            .iter()
            .filter(|line| line.factors[0] != 0.0)
            .map(|line| candidate.steps(-line.constant / line.factors[0]))
            .collect();
        range::cheapest(&crossings, candidate.stands, |scaled| {
            if let Some(last) = all.last_mut() {
                last.1 = scaled;
            }
            self.cost(&all)
        })
    }

    /// Returns the numbers of a cell at which something can change whatever another cell holds.
    pub(super) fn projections(&self, position: usize, other: usize) -> Option<Vec<i64>> {
        let candidate = self.candidates.get(position)?;
        let changes = [(position, candidate.stands), (other, self.candidates.get(other)?.stands)];
        let mut lines = self.boundaries(&[position, other], &changes)?;
        lines.push(Boundary { factors: [0.0, 1.0], constant: 0.0 });
        lines.push(Boundary { factors: [1.0, 0.0], constant: 0.0 });
        let mut found = std::collections::BTreeSet::new();
        for (index, one) in lines.iter().enumerate() {
            for other in lines.iter().skip(index + 1) {
                let determinant =
                    one.factors[0] * other.factors[1] - one.factors[1] * other.factors[0];
                if determinant != 0.0 {
                    let value = (one.factors[1] * other.constant - other.factors[1] * one.constant)
                        / determinant;
                    let steps = whole(candidate.steps(value).floor());
                    found.extend((steps..=steps + 1).filter(|steps| *steps >= 0));
                }
            }
        }
        let mut found: Vec<i64> = found.into_iter().collect();
        found.sort_by_key(|steps| (steps.abs_diff(candidate.stands), *steps));
        Some(found)
    }

    /// Returns the lines of all relations that read a changed cell; nothing when one has others.
    fn boundaries(&self, moving: &[usize], changes: &[Change]) -> Option<Vec<Boundary>> {
        let codes: Vec<&str> = moving
            .iter()
            .take(MOVING)
            .filter_map(|position| Some(self.candidates.get(*position)?.code.as_str()))
            .collect();
        let figures = Changed { trial: self, changes };
        let mut lines = Vec::new();
        let touches =
            |tested: &&Tested<'_>| moving.iter().any(|position| tested.reads.contains(position));
        for tested in self.tested.iter().filter(touches) {
            // A relation that lacks a figure holds whatever the others are.
            if self.relations.holds(&tested.relation, &figures).is_some() {
                lines.extend(tested.relation.boundaries(&codes, &figures)?);
            }
        }
        Some(lines)
    }
}

impl<'a> Tested<'a> {
    /// Returns a relation as it stands; nothing for one that says too little to be kept.
    pub(super) fn new(
        relation: Relation<'a>,
        relations: &Relations<'_>,
        facts: &dyn Facts,
        candidates: &[Candidate],
    ) -> Option<Self> {
        let is_hard = relation.rule.severity <= Severity::Error;
        if relation.rule.severity == Severity::Information {
            return None;
        }
        let is_violated = !relations.holds(&relation, facts)?;
        let reads =
            candidates.iter().enumerate().filter(|(_, one)| relation.facts().contains(&one.code));
        let reads = reads.map(|(position, _)| position).collect();
        Some(Self { relation, is_hard, is_violated, reads })
    }
}

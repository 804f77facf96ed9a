//! Findings that follow from another one name it as their cause, so that one wrong cell is one
//! point to correct. Removes nothing.

use std::collections::BTreeMap;

use super::{Finding, Return, State, codes};
use crate::{
    place::Place,
    template::{IndicatorIx, Measure, Severity, Templates, Usage},
};

/// A violated rule on its way to become a finding.
#[derive(Debug)]
pub(super) struct RuleFinding {
    /// The finding.
    pub(super) finding: Finding,
    /// Index of the rule.
    pub(super) rule: usize,
    /// The indicators it names, the main one first.
    pub(super) cells: Vec<IndicatorIx>,
}

impl RuleFinding {
    fn is_open(&self) -> bool {
        self.finding.cause.is_none() && self.finding.severity < Severity::Information
    }
}

/// Folds rules that were violated only because a cell is unusable, then rules that were violated by
/// the same cell: the worst of them leads.
pub(super) fn fold_rules(
    templates: &Templates,
    counted: &Return,
    judged: &mut [RuleFinding],
    earlier: &[Finding],
) {
    for one in judged.iter_mut() {
        let unusable = one.cells.iter().find_map(|indicator| {
            counted.observations.iter().find(|observation| {
                observation.indicator == *indicator
                    && observation.measure == Measure::Value
                    && observation.state == State::Unusable
            })
        });
        let Some(unusable) = unusable else { continue };
        let code = &templates.indicators.get(unusable.indicator).code;
        let sheet = counted.origin(unusable).sheet;
        let is_there =
            |place: &Place| place.cell == unusable.cell && place.sheet.as_deref() == sheet;
        let cause = earlier.iter().find(|finding| {
            let is_of_it = finding.indicator.as_ref() == Some(code);
            finding.usage == Usage::Dropped && (is_of_it || finding.places.iter().any(is_there))
        });
        one.finding.cause = cause.map(Finding::reference);
    }
    while let Some(culprit) = most_named(judged) {
        let mut group: Vec<&mut RuleFinding> =
            judged.iter_mut().filter(|one| one.is_open() && one.cells.contains(&culprit)).collect();
        group.sort_by_key(|one| {
            let aside = one.cells.first() != Some(&culprit);
            (one.finding.severity, std::cmp::Reverse(one.finding.usage), aside, one.rule)
        });
        let Some((leader, followers)) = group.split_first_mut() else { return };
        let reference = leader.finding.reference();
        for follower in followers {
            follower.finding.cause = Some(reference.clone());
        }
    }
}

/// Returns the indicator that most of the open violations name, when two of them do; the main cell
/// of more of them goes first, then the first in the list of indicators.
fn most_named(judged: &[RuleFinding]) -> Option<IndicatorIx> {
    let mut named: BTreeMap<IndicatorIx, (usize, usize)> = BTreeMap::new();
    for one in judged.iter().filter(|one| one.is_open()) {
        for indicator in &one.cells {
            let (count, main) = named.entry(*indicator).or_default();
            *count += 1;
            *main += usize::from(one.cells.first() == Some(indicator));
        }
    }
    named
        .into_iter()
        .filter(|(_, (count, _))| *count > 1)
        .max_by_key(|(indicator, counts)| (*counts, std::cmp::Reverse(*indicator)))
        .map(|(indicator, _)| indicator)
}

/// Folds figures outside of any table, as a head of columns that was deleted leaves a whole table of
/// them: the first leads the others, and what the return lacks therefore.
pub(super) fn fold_outside<'f>(
    noticed: &mut [Finding],
    own: impl Iterator<Item = &'f mut Finding>,
) {
    let is_outside = |finding: &Finding| finding.code == codes::MISSING_COLUMN.code;
    let mut outside = noticed.iter_mut().filter(|finding| is_outside(finding));
    let Some(first) = outside.next() else { return };
    let reference = first.reference();
    let mut indicators = vec![first.indicator.clone()];
    for follower in outside {
        follower.cause = Some(reference.clone());
        indicators.push(follower.indicator.clone());
    }
    let lacks = own.filter(|finding| {
        finding.code == codes::FIGURES_MISSING.code
            && finding.cause.is_none()
            && finding.places.iter().all(|place| place.cell.is_none())
            && indicators.contains(&finding.indicator)
    });
    for finding in lacks {
        finding.cause = Some(reference.clone());
    }
}

/// Folds repeated differences of stated figures: the first of a kind leads, and one about the same
/// indicator leads those that are computed from it.
pub(super) fn fold_stated(findings: &mut [Finding]) {
    let stated = [&codes::STATED_PREVIOUS, &codes::STATED_YEAR, &codes::STATED_CHANGE];
    let mut first_of_code: BTreeMap<String, String> = BTreeMap::new();
    let mut first_of_indicator: BTreeMap<String, String> = BTreeMap::new();
    for finding in findings.iter_mut() {
        if !stated.iter().any(|code| code.code == finding.code) {
            continue;
        }
        let reference = finding.reference();
        let indicator = finding.indicator.clone().unwrap_or_default();
        let by_indicator = first_of_indicator.get(&indicator);
        let cause = by_indicator.or_else(|| first_of_code.get(&finding.code)).cloned();
        if cause.is_none() {
            first_of_code.insert(finding.code.clone(), reference.clone());
        }
        first_of_indicator.entry(indicator).or_insert(cause.clone().unwrap_or(reference));
        finding.cause = cause;
    }
}

/// Folds differences of stated figures into the violated rule that is about the same figure.
pub(super) fn fold_stated_into_judged(stated: &mut [Finding], judged: &[Finding]) {
    for finding in stated.iter_mut().filter(|finding| finding.cause.is_none()) {
        let leader = judged.iter().find(|leader| {
            leader.cause.is_none()
                && leader.severity < Severity::Information
                && leader.indicator == finding.indicator
        });
        finding.cause = leader.map(Finding::reference);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::place::CellRef;

    #[test]
    fn a_table_without_its_head_is_one_point_to_correct() {
        let outside = |code: &str, row: u32| {
            let place = Place::of_cell("a.xlsx", "Biểu 01", CellRef { row, column: 1 });
            codes::MISSING_COLUMN.finding("").at(place).about(code)
        };
        let lacks = codes::FIGURES_MISSING.finding("").at(Place::of_file("a.xlsx")).about("A16");
        let other = codes::FIGURES_MISSING.finding("").at(Place::of_file("a.xlsx")).about("C01");
        let mut noticed = [outside("A16", 40), outside("A17", 41), outside("A18", 42)];
        let mut own = [lacks, other];
        fold_outside(&mut noticed, own.iter_mut());
        let first = Some(noticed[0].reference());
        assert_eq!(noticed[0].cause, None);
        assert!(noticed[1..].iter().all(|one| one.cause == first));
        assert_eq!((&own[0].cause, &own[1].cause), (&first, &None));
    }
}

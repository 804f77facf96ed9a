//! The places of units by the ranking ratio: unrounded, within their group, ties share a place
//! (1, 2, 2, 4). Units without the duty, without a ratio of the period and the drafting unit have no
//! place.

use std::{cmp::Ordering, collections::BTreeMap};

use super::{
    directory::{Directory, SubjectEntry, SubjectKind},
    facts::Facts,
    measure::measure,
    sums::{Amount, Count},
};
use crate::template::{Duty, Templates, UnitIx};

/// The places of a period.
#[derive(Debug, Default)]
pub(super) struct Ranking {
    /// Units by place, ties in roster order; groups in their own order.
    pub(super) places: Vec<(UnitIx, u32)>,
    by_unit: BTreeMap<UnitIx, Place>,
}

/// A place among the ranked units of the group.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    /// From 1.
    pub(super) rank: u32,
    /// How many units are ranked.
    pub(super) ranked: u32,
}

/// A ratio that is not rounded; the denominator is above zero.
#[derive(Debug, Clone, Copy)]
struct Fraction {
    above: i64,
    below: i64,
}

impl Ranking {
    /// Returns the ranking by the ratio that the body names, or an empty one.
    pub(super) fn of(templates: &Templates, directory: &Directory, facts: &Facts) -> Self {
        let ranks =
            |entry: &&SubjectEntry| matches!(entry.kind, SubjectKind::Ratio { ranks: true, .. });
        let Some(entry) = directory.subjects.iter().find(ranks) else { return Self::default() };
        let mut ranking = Self::default();
        for group in &templates.body.groups {
            let units = (0..).map(UnitIx).zip(&templates.roster.units);
            let ranked = units
                .filter(|(_, unit)| unit.group == group.key && unit.duty == Duty::Required)
                .filter(|(_, unit)| templates.body.drafting_unit.as_ref() != Some(&unit.key))
                .filter_map(|(index, _)| Some((index, ratio_of(directory, facts, entry, index)?)));
            ranking.add(ranked.collect());
        }
        ranking
    }

    /// Returns the place of a unit, if it is ranked.
    pub(super) fn place(&self, unit: UnitIx) -> Option<Place> {
        self.by_unit.get(&unit).copied()
    }

    fn add(&mut self, mut units: Vec<(UnitIx, Fraction)>) {
        // The sort is stable: ties stay in roster order.
        units.sort_by(|(_, one), (_, other)| other.compare(*one));
        let ranked = u32::try_from(units.len()).unwrap_or(u32::MAX);
        let mut rank = 1;
        for (position, (unit, fraction)) in (1_u32..).zip(&units) {
            let before = position.checked_sub(2).and_then(|index| units.get(index as usize));
            if before.is_none_or(|(_, before)| before.compare(*fraction) != Ordering::Equal) {
                rank = position;
            }
            self.places.push((*unit, rank));
            self.by_unit.insert(*unit, Place { rank, ranked });
        }
    }
}

impl Fraction {
    fn compare(self, other: Self) -> Ordering {
        let cross = |one: i64, two: i64| i128::from(one) * i128::from(two);
        cross(self.above, other.below).cmp(&cross(other.above, self.below))
    }
}

fn ratio_of(
    directory: &Directory,
    facts: &Facts,
    entry: &SubjectEntry,
    unit: UnitIx,
) -> Option<Fraction> {
    let sums = measure(directory, facts, entry, unit)?;
    if sums.count(Count::Carried) > 0 {
        return None;
    }
    let (above, below) = (sums.total(Amount::Based)?, sums.total(Amount::Base)?);
    (below > 0).then_some(Fraction { above, below })
}

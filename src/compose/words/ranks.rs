//! Which units a sentence names: those that reached their target, those clearly below the whole.

use super::{
    objects::Number,
    snapshot::{Named, is_carried_forward, is_small_base, number},
};
use crate::{
    aggregate::{Scope, Statistic},
    compose::lookup::Lookup,
    template::Duty,
};

/// Returns the units of a group whose ratio of a target is full, best first.
pub(super) fn reached(lookup: &Lookup<'_>, code: &str, group: &str) -> Vec<Named> {
    if !is_of_target(lookup, code) {
        return Vec::new();
    }
    let mut reached = ranked(lookup, code, group);
    reached.retain(|unit| scaled(unit) >= full(unit));
    reached.sort_by_key(|unit| std::cmp::Reverse(scaled(unit)));
    reached
}

/// Returns the units of a group at least one percentage point below the group and, for a target,
/// below the target, lowest first; none when the body names none.
pub(super) fn low(lookup: &Lookup<'_>, code: &str, group: &str) -> Vec<Named> {
    let whole = lookup.group(group).and_then(|scope| lookup.number(code, scope, Statistic::Ratio));
    let (Some(whole), true) = (whole, lookup.templates.body.name_low_units) else {
        return Vec::new();
    };
    let mut low = ranked(lookup, code, group);
    let of_target = is_of_target(lookup, code);
    let below_target = |unit: &Named| !of_target || scaled(unit) < full(unit);
    low.retain(|unit| scaled(unit) + full(unit) / 100 <= whole.scaled && below_target(unit));
    low.sort_by_key(scaled);
    low
}

/// Returns at most so many, without splitting equals: none when more than that share the first
/// place.
pub(super) fn cap(named: &[Named], most: usize) -> Vec<Named> {
    let Some(next) = named.get(most).map(scaled) else { return named.to_vec() };
    let kept = named.iter().take(most);
    kept.filter(|unit| scaled(unit) != next).cloned().collect()
}

/// Returns the number by which a unit is compared, scaled.
pub(super) fn scaled(named: &Named) -> i64 {
    named.number.value.map_or(0, |value| value.scaled)
}

/// Returns the required units of a group with their ratio of the period, in roster order, without
/// the unit that drafts the report and those on too small a base.
fn ranked(lookup: &Lookup<'_>, code: &str, group: &str) -> Vec<Named> {
    let (roster, body) = (&lookup.templates.roster, &lookup.templates.body);
    let mut ranked = Vec::new();
    for index in lookup.units_of(group) {
        let unit = roster.get(index);
        if unit.duty != Duty::Required || body.drafting_unit.as_deref() == Some(&unit.key) {
            continue;
        }
        let scope = Scope::Unit(index);
        let figure = lookup.figure(code, scope, Statistic::Ratio);
        let carried = figure.as_ref().is_some_and(is_carried_forward);
        let number: Number = number(lookup, figure);
        if number.value.is_some() && !carried && !is_small_base(lookup, code, scope) {
            ranked.push(Named { name: lookup.declared(&unit.short_name), number });
        }
    }
    ranked
}

fn is_of_target(lookup: &Lookup<'_>, code: &str) -> bool {
    let mut ratios = lookup.templates.indicators.ratios.iter();
    ratios.any(|ratio| ratio.code == code && ratio.of_target)
}

/// Returns 100 % in the decimals of a ratio.
fn full(named: &Named) -> i64 {
    let decimals = named.number.value.map_or(0, |value| value.decimals);
    100 * 10_i64.pow(u32::from(decimals))
}

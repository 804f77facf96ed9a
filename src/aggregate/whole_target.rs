//! The target assigned to the whole: where there is one it stands for the whole instead of the sum
//! of the units' targets, and the value of the whole is held against it.

use super::{
    AggregateError, Figures, Scope, Subject,
    directory::SubjectKind,
    measure::rescale,
    sums::{Amount, Count, LIMIT, Sum, Sums},
};
use crate::template::{IndicatorIx, Templates};

/// An assigned target of the whole.
#[derive(Debug, Clone, Copy)]
struct WholeTarget {
    indicator: IndicatorIx,
    decimals: u8,
    now: i64,
    before: Option<i64>,
}

/// Puts the targets of the whole into the sums of the whole.
pub(super) fn assign(figures: &mut Figures, templates: &Templates) -> Result<(), AggregateError> {
    let last_day = |period| templates.body.convention.dates(period).last;
    let (now, before) = (last_day(figures.period), last_day(figures.period.previous()));
    for indicator in templates.indicators.indices() {
        let on = |day| templates.targets.on(None, indicator, day).map(|target| target.scaled);
        let Some(scaled) = on(now) else { continue };
        let decimals = templates.indicators.get(indicator).decimals;
        let target = WholeTarget { indicator, decimals, now: scaled, before: on(before) };
        target.assign(figures)?;
    }
    Ok(())
}

impl WholeTarget {
    fn assign(self, figures: &mut Figures) -> Result<(), AggregateError> {
        if let Some(sums) = figures.kept_mut(Subject::Indicator(self.indicator), Scope::Whole) {
            self.stand(sums);
        }
        let users: Vec<(Subject, Option<IndicatorIx>, u8)> = figures
            .directory
            .subjects
            .iter()
            .filter_map(|entry| match &entry.kind {
                SubjectKind::Counted { target, .. } if *target == Some(self.indicator) => {
                    Some((entry.subject, None, entry.decimals))
                }
                SubjectKind::Ratio { numerator, denominator, decimals_of_sides, .. }
                    if denominator[..] == [self.indicator] =>
                {
                    let [only] = numerator[..] else { return None };
                    Some((entry.subject, Some(only), *decimals_of_sides))
                }
                _ => None,
            })
            .collect();
        for (subject, numerator, decimals) in users {
            let fitting = self.hold(figures, (subject, numerator), decimals);
            fitting.ok_or_else(|| AggregateError::TooLarge {
                code: figures.code(subject).to_owned(),
                place: "whole.all".to_owned(),
            })?;
        }
        Ok(())
    }

    /// The figures of the target indicator itself.
    fn stand(self, sums: &mut Sums) {
        let units = sums.amount(Amount::Value).units.max(1);
        let sum = |total: i64| Sum { total, units };
        let before = self.before.map_or_else(Sum::default, sum);
        sums.put(Amount::Value, sum(self.now));
        sums.put(Amount::Previous, before);
        sums.put(Amount::PreviousOfBoth, before);
        sums.put(Amount::ValueOfBoth, self.before.map_or_else(Sum::default, |_| sum(self.now)));
        for count in [Count::Concerned, Count::Applies, Count::Expected, Count::Reported] {
            sums.counts[count as usize] = units;
        }
        sums.counts[Count::PreviousExpected as usize] = before.units;
    }

    /// The figures of a value or a ratio that is held against the target; nothing when a number
    /// does not fit.
    fn hold(
        self,
        figures: &mut Figures,
        (subject, numerator): (Subject, Option<IndicatorIx>),
        decimals: u8,
    ) -> Option<()> {
        let fits = |scaled: &i64| (-LIMIT..=LIMIT).contains(scaled);
        let now = rescale(self.now, self.decimals, decimals).filter(fits)?;
        let before = match self.before {
            Some(before) => Some(rescale(before, self.decimals, decimals).filter(fits)?),
            None => None,
        };
        let from = numerator.map_or(subject, Subject::Indicator);
        let Some(mut sums) = figures.kept_mut(from, Scope::Whole).copied() else { return Some(()) };
        if let Some(numerator) = numerator {
            let own = figures.directory.decimals(numerator);
            for sum in &mut sums.amounts {
                sum.total = rescale(sum.total, own, decimals).filter(fits)?;
            }
        }
        let kept = figures.kept_mut(subject, Scope::Whole)?;
        sums.counts[Count::Reached as usize] = kept.count(Count::Reached);
        let value = sums.amount(Amount::Value);
        let of = |total: i64, units: u32| Sum { total: if units > 0 { total } else { 0 }, units };
        let both = sums.amount(Amount::ValueOfBoth).units;
        sums.put(Amount::Target, of(now, sums.count(Count::Expected).max(1)));
        sums.put(Amount::Based, value);
        sums.put(Amount::Base, of(now, value.units));
        sums.put(Amount::BaseOfBoth, of(now, both));
        sums.put(
            Amount::PreviousBaseOfBoth,
            before.map_or_else(Sum::default, |before| of(before, both)),
        );
        *kept = sums;
        Some(())
    }
}

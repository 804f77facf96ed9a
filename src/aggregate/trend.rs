//! The months before the period, one by one, over the whole and over each group: what a chart of
//! months and a line of small figures need. Gathered while the months go by, so that no month is
//! kept unit by unit.

use std::collections::BTreeMap;

use super::{
    AggregateError, Figure, FigureState, Footnote, Scope, Subject,
    directory::{Directory, SubjectEntry, SubjectKind},
    facts::View,
    measure::rescale,
    months::{Known, Month},
    territory::Territory,
};
use crate::{
    period::Period,
    quantity::{Quantity, percent},
    template::{IndicatorIx, TermStatistic},
};

/// How many months before the period the table can name.
pub(super) const MONTHS_BACK: u8 = 11;

/// The sums of the recorded months before the period.
#[derive(Debug, Default)]
pub(super) struct Trend {
    /// By months back and, in a month, by subject and scope.
    months: BTreeMap<u8, Vec<MonthSum>>,
    /// The whole and the groups: the first scopes of the territory.
    scopes: usize,
}

/// The sum of a subject over a scope in a month.
#[derive(Debug, Clone, Copy, Default)]
struct MonthSum {
    /// The sum; of a ratio that above the line, over the units with both sides.
    value: i64,
    /// Of a ratio the sum below the line, over the same units.
    base: i64,
    /// Units with a value, those with a carried one included.
    units: u32,
    carried: u32,
    expected: u32,
}

/// A unit's share in a month's sum.
#[derive(Debug, Clone, Copy)]
struct Share {
    value: Known,
    base: Known,
}

/// Gathers the months while they go by.
pub(super) struct TrendGatherer<'a> {
    directory: &'a Directory,
    territory: &'a Territory,
    trend: Trend,
}

impl<'a> TrendGatherer<'a> {
    /// Returns a gatherer without months.
    pub(super) fn new(directory: &'a Directory, territory: &'a Territory) -> Self {
        let near = |scope: &&Scope| matches!(scope, Scope::Whole | Scope::Group(_));
        let scopes = territory.scopes.iter().take_while(near).count();
        Self { directory, territory, trend: Trend { months: BTreeMap::new(), scopes } }
    }

    /// Returns what was gathered.
    pub(super) fn finish(self) -> Trend {
        self.trend
    }

    /// Begins a month; nothing is gathered of those too far back.
    pub(super) fn begin(&mut self, back: u8) {
        if (1..=MONTHS_BACK).contains(&back) {
            let sums = vec![MonthSum::default(); self.directory.subjects.len() * self.trend.scopes];
            self.trend.months.insert(back, sums);
        }
    }

    /// Adds a unit of the month that was begun.
    pub(super) fn add(
        &mut self,
        view: &View<'_>,
        months: (&Month, &Month),
    ) -> Result<(), AggregateError> {
        let begun = view.back.and_then(|back| self.trend.months.get_mut(&back));
        let Some(sums) = begun else { return Ok(()) };
        let scopes = self.territory.scopes_of(view.index);
        for (position, entry) in self.directory.subjects.iter().enumerate() {
            let (share, owed) = share(self.directory, entry, view, months)?;
            if share.is_none() && !owed {
                continue;
            }
            for scope in scopes.iter().map(|scope| *scope as usize) {
                if scope >= self.trend.scopes {
                    continue;
                }
                let Some(sum) = sums.get_mut(position * self.trend.scopes + scope) else {
                    continue;
                };
                sum.add(share).ok_or_else(|| AggregateError::TooLarge {
                    code: entry.code.clone(),
                    place: view.unit.key.clone(),
                })?;
            }
        }
        Ok(())
    }
}

impl MonthSum {
    /// Adds a unit that owes the subject or has a share; nothing when the sum does not fit.
    fn add(&mut self, share: Option<Share>) -> Option<()> {
        self.expected += 1;
        if let Some(share) = share {
            self.value = self.value.checked_add(share.value.scaled)?;
            self.base = self.base.checked_add(share.base.scaled)?;
            self.units += 1;
            self.carried += u32::from(share.value.is_carried() || share.base.is_carried());
        }
        Some(())
    }
}

impl Trend {
    /// Returns how many months back the recorded months are, the nearest first.
    pub(super) fn months(&self) -> impl Iterator<Item = u8> {
        self.months.keys().copied()
    }

    /// Returns the figure of a month, when the table has one of it.
    pub(super) fn figure(
        &self,
        (entry, position): (&SubjectEntry, usize),
        (scope, scope_position): (Scope, usize),
        back: u8,
    ) -> Option<Figure> {
        if scope_position >= self.scopes || !is_listed(entry, scope) {
            return None;
        }
        let sum = self.months.get(&back)?.get(position * self.scopes + scope_position)?;
        let quantity = match entry.kind {
            SubjectKind::Ratio { .. } => percent(sum.value, sum.base, entry.decimals),
            SubjectKind::Counted { .. } | SubjectKind::Discipline => {
                Some(Quantity { scaled: sum.value, decimals: entry.decimals })
            }
        };
        let value = quantity.filter(|_| sum.units > 0);
        let reported = sum.units - sum.carried;
        let state = match value {
            None if sum.expected == 0 => FigureState::NotApplicable,
            None if sum.units > 0 => FigureState::Undefined,
            None => FigureState::Missing,
            Some(_) if reported < sum.expected => FigureState::Partial,
            Some(_) => FigureState::Complete,
        };
        let notes = [
            (Footnote::Incomplete, reported < sum.expected),
            (Footnote::CarriedForward, sum.carried > 0),
        ];
        Some(Figure {
            subject: entry.subject,
            scope,
            statistic: super::Statistic::MonthsAgo(back),
            value,
            state,
            reported,
            expected: sum.expected,
            footnotes: notes
                .into_iter()
                .filter(|(_, stands)| *stands && value.is_some())
                .map(|(footnote, _)| footnote)
                .collect(),
        })
    }
}

/// Returns the period so many months back.
pub(super) fn months_back(period: Period, back: u8) -> Period {
    (0..back).fold(period, |month, _| month.previous())
}

/// Returns how many months a month lies before the period; nothing when it does not.
pub(super) fn back_of(period: Period, month: Period) -> Option<u8> {
    (1..=MONTHS_BACK).find(|back| months_back(period, *back) == month)
}

/// A target of the whole is no sum of units, and of earlier months it is not kept.
fn is_listed(entry: &SubjectEntry, scope: Scope) -> bool {
    match entry.kind {
        SubjectKind::Ratio { of_target, .. } => scope != Scope::Whole || !of_target,
        SubjectKind::Counted { .. } => true,
        SubjectKind::Discipline => false,
    }
}

/// Returns a unit's share in a subject and whether the unit owes it.
fn share(
    directory: &Directory,
    entry: &SubjectEntry,
    view: &View<'_>,
    months: (&Month, &Month),
) -> Result<(Option<Share>, bool), AggregateError> {
    match &entry.kind {
        SubjectKind::Discipline => Ok((None, false)),
        SubjectKind::Counted { terms, .. } => {
            let known = match (entry.subject, terms.as_slice()) {
                (Subject::Derived(derived), _) => match view.derived(derived) {
                    Some(derived) => view.derive(derived, months)?,
                    None => None,
                },
                (_, [(indicator, TermStatistic::Value)]) => view.known(*indicator),
                _ => None,
            };
            let share = known.map(|value| Share { value, base: Known::own(0) });
            Ok((share, terms.iter().all(|(term, _)| view.owes(*term))))
        }
        SubjectKind::Ratio { numerator, denominator, decimals_of_sides, .. } => {
            let side = |indicators: &[IndicatorIx]| {
                let mut sum = Known::own(0);
                for indicator in indicators {
                    let known = view.known(*indicator)?;
                    let decimals = directory.decimals(*indicator);
                    let term = rescale(known.scaled, decimals, *decimals_of_sides)?;
                    sum.scaled = sum.scaled.checked_add(term)?;
                    sum.age = sum.age.max(known.age);
                }
                Some(sum)
            };
            let share = side(numerator).zip(side(denominator));
            let share = share.map(|(value, base)| Share { value, base });
            let owed = numerator.iter().all(|term| view.owes(*term))
                && denominator.iter().all(|term| view.owes(*term) || view.known(*term).is_some());
            Ok((share, owed))
        }
    }
}

//! Which observations a figure is computed from: the way from a printed number back to the cells.

use super::{
    Figure, Figures, Scope, Source, Statistic, Subject, Tier,
    directory::{SubjectEntry, SubjectKind},
    measure::measure,
    months::Known,
    sums::Amount,
    trend::months_back,
};
use crate::{
    period::Period,
    template::{IndicatorIx, TermStatistic, UnitIx},
};

/// Which months of a unit enter a figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Months {
    Current,
    Previous,
    Both,
    Year,
}

impl Figures {
    /// Returns the observations that a figure is computed from, sorted: of a ratio both sides, of a
    /// year's sum every month, of a value carried forward the month it is of. Counts of units that
    /// are no values (expected units, targets, the reporting discipline) have none.
    pub fn sources(&self, figure: &Figure) -> Vec<Source> {
        let Some(entry) = self.directory.entry(figure.subject) else { return Vec::new() };
        if let Statistic::MonthsAgo(back) = figure.statistic {
            return self.sources_before(entry, figure.scope, back);
        }
        let Some((months, needed)) = needs(figure.statistic) else { return Vec::new() };
        let mut sources = Vec::new();
        for scope in self.scopes_of(Tier::Units) {
            let Scope::Unit(unit) = scope else { continue };
            if !self.territory.contains(figure.scope, unit) {
                continue;
            }
            let sums = measure(&self.directory, &self.facts, entry, unit);
            if sums.is_some_and(|sums| sums.amount(needed).units > 0) {
                self.add_sources(&mut sources, (entry, unit), months);
            }
        }
        sources.sort_unstable();
        sources.dedup();
        sources
    }

    /// Returns the observations of a month before the period.
    fn sources_before(&self, entry: &SubjectEntry, scope: Scope, back: u8) -> Vec<Source> {
        let terms: Vec<(IndicatorIx, TermStatistic)> = match &entry.kind {
            SubjectKind::Discipline => Vec::new(),
            SubjectKind::Counted { terms, .. } => terms.clone(),
            SubjectKind::Ratio { numerator, denominator, .. } => {
                let sides = numerator.iter().chain(denominator);
                sides.map(|indicator| (*indicator, TermStatistic::Value)).collect()
            }
        };
        let mut sources = Vec::new();
        for unit in self.scopes_of(Tier::Units) {
            let Scope::Unit(unit) = unit else { continue };
            if !self.territory.contains(scope, unit) {
                continue;
            }
            let of_unit = terms.iter().map(|(indicator, statistic)| {
                let back = back + u8::from(*statistic == TermStatistic::Previous);
                let fact = self.facts.get(unit, Subject::Indicator(*indicator));
                let period = months_back(self.period, fact.month_before(back)?);
                Some(Source { period, unit, indicator: *indicator })
            });
            // A unit enters with all of its terms or not at all.
            sources.extend(of_unit.collect::<Option<Vec<Source>>>().into_iter().flatten());
        }
        sources.sort_unstable();
        sources.dedup();
        sources
    }

    fn add_sources(
        &self,
        sources: &mut Vec<Source>,
        (entry, unit): (&SubjectEntry, UnitIx),
        months: Months,
    ) {
        let year = matches!(months, Months::Year);
        match &entry.kind {
            SubjectKind::Discipline => {}
            SubjectKind::Ratio { numerator, denominator, .. } => {
                for indicator in numerator.iter().chain(denominator) {
                    self.add_indicator(sources, (unit, *indicator), months);
                }
            }
            SubjectKind::Counted { terms, .. } if year => {
                let fact = self.facts.get(unit, entry.subject);
                let given = |month: &Period| fact.months & (1 << (month.month() - 1)) != 0;
                for month in self.period.year_so_far().into_iter().filter(given) {
                    sources.extend(terms.iter().map(|(indicator, statistic)| {
                        let period = shift(month, *statistic);
                        Source { period, unit, indicator: *indicator }
                    }));
                }
            }
            SubjectKind::Counted { terms, .. } => {
                for (indicator, statistic) in terms {
                    match statistic {
                        TermStatistic::Value => {
                            self.add_indicator(sources, (unit, *indicator), months);
                        }
                        TermStatistic::Previous => {
                            self.add_earlier(sources, (unit, *indicator), months);
                        }
                    }
                }
            }
        }
    }

    fn add_indicator(
        &self,
        sources: &mut Vec<Source>,
        (unit, indicator): (UnitIx, IndicatorIx),
        months: Months,
    ) {
        let fact = self.facts.get(unit, Subject::Indicator(indicator));
        let current = months != Months::Previous;
        let previous = matches!(months, Months::Previous | Months::Both);
        let values = [
            fact.value.filter(|_| current).map(|known| (self.period, known)),
            fact.previous.filter(|_| previous).map(|known| (self.period.previous(), known)),
        ];
        sources.extend(values.into_iter().flatten().map(|(period, known)| Source {
            period: month_of(period, known),
            unit,
            indicator,
        }));
    }

    /// Adds the terms that look one month back from each of the months.
    fn add_earlier(
        &self,
        sources: &mut Vec<Source>,
        (unit, indicator): (UnitIx, IndicatorIx),
        months: Months,
    ) {
        let before = self.period.previous();
        if months != Months::Previous {
            self.add_indicator(sources, (unit, indicator), Months::Previous);
        }
        if months != Months::Current {
            sources.push(Source { period: before.previous(), unit, indicator });
        }
    }
}

/// Returns which months of which units enter a statistic: those units that have the amount.
fn needs(statistic: Statistic) -> Option<(Months, Amount)> {
    match statistic {
        Statistic::Value | Statistic::Reported => Some((Months::Current, Amount::Value)),
        Statistic::Previous => Some((Months::Previous, Amount::Previous)),
        Statistic::Change
        | Statistic::ChangePercent
        | Statistic::PointChange
        | Statistic::Compared => Some((Months::Both, Amount::ValueOfBoth)),
        Statistic::LikeForLike => Some((Months::Current, Amount::ValueOfBoth)),
        Statistic::PreviousLikeForLike | Statistic::PreviousRatio => {
            Some((Months::Previous, Amount::PreviousOfBoth))
        }
        Statistic::YearToDate => Some((Months::Year, Amount::Year)),
        Statistic::TargetRatio
        | Statistic::Remaining
        | Statistic::TargetReached
        | Statistic::Ratio
        | Statistic::RatioNumerator
        | Statistic::RatioDenominator
        | Statistic::Rank => Some((Months::Current, Amount::Based)),
        Statistic::Target
        | Statistic::Expected
        | Statistic::Lacking
        | Statistic::Discipline(_)
        | Statistic::MonthsAgo(_) => None,
    }
}

fn month_of(period: Period, known: Known) -> Period {
    (1..known.age.get()).fold(period, |month, _| month.previous())
}

fn shift(month: Period, statistic: TermStatistic) -> Period {
    match statistic {
        TermStatistic::Value => month,
        TermStatistic::Previous => month.previous(),
    }
}

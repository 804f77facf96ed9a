//! Reads a figure from the sums of its scope: one rule for each statistic, the same for a unit, a
//! group and the whole. Ratios are computed here and nowhere else.

use super::{
    Figure, FigureState, Footnote, Scope, Statistic,
    directory::{SubjectEntry, SubjectKind},
    sums::{Amount, Count, Sums},
};
use crate::quantity::{Quantity, percent};

/// Decimals of percentages that are no ratio of the templates.
const PERCENT_DECIMALS: u8 = 2;

/// A number and what it is of.
struct Reading {
    number: Number,
    reported: u32,
    expected: u32,
}

enum Number {
    None,
    Undefined,
    Some(Quantity),
}

/// Returns the figure of a statistic that the subject has (ranks are read elsewhere).
pub(super) fn read(
    entry: &SubjectEntry,
    scope: Scope,
    statistic: Statistic,
    sums: &Sums,
) -> Figure {
    let reading = Reader { entry, sums }.read(statistic);
    let state = match reading.number {
        Number::None if !applies(statistic, sums) => FigureState::NotApplicable,
        Number::None => FigureState::Missing,
        Number::Undefined => FigureState::Undefined,
        // How many units reported is fully known, however few they are.
        Number::Some(_) if statistic == Statistic::Reported => FigureState::Complete,
        Number::Some(_) if reading.reported < reading.expected => FigureState::Partial,
        Number::Some(_) if needs_value(statistic) && sums.count(Count::Carried) > 0 => {
            FigureState::Partial
        }
        Number::Some(_) => FigureState::Complete,
    };
    let value = match reading.number {
        Number::Some(quantity) => Some(quantity),
        Number::None | Number::Undefined => None,
    };
    let mut figure = Figure {
        subject: entry.subject,
        scope,
        statistic,
        value,
        state,
        reported: reading.reported,
        expected: reading.expected,
        footnotes: Vec::new(),
    };
    figure.footnotes = footnotes(entry, sums, &figure);
    figure
}

/// Returns `n1 / d1 − n0 / d0` in percentage points, computed from the exact fractions and rounded
/// once, half away from zero; it may differ in the last place from the difference of the two
/// rounded ratios.
pub(super) fn point_change(now: (i64, i64), before: (i64, i64), decimals: u8) -> Option<Quantity> {
    let wide = |(above, below): (i64, i64)| (i128::from(above), i128::from(below));
    let ((above, below), (above_before, below_before)) = (wide(now), wide(before));
    if below == 0 || below_before == 0 {
        return None;
    }
    let bottom = below * below_before;
    let exact = (above * below_before - above_before * below)
        .checked_mul(100 * 10_i128.pow(u32::from(decimals)))
        .and_then(|top| divide_half_away(top, bottom));
    let scaled = exact.and_then(|scaled| i64::try_from(scaled).ok()).or_else(|| {
        // Counts beyond 10^15: the rounded ratios are as good.
        let ratio = |(above, below)| percent(above, below, decimals).map(|ratio| ratio.scaled);
        ratio(now)?.checked_sub(ratio(before)?)
    })?;
    Some(Quantity { scaled, decimals })
}

fn divide_half_away(top: i128, bottom: i128) -> Option<i128> {
    let (quotient, rest) = (top.checked_div(bottom)?, top.checked_rem(bottom)?);
    let away = rest.unsigned_abs() >= bottom.unsigned_abs().div_ceil(2);
    let sign = if (top < 0) == (bottom < 0) { 1 } else { -1 };
    Some(if away { quotient + sign } else { quotient })
}

struct Reader<'a> {
    entry: &'a SubjectEntry,
    sums: &'a Sums,
}

impl Reader<'_> {
    fn read(&self, statistic: Statistic) -> Reading {
        use Amount::{Base, Based, Previous, PreviousOfBoth, Target, Value, ValueOfBoth, Year};
        match statistic {
            Statistic::Value => self.of_value(self.amount(Value)),
            Statistic::Previous => Reading {
                number: self.amount(Previous),
                reported: self.units(Previous),
                expected: self.sums.count(Count::PreviousExpected).max(self.units(Previous)),
            },
            Statistic::Change => self.of_both(self.difference(ValueOfBoth, PreviousOfBoth)),
            Statistic::LikeForLike => self.of_both(self.amount(ValueOfBoth)),
            Statistic::PreviousLikeForLike => self.of_both(self.amount(PreviousOfBoth)),
            Statistic::ChangePercent => self.of_both(self.change_percent()),
            Statistic::YearToDate => Reading {
                number: self.amount(Year),
                reported: self.sums.count(Count::YearComplete),
                expected: self
                    .sums
                    .count(Count::Expected)
                    .max(self.sums.count(Count::YearComplete)),
            },
            Statistic::Target => of_units(self.amount(Target), self.units(Target)),
            Statistic::TargetRatio => self.of_target(self.ratio(Based, Base, PERCENT_DECIMALS)),
            Statistic::Remaining => self.of_target(self.difference(Base, Based)),
            Statistic::TargetReached => {
                let known = self.units(Based) > 0;
                let reached = whole(self.sums.count(Count::Reached));
                self.of_target(if known { reached } else { Number::None })
            }
            Statistic::Ratio => self.of_value(self.ratio(Based, Base, self.entry.decimals)),
            Statistic::RatioNumerator => self.of_value(self.amount_with(Based)),
            Statistic::RatioDenominator => self.of_value(self.amount_with(Base)),
            Statistic::PreviousRatio => {
                let decimals = self.entry.decimals;
                self.of_both(self.ratio(PreviousOfBoth, Amount::PreviousBaseOfBoth, decimals))
            }
            Statistic::PointChange => self.of_both(self.point_change()),
            Statistic::Reported => self.of_value(whole(self.sums.count(Count::Reported))),
            Statistic::Expected => {
                let expected = self.sums.count(Count::Expected);
                of_units(whole(expected), expected)
            }
            Statistic::Lacking => {
                let expected = self.sums.count(Count::Expected);
                of_units(whole(expected.saturating_sub(self.sums.count(Count::Reported))), expected)
            }
            Statistic::Compared => {
                let compared = self.units(ValueOfBoth);
                of_units(whole(compared), compared)
            }
            Statistic::Rank | Statistic::Discipline(_) | Statistic::MonthsAgo(_) => {
                self.of_value(Number::None)
            }
        }
    }

    fn of_value(&self, number: Number) -> Reading {
        let (reported, expected) =
            (self.sums.count(Count::Reported), self.sums.count(Count::Expected));
        Reading { number, reported, expected }
    }

    fn of_both(&self, number: Number) -> Reading {
        let reported = self.units(Amount::ValueOfBoth);
        Reading { number, reported, expected: self.sums.count(Count::Expected).max(reported) }
    }

    fn of_target(&self, number: Number) -> Reading {
        let reported = self.units(Amount::Based);
        Reading { number, reported, expected: self.units(Amount::Target).max(reported) }
    }

    fn units(&self, amount: Amount) -> u32 {
        self.sums.amount(amount).units
    }

    fn amount(&self, amount: Amount) -> Number {
        let decimals = self.entry.decimals;
        let total = self.sums.total(amount);
        total.map_or(Number::None, |scaled| Number::Some(Quantity { scaled, decimals }))
    }

    /// Returns a side of a ratio, which has the decimals of its indicators.
    fn amount_with(&self, amount: Amount) -> Number {
        let decimals = match self.entry.kind {
            SubjectKind::Ratio { decimals_of_sides, .. } => decimals_of_sides,
            SubjectKind::Counted { .. } | SubjectKind::Discipline => self.entry.decimals,
        };
        let total = self.sums.total(amount);
        total.map_or(Number::None, |scaled| Number::Some(Quantity { scaled, decimals }))
    }

    fn difference(&self, from: Amount, subtract: Amount) -> Number {
        let (from, subtract) = (self.sums.total(from), self.sums.total(subtract));
        from.zip(subtract).map_or(Number::None, |(from, subtract)| {
            // Sums stay below a quarter of the range of i64.
            Number::Some(Quantity { scaled: from - subtract, decimals: self.entry.decimals })
        })
    }

    fn ratio(&self, above: Amount, below: Amount, decimals: u8) -> Number {
        let (above, below) = (self.sums.total(above), self.sums.total(below));
        above.zip(below).map_or(Number::None, |(above, below)| {
            percent(above, below, decimals).map_or(Number::Undefined, Number::Some)
        })
    }

    fn change_percent(&self) -> Number {
        let (now, before) =
            (self.sums.total(Amount::ValueOfBoth), self.sums.total(Amount::PreviousOfBoth));
        now.zip(before).map_or(Number::None, |(now, before)| {
            percent(now - before, before, PERCENT_DECIMALS).map_or(Number::Undefined, Number::Some)
        })
    }

    fn point_change(&self) -> Number {
        let pair = |above, below| self.sums.total(above).zip(self.sums.total(below));
        let now = pair(Amount::ValueOfBoth, Amount::BaseOfBoth);
        let before = pair(Amount::PreviousOfBoth, Amount::PreviousBaseOfBoth);
        now.zip(before).map_or(Number::None, |(now, before)| {
            point_change(now, before, self.entry.decimals).map_or(Number::Undefined, Number::Some)
        })
    }
}

fn of_units(number: Number, units: u32) -> Reading {
    Reading { number, reported: units, expected: units }
}

fn whole(count: u32) -> Number {
    Number::Some(Quantity::whole(i64::from(count)))
}

/// Returns whether the statistic applies to a unit of the scope; without a target nothing is held
/// against one.
fn applies(statistic: Statistic, sums: &Sums) -> bool {
    let assigned = sums.amount(Amount::Target).units > 0;
    sums.count(Count::Applies) > 0 && (assigned || !Statistic::TARGETED.contains(&statistic))
}

/// Returns whether the statistic is computed from values of the period.
fn needs_value(statistic: Statistic) -> bool {
    !matches!(
        statistic,
        Statistic::Previous
            | Statistic::YearToDate
            | Statistic::Target
            | Statistic::Reported
            | Statistic::Expected
            | Statistic::Lacking
            | Statistic::Compared
            | Statistic::Discipline(_)
    )
}

fn footnotes(entry: &SubjectEntry, sums: &Sums, figure: &Figure) -> Vec<Footnote> {
    if figure.value.is_none() {
        return Vec::new();
    }
    let above = !matches!(figure.scope, Scope::Unit(_));
    let of_people = matches!(entry.kind, SubjectKind::Ratio { of_population: true, .. });
    let over_full = sums.total(Amount::Based) > sums.total(Amount::Base);
    let with_value = needs_value(figure.statistic);
    let year = figure.statistic == Statistic::YearToDate;
    let count_of_units = figure.statistic.counts_units();
    let year_incomplete = year && sums.count(Count::YearLacking) > 0;
    // Units with some months of the year are in its sum too: how many have all says nothing.
    let counted = above && !count_of_units && !year_incomplete;
    [
        (Footnote::Incomplete, counted && figure.reported < figure.expected),
        (
            Footnote::IncludesTemporaryResidents,
            of_people && over_full && figure.statistic == Statistic::Ratio,
        ),
        (Footnote::YearIncomplete, year_incomplete),
        (Footnote::CarriedForward, with_value && sums.count(Count::Carried) > 0),
        (Footnote::Doubtful, with_value && sums.count(Count::Doubtful) > 0),
    ]
    .into_iter()
    .filter_map(|(footnote, stands)| stands.then_some(footnote))
    .collect()
}

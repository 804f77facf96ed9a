//! The sums of a single unit: its facts about a subject in the shape that adds up.

use super::{
    Subject,
    directory::{Directory, SubjectEntry, SubjectKind},
    facts::{Fact, Facts, Mark},
    months::Known,
    sums::{Amount, Count, LIMIT, Sums},
};
use crate::template::{IndicatorIx, UnitIx};

/// Returns the numbers of a unit about a subject, or nothing when one is too large to add up.
pub(super) fn measure(
    directory: &Directory,
    facts: &Facts,
    entry: &SubjectEntry,
    unit: UnitIx,
) -> Option<Sums> {
    let unit = UnitView { directory, facts, unit };
    let sums = match &entry.kind {
        SubjectKind::Counted { target, .. } => unit.counted(entry, *target)?,
        SubjectKind::Ratio { numerator, denominator, decimals_of_sides, of_target, .. } => {
            let mut sums = unit.ratio((numerator, denominator), *decimals_of_sides)?;
            if *of_target {
                sums.mark([(Count::Reached, reaches(&sums))]);
            }
            sums
        }
        SubjectKind::Discipline => Sums::default(),
    };
    let fits = |total: i64| (-LIMIT..=LIMIT).contains(&total);
    sums.amounts.iter().all(|sum| fits(sum.total)).then_some(sums)
}

/// Returns a number with more decimals.
pub(super) fn rescale(scaled: i64, from: u8, to: u8) -> Option<i64> {
    let factor = 10_i64.checked_pow(u32::from(to.saturating_sub(from)))?;
    scaled.checked_mul(factor)
}

struct UnitView<'a> {
    directory: &'a Directory,
    facts: &'a Facts,
    unit: UnitIx,
}

/// A side of a ratio: the inner nothing means that a term is missing, the outer that the sum does
/// not fit.
type Side = Option<Option<Known>>;

impl UnitView<'_> {
    fn counted(&self, entry: &SubjectEntry, target: Option<IndicatorIx>) -> Option<Sums> {
        let fact = self.facts.get(self.unit, entry.subject);
        let value = usable(fact);
        let mut sums = marks(&[fact], value);
        let year_known = fact.months != 0;
        let lacking = fact.is(Mark::YearLacking);
        sums.mark([
            (Count::PreviousExpected, fact.is(Mark::PreviousExpected)),
            (Count::YearComplete, year_known && !lacking),
            (Count::YearLacking, lacking),
        ]);
        give(&mut sums, Amount::Value, value);
        give(&mut sums, Amount::Previous, fact.previous);
        if let (Some(value), Some(previous)) = (value, fact.previous) {
            sums.give(Amount::ValueOfBoth, value.scaled);
            sums.give(Amount::PreviousOfBoth, previous.scaled);
        }
        if year_known {
            sums.give(Amount::Year, fact.year);
        }
        let Some(indicator) = target else { return Some(sums) };
        let assigned = usable(self.facts.get(self.unit, Subject::Indicator(indicator)));
        if let Some(assigned) = assigned {
            let decimals = self.directory.decimals(indicator);
            let scaled = rescale(assigned.scaled, decimals, entry.decimals)?;
            base_of(&mut sums, (value, Some(Known { scaled, ..assigned })));
            sums.mark([(Count::Reached, reaches(&sums))]);
        }
        Some(sums)
    }

    fn ratio(
        &self,
        (numerator, denominator): (&[IndicatorIx], &[IndicatorIx]),
        decimals: u8,
    ) -> Option<Sums> {
        let terms: Vec<Fact> = numerator
            .iter()
            .chain(denominator)
            .map(|term| self.facts.get(self.unit, Subject::Indicator(*term)))
            .collect();
        let above = self.side(numerator, decimals, usable)?;
        let below = self.side(denominator, decimals, usable)?;
        let both = above.zip(below);
        let age = both.map(|(above, below)| above.age.max(below.age));
        let mut sums = marks(&terms, both.zip(age).map(|((above, _), age)| Known { age, ..above }));
        give(&mut sums, Amount::Value, above);
        base_of(&mut sums, (above, below));
        let above_before = self.side(numerator, decimals, |fact| fact.previous)?;
        let below_before = self.side(denominator, decimals, |fact| fact.previous)?;
        if let (Some((above, below)), Some((above_before, below_before))) =
            (both, above_before.zip(below_before))
        {
            sums.give(Amount::ValueOfBoth, above.scaled);
            sums.give(Amount::BaseOfBoth, below.scaled);
            sums.give(Amount::PreviousOfBoth, above_before.scaled);
            sums.give(Amount::PreviousBaseOfBoth, below_before.scaled);
        }
        Some(sums)
    }

    fn side(
        &self,
        indicators: &[IndicatorIx],
        decimals: u8,
        which: impl Fn(Fact) -> Option<Known>,
    ) -> Side {
        let mut sum = Known::own(0);
        for indicator in indicators {
            let fact = self.facts.get(self.unit, Subject::Indicator(*indicator));
            let Some(known) = which(fact) else { return Some(None) };
            let term = rescale(known.scaled, self.directory.decimals(*indicator), decimals)?;
            sum.scaled = sum.scaled.checked_add(term)?;
            sum.age = sum.age.max(known.age);
        }
        Some(Some(sum))
    }
}

/// Returns the value where the subject applies to the unit.
fn usable(fact: Fact) -> Option<Known> {
    fact.value.filter(|_| fact.is(Mark::Applies))
}

fn marks(terms: &[Fact], value: Option<Known>) -> Sums {
    let all = |mark: Mark| terms.iter().all(|fact| fact.is(mark));
    let mut sums = Sums::default();
    sums.mark([
        (Count::Concerned, all(Mark::Concerned)),
        (Count::Applies, all(Mark::Applies)),
        (Count::Expected, all(Mark::Expected)),
        (Count::Reported, value.is_some_and(|known| !known.is_carried())),
        (Count::Carried, value.is_some_and(Known::is_carried)),
        (Count::Doubtful, value.is_some() && terms.iter().any(|fact| fact.is(Mark::Doubtful))),
    ]);
    sums
}

fn give(sums: &mut Sums, amount: Amount, known: Option<Known>) {
    if let Some(known) = known {
        sums.give(amount, known.scaled);
    }
}

/// Records value over base.
fn base_of(sums: &mut Sums, (value, base): (Option<Known>, Option<Known>)) {
    give(sums, Amount::Target, base);
    if let (Some(value), Some(base)) = (value, base) {
        sums.give(Amount::Based, value.scaled);
        sums.give(Amount::Base, base.scaled);
    }
}

fn reaches(sums: &Sums) -> bool {
    let (value, base) = (sums.total(Amount::Based), sums.total(Amount::Base));
    value.zip(base).is_some_and(|(value, base)| value >= base)
}

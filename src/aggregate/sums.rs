//! What is added up from units to scopes. Everything here is additive; what is not (ratios,
//! changes, states) is read from these sums in `reading`.

/// A number of a unit that adds up. A counted subject with a target and a ratio share the shape
/// "value over base": the base is the target or the denominator.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Amount {
    /// The value of the period; of a ratio its numerator.
    Value,
    /// The value, where the base is usable too.
    Based,
    /// The base, where the value is usable too.
    Base,
    /// The base, whether there is a value or not.
    Target,
    /// The value of the period before.
    Previous,
    /// The value, where both periods are usable (of a ratio: both sides of both periods).
    ValueOfBoth,
    /// The base of the period over the same units.
    BaseOfBoth,
    /// The value of the period before over the same units.
    PreviousOfBoth,
    /// The base of the period before over the same units.
    PreviousBaseOfBoth,
    /// The sum since the start of the reporting year.
    Year,
}

/// A yes or no of a unit that adds up to a number of units.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Count {
    /// The unit's group counts the subject.
    Concerned,
    /// It applies to the unit.
    Applies,
    /// The unit owes it, or gave it without owing it.
    Expected,
    /// The unit gave it for this period (not carried forward).
    Reported,
    /// The unit owed or gave it the month before.
    PreviousExpected,
    /// No month of the year that the unit owed is missing.
    YearComplete,
    /// A month of the year that the unit owed is missing.
    YearLacking,
    /// The value reaches the base.
    Reached,
    /// The value is that of an earlier month.
    Carried,
    /// A finding calls the value doubtful.
    Doubtful,
}

/// How many kinds of amounts there are.
pub(super) const AMOUNTS: usize = 10;
/// How many kinds of counts there are.
pub(super) const COUNTS: usize = 10;
/// Sums beyond this are refused, so that differences of two sums always fit.
pub(super) const LIMIT: i64 = i64::MAX / 4;

/// A sum and how many units it is of.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Sum {
    /// The sum, scaled by the subject's decimals.
    pub(super) total: i64,
    /// The units.
    pub(super) units: u32,
}

/// The sums of a subject over a scope, or the numbers of one unit.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Sums {
    /// By [`Amount`].
    pub(super) amounts: [Sum; AMOUNTS],
    /// By [`Count`].
    pub(super) counts: [u32; COUNTS],
}

impl Sums {
    /// Returns a sum.
    pub(super) fn amount(&self, amount: Amount) -> Sum {
        self.amounts[amount as usize]
    }

    /// Returns a sum when a unit has it.
    pub(super) fn total(&self, amount: Amount) -> Option<i64> {
        let sum = self.amount(amount);
        (sum.units > 0).then_some(sum.total)
    }

    /// Returns a number of units.
    pub(super) fn count(&self, count: Count) -> u32 {
        self.counts[count as usize]
    }

    /// Replaces a sum.
    pub(super) fn put(&mut self, amount: Amount, sum: Sum) {
        self.amounts[amount as usize] = sum;
    }

    /// Records the number of one unit.
    pub(super) fn give(&mut self, amount: Amount, number: i64) {
        self.put(amount, Sum { total: number, units: 1 });
    }

    /// Records the answers of one unit.
    pub(super) fn mark<const N: usize>(&mut self, answers: [(Count, bool); N]) {
        for (count, answer) in answers {
            self.counts[count as usize] = u32::from(answer);
        }
    }

    /// Returns whether the table has rows of this subject and scope.
    pub(super) fn is_listed(&self) -> bool {
        self.count(Count::Concerned) > 0
            || self.amount(Amount::Previous).units > 0
            || self.amount(Amount::Year).units > 0
    }
}

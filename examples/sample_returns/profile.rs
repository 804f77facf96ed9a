//! What is invented once for a unit and holds for all its months, and the small arithmetic that
//! turns it into monthly numbers.

use std::collections::BTreeMap;

use crate::random::Dice;

/// Changes every invented number.
const SEED: &str = "da06 so lieu mau 1";

/// Values by code of the indicator.
pub(crate) type Values = BTreeMap<String, i64>;

/// A unit as the generator invents it.
#[derive(Debug, Clone)]
pub(crate) struct Profile {
    /// Key of the unit.
    pub(crate) key: String,
    /// Residents of a commune; 0 for other units.
    pub(crate) people: i64,
    /// Assigned accounts to activate; 0 when none is assigned.
    pub(crate) target: i64,
}

impl Profile {
    /// Returns the source of numbers for something of this unit.
    pub(crate) fn dice(&self, words: &[&str]) -> Dice {
        let all: Vec<&str> = [SEED, &self.key].into_iter().chain(words.iter().copied()).collect();
        Dice::of(&all)
    }

    /// Returns a number that the unit keeps in all months.
    pub(crate) fn steady(&self, code: &str, low: i64, high: i64) -> i64 {
        self.dice(&["steady", code]).between(low, high)
    }

    /// Returns a flow of a month: the unit's usual number, a little more or less, at least 1.
    ///
    /// The swing stays far below the five-fold change that the rules ask about.
    pub(crate) fn flow(&self, code: &str, month: i64, usual: (i64, i64)) -> i64 {
        let usual = self.steady(code, usual.0, usual.1);
        if usual == 0 {
            return 0;
        }
        let percent = self.dice(&["flow", code, &month.to_string()]).between(84, 122);
        ((usual * percent + 50) / 100).max(1)
    }

    /// Returns what a stock gained up to a month: the sum of monthly gains since month 0.
    pub(crate) fn gained(&self, code: &str, month: i64, usual: (i64, i64)) -> i64 {
        (1..=month).map(|month| self.flow(code, month, usual)).sum()
    }
}

/// Returns so many thousandths of a number, rounded down.
pub(crate) fn permille(number: i64, thousandths: i64) -> i64 {
    number * thousandths / 1000
}

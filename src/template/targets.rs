//! Assigned targets (`chi-tieu-giao.csv`).

use chrono::NaiveDate;

use super::{IndicatorIx, UnitIx};

/// A target assigned by a decision.
#[derive(Debug, Clone)]
pub struct Target {
    /// The unit; nothing for the whole.
    pub unit: Option<UnitIx>,
    /// The target indicator (B11).
    pub indicator: IndicatorIx,
    /// The value, scaled by the indicator's decimals.
    pub scaled: i64,
    /// Number of the decision.
    pub decision: String,
    /// Date of the decision.
    pub date: NaiveDate,
    /// First day of validity.
    pub valid_from: NaiveDate,
    /// Last day of validity.
    pub valid_to: NaiveDate,
    /// Who assigned it.
    pub assigned_by: AssignedBy,
}

/// Who assigned a target.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AssignedBy {
    /// The tier above.
    Above,
    /// The issuing body itself.
    Body,
}

/// All targets.
#[derive(Debug, Clone, Default)]
pub struct Targets {
    /// In the order of the file.
    pub list: Vec<Target>,
}

impl Targets {
    /// Returns the target of a unit (or of the whole) that is valid on a day; the latest decision
    /// counts.
    pub fn on(
        &self,
        unit: Option<UnitIx>,
        indicator: IndicatorIx,
        day: NaiveDate,
    ) -> Option<&Target> {
        self.list
            .iter()
            .filter(|target| target.unit == unit && target.indicator == indicator)
            .filter(|target| target.valid_from <= day && day <= target.valid_to)
            .max_by_key(|target| target.date)
    }
}

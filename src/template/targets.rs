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
    list: Vec<Target>,
    /// Positions in the list, by unit and indicator, those of the same two in the order of the file.
    order: Vec<usize>,
}

impl Targets {
    /// Returns the targets of a file.
    pub fn new(list: Vec<Target>) -> Self {
        let mut order: Vec<usize> = (0..list.len()).collect();
        order.sort_by_key(|position| subject(&list[*position]));
        Self { list, order }
    }

    /// Returns the targets in the order of the file.
    pub fn iter(&self) -> impl Iterator<Item = &Target> {
        self.list.iter()
    }

    /// Returns the target of a unit (or of the whole) that is valid on a day; the latest decision
    /// counts.
    pub fn on(
        &self,
        unit: Option<UnitIx>,
        indicator: IndicatorIx,
        day: NaiveDate,
    ) -> Option<&Target> {
        let wanted = (unit, indicator);
        let first = self.order.partition_point(|position| subject(&self.list[*position]) < wanted);
        self.order
            .iter()
            .skip(first)
            .map(|position| &self.list[*position])
            .take_while(|target| subject(target) == wanted)
            .filter(|target| target.valid_from <= day && day <= target.valid_to)
            .max_by_key(|target| target.date)
    }
}

/// Returns what a target is of.
fn subject(target: &Target) -> (Option<UnitIx>, IndicatorIx) {
    (target.unit, target.indicator)
}

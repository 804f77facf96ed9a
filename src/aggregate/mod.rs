//! Step 3: the returns of a period and its history become **one table of figures**. Every number
//! that is printed anywhere is a row of it; ratios are computed here and only here.
//!
//! Units give facts, facts give sums (of one unit, or rolled up to scopes), and a figure is read
//! from the sums of its scope by one rule for each statistic, whatever the scope.

mod columns;
mod directory;
mod discipline;
mod export;
mod facts;
mod figures;
mod keys;
mod measure;
mod months;
mod ranking;
mod reading;
#[cfg(test)]
mod samples;
mod sources;
mod sums;
mod territory;
mod totals;
mod trend;
mod whole_target;

pub use export::{FIGURE_COLUMNS, FigureRecord};
pub use figures::Figures;

use crate::{
    crew::Crew,
    period::Period,
    quantity::Quantity,
    template::{IndicatorIx, Templates, UnitIx},
    validate::{Batch, History},
};

/// What a figure is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scope {
    /// All units.
    Whole,
    /// A group of units: index in `Body::groups`.
    Group(u16),
    /// A block of units: index in `Body::blocks`.
    Block(u16),
    /// The units below a unit.
    Parent(UnitIx),
    /// A unit.
    Unit(UnitIx),
}

/// Whether scopes gather units or are units.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tier {
    /// Scopes that units lie in.
    AboveUnits,
    /// Units.
    Units,
}

impl Tier {
    fn of(scope: Scope) -> Self {
        if matches!(scope, Scope::Unit(_)) { Self::Units } else { Self::AboveUnits }
    }
}

/// What a figure says about its indicator, ratio or derived sum.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Statistic {
    /// The value of the period; of a tick, how many units ticked.
    Value,
    /// The value of the period before, as issued when it was issued.
    Previous,
    /// Value minus previous; for scopes above a unit over the units with both.
    Change,
    /// The value over the units that also have a previous one.
    LikeForLike,
    /// The previous value over the units that also have a value.
    PreviousLikeForLike,
    /// `change / previous like for like` in percent.
    ChangePercent,
    /// Sum since the start of the reporting year (flows).
    YearToDate,
    /// A ratio in percent.
    Ratio,
    /// The sum above the line of the ratio, over the units where both sides are usable.
    RatioNumerator,
    /// The sum below the line of the ratio, over the same units.
    RatioDenominator,
    /// The ratio of the period before, over the units with both sides in both periods.
    PreviousRatio,
    /// Ratio minus previous ratio in percentage points, over the same units.
    PointChange,
    /// The assigned target.
    Target,
    /// Value over target in percent.
    TargetRatio,
    /// Target minus value; negative when exceeded.
    Remaining,
    /// How many units have reached their target, of those with a value and a target.
    TargetReached,
    /// Place among the ranked units of the group, ties share it (1, 2, 2, 4).
    Rank,
    /// How many units the value is of.
    Reported,
    /// How many units it should be of.
    Expected,
    /// How many units of these have no value of the period.
    Lacking,
    /// How many units have a value of the period and of the one before.
    Compared,
    /// How many units kept the reporting discipline in one way ([`Subject::Discipline`] only).
    Discipline(DisciplineCount),
    /// The value, or of a ratio the ratio, so many months before the period (1 to 11), of the whole
    /// and of groups, over the units that have it in that month.
    MonthsAgo(u8),
}

/// What is counted of the reporting discipline. Of the [`Statistic::Expected`] units each is either
/// returned, not accepted or not returned; of the returned each is in time, late or unknown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DisciplineCount {
    /// Units that report at all, those only asked to cooperate included.
    Units,
    /// Units with a return that counts.
    Returned,
    /// Returned in time.
    OnTime,
    /// Returned late.
    Late,
    /// Returned, but nobody wrote down when.
    ArrivalUnknown,
    /// Something came, nothing of it counts.
    NotAccepted,
    /// Nothing came.
    NotReturned,
    /// Units whose deadline was extended.
    Extended,
    /// Returned, but the signed paper is not there.
    Unsigned,
}

/// Why a figure is or is not a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum FigureState {
    /// A number over every expected unit.
    Complete,
    /// A number over some of the expected units.
    Partial,
    /// No unit has it.
    Missing,
    /// It applies to no unit of the scope.
    NotApplicable,
    /// A ratio whose denominator is zero.
    Undefined,
}

/// What a footnote of a figure says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Footnote {
    /// Over n of N units.
    Incomplete,
    /// The issued figure of the period before was corrected since.
    PreviousCorrected,
    /// More than 100 % of a population: "gồm cả tạm trú".
    IncludesTemporaryResidents,
    /// Months of the year are missing.
    YearIncomplete,
    /// The previous value stands in for a missing stock.
    CarriedForward,
    /// A finding calls the value doubtful.
    Doubtful,
}

/// What a figure is about: a row of the templates.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Subject {
    /// A reported or assigned indicator.
    Indicator(IndicatorIx),
    /// A ratio: index in `Indicators::ratios`.
    Ratio(u16),
    /// A derived sum: index in `Indicators::derived`.
    Derived(u16),
    /// How the units kept the reporting discipline; its code is `BC`.
    Discipline,
}

/// A row of the figures table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figure {
    /// What it is about.
    pub subject: Subject,
    /// What it is of.
    pub scope: Scope,
    /// What it says.
    pub statistic: Statistic,
    /// The number; nothing when missing, not applicable or undefined.
    pub value: Option<Quantity>,
    /// Why it is or is not a number.
    pub state: FigureState,
    /// Units it is of.
    pub reported: u32,
    /// Units it should be of.
    pub expected: u32,
    /// Footnotes, sorted.
    pub footnotes: Vec<Footnote>,
}

/// An observation that a figure is computed from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Source {
    /// The period of the observation.
    pub period: Period,
    /// The unit.
    pub unit: UnitIx,
    /// The indicator; one that is an assigned target comes from the templates.
    pub indicator: IndicatorIx,
}

/// A run that cannot give figures.
#[derive(Debug, thiserror::Error)]
pub enum AggregateError {
    /// A sum does not fit.
    #[error("số của chỉ tiêu `{code}` quá lớn, không cộng được: {place}")]
    TooLarge {
        /// Code of the indicator, ratio or derived sum.
        code: String,
        /// Key of the unit or id of the scope.
        place: String,
    },
    /// The roster is larger than the table can number.
    #[error("danh sách đơn vị hoặc chỉ tiêu quá dài")]
    TooMany,
    /// The table engine failed.
    #[error("không tổng hợp được bảng số liệu")]
    Table(#[source] Box<dyn std::error::Error + Send + Sync>),
}

/// Returns the figures of a period from its counted returns and the months before.
///
/// Without a record of the month before there is no previous value and no change at all: the
/// figures are absent, not zero.
pub fn aggregate(
    templates: &Templates,
    period: Period,
    batch: &Batch,
    history: &History,
    crew: &dyn Crew,
) -> Result<Figures, AggregateError> {
    figures::build(templates, period, (batch, history), crew)
}

#[cfg(test)]
mod tests;

//! Step 3: the returns of a period and its history become **one table of figures**. Every number
//! that is printed anywhere is a row of it; ratios are computed here and only here.

use crate::{
    quantity::Quantity,
    template::{IndicatorIx, UnitIx},
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
    /// Place among the ranked units, ties share it (1, 2, 2, 4).
    Rank,
    /// How many units the value is of.
    Reported,
    /// How many units it should be of.
    Expected,
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

//! The words of the table for programs: keys of statistics, states, footnotes and scopes, as they
//! stand in ids and in the CSV.

use super::{DisciplineCount, FigureState, Footnote, Statistic};

impl Statistic {
    /// Every statistic with its key in ids and templates.
    const KEYS: [(Self, &'static str); 41] = [
        (Self::Value, "value"),
        (Self::Previous, "previous"),
        (Self::Change, "change"),
        (Self::LikeForLike, "like_for_like"),
        (Self::PreviousLikeForLike, "previous_like_for_like"),
        (Self::ChangePercent, "change_percent"),
        (Self::YearToDate, "ytd"),
        (Self::Ratio, "ratio"),
        (Self::RatioNumerator, "ratio_numerator"),
        (Self::RatioDenominator, "ratio_denominator"),
        (Self::PreviousRatio, "previous_ratio"),
        (Self::PointChange, "point_change"),
        (Self::Target, "target"),
        (Self::TargetRatio, "target_ratio"),
        (Self::Remaining, "remaining"),
        (Self::TargetReached, "target_reached"),
        (Self::Rank, "rank"),
        (Self::Reported, "reported"),
        (Self::Expected, "expected"),
        (Self::Lacking, "lacking"),
        (Self::Compared, "compared"),
        (Self::Discipline(DisciplineCount::Units), "units"),
        (Self::Discipline(DisciplineCount::Returned), "returned"),
        (Self::Discipline(DisciplineCount::OnTime), "on_time"),
        (Self::Discipline(DisciplineCount::Late), "late"),
        (Self::Discipline(DisciplineCount::ArrivalUnknown), "arrival_unknown"),
        (Self::Discipline(DisciplineCount::NotAccepted), "not_accepted"),
        (Self::Discipline(DisciplineCount::NotReturned), "not_returned"),
        (Self::Discipline(DisciplineCount::Extended), "extended"),
        (Self::Discipline(DisciplineCount::Unsigned), "unsigned"),
        (Self::MonthsAgo(1), "months_ago_1"),
        (Self::MonthsAgo(2), "months_ago_2"),
        (Self::MonthsAgo(3), "months_ago_3"),
        (Self::MonthsAgo(4), "months_ago_4"),
        (Self::MonthsAgo(5), "months_ago_5"),
        (Self::MonthsAgo(6), "months_ago_6"),
        (Self::MonthsAgo(7), "months_ago_7"),
        (Self::MonthsAgo(8), "months_ago_8"),
        (Self::MonthsAgo(9), "months_ago_9"),
        (Self::MonthsAgo(10), "months_ago_10"),
        (Self::MonthsAgo(11), "months_ago_11"),
    ];

    /// The statistics of every counted subject.
    pub(super) const COUNTED: &'static [Self] =
        &[Self::Value, Self::Reported, Self::Expected, Self::Lacking];
    /// The statistics of a counted subject that need the month before.
    pub(super) const COMPARED: &'static [Self] = &[
        Self::Previous,
        Self::Change,
        Self::LikeForLike,
        Self::PreviousLikeForLike,
        Self::ChangePercent,
        Self::Compared,
    ];
    /// The statistics of a counted subject that has a target.
    pub(super) const TARGETED: &'static [Self] =
        &[Self::Target, Self::TargetRatio, Self::Remaining, Self::TargetReached];
    /// The statistics of a ratio.
    pub(super) const RATIO: &'static [Self] = &[
        Self::Ratio,
        Self::RatioNumerator,
        Self::RatioDenominator,
        Self::Reported,
        Self::Expected,
    ];
    /// The statistics of a ratio that need the month before.
    pub(super) const RATIO_COMPARED: &'static [Self] = &[Self::PreviousRatio, Self::PointChange];
    /// The statistics of the reporting discipline.
    pub(super) const DISCIPLINE: &'static [Self] = &[
        Self::Expected,
        Self::Discipline(DisciplineCount::Units),
        Self::Discipline(DisciplineCount::Returned),
        Self::Discipline(DisciplineCount::OnTime),
        Self::Discipline(DisciplineCount::Late),
        Self::Discipline(DisciplineCount::ArrivalUnknown),
        Self::Discipline(DisciplineCount::NotAccepted),
        Self::Discipline(DisciplineCount::NotReturned),
        Self::Discipline(DisciplineCount::Extended),
        Self::Discipline(DisciplineCount::Unsigned),
    ];

    /// Returns the key in ids, templates and the CSV: "value", "ytd", "point_change".
    pub fn key(self) -> &'static str {
        let named = Self::KEYS.iter().find(|(statistic, _)| *statistic == self);
        named.map_or("value", |(_, key)| key)
    }

    /// Returns the statistic of a key.
    pub fn of_key(key: &str) -> Option<Self> {
        Self::KEYS.iter().find(|(_, known)| *known == key).map(|(statistic, _)| *statistic)
    }

    /// Returns whether only scopes above a unit have it: it counts or compares units.
    pub(super) fn is_above_units(self) -> bool {
        matches!(
            self,
            Self::LikeForLike
                | Self::PreviousLikeForLike
                | Self::TargetReached
                | Self::Reported
                | Self::Expected
                | Self::Lacking
                | Self::Compared
                | Self::Discipline(_)
                | Self::MonthsAgo(_)
        )
    }

    /// Returns whether the number is a number of units.
    pub(super) fn counts_units(self) -> bool {
        matches!(
            self,
            Self::TargetReached
                | Self::Reported
                | Self::Expected
                | Self::Lacking
                | Self::Compared
                | Self::Discipline(_)
        )
    }
}

impl FigureState {
    /// Returns the key in the CSV.
    pub fn key(self) -> &'static str {
        match self {
            Self::Complete => "complete",
            Self::Partial => "partial",
            Self::Missing => "missing",
            Self::NotApplicable => "not_applicable",
            Self::Undefined => "undefined",
        }
    }
}

impl Footnote {
    /// Returns the key in the CSV.
    pub fn key(self) -> &'static str {
        match self {
            Self::Incomplete => "incomplete",
            Self::PreviousCorrected => "previous_corrected",
            Self::IncludesTemporaryResidents => "includes_temporary_residents",
            Self::YearIncomplete => "year_incomplete",
            Self::CarriedForward => "carried_forward",
            Self::Doubtful => "doubtful",
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_statistic_has_one_key() {
        let keys: BTreeSet<&str> = Statistic::KEYS.iter().map(|(_, key)| *key).collect();
        assert_eq!(keys.len(), Statistic::KEYS.len());
        for (statistic, key) in Statistic::KEYS {
            assert_eq!(statistic.key(), key);
            assert_eq!(Statistic::of_key(key), Some(statistic));
        }
    }
}

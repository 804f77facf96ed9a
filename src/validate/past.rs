//! The counted figures of earlier months, as one return needs them. Computes no total of a district.

use super::{History, RecordedValue};
use crate::{
    period::Period,
    template::{IndicatorIx, UnitIx},
};

/// How many months before the rules look back for a usual value.
const MONTHS_OF_MEDIAN: usize = 3;

/// How many of these must be there for a usual value to mean anything.
const MONTHS_NEEDED: usize = 2;

/// The history of one unit.
#[derive(Debug, Default)]
pub struct UnitPast<'a> {
    /// The latest three months before, the nearest first.
    before: Vec<Option<&'a [RecordedValue]>>,
    /// The months of the year before this one; nothing when one of them is not known.
    year: Option<Vec<&'a [RecordedValue]>>,
    /// How many months of the year there are before this one.
    months_of_year: usize,
}

impl<'a> UnitPast<'a> {
    /// Returns the history of a unit before a period.
    pub fn of(history: &'a History, period: Period, unit: UnitIx) -> Self {
        let month = |period: Period| {
            let values = history.get(&period)?.values.as_slice();
            let start = values.partition_point(|value| value.unit < unit);
            let end = values.partition_point(|value| value.unit <= unit);
            values.get(start..end).filter(|values| !values.is_empty())
        };
        let nearest =
            std::iter::successors(Some(period.previous()), |period| Some(period.previous()));
        let before = nearest.take(MONTHS_OF_MEDIAN).map(month).collect();
        let year: Vec<Period> =
            period.year_so_far().into_iter().filter(|month| *month != period).collect();
        let months_of_year = year.len();
        Self { before, year: year.into_iter().map(month).collect(), months_of_year }
    }

    /// Returns the value of the month before.
    pub fn previous(&self, indicator: IndicatorIx) -> Option<i64> {
        find(self.before.first().copied().flatten()?, indicator)
    }

    /// Returns the median of the three months before, when at least two of them are known; scaled
    /// like the values, halves possible.
    pub fn median(&self, indicator: IndicatorIx) -> Option<f64> {
        let months = self.before.iter().flatten();
        let mut values: Vec<i64> = months.filter_map(|month| find(month, indicator)).collect();
        if values.len() < MONTHS_NEEDED {
            return None;
        }
        values.sort_unstable();
        let middle = values.len() / 2;
        let upper = *values.get(middle)?;
        let lower =
            if values.len() % 2 == 1 { upper } else { *values.get(middle.checked_sub(1)?)? };
        #[expect(clippy::cast_precision_loss, reason = "figures stay far below 2^53")]
        let sum = (upper + lower) as f64;
        Some(sum / 2.0)
    }

    /// Returns whether the month before is of the same year.
    pub fn has_month_before_in_year(&self) -> bool {
        self.months_of_year > 0
    }

    /// Returns the sum of the year's months before this one, when all of them are known.
    pub fn year_before(&self, indicator: IndicatorIx) -> Option<i64> {
        self.year.as_ref()?.iter().map(|month| find(month, indicator)).sum()
    }
}

fn find(values: &[RecordedValue], indicator: IndicatorIx) -> Option<i64> {
    let position = values.binary_search_by_key(&indicator, |value| value.indicator).ok()?;
    values.get(position).map(|value| value.scaled)
}

#[cfg(test)]
mod tests {
    use super::{super::MonthRecord, *};

    fn history(months: &[(&str, i64)]) -> History {
        let record = |scaled| MonthRecord {
            values: vec![RecordedValue { unit: UnitIx(1), indicator: IndicatorIx(4), scaled }],
            issued_as: None,
        };
        months.iter().map(|(month, value)| (month.parse().unwrap(), record(*value))).collect()
    }

    #[test]
    fn the_past_is_the_month_before_the_usual_value_and_the_year() {
        let march: Period = "2024-03".parse().unwrap();
        let history = history(&[("2023-12", 90), ("2024-01", 10), ("2024-02", 30)]);
        let past = UnitPast::of(&history, march, UnitIx(1));
        assert_eq!(past.previous(IndicatorIx(4)), Some(30));
        assert_eq!(past.median(IndicatorIx(4)), Some(30.0));
        assert_eq!(past.year_before(IndicatorIx(4)), Some(40));
        assert_eq!(past.previous(IndicatorIx(5)), None);
        let other = UnitPast::of(&history, march, UnitIx(2));
        assert_eq!(
            (other.previous(IndicatorIx(4)), other.year_before(IndicatorIx(4))),
            (None, None)
        );
    }

    #[test]
    fn a_gap_in_the_year_is_no_sum_and_one_month_is_no_usual_value() {
        let march: Period = "2024-03".parse().unwrap();
        let history = history(&[("2024-02", 30)]);
        let past = UnitPast::of(&history, march, UnitIx(1));
        assert_eq!(past.year_before(IndicatorIx(4)), None);
        assert_eq!(past.median(IndicatorIx(4)), None);
        let january = UnitPast::of(&history, "2024-01".parse().unwrap(), UnitIx(1));
        assert_eq!(january.year_before(IndicatorIx(4)), Some(0), "nothing lies before January");
    }
}

//! Working days, deadlines and how they roll over weekends, holidays and make-up days.

use std::collections::BTreeSet;

use chrono::{Datelike, Days, NaiveDate, NaiveTime, Weekday};

/// Holidays and make-up days beside the weekend.
#[derive(Debug, Clone, Default)]
pub struct Calendar {
    /// Days off on working weekdays.
    pub holidays: BTreeSet<NaiveDate>,
    /// Saturdays and Sundays that are worked.
    pub make_up_days: BTreeSet<NaiveDate>,
}

/// Deadlines as settings.
#[derive(Debug, Clone, Copy)]
pub struct Deadlines {
    /// Day of the month (or, for calendar months, of the month after) by which units send.
    pub unit_day: u32,
    /// Hour of that day.
    pub unit_time: NaiveTime,
    /// Whether the deadline moves to the next working day.
    pub roll: bool,
    /// Working days that the body has after the units' deadline.
    pub body_working_days: u32,
}

impl Calendar {
    /// Returns whether a day is worked.
    pub fn is_working_day(&self, day: NaiveDate) -> bool {
        let weekend = matches!(day.weekday(), Weekday::Sat | Weekday::Sun);
        if weekend { self.make_up_days.contains(&day) } else { !self.holidays.contains(&day) }
    }

    /// Returns the day itself, or the first working day after it.
    pub fn roll(&self, day: NaiveDate) -> NaiveDate {
        let mut day = day;
        while !self.is_working_day(day) {
            day = day + Days::new(1);
        }
        day
    }

    /// Returns the day that is `count` working days after `day`.
    pub fn after(&self, day: NaiveDate, count: u32) -> NaiveDate {
        (0..count).fold(day, |day, _| self.roll(day + Days::new(1)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_saturday_rolls_to_monday_and_the_body_has_two_days_more() {
        let calendar = Calendar::default();
        assert_eq!(calendar.roll(day("2024-03-16")), day("2024-03-18"));
        assert_eq!(calendar.after(day("2024-03-18"), 2), day("2024-03-20"));
    }

    #[test]
    fn holidays_are_skipped_and_make_up_days_are_worked() {
        let calendar = Calendar {
            holidays: [day("2024-04-29")].into(),
            make_up_days: [day("2024-05-04")].into(),
        };
        assert_eq!(calendar.roll(day("2024-04-27")), day("2024-04-30"));
        assert_eq!(calendar.roll(day("2024-05-04")), day("2024-05-04"));
    }
}

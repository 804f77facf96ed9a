//! The reporting month: a name for a period, not its dates (those follow from the period
//! convention of the issuing body, `template::PeriodConvention`).

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

/// A reporting month such as `2024-03`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Period {
    year: i32,
    month: u32,
}

/// A text that is not a reporting month.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("`{0}` không phải là kỳ báo cáo; kỳ viết theo mẫu 2024-03")]
pub struct PeriodError(pub String);

impl Period {
    /// Returns the period of a year (1900 to 2999) and a month (1 to 12).
    pub fn new(year: i32, month: u32) -> Option<Self> {
        ((1900..3000).contains(&year) && (1..=12).contains(&month)).then_some(Self { year, month })
    }

    /// Returns the year of the period.
    pub fn year(self) -> i32 {
        self.year
    }

    /// Returns the month of the period, 1 to 12.
    pub fn month(self) -> u32 {
        self.month
    }

    /// Returns the month before.
    #[must_use]
    pub fn previous(self) -> Self {
        if self.month == 1 {
            Self { year: self.year - 1, month: 12 }
        } else {
            Self { year: self.year, month: self.month - 1 }
        }
    }

    /// Returns the month after.
    #[must_use]
    pub fn next(self) -> Self {
        if self.month == 12 {
            Self { year: self.year + 1, month: 1 }
        } else {
            Self { year: self.year, month: self.month + 1 }
        }
    }

    /// Returns the months of the year up to and including this one, earliest first.
    pub fn year_so_far(self) -> Vec<Self> {
        (1..=self.month).map(|month| Self { year: self.year, month }).collect()
    }
}

impl fmt::Display for Period {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:04}-{:02}", self.year, self.month)
    }
}

impl FromStr for Period {
    type Err = PeriodError;

    fn from_str(text: &str) -> Result<Self, PeriodError> {
        let error = || PeriodError(text.to_owned());
        let (year, month) = text.trim().split_once('-').ok_or_else(error)?;
        let digits = |part: &str, length| {
            part.len() == length && part.bytes().all(|byte| byte.is_ascii_digit())
        };
        if !digits(year, 4) || !digits(month, 2) {
            return Err(error());
        }
        year.parse()
            .ok()
            .zip(month.parse().ok())
            .and_then(|(year, month)| Self::new(year, month))
            .ok_or_else(error)
    }
}

impl TryFrom<String> for Period {
    type Error = PeriodError;

    fn try_from(text: String) -> Result<Self, PeriodError> {
        text.parse()
    }
}

impl From<Period> for String {
    fn from(period: Period) -> Self {
        period.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_it_prints_and_nothing_else() {
        let march = Period::new(2024, 3).unwrap();
        assert_eq!("2024-03".parse(), Ok(march));
        assert_eq!(march.to_string(), "2024-03");
        for wrong in ["", "2024", "2024-3", "2024-13", "2024-00", "03-2024", "2024-0a", "+024-03"] {
            assert!(wrong.parse::<Period>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn crosses_the_year() {
        let january = Period::new(2024, 1).unwrap();
        assert_eq!(january.previous().to_string(), "2023-12");
        assert_eq!(january.previous().next(), january);
        assert_eq!(january.year_so_far(), [january]);
        assert_eq!(Period::new(2024, 3).unwrap().year_so_far().len(), 3);
    }
}

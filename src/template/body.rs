//! The issuing body (`co-quan.toml`): names, signatory, recipients, period convention, policies.

use chrono::NaiveDate;

use super::{Calendar, Deadlines};
use crate::period::Period;

/// The issuing body and its policies.
#[derive(Debug, Clone)]
pub struct Body {
    /// Name in running text, "Tổ công tác Đề án 06 huyện".
    pub name: String,
    /// Superior body in the letterhead, in capitals.
    pub superior: String,
    /// Issuing body in the letterhead, in capitals.
    pub issuer: String,
    /// The area in running text, "huyện Tiên Lãng".
    pub area: String,
    /// The whole in running text, "toàn huyện"; printed in total rows.
    pub whole: String,
    /// Place of the date line, "Tiên Lãng".
    pub place: String,
    /// Sign of the document, "BC-TCTĐA06".
    pub sign: String,
    /// What the report is about, one entry a printed line; `{ky}` is the period.
    pub subject: Vec<String>,
    /// To whom it goes; empty when it stays inside.
    pub addressees: Vec<String>,
    /// The opening sentence before "báo cáo …", such as "Thực hiện Công văn số …".
    pub opening: String,
    /// Signature block.
    pub signature: SignatureBlock,
    /// Recipients, one a line, without dash and ending sign.
    pub recipients: Vec<String>,
    /// Legal bases.
    pub legal_bases: Vec<LegalBasis>,
    /// Dated national figures for comparison.
    pub national_figures: Vec<NationalFigure>,
    /// How a period's dates follow from its month.
    pub convention: PeriodConvention,
    /// Deadlines of units and of the body.
    pub deadlines: Deadlines,
    /// Holidays and make-up days.
    pub calendar: Calendar,
    /// Groups of units, each with its form, in the order of the report.
    pub groups: Vec<Group>,
    /// Blocks (khối) within groups: key and printed name, in the order of the annexes.
    pub blocks: Vec<(String, String)>,
    /// Names with digits that may stand in the report's words: "Đề án 06", "mức 2".
    pub names_with_digits: Vec<String>,
    /// What happens to a stock of a unit that did not report.
    pub missing_stock: MissingStock,
    /// Key of the unit that drafts the report and is never ranked.
    pub drafting_unit: Option<String>,
    /// Code of the ratio by which units are ranked.
    pub rank_by: Option<String>,
    /// Whether units below the district's figure are named in the signed paper.
    pub name_low_units: bool,
    /// Whether the dated national comparison is printed.
    pub compare_national: bool,
    /// How many names a sentence lists before it refers to the annex.
    pub names_in_sentence: usize,
    /// Ratios with a denominator below this are not printed in prose.
    pub small_base: i64,
    /// What stands around the messages to units.
    pub messages: MessageWords,
}

/// What an office says around the messages to its units (`[tin_nhan]`).
#[derive(Debug, Clone, Default)]
pub struct MessageWords {
    /// What the units send, "báo cáo Đề án 06".
    pub report: String,
    /// The first line; `{don_vi}` is the name of the unit.
    pub greeting: String,
    /// The line before the sender.
    pub closing: String,
    /// Who sends the message.
    pub sender: String,
    /// Telephone number of the sender; empty when none is given.
    pub phone: String,
    /// How many days before the deadline a unit is reminded.
    pub remind_days: u32,
    /// Whether units whose return is complete and right are thanked without being asked for.
    pub thanks: bool,
}

/// The signature block (layout decree, ô 7).
#[derive(Debug, Clone)]
pub struct SignatureBlock {
    /// "TM. TỔ CÔNG TÁC ĐỀ ÁN 06", "TỔ TRƯỞNG".
    pub authority: Vec<String>,
    /// "CHỦ TỊCH UBND HUYỆN".
    pub office: Vec<String>,
    /// "Nguyễn Thị Bích Hương".
    pub name: String,
}

/// A legal basis.
#[derive(Debug, Clone)]
pub struct LegalBasis {
    /// "Nghị định".
    pub kind: String,
    /// "59/2022/NĐ-CP".
    pub number: String,
    /// Date of the document.
    pub date: NaiveDate,
    /// What it is about.
    pub about: String,
    /// The last day on which it may be cited, if it was replaced.
    pub until: Option<NaiveDate>,
}

/// A figure of the whole country with the date it was true and the date it expires.
#[derive(Debug, Clone)]
pub struct NationalFigure {
    /// Key in the report's words.
    pub key: String,
    /// As printed, "52,5 triệu".
    pub shown: String,
    /// Month of the figure.
    pub period: Period,
    /// The last period that may quote it.
    pub until: Period,
}

/// How a period's dates follow from its month (NĐ 09/2019, Điều 12).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PeriodConvention {
    /// 1: the calendar month; D > 1: from day D of the month before to day D − 1 of the month.
    pub first_day: u32,
}

/// The dates of a period, all inclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PeriodDates {
    /// First day.
    pub first: NaiveDate,
    /// Last day, the cut-off of stocks.
    pub last: NaiveDate,
    /// First day of the reporting year.
    pub year_start: NaiveDate,
}

/// A group of units that fill the same form.
#[derive(Debug, Clone)]
pub struct Group {
    /// Key, "xa".
    pub key: String,
    /// "UBND các xã, thị trấn".
    pub name: String,
    /// Noun for counting, "xã, thị trấn".
    pub noun: String,
    /// Code of the form.
    pub form: String,
}

/// What happens to a stock of a unit that did not report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MissingStock {
    /// Left out; comparison over the same units only.
    Excluded,
    /// The last issued value stands in, marked and footnoted.
    CarriedForward,
}

impl PeriodConvention {
    /// Returns the dates of a period.
    pub fn dates(self, period: Period) -> PeriodDates {
        let (first, last) = self.span(period);
        let january = Period::new(period.year(), 1).unwrap_or(period);
        PeriodDates { first, last, year_start: self.span(january).0 }
    }

    fn span(self, period: Period) -> (NaiveDate, NaiveDate) {
        let day = |period: Period, day: u32| {
            NaiveDate::from_ymd_opt(period.year(), period.month(), day)
                .expect("template loading admits days 1 to 28 only")
        };
        let start = if self.first_day == 1 { period } else { period.previous() };
        let end = if self.first_day == 1 { period.next() } else { period };
        let last = day(end, self.first_day).pred_opt().expect("periods start in 1900");
        (day(start, self.first_day), last)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn march_runs_from_mid_february_to_mid_march() {
        let dates = PeriodConvention { first_day: 15 }.dates("2024-03".parse().unwrap());
        assert_eq!(dates.first.to_string(), "2024-02-15");
        assert_eq!(dates.last.to_string(), "2024-03-14");
        assert_eq!(dates.year_start.to_string(), "2023-12-15");
    }

    #[test]
    fn calendar_months_end_with_the_month() {
        let dates = PeriodConvention { first_day: 1 }.dates("2024-02".parse().unwrap());
        assert_eq!(dates.first.to_string(), "2024-02-01");
        assert_eq!(dates.last.to_string(), "2024-02-29");
        assert_eq!(dates.year_start.to_string(), "2024-01-01");
    }
}

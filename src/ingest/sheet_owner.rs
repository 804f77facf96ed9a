//! Whose a sheet is and of which period: sheets that do not contradict each other are of one return.

use super::{
    CellContent,
    matcher::Field,
    month::{Month, MonthHead},
    sheet::SheetReading,
    withdrawn::year_in,
};
use crate::text::fold;

/// What tells returns apart; what a sheet does not say fits everything.
#[derive(Debug, Default)]
pub(super) struct Identity {
    /// Its unit, folded.
    pub(super) unit: Option<String>,
    /// Its period.
    pub(super) period: Option<PeriodWords>,
}

/// What a sheet says of its period.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum PeriodWords {
    /// A month.
    Month(Month),
    /// A month of a year that is not named.
    Short(u32),
    /// A year that the name of a sheet says, and no month.
    Year(u32),
    /// Words that name none: "hằng tháng".
    Other(String),
}

impl PeriodWords {
    /// Returns whether both may be of the same period.
    pub(super) fn fits(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Month(month), Self::Short(short)) | (Self::Short(short), Self::Month(month)) => {
                month.number() == *short
            }
            (Self::Month(month), Self::Year(year)) | (Self::Year(year), Self::Month(month)) => {
                month.is_of(*year)
            }
            (Self::Year(one), Self::Year(other)) => one == other,
            (Self::Year(_), _) | (_, Self::Year(_)) => true,
            _ => self == other,
        }
    }

    /// Returns whether it says more than another that fits.
    pub(super) fn says_more_than(&self, other: &Self) -> bool {
        let says = |period: &Self| match period {
            Self::Year(_) => 0,
            Self::Short(_) => 1,
            Self::Month(_) | Self::Other(_) => 2,
        };
        says(self) > says(other)
    }
}

impl Identity {
    /// Returns what a sheet says of itself.
    pub(super) fn of(sheet: &SheetReading) -> Self {
        let words = |field| match sheet.fields.get(&field).map(|located| &located.value) {
            Some(CellContent::Text(text)) => Some(fold(text)),
            _ => None,
        };
        let stated = sheet.fields.get(&Field::Period);
        let named = stated.filter(|located| names_time(&located.value));
        let other = named.and(words(Field::Period)).map(PeriodWords::Other);
        let title = sheet.title.as_ref().map(|(month, _)| PeriodWords::Month(*month));
        let short = sheet.short_title.as_ref().map(|(month, _)| PeriodWords::Short(*month));
        let year = || year_in(&fold(&sheet.name)).map(PeriodWords::Year);
        let month = sheet.stated.map(PeriodWords::Month);
        let period = month.or(other).or(title).or(short).or_else(year);
        Self { unit: words(Field::Unit), period }
    }

    /// Returns whether nothing that both say differs.
    pub(super) fn fits(&self, other: &Self) -> bool {
        let units = self.unit.as_ref().zip(other.unit.as_ref());
        let periods = self.period.as_ref().zip(other.period.as_ref());
        units.is_none_or(|(one, other)| one == other)
            && periods.is_none_or(|(one, other)| one.fits(other))
    }
}

/// Returns whether what a label announces names any time.
pub(super) fn names_time(stated: &CellContent) -> bool {
    match stated {
        CellContent::Empty => false,
        CellContent::Text(words) => {
            words.contains(|one: char| one.is_ascii_digit())
                || MonthHead::within(&fold(words)).is_some()
        }
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::super::{
        NoticeKind,
        samples::{MAIN, notices, put, read_xlsx, workbook},
    };

    const OTHER: &str = "STT|Mã|Chỉ tiêu|ĐVT|Trong kỳ\n3|A03|Số lượt người dự|lượt|9\n";

    /// Returns the periods of the returns of a workbook with the usual sheet and another one, and whether
    /// it was said that the other names no month.
    fn read(name: &str, lines: &str) -> (Vec<Option<String>>, bool) {
        let main = MAIN.replace("3|A03|Số lượt người dự|lượt|100||…|\n", "");
        assert!(main.len() < MAIN.len());
        let page = |sheet: &mut rust_xlsxwriter::Worksheet| put(sheet, (0, 0), &main);
        let other = |sheet: &mut rust_xlsxwriter::Worksheet| put(sheet, (0, 0), lines);
        let reading = read_xlsx(&workbook(&[("Biểu 01", &page), (name, &other)]));
        let said = notices(&reading).contains(&NoticeKind::SheetWithoutMonth);
        let words = |one: &super::super::RawReturn| match &one.period.as_ref()?.value {
            super::CellContent::Text(words) => Some(words.clone()),
            _ => None,
        };
        (reading.returns.iter().map(words).collect(), said)
    }

    #[test]
    fn a_sheet_that_says_nothing_of_itself_is_told() {
        for name in ["Sheet2", "Biểu 01 (tiếp)", "2024"] {
            let (periods, said) = read(name, OTHER);
            assert_eq!((periods.len(), said), (1, name != "2024"), "{name}");
        }
        let (periods, said) = read("Sheet2", &format!("Tháng 3 năm 2024\n{OTHER}"));
        assert_eq!((periods.len(), said), (1, false));
        let (_, said) = read("Trống", "");
        assert!(!said);
    }

    #[test]
    fn a_sheet_named_by_another_year_is_of_another_return() {
        let (periods, said) = read("2023", OTHER);
        assert_eq!((periods.len(), said), (2, false));
        assert_eq!(periods[1].as_deref(), Some("tên trang tính: 2023"));
    }
}

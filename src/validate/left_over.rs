//! Returns of other months that are left over in a file: the sheets of earlier months beside that of the
//! period.

use super::{
    Finding, codes,
    header::shown,
    period::{read_month, read_period, read_year},
    validator::sheet_place,
};
use crate::{ingest::RawReturn, period::Period};

/// Returns whether a return is of another month than the file, which has one of its own month.
pub(super) fn is_left_over(returns: &[RawReturn], position: usize, home: Option<Period>) -> bool {
    if returns.len() < 2 {
        return false;
    }
    let periods: Vec<Option<Period>> = returns.iter().map(|one| named(one, home)).collect();
    let home = home.or_else(|| periods.iter().copied().flatten().max());
    let own = periods.get(position).copied().flatten();
    let year = returns.get(position).and_then(|raw| read_year(&raw.period.as_ref()?.value));
    let is_of_other_year = home.zip(year).is_some_and(|(home, year)| home.year() != year);
    periods.contains(&home) && own != home && (own.is_some() || is_of_other_year)
}

/// Returns the period that a return names; a month without its year is of that of the file.
fn named(raw: &RawReturn, home: Option<Period>) -> Option<Period> {
    let said = &raw.period.as_ref()?.value;
    read_period(said).or_else(|| Period::new(home?.year(), read_month(said)?))
}

/// Returns what is said of such a return.
pub(super) fn finding(path: &str, raw: &RawReturn) -> Finding {
    let period = raw.period.as_ref().map(|located| shown(&located.value));
    let sheet = raw.sheets.first().map(|sheet| sheet.trim().to_owned()).unwrap_or_default();
    let message =
        format!("Trang tính “{sheet}” là biểu của kỳ khác còn để lại trong tệp; không được tính.");
    codes::LEFTOVER_SHEET
        .finding(message)
        .at(sheet_place(path, raw))
        .found(period.unwrap_or_default())
        .hint("Từ kỳ sau đề nghị xóa trang tính của kỳ cũ trước khi gửi.")
}

#[cfg(test)]
mod tests {
    use super::super::{
        Batch, Intake, Observation, SideFiles, State,
        sample::{commune, history, templates},
        validate,
    };
    use crate::template::Measure;

    /// Validates a file with the return of March and one with other figures that names another period.
    fn run(march: &str, other: &str) -> Batch {
        let mut file = commune("tien-minh").period(march).file("2024-03/Tien Minh T3.xlsx");
        let other = commune("tien-minh").period(other).number("B08", 1.0);
        file.reading.returns.insert(0, other.raw);
        let side_files = &SideFiles::default();
        let intake = Intake { files: &[file], side_files };
        validate(templates(), "2024-03".parse().unwrap(), intake, &history("tien-minh"))
    }

    #[test]
    fn the_sheets_of_other_months_are_left_out() {
        for (march, other) in [
            ("Tháng 3 năm 2024", "Tháng 02 năm 2024"),
            ("Tháng 3 năm 2024", "tên trang tính: Tháng 2"),
            ("tên trang tính: Tháng 3", "tên trang tính: Tháng 2"),
            ("Tháng 3 năm 2024", "tên trang tính: 2023"),
        ] {
            let batch = run(march, other);
            let own = batch.findings.iter().filter(|one| one.unit.as_deref() == Some("tien-minh"));
            let codes: Vec<&str> = own.map(|one| one.code.as_str()).collect();
            assert!(codes.contains(&"DA06-T17"), "{march}, {other}: {codes:?}");
            let [only] = batch.returns.as_slice() else { panic!("{march}, {other}") };
            let indicator = templates().indicators.find("B08").unwrap();
            let is_it =
                |one: &&Observation| one.indicator == indicator && one.measure == Measure::Value;
            let figure = only.observations.iter().find(is_it).unwrap();
            assert_eq!(figure.state, State::Value(4000), "{march}, {other}");
        }
    }
}

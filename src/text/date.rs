//! How dates are printed (NĐ 30/2020, Phụ lục I, II.4): days below 10 and the months 1 and 2 take a
//! leading zero, other months do not.

use chrono::{Datelike, NaiveDate, Weekday};

use crate::period::Period;

/// Returns `14/3/2024`, `05/02/2024`.
pub fn format_date(date: NaiveDate) -> String {
    format!("{:02}/{}/{}", date.day(), month_digits(date.month()), date.year())
}

/// Returns `14/3`, `05/02`.
pub fn format_date_short(date: NaiveDate) -> String {
    format!("{:02}/{}", date.day(), month_digits(date.month()))
}

/// Returns `tháng 3 năm 2024`, `tháng 01 năm 2024`.
pub fn format_month(period: Period) -> String {
    format!("tháng {} năm {}", month_digits(period.month()), period.year())
}

/// Returns `3/2024`, `01/2024`.
pub fn format_month_short(period: Period) -> String {
    format!("{}/{}", month_digits(period.month()), period.year())
}

/// Returns `thứ Hai, ngày 18/3/2024`.
pub fn format_weekday(date: NaiveDate) -> String {
    let day = match date.weekday() {
        Weekday::Mon => "thứ Hai",
        Weekday::Tue => "thứ Ba",
        Weekday::Wed => "thứ Tư",
        Weekday::Thu => "thứ Năm",
        Weekday::Fri => "thứ Sáu",
        Weekday::Sat => "thứ Bảy",
        Weekday::Sun => "Chủ nhật",
    };
    format!("{day}, ngày {}", format_date(date))
}

fn month_digits(month: u32) -> String {
    if month < 3 { format!("0{month}") } else { month.to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_one_and_two_and_small_days_take_a_zero() {
        let date = |text: &str| text.parse::<NaiveDate>().unwrap();
        assert_eq!(format_date(date("2024-03-14")), "14/3/2024");
        assert_eq!(format_date(date("2024-02-05")), "05/02/2024");
        assert_eq!(format_date_short(date("2023-12-15")), "15/12");
        assert_eq!(format_weekday(date("2024-03-18")), "thứ Hai, ngày 18/3/2024");
        assert_eq!(format_weekday(date("2024-03-17")), "Chủ nhật, ngày 17/3/2024");
        assert_eq!(format_month_short("2024-02".parse().unwrap()), "02/2024");
        assert_eq!(format_month("2024-01".parse().unwrap()), "tháng 01 năm 2024");
        assert_eq!(format_month("2024-03".parse().unwrap()), "tháng 3 năm 2024");
    }
}

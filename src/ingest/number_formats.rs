//! What a format code, or what a cell shows, makes of a number, for formats whose library does not tell.

use chrono::{Days, NaiveDate};

use super::{
    CellContent,
    workbook::{number_content, text_content},
};

/// Format codes that are names.
const NAMED_FORMATS: [&str; 9] = [
    "General",
    "General Number",
    "Currency",
    "Euro Currency",
    "Fixed",
    "Standard",
    "Scientific",
    "Yes/No",
    "On/Off",
];
/// The first day of March 1900: for the days before it programs do not agree.
const FIRST_CERTAIN_DAY: f64 = 61.0;
const LAST_DAY: f64 = 2_958_465.0;

/// Returns what a number is, by what the cell shows: some programs write a date or a percentage as a
/// bare number and only its words tell.
pub(super) fn shown_number(number: f64, shown: &str) -> CellContent {
    if !number.is_finite() {
        return number_content(number);
    }
    if shown.contains('%') {
        return CellContent::Percent(number);
    }
    let has_digits = shown.contains(|one: char| one.is_ascii_digit());
    if !shown.trim().is_empty() && (!has_digits || is_date(shown)) {
        return text_content(shown);
    }
    number_content(number)
}

/// Returns whether words are a date: "14/3/2024", "2024-03-14 00:00", "01/03".
fn is_date(words: &str) -> bool {
    let day = words.split_whitespace().next().unwrap_or_default();
    let parts: Vec<&str> = day.split(['/', '-', '.']).collect();
    let digits = |part: &&str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let lengths: Vec<usize> = parts.iter().map(|part| part.len()).collect();
    parts.iter().all(digits)
        && match lengths[..] {
            [1 | 2, 1 | 2, 2 | 4] | [4, 1 | 2, 1 | 2] => true,
            [1 | 2, 1 | 2] => day.contains('/'),
            _ => false,
        }
}

/// Returns the date of a number that counts days.
pub(super) fn date_of_serial(number: f64) -> CellContent {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "within the range")]
    let days = (FIRST_CERTAIN_DAY..=LAST_DAY).contains(&number).then_some(number as u64);
    let zero = NaiveDate::from_ymd_opt(1899, 12, 30);
    let date = zero.zip(days).and_then(|(zero, days)| zero.checked_add_days(Days::new(days)));
    date.map_or_else(|| number_content(number), |date| CellContent::Date(date.to_string()))
}

/// Returns whether a format code shows dates.
pub(super) fn shows_date(code: &str) -> bool {
    if NAMED_FORMATS.contains(&code) {
        return false;
    }
    let mut ends: Option<char> = None;
    let mut characters = code.chars();
    while let Some(character) = characters.next() {
        match (character, ends) {
            (one, Some(end)) => ends = (one != end).then_some(end),
            ('"', None) => ends = Some('"'),
            ('[', None) => ends = Some(']'),
            ('\\' | '_' | '*', None) => drop(characters.next()),
            ('d' | 'D' | 'y' | 'Y', None) => return true,
            _ => {}
        }
    }
    false
}

/// Returns whether a format that every program knows by its number shows percentages.
pub(super) fn is_percent_number(format: u16) -> bool {
    matches!(format, 9 | 10)
}

/// Returns whether a format code has a percent sign outside quotes and escapes.
pub(super) fn shows_percent(code: &str) -> bool {
    let mut quoted = false;
    let mut characters = code.chars();
    while let Some(character) = characters.next() {
        match character {
            '"' => quoted = !quoted,
            '\\' | '_' | '*' if !quoted => drop(characters.next()),
            '%' if !quoted => return true,
            _ => {}
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_percent_sign_counts_outside_quotes() {
        for (code, expected) in [
            ("0%", true),
            ("0.00%;[Red]-0.00%", true),
            ("#,##0", false),
            ("0\"%\"", false),
            ("0\\%", false),
        ] {
            assert_eq!(shows_percent(code), expected, "{code}");
        }
    }

    #[test]
    fn what_is_shown_tells_what_a_number_is() {
        use CellContent::{Number, Percent, Text};
        let text = |words: &str| Text(words.to_owned());
        for (number, shown, expected) in [
            (1234.0, "1.234", Number(1234.0)),
            (12.0, "12 buổi", Number(12.0)),
            (5.0, "", Number(5.0)),
            (1.0, "100%", Percent(1.0)),
            (45_352.0, "01/03/2024", text("01/03/2024")),
            (45_352.0, "2024-03-01 00:00", text("2024-03-01 00:00")),
            (1_234_567.0, "1.234.567", Number(1_234_567.0)),
            (0.0, "-", text("-")),
            (1.0, "TRUE", text("TRUE")),
        ] {
            assert_eq!(shown_number(number, shown), expected, "{shown}");
        }
    }

    #[test]
    fn days_are_counted_as_spreadsheets_do() {
        assert_eq!(date_of_serial(45_352.5), CellContent::Date("2024-03-01".to_owned()));
        assert_eq!(date_of_serial(12.0), CellContent::Number(12.0));
        for (code, expected) in [
            ("dd/mm/yyyy", true),
            ("Short Date", true),
            ("General Date", true),
            ("[Red]0;[Red]-0", false),
            ("0 \"ngày\"", false),
            ("Standard", false),
            ("#,##0", false),
        ] {
            assert_eq!(shows_date(code), expected, "{code}");
        }
    }
}

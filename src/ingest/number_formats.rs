//! What a format code, or what a cell shows, makes of a number, for formats whose library does not tell.

use std::rc::Rc;

use chrono::{Days, NaiveDate};

use super::{
    CellContent,
    number_codes::{is_faithful, shows},
    number_words::{multiplies, says_otherwise},
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
/// Most characters of a format code that are kept.
const LONGEST_CODE: usize = 255;
/// The first day of March 1900: for the days before it programs do not agree.
const FIRST_CERTAIN_DAY: f64 = 61.0;
const LAST_DAY: f64 = 2_958_465.0;

/// What a format makes of the numbers in its cells.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) enum NumberFormat {
    /// They are shown with their own digits.
    #[default]
    Plain,
    /// They are shown as percentages.
    Percent,
    /// Some of them are shown with other digits; the code of the format.
    Other(Rc<str>),
    /// They are white on white.
    Unseen,
    /// They are struck through.
    Struck,
    /// Lines cross them out from corner to corner; a head may be divided so.
    Crossed,
}

impl NumberFormat {
    /// Returns what a format code makes of numbers.
    pub(super) fn of_code(code: &str) -> Self {
        if shows_percent(code) {
            Self::Percent
        } else if is_faithful(code) {
            Self::Plain
        } else {
            Self::Other(code.chars().take(LONGEST_CODE).collect::<String>().into())
        }
    }

    /// Returns what a format that every program knows by its number makes of numbers.
    pub(super) fn of_number(format: u16) -> Self {
        match format {
            9 | 10 => Self::Percent,
            11 => Self::Other("0.00E+00".into()),
            // Numbers that are no days: only a part of a day, or hours that are counted on.
            18..=21 | 45..=47 => Self::Other("[h]:mm:ss".into()),
            48 => Self::Other("##0.0E+0".into()),
            _ => Self::Plain,
        }
    }

    /// Returns what a number in a cell of the format is.
    pub(super) fn content(&self, number: f64) -> CellContent {
        match self {
            Self::Percent => CellContent::Percent(number),
            Self::Other(code) if !shows(code, number) => {
                CellContent::ShownOtherwise(number, format!("định dạng {code}"))
            }
            Self::Unseen => {
                CellContent::ShownOtherwise(number, "chữ trắng trên nền trắng".to_owned())
            }
            Self::Struck => CellContent::ShownOtherwise(number, "số bị gạch ngang".to_owned()),
            Self::Crossed => CellContent::ShownOtherwise(number, "ô bị gạch chéo".to_owned()),
            Self::Plain | Self::Other(_) => CellContent::Number(number),
        }
    }
}

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
    if has_digits && !shows_digits(number, shown) {
        return CellContent::ShownOtherwise(number, format!("hiện {}", shown.trim()));
    }
    number_content(number)
}

/// Returns whether words show the digits of a number, as far as they are not rounded; points and
/// commas may stand between thousands or before decimals.
fn shows_digits(number: f64, shown: &str) -> bool {
    let plain = shown.trim().replace(',', ".");
    let is_same = |same: f64| (same - number).abs() <= number.abs() * 1e-9;
    // A fraction, or powers of ten.
    if shown.contains('/') || plain.parse().is_ok_and(is_same) {
        return true;
    }
    let is_digit = |one: char| one.is_ascii_digit();
    let (before, rest) = shown.split_at(shown.find(is_digit).unwrap_or(shown.len()));
    let separators = [' ', '\u{a0}', '\u{202f}', '.', ',', '\''];
    let end = rest.find(|one: char| !is_digit(one) && !separators.contains(&one));
    let (figure, after) = rest.split_at(end.unwrap_or(rest.len()));
    let figure = figure.trim_end_matches(separators);
    let looks_negative = before.trim_end().ends_with(['-', '\u{2212}', '(']);
    let is_of_other = number != 0.0 && says_otherwise(before, after);
    if is_of_other || multiplies(after) || (number > 0.0 && looks_negative) {
        return false;
    }
    let value = |words: &str| words.replace(separators, "").parse::<f64>();
    let is_rounded =
        |shown: f64, unit: f64| (shown - number.abs()).abs() <= 0.5 * unit + number.abs() * 1e-9;
    let decimals = figure.rsplit_once(['.', ',']).and_then(|(whole, decimals)| {
        let unit = 10_f64.powi(-i32::try_from(decimals.len()).ok()?);
        Some((value(whole).ok()? + value(decimals).ok()? * unit, unit))
    });
    value(figure).is_ok_and(|whole| is_rounded(whole, 1.0))
        || decimals.is_some_and(|(shown, unit)| is_rounded(shown, unit))
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

/// Returns whether a format code has a percent sign outside quotes and escapes.
fn shows_percent(code: &str) -> bool {
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
        use CellContent::{Number, Percent, ShownOtherwise, Text};
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
            (1234.5, "1.234,5 đồng", Number(1234.5)),
            (1234.4, "1,234", Number(1234.4)),
            (-12.0, "(12)", Number(-12.0)),
            (1200.0, "1,2E+03", Number(1200.0)),
            (12_345.0, "12", ShownOtherwise(12_345.0, "hiện 12".to_owned())),
            (12.0, "12 nghìn", ShownOtherwise(12.0, "hiện 12 nghìn".to_owned())),
            (12.0, "-12", ShownOtherwise(12.0, "hiện -12".to_owned())),
            (296.0, "9.999", ShownOtherwise(296.0, "hiện 9.999".to_owned())),
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

//! Numbers and shares as a row or a sentence states them.

use crate::{
    ingest::CellContent,
    quantity::Quantity,
    validate::{decimal::Decimal, stored_number::whole_number},
};

/// Most decimals of a share that was typed; one that a formula computed has more.
const MOST_DECIMALS: u8 = 4;

/// Returns the number that a cell states, scaled by the given decimals: alone or before its unit of count.
pub(super) fn number(content: &CellContent, decimals: u8) -> Option<i64> {
    match content {
        CellContent::Number(number) => whole_number(number * 10_f64.powi(decimals.into())),
        CellContent::Text(words) => Decimal::parse(leading(words.trim()))?.scaled(decimals),
        _ => None,
    }
}

/// Returns the digits with which words begin, with the signs and blanks between them; nothing where other digits follow.
fn leading(words: &str) -> &str {
    let is_of_number =
        |one: char| one.is_ascii_digit() || matches!(one, '.' | ',' | ' ' | '\u{a0}');
    let end = words.find(|one: char| !is_of_number(one)).unwrap_or(words.len());
    let (number, rest) = words.split_at(end);
    if rest.contains(|one: char| one.is_ascii_digit()) {
        return "";
    }
    number.trim_matches([' ', '\u{a0}', ',', '.'])
}

/// A share as it stands, in percent.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Share {
    percent: f64,
    /// How many decimals it has.
    pub(super) decimals: u8,
}

impl Share {
    /// Returns what a cell may state as a share: a number up to one may be of one or of a hundred.
    pub(super) fn read(content: &CellContent) -> Vec<Self> {
        match content {
            CellContent::Percent(number) => vec![Self::stored(number * 100.0)],
            CellContent::Number(number) if number.abs() <= 1.0 => {
                vec![Self::stored(*number), Self::stored(number * 100.0)]
            }
            CellContent::Number(number) => vec![Self::stored(*number)],
            CellContent::Text(words) => Self::written(words).into_iter().collect(),
            _ => Vec::new(),
        }
    }

    /// Returns the share that words are: "93,40%", "93.4 %".
    pub(super) fn written(words: &str) -> Option<Self> {
        let number = words.trim().trim_end_matches('%').trim_end();
        let decimals = number.split([',', '.']).nth(1).map_or(0, str::len);
        let decimals = u8::try_from(decimals).ok().filter(|decimals| *decimals <= 6)?;
        let scaled = Decimal::parse(&number.replace('.', ","))?.scaled(decimals)?;
        Some(Self { percent: Quantity { scaled, decimals }.to_f64(), decimals })
    }

    fn stored(percent: f64) -> Self {
        let is_whole = |decimals: &u8| {
            let scaled = percent * 10_f64.powi((*decimals).into());
            (scaled - scaled.round()).abs() < 1e-6
        };
        let decimals = (0..MOST_DECIMALS).find(is_whole).unwrap_or(MOST_DECIMALS);
        Self { percent, decimals }
    }

    /// Returns whether it is what a part is of the whole, rounded or cut off.
    pub(super) fn is_of(self, part: i64, whole: i64) -> bool {
        if whole == 0 {
            return false;
        }
        let [part, whole] = [part, whole].map(|scaled| Quantity { scaled, decimals: 0 }.to_f64());
        let unit = 10_f64.powi(-i32::from(self.decimals));
        (100.0 * part / whole - self.percent).abs() < unit + 1e-9
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_with_their_unit_of_count() {
        for (words, expected) in [
            ("7.398 tài khoản", Some(7398)),
            ("26", Some(26)),
            ("5 615", Some(5615)),
            ("12/15", None),
            ("chưa có", None),
            ("52 tin", Some(52)),
        ] {
            assert_eq!(number(&CellContent::Text(words.to_owned()), 0), expected, "{words}");
        }
    }

    #[test]
    fn shares_are_rounded_or_cut_off() {
        let share = |words: &str| Share::written(words).unwrap();
        for (words, part, whole, expected) in [
            ("64,51%", 4000, 6200, true),
            ("64,52 %", 4000, 6200, true),
            ("64.53", 4000, 6200, false),
            ("64%", 4000, 6200, true),
            ("65%", 4000, 6200, true),
            ("66%", 4000, 6200, false),
            ("50%", 1, 0, false),
        ] {
            assert_eq!(share(words).is_of(part, whole), expected, "{words}");
        }
        assert_eq!(
            Share::read(&CellContent::Percent(0.75)),
            [Share { percent: 75.0, decimals: 0 }]
        );
    }
}

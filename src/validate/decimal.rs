//! A number written in words' place, `1.234,5`: its digits and the notation, nothing guessed.

/// A decimal number as it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Decimal {
    negative: bool,
    whole: String,
    fraction: String,
    /// How it was written.
    pub(super) notation: Notation,
}

/// How a number was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Notation {
    /// "1234".
    Plain,
    /// "1.234".
    ThousandsDot,
    /// "1 234".
    ThousandsBlank,
    /// "85,5", "1.234,5".
    DecimalComma,
    /// "12.5".
    DecimalDot,
    /// "1,234": thousands in English, three decimals in Vietnamese; nobody can tell.
    ThousandsComma,
    /// "1,234,567", "1,500.00": nothing but thousands in English.
    ThousandsCommas,
}

impl Decimal {
    /// Returns the number that a text is, or nothing when it is none.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let (negative, text) = match text.strip_prefix('-') {
            Some(rest) => (true, rest.trim_start()),
            None => (false, text.strip_prefix('+').unwrap_or(text)),
        };
        let make = |whole: &str, fraction: &str, notation| {
            let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
            let whole: String = whole.chars().filter(|c| !matches!(c, '.' | ' ' | ',')).collect();
            (!whole.is_empty() && digits(&whole) && digits(fraction) && whole.len() <= 15)
                .then(|| Self { negative, whole, fraction: fraction.to_owned(), notation })
        };
        if grouped_by(text, ',') {
            let one = text.matches(',').count() == 1;
            let notation = if one { Notation::ThousandsComma } else { Notation::ThousandsCommas };
            return make(text, "", notation);
        }
        if let Some((whole, fraction)) = text.split_once('.')
            && grouped_by(whole, ',')
            && is_digits(fraction)
        {
            return make(whole, fraction, Notation::ThousandsCommas);
        }
        if let Some((whole, fraction)) = text.split_once(',') {
            let sound = grouped_by(whole, '.') || grouped_by(whole, ' ') || is_digits(whole);
            let sound = sound && !fraction.is_empty();
            return make(whole, fraction, Notation::DecimalComma).filter(|_| sound);
        }
        if grouped_by(text, '.') {
            return make(text, "", Notation::ThousandsDot);
        }
        if grouped_by(text, ' ') {
            return make(text, "", Notation::ThousandsBlank);
        }
        match text.split_once('.') {
            Some((whole, fraction)) if is_digits(whole) && is_digits(fraction) => {
                make(whole, fraction, Notation::DecimalDot)
            }
            None if is_digits(text) => make(text, "", Notation::Plain),
            _ => None,
        }
    }

    /// Returns the number times ten to the power of `decimals`, or nothing when it has more.
    pub(super) fn scaled(&self, decimals: u8) -> Option<i64> {
        let fraction = self.fraction.trim_end_matches('0');
        let width = usize::from(decimals);
        if fraction.len() > width {
            return None;
        }
        let magnitude: i64 = format!("{}{fraction:0<width$}", self.whole).parse().ok()?;
        Some(if self.negative { -magnitude } else { magnitude })
    }

    /// Returns the digits as one whole number, when the sign between them was no decimal sign.
    pub(super) fn without_point(&self) -> Option<i64> {
        format!("{}{}", self.whole, self.fraction).parse().ok()
    }
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Returns whether digits stand in groups of three: "1.234.567"; "0.123" is none.
fn grouped_by(text: &str, separator: char) -> bool {
    let mut groups = text.split(separator);
    let first = groups.next().unwrap_or_default();
    let mut count = 0;
    let sound = groups.all(|group| {
        count += 1;
        group.len() == 3 && is_digits(group)
    });
    sound && count > 0 && is_digits(first) && first.len() <= 3 && !first.starts_with('0')
}

/// Returns whether words are nothing but more digits than a figure has.
pub(super) fn is_long(number: &str) -> bool {
    let digits = number.bytes().filter(u8::is_ascii_digit).count();
    digits > 15 && number.bytes().all(|byte| byte.is_ascii_digit() || b" .,-".contains(&byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notations_are_told_apart() {
        let cases = [
            ("12", 12_000, Notation::Plain),
            ("+12", 12_000, Notation::Plain),
            ("-1.234", -1_234_000, Notation::ThousandsDot),
            ("1 234 567", 1_234_567_000, Notation::ThousandsBlank),
            ("1.234,5", 1_234_500, Notation::DecimalComma),
            ("85,50", 85_500, Notation::DecimalComma),
            ("0.123", 123, Notation::DecimalDot),
            ("1,234", 1_234_000, Notation::ThousandsComma),
            ("1,234,567", 1_234_567_000, Notation::ThousandsCommas),
            ("1,500.00", 1_500_000, Notation::ThousandsCommas),
        ];
        for (text, scaled, notation) in cases {
            let decimal = Decimal::parse(text).unwrap();
            assert_eq!((decimal.scaled(3), decimal.notation), (Some(scaled), notation), "{text}");
        }
    }

    #[test]
    fn anything_else_is_no_number() {
        for text in [
            "",
            "-",
            "1..2",
            "1.23.4",
            "12a",
            "1,",
            ",5",
            "1 23",
            "1.234 567",
            "１２",
            "1,2,3",
            "1,234.5.6",
            "1,23.4",
        ] {
            assert_eq!(Decimal::parse(text), None, "{text}");
        }
    }

    #[test]
    fn more_decimals_than_asked_are_not_rounded() {
        assert_eq!(Decimal::parse("12,5").unwrap().scaled(0), None);
        assert_eq!(Decimal::parse("12,0").unwrap().scaled(0), Some(12));
    }
}

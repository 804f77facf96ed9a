//! What people put around a number without making it another one: "407 lượt người.", "Lượt người: 393",
//! "04 (bốn) văn bản", "12./.".

use std::borrow::Cow;

use super::{expected_number::ExpectedNumber, pairs};

/// With this a paper ends, and some end every line with it.
const END: &str = "./.";

/// Returns folded words without that, the number first and its unit of count behind it.
pub(super) fn undressed<'w>(folded: &'w str, expected: &ExpectedNumber) -> Cow<'w, str> {
    let words = folded.strip_suffix(END).unwrap_or(folded).trim_end();
    let is_unit = |words: &str| expected.unit.is_unit(words) || expected.unit.is_called(words);
    // "Lượt người: 393".
    if let Some((unit, number)) = words.split_once(':')
        && is_unit(unit.trim())
    {
        return Cow::Borrowed(number.trim_start());
    }
    // "04 (bốn) văn bản".
    if let Some((repeated, unit)) = words.split_once(") ")
        && let Some((number, said)) = repeated.split_once('(')
        && is_unit(unit.trim_end_matches('.').trim())
        && pairs::repeats(number, said)
    {
        return Cow::Owned(format!("{} {}", number.trim_end(), unit));
    }
    Cow::Borrowed(words)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::template::{IndicatorKind, UnitWords};

    #[test]
    fn a_number_loses_what_is_around_it_and_nothing_else() {
        let unit = UnitWords::new("lượt người");
        let expected = ExpectedNumber::new(IndicatorKind::Flow, 0, unit);
        for (words, left) in [
            ("12./.", "12"),
            ("lượt người: 393", "393"),
            ("người: 393", "393"),
            ("04 (bốn) lượt người", "04 lượt người"),
            ("04 (bốn) lượt người.", "04 lượt người."),
            ("04 (năm) lượt người", "04 (năm) lượt người"),
            ("04 (bốn) buổi", "04 (bốn) buổi"),
            ("buổi: 7", "buổi: 7"),
            ("12", "12"),
        ] {
            assert_eq!(undressed(words, &expected), left, "{words}");
        }
    }
}

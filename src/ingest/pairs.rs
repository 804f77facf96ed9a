//! Heads and names that announce two numbers in one cell: "Thực hiện/Chỉ tiêu giao" over a column,
//! "A02/A03" or two names before a row. Only what both words say; what stands in the cells is read
//! elsewhere.

use std::collections::BTreeMap;

use super::{codes::normalise_code, matcher::Matcher};
use crate::template::Measure;

/// Which number of a cell is meant, and of how many.
pub(super) type Part = (u8, u8);

/// Puts the one word that heads a column of values in the place of a head of several words that no
/// column has; returns which number of each such column is the value.
pub(super) fn take_heads(
    matcher: &Matcher,
    heads: &mut BTreeMap<u32, Vec<String>>,
) -> BTreeMap<u32, Part> {
    let mut found = BTreeMap::new();
    for (column, names) in heads.iter_mut() {
        let is_known =
            |name: &String| matcher.is_row_head(name) || !matcher.columns_headed(name).is_empty();
        let Some(words) = names.first().filter(|words| words.contains('/')) else { continue };
        if names.iter().any(is_known) {
            continue;
        }
        let sides: Vec<&str> = words.split('/').map(str::trim).collect();
        let is_value = |side: &str| {
            let mut measures = matcher.measures_headed(side).into_iter();
            measures.any(|(measure, _)| measure == Measure::Value)
        };
        let mut values = (0_u8..).zip(&sides).filter(|(_, side)| is_value(side));
        if let (Some((index, side)), None) = (values.next(), values.next()) {
            let count = u8::try_from(sides.len()).unwrap_or(u8::MAX);
            let side = (*side).to_owned();
            found.insert(*column, (index, count));
            *names = vec![side];
        }
    }
    found
}

/// Returns the codes of a row that names two indicators, each known.
pub(super) fn codes(matcher: &Matcher, words: &str) -> Option<[String; 2]> {
    let (one, other) = words.split_once('/')?;
    let of = |words: &str| {
        let code = normalise_code(words);
        if matcher.knows_code(&code) {
            return Some(code);
        }
        matcher.row_named(words).map(str::to_owned)
    };
    let (one, other) = (of(one.trim())?, of(other.trim())?);
    (one != other).then_some([one, other])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{ingest::samples, text::fold};

    #[test]
    fn a_head_of_two_words_says_which_number_is_the_value() {
        let matcher = samples::matcher();
        for (head, expected) in [
            ("Trong kỳ/Kế hoạch", Some((0, 2))),
            ("Chỉ tiêu giao / Kỳ này", Some((1, 2))),
            ("Trong kỳ/Kỳ này", None),
            ("Số lớp/người", None),
            ("Trong kỳ", None),
        ] {
            let mut heads = BTreeMap::from([(3, vec![fold(head)])]);
            let found = take_heads(&matcher, &mut heads);
            assert_eq!(found.get(&3).copied(), expected, "{head}");
        }
    }

    #[test]
    fn a_row_of_two_indicators_names_both() {
        let matcher = samples::matcher();
        let both = Some(["A02".to_owned(), "A03".to_owned()]);
        assert_eq!(codes(&matcher, "a02/a03"), both);
        assert_eq!(codes(&matcher, &fold("Số buổi tuyên truyền / Số lượt người dự")), both);
        assert_eq!(codes(&matcher, "a02/a02"), None);
        assert_eq!(codes(&matcher, "a02/khác"), None);
    }
}

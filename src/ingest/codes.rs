//! Codes of indicators as people write them: "b08", "B 08", "B.08".

use std::collections::{BTreeMap, BTreeSet};

/// Returns the codes, as the templates write them, of each form in the order of its first part;
/// given are the form of each part and its codes by what they are compared as.
pub(super) fn codes_by_form<'p>(
    parts: impl Iterator<Item = (&'p String, &'p BTreeMap<String, String>)>,
) -> Vec<(String, BTreeSet<String>)> {
    let mut forms: Vec<(String, BTreeSet<String>)> = Vec::new();
    for (form, codes) in parts {
        let codes = codes.values().cloned();
        match forms.iter_mut().find(|(known, _)| known == form) {
            Some((_, rows)) => rows.extend(codes),
            None => forms.push((form.clone(), codes.collect())),
        }
    }
    forms
}

/// Returns a code as it is compared: capitals and digits only, without the blanks, dots and hyphens
/// that people put into it.
pub(super) fn normalise_code(code: &str) -> String {
    code.chars()
        .filter(|character| !character.is_whitespace() && !matches!(character, '.' | '-' | '_'))
        .flat_map(char::to_uppercase)
        .collect()
}

/// Returns whether a normalised text has the shape of a code: letters, then digits.
pub(super) fn looks_like_code(code: &str) -> bool {
    let digits = code.trim_start_matches(|character: char| character.is_ascii_uppercase());
    let letters = code.len() - digits.len();
    (1..=3).contains(&letters)
        && (1..=4).contains(&digits.len())
        && digits.chars().all(|character| character.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_compared_without_their_dress() {
        for written in ["B08", "b08", " B 08 ", "B.08", "B-08", "b\u{a0}08"] {
            assert_eq!(normalise_code(written), "B08", "{written:?}");
        }
        for (code, expected) in [("B08", true), ("A", false), ("1", false), ("TCVN", false)] {
            assert_eq!(looks_like_code(code), expected, "{code}");
        }
    }
}

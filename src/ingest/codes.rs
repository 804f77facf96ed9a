//! Codes of indicators as people write them: "b08", "B 08", "B.08".

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

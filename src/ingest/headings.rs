//! Headings of sections within a table: "A. Công tác tuyên truyền", "Phần 2".

use super::CellContent;

/// Returns whether folded words begin like a heading: "ii. dịch vụ công", "phần 2", "b".
pub(super) fn is_heading(words: &str) -> bool {
    const ROMAN: [&str; 9] = ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix"];
    let end = words.find(|one: char| !one.is_alphanumeric()).unwrap_or(words.len());
    let (first, rest) = words.split_at(end);
    let is_letter = first.len() == 1 && first.bytes().all(|byte| byte.is_ascii_lowercase());
    let is_marked = rest.is_empty() || rest.starts_with(['.', ')', ':', '/', '-']);
    (is_marked && (is_letter || ROMAN.contains(&first))) || matches!(first, "phần" | "mục")
}

/// Returns whether a cell holds the number of a heading or nothing more: 2, "II", "1.1".
pub(super) fn is_ordinal(content: &CellContent) -> bool {
    match content {
        CellContent::Number(_) => true,
        CellContent::Text(words) => words.trim().chars().count() <= 4,
        _ => false,
    }
}

/// Returns whether folded words number a row and say nothing else: "2", "ii.1", "a)", "-".
pub(super) fn is_numbering(words: &str) -> bool {
    let mut parts = words.split(|one: char| !one.is_alphanumeric()).filter(|part| !part.is_empty());
    parts.all(|part| {
        let is_roman = part.bytes().all(|byte| b"ivxlc".contains(&byte));
        let is_number = part.bytes().all(|byte| byte.is_ascii_digit());
        // "b01" is a code.
        let is_code = part.len() <= 4
            && part.chars().next().is_some_and(char::is_alphabetic)
            && !part.starts_with('t')
            && part.chars().skip(1).all(|one| one.is_ascii_digit());
        is_roman || is_number || is_code
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_rows_say_nothing_else() {
        for (words, expected) in [
            ("2", true),
            ("ii.1", true),
            ("a)", true),
            ("-", true),
            ("a01", true),
            ("bỏ", false),
            ("(kh)", false),
            ("t2", false),
            ("x sai", false),
        ] {
            assert_eq!(is_numbering(words), expected, "{words}");
        }
    }

    #[test]
    fn headings_begin_with_a_letter_or_a_roman_number() {
        for (words, expected) in [
            ("ii. dịch vụ công", true),
            ("b", true),
            ("a) tuyên truyền", true),
            ("phần 2. số lũy kế", true),
            ("số buổi", false),
            ("tổng số", false),
            ("1. số buổi", false),
            ("vi phạm", false),
        ] {
            assert_eq!(is_heading(words), expected, "{words}");
        }
    }
}

//! Words that a format shows before and behind a number.

use super::grid::begins_with_digit;

/// Words behind a number that make it another one.
const MULTIPLIERS: [&str; 9] = ["nghìn", "ngàn", "triệu", "tỷ", "tỉ", "trăm", "chục", "k", "tr"];

/// Returns whether words behind a number make it another one: "12 nghìn", "12 ‰".
pub(super) fn multiplies(words: &str) -> bool {
    let words = words.trim_start().to_lowercase();
    if words.starts_with(['%', '‰']) {
        return true;
    }
    let end = words.find(|one: char| !one.is_alphabetic()).unwrap_or(words.len());
    words.get(..end).is_some_and(|first| MULTIPLIERS.contains(&first))
}

/// Returns whether words around a number say that it is not just that: any before it, "ước 12", "~12", and some
/// behind it, "12 (kế hoạch)"; the unit of count behind it is none.
pub(super) fn says_otherwise(before: &str, after: &str) -> bool {
    const SIGNS: [char; 6] = ['~', '≈', '≥', '≤', '<', '>'];
    const WORDS: [&str; 13] = [
        "ước",
        "dự kiến",
        "kế hoạch",
        "kh",
        "tháng",
        "nữ",
        "nam",
        "chưa",
        "tạm",
        "giờ",
        "thiếu",
        "cũ",
        "sai",
    ];
    let is_fraction = after.trim_start().strip_prefix('/').is_some_and(begins_with_digit);
    let after = after.to_lowercase();
    is_fraction
        || before.contains(|one: char| one.is_alphabetic() || SIGNS.contains(&one))
        || after.split(|one: char| !one.is_alphabetic()).any(|word| WORDS.contains(&word))
        || WORDS.iter().any(|words| words.contains(' ') && after.contains(words))
}

//! Words that a format shows before and behind a number.

use super::plain_number::begins_with_digit;

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

/// Words of units of count that a format may show behind a number.
const UNITS: [&str; 60] = [
    "người",
    "chí",
    "c",
    "lượt",
    "buổi",
    "cuộc",
    "hội",
    "nghị",
    "hồ",
    "sơ",
    "tài",
    "khoản",
    "văn",
    "bản",
    "tin",
    "bài",
    "ảnh",
    "video",
    "clip",
    "phút",
    "giây",
    "lớp",
    "đợt",
    "hộ",
    "thôn",
    "tổ",
    "tdp",
    "nhóm",
    "thành",
    "viên",
    "pa",
    "nô",
    "pano",
    "áp",
    "phích",
    "băng",
    "rôn",
    "tờ",
    "rơi",
    "cái",
    "chiếc",
    "thẻ",
    "ca",
    "trường",
    "hợp",
    "điểm",
    "cơ",
    "sở",
    "công",
    "dân",
    "lần",
    "cán",
    "bộ",
    "đoàn",
    "đơn",
    "vị",
    "ngày",
    "đồng",
    "vnd",
    "đ",
];

/// Returns whether words around a number say that it is not just that: any before it, "ước 12", "~12", and any
/// behind it, "12 (kế hoạch)", "12 (T2)"; the unit of count behind it is none.
pub(super) fn says_otherwise(before: &str, after: &str) -> bool {
    const SIGNS: [char; 6] = ['~', '≈', '≥', '≤', '<', '>'];
    let is_fraction = after.trim_start().strip_prefix('/').is_some_and(begins_with_digit);
    let after = after.to_lowercase();
    let mut words = after.split(|one: char| !one.is_alphabetic()).filter(|word| !word.is_empty());
    is_fraction
        || before.contains(|one: char| one.is_alphabetic() || SIGNS.contains(&one))
        || words.any(|word| !UNITS.contains(&word) || word == "hộ" && !after.contains("lượt"))
        || after.contains(['?', '*'])
}

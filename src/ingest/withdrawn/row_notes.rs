//! Notes beside the numbers of a row: reasons, and what puts the number in doubt. All of them are folded.

use super::{
    doubts::is_doubtful_by,
    times::{is_of_more, names_month, quarter, year_in},
    words::{is_of_past, is_otherwise},
};
use crate::{
    ingest::{dates::numbers, plain_number::begins_with_digit},
    text::AnyOf,
};

/// Words of [`super::doubts`] that say something in titles alone: "tăng do đợt cao điểm" is a reason.
const OF_TITLES: [&str; 4] = ["cao điểm", "nhu cầu", "phấn đấu", "cụm "];
/// Longest note that is about its number alone, in letters.
const SHORT: usize = 30;

/// Notes that are nothing but another time, a plan or a doubt.
const ALONE: [&str; 22] = [
    "giờ",
    "phút",
    "ngày",
    "copy",
    "số này",
    "?",
    "ước",
    "lũy kế",
    "kế hoạch",
    "dự kiến",
    "sai",
    "xem lại",
    "kiểm tra lại",
    "bỏ",
    "nghìn",
    "cả năm",
    "cần xác minh",
    "số của cả cụm",
    "ghi nhầm",
    "chưa chốt",
    "số tháng trước",
    "lấy theo tháng trước",
];
/// Words of short notes that say something else of a number.
static SAYS_OTHER: AnyOf = AnyOf::new(&[
    "thực tế",
    "mới đúng",
    "điều chỉnh",
    "công an huyện",
    "ca huyện",
    "thiếu ",
    "trùng ",
    "số cũ",
    "bỏ số",
    "không đúng",
    "chưa đúng",
    "chưa chắc",
    "chưa nhập",
    "chưa rà",
    "chờ bổ sung",
    "chờ số",
    "để sửa",
    "sửa giúp",
    "sửa sau",
    "gồm cả",
    "cộng thêm",
    "tính theo",
    "lấy theo",
    "đơn vị:",
    "năm ngoái",
    "tháng sau",
    "xã khác",
]);
/// What short notes begin with that put a number in doubt.
const BEGINNINGS: [&str; 4] = ["sai", "sẽ ", "chờ ", "hỏi "];

/// Returns whether a note in a row may say so of its number: such words, or nothing but another time, a plan
/// or a part.
pub(in crate::ingest) fn is_doubtful_note(words: &str) -> bool {
    let begins = || BEGINNINGS.iter().any(|word| words.starts_with(word));
    let words = words.trim_matches([' ', '.', '(', ')', '*', ':', '=']);
    let is_short = words.chars().count() <= SHORT;
    let says_other = || SAYS_OTHER.is_in(words) && !is_settled(words) || begins();
    is_doubtful_by(words, |doubt| !OF_TITLES.contains(&doubt))
        || ALONE.contains(&words)
        || is_short && says_other()
        || is_short && is_of_other(words) && !is_reason(words) && !tells_amount(words)
}

/// Returns whether a note says that there was nothing.
pub(super) fn says_nothing(note: &str) -> bool {
    const CHANGES: [&str; 3] = ["tăng", "giảm", "đổi"];
    (note.starts_with("không ") || note.starts_with("chưa "))
        && !CHANGES.iter().any(|change| note.contains(change))
}

/// Returns whether a note is of another time, a plan or a part.
pub(super) fn is_of_other(note: &str) -> bool {
    is_otherwise(note)
        || is_of_more(note)
        || quarter(note).is_some()
        || year_in(note).is_some()
        || names_month(note)
}

/// Returns whether a note is a number and nothing else.
pub(super) fn tells_number_alone(note: &str) -> bool {
    let is_number = |one: char| one.is_ascii_digit() || matches!(one, '.' | ',' | ' ');
    begins_with_digit(note) && note.chars().all(is_number)
}

/// Returns whether a short note tells a number without giving a reason or saying of what else it is.
pub(super) fn tells_number(note: &str) -> bool {
    note.contains(|one: char| one.is_ascii_digit())
        && note.chars().count() <= SHORT
        && !is_reason(note)
        && !(is_of_other(note) && tells_amount(note))
}

/// Returns whether a note tells another number, and of what it is: "Tháng 2: 199", "Kế hoạch 300".
fn tells_amount(words: &str) -> bool {
    let is_amount = |number: u32| number > 31 && !(1_900..2_100).contains(&number);
    numbers(words).any(is_amount)
        || is_of_past(words) && words.ends_with(|one: char| one.is_ascii_digit())
        || words.split_once(':').is_some_and(|(_, rest)| begins_with_digit(rest.trim_start()))
}

/// Returns whether a note says why a number has changed, or who has to do with it.
fn is_reason(words: &str) -> bool {
    static REASONS: AnyOf = AnyOf::new(&[
        "tăng",
        "giảm",
        "do ",
        "vì ",
        "so với",
        "theo ",
        "nên ",
        "tiếp nhận",
        "xử lý",
        "nộp tại",
        "phối hợp",
        "trong đó ",
        "nhiều hơn",
        "ít hơn",
        "vượt",
    ]);
    REASONS.is_in(words) || is_settled(words)
}

/// Returns whether a note says that its number was checked.
fn is_settled(words: &str) -> bool {
    const SETTLED: [&str; 6] =
        ["đã đối chiếu", "đã rà soát", "đã kiểm tra", "đã thống nhất", "nộp tại", "khớp "];
    SETTLED.iter().any(|word| words.starts_with(word) || words.contains("nộp tại"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notes_that_put_a_number_in_doubt() {
        for (note, expected) in [
            ("số ước", true),
            ("tháng 2: 199", false),
            ("kế hoạch 300", false),
            ("290 mới đúng", true),
            ("lũy kế", true),
            ("số tháng 2", true),
            ("năm 2023", true),
            ("quý i", true),
            ("thôn đông", true),
            ("chưa xác minh", true),
            ("tăng so với tháng 2 do mở lớp", false),
            ("giảm do sáp nhập thôn", false),
            ("đã gửi danh sách", false),
            ("theo kế hoạch số 15", false),
        ] {
            assert_eq!(is_doubtful_note(note), expected, "{note}");
        }
    }
}

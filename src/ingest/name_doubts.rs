//! What the words beside a known code say of it where they are not its name: that the number is another one
//! ("chưa kích hoạt", "(nữ)", "kỳ trước"), or only that somebody wrote the name in his own way.

use std::collections::BTreeSet;

use super::{dates::Span, plain_number::begins_with_digit};
use crate::text::fold;

/// What words beside a code are that are no name the program knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum OtherWords {
    /// They add or leave out something that makes it another number.
    Deny,
    /// They are written otherwise.
    Differ,
}

/// Words that make a name another one: no, not yet, left over; another time; a plan; a part; a share.
const DENYING: [&str; 66] = [
    "không",
    "chưa",
    "trừ",
    "ngoài",
    "hoãn",
    "hủy",
    "bị",
    "còn",
    "thiếu",
    "trước",
    "sau",
    "tới",
    "cũ",
    "nữ",
    "nam",
    "ước",
    "dự",
    "kiến",
    "hoạch",
    "giao",
    "phấn",
    "đấu",
    "tiêu",
    "quý",
    "tuần",
    "năm",
    "ngày",
    "lũy",
    "dồn",
    "đầu",
    "bình",
    "quân",
    "mỗi",
    "tỷ",
    "tỉ",
    "lệ",
    "%",
    "thôn",
    "tdp",
    "trường",
    "khối",
    "huyện",
    "tỉnh",
    "đoàn",
    "hội",
    "fanpage",
    "giờ",
    "nghìn",
    "ngàn",
    "hộ",
    "mới",
    "tăng",
    "giảm",
    "tạm",
    "cần",
    "phải",
    "đủ",
    "riêng",
    "trực",
    "cấp",
    "giao",
    "tồn",
    "nhóm",
    "đạt",
    "tháng",
    "kỳ",
];
/// Words that say that a flow is of the period, the longest first.
const OF_PERIOD: [&str; 6] = [
    "trong kỳ báo cáo",
    "trong kỳ này",
    "trong tháng này",
    "trong tháng báo cáo",
    "trong kỳ",
    "trong tháng",
];
/// Words that add nothing.
const EMPTY: [&str; 26] = [
    "ghi", "rõ", "tổng", "số", "các", "của", "và", "đã", "được", "trên", "địa", "bàn", "xã", "thị",
    "trấn", "theo", "là", "có", "ở", "tại", "về", "cho", "người", "lượt", "kết", "quả",
];

/// Returns what folded words beside a code of these names are; nothing when they say the same.
pub(super) fn other_words(words: &str, names: &[String]) -> Option<OtherWords> {
    let words = without_footnote(words);
    let beside: Vec<Option<OtherWords>> =
        names.iter().map(|name| beside(words, &fold(name))).collect();
    let is_any = |wanted: Option<OtherWords>| beside.contains(&wanted);
    if beside.is_empty() || is_any(None) {
        None
    } else if is_any(Some(OtherWords::Differ)) {
        Some(OtherWords::Differ)
    } else {
        Some(OtherWords::Deny)
    }
}

/// Returns what words are beside one name, both folded.
fn beside(words: &str, name: &str) -> Option<OtherWords> {
    let own: BTreeSet<&str> = tokens(name).collect();
    let said: BTreeSet<&str> = tokens(words).collect();
    let added: Vec<&&str> = said.difference(&own).filter(|word| !EMPTY.contains(word)).collect();
    let adds = added.iter().any(|word| DENYING.contains(word) || is_number(word));
    // "Mức 1" of "mức 1 và mức 2".
    let lacks = said.iter().any(|word| is_number(word))
        && own.difference(&said).any(|word| is_number(word));
    let is_whole = own.difference(&said).all(|word| EMPTY.contains(word));
    if adds || lacks {
        Some(OtherWords::Deny)
    } else {
        (!added.is_empty() || !is_whole).then_some(OtherWords::Differ)
    }
}

/// Returns the words of a flow without those that say that it is of the period; "trong tháng 2" is of another.
pub(super) fn without_period(words: &str) -> String {
    let found = OF_PERIOD.iter().find_map(|of| words.split_once(of));
    match found {
        Some((before, after))
            if !after.trim_start().starts_with(|next: char| next.is_ascii_digit())
                && !after.trim_start().starts_with("trước") =>
        {
            format!("{before}{after}")
        }
        _ => words.to_owned(),
    }
}

/// Returns words without the days of a month in brackets behind them: "(từ 15/02 đến 14/3/2024)".
pub(super) fn without_span(words: &str) -> &str {
    let bracket = words.trim_end().strip_suffix(')').and_then(|words| words.rsplit_once('('));
    match bracket {
        Some((name, span)) if Span::of(span).is_some_and(Span::is_month) => name.trim_end(),
        _ => words,
    }
}

/// Returns words without the number of a footnote behind them: "(1)".
fn without_footnote(words: &str) -> &str {
    let footnote = words.trim_end().strip_suffix(')').and_then(|words| words.rsplit_once('('));
    match footnote {
        Some((name, number)) if number.len() == 1 && begins_with_digit(number) => name.trim_end(),
        _ => words,
    }
}

fn is_number(word: &str) -> bool {
    word.bytes().all(|byte| byte.is_ascii_digit())
}

/// Returns the runs of letters, digits and signs of per cent in words.
pub(super) fn tokens(words: &str) -> impl Iterator<Item = &str> {
    words.split(|one: char| !one.is_alphanumeric() && one != '%').filter(|word| !word.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_make_it_another_number_deny_the_code() {
        let meetings = ["Số hội nghị, buổi tuyên truyền trực tiếp", "hội nghị, buổi tuyên truyền"];
        let active = ["Tài khoản đã kích hoạt (mức 1 và mức 2)", "tài khoản đã kích hoạt"];
        let of_stock = |words: &str| other_words(&fold(words), &active.map(str::to_owned));
        let of_flow =
            |words: &str| other_words(&without_period(&fold(words)), &meetings.map(str::to_owned));
        for (words, expected) in [
            ("Số hội nghị, buổi tuyên truyền trực tiếp chưa tổ chức", OtherWords::Deny),
            ("Số hội nghị, buổi tuyên truyền kỳ trước", OtherWords::Deny),
            ("Số hội nghị, buổi tuyên truyền trong tháng 2", OtherWords::Deny),
            ("Số hội nghị (kế hoạch)", OtherWords::Deny),
            ("Số hội nghị tại thôn Đông", OtherWords::Deny),
            ("Số hội nghị bình quân", OtherWords::Deny),
            ("Số buổi TT trực tiếp", OtherWords::Differ),
            ("Số hội nghị, buổi tuyên truyền trực tiếp ở ĐA06", OtherWords::Differ),
            ("Số hội nghị đã tổ chức trong kỳ", OtherWords::Differ),
            ("Số hội nghị, buổi tuyên truyền về chuyển đổi số", OtherWords::Differ),
        ] {
            assert_eq!(of_flow(words), Some(expected), "{words}");
        }
        let same = [
            "Tổng số hội nghị và buổi tuyên truyền trực tiếp (1)",
            "hội nghị buổi tuyên truyền trực tiếp (ghi rõ)",
        ];
        assert_eq!(same.map(of_flow), [None, None]);
        for (words, expected) in [
            ("Tài khoản chưa kích hoạt (mức 1 và mức 2)", OtherWords::Deny),
            ("Tài khoản đã kích hoạt (mức 1)", OtherWords::Deny),
            ("Tài khoản đã kích hoạt trong kỳ", OtherWords::Deny),
            ("TK đã kích hoạt", OtherWords::Differ),
        ] {
            assert_eq!(of_stock(words), Some(expected), "{words}");
        }
    }
}

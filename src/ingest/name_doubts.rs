//! What the words beside a known code say of it where they are not its name: that the number is another one
//! ("chưa kích hoạt", "(nữ)", "kỳ trước"), or only that somebody wrote the name in his own way.

use std::collections::BTreeSet;

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
const EMPTY: [&str; 24] = [
    "tổng", "số", "các", "của", "và", "đã", "được", "trên", "địa", "bàn", "xã", "thị", "trấn",
    "theo", "là", "có", "ở", "tại", "về", "cho", "người", "lượt", "kết", "quả",
];

/// Returns what folded words beside a code of these names are.
pub(super) fn other_words(words: &str, names: &[String]) -> OtherWords {
    let own: BTreeSet<String> = names
        .iter()
        .flat_map(|name| tokens(&fold(name)).map(str::to_owned).collect::<Vec<_>>())
        .collect();
    let is_number = |word: &str| word.bytes().any(|byte| byte.is_ascii_digit());
    let added: Vec<&str> =
        tokens(words).filter(|word| !own.contains(*word) && !EMPTY.contains(word)).collect();
    let adds = added.iter().any(|word| DENYING.contains(word) || is_number(word));
    // "Mức 1" of "mức 1 và mức 2".
    let said: BTreeSet<&str> = tokens(words).filter(|word| is_number(word)).collect();
    let lacks =
        !said.is_empty() && own.iter().any(|word| is_number(word) && !said.contains(word.as_str()));
    if adds || lacks { OtherWords::Deny } else { OtherWords::Differ }
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

fn tokens(words: &str) -> impl Iterator<Item = &str> {
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
            ("Số hội nghị đã tổ chức trong kỳ", OtherWords::Differ),
            ("Số hội nghị, buổi tuyên truyền về chuyển đổi số", OtherWords::Differ),
        ] {
            assert_eq!(of_flow(words), expected, "{words}");
        }
        for (words, expected) in [
            ("Tài khoản chưa kích hoạt (mức 1 và mức 2)", OtherWords::Deny),
            ("Tài khoản đã kích hoạt (mức 1)", OtherWords::Deny),
            ("Tài khoản đã kích hoạt trong kỳ", OtherWords::Deny),
            ("TK đã kích hoạt", OtherWords::Differ),
            ("Tài khoản kích hoạt mức 1, mức 2", OtherWords::Differ),
        ] {
            assert_eq!(of_stock(words), expected, "{words}");
        }
    }
}

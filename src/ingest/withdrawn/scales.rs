//! Units of count beside numbers: many of one, per cent, other units of time. All words are folded.

use super::words::{in_context, tokens};
use crate::ingest::plain_number::begins_with_digit;

/// Words of units of count that are many of one.
const SCALES: [&str; 14] = [
    "nghìn",
    "ngàn",
    "nghin",
    "ngan",
    "trăm",
    "chục",
    "triệu",
    "trieu",
    "tỷ",
    "tỉ",
    "1.000",
    "1000",
    "1.000.000",
    "%",
];
const TIMES: [&str; 6] = ["giây", "phút", "giờ", "tiếng", "ngày", "tuần"];

/// Returns whether folded words say in which unit a table counts.
pub(super) fn is_about_units(words: &str) -> bool {
    // Most words have no such letter.
    words.contains('đ')
        && (words.starts_with("đvt")
            || words.contains("đơn vị tính")
            || words.contains("(đvt")
            || words.strip_prefix("đơn vị").is_some_and(|unit| unit.len() < 30 && has_scale(unit)))
}

/// Returns whether folded words are of a scale; per cent among other units is that of single rows.
pub(in crate::ingest) fn has_scale(words: &str) -> bool {
    // "Tỷ lệ" is a share and not thousands of millions.
    let scales = in_context(words).filter(|[_, word, after]| is_scale(word) && *after != "lệ");
    let mut scales = scales.map(|[_, word, _]| word).peekable();
    let is_any = scales.peek().is_some();
    is_any && !(words.contains([',', ';']) && scales.all(|word| word == "%"))
}

fn is_scale(word: &str) -> bool {
    let times = word.strip_prefix(['x', '×']);
    SCALES.contains(&word)
        || times.is_some_and(|many| {
            many != "1"
                && !many.is_empty()
                && many.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
        })
}

/// Returns whether a head names a unit in which one may count otherwise.
pub(super) fn names_unit(head: &str) -> bool {
    tokens(head).any(|word| is_scale(word) || TIMES.contains(&word))
}

/// Returns whether folded words name a unit that is not that of an indicator: many of one, per cent,
/// another unit of time. Other words for the same thing are left alone.
pub(super) fn is_other_unit(words: &str, own: &str) -> bool {
    const EACH: [&str; 7] = ["ngày", "tuần", "tháng", "buổi", "lượt", "người", "hộ"];
    let is_rate = words
        .split_once('/')
        .is_some_and(|(_, each)| each.trim() != own && EACH.contains(&each.trim()));
    let other_time = time(words).zip(time(own)).is_some_and(|(one, other)| one != other);
    (has_scale(words) && !has_scale(own)) || other_time || is_rate && !own.contains('/')
}

/// Returns the unit of time that words name; days with a number are dates or their number.
fn time(words: &str) -> Option<&str> {
    let mut units = in_context(words).filter(|[before, word, after]| {
        TIMES.contains(word) && !begins_with_digit(before) && !begins_with_digit(after)
    });
    units.next().map(|[_, word, _]| word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_of_count_that_are_others() {
        for (words, own, expected) in [
            ("nghìn người", "người", true),
            ("1.000 lượt", "lượt", true),
            ("%", "hồ sơ", true),
            ("%", "%", false),
            ("giờ", "phút", true),
            ("phút/ngày", "phút", true),
            ("x1.000 người", "người", true),
            ("đvt (x100)", "người", true),
            ("tin/bài", "tin, bài", false),
            ("giờ", "lượt", false),
            ("cái", "chiếc", false),
            ("trong kỳ (từ 15/02/2024)", "người", false),
            ("trong kỳ (nghìn)", "người", true),
            ("trong kỳ (từ ngày 15/02/2024 đến ngày 14/3/2024)", "phút", false),
            ("trong kỳ (ngày)", "phút", true),
        ] {
            assert_eq!(is_other_unit(words, own), expected, "{words} {own}");
        }
    }

    #[test]
    fn per_cent_among_other_units_is_of_single_rows() {
        for (words, expected) in [
            ("đvt: người, %", false),
            ("đvt: %", true),
            ("(đvt: người; %)", false),
            ("kết quả cấp tài khoản (số lượng, tỷ lệ %)", false),
            ("(chỉ tiêu 70% dân số)", false),
        ] {
            assert_eq!(has_scale(words), expected, "{words}");
        }
    }
}

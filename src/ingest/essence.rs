//! What a name says, whatever the order of its words and the words between them: "Số buổi tuyên truyền trực tiếp,
//! hội nghị đã tổ chức" and "Tổ chức hội nghị, buổi tuyên truyền trực tiếp" say the same.

use super::{
    abbreviations::Abbreviations,
    name_doubts::{tokens, without_period},
};

/// Words that say nothing of what is counted.
const EMPTY: [&str; 29] = [
    "số", "tổng", "các", "của", "và", "đã", "được", "trên", "địa", "bàn", "xã", "thị", "trấn",
    "là", "có", "ở", "tại", "về", "cho", "trong", "đó", "cả", "nhưng", "mà", "từ", "do", "đến",
    "ghi", "rõ",
];
/// Fewest words that tell one thing from all others.
pub(super) const FEWEST: usize = 3;
/// Longest name, in bytes.
const LONGEST: usize = 400;

/// Returns what folded words say: their words, written out, without those that say nothing, each once and in
/// order; nothing of words that are too few or too many.
pub(super) fn essence(words: &str, abbreviations: &Abbreviations) -> Option<String> {
    if words.len() > LONGEST {
        return None;
    }
    let written_out = abbreviations.written_out(words);
    let mut said: Vec<&str> = tokens(&written_out).filter(|word| !EMPTY.contains(word)).collect();
    said.sort_unstable();
    said.dedup();
    let has_words = said.iter().filter(|word| word.chars().any(char::is_alphabetic)).count();
    (has_words >= FEWEST).then(|| said.join(" "))
}

/// Returns the same of a flow, which says by nature that it is of the period.
pub(super) fn essence_of_flow(words: &str, abbreviations: &Abbreviations) -> Option<String> {
    essence(&without_period(words), abbreviations)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::fold;

    #[test]
    fn names_say_the_same_in_any_order_and_never_less() {
        let pairs = [("VB".to_owned(), "văn bản".to_owned())];
        let known = Abbreviations::new(&pairs);
        let said = |words: &str| essence_of_flow(&fold(words), &known);
        for (one, other) in [
            (
                "Số VB chỉ đạo, kế hoạch đã ban hành",
                "Ban hành văn bản chỉ đạo và kế hoạch trong kỳ",
            ),
            ("Số hội nghị, buổi tuyên truyền", "Tổng số buổi tuyên truyền, hội nghị"),
            ("Trong đó: đã kích hoạt mức 2", "Số đã kích hoạt mức 2"),
        ] {
            assert_eq!(said(one), said(other), "{one}");
        }
        for (one, other) in [
            ("Tài khoản mức 1", "Tài khoản mức 2"),
            ("Số tài khoản đã kích hoạt", "Số tài khoản chưa kích hoạt"),
            ("Số lượt người tham dự", "Số người tham dự"),
            ("Số hội nghị, buổi tuyên truyền", "Số hội nghị tuyên truyền tháng 2"),
        ] {
            assert_ne!(said(one), said(other), "{one}");
        }
        assert_eq!(said("Tổng số người dân"), None, "two words alone");
        assert_eq!(said(&"hội nghị ".repeat(100)), None);
    }
}

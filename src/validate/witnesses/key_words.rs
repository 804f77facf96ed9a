//! The words by which the name of a row says of which figures it is.

use crate::{ingest::StatedRow, text};

/// Words that say nothing of which figures are meant.
const EMPTY: [&str; 40] = [
    "số", "tổng", "cộng", "dòng", "các", "và", "của", "đã", "có", "trong", "kỳ", "là", "tỷ", "tỉ",
    "lệ", "phần", "trăm", "đạt", "trên", "so", "với", "được", "mục", "từ", "đến", "tháng", "này",
    "chung", "toàn", "xã", "thị", "trấn", "nay", "hết", "thực", "hiện", "kết", "quả", "gồm",
    "tính",
];

/// Returns the words of a name that say of what it is, in order. Of numbers only that of a level counts ("mức 2"):
/// others are of rows of the paper.
pub(super) fn key_words(name: &str) -> Vec<String> {
    let folded = text::fold(name);
    let mut before = "";
    let mut words = Vec::new();
    for word in folded.split(|one: char| !one.is_alphanumeric()) {
        let is_number = word.starts_with(|one: char| one.is_ascii_digit());
        if is_number && before == "mức" {
            words.push(format!("mức {word}"));
        } else if !is_number && word.chars().count() > 1 && word != "mức" && !EMPTY.contains(&word)
        {
            words.push(word.to_owned());
        }
        before = word;
    }
    words
}

/// Returns the words of the name of a row, by its sides; codes are none.
pub(super) fn said_by(row: &StatedRow) -> Vec<Vec<String>> {
    let is_code = |word: &String| {
        word.starts_with(|one: char| one.is_ascii_alphabetic())
            && word.ends_with(|one: char| one.is_ascii_digit())
    };
    let words = |side: &String| key_words(side).into_iter().filter(|word| !is_code(word)).collect();
    row.sides.iter().map(words).collect()
}

#[cfg(test)]
mod tests {
    use super::key_words;

    #[test]
    fn words_that_say_of_what_a_row_is() {
        for (name, expected) in [
            ("Tổng số tài khoản (mức 1 + mức 2)", "tài, khoản, mức 1, mức 2"),
            ("Cộng mục II", "ii"),
            ("Tổng cộng (7+8+9)", ""),
        ] {
            assert_eq!(key_words(name).join(", "), expected);
        }
    }
}

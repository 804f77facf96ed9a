//! Words of a sheet that stand in none of its cells: notes that hang on cells, boxes drawn over the sheet,
//! heads and feet of its printed pages.

use crate::place::CellRef;

/// Most of them of a sheet that are kept.
pub(super) const MOST_HANGING: usize = 1_000;
/// Longest words that are kept, in bytes.
pub(super) const LONGEST_HANGING: usize = 2 << 10;

/// Words that stand in no cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Hanging {
    /// Where they are seen; the first cell for those of all pages.
    pub(super) cell: CellRef,
    /// What they are.
    pub(super) kind: HangingKind,
    /// The words.
    pub(super) words: String,
}

/// What words are that stand in no cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum HangingKind {
    /// A note on a cell.
    Note,
    /// In a box drawn over the sheet.
    DrawnBox,
    /// In the head or the foot of a printed page.
    Page,
}

impl HangingKind {
    /// Returns what they are called before the words themselves.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Note => "",
            Self::DrawnBox => "hộp chữ: ",
            Self::Page => "đầu trang, chân trang in: ",
        }
    }
}

/// Returns the words of a head or a foot of a page without its codes: "&C&\"Arial\"&12Tháng 2, trang &P".
pub(super) fn words_of_page(code: &str) -> String {
    let mut words = String::new();
    let mut rest = code;
    while let Some((before, after)) = rest.split_once('&') {
        words.push_str(before);
        let Some(first) = after.chars().next() else { return words };
        rest = after.get(first.len_utf8()..).unwrap_or_default();
        match first {
            '&' => words.push('&'),
            '"' => rest = rest.split_once('"').map_or("", |(_, rest)| rest),
            'K' => rest = rest.get(6..).unwrap_or_default(),
            'L' | 'C' | 'R' => words.push(' '),
            '0'..='9' => rest = rest.trim_start_matches(|one: char| one.is_ascii_digit()),
            _ => {}
        }
    }
    words.push_str(rest);
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_shows_words_without_codes() {
        for (code, expected) in [
            ("&CTháng 2 năm 2024", " Tháng 2 năm 2024"),
            ("&L&\"Arial,Bold\"&12Số ước&RTrang &P/&N", " Số ước Trang /"),
            ("A && B&", "A & B"),
            ("&KFF0000đỏ", "đỏ"),
            ("&\"Arial", ""),
        ] {
            assert_eq!(words_of_page(code), expected, "{code}");
        }
    }
}

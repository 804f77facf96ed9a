//! How wide and how high words are in Times New Roman, so that nothing on a sheet is cut off.
//!
//! Advances are those of the upright face; a spreadsheet has no layout engine before it is opened,
//! so that every estimate errs on the wide side.

use unicode_normalization::UnicodeNormalization;

/// Pixels of a point at 96 dots an inch.
const PIXELS_A_POINT: f64 = 96.0 / 72.0;

/// Advances of the signs from space to tilde in thousandths of an em.
const ADVANCES: [u16; 95] = [
    250, 333, 408, 500, 500, 833, 778, 180, 333, 333, 500, 564, 250, 333, 250, 278, 500, 500, 500,
    500, 500, 500, 500, 500, 500, 500, 278, 278, 564, 564, 564, 444, 921, 722, 667, 667, 722, 611,
    556, 722, 722, 333, 389, 722, 611, 889, 722, 722, 556, 722, 667, 556, 611, 722, 722, 944, 722,
    722, 611, 333, 278, 333, 469, 500, 333, 444, 500, 444, 500, 444, 333, 500, 500, 278, 278, 500,
    278, 778, 500, 500, 500, 500, 333, 389, 278, 500, 500, 722, 500, 500, 444, 480, 200, 480, 541,
];

/// Size and weight of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Type {
    /// Size in points.
    pub size: u8,
    /// Bold is about a fourteenth wider.
    pub bold: bool,
}

impl Type {
    /// Returns the height of one line in points.
    pub(super) fn line_height(self) -> f64 {
        f64::from(self.size) * 1.32
    }

    /// Returns the width of a text on one line in pixels; line breaks in the text are honoured.
    pub(super) fn width(self, text: &str) -> f64 {
        text.split('\n').map(|line| self.line_width(line)).fold(0.0, f64::max)
    }

    /// Returns the width of the longest word in pixels.
    pub(super) fn longest_word(self, text: &str) -> f64 {
        text.split_whitespace().map(|word| self.line_width(word)).fold(0.0, f64::max)
    }

    /// Returns how many lines a text takes in a cell of this width; at least 1.
    pub(super) fn lines(self, text: &str, pixels: f64) -> u32 {
        // Spreadsheets keep a few pixels free, and hinting widens small letters.
        let room = ((pixels - 6.0) * 0.96).max(8.0);
        text.split('\n').map(|paragraph| self.paragraph_lines(paragraph, room)).sum::<u32>().max(1)
    }

    fn paragraph_lines(self, paragraph: &str, room: f64) -> u32 {
        let space = self.line_width(" ");
        let (mut lines, mut used) = (1_u32, 0.0);
        for word in paragraph.split(' ') {
            let width = self.line_width(word);
            if used > 0.0 && used + space + width > room {
                lines += 1;
                used = 0.0;
            }
            used += if used > 0.0 { space + width } else { width };
            while used > room {
                lines += 1;
                used -= room;
            }
        }
        lines
    }

    fn line_width(self, line: &str) -> f64 {
        let thousandths: u32 = line.nfd().map(advance).sum();
        let weight = if self.bold { 1.07 } else { 1.0 };
        f64::from(thousandths) / 1000.0 * f64::from(self.size) * PIXELS_A_POINT * weight
    }
}

/// Returns the advance of a sign of a decomposed text; marks have none.
fn advance(sign: char) -> u32 {
    match sign {
        ' '..='~' => {
            let index = usize::try_from(u32::from(sign) - 32).expect("a sign of ASCII is small");
            u32::from(ADVANCES[index])
        }
        'đ' => 500,
        'Đ' => 722,
        // The horn of ơ and ư stands beside the letter.
        '\u{31B}' => 60,
        '\u{300}'..='\u{36F}' => 0,
        _ => 1000,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLAIN: Type = Type { size: 12, bold: false };

    #[test]
    fn marks_have_no_width() {
        assert!((PLAIN.width("Tiên Lãng") - PLAIN.width("Tien Lang")).abs() < 1e-9);
        assert!((PLAIN.width("đề") - PLAIN.width("de")).abs() < 1e-9);
        assert!((PLAIN.width("1.234") - (4.0 * 0.5 + 0.25) * 16.0).abs() < 1e-9);
    }

    #[test]
    fn counts_lines_and_breaks_words_that_are_too_long() {
        assert_eq!(PLAIN.lines("", 100.0), 1);
        assert_eq!(PLAIN.lines("xã Tiên Minh", 200.0), 1);
        assert_eq!(PLAIN.lines("một\nhai\nba", 200.0), 3);
        assert_eq!(PLAIN.lines("xã Tiên Minh, xã Tiên Thắng", 110.0), 2);
        assert!(PLAIN.lines(&"a".repeat(100), 100.0) >= 7);
    }
}

//! What an earlier answer left in a file that a unit corrected and sends again: our words in notes, and
//! the sheet of findings as long as nobody wrote into it. The next answer takes their place, so that a
//! unit sees only what still stands; what the unit wrote itself is kept.

use std::ops::Range;

use sha2::{Digest, Sha256};

use super::{CopiedCell, CopiedSheet};
use crate::text;

/// What our words in a note stand between.
const BEGIN: &str = "[Kiểm tra: ";
const END: char = ']';
/// The word before the code of a sheet.
const CODE: &str = "mã trang ";
/// Digits of the code.
const DIGITS: usize = 12;

/// Returns our words as they stand in a note.
pub fn in_note(words: &str) -> String {
    let words = words.replace('[', "(").replace(END, ")");
    format!("{BEGIN}{words}{END}")
}

/// Returns where our words are in a note, with the blanks before them.
pub fn of_note(note: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut from = 0;
    while let Some(begin) = note.get(from..).and_then(|rest| rest.find(BEGIN)) {
        let begin = from + begin;
        let Some(length) = note.get(begin..).and_then(|rest| rest.find(END)) else { break };
        let before = note.get(from..begin).unwrap_or_default();
        let blanks = before.len() - before.trim_end().len();
        from = begin + length + END.len_utf8();
        let first = begin - blanks;
        if first == 0 {
            let after = note.get(from..).unwrap_or_default();
            from += after.len() - after.trim_start().len();
        }
        found.push(first..from);
    }
    found
}

/// Returns the last words of a sheet of findings: that it will be replaced, and its code.
pub fn closing<'w>(words: impl Iterator<Item = &'w str>) -> String {
    format!(
        "Trang này do phần mềm lập, lần gửi sau được thay bằng kết quả mới; đề nghị không ghi vào trang \
         này ({CODE}{}).",
        code(words)
    )
}

/// Returns whether a sheet is one of findings in which nothing was written or changed.
pub fn is_earlier(sheet: &CopiedSheet) -> bool {
    let words = sheet.cells.iter().map(|(_, cell)| match cell {
        CopiedCell::Words(words) => Some(words.as_str()),
        _ => None,
    });
    let Some(words) = words.collect::<Option<Vec<&str>>>() else { return false };
    let Some((last, others)) = words.split_last() else { return false };
    let stated = last.split(CODE).nth(1).and_then(|rest| rest.get(..DIGITS));
    stated.is_some_and(|stated| stated == code(others.iter().copied()))
}

fn code<'w>(words: impl Iterator<Item = &'w str>) -> String {
    let mut hash = Sha256::new();
    for words in words {
        let printed: String = words.chars().filter(|sign| !sign.is_control()).collect();
        let printed = text::squeeze(&text::nfc(&printed)).replace(' ', "");
        hash.update(printed.as_bytes());
    }
    let bytes = hash.finalize();
    let digits = bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    digits.take(DIGITS).filter_map(|digit| char::from_digit(digit.into(), 16)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::place::CellRef;

    #[test]
    fn our_words_in_a_note_are_found_among_others() {
        let ours = in_note("ghi [12] người.\n\nSai");
        let note = format!("Xã đã hỏi thôn\n\n{ours} Đã sửa {}", in_note("x"));
        let mut left = note.clone();
        for range in of_note(&note).into_iter().rev() {
            left.replace_range(range, "");
        }
        assert_eq!(left, "Xã đã hỏi thôn Đã sửa");
        let alone = of_note("[Kiểm tra: a]\nĐã sửa");
        assert_eq!(alone.first().map(|range| range.end), Some("[Kiểm tra: a]\n".len()));
        assert!(of_note("[Kiểm tra: bị cắt").is_empty());
    }

    #[test]
    fn a_sheet_in_which_something_was_written_is_none_of_ours() {
        let place = |row| CellRef { row, column: 0 };
        let said = ["KẾT QUẢ", "Ô  G5\nsai"];
        let mut words: Vec<String> = said.map(str::to_owned).to_vec();
        words.push(closing(said.into_iter()));
        let cells = (0..).zip(words).map(|(row, words)| (place(row), CopiedCell::Words(words)));
        let mut sheet = CopiedSheet { cells: cells.collect(), ..CopiedSheet::default() };
        assert!(is_earlier(&sheet));
        sheet.cells[1].1 = CopiedCell::Words("Ô G5 sai".to_owned());
        assert!(is_earlier(&sheet), "blanks are no words");
        sheet.cells.push((place(9), CopiedCell::Words("xã đã sửa".to_owned())));
        assert!(!is_earlier(&sheet));
        sheet.cells.pop();
        sheet.cells[1].1 = CopiedCell::Number("5".to_owned());
        assert!(!is_earlier(&sheet));
    }
}

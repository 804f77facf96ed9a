//! Words of ours in a note that is somebody else's: between signs by which they are found again when the file
//! comes back.

use std::ops::Range;

/// What our words stand between.
const BEGIN: &str = "[Kiểm tra: ";
const END: char = ']';

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

/// Returns a note without our words.
pub fn without_ours(note: &str) -> String {
    let mut left = note.to_owned();
    for range in of_note(note).into_iter().rev() {
        left.replace_range(range, "");
    }
    left
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn our_words_in_a_note_are_found_among_others() {
        let ours = in_note("ghi [12] người.\n\nSai");
        let note = format!("Xã đã hỏi thôn\n\n{ours} Đã sửa {}", in_note("x"));
        assert_eq!(without_ours(&note), "Xã đã hỏi thôn Đã sửa");
        let alone = of_note("[Kiểm tra: a]\nĐã sửa");
        assert_eq!(alone.first().map(|range| range.end), Some("[Kiểm tra: a]\n".len()));
        assert!(of_note("[Kiểm tra: bị cắt").is_empty());
    }
}

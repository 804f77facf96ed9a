//! What an earlier answer left in a file that a unit corrected and sends again: our words in notes (see
//! [`text::our_words`]), and the sheet of findings as long as nobody wrote into it. The next answer takes their place, so that a
//! unit sees only what still stands; what the unit wrote itself is kept.

use sha2::{Digest, Sha256};

use super::{CopiedCell, CopiedSheet};
use crate::text;

/// The word before the code of a sheet.
const CODE: &str = "mã trang ";
/// Digits of the code.
const DIGITS: usize = 12;

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

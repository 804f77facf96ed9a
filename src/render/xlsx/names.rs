//! Names of sheets and of figures by Excel's rules; of sheets: no `[]:*?/\`, no apostrophe at the
//! ends, at most 31 UTF-16 units, unique without regard to case.

use std::collections::BTreeSet;

use super::sources::SOURCES_SHEET;

/// Longest name of a sheet, in UTF-16 units.
const LONGEST: usize = 31;

/// Returns one valid name a section, in order.
pub(super) fn sheet_names<'a>(wanted: impl Iterator<Item = &'a str>) -> Vec<String> {
    // "History" is kept by Excel for itself.
    let mut taken = BTreeSet::from([SOURCES_SHEET.to_lowercase(), "history".to_owned()]);
    wanted.map(|name| unique(&clean(name), &mut taken)).collect()
}

fn clean(name: &str) -> String {
    let allowed: String = name
        .chars()
        .map(|sign| if "[]:*?/\\".contains(sign) || sign.is_control() { '-' } else { sign })
        .collect();
    let cut = cut(allowed.trim(), LONGEST);
    let cut = cut.trim_matches(|sign: char| sign == '\'' || sign.is_whitespace());
    if cut.is_empty() { "Trang tính".to_owned() } else { cut.to_owned() }
}

fn unique(name: &str, taken: &mut BTreeSet<String>) -> String {
    let mut candidate = name.to_owned();
    let mut count = 1;
    while !taken.insert(candidate.to_lowercase()) {
        count += 1;
        let suffix = format!(" ({count})");
        candidate = format!("{}{suffix}", cut(name, LONGEST - suffix.len()).trim_end());
    }
    candidate
}

/// Returns the name of a figure as a spreadsheet takes it: letters, digits, dots and underlines, a
/// letter first.
pub(super) fn defined(name: &str) -> String {
    let allowed = |sign: char| if sign.is_alphanumeric() || sign == '.' { sign } else { '_' };
    let name: String = name.chars().map(allowed).collect();
    if name.starts_with(char::is_alphabetic) { name } else { format!("_{name}") }
}

/// Returns a cell for a name: `='Tổng hợp'!$F$12`.
pub(super) fn absolute(sheet: &str, cell: &str) -> String {
    let digits = cell.trim_start_matches(|sign: char| sign.is_ascii_alphabetic());
    let letters = cell.trim_end_matches(|sign: char| sign.is_ascii_digit());
    format!("='{}'!${letters}${digits}", sheet.replace('\'', "''"))
}

/// Returns the longest beginning of at most `units` UTF-16 units.
pub(super) fn cut(text: &str, units: usize) -> String {
    let mut left = units;
    text.chars()
        .take_while(|sign| {
            let fits = sign.len_utf16() <= left;
            left = left.saturating_sub(sign.len_utf16());
            fits
        })
        .collect()
}

/// Returns the first sentences of a text that fit into so many UTF-16 units; of a longer first one
/// as much as fits.
pub(super) fn sentences(text: &str, units: usize) -> String {
    let fitting = cut(text, units);
    if fitting.len() == text.len() {
        return fitting;
    }
    let end = fitting.rfind(". ").and_then(|end| fitting.get(..=end));
    end.map(str::to_owned).unwrap_or(fitting)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_text_ends_with_a_whole_sentence() {
        let text = "Cao nhất: xã Tiên Minh. Thấp nhất: xã Đoàn Lập. Chưa có số liệu: xã Tây Hưng.";
        assert_eq!(sentences(text, 255), text);
        assert_eq!(sentences(text, 60), "Cao nhất: xã Tiên Minh. Thấp nhất: xã Đoàn Lập.");
        assert_eq!(sentences(text, 10), "Cao nhất: ");
    }

    #[test]
    fn names_follow_the_rules_of_excel() {
        let cases = [
            ("Phụ lục II", "Phụ lục II"),
            ("Kỳ 3/2024 [nháp]: *?", "Kỳ 3-2024 -nháp-- --"),
            ("'trích'", "trích"),
            ("  ", "Trang tính"),
            ("Kết quả tuyên truyền của các xã, thị trấn", "Kết quả tuyên truyền của các xã"),
        ];
        for (wanted, expected) in cases {
            let names = sheet_names([wanted].into_iter());
            assert_eq!(names, [expected], "{wanted}");
            assert!(rust_xlsxwriter::utility::check_sheet_name(&names[0]).is_ok(), "{wanted}");
        }
    }

    #[test]
    fn names_of_figures_lead_to_one_cell() {
        assert_eq!(defined("ky_nay_B08"), "ky_nay_B08");
        assert_eq!(defined("1 a-b"), "_1_a_b");
        assert_eq!(absolute("Tổng hợp", "AB12"), "='Tổng hợp'!$AB$12");
        assert_eq!(absolute("a'b", "F1"), "='a''b'!$F$1");
    }

    #[test]
    fn names_are_unique_without_regard_to_case() {
        let long = "Kết quả tuyên truyền của các xã và thị trấn";
        let names = sheet_names(["A", "a", "_NGUON", "History", long, long].into_iter());
        assert_eq!(names[..4], ["A", "a (2)", "_NGUON (2)", "History (2)"]);
        assert_ne!(names[4], names[5]);
        assert!(names.iter().all(|name| name.encode_utf16().count() <= LONGEST));
    }
}

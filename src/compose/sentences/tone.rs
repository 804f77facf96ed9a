//! The tone and the typing of a report; every case of this folder is checked for them.

use crate::compose::samples::Month;

/// Criticism is the chairman's, never the report's.
const NEVER_SAID: [&str; 4] = ["tệ nhất", "yếu kém", "vi phạm", "phê bình"];

/// What a sentence that lost a part of itself leaves behind.
const REMAINS: [&str; 19] = [
    "  ", " .", " ,", " ;", " :", " )", ") (", "( ", "()", ",,", ", .", ",.", ";.", "; .", ",;",
    "..", ";;", ":.", "…",
];

/// Checks the signed words of a report, one paragraph a line.
pub(super) fn check(name: &str, words: &str) {
    let lower = words.to_lowercase();
    for word in NEVER_SAID {
        assert!(!lower.contains(word), "{name}: {word:?} in\n{words}");
    }
    for line in words.lines().filter(|line| !line.is_empty()) {
        for remains in REMAINS {
            assert!(!line.contains(remains), "{name}: {remains:?} in\n{line}");
        }
        assert_eq!(line.trim(), line, "{name}");
        assert!(!line.starts_with(['.', ',', ';', ':', ')']), "{name}: {line}");
        if is_heading(line) {
            continue;
        }
        assert!(line.ends_with(['.', ';', ':']), "{name}: unfinished\n{line}");
        let begins = line.starts_with(|first: char| first.is_uppercase() || first == '(');
        assert!(begins, "{name}: begins in the middle\n{line}");
        let brackets = ['(', ')'].map(|bracket| line.matches(bracket).count());
        assert_eq!(brackets[0], brackets[1], "{name}: brackets\n{line}");
    }
    assert!(words.trim_end().ends_with("trân trọng báo cáo./."), "{name}");
}

/// Returns whether the line begins with the number of a heading: "I. ", "1. ", "a) ".
fn is_heading(line: &str) -> bool {
    let Some((number, _)) = line.split_once(' ') else { return false };
    match number.strip_suffix('.') {
        Some(number) => number.chars().all(|sign| "IV123456789".contains(sign)),
        None => ["a)", "b)", "c)"].contains(&number),
    }
}

#[test]
fn a_full_month_is_polite_and_well_typed() {
    check("a full month", &Month::full().words());
}

#[test]
fn what_a_broken_sentence_leaves_is_seen() {
    let broken = [
        "Có 03 xã yếu kém.",
        "Có 03 xã , 02 thị trấn.",
        "Có 03 xã, .",
        "Có 03 xã;.",
        "Có  03 xã.",
        "Có 03 xã",
        "; có 03 xã.",
        "có 03 xã.",
        "Có … xã.",
        "Có 03 xã (số liệu của 01/02 xã.",
    ];
    let end = "Tổ công tác trân trọng báo cáo./.";
    check("sound", &format!("I. KẾT QUẢ\na) Xã\nCó 03 xã.\n{end}"));
    for line in broken {
        let seen = std::panic::catch_unwind(|| check("broken", &format!("{line}\n{end}")));
        assert!(seen.is_err(), "{line}");
    }
}

//! The tone and the typing of every branch: what the tables of this folder print, and a full month.

use super::{accounts, bodies, guidance, outlook, services};
use crate::compose::samples::{Month, words};

/// Criticism is the chairman's, never the report's.
const NEVER_SAID: [&str; 4] = ["tệ nhất", "yếu kém", "vi phạm", "phê bình"];

/// What a sentence that lost a part of itself leaves behind.
const REMAINS: [&str; 19] = [
    "  ", " .", " ,", " ;", " :", " )", ") (", "( ", "()", ",,", ", .", ",.", ";.", "; .", ",;",
    "..", ";;", ":.", "…",
];

fn check(name: &str, words: &str) {
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
fn every_branch_is_polite_and_well_typed() {
    let sections = [
        guidance::DIRECTION,
        guidance::COMMUNES,
        guidance::VILLAGES,
        bodies::DEPARTMENTS,
        bodies::CENTRE,
        accounts::BASES,
        accounts::POLICIES,
        services::UTILITIES,
        services::PROCEDURES,
        services::OFFICIALS,
        outlook::SHORTCOMINGS,
        outlook::TASKS,
        outlook::PROPOSALS,
    ];
    for case in sections.iter().flat_map(|section| section.cases) {
        check(case.name, &words(&case.document()));
    }
    check("a full month", &Month::full().words());
}

//! The ledger of the decree: every check stands in it, and it names no check that is not there.

use std::collections::BTreeSet;
use std::fs;

use da06::measure::CLAUSES;

#[test]
fn the_ledger_and_the_checks_name_each_other() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/nghi-dinh-30.md");
    let ledger = fs::read_to_string(path).unwrap();
    let rows =
        ledger.lines().filter(|line| line.starts_with("| ") && !line.starts_with("| clause"));
    let mut named = BTreeSet::new();
    for row in rows {
        let cell = row.trim_end_matches('|').rsplit('|').next().unwrap().trim();
        let id = cell.trim_matches('`');
        assert!(named.insert(id.to_owned()), "{id} stands in the ledger twice");
    }
    let known: BTreeSet<String> =
        CLAUSES.iter().flat_map(|group| group.iter()).map(|clause| clause.id.to_owned()).collect();
    assert_eq!(named, known);
}

#[test]
fn the_ledger_names_measures_that_are_in_the_code() {
    let folder = env!("CARGO_MANIFEST_DIR");
    let ledger = fs::read_to_string(format!("{folder}/docs/nghi-dinh-30.md")).unwrap();
    let geometry = fs::read_to_string(format!("{folder}/src/render/pdf/geometry.rs")).unwrap();
    for word in ledger.split('`').skip(1).step_by(2) {
        let is_constant =
            word.len() > 4 && word.chars().all(|c| c.is_ascii_uppercase() || c == '_');
        let is_path = word.contains('/') && word.rsplit('.').next() == Some("rs");
        if is_constant {
            assert!(geometry.contains(&format!("pub const {word}:")), "{word}");
        } else if is_path {
            let path = word.strip_prefix("src/").unwrap_or(word);
            assert!(fs::exists(format!("{folder}/src/{path}")).unwrap(), "{word}");
        }
    }
}

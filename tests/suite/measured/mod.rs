//! `da06 measure` against documents with one planted defect each, against files of other programs,
//! and against poppler.

mod defects;
mod docx;
mod elsewhere;
mod ledger;
mod paper;
mod plan;
mod programs;

use da06::measure::{self, Verdict};

use paper::Widths;
use plan::Plan;

/// Returns the ids of the checks that fail.
fn failed(pdf: &[u8]) -> Vec<&'static str> {
    let measurement = measure::measure(pdf).unwrap();
    measurement.failed().map(|check| check.clause.id).collect()
}

#[test]
fn a_correct_document_passes_everything() {
    let measurement = measure::measure(&Plan::correct().pdf(&Widths::load())).unwrap();
    let wrong: Vec<_> = measurement.failed().collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
    let absent: Vec<_> = measurement
        .checks
        .iter()
        .filter(|check| check.verdict == Verdict::NotApplicable)
        .map(|check| check.clause.id)
        .collect();
    assert_eq!(absent, ["trich-yeu-cong-van"], "everything else is there to be measured");
}

#[test]
fn each_planted_defect_is_found_and_only_it() {
    let widths = Widths::load();
    let mut misses = Vec::new();
    let cases = defects::cases();
    assert!(cases.len() >= 25);
    for (name, clause, plant) in &cases {
        let mut plan = Plan::correct();
        plant(&mut plan);
        let found = failed(&plan.pdf(&widths));
        if found != [*clause] {
            misses.push(format!("{name}: {clause} expected, {found:?} found"));
        }
    }
    assert!(misses.is_empty(), "{} of {}:\n{}", misses.len(), cases.len(), misses.join("\n"));
}

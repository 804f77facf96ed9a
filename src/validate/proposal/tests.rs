//! Proposals of whole returns: the sentences, and that a corrected return has no such finding left.

use super::{Proposal, ProposedCell};
use crate::{
    quantity::Quantity,
    template::Severity,
    validate::{
        Batch, Intake, SideFiles,
        sample::{SampleReturn, commune, history, templates},
        validate,
    },
};

const UNIT: &str = "tien-minh";

fn batch_of(sample: &SampleReturn) -> Batch {
    let files = [sample.clone().file("2024-03/a.xlsx")];
    let side_files = SideFiles::default();
    let intake = Intake { files: &files, side_files: &side_files };
    validate(templates(), "2024-03".parse().unwrap(), intake, &history(UNIT))
}

fn spoilt(figures: &[(&str, i64)]) -> SampleReturn {
    figures.iter().fold(commune(UNIT), |sample, (code, number)| sample.number(code, *number as f64))
}

fn messages(sample: &SampleReturn) -> Vec<String> {
    batch_of(sample).proposals.iter().map(Proposal::message).collect()
}

/// Returns the codes of the errors that are left when cells hold other numbers.
fn errors_with(sample: &SampleReturn, cells: &[(&ProposedCell, Quantity)]) -> Vec<String> {
    let corrected = cells
        .iter()
        .fold(sample.clone(), |sample, (cell, number)| sample.number(&cell.code, number.to_f64()));
    let batch = batch_of(&corrected);
    let of_rules = batch.findings.into_iter().filter(|one| !one.code.starts_with("DA06-"));
    of_rules.filter(|one| one.severity == Severity::Error).map(|one| one.code).collect()
}

/// Checks that every number of every alternative ends its errors, and leaves the others.
fn check(sample: &SampleReturn) -> usize {
    let batch = batch_of(sample);
    let before = errors_with(sample, &[]).len();
    let mut checked = 0;
    for proposal in &batch.proposals {
        for set in &proposal.alternatives {
            let ends = set.iter().map(|cell| {
                let from = cell.from.unwrap();
                let far = Quantity { scaled: from.scaled + 1_000_000, ..from };
                (cell, [from, cell.to.unwrap_or(far)])
            });
            let ends: Vec<_> = ends.collect();
            for corner in 0..1_usize << ends.len() {
                let numbers = ends.iter().enumerate();
                let numbers: Vec<_> = numbers
                    .map(|(index, (cell, ends))| (*cell, ends[(corner >> index) & 1]))
                    .collect();
                let left = errors_with(sample, &numbers);
                let words = proposal.message();
                assert_eq!(left.len() + proposal.errors, before, "{words} {numbers:?} {left:?}");
                checked += 1;
            }
        }
    }
    checked
}

#[test]
fn one_finding_has_its_own_words_and_needs_no_proposal() {
    assert!(messages(&commune(UNIT)).is_empty());
    assert!(messages(&spoilt(&[("C02", 130)])).is_empty(), "C02 over C01 and nothing else");
    assert!(messages(&spoilt(&[("A14", 300)])).is_empty(), "only warnings");
}

#[test]
fn one_cell_that_ends_all_findings_is_found_with_its_range() {
    let sample = spoilt(&[("B08", 75)]);
    let batch = batch_of(&sample);
    assert!(check(&sample) > 0);
    let finding = batch.findings.iter().find(|one| one.code == "DA06-T70").unwrap();
    assert_eq!(finding.severity, Severity::Information);
    assert_eq!(finding.expected, "số từ 3.952 đến 4.030");
    for sample in [
        spoilt(&[("B08", 5500)]),
        spoilt(&[("B07", 3000)]),
        spoilt(&[("B09", 4400)]),
        spoilt(&[("D01", 20)]),
        spoilt(&[("B02", 8100)]),
        spoilt(&[("B07", 3000), ("B06", 100), ("D01", 20), ("C02", 130), ("A17", 9)]),
        spoilt(&[("B12", 9000), ("B08", 9000)]),
        spoilt(&[("A02", 0), ("A03", 0), ("A04", 0)]),
        spoilt(&[("B12", 3900), ("B13", 3950), ("B14", 4000)]),
        spoilt(&[("B12", 5900), ("B13", 5950), ("B14", 6000), ("B07", 100)]),
    ] {
        println!("{:#?} {}", messages(&sample), check(&sample));
    }
}

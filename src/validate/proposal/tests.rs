//! Proposals of whole returns: the sentences, and that a corrected return has no such finding left.

use std::fmt::Write;

use expect_test::expect_file;
use proptest::prelude::*;

use super::{Proposal, ProposedCell};
use crate::{
    ingest::CellContent,
    quantity::Quantity,
    template::{Measure, Severity, Usage},
    validate::{
        Batch, Intake, SideFiles, State,
        sample::{SampleReturn, commune, history, templates},
        validate,
    },
};

const UNIT: &str = "tien-minh";

fn batch_of(sample: &SampleReturn) -> Batch {
    batch_with(sample, &SideFiles::default())
}

fn batch_with(sample: &SampleReturn, side_files: &SideFiles) -> Batch {
    let files = [sample.clone().file("2024-03/a.xlsx")];
    let intake = Intake { files: &files, side_files };
    validate(templates(), "2024-03".parse().unwrap(), intake, &history(UNIT))
}

fn spoilt(figures: &[(&str, i64)]) -> SampleReturn {
    let number = |whole: i64| Quantity::whole(whole).to_f64();
    figures.iter().fold(commune(UNIT), |sample, (code, whole)| sample.number(code, number(*whole)))
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
    let finding = batch.findings.iter().find(|one| one.code == "DA06-T70").unwrap();
    assert_eq!((finding.severity, finding.usage), (Severity::Information, Usage::Used));
    assert_eq!(
        (finding.found.as_str(), finding.expected.as_str()),
        ("75", "số từ 3.952 đến 4.030")
    );
    assert_eq!(finding.places[0].to_string(), "2024-03/a.xlsx › Biểu 01 › F54");
    let state = batch.returns[0].observations.iter().find(|one| {
        one.measure == Measure::Value && templates().indicators.get(one.indicator).code == "B08"
    });
    assert_eq!(state.unwrap().state, State::Unusable, "a proposal never enters a figure");
}

#[test]
fn the_smallest_sets_are_said_and_do_what_they_say() {
    let cases: [&[(&str, i64)]; 14] = [
        &[("B08", 75)],
        &[("B08", 5_500)],
        &[("B07", 3_000)],
        &[("B09", 4_400)],
        &[("D01", 20)],
        &[("B02", 8_100)],
        &[("B07", 3_000), ("B06", 100), ("D01", 20), ("C02", 130), ("A17", 9)],
        &[("B12", 9_000), ("B08", 9_000)],
        &[("A02", 0), ("A03", 0), ("A04", 0)],
        &[("B12", 3_900), ("B13", 3_950), ("B14", 4_000)],
        &[("B12", 5_900), ("B13", 5_950), ("B14", 6_000), ("B07", 100)],
        &[("A17", 9), ("A18", 12)],
        &[("B06", 4_300), ("B07", 700)],
        &[("B08", 3_600), ("B09", 4_000)],
    ];
    let mut said = String::new();
    for figures in cases {
        let sample = spoilt(figures);
        let _infallible = writeln!(said, "{figures:?}");
        for message in messages(&sample) {
            let _infallible = writeln!(said, "    {message}");
        }
        check(&sample);
    }
    expect_file!["expected.txt"].assert_eq(&said);
}

#[test]
fn a_slip_in_a_column_of_a_detail_table_is_found() {
    let written = |row: usize, number: f64| {
        commune(UNIT).head(|raw| raw.details[0].rows[row][2].2 = CellContent::Number(number))
    };
    let said = messages(&written(3, 50.0));
    let [message] = &said[..] else { panic!("{said:?}") };
    for words in ["trang “Thôn, TDP”", "đang ghi 50) thành 5", "D9", "A18, đang ghi 40) thành 85"]
    {
        assert!(message.contains(words), "{words}: {message}");
    }
    // Three more may be in any of the cells: the finding says as much.
    assert_eq!(messages(&written(3, 8.0)), Vec::<String>::new());
}

#[test]
fn what_was_agreed_by_telephone_is_not_proposed() {
    let sample = spoilt(&[("D01", 30), ("D02", 40), ("D03", 45)]);
    assert_eq!(batch_of(&sample).proposals[0].alternatives[0][0].code, "D01");
    let corrections = "don_vi,chi_tieu,cu,moi,nguoi_xac_nhan,luc,ly_do\n\
                       tien-minh,D01,30,31,Lan,18/3/2024,đã hỏi\n";
    let side_files = SideFiles {
        corrections: [("2024-03".parse().unwrap(), corrections.into())].into(),
        ..SideFiles::default()
    };
    let batch = batch_with(&sample, &side_files);
    assert_eq!(batch.corrections.len(), 1);
    assert_eq!(batch.proposals, [], "two errors of two cells, which no longer hang together");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn every_proposed_number_ends_its_errors(
        figures in prop::collection::vec((0_usize..CODES.len(), 0_i64..9_000), 1..5)
    ) {
        let figures: Vec<(&str, i64)> =
            figures.into_iter().map(|(code, number)| (CODES[code], number)).collect();
        check(&spoilt(&figures));
    }
}

/// Figures that rules compare with others.
const CODES: [&str; 16] = [
    "A02", "A03", "A04", "A05", "A16", "A17", "B01", "B02", "B06", "B07", "B08", "B09", "B12",
    "C02", "D01", "D02",
];

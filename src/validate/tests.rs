//! Whole returns and whole batches: one test for every defect that a return can carry.

use std::collections::BTreeMap;

use super::{
    Batch, Fate, Finding, History, Intake, ReadFile, Reading, SideFiles, Standing, State,
    sample::{SampleReturn, commune, history, templates, words},
    validate,
};
use crate::{
    ingest::{CellContent, FileKind, FileReading, Notice, NoticeKind, Refusal},
    period::Period,
    template::{Measure, Severity, Usage},
};

pub(super) const UNIT: &str = "tien-minh";
const PATH: &str = "2024-03/Tien Minh T3.xlsx";

fn march() -> Period {
    "2024-03".parse().unwrap()
}

pub(super) fn run(files: &[ReadFile], side_files: &SideFiles, history: &History) -> Batch {
    validate(templates(), march(), Intake { files, side_files }, history)
}

fn run_files(files: &[ReadFile]) -> Batch {
    run(files, &SideFiles::default(), &history(UNIT))
}

pub(super) fn run_one(sample: SampleReturn) -> Batch {
    run_files(&[sample.file(PATH)])
}

/// Findings of the unit that are not about the deadline.
fn of_unit(batch: &Batch) -> Vec<&Finding> {
    batch.findings.iter().filter(|finding| finding.unit.as_deref() == Some(UNIT)).collect()
}

pub(super) fn codes(batch: &Batch) -> Vec<&str> {
    of_unit(batch).into_iter().map(|finding| finding.code.as_str()).collect()
}

pub(super) fn only<'a>(batch: &'a Batch, code: &str) -> &'a Finding {
    let found: Vec<&Finding> = batch.findings.iter().filter(|one| one.code == code).collect();
    assert_eq!(found.len(), 1, "{code} in {:#?}", of_unit(batch));
    found[0]
}

fn observed(batch: &Batch, code: &str) -> (State, Usage, Reading) {
    let indicator = templates().indicators.find(code).unwrap();
    let observation = batch.returns[0]
        .observations
        .iter()
        .find(|one| one.indicator == indicator && one.measure == Measure::Value)
        .unwrap();
    (observation.state, observation.usage, observation.reading)
}

fn fate(batch: &Batch, path: &str) -> Fate {
    batch.fates.iter().find(|fate| fate.file == path).unwrap().fate
}

fn standing(batch: &Batch) -> Standing {
    let unit = templates().roster.find(UNIT).unwrap();
    batch.discipline.iter().find(|one| one.unit == unit).unwrap().standing
}

#[test]
fn a_faultless_return_counts_without_a_finding() {
    let batch = run_one(commune(UNIT));
    assert!(codes(&batch).is_empty(), "{:#?}", of_unit(&batch));
    assert_eq!(batch.returns.len(), 1);
    assert_eq!(observed(&batch, "B08"), (State::Value(4000), Usage::Used, Reading::Literal));
    assert_eq!(observed(&batch, "E02").0, State::Value(0), "not ticked among ticked ones");
    assert_eq!(observed(&batch, "E02N").0, State::Missing, "people are not counted by a tick");
    assert_eq!(fate(&batch, PATH), Fate::Counted);
    assert_eq!(standing(&batch), Standing::Unknown, "nobody wrote down when it came");
    let unit = &batch.discipline[batch.returns[0].unit.0 as usize];
    assert_eq!((unit.figures_missing, unit.figures_expected > 40), (0, true));
}

#[test]
fn cells_that_are_no_figures_are_findings_with_their_use() {
    let cases: Vec<(CellContent, &str, State)> = vec![
        (words("1.234"), "DA06-S12", State::Value(1234)),
        (words("300 tờ"), "DA06-S12", State::Value(300)),
        (words("-"), "DA06-S13", State::Value(0)),
        (words("không phát sinh"), "DA06-S13", State::Value(0)),
        (words("85,5%"), "DA06-S07", State::Unusable),
        (words("…"), "DA06-S10", State::NotAvailable),
        (words("x"), "DA06-S11", State::NotApplicable),
        (words("khoảng 300"), "DA06-S01", State::Unusable),
        (CellContent::Number(1.234), "DA06-S02", State::Unusable),
        (CellContent::Number(2.5), "DA06-S03", State::Unusable),
        (CellContent::Number(-1.0), "DA06-S04", State::Unusable),
        (CellContent::Error("#REF!".to_owned()), "DA06-S05", State::Unusable),
        (CellContent::FormulaWithoutValue, "DA06-S06", State::Unusable),
        (CellContent::Date("2024-05-03".to_owned()), "DA06-S08", State::Unusable),
        (CellContent::Empty, "DA06-S09", State::Missing),
    ];
    for (content, code, state) in cases {
        let batch = run_one(commune(UNIT).set("A11", content.clone()));
        let finding = only(&batch, code);
        assert_eq!(observed(&batch, "A11").0, state, "{content:?}");
        assert_eq!(finding.indicator.as_deref(), Some("A11"), "{content:?}");
        assert_eq!(finding.places[0].to_string(), format!("{PATH} › Biểu 01 › F31"));
        assert!(finding.message.contains("A11"), "{}", finding.message);
    }
}

#[test]
fn a_lost_thousands_dot_is_proposed_and_never_inferred() {
    let batch = run_one(commune(UNIT).number("B08", 4.012));
    let finding = only(&batch, "DA06-S02");
    assert!(finding.message.contains("có thể là 4.012"), "{}", finding.message);
    assert_eq!(observed(&batch, "B08").0, State::Unusable);
    assert_eq!(codes(&batch), ["DA06-S02"], "rules over it are skipped");
}

#[test]
fn one_wrong_figure_is_one_point_to_correct() {
    let batch = run_one(commune(UNIT).number("B08", 5500.0));
    let open: Vec<&str> = of_unit(&batch)
        .into_iter()
        .filter(|finding| finding.cause.is_none())
        .map(|finding| finding.code.as_str())
        .collect();
    assert!(open.contains(&"B-06"), "{:#?}", of_unit(&batch));
    let leader = only(&batch, "B-06");
    assert_eq!((leader.severity, leader.usage), (Severity::Error, Usage::Dropped));
    assert_eq!(observed(&batch, "B08").1, Usage::Dropped);
    let follower = only(&batch, "K-03");
    assert_eq!(follower.cause, Some(leader.reference()));
}

#[test]
fn a_months_increase_in_a_stock_row_is_not_used() {
    let batch = run_one(commune(UNIT).number("B07", 100.0));
    let leader = only(&batch, "K-01");
    assert_eq!((leader.severity, leader.cause.as_deref()), (Severity::Error, None));
    assert_eq!(observed(&batch, "B07"), (State::Unusable, Usage::Dropped, Reading::Literal));
    for follower in of_unit(&batch).iter().filter(|finding| finding.code.starts_with("B-")) {
        assert_eq!(follower.cause, Some(leader.reference()), "{}", follower.message);
    }
}

#[test]
fn a_falling_stock_wants_a_word_and_a_nil_word_is_none() {
    let fallen = || {
        commune(UNIT).number("B03", 5900.0).set_measure(
            "B03",
            Measure::Change,
            CellContent::Number(-50.0),
        )
    };
    let batch = run_one(fallen());
    let finding = only(&batch, "K-02");
    assert_eq!((finding.severity, finding.usage), (Severity::Warning, Usage::Doubtful));
    assert_eq!(observed(&batch, "B03").1, Usage::Doubtful);
    let batch = run_one(fallen().note("B03", "Không"));
    assert_eq!(only(&batch, "K-02").severity, Severity::Warning);
    let batch = run_one(fallen().note("B05", "Do rà soát, loại thẻ trùng"));
    assert_eq!(only(&batch, "K-02").severity, Severity::Warning, "the note of another row");
    let batch = run_one(fallen().note("B03", "Do rà soát, loại thẻ trùng"));
    let finding = only(&batch, "K-02");
    assert_eq!((finding.severity, finding.usage), (Severity::Information, Usage::Used));
    assert_eq!(finding.explanation.as_deref(), Some("Do rà soát, loại thẻ trùng"));
    assert_eq!(observed(&batch, "B03").1, Usage::Used);
}

#[test]
fn stated_figures_are_compared_and_never_used() {
    let number = CellContent::Number(1.0);
    let sample = commune(UNIT)
        .set_measure("A02", Measure::Previous, number.clone())
        .set_measure("A03", Measure::YearToDate, number.clone())
        .set_measure("B01", Measure::Change, number);
    let batch = run_one(sample);
    assert_eq!(codes(&batch), ["DA06-S15", "DA06-S16", "DA06-S17"]);
    assert_eq!(only(&batch, "DA06-S15").expected, "5");
    assert_eq!(only(&batch, "DA06-S16").expected, "920");
    assert_eq!(only(&batch, "DA06-S17").expected, "5");
    assert_eq!(observed(&batch, "A02").0, State::Value(4));
}

#[test]
fn hamlets_that_do_not_add_up_are_said() {
    let sample = commune(UNIT).head(|raw| {
        raw.details[0].rows[0][2].2 = CellContent::Number(9.0);
    });
    let batch = run_one(sample);
    assert_eq!(codes(&batch), ["DA06-B02", "T-03"]);
    let total = only(&batch, "DA06-B02");
    assert_eq!((total.found.as_str(), total.expected.as_str()), ("40", "44"));
}

#[test]
fn units_are_found_by_every_spelling_and_never_by_likeness() {
    let nfd: String =
        unicode_normalization::UnicodeNormalization::nfd("UBND xã Tiên Minh").collect();
    for name in ["XÃ TIÊN MINH", "X. Tiên Minh", "tien minh", "Tiên Minh", nfd.as_str()] {
        let batch = run_one(commune(UNIT).unit(name, ""));
        assert_eq!(codes(&batch), ["DA06-H06"], "{name}");
    }
    assert!(codes(&run_one(commune(UNIT).unit("xã Tiên Minh", ""))).is_empty());
    for (name, suggestion) in [("xã Tiên Mính", "xã Tiên Minh"), ("xã Tiên Thằnh", "xã Tiên Thanh")]
    {
        let batch = run_one(commune(UNIT).unit(name, ""));
        if name.ends_with("Mính") || name.ends_with("Thằnh") {
            // Without marks the name is a unit's; that is exact, not likeness.
            assert_eq!(batch.returns.len(), 1, "{name} {suggestion}");
        }
    }
    let batch = run_one(commune(UNIT).unit("xã Tiên Min", ""));
    let finding = only(&batch, "DA06-H01");
    assert!(finding.message.contains("Có thể là: xã Tiên Minh"), "{}", finding.message);
    assert_eq!((batch.returns.len(), fate(&batch, PATH)), (0, Fate::Rejected));
}

#[test]
fn merged_units_and_contradictions_are_not_counted() {
    let batch = run_one(commune(UNIT).unit("UBND xã Tiên Hưng", ""));
    let finding = only(&batch, "DA06-H03");
    assert!(finding.message.contains("nay là xã Vinh Quang"), "{}", finding.message);
    assert_eq!(finding.severity, Severity::Rejected);
    let batch = run_one(commune(UNIT).unit("xã Tiên Minh", "11803"));
    assert_eq!(only(&batch, "DA06-H04").usage, Usage::Dropped);
    assert_eq!((batch.returns.len(), fate(&batch, PATH)), (0, Fate::Held));
    assert_eq!(codes(&run_one(commune(UNIT).unit("xã Tiên Minh", "99999"))), ["DA06-H05"]);
}

#[test]
fn a_march_file_that_says_february_waits_for_the_register() {
    let file = || commune(UNIT).period("Tháng 02 năm 2024").file(PATH);
    let batch = run_files(&[file()]);
    assert_eq!((batch.returns.len(), fate(&batch, PATH)), (0, Fate::Held));
    assert_eq!(only(&batch, "DA06-H09").severity, Severity::Error);
    assert_eq!(standing(&batch), Standing::NotAccepted);
    let february = "2024-02".parse().unwrap();
    let decide = |month: &str| SideFiles {
        register: Some(
            format!("tep,nhan_luc,ky\nTien Minh T3.xlsx,16/3/2024,{month}\n").into_bytes(),
        ),
        ..SideFiles::default()
    };
    let month = |period, side_files: &SideFiles| {
        let files = [file()];
        validate(templates(), period, Intake { files: &files, side_files }, &History::new())
    };
    let none = SideFiles::default();
    assert_eq!(month(february, &none).returns.len(), 0, "February does not change");
    let decided = decide("2024-03");
    assert_eq!(month(march(), &decided).returns.len(), 1);
    assert_eq!(only(&month(march(), &decided), "DA06-H10").severity, Severity::Information);
    assert_eq!(month(february, &decided).returns.len(), 0);
    assert_eq!(fate(&month(february, &decided), PATH), Fate::OtherPeriod);
    let decided = decide("2024-02");
    assert_eq!(month(march(), &decided).returns.len(), 0);
    assert_eq!(month(february, &decided).returns.len(), 1);
}

#[test]
fn the_head_can_make_a_return_worthless() {
    let batch = run_one(commune(UNIT).period("Quý I"));
    assert_eq!(only(&batch, "DA06-H08").severity, Severity::Rejected);
    let batch = run_one(commune(UNIT).head(|raw| raw.submission = None));
    assert_eq!(codes(&batch), ["DA06-H11"]);
    let empty = commune(UNIT).head(|raw| {
        raw.values.iter_mut().for_each(|value| value.content = CellContent::Empty);
    });
    let batch = run_one(empty);
    assert_eq!(codes(&batch), ["DA06-H13"]);
    assert_eq!((fate(&batch, PATH), standing(&batch)), (Fate::Rejected, Standing::NotAccepted));
}

#[test]
fn submissions_replace_as_a_whole() {
    let first = commune(UNIT).file("2024-03/a.xlsx");
    let second = commune(UNIT).number("A01", 7.0).submission(2.0).file("2024-03/b.xlsx");
    let batch = run_files(&[first.clone(), second]);
    assert_eq!(observed(&batch, "A01").0, State::Value(7));
    assert_eq!(fate(&batch, "2024-03/a.xlsx"), Fate::Superseded);
    assert!(only(&batch, "DA06-N04").message.contains("01 chỉ tiêu thay đổi: A01"));
    let copy = ReadFile { path: "2024-03/ban sao.xlsx".to_owned(), ..first.clone() };
    let batch = run_files(&[first, copy]);
    assert_eq!(codes(&batch), ["DA06-N08"]);
    let fates: Vec<Fate> = batch.fates.iter().map(|fate| fate.fate).collect();
    assert_eq!(fates, [Fate::Counted, Fate::Duplicate]);
}

#[test]
fn corrections_by_telephone_replace_what_the_return_says() {
    let correct = |old: &str| SideFiles {
        register: None,
        corrections: BTreeMap::from([(
            march(),
            format!(
                "don_vi;chi_tieu;cu;moi;nguoi_xac_nhan;luc;ly_do\n\
                 {UNIT};B08;{old};4.012;Bà Lan;18/3/2024 9:00;mất dấu chấm\n\
                 khong-co;B08;1;2;;;\n"
            )
            .into_bytes(),
        )]),
    };
    let files = [commune(UNIT).number("B08", 4.012).file(PATH)];
    let batch = run(&files, &correct("4.012"), &history(UNIT));
    assert_eq!(observed(&batch, "B08"), (State::Value(4012), Usage::Used, Reading::Correction));
    assert_eq!(codes(&batch), ["DA06-K05"]);
    assert_eq!((batch.corrections[0].new, batch.corrections[0].old), (4012, None));
    assert_eq!(only(&batch, "DA06-K02").places[0].to_string(), "2024-03/dieu-chinh.csv › A3");
    let batch = run(&files, &correct("77"), &history(UNIT));
    assert_eq!(codes(&batch), ["DA06-K04", "DA06-S02"], "worst first, then code");
}

#[test]
fn deadlines_are_kept_by_the_register() {
    let register = |row: &str| SideFiles {
        register: Some(
            format!("tep,nhan_luc,gia_han_den,van_ban_ky,don_vi,ky\n{row}\n").into_bytes(),
        ),
        ..SideFiles::default()
    };
    let with = |row: &str| run(&[commune(UNIT).file(PATH)], &register(row), &history(UNIT));
    let batch = with("Tien Minh T3.xlsx,18/3/2024 15:59,,12/BC-UBND,,");
    assert_eq!(standing(&batch), Standing::OnTime, "the 16th is a Saturday");
    let batch = with("Tien Minh T3.xlsx,20/3/2024 8:00,,,,");
    assert_eq!(standing(&batch), Standing::Late { days: 2 });
    assert_eq!(codes(&batch), ["DA06-N02"]);
    let batch = with("Tien Minh T3.xlsx,20/3/2024 8:00,20/3/2024,,,");
    assert_eq!((standing(&batch), codes(&batch)), (Standing::OnTime, vec!["DA06-N03"]));
    let batch = run(&[], &register(&format!(",,20/3/2024,,{UNIT},")), &history(UNIT));
    assert_eq!(codes(&batch), ["DA06-N01", "DA06-N03"]);
    assert_eq!(only(&batch, "DA06-N03").found, "23:59 ngày 20/3/2024");
}

#[test]
fn only_those_who_must_report_are_missing() {
    let batch = run_files(&[]);
    let missing = batch.findings.iter().filter(|finding| finding.code == "DA06-N01");
    let missing: Vec<&str> = missing.filter_map(|finding| finding.unit.as_deref()).collect();
    assert!(missing.contains(&UNIT) && !missing.contains(&"toa-an"), "{missing:?}");
    assert_eq!(batch.discipline.len(), 53);
}

#[test]
fn files_that_are_no_returns_have_their_words() {
    let refused = |path: &str, kind, refusal| ReadFile {
        path: path.to_owned(),
        sha256: path.to_owned(),
        reading: FileReading { kind, ..crate::ingest::refused(refusal) },
    };
    let batch = run_files(&[
        refused("2024-03/Bac Hung T3.xlsx", FileKind::Word, Refusal::NotAWorkbook),
        refused("2024-03/x.xlsx", FileKind::Xlsx, Refusal::Damaged("EOF".to_owned())),
        refused("2024-03/~$x.xlsx", FileKind::Temporary, Refusal::Temporary),
        refused("2024-02/y.xlsx", FileKind::Empty, Refusal::Empty),
    ]);
    let word = only(&batch, "DA06-T01");
    assert_eq!((word.unit.as_deref(), word.found.as_str()), (None, "văn bản Word"));
    assert!(word.message.contains("có thể là báo cáo của xã Bắc Hưng"), "{}", word.message);
    assert_eq!(only(&batch, "DA06-T02").severity, Severity::Rejected);
    assert_eq!(only(&batch, "DA06-T08").severity, Severity::Information);
    assert_eq!(fate(&batch, "2024-03/~$x.xlsx"), Fate::Ignored);
    assert_eq!(fate(&batch, "2024-02/y.xlsx"), Fate::OtherPeriod);
    assert!(batch.findings.iter().all(|finding| finding.code != "DA06-T06"));
}

#[test]
fn notices_and_notes_are_said_once() {
    let mut file = commune(UNIT).note("B08", "=HYPERLINK(\"x\")").file(PATH);
    let sheet = Some("Nháp".to_owned());
    file.reading.notices.push(Notice { sheet, cell: None, kind: NoticeKind::HiddenSheet });
    let batch = run_files(&[file]);
    assert_eq!(codes(&batch), ["DA06-S19", "DA06-T10"]);
    assert_eq!(batch.returns[0].explanations[0].1, "=HYPERLINK(\"x\")");
}

#[test]
fn order_of_files_changes_nothing() {
    let first = commune(UNIT).file("2024-03/a.xlsx");
    let second = commune(UNIT).number("A01", 7.0).file("2024-03/b.xlsx");
    let other = commune("bac-hung").number("B08", 6000.0).file("2024-03/c.xlsx");
    let forward = run_files(&[first.clone(), second.clone(), other.clone()]);
    let backward = run_files(&[other, second, first]);
    assert_eq!(forward.findings, backward.findings);
    assert_eq!(forward.fates, backward.fates);
    assert_eq!(forward.returns, backward.returns);
}

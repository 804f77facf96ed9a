//! Who gets an answer, about which file, and in which words.

use std::collections::BTreeMap;

use super::{Answer, CopiedCell, Tone, extracted, feedback};
use crate::{
    compose::{FindingsInput, samples::Month},
    place::{CellRef, Place},
    quantity::Quantity,
    template::{Severity, Usage},
    validate::{Fate, FileFate, Finding, Proposal, ProposedCell},
};

const FILE: &str = "2024-03/tien-minh.xlsx";
const LATER: &str = "2024-03/xa/tien-minh lan 2.xlsx";

fn cell(row: u32, column: u32) -> CellRef {
    CellRef { row, column }
}

fn finding(code: &str, severity: Severity, places: &[(&str, CellRef)]) -> Finding {
    let place = |(file, cell): &(&str, CellRef)| Place::of_cell(*file, "Biểu 01", *cell);
    Finding {
        code: code.to_owned(),
        severity,
        usage: Usage::Doubtful,
        unit: Some("tien-minh".to_owned()),
        indicator: Some("B08".to_owned()),
        places: places.iter().map(place).collect(),
        found: format!("tệp {LATER}"),
        expected: String::new(),
        message: format!("Nội dung {code}."),
        hint: "Đề nghị kiểm tra.".to_owned(),
        cause: None,
        explanation: None,
    }
}

fn fate(file: &str, fate: Fate, submission: u32) -> FileFate {
    FileFate {
        file: file.to_owned(),
        sha256: "ab".to_owned(),
        fate,
        unit: Some("tien-minh".to_owned()),
        period: Some(Month::period()),
        submission: Some(submission),
        received: "2024-03-18T08:30:00".parse().ok(),
        intake_number: Some("612".to_owned()),
        likely_unit: None,
    }
}

fn month(findings: Vec<Finding>) -> Month {
    let mut month = Month::of(&[("tien-minh", &[("B08", 3_100)], &[("B08", 3_000)])]);
    month.batch.fates = vec![fate(FILE, Fate::Counted, 1)];
    month.batch.findings = findings;
    month
}

fn with<T>(month: &Month, run: impl FnOnce(&FindingsInput<'_>) -> T) -> T {
    let earlier = BTreeMap::new();
    run(&FindingsInput {
        templates: &month.templates,
        period: Month::period(),
        batch: &month.batch,
        history: &month.history,
        earlier: &earlier,
    })
}

fn answers(month: &Month) -> Vec<Answer> {
    with(month, feedback)
}

#[test]
fn what_only_informs_or_is_explained_or_inside_is_no_reason_to_write() {
    let explained = Finding {
        explanation: Some("chuyển đi".to_owned()),
        ..finding("K-1", Severity::Warning, &[(FILE, cell(1, 1))])
    };
    let findings = vec![
        finding("I-1", Severity::Information, &[(FILE, cell(1, 1))]),
        explained,
        finding("N-1", Severity::Error, &[]),
        finding("K-4", Severity::Error, &[("2024-03/dieu-chinh.csv", cell(1, 1))]),
        finding("X-1", Severity::Error, &[("2024-03/cua-don-vi-khac.xlsx", cell(1, 1))]),
    ];
    assert_eq!(answers(&month(findings)), []);
}

#[test]
fn causes_come_before_what_follows_and_cells_keep_all_reasons() {
    let cause = finding("B-6", Severity::Error, &[(FILE, cell(5, 2)), (FILE, cell(6, 2))]);
    let follower = Finding {
        cause: Some(cause.reference()),
        ..finding("K-3", Severity::Warning, &[(FILE, cell(5, 2))])
    };
    let answers = answers(&month(vec![cause, follower]));
    let [answer] = answers.as_slice() else { panic!("{answers:?}") };
    assert_eq!(answer.file.as_deref(), Some(FILE));
    let rows: Vec<&str> = answer.sheet.rows.iter().map(|row| row.message.as_str()).collect();
    assert_eq!(rows, ["Nội dung B-6. (ô liên quan: C7)", "Do nội dung ở trên: Nội dung K-3."]);
    assert_eq!(answer.sheet.rows[0].place, "C6");
    assert_eq!(answer.sheet.rows[0].cell, Some(("Biểu 01".to_owned(), cell(5, 2))));
    assert_eq!((answer.marks[0].tone, answer.marks[1].tone), (Tone::Wrong, Tone::Related));
    let follower = &answer.sheet.rows[1];
    assert_eq!((follower.tone, follower.severity), (Tone::Related, "Liên quan"));
    assert!(follower.hint.starts_with("Sửa nội dung ở trên"), "{}", follower.hint);
    let note = "Nội dung B-6. Đề nghị kiểm tra.\n\nNội dung K-3.";
    assert_eq!(answer.marks[0].note, note);
    assert_eq!(answer.marks[1].note, "Liên quan đến ô C6: Nội dung B-6.");
    assert!(answer.sheet.message[0].contains("có 01 nội dung phải sửa."));
    let request = "Đề nghị đơn vị sửa các ô tô màu đỏ, ghi Lần gửi là 2 và gửi lại. Hạn gửi: 16:00 ngày 18/3/2024; quá hạn, số liệu sửa nhận trước 16:00 ngày 19/3/2024 còn kịp tổng hợp.";
    assert_eq!(answer.sheet.message[1], request);
    let received = "tệp “tien-minh.xlsx”, lần gửi 1, số đến 612, lúc 08:30 ngày 18/3/2024: đã tính \
                    vào báo cáo chung";
    assert_eq!(answer.sheet.received[0].1, received);
}

#[test]
fn findings_of_a_kind_stand_together_and_cells_of_several_sheets_name_theirs() {
    let first = finding("S-16", Severity::Warning, &[(FILE, cell(5, 6))]);
    let mut alike = finding("S-16", Severity::Warning, &[(FILE, cell(6, 6))]);
    alike.cause = Some(first.reference());
    alike.places[0].sheet = Some("Thôn, TDP".to_owned());
    alike.expected = "14".to_owned();
    let answer = answers(&month(vec![first, alike])).remove(0);
    let row = &answer.sheet.rows[1];
    assert_eq!(row.message, "Tương tự nội dung ở trên: Nội dung S-16.");
    assert_eq!((row.tone, row.severity), (Tone::Doubtful, "Đề nghị kiểm tra"));
    assert_eq!((row.place.as_str(), row.expected.as_str()), ("Thôn, TDP › G7", "14"));
}

#[test]
fn a_form_with_a_hidden_sheet_can_be_corrected_and_one_without_it_cannot() {
    let lost = Finding {
        found: String::new(),
        ..finding("DA06-T44", Severity::Error, &[(FILE, cell(0, 0))])
    };
    let hidden = Finding { found: "trang tính ẩn".to_owned(), ..lost.clone() };
    for (finding, is_spoilt) in [(lost, true), (hidden, false)] {
        assert_eq!(answers(&month(vec![finding])).remove(0).is_spoilt, is_spoilt);
    }
}

#[test]
fn every_empty_cell_is_marked_as_one_to_fill_in() {
    let places: Vec<(&str, CellRef)> = (5..25).map(|row| (FILE, cell(row, 5))).collect();
    let answer = answers(&month(vec![finding("DA06-S09", Severity::Error, &places)])).remove(0);
    assert_eq!(answer.marks.len(), 20);
    assert!(answer.marks.iter().all(|mark| mark.tone == Tone::Wrong));
    assert_eq!(answer.marks[19].note, "Chưa ghi số liệu. Đề nghị kiểm tra.");
    assert!(answer.sheet.rows[0].message.ends_with("(và 19 ô khác tô màu đỏ)"));
}

#[test]
fn the_only_cell_that_would_do_is_marked_as_wrong() {
    let places = [(FILE, cell(5, 2)), (FILE, cell(6, 2))];
    let mut month = month(vec![finding("B-8", Severity::Error, &places)]);
    let indicator = month.templates.indicators.find("B08").unwrap();
    let (from, to) = (Some(Quantity::whole(5)), None);
    let place = Place::of_cell(FILE, "Biểu 01", cell(6, 2));
    let stands = Quantity::whole(50);
    let code = "B08".to_owned();
    let proposed = ProposedCell { indicator, code, place, column: None, stands, from, to };
    let unit = month.templates.roster.find("tien-minh").unwrap();
    let (is_swap, look_at, alternatives) = (false, Vec::new(), vec![vec![proposed]]);
    let only = Proposal { unit, errors: 2, warnings: 0, alternatives, is_swap, more: 0, look_at };
    month.batch.proposals = vec![only];
    let answer = answers(&month).remove(0);
    let mark = answer.marks.iter().find(|mark| mark.cell == cell(6, 2)).unwrap();
    assert_eq!(mark.tone, Tone::Wrong);
    assert!(mark.note.contains("Gợi ý: nếu sửa ô C7 (B08, đang ghi 50)"), "{}", mark.note);
}

#[test]
fn a_cell_of_a_detail_table_that_a_proposal_names_is_marked() {
    let mut month = month(vec![finding("B-6", Severity::Error, &[(FILE, cell(5, 2))])]);
    let proposed = |file: &str, code: &str, column: Option<&str>| ProposedCell {
        indicator: month.templates.indicators.find(code).unwrap(),
        code: code.to_owned(),
        place: Place::of_cell(file, "Thôn, TDP", cell(6, 3)),
        column: column.map(str::to_owned),
        stands: Quantity::whole(50),
        from: Some(Quantity::whole(5)),
        to: Some(Quantity::whole(5)),
    };
    let head = Some("Số thành viên Tổ công tác");
    let cells =
        [proposed(FILE, "A18", head), proposed(FILE, "A18", None), proposed(LATER, "A18", head)];
    let alternatives = cells.into_iter().map(|cell| vec![cell]).collect();
    let unit = month.templates.roster.find("tien-minh").unwrap();
    let (look_at, is_swap) = (Vec::new(), false);
    let found = Proposal { unit, errors: 1, warnings: 0, alternatives, is_swap, more: 0, look_at };
    month.batch.proposals =
        vec![Proposal { alternatives: found.alternatives[..1].to_vec(), ..found.clone() }];
    let answer = answers(&month).remove(0);
    let mark = answer.marks.iter().find(|mark| mark.sheet == "Thôn, TDP").unwrap();
    assert_eq!((mark.cell, mark.tone), (cell(6, 3), Tone::Related));
    let note = "Gợi ý: nếu sửa ô D7 (trang “Thôn, TDP”, cột “Số thành viên Tổ công tác”, đang ghi 50) thành \
                5 thì điểm này hết.";
    assert_eq!(mark.note, note);
    // Cells of the form are marked by their findings, cells of other files are not in this one.
    month.batch.proposals =
        vec![Proposal { alternatives: found.alternatives[1..].to_vec(), ..found }];
    assert_eq!(answers(&month).remove(0).marks.len(), 1);
}

#[test]
fn a_later_submission_that_was_refused_is_sent_back_and_an_earlier_one_is_not() {
    let wrong = |file| finding("H-1", Severity::Rejected, &[(file, cell(0, 0))]);
    let mut month = month(vec![wrong(LATER)]);
    month.batch.fates.push(fate(LATER, Fate::Rejected, 2));
    let answer = answers(&month).remove(0);
    assert_eq!(answer.file.as_deref(), Some(LATER));
    assert!(answer.sheet.message[0].contains("tạm lấy số liệu của tệp “tien-minh.xlsx”."));
    assert!(answer.sheet.message[1].contains("ghi Lần gửi là 3"));
    assert_eq!(answer.sheet.rows[0].found, "tệp tien-minh lan 2.xlsx", "folders are ours");
    month.batch.fates = vec![fate(FILE, Fate::Counted, 3), fate(LATER, Fate::Rejected, 2)];
    assert_eq!(answers(&month), []);
}

#[test]
fn advice_to_the_secretary_is_said_in_the_words_of_the_unit() {
    let mut held = finding("DA06-H09", Severity::Error, &[(FILE, cell(0, 0))]);
    held.hint = "Đề nghị ghi vào cột ky của so-den.csv.".to_owned();
    let other = Finding { code: "T-9".to_owned(), ..held.clone() };
    let answer = answers(&month(vec![held, other])).remove(0);
    for row in &answer.sheet.rows {
        assert!(!row.hint.contains("so-den.csv"), "{}", row.hint);
    }
    assert!(answer.sheet.rows[0].hint.contains("sửa dòng Kỳ báo cáo"));
}

#[test]
fn of_a_file_of_several_units_only_own_rows_are_copied() {
    let mut month =
        month(vec![finding("B-6", Severity::Error, &[(FILE, cell(9, 4)), (FILE, cell(30, 4))])]);
    month.batch.returns[0].sheets = vec!["Biểu 01".to_owned()];
    month.batch.returns[0].observations[0].cell = Some(cell(9, 4));
    let answer = answers(&month).remove(0);
    let (sheet, answer) = with(&month, |input| extracted(input, &answer)).unwrap();
    let figure = CopiedCell::Figure(Quantity::whole(3_100));
    assert!(sheet.cells.contains(&(cell(1, 2), figure)));
    assert!(sheet.cells.contains(&(cell(1, 3), CopiedCell::Words("Biểu 01 › E10".to_owned()))));
    assert_eq!(answer.marks.len(), 1, "the other cell is not the unit's");
    assert_eq!(
        (answer.marks[0].sheet.as_str(), answer.marks[0].cell),
        (sheet.name.as_str(), cell(1, 2))
    );
    assert_eq!(answer.sheet.rows[0].cell, Some((sheet.name, cell(1, 2))));
}

//! Messages of small months: what is said first, how many points fit, who is never called late.

use std::collections::BTreeMap;

use super::{Asked, Thanks, UnitMessage, message_file, messages, table};
use crate::{
    compose::{FindingsInput, document::shown, samples::Month},
    place::{CellRef, Place},
    template::{Duty, Severity, Usage},
    validate::{Fate, FileFate, Finding, Standing},
};

fn month() -> Month {
    let mut month = Month::of(&[
        ("tien-minh", &[("B08", 3_100)], &[("B08", 3_000)]),
        ("tu-cuong", &[("B08", 2_000)], &[("B08", 2_000)]),
        ("bac-hung", &[], &[("B08", 1_000)]),
    ]);
    for discipline in &mut month.batch.discipline {
        discipline.signed_paper = Some("12/BC-UBND".to_owned());
    }
    month
}

fn finding(code: &str, severity: Severity, row: u32) -> Finding {
    let cell = CellRef { row, column: 5 };
    Finding {
        code: code.to_owned(),
        severity,
        usage: Usage::Doubtful,
        unit: Some("tien-minh".to_owned()),
        indicator: Some("B08".to_owned()),
        places: vec![Place::of_cell("2024-03/tien-minh.xlsx", "Biểu 01", cell)],
        found: "3.100".to_owned(),
        expected: "không quá 3.000, trừ khi có người tạm trú chuyển đến trong kỳ".to_owned(),
        message: "Số tài khoản đã kích hoạt (3.100) lớn hơn số tài khoản hiện có (3.000)."
            .to_owned(),
        hint: "Đề nghị kiểm tra lại hai số và gửi lại biểu.".to_owned(),
        cause: None,
        explanation: None,
    }
}

fn input<'a>(
    month: &'a Month,
    earlier: &'a BTreeMap<crate::period::Period, BTreeMap<crate::template::UnitIx, Standing>>,
) -> FindingsInput<'a> {
    FindingsInput {
        templates: &month.templates,
        period: Month::period(),
        batch: &month.batch,
        history: &month.history,
        earlier,
    }
}

fn told(month: &Month, asked: Asked) -> Vec<UnitMessage> {
    messages(&input(month, &BTreeMap::new()), asked)
}

fn on(day: &str) -> Asked {
    Asked { day: Some(day.parse().unwrap()), thanks: Thanks::AsSet }
}

fn about(messages: &[UnitMessage]) -> Vec<String> {
    messages.iter().map(UnitMessage::about).collect()
}

#[test]
fn one_point_is_said_with_its_reason_and_what_to_do() {
    let mut month = month();
    month.batch.findings = vec![finding("B-06", Severity::Error, 53)];
    let messages = told(&month, Asked::default());
    assert_eq!(about(&messages), ["chưa gửi", "phải sửa"], "the worst first");
    let expected = "Kính gửi UBND xã Tiên Minh!\n\
        Báo cáo Đề án 06 tháng 3 năm 2024 của đơn vị (tệp “tien-minh.xlsx”, trang “Biểu 01”) còn 01 \
        điểm phải sửa:\n\
        - Ô F54 (B08): số tài khoản đã kích hoạt (3.100) lớn hơn số tài khoản hiện có (3.000). Đề nghị \
        kiểm tra lại hai số và gửi lại biểu.\n\
        Đề nghị sửa, ghi lần gửi 2 và gửi lại tệp; hạn: 16:00 thứ Hai, ngày 18/3/2024.\n\
        Trân trọng cảm ơn! Văn thư Tổ công tác Đề án 06 huyện";
    assert_eq!(messages[1].text(), expected);
}

#[test]
fn many_points_fit_on_a_telephone() {
    let mut month = month();
    month.batch.findings = (53..65).map(|row| finding("B-06", Severity::Error, row)).collect();
    month.batch.findings.push(finding("K-02", Severity::Warning, 66));
    let message = told(&month, Asked::default()).pop().unwrap();
    let text = message.text();
    assert_eq!(message.about(), "phải sửa, cần giải trình");
    assert!(text.chars().count() <= 600, "{}: {text}", text.chars().count());
    assert!(text.contains("còn 12 điểm phải sửa, 01 điểm cần xem lại:"), "{text}");
    assert!(text.contains("- Ô F54 (B08): đang ghi 3.100, cần không quá 3.000"), "{text}");
    let points = message.lines.iter().filter(|line| line.starts_with("- ")).count();
    assert!((1..=5).contains(&points), "{text}");
    let more = format!("và {:02} điểm khác trong tệp phản hồi.", 13 - points);
    assert!(text.contains(&more), "{text}");
    let earlier = BTreeMap::new();
    let rows = table(&input(&month, &earlier)).rows;
    let cell = shown(&rows[1].cells[4].runs);
    assert!(cell.contains("xem lại: (1) Ô F54 (B08)") && !cell.contains('\n'), "{cell}");
}

#[test]
fn cells_of_a_kind_are_counted_and_long_words_are_cut() {
    let mut month = month();
    let mut first = finding("DA06-S16", Severity::Warning, 18);
    first.message = "Lũy kế của B08 ghi 9, cộng các kỳ được 8.".to_owned();
    let alike = |row| Finding {
        cause: Some(first.reference()),
        ..finding("DA06-S16", Severity::Warning, row)
    };
    month.batch.findings = vec![first.clone(), alike(19), alike(20)];
    let text = told(&month, Asked::default()).pop().unwrap().text();
    assert!(text.contains("- Ô F19 và 02 ô tương tự: lũy kế của B08"), "{text}");
    let words = "Công an xã đang tổng hợp, sẽ báo cáo sau khi có số liệu chính thức".to_owned();
    let long = Finding { found: words, ..finding("DA06-S01", Severity::Error, 30) };
    month.batch.findings = (30..33)
        .map(|row| Finding {
            places: finding("", Severity::Error, row).places,
            message: "Chữ dài. ".repeat(40),
            ..long.clone()
        })
        .collect();
    let text = told(&month, Asked::default()).pop().unwrap().text();
    assert!(
        text.contains(
            "- Ô F31 (B08): đang ghi “Công an xã đang tổng hợp, sẽ báo cáo sau khi có …”"
        ),
        "{text}"
    );
}

#[test]
fn findings_of_the_office_and_explained_ones_are_not_for_the_unit() {
    let mut month = month();
    let explained = Finding {
        explanation: Some("Do rà soát".to_owned()),
        ..finding("K-02", Severity::Warning, 9)
    };
    let follower =
        Finding { cause: Some("B-06".to_owned()), ..finding("B-07", Severity::Error, 9) };
    month.batch.findings = vec![finding("DA06-K02", Severity::Error, 1), explained, follower];
    assert_eq!(about(&told(&month, Asked::default())), ["chưa gửi"]);
}

#[test]
fn a_unit_that_only_cooperates_is_reminded_and_never_called_late() {
    let mut month = month();
    month.batch.discipline[2].standing = Standing::NotRequired;
    assert_eq!(about(&told(&month, Asked::default())), [""; 0]);
    let reminded = told(&month, on("2024-03-16"));
    assert_eq!(about(&reminded), ["sắp đến hạn"]);
    assert!(reminded[0].text().contains("phối hợp gửi"), "{}", reminded[0].text());
    assert_eq!(about(&told(&month, on("2024-03-19"))), [""; 0]);
    month.batch.discipline[2].standing = Standing::NotReturned;
    assert_eq!(about(&told(&month, on("2024-03-14"))), [""; 0], "too early");
    assert_eq!(about(&told(&month, on("2024-03-19"))), ["quá hạn chưa gửi"]);
    assert_eq!(month.templates.roster.units[0].duty, Duty::Required);
}

#[test]
fn papers_are_missed_only_where_papers_are_kept() {
    let mut month = month();
    month.batch.discipline[0].signed_paper = None;
    month.batch.discipline[0].standing = Standing::Late { days: 2 };
    month.batch.discipline[0].received = Some("2024-03-20T14:30:00".parse().unwrap());
    let messages = told(&month, Asked::default());
    assert_eq!(about(&messages), ["chưa gửi", "chưa có bản ký, gửi muộn"]);
    let late =
        "nhận lúc 14:30 thứ Tư, ngày 20/3/2024, sau hạn 02 ngày. Từ kỳ sau đề nghị gửi đúng hạn";
    assert!(messages[1].text().contains(late), "{}", messages[1].text());
    for discipline in &mut month.batch.discipline {
        discipline.signed_paper = None;
    }
    assert_eq!(about(&told(&month, Asked::default())), ["chưa gửi", "gửi muộn"]);
}

#[test]
fn what_was_refused_is_said_to_whom_the_file_names() {
    let mut month = month();
    let file = |name: &str, likely_unit: Option<&str>| FileFate {
        file: format!("2024-03/{name}"),
        sha256: String::new(),
        fate: Fate::Rejected,
        unit: None,
        likely_unit: likely_unit.map(str::to_owned),
        period: None,
        submission: None,
        received: None,
        intake_number: None,
    };
    let refused = |name: &str, message: &str| Finding {
        unit: None,
        indicator: None,
        places: vec![Place::of_file(format!("2024-03/{name}"))],
        message: message.to_owned(),
        hint: "Đề nghị đơn vị gửi lại tệp bảng tính (.xlsx).".to_owned(),
        ..finding("DA06-T02", Severity::Rejected, 0)
    };
    month.batch.fates = vec![file("bac hung.xlsx", Some("bac-hung")), file("scan.xlsx", None)];
    month.batch.findings = vec![
        refused("bac hung.xlsx", "Tệp bị hỏng. Theo tên tệp, có thể là báo cáo của xã Bắc Hưng."),
        refused("scan.xlsx", "Tệp rỗng."),
    ];
    let messages = told(&month, Asked::default());
    assert_eq!(about(&messages), ["phải gửi lại"]);
    let text = messages[0].text();
    assert!(text.contains("nhưng không dùng được: tệp bị hỏng. Đề nghị đơn vị gửi lại"), "{text}");
    assert!(!text.contains("Theo tên tệp"), "{text}");
    let file = message_file(&input(&month, &BTreeMap::new()));
    assert!(file.contains("- Tệp “scan.xlsx”: Tệp rỗng. Đề nghị đơn vị gửi lại"), "{file}");
    assert!(!file.contains("- Tệp “bac hung.xlsx”"), "{file}");
}

//! The workbook of findings: the verdict, the order of units, folded findings, links to cells.

use std::collections::BTreeMap;

use super::{FindingsInput, findings, verdict};
use crate::{
    compose::{
        document::{Block, Document, Table, shown},
        samples::Month,
    },
    place::{CellRef, Place},
    template::{Severity, Usage},
    validate::{Finding, Standing},
};

fn finding(code: &str, severity: Severity, unit: Option<&str>) -> Finding {
    Finding {
        code: code.to_owned(),
        severity,
        usage: Usage::Doubtful,
        unit: unit.map(str::to_owned),
        indicator: Some("B08".to_owned()),
        places: vec![Place::of_cell("2024-03/a b.xlsx", "Biểu 01", CellRef { row: 11, column: 2 })],
        found: "=1+1".to_owned(),
        expected: String::new(),
        message: format!("Nội dung {code}."),
        hint: "Đề nghị kiểm tra.".to_owned(),
        cause: None,
        explanation: None,
    }
}

fn month() -> Month {
    let mut month = Month::of(&[
        ("tien-minh", &[("B08", 3_100)], &[("B08", 3_000)]),
        ("tu-cuong", &[("B08", 2_000)], &[("B08", 2_000)]),
        ("bac-hung", &[], &[("B08", 1_000)]),
    ]);
    let follower = Finding {
        cause: Some("T-1 › Biểu 01 › C12".to_owned()),
        ..finding("T-2", Severity::Error, Some("tien-minh"))
    };
    month.batch.findings = vec![
        finding("T-0", Severity::Rejected, None),
        finding("T-3", Severity::Warning, Some("tu-cuong")),
        follower,
        finding("T-1", Severity::Error, Some("tien-minh")),
    ];
    month
}

fn document(month: &Month) -> Document {
    let earlier = [("2024-02".parse().unwrap(), BTreeMap::new())].into();
    findings(&FindingsInput {
        templates: &month.templates,
        period: Month::period(),
        batch: &month.batch,
        history: &month.history,
        earlier: &earlier,
    })
}

fn table<'a>(document: &'a Document, sheet: &str) -> &'a Table {
    let section = document.sections.iter().find(|section| section.name == sheet).unwrap();
    let mut tables = section.blocks.iter().filter_map(|block| match block {
        Block::Table(table) => Some(table),
        _ => None,
    });
    tables.next().unwrap()
}

#[test]
fn the_verdict_counts_units_not_findings() {
    let month = month();
    let earlier = BTreeMap::new();
    let words = verdict(&FindingsInput {
        templates: &month.templates,
        period: Month::period(),
        batch: &month.batch,
        history: &month.history,
        earlier: &earlier,
    });
    let expected = "02/03 đơn vị có báo cáo được tính; 01 đơn vị chưa gửi; 01 đơn vị phải sửa số \
                    liệu; 01 đơn vị cần giải trình; báo cáo lập được, số còn thiếu và số không \
                    dùng được chưa tính vào số tổng hợp.";
    assert_eq!(words.replace('\u{a0}', " "), expected);
}

#[test]
fn the_worst_unit_comes_first_and_followers_are_folded() {
    let document = document(&month());
    let rows = &table(&document, "Kết quả kiểm tra").rows;
    let lines: Vec<String> = rows
        .iter()
        .map(|row| {
            let message = row.cells.get(2).unwrap_or(&row.cells[0]);
            shown(&message.runs)
        })
        .collect();
    let expected = [
        "Tệp chưa xác định được đơn vị và thông báo chung",
        "Nội dung T-0.",
        "xã Tiên Minh",
        "Nội dung T-1.",
        "↳ do lỗi ở trên: Nội dung T-2. (T-1 › Biểu 01 › C12)",
        "xã Tự Cường",
        "Nội dung T-3.",
    ];
    assert_eq!(lines, expected);
    assert_eq!(shown(&rows[1].cells[4].runs), "a b.xlsx › Biểu 01");
    assert_eq!(shown(&rows[1].cells[5].runs), "C12", "short: LibreOffice does not break links");
    let link = rows[1].cells[5].runs[0].link.as_deref();
    assert_eq!(link, Some("../../input/2024-03/a b.xlsx#'Biểu 01'!C12"));
}

#[test]
fn figures_to_explain_show_both_months() {
    let document = document(&month());
    let rows = &table(&document, "Giải trình số liệu").rows;
    let cells: Vec<String> = rows[0].cells.iter().map(|cell| shown(&cell.runs)).collect();
    assert_eq!(rows.len(), 1, "only warnings and what was explained");
    assert_eq!(
        cells[1..6],
        ["xã Tự Cường", "Tài khoản đã kích hoạt (mức 1 và mức 2)", "2.000", "2.000", "0"]
    );
    assert_eq!(cells[9], "giữ");
}

#[test]
fn cooperating_units_are_never_called_late() {
    let mut month = month();
    month.batch.discipline[0].standing = Standing::Late { days: 2 };
    month.batch.discipline[1].standing = Standing::NotRequired;
    let document = document(&month);
    let rows = &table(&document, "Chấp hành chế độ báo cáo").rows;
    let column = |column: usize| -> Vec<String> {
        rows.iter().map(|row| shown(&row.cells[column].runs)).collect()
    };
    assert_eq!(column(5), ["chậm 02 ngày", "không bắt buộc", "chưa gửi"]);
    assert_eq!(column(8), ["0/1", "", "0/1"]);
}

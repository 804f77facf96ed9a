//! Findings by unit, the unit with the worst first; message before code, each place a link, and
//! findings that follow from another folded under it.

use super::{
    FindingsInput, MOST_OF_NOBODY,
    grid::{self, Head},
    in_file, link_to, more,
};
use crate::{
    compose::{
        document::{Align, Row, Run, Table},
        runs::unit_text,
    },
    place::Place,
    template::Severity,
    validate::Finding,
};

/// Heads of the sheet.
const HEADS: [Head; 10] = [
    ("STT", Align::Centre, 0),
    ("Mức độ", Align::Centre, 0),
    ("Nội dung", Align::Left, 4),
    ("Đề nghị xử lý", Align::Left, 3),
    ("Tệp › trang tính", Align::Left, 2),
    ("Ô", Align::Centre, 0),
    ("Số liệu đang ghi", Align::Left, 1),
    ("Số liệu mong đợi", Align::Left, 1),
    ("Giải trình của đơn vị", Align::Left, 2),
    ("Mã", Align::Centre, 0),
];

/// Positions in [`HEADS`].
const MESSAGE: usize = 2;
const FILE: usize = 4;
const LINK: usize = 5;

/// Returns the table of findings.
pub(super) fn table(input: &FindingsInput<'_>) -> Table {
    let mut rows: Vec<Row> = Vec::new();
    let mut number = 0;
    let by_unit = input.findings_by_unit();
    let mut units: Vec<_> = by_unit.iter().collect();
    units.sort_by_key(|(unit, findings)| {
        let worst = findings.iter().map(|finding| finding.severity).min();
        (unit.is_some(), worst, **unit)
    });
    for (unit, findings) in units {
        let name = unit.map_or_else(
            || Run::text("Tệp chưa xác định được đơn vị và thông báo chung"),
            |unit| input.unit_name(unit),
        );
        rows.push(grid::group(vec![name], HEADS.len()));
        let all = folded(findings);
        let listed = if unit.is_none() { all.len().min(MOST_OF_NOBODY) } else { all.len() };
        for finding in all.iter().take(listed) {
            number += 1;
            rows.push(row(number, finding));
            rows.extend(finding.places.iter().skip(1).map(further));
        }
        if listed < all.len() {
            rows.push(more(all.len() - listed, "nội dung", HEADS.len()));
        }
    }
    if rows.is_empty() {
        rows.push(grid::group(vec![Run::text("Không có nội dung phải xử lý.")], HEADS.len()));
    }
    grid::table(&HEADS, rows)
}

/// Returns the findings of a unit, each followed by those that it causes: the first of those whose
/// code is named as the cause.
fn folded<'a>(findings: &[&'a Finding]) -> Vec<&'a Finding> {
    let mut causes: Vec<(&str, usize)> = Vec::new();
    for (position, finding) in findings.iter().enumerate() {
        let is_known = causes.iter().any(|(code, _)| *code == finding.code);
        if finding.cause.is_none() && !is_known {
            causes.push((&finding.code, position));
        }
    }
    let cause_of = |finding: &Finding| {
        let words = finding.cause.as_deref()?;
        causes.iter().find(|(code, _)| words.contains(code)).map(|(_, position)| *position)
    };
    let mut order: Vec<(usize, &Finding)> = findings
        .iter()
        .enumerate()
        .map(|(position, finding)| (cause_of(finding).unwrap_or(position), *finding))
        .collect();
    // A cause stands before what follows from it, wherever that was found.
    order.sort_by_key(|(position, finding)| (*position, finding.cause.is_some()));
    order.into_iter().map(|(_, finding)| finding).collect()
}

fn row(number: usize, finding: &Finding) -> Row {
    let mut message = Vec::new();
    if let Some(cause) = &finding.cause {
        message.push(Run { italic: true, ..Run::text("↳ do lỗi ở trên: ") });
        message.extend(grid::words(&finding.message));
        message.push(Run::text(" "));
        message.push(Run { italic: true, ..unit_text(&format!("({cause})")) });
    } else {
        message.extend(grid::words(&finding.message));
    }
    grid::row(vec![
        grid::ordinal(number),
        vec![Run::text(weight(finding))],
        message,
        grid::words(&finding.hint),
        finding.places.first().map(|one| vec![in_file(one)]).unwrap_or_default(),
        finding.places.first().map(|one| vec![link_to(one)]).unwrap_or_default(),
        grid::words(&finding.found),
        grid::words(&finding.expected),
        finding.explanation.as_deref().map(grid::words).unwrap_or_default(),
        grid::words(&finding.code),
    ])
}

/// Returns the row of a further place, a link of its own: a cell of a workbook holds one link.
fn further(one: &Place) -> Row {
    let mut cells = vec![Vec::new(); HEADS.len()];
    cells[FILE] = vec![in_file(one)];
    cells[LINK] = vec![link_to(one)];
    cells[MESSAGE] = vec![Run { italic: true, ..Run::text("ô liên quan") }];
    grid::row(cells)
}

/// Returns how bad a finding is, as a secretary says it.
fn weight(finding: &Finding) -> &'static str {
    match finding.severity {
        Severity::Information if finding.is_proposal() => "Gợi ý",
        Severity::Rejected => "Từ chối",
        Severity::Error => "Lỗi",
        Severity::Warning => "Cảnh báo",
        Severity::Information => "Thông tin",
    }
}

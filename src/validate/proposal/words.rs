//! A proposal in the words of the office.

use super::{CellRow, Proposal, ProposedCell};
use crate::{
    text::{format_count, format_quantity},
    validate::{Finding, codes},
};

/// What is said of every proposal.
pub(super) const HINT: &str = "Đây là gợi ý để tìm ô ghi nhầm, không thay cho số liệu; đề nghị đối chiếu với sổ \
                    theo dõi rồi ghi số đúng.";

/// Returns the sentence for the unit.
pub(super) fn message(proposal: &Proposal) -> String {
    sentence(proposal, &gone(proposal))
}

/// Returns the sentence where the findings that follow from others are not counted.
pub(super) fn advice(proposal: &Proposal) -> String {
    let gone = if proposal.errors + proposal.warnings > 1 {
        "các điểm liên quan đều hết"
    } else {
        "điểm này hết"
    };
    sentence(proposal, gone)
}

fn sentence(proposal: &Proposal, gone: &str) -> String {
    if let ([set], true) = (proposal.alternatives.as_slice(), proposal.is_swap) {
        let cells: Vec<String> = set
            .iter()
            .map(|cell| format!("{}, đang ghi {}", named(cell), format_quantity(cell.stands)))
            .collect();
        let cells = cells.join(" và ");
        return format!("Có thể hai số ghi đổi chỗ cho nhau ({cells}): nếu đổi lại thì {gone}.");
    }
    let sets: Vec<String> = proposal.alternatives.iter().map(|set| set_words(set)).collect();
    let more = match proposal.more {
        0 => String::new(),
        more => format!(" (còn {} cách khác)", format_count(more)),
    };
    match sets.as_slice() {
        [] => {
            let cells: Vec<String> = proposal.look_at.iter().map(named).collect();
            format!(
                "Các lỗi này liên quan nhiều ô với nhau, sửa một hoặc hai ô không đủ; đề nghị kiểm tra \
                 lại cùng lúc các ô {}.",
                cells.join(", ")
            )
        }
        [only] => format!("Nếu sửa {only} thì {gone}."),
        several => format!(
            "Có thể chỉ một chỗ ghi nhầm: nếu sửa {}{more} thì {gone}.",
            several.join(", hoặc ")
        ),
    }
}

/// Returns the proposal as a finding.
pub(super) fn finding(proposal: &Proposal) -> Finding {
    let cells: Vec<&ProposedCell> = proposal.cells().collect();
    let mut finding = codes::PROPOSAL.finding(message(proposal)).hint(HINT);
    if let Some(first) = cells.first() {
        finding = finding.about(&first.code).found(format_quantity(first.stands));
    }
    if let [only] = proposal.alternatives.as_slice() {
        let expected: Vec<String> = only.iter().map(numbers).collect();
        finding = finding.expected(expected.join("; "));
    }
    for cell in cells {
        finding = finding.at(cell.place.clone());
    }
    finding
}

/// Returns a cell as one flat value.
pub(super) fn cell_row(cell: &ProposedCell) -> CellRow {
    CellRow {
        indicator: cell.code.clone(),
        file: cell.place.file.clone(),
        sheet: cell.place.sheet.clone(),
        cell: cell.place.cell.map(|cell| cell.to_string()),
        column: cell.column.clone(),
        found: format_quantity(cell.stands),
        from: cell.from.map(format_quantity),
        to: cell.to.map(format_quantity),
    }
}

fn set_words(set: &[ProposedCell]) -> String {
    let cells: Vec<String> = set.iter().map(becomes).collect();
    match cells.as_slice() {
        [only] => only.clone(),
        several => format!("đồng thời {}", several.join(" và ")),
    }
}

/// Returns `F62 (B08)`, `D7 (trang “Thôn, TDP”)`, `của cột “Số lượt hộ” (trang “Thôn, TDP”)`.
fn named(cell: &ProposedCell) -> String {
    match (cell.place.cell, &cell.column) {
        (Some(place), None) => format!("{place} ({})", cell.code),
        (Some(place), Some(_)) => format!("{place} ({})", sheet(cell)),
        (None, Some(head)) => format!("của cột “{head}” ({})", sheet(cell)),
        (None, None) => cell.code.clone(),
    }
}

fn sheet(cell: &ProposedCell) -> String {
    format!("trang “{}”", cell.place.sheet.as_deref().map(str::trim).unwrap_or_default())
}

/// Returns `ô F62 (B08, đang ghi 75) thành số từ 5.375 trở lên`.
fn becomes(cell: &ProposedCell) -> String {
    let stands = format_quantity(cell.stands);
    match (cell.place.cell, &cell.column) {
        (Some(place), Some(head)) => {
            let (sheet, numbers) = (sheet(cell), numbers(cell));
            return format!("ô {place} ({sheet}, cột “{head}”, đang ghi {stands}) thành {numbers}");
        }
        (None, Some(head)) => {
            let (sheet, numbers) = (sheet(cell), numbers(cell));
            return format!(
                "cột “{head}” ({sheet}, đang cộng được {stands}) cho cộng được {numbers}"
            );
        }
        (_, None) => {}
    }
    let place = cell.place.cell.map_or_else(String::new, |place| format!("ô {place} "));
    format!("{place}({}, đang ghi {}) thành {}", cell.code, stands, numbers(cell))
}

/// Returns the numbers that would do.
fn numbers(cell: &ProposedCell) -> String {
    match (cell.from, cell.to) {
        (Some(from), Some(to)) if from == to => format_quantity(from),
        (Some(from), Some(to)) if from.is_zero() => {
            format!("số không quá {}", format_quantity(to))
        }
        (Some(from), Some(to)) => {
            format!("số từ {} đến {}", format_quantity(from), format_quantity(to))
        }
        (Some(from), None) => format!("số từ {} trở lên", format_quantity(from)),
        (None, _) => "số đúng".to_owned(),
    }
}

/// Returns what would be gone: `cả 03 lỗi đều hết`.
fn gone(proposal: &Proposal) -> String {
    if (proposal.errors, proposal.warnings) == (0, 1) {
        return "cảnh báo này hết".to_owned();
    }
    let warnings = match proposal.warnings {
        0 => String::new(),
        warnings => format!(" và {} cảnh báo", format_count(warnings)),
    };
    let all = if proposal.errors + proposal.warnings > 1 { "cả " } else { "" };
    let each = if proposal.errors + proposal.warnings > 1 { "đều " } else { "" };
    format!("{all}{} lỗi{warnings} {each}hết", format_count(proposal.errors))
}

//! Rows that state totals and shares of the figures beside them.

use std::collections::BTreeMap;

use super::{Lazy, figures::Figures, numbers::Share, parts, shares, totals};
use crate::{
    ingest::{CellContent, StatedKind, StatedRow},
    place::CellRef,
    validate::{
        Finding, codes,
        header::shown,
        readings::ReadingContext,
        stored_number::{comma, percent_text},
    },
};

/// What a stated number is beside the figures.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// It is what they come to, or says nothing.
    Fits,
    /// It is not, by the words that go on "ghi 12, …".
    Differs(String),
    /// Nobody knows of which figures it is.
    OfOthers,
}

/// Fewest shares of a column that must be right for the others to be wrong.
const FEWEST_SHARES: usize = 2;

/// Returns a finding for every row and for every share of a column that is not what the figures come to.
pub(super) fn findings(context: &ReadingContext<'_>, figures: &Lazy<'_>) -> Vec<Finding> {
    if context.raw.stated_rows.is_empty() || figures.list.len() < 2 {
        return Vec::new();
    }
    let rows = context.raw.stated_rows.iter().filter(|row| row.of.is_none());
    let of_row = |row: &StatedRow| {
        row.values.iter().find_map(|value| finding(context, (row, value), figures))
    };
    let mut findings: Vec<Finding> = rows.filter_map(of_row).collect();
    findings.extend(wrong_shares(context, figures));
    findings.extend(parts::findings(context, figures));
    findings
}

/// The shares of a column.
#[derive(Default)]
struct Shares<'a> {
    /// How many are of their figure.
    right: usize,
    /// The others.
    wrong: Vec<(&'a StatedRow, CellRef, &'a CellContent)>,
}

/// Returns a finding for every share of a column that is none of its figure, where most of the column are.
fn wrong_shares(context: &ReadingContext<'_>, figures: &Figures<'_>) -> Vec<Finding> {
    let mut columns: BTreeMap<(u16, u32), Shares<'_>> = BTreeMap::new();
    for row in &context.raw.stated_rows {
        let of = row.of.as_ref().filter(|_| row.kind == StatedKind::Share);
        let figure = of.and_then(|code| figures.of_code(code));
        let (Some(figure), Some((cell, value))) = (figure, row.values.first()) else { continue };
        let column = columns.entry((row.sheet, cell.column)).or_default();
        if shares::is_share_of(figure, &Share::read(value), figures) {
            column.right += 1;
        } else {
            column.wrong.push((row, *cell, value));
        }
    }
    let columns = columns.into_values();
    let meant = columns
        .filter(|column| column.right >= FEWEST_SHARES && column.right >= 2 * column.wrong.len());
    let wrong = meant.flat_map(|column| column.wrong);
    wrong
        .map(|(row, cell, value)| {
            let code = row.of.as_deref().unwrap_or_default();
            let found = stated(value);
            let message = format!("Chỉ tiêu {code}: cột “{}” ghi {found}; không bằng tỷ lệ nào tính từ số của chỉ tiêu này.", row.words);
            let finding = codes::TOTAL_DIFFERS.finding(message).about(code).found(found);
            finding.at(context.place(row.sheet, Some(cell))).hint(HINT)
        })
        .collect()
}

/// What to do about a sum or a share.
pub(super) const HINT: &str =
    "Đề nghị kiểm tra số của các chỉ tiêu đó; tổng và tỷ lệ trong báo cáo do chương trình tự tính.";

fn finding(
    context: &ReadingContext<'_>,
    (row, (cell, value)): (&StatedRow, &(CellRef, CellContent)),
    figures: &Figures<'_>,
) -> Option<Finding> {
    let place_of_row = (row, *cell, value);
    let verdict = match row.kind {
        StatedKind::Total => totals::total(place_of_row, figures),
        StatedKind::Share => shares::share(place_of_row, figures),
        StatedKind::Rest => totals::rest(place_of_row, figures),
        StatedKind::Change => totals::change(place_of_row, figures),
        // Parts are taken together.
        StatedKind::Part => return None,
    };
    let found = stated(value);
    let said = format!("Dòng “{}” ghi {found}", row.words);
    // Far from the figures rows are of anything.
    let is_near =
        figures.list.iter().any(|one| one.sheet == row.sheet && one.cell.column == cell.column);
    let finding = match verdict {
        Verdict::Fits => return None,
        Verdict::OfOthers if !is_near => return None,
        Verdict::Differs(how) => {
            let code = if row.kind == StatedKind::Change { &codes::STATED_CHANGE } else { &codes::TOTAL_DIFFERS };
            code.finding(format!("{said}; {how}.")).hint(HINT)
        }
        Verdict::OfOthers => codes::STRANGE_WORDS
            .finding(format!("{said}: không thuộc biểu mẫu, không đối chiếu được với các chỉ tiêu; số liệu của các chỉ tiêu vẫn được tính."))
            .hint("Đề nghị xem dòng đó có nói số liệu là của kỳ khác, của nơi khác không."),
    };
    Some(finding.at(context.place(row.sheet, Some(*cell))).found(found))
}

/// Returns what a cell states as it is shown.
fn stated(value: &CellContent) -> String {
    match value {
        CellContent::Percent(number) => percent_text(*number),
        CellContent::Number(number) => comma(*number),
        _ => shown(value),
    }
}

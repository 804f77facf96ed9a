//! Figures that need or have an explanation: what was said last month, what is said now, what the
//! unit explains, and what became of the figure.

use super::{
    FindingsInput,
    grid::{self, Head},
};
use crate::{
    compose::document::{Align, Row, Run, Table},
    quantity::Quantity,
    template::{IndicatorIx, Measure, Severity, UnitIx, Usage},
    validate::{AppliedCorrection, Finding, State},
};

/// Heads of the sheet.
const HEADS: [Head; 10] = [
    ("STT", Align::Centre, 0),
    ("Đơn vị", Align::Left, 2),
    ("Chỉ tiêu", Align::Left, 2),
    ("Kỳ trước", Align::Right, 0),
    ("Kỳ báo cáo", Align::Right, 0),
    ("Chênh lệch", Align::Right, 0),
    ("Nội dung cần giải trình", Align::Left, 3),
    ("Giải trình của đơn vị", Align::Left, 2),
    ("Người, thời điểm xác nhận", Align::Left, 1),
    ("Xử lý (giữ / điều chỉnh / chưa tính)", Align::Centre, 0),
];

/// Returns the table.
pub(super) fn table(input: &FindingsInput<'_>) -> Table {
    let wanted = |finding: &&Finding| {
        finding.cause.is_none()
            && (finding.severity == Severity::Warning || finding.explanation.is_some())
    };
    let units = input.units_by_key();
    let about = |finding: &'_ Finding| {
        let unit = units.get(finding.unit.as_deref()?).copied()?;
        let indicator = input.templates.indicators.find(finding.indicator.as_deref()?)?;
        Some((unit, indicator))
    };
    let findings = input.batch.findings.iter().filter(wanted);
    let findings = findings.filter_map(|finding| Some((finding, about(finding)?)));
    let rows =
        (1..).zip(findings).map(|(number, (finding, about))| line(input, number, finding, about));
    grid::table(&HEADS, rows.collect())
}

fn line(
    input: &FindingsInput<'_>,
    number: usize,
    finding: &Finding,
    (unit, indicator): (UnitIx, IndicatorIx),
) -> Row {
    let decimals = input.templates.indicators.get(indicator).decimals;
    let quantity = |scaled: i64| Quantity { scaled, decimals };
    let (before, now) = (before(input, unit, indicator), now(input, unit, indicator));
    let change = before.zip(now).and_then(|(before, now)| now.checked_sub(before));
    let cell = |scaled: Option<i64>| {
        scaled.map_or_else(|| vec![Run::text("…")], |scaled| grid::number(quantity(scaled)))
    };
    let corrections = &input.batch.corrections;
    let correction = corrections.iter().find(|one| one.unit == unit && one.indicator == indicator);
    let confirmed = correction.map_or_else(String::new, confirmation);
    let outcome = match (correction, finding.usage) {
        (Some(_), _) => "điều chỉnh",
        (None, Usage::Dropped) => "chưa tính",
        (None, Usage::Used | Usage::Doubtful) => "giữ",
    };
    let name = input.templates.indicators.get(indicator).name_on(input.dates().last);
    grid::row(vec![
        grid::ordinal(number),
        vec![input.unit_name(unit)],
        grid::words(name),
        cell(before),
        cell(now),
        cell(change),
        grid::words(&finding.message),
        finding.explanation.as_deref().map(grid::words).unwrap_or_default(),
        grid::words(&confirmed),
        vec![Run::text(outcome)],
    ])
}

/// Returns who confirmed a correction and when.
pub(super) fn confirmation(correction: &AppliedCorrection) -> String {
    let parts = [correction.confirmed_by.trim(), correction.when.trim()];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
}

fn before(input: &FindingsInput<'_>, unit: UnitIx, indicator: IndicatorIx) -> Option<i64> {
    let month = input.history.get(&input.period.previous())?;
    let key = (unit, indicator);
    let found = month.values.binary_search_by_key(&key, |one| (one.unit, one.indicator)).ok()?;
    month.values.get(found).map(|one| one.scaled)
}

fn now(input: &FindingsInput<'_>, unit: UnitIx, indicator: IndicatorIx) -> Option<i64> {
    let returns = &input.batch.returns;
    let counted = returns.binary_search_by_key(&unit, |one| one.unit).ok()?;
    let mut observations = returns.get(counted)?.observations.iter();
    let value =
        observations.find(|one| one.indicator == indicator && one.measure == Measure::Value)?;
    match value.state {
        State::Value(scaled) => Some(scaled),
        State::Missing | State::NotAvailable | State::NotApplicable | State::Unusable => None,
    }
}

//! The figures that a return lacks, as one finding: empty cells, and rows that are not in the form.

use super::{Finding, Observation, Return, State, codes};
use crate::{
    place::Place,
    template::{Measure, Templates, Unit},
    text,
};

/// So many missing figures are named in full; more are named by their codes.
const NAMED_IN_FULL: usize = 3;

/// Returns one finding for all required figures that are not there.
pub(super) fn missing_figures(
    templates: &Templates,
    unit: &Unit,
    counted: &Return,
) -> Option<Finding> {
    let missing: Vec<&Observation> = counted
        .observations
        .iter()
        .filter(|observation| observation.measure == Measure::Value)
        .filter(|observation| observation.state == State::Missing)
        .filter(|observation| templates.indicators.get(observation.indicator).is_required_of(unit))
        .collect();
    let first = missing.first()?;
    let indicators = &templates.indicators;
    let name = |observation: &&Observation| {
        let indicator = indicators.get(observation.indicator);
        match missing.len() {
            ..=NAMED_IN_FULL => format!("{} ({})", indicator.code, indicator.short_name),
            _ => indicator.code.clone(),
        }
    };
    let names: Vec<String> = missing.iter().map(name).collect();
    let without_row: Vec<&str> = missing
        .iter()
        .filter(|observation| observation.cell.is_none())
        .map(|observation| indicators.get(observation.indicator).code.as_str())
        .collect();
    let count = text::format_count(missing.len());
    let mut message = format!("Còn {count} chỉ tiêu để trống: {}.", names.join(", "));
    let mut hint = "Đề nghị bổ sung; nếu không phát sinh thì ghi số 0.";
    if !without_row.is_empty() {
        let which = match without_row.len() {
            1 if missing.len() == 1 => "chỉ tiêu này".to_owned(),
            all if all == missing.len() => "các chỉ tiêu này".to_owned(),
            _ => without_row.join(", "),
        };
        message = format!("{message} Trong biểu không tìm thấy dòng, cột số liệu của {which}.");
        hint = "Đề nghị ghi vào biểu mẫu có đủ các dòng, cột; nếu không phát sinh thì ghi số 0.";
    }
    let mut finding = codes::FIGURES_MISSING
        .finding(message)
        .expected("số liệu, kể cả số 0")
        .hint(hint)
        .about(&indicators.get(first.indicator).code);
    for observation in &missing {
        if let Some(cell) = observation.cell {
            let origin = counted.origin(observation);
            let sheet = origin.sheet.map(str::to_owned);
            finding.places.push(Place { file: origin.file.to_owned(), sheet, cell: Some(cell) });
        }
    }
    if finding.places.is_empty() {
        finding.places.push(Place::of_file(counted.file.as_str()));
    }
    Some(finding)
}

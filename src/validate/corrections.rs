//! `<period>/dieu-chinh.csv`: corrections agreed by telephone, and which submission counts. A
//! correction is applied only when the return says what the row says it does.

use std::collections::BTreeMap;

use super::{
    AppliedCorrection, Finding, Observation, Reading, State, codes, decimal::Decimal,
    side_csv::SideTable, unit::UnitIndex,
};
use crate::{
    period::Period,
    place::Place,
    quantity::Quantity,
    template::{IndicatorIx, Measure, Templates, UnitIx, Usage},
    text,
};

/// The corrections and choices of a period.
#[derive(Debug, Default)]
pub(super) struct Corrections {
    figures: BTreeMap<UnitIx, Vec<FigureCorrection>>,
    chosen_files: BTreeMap<UnitIx, ChosenFile>,
}

/// Which file of a unit counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ChosenFile {
    /// Path or bare name as written.
    pub(super) file: String,
    /// Who confirmed it.
    pub(super) confirmed_by: String,
    /// Row of the file.
    pub(super) place: Place,
}

#[derive(Debug, Clone)]
struct FigureCorrection {
    indicator: IndicatorIx,
    old: String,
    new: i64,
    written: String,
    confirmed_by: String,
    when: String,
    why: String,
    place: Place,
}

/// What became of the corrections of a return.
#[derive(Debug, Default)]
pub(super) struct Outcome {
    /// Those that were applied.
    pub(super) applied: Vec<AppliedCorrection>,
    /// One for each, applied or not.
    pub(super) findings: Vec<Finding>,
}

impl Corrections {
    /// Reads the corrections of a period; what cannot be used is a finding.
    pub(super) fn read(
        templates: &Templates,
        units: &UnitIndex,
        period: Period,
        bytes: Option<&[u8]>,
    ) -> (Self, Vec<Finding>) {
        let Some(bytes) = bytes else { return (Self::default(), Vec::new()) };
        let file = format!("{period}/dieu-chinh.csv");
        let columns = ["don_vi", "chi_tieu", "cu", "moi"];
        let (table, mut findings) = SideTable::read(&file, bytes, &columns);
        let mut corrections = Self::default();
        for row in table.rows() {
            let named = row.get("don_vi");
            let Some(unit) = find_unit(templates, units, named) else {
                let message = format!("Không có đơn vị “{named}” trong danh mục.");
                findings.push(row.unusable(message, named).expected("khóa, mã hoặc tên đơn vị"));
                continue;
            };
            let (code, new) = (row.get("chi_tieu").to_uppercase(), row.get("moi"));
            if matches!(code.as_str(), "" | "TEP" | "TỆP") {
                let (file, confirmed_by) = (new.to_owned(), row.get("nguoi_xac_nhan").to_owned());
                let chosen = ChosenFile { file, confirmed_by, place: row.place() };
                corrections.chosen_files.insert(unit, chosen);
                continue;
            }
            let Some(indicator) = templates.indicators.find(&code) else {
                let message = format!("Không có chỉ tiêu “{code}”.");
                findings.push(row.unusable(message, &code).expected("mã chỉ tiêu, như B08"));
                continue;
            };
            let decimals = templates.indicators.get(indicator).decimals;
            let Some(number) = Decimal::parse(new).and_then(|new| new.scaled(decimals)) else {
                let message = format!("Số mới “{new}” không phải là một con số.");
                findings.push(row.unusable(message, new).expected("một số"));
                continue;
            };
            corrections.figures.entry(unit).or_default().push(FigureCorrection {
                indicator,
                old: row.get("cu").to_owned(),
                new: number,
                written: new.to_owned(),
                confirmed_by: row.get("nguoi_xac_nhan").to_owned(),
                when: row.get("luc").to_owned(),
                why: row.get("ly_do").to_owned(),
                place: row.place(),
            });
        }
        (corrections, findings)
    }

    /// Returns which file of a unit counts, when the secretary has said so.
    pub(super) fn chosen_file(&self, unit: UnitIx) -> Option<&ChosenFile> {
        self.chosen_files.get(&unit)
    }

    /// Applies the corrections of a unit to the observations of one of its returns.
    pub(super) fn apply(
        &self,
        templates: &Templates,
        unit: UnitIx,
        observations: &mut [Observation],
    ) -> Outcome {
        let mut outcome = Outcome::default();
        for correction in self.figures.get(&unit).into_iter().flatten() {
            let observation = observations.iter_mut().find(|observation| {
                observation.indicator == correction.indicator
                    && observation.measure == Measure::Value
            });
            let decimals = templates.indicators.get(correction.indicator).decimals;
            match observation {
                Some(observation) if says(observation, &correction.old, decimals) => {
                    outcome.findings.push(applied_finding(templates, correction));
                    outcome.applied.push(correction.applied_to(unit, observation));
                    observation.state = State::Value(correction.new);
                    observation.usage = Usage::Used;
                    observation.raw = Some(correction.written.as_str().into());
                    observation.reading = Reading::Correction;
                }
                observation => {
                    let observation = observation.map(|observation| &*observation);
                    outcome.findings.push(not_applied(templates, correction, observation));
                }
            }
        }
        outcome
    }

    /// Returns findings for the corrections of units without a return that counts.
    pub(super) fn without_return(
        &self,
        templates: &Templates,
        has_return: impl Fn(UnitIx) -> bool,
    ) -> Vec<Finding> {
        let orphans = self.figures.iter().filter(|(unit, _)| !has_return(**unit));
        orphans
            .flat_map(|(unit, corrections)| corrections.iter().map(move |one| (*unit, one)))
            .map(|(unit, one)| {
                not_applied(templates, one, None).of_unit(&templates.roster.get(unit).key)
            })
            .collect()
    }
}

impl FigureCorrection {
    fn applied_to(&self, unit: UnitIx, observation: &Observation) -> AppliedCorrection {
        let old = match observation.state {
            State::Value(old) => Some(old),
            _ => None,
        };
        AppliedCorrection {
            unit,
            indicator: self.indicator,
            old,
            new: self.new,
            confirmed_by: self.confirmed_by.clone(),
            when: self.when.clone(),
            why: self.why.clone(),
            place: self.place.clone(),
        }
    }
}

/// Finds a unit as the secretary names it: by key, code or name.
pub(super) fn find_unit(templates: &Templates, units: &UnitIndex, named: &str) -> Option<UnitIx> {
    let by_key = templates.roster.find(named);
    by_key.or_else(|| units.find_code(named)).or_else(|| units.find_name(named).unit())
}

/// Returns whether the return says what the correction says it does: the figure read, the words
/// that stand in the cell, or nothing.
fn says(observation: &Observation, old: &str, decimals: u8) -> bool {
    let raw = observation.raw.as_deref().unwrap_or_default();
    if !old.is_empty() && text::fold(raw) == text::fold(old) {
        return true;
    }
    let written = Decimal::parse(old);
    match observation.state {
        State::Value(value) => written.and_then(|old| old.scaled(decimals)) == Some(value),
        State::Missing => old.is_empty(),
        State::Unusable | State::NotAvailable | State::NotApplicable => {
            raw.replace('.', ",") == old.replace('.', ",")
        }
    }
}

fn applied_finding(templates: &Templates, correction: &FigureCorrection) -> Finding {
    let indicator = templates.indicators.get(correction.indicator);
    let new = Quantity { scaled: correction.new, decimals: indicator.decimals };
    let new = text::format_quantity(new);
    let by = if correction.confirmed_by.is_empty() { "" } else { ", người xác nhận: " };
    let message = format!(
        "Chỉ tiêu {} ({}) được điều chỉnh từ “{}” thành {new}{by}{}.",
        indicator.code, indicator.short_name, correction.old, correction.confirmed_by
    );
    codes::CORRECTION_APPLIED
        .finding(message)
        .at(correction.place.clone())
        .found(correction.old.as_str())
        .expected(new)
        .hint("Đề nghị đơn vị sửa vào biểu lưu của mình.")
        .about(&indicator.code)
}

fn not_applied(
    templates: &Templates,
    correction: &FigureCorrection,
    observation: Option<&Observation>,
) -> Finding {
    let indicator = templates.indicators.get(correction.indicator);
    let found = match observation {
        None => "không có chỉ tiêu này".to_owned(),
        Some(Observation { state: State::Value(value), .. }) => {
            text::format_quantity(Quantity { scaled: *value, decimals: indicator.decimals })
        }
        Some(Observation { raw: Some(raw), .. }) => format!("“{raw}”"),
        Some(_) => "để trống".to_owned(),
    };
    let message = match observation {
        None => format!(
            "Chưa áp dụng điều chỉnh chỉ tiêu {} ({}): đơn vị không có báo cáo được tính hoặc không báo cáo chỉ tiêu này.",
            indicator.code, indicator.short_name
        ),
        Some(_) => format!(
            "Chưa áp dụng điều chỉnh chỉ tiêu {} ({}): dòng điều chỉnh ghi số cũ “{}” nhưng báo cáo ghi {found}.",
            indicator.code, indicator.short_name, correction.old
        ),
    };
    codes::CORRECTION_NOT_APPLIED
        .finding(message)
        .at(correction.place.clone())
        .found(found)
        .expected(correction.old.as_str())
        .hint("Đề nghị kiểm tra lại dòng điều chỉnh với báo cáo đang được tính của đơn vị.")
        .about(&indicator.code)
}

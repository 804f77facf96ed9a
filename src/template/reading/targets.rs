//! Reads `chi-tieu-giao.csv`.

use std::collections::{BTreeMap, BTreeSet};

use super::{Source, table, unknown};
use crate::template::{AssignedBy, Indicators, Roster, Target, Targets, TemplateError, UnitIx};

const COLUMNS: &[&str] = &[
    "don_vi",
    "chi_tieu",
    "gia_tri",
    "quyet_dinh",
    "ngay",
    "hieu_luc_tu",
    "hieu_luc_den",
    "cap_giao",
];
const ASSIGNERS: &[(&str, AssignedBy)] =
    &[("cap_tren", AssignedBy::Above), ("co_quan", AssignedBy::Body)];

/// Returns the rows of the file, not yet understood.
pub(in crate::template) fn rows(source: &Source) -> Result<Vec<table::Row<'_>>, TemplateError> {
    table::rows(source, COLUMNS, &[])
}

/// Returns the assigned targets, checked against roster and indicators.
pub(in crate::template) fn targets(
    rows: &[table::Row<'_>],
    roster: &Roster,
    indicators: &Indicators,
) -> Result<Targets, TemplateError> {
    let units: BTreeMap<&str, UnitIx> = (0..)
        .map(UnitIx)
        .zip(&roster.units)
        .map(|(index, unit)| (unit.key.as_str(), index))
        .collect();
    let mut seen = BTreeSet::new();
    let mut list = Vec::new();
    for row in rows {
        let target = target(row, &units, indicators)?;
        if !seen.insert((target.unit, target.indicator, target.date, target.valid_from)) {
            let message = "đơn vị đã có chỉ tiêu này với cùng ngày quyết định ở dòng trên";
            return Err(row.mistake("don_vi", message.to_owned()));
        }
        list.push(target);
    }
    Ok(Targets::new(list))
}

fn target(
    row: &table::Row<'_>,
    units: &BTreeMap<&str, UnitIx>,
    indicators: &Indicators,
) -> Result<Target, TemplateError> {
    let unit =
        match row.get("don_vi") {
            "" => None,
            key => Some(units.get(key).copied().ok_or_else(|| {
                row.mistake("don_vi", unknown("đơn vị", key, units.keys().copied()))
            })?),
        };
    let code = row.get_filled("chi_tieu")?;
    let assigned = indicators.find(code).filter(|index| indicators.get(*index).target_of.is_some());
    let indicator = assigned.ok_or_else(|| {
        let codes = indicators.list.iter().filter(|indicator| indicator.target_of.is_some());
        let codes = codes.map(|indicator| indicator.code.as_str());
        row.mistake("chi_tieu", unknown("chỉ tiêu giao", code, codes))
    })?;
    let (valid_from, valid_to) =
        (row.filled_date("hieu_luc_tu")?, row.filled_date("hieu_luc_den")?);
    if valid_from > valid_to {
        return Err(row.mistake("hieu_luc_den", "ngày hết hiệu lực trước ngày có hiệu lực".into()));
    }
    let text = row.get_filled("gia_tri")?;
    let scaled = parse_scaled(text, indicators.get(indicator).decimals).ok_or_else(|| {
        let message = format!("`{text}` không phải là số chỉ tiêu; viết liền chữ số, như 5190");
        row.mistake("gia_tri", message)
    })?;
    Ok(Target {
        unit,
        indicator,
        scaled,
        decision: row.get_filled("quyet_dinh")?.to_owned(),
        date: row.filled_date("ngay")?,
        valid_from,
        valid_to,
        assigned_by: row.choice("cap_giao", ASSIGNERS)?,
    })
}

/// Returns a number written without thousands signs, scaled by its decimals.
fn parse_scaled(text: &str, decimals: u8) -> Option<i64> {
    let (whole, fraction) = text.split_once(',').unwrap_or((text, ""));
    let width = usize::from(decimals);
    let digits = format!("{whole}{fraction:0<width$}");
    let is_number = !whole.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    (is_number && fraction.len() <= width).then(|| digits.parse().ok()).flatten()
}

//! Reads `don-vi.csv` and `bien-dong.csv`.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::{Source, is_key, table, unknown};
use crate::{
    template::{Body, Duty, Lineage, LineageKind, Roster, TemplateError, Unit},
    text::fold,
};

const COLUMNS: &[&str] = &[
    "khoa", "ma", "ten", "ten_ngan", "nhom", "khoi", "cap_tren", "thu_tu", "ten_khac", "nghia_vu",
    "tu_ngay", "den_ngay", "lien_he",
];
const OPTIONAL: &[&str] = &["khoi", "cap_tren", "ten_khac", "tu_ngay", "den_ngay", "lien_he"];
const DUTIES: &[(&str, Duty)] =
    &[("bat_buoc", Duty::Required), ("phoi_hop", Duty::Cooperating), ("khong", Duty::Structural)];
const LINEAGE_COLUMNS: &[&str] = &["tu", "den", "ngay", "loai"];
const LINEAGE_KINDS: &[(&str, LineageKind)] = &[
    ("sap_nhap", LineageKind::Merge),
    ("chia_tach", LineageKind::Split),
    ("doi_ten", LineageKind::Rename),
];

/// Returns the roster, checked against the groups and blocks of the body.
pub(in crate::template) fn roster(
    source: &Source,
    lineage: Option<&Source>,
    body: &Body,
) -> Result<Roster, TemplateError> {
    let rows = table::rows(source, COLUMNS, OPTIONAL)?;
    let mut units = Vec::with_capacity(rows.len());
    for row in &rows {
        units.push(unit(row, body)?);
    }
    if !units.iter().any(|unit| unit.duty != Duty::Structural) {
        let message = "chưa có đơn vị nào phải báo cáo; mỗi đơn vị ghi một dòng".to_owned();
        return Err(source.mistake(&(0..0), "danh sách", message));
    }
    check_keys(&rows, &units)?;
    let depths = check_parents(&rows, &units)?;
    check_codes(&rows, &units, &depths)?;
    check_names(&rows, &units)?;
    units.sort_by_cached_key(|unit| sort_key(unit, body));
    let mut roster = Roster { units, lineage: Vec::new() };
    if let Some(source) = lineage {
        roster.lineage = read_lineage(source, &roster)?;
    }
    Ok(roster)
}

fn unit(row: &table::Row<'_>, body: &Body) -> Result<Unit, TemplateError> {
    let duty = row.choice("nghia_vu", DUTIES)?;
    let group = row.get("nhom").to_owned();
    let group_is_known = body.groups.iter().any(|known| known.key == group);
    if !(group_is_known || group.is_empty() && duty == Duty::Structural) {
        let groups = body.groups.iter().map(|known| known.key.as_str());
        return Err(row.mistake("nhom", unknown("nhóm", &group, groups)));
    }
    let block = row.get_some("khoi");
    if let Some(block) = block.as_ref().filter(|key| body.blocks.iter().all(|(k, _)| k != *key)) {
        let blocks = body.blocks.iter().map(|(key, _)| key.as_str());
        return Err(row.mistake("khoi", unknown("khối", block, blocks)));
    }
    let (valid_from, valid_to) = (row.date("tu_ngay")?, row.date("den_ngay")?);
    if valid_from.zip(valid_to).is_some_and(|(from, to)| from > to) {
        return Err(row.mistake("den_ngay", "ngày hết hiệu lực trước ngày có hiệu lực".to_owned()));
    }
    let order = row.get_filled("thu_tu")?;
    let order = order.parse().ok().ok_or_else(|| {
        row.mistake("thu_tu", format!("`{order}` không phải là số thứ tự (1, 2, 3, …)"))
    })?;
    let aliases = row.get("ten_khac").split('|').map(str::trim).filter(|name| !name.is_empty());
    Ok(Unit {
        key: row.get_filled("khoa")?.to_owned(),
        code: row.get("ma").to_owned(),
        name: row.get_filled("ten")?.to_owned(),
        short_name: row.get_filled("ten_ngan")?.to_owned(),
        group,
        block,
        parent: row.get_some("cap_tren"),
        order,
        aliases: aliases.map(str::to_owned).collect(),
        duty,
        valid_from,
        valid_to,
        contact: row.get("lien_he").to_owned(),
    })
}

fn check_keys(rows: &[table::Row<'_>], units: &[Unit]) -> Result<(), TemplateError> {
    let mut keys = BTreeSet::new();
    for (row, unit) in rows.iter().zip(units) {
        if !is_key(&unit.key) {
            let message = format!(
                "khóa `{}` chỉ được gồm chữ thường không dấu, chữ số, dấu - và _",
                unit.key
            );
            return Err(row.mistake("khoa", message));
        }
        if is_device(&unit.key) {
            let message = format!(
                "khóa `{}` là tên riêng của Windows nên không đặt tên tệp được; dùng khóa khác",
                unit.key
            );
            return Err(row.mistake("khoa", message));
        }
        if !keys.insert(unit.key.as_str()) {
            return Err(row.mistake("khoa", format!("khóa `{}` đã có ở dòng trên", unit.key)));
        }
    }
    Ok(())
}

/// Returns whether Windows takes a file of this name for a device, whatever its extension: keys are
/// the names of files that go to the units.
fn is_device(key: &str) -> bool {
    let port = key.strip_prefix("com").or_else(|| key.strip_prefix("lpt"));
    matches!(key, "con" | "prn" | "aux" | "nul")
        || port.is_some_and(|number| matches!(number.as_bytes(), [b'0'..=b'9']))
}

/// Checks that parents exist and do not run in a circle; returns how deep each unit stands.
fn check_parents(rows: &[table::Row<'_>], units: &[Unit]) -> Result<Vec<usize>, TemplateError> {
    let parents: BTreeMap<&str, Option<&str>> =
        units.iter().map(|unit| (unit.key.as_str(), unit.parent.as_deref())).collect();
    let mut depths = Vec::with_capacity(units.len());
    for (row, unit) in rows.iter().zip(units) {
        let (mut depth, mut above) = (0, unit.parent.as_deref());
        while let Some(parent) = above {
            let Some(next) = parents.get(parent) else {
                let message = unknown("đơn vị", parent, parents.keys().copied());
                return Err(row.mistake("cap_tren", message));
            };
            depth += 1;
            if depth > units.len() {
                let message = format!("đơn vị cấp trên `{parent}` tạo thành vòng tròn");
                return Err(row.mistake("cap_tren", message));
            }
            above = *next;
        }
        depths.push(depth);
    }
    Ok(depths)
}

/// Checks that no code is used twice at a time and that none lost its leading zeros in Excel.
fn check_codes(
    rows: &[table::Row<'_>],
    units: &[Unit],
    depths: &[usize],
) -> Result<(), TemplateError> {
    let is_number = |code: &str| !code.is_empty() && code.bytes().all(|byte| byte.is_ascii_digit());
    let mut longest: BTreeMap<(&str, usize), usize> = BTreeMap::new();
    for (unit, depth) in units.iter().zip(depths).filter(|(unit, _)| is_number(&unit.code)) {
        let length = longest.entry((&unit.group, *depth)).or_default();
        *length = unit.code.len().max(*length);
    }
    let mut holders: BTreeMap<&str, Vec<&Unit>> = BTreeMap::new();
    for ((row, unit), depth) in rows.iter().zip(units).zip(depths) {
        if unit.code.is_empty() {
            continue;
        }
        let expected = longest.get(&(unit.group.as_str(), *depth)).copied().unwrap_or(0);
        if is_number(&unit.code) && unit.code.len() < expected {
            let message = format!(
                "mã `{}` có {} chữ số trong khi các mã khác có {expected}; có thể Excel đã làm mất \
                 số 0 ở đầu, đề nghị định dạng cột là Văn bản (Text) và ghi lại mã",
                unit.code,
                unit.code.len()
            );
            return Err(row.mistake("ma", message));
        }
        let others = holders.entry(&unit.code).or_default();
        if let Some(other) = others.iter().find(|other| exist_together(other, unit)) {
            let message = format!("mã `{}` đã dùng cho {}", unit.code, other.name);
            return Err(row.mistake("ma", message));
        }
        others.push(unit);
    }
    Ok(())
}

/// Checks that no name stands for two units below the same unit at a time (communes of several
/// districts share names).
fn check_names(rows: &[table::Row<'_>], units: &[Unit]) -> Result<(), TemplateError> {
    let mut holders: BTreeMap<(String, Option<&str>), Vec<&Unit>> = BTreeMap::new();
    for (row, unit) in rows.iter().zip(units) {
        let own = [("ten", &unit.name), ("ten_ngan", &unit.short_name)];
        for (column, name) in own.into_iter().chain(unit.aliases.iter().map(|a| ("ten_khac", a))) {
            let others = holders.entry((fold(name), unit.parent.as_deref())).or_default();
            let other =
                others.iter().find(|other| other.key != unit.key && exist_together(other, unit));
            if let Some(other) = other {
                let message = format!("tên `{name}` cũng là tên của đơn vị `{}`", other.key);
                return Err(row.mistake(column, message));
            }
            others.push(unit);
        }
    }
    Ok(())
}

fn exist_together(one: &Unit, other: &Unit) -> bool {
    let first = |unit: &Unit| unit.valid_from.unwrap_or(NaiveDate::MIN);
    let last = |unit: &Unit| unit.valid_to.unwrap_or(NaiveDate::MAX);
    first(one) <= last(other) && first(other) <= last(one)
}

/// Group, block, order and key: the order of every table.
fn sort_key(unit: &Unit, body: &Body) -> (usize, usize, u32, String) {
    let group = body.groups.iter().position(|group| group.key == unit.group);
    let block = body.blocks.iter().position(|(key, _)| Some(key) == unit.block.as_ref());
    let last = |position: Option<usize>| position.unwrap_or(usize::MAX);
    (last(group), last(block), unit.order, unit.key.clone())
}

fn read_lineage(source: &Source, roster: &Roster) -> Result<Vec<Lineage>, TemplateError> {
    let mut changes = Vec::new();
    for row in table::rows(source, LINEAGE_COLUMNS, &[])? {
        let to = row.get_filled("den")?.to_owned();
        if roster.find(&to).is_none() {
            let keys = roster.units.iter().map(|unit| unit.key.as_str());
            return Err(row.mistake("den", unknown("đơn vị", &to, keys)));
        }
        changes.push(Lineage {
            from: row.get_filled("tu")?.to_owned(),
            to,
            date: row.filled_date("ngay")?,
            kind: row.choice("loai", LINEAGE_KINDS)?,
        });
    }
    changes.sort_by_key(|change| change.date);
    Ok(changes)
}

//! Which unit a return is of: code, then exact name, other name, canonical name, name without
//! marks. Never a fuzzy guess; what is near goes into the message as a suggestion.

use std::collections::HashMap;

use chrono::NaiveDate;

use super::unit_names::{NameKey, NameRules, Plain};
use crate::{
    template::{Lineage, Templates, UnitIx},
    text,
};

/// The units that report in a period, by everything that a return may call them.
#[derive(Debug)]
pub(super) struct UnitIndex {
    by_code: HashMap<String, UnitIx>,
    by_name: HashMap<String, Found>,
    canonical: NameTable,
    plain: NameTable,
    /// Names of units that are no more → what became of them.
    replaced: HashMap<String, (String, UnitIx, NaiveDate)>,
    /// Short names without marks, for suggestions.
    suggestions: Vec<(String, UnitIx)>,
}

#[derive(Debug)]
struct NameTable {
    rules: NameRules,
    by_full: HashMap<String, Found>,
    by_bare: HashMap<String, Found>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Found {
    One(UnitIx),
    Several,
}

/// What a name is in the roster.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum NameMatch {
    /// The unit's name, as it stands in the roster.
    Exact(UnitIx),
    /// The unit's name, written otherwise.
    Other(UnitIx),
    /// A name of several units.
    Ambiguous,
    /// A unit that was merged, split or renamed: its name, what became of it and when.
    Replaced(String, UnitIx, NaiveDate),
    /// No unit of this period.
    Unknown,
}

impl NameMatch {
    /// Returns the unit, where there is exactly one.
    pub(super) fn unit(&self) -> Option<UnitIx> {
        match self {
            Self::Exact(unit) | Self::Other(unit) => Some(*unit),
            Self::Ambiguous | Self::Replaced(..) | Self::Unknown => None,
        }
    }
}

impl UnitIndex {
    /// Returns the index of the units that report on a day.
    pub(super) fn new(templates: &Templates, day: NaiveDate) -> Self {
        let area = &templates.body.area;
        let mut index = Self {
            by_code: HashMap::new(),
            by_name: HashMap::new(),
            canonical: NameTable::new(NameRules::new(area, Plain::WithMarks)),
            plain: NameTable::new(NameRules::new(area, Plain::WithoutMarks)),
            replaced: HashMap::new(),
            suggestions: Vec::new(),
        };
        for (unit, entry) in templates.roster.reporting_on(day) {
            if !entry.code.is_empty() {
                index.by_code.insert(entry.code.clone(), unit);
            }
            let names = [&entry.name, &entry.short_name].into_iter().chain(&entry.aliases);
            for name in names {
                enter(&mut index.by_name, text::squeeze(&text::nfc(name)), unit);
                index.canonical.enter(name, unit);
                index.plain.enter(name, unit);
            }
            index.suggestions.push((text::strip_marks(&entry.short_name), unit));
        }
        for change in templates.roster.lineage.iter().filter(|change| change.date <= day) {
            index.enter_replaced(templates, change);
        }
        index
    }

    fn enter_replaced(&mut self, templates: &Templates, change: &Lineage) {
        let Some(to) = templates.roster.find(&change.to) else { return };
        let former = templates.roster.find(&change.from).map(|unit| templates.roster.get(unit));
        let name = former.map_or(&change.from, |unit| &unit.short_name);
        let names = former.into_iter().flat_map(|unit| [&unit.name, &unit.short_name]);
        for spelling in names.chain([&change.from]) {
            for NameKey { full, bare, .. } in self.plain.rules.keys(spelling) {
                for key in [full, bare] {
                    self.replaced.insert(key, (name.clone(), to, change.date));
                }
            }
        }
    }

    /// Returns the unit of a code.
    pub(super) fn find_code(&self, code: &str) -> Option<UnitIx> {
        self.by_code.get(code.trim()).copied()
    }

    /// Returns what a name is; a present unit goes before one that is no more. A code behind the name
    /// must be that of the unit.
    pub(super) fn find_name(&self, name: &str) -> NameMatch {
        let Some((bare, code)) = with_code(name) else { return self.find_bare_name(name) };
        let found = self.find_bare_name(bare);
        let is_other = found.unit().is_some_and(|unit| self.find_code(&code) != Some(unit));
        match found {
            NameMatch::Exact(_) | NameMatch::Other(_) if is_other => NameMatch::Unknown,
            NameMatch::Exact(unit) => NameMatch::Other(unit),
            other => other,
        }
    }

    fn find_bare_name(&self, name: &str) -> NameMatch {
        let exact = text::squeeze(&text::nfc(name));
        match self.by_name.get(&exact) {
            Some(Found::One(unit)) if text::squeeze(name) == exact => {
                return NameMatch::Exact(*unit);
            }
            Some(Found::One(unit)) => return NameMatch::Other(*unit),
            Some(Found::Several) => return NameMatch::Ambiguous,
            None => {}
        }
        for table in [&self.canonical, &self.plain] {
            match table.find(name) {
                Some(Found::One(unit)) => return NameMatch::Other(unit),
                Some(Found::Several) => return NameMatch::Ambiguous,
                None => {}
            }
        }
        let replaced =
            self.plain.rules.keys(name).into_iter().find_map(|key| {
                self.replaced.get(&key.full).or_else(|| self.replaced.get(&key.bare))
            });
        match replaced {
            Some((former, unit, date)) => NameMatch::Replaced(former.clone(), *unit, *date),
            None => NameMatch::Unknown,
        }
    }

    /// Returns up to three units whose names are near, nearest first.
    pub(super) fn suggestions(&self, name: &str) -> Vec<UnitIx> {
        let wanted = text::strip_marks(name);
        let mut near: Vec<(u32, UnitIx)> = self
            .suggestions
            .iter()
            .map(|(known, unit)| (nearness(known, &wanted), *unit))
            .filter(|(nearness, _)| *nearness >= 800)
            .collect();
        near.sort_by_key(|(nearness, unit)| (std::cmp::Reverse(*nearness), *unit));
        near.into_iter().take(3).map(|(_, unit)| unit).collect()
    }

    /// Returns the unit that a file name seems to name, as a hint for a person and nothing more.
    pub(super) fn hint_of_file(&self, path: &str) -> Option<UnitIx> {
        let found = self.units_of_file(path);
        found.into_iter().max_by_key(|(length, unit)| (*length, *unit)).map(|(_, unit)| unit)
    }

    /// Returns the only unit that the name of a file names, when it is another than this one.
    pub(super) fn other_of_file(&self, path: &str, own: UnitIx) -> Option<UnitIx> {
        let found = self.units_of_file(path);
        let (_, first) = found.first()?;
        found.iter().all(|(_, unit)| unit == first && *unit != own).then_some(*first)
    }

    /// Returns the units that the name of a file names, each with the number of its words.
    fn units_of_file(&self, path: &str) -> Vec<(usize, UnitIx)> {
        let name = path.rsplit_once('/').map_or(path, |(_, name)| name);
        let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
        let words: Vec<String> = text::strip_marks(stem)
            .split(|character: char| !character.is_alphanumeric())
            .map(str::to_owned)
            .collect();
        let mut found: Vec<(usize, UnitIx)> = Vec::new();
        for start in 0..words.len() {
            for end in start + 1..=words.len().min(start + 8) {
                let part = words.get(start..end).unwrap_or_default().join(" ");
                let unit = self.plain.find(&part);
                if let Some(Found::One(unit)) = unit {
                    found.push((end - start, unit));
                }
            }
        }
        found
    }
}

impl NameTable {
    fn new(rules: NameRules) -> Self {
        Self { rules, by_full: HashMap::new(), by_bare: HashMap::new() }
    }

    fn enter(&mut self, name: &str, unit: UnitIx) {
        for key in self.rules.keys(name) {
            enter(&mut self.by_full, key.full, unit);
            enter(&mut self.by_bare, key.bare, unit);
        }
    }

    /// Returns what a name is: with a kind only units of that kind, without one units of any.
    fn find(&self, name: &str) -> Option<Found> {
        let mut found: Option<Found> = None;
        for key in self.rules.keys(name) {
            let here = self.by_full.get(&key.full);
            let here =
                if key.has_kind { here } else { here.or_else(|| self.by_bare.get(&key.bare)) };
            found = match (found, here) {
                (None, here) => here.copied(),
                (Some(found), None) => Some(found),
                (Some(found), Some(here)) if found == *here => Some(found),
                (Some(_), Some(_)) => Some(Found::Several),
            };
        }
        found
    }
}

/// Returns a name and the code behind it: "UBND xã Quang Phục (mã 11791)", "UBND xã Quang Phục - Mã: 11791".
fn with_code(name: &str) -> Option<(&str, String)> {
    let words = name.trim_end_matches([')', ' ', '.']);
    let before = words.trim_end_matches(|one: char| one.is_ascii_digit());
    let code = words.get(before.len()..).filter(|code| !code.is_empty())?;
    let before = before.trim_end_matches([' ', ':', '.']);
    let (bare, label) = before.rsplit_once(['(', '-', '–', ',', ';'])?;
    let is_label =
        matches!(text::strip_marks(label).as_str(), "ma" | "ma don vi" | "ma so" | "ma xa");
    is_label.then(|| (bare.trim_end(), code.to_owned()))
}

fn enter(table: &mut HashMap<String, Found>, key: String, unit: UnitIx) {
    if key.is_empty() {
        return;
    }
    table
        .entry(key)
        .and_modify(|found| {
            if *found != Found::One(unit) {
                *found = Found::Several;
            }
        })
        .or_insert(Found::One(unit));
}

/// Returns how near two names are, in thousandths, so that the order is exact.
fn nearness(left: &str, right: &str) -> u32 {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "the similarity lies between 0 and 1"
    )]
    let thousandths = (strsim::jaro_winkler(left, right) * 1000.0).round() as u32;
    thousandths
}

#[cfg(test)]
mod tests {
    use super::{super::sample, *};
    use crate::template::fixtures;

    fn index() -> UnitIndex {
        UnitIndex::new(sample::templates(), NaiveDate::from_ymd_opt(2024, 3, 14).unwrap())
    }

    fn key(unit: Option<UnitIx>) -> Option<&'static str> {
        unit.map(|unit| sample::templates().roster.get(unit).key.as_str())
    }

    #[test]
    fn names_find_their_unit_or_nobody() {
        let cases = [
            ("TT. Tiên Lãng", Some("tien-lang")),
            ("Thị trấn Tiên Lãng, huyện Tiên Lãng", Some("tien-lang")),
            ("UBND huyện Tiên Lãng", None),
            ("Phòng Y tế", Some("y-te")),
            ("TT Y tế huyện", Some("trung-tam-y-te")),
            ("Y tế", None),
            ("xa_tien_thang", Some("tien-thang")),
            ("xã Tiên Thanh", Some("tien-thanh")),
            ("phường Tiên Minh", None),
            ("UBND XÃ TIÊN MINH (mã 11800)", Some("tien-minh")),
            ("UBND xã Tiên Minh (Mã đơn vị: 11800)", Some("tien-minh")),
            ("UBND xã Tiên Minh - Mã: 11800", Some("tien-minh")),
            ("UBND xã Tiên Minh (mã 11791)", None),
            ("UBND xã Tiên Minh (mã mới)", None),
            ("Công an huyện Tiên Lãng", Some("cong-an-huyen")),
            ("", None),
        ];
        for (name, unit) in cases {
            assert_eq!(key(index().find_name(name).unit()), unit, "{name}");
        }
        assert_eq!(index().find_name("Y tế"), NameMatch::Ambiguous);
        assert_eq!(key(index().find_code(" 11800 ")), Some("tien-minh"));
    }

    #[test]
    fn units_that_are_no_more_name_their_successor() {
        let NameMatch::Replaced(name, unit, date) = index().find_name("UBND xã Tiên Hưng")
        else {
            panic!("xã Tiên Hưng was merged");
        };
        assert_eq!((name.as_str(), key(Some(unit))), ("xã Tiên Hưng", Some("vinh-quang")));
        assert_eq!(date.to_string(), "2020-02-01");
        let later = NaiveDate::from_ymd_opt(2025, 1, 14).unwrap();
        let index = UnitIndex::new(sample::templates(), later);
        let merged = index.find_name("xã Bạch Đằng");
        assert!(matches!(merged, NameMatch::Replaced(..)), "merged on 1 January 2025: {merged:?}");
    }

    #[test]
    fn what_is_near_is_only_suggested() {
        let near = index().suggestions("xã Tiên Min");
        assert_eq!(key(near.first().copied()), Some("tien-minh"));
        assert!(near.len() <= 3);
        assert_eq!(
            key(index().hint_of_file("2024-03/BC T3 xa Doan Lap (sua).xlsx")),
            Some("doan-lap")
        );
        assert_eq!(index().hint_of_file("2024-03/scan0001.xlsx"), None);
    }

    #[test]
    fn units_that_only_gather_others_report_nothing() {
        let templates = fixtures::province();
        let index = UnitIndex::new(&templates, NaiveDate::from_ymd_opt(2024, 3, 31).unwrap());
        for unit in &templates.roster.units {
            let found = index.find_name(&unit.name).unit().is_some();
            assert_eq!(found, unit.duty != crate::template::Duty::Structural, "{}", unit.name);
        }
    }
}

//! What the subjects and scopes are called and how subjects are read: owned copies of the names, so
//! that a table of figures stands on its own.

use std::collections::BTreeMap;

use super::{
    AggregateError, Scope, Statistic, Subject, Tier,
    territory::{by_key, number},
};
use crate::{
    period::Period,
    template::{
        Derived, IndicatorIx, IndicatorKind, Indicators, Ratio, Templates, TermStatistic, UnitIx,
    },
};

/// A subject of the table.
#[derive(Debug, Clone)]
pub(super) struct SubjectEntry {
    /// The subject.
    pub(super) subject: Subject,
    /// "B08".
    pub(super) code: String,
    /// Name printed on the period's last day.
    pub(super) label: String,
    /// Name in sentences.
    pub(super) short_label: String,
    /// "tài khoản".
    pub(super) unit_of_count: String,
    /// Decimals of values, or of the percentage.
    pub(super) decimals: u8,
    /// How it is read.
    pub(super) kind: SubjectKind,
}

/// How a subject is read.
#[derive(Debug, Clone)]
pub(super) enum SubjectKind {
    /// A reported or assigned indicator or a derived sum.
    Counted {
        /// Flow, stock or tick.
        kind: IndicatorKind,
        /// The indicator that is its assigned target.
        target: Option<IndicatorIx>,
        /// The terms: of an indicator, itself.
        terms: Vec<(IndicatorIx, TermStatistic)>,
    },
    /// A ratio.
    Ratio {
        /// Indicators added for the numerator.
        numerator: Vec<IndicatorIx>,
        /// Indicators added for the denominator.
        denominator: Vec<IndicatorIx>,
        /// Decimals in which both sides are added up.
        decimals_of_sides: u8,
        /// Whether the denominator is a population.
        of_population: bool,
        /// Whether the denominator is an assigned target.
        of_target: bool,
        /// Whether units are ranked by it.
        ranks: bool,
    },
    /// The reporting discipline.
    Discipline,
}

/// The names of subjects, units, groups and blocks.
#[derive(Debug)]
pub(super) struct Directory {
    /// In the order of [`Subject`].
    pub(super) subjects: Vec<SubjectEntry>,
    /// Key, code and short name of every unit.
    pub(super) units: Vec<[String; 3]>,
    /// Key and name of every group.
    pub(super) groups: Vec<[String; 2]>,
    /// Key and name of every block.
    pub(super) blocks: Vec<[String; 2]>,
    /// Name of the whole.
    pub(super) whole: String,
    codes: BTreeMap<String, usize>,
    unit_keys: BTreeMap<String, UnitIx>,
    counted: [usize; 2],
}

/// Code of [`Subject::Discipline`].
pub(super) const DISCIPLINE: &str = "BC";

impl Directory {
    /// Returns the directory of the templates, with the names of the period's last day.
    pub(super) fn of(templates: &Templates, period: Period) -> Result<Self, AggregateError> {
        let indicators = &templates.indicators;
        let mut subjects = indicator_entries(templates, period);
        subjects.extend(ratio_entries(templates)?);
        subjects.extend(derived_entries(indicators)?);
        subjects.push(SubjectEntry {
            subject: Subject::Discipline,
            code: DISCIPLINE.to_owned(),
            label: "Chấp hành chế độ báo cáo".to_owned(),
            short_label: "chấp hành chế độ báo cáo".to_owned(),
            unit_of_count: "đơn vị".to_owned(),
            decimals: 0,
            kind: SubjectKind::Discipline,
        });
        number(subjects.len())?;
        let codes = (0..).zip(&subjects).map(|(index, entry)| (entry.code.clone(), index));
        let unit_keys = by_key(&templates.roster.units)?;
        Ok(Self {
            codes: codes.collect(),
            subjects,
            units: templates
                .roster
                .units
                .iter()
                .map(|unit| [unit.key.clone(), unit.code.clone(), unit.short_name.clone()])
                .collect(),
            groups: templates
                .body
                .groups
                .iter()
                .map(|group| [group.key.clone(), group.name.clone()])
                .collect(),
            blocks: templates
                .body
                .blocks
                .iter()
                .map(|(key, name)| [key.clone(), name.clone()])
                .collect(),
            whole: templates.body.whole.clone(),
            unit_keys: unit_keys.into_iter().map(|(key, unit)| (key.to_owned(), unit)).collect(),
            counted: [indicators.list.len(), indicators.ratios.len()],
        })
    }

    /// Returns the decimals of a derived sum: the most that a term has.
    pub(super) fn derived_decimals(indicators: &Indicators, derived: &Derived) -> u8 {
        let terms = derived.terms.iter();
        terms.map(|term| indicators.get(term.indicator).decimals).max().unwrap_or(0)
    }

    /// Returns the position of a subject.
    pub(super) fn position(&self, subject: Subject) -> Option<usize> {
        let [indicators, ratios] = self.counted;
        let position = match subject {
            Subject::Indicator(indicator) => usize::from(indicator.0),
            Subject::Ratio(ratio) => indicators + usize::from(ratio),
            Subject::Derived(derived) => indicators + ratios + usize::from(derived),
            Subject::Discipline => self.subjects.len() - 1,
        };
        (self.subjects.get(position)?.subject == subject).then_some(position)
    }

    /// Returns the entry of a subject.
    pub(super) fn entry(&self, subject: Subject) -> Option<&SubjectEntry> {
        self.position(subject).and_then(|position| self.subjects.get(position))
    }

    /// Returns the entry of a code.
    pub(super) fn find(&self, code: &str) -> Option<&SubjectEntry> {
        self.codes.get(code).and_then(|position| self.subjects.get(*position))
    }

    /// Returns the unit of a key.
    pub(super) fn unit(&self, key: &str) -> Option<UnitIx> {
        self.unit_keys.get(key).copied()
    }

    /// Returns kind, key, code and name of a scope.
    pub(super) fn scope_names(&self, scope: Scope) -> [&str; 4] {
        match scope {
            Scope::Whole => ["whole", "all", "", &self.whole],
            Scope::Group(group) => named("group", self.groups.get(usize::from(group))),
            Scope::Block(block) => named("block", self.blocks.get(usize::from(block))),
            Scope::Parent(unit) => self.unit_names("parent", unit),
            Scope::Unit(unit) => self.unit_names("unit", unit),
        }
    }

    /// Returns the scope of a kind and a key.
    pub(super) fn scope(&self, kind: &str, key: &str) -> Option<Scope> {
        let position = |names: &[[String; 2]]| {
            let position = names.iter().position(|[known, _]| known == key)?;
            u16::try_from(position).ok()
        };
        match kind {
            "whole" => (key == "all").then_some(Scope::Whole),
            "group" => position(&self.groups).map(Scope::Group),
            "block" => position(&self.blocks).map(Scope::Block),
            "parent" => self.unit(key).map(Scope::Parent),
            "unit" => self.unit(key).map(Scope::Unit),
            _ => None,
        }
    }

    fn unit_names<'a>(&'a self, kind: &'a str, unit: UnitIx) -> [&'a str; 4] {
        let names = self.units.get(unit.0 as usize);
        names.map_or([kind, "", "", ""], |[key, code, name]| [kind, key, code, name])
    }

    /// Returns the decimals of an indicator.
    pub(super) fn decimals(&self, indicator: IndicatorIx) -> u8 {
        self.entry(Subject::Indicator(indicator)).map_or(0, |entry| entry.decimals)
    }
}

impl SubjectEntry {
    /// Returns the statistics that the table has of the subject in the scopes of a tier, sorted.
    pub(super) fn statistics(&self, tier: Tier, history: Compared) -> Vec<Statistic> {
        let mut statistics = match &self.kind {
            SubjectKind::Discipline => Statistic::DISCIPLINE.to_vec(),
            SubjectKind::Counted { kind, target, terms, .. } => {
                let flow = *kind == IndicatorKind::Flow;
                let compared = history == Compared::WithPrevious;
                let before = |term: &(_, TermStatistic)| term.1 == TermStatistic::Previous;
                if !compared && terms.iter().any(before) {
                    return Vec::new();
                }
                let mut statistics = Statistic::COUNTED.to_vec();
                statistics.extend(Statistic::COMPARED.iter().filter(|_| compared));
                statistics.extend(flow.then_some(Statistic::YearToDate));
                statistics.extend(Statistic::TARGETED.iter().filter(|_| target.is_some()));
                statistics
            }
            SubjectKind::Ratio { of_target, ranks, .. } => {
                let compared = history == Compared::WithPrevious;
                let mut statistics = Statistic::RATIO.to_vec();
                statistics.extend(Statistic::RATIO_COMPARED.iter().filter(|_| compared));
                statistics.extend(of_target.then_some(Statistic::TargetReached));
                statistics.extend(ranks.then_some(Statistic::Rank));
                statistics
            }
        };
        statistics.retain(|statistic| match tier {
            Tier::Units => !statistic.is_above_units(),
            Tier::AboveUnits => *statistic != Statistic::Rank,
        });
        statistics.sort_unstable();
        statistics
    }
}

/// Whether there is a month before to compare with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Compared {
    /// The month before is recorded.
    WithPrevious,
    /// The first month.
    FirstMonth,
}

fn named<'a>(kind: &'a str, names: Option<&'a [String; 2]>) -> [&'a str; 4] {
    names.map_or([kind, "", "", ""], |[key, name]| [kind, key, "", name])
}

fn indicator_entries(templates: &Templates, period: Period) -> Vec<SubjectEntry> {
    let day = templates.body.convention.dates(period).last;
    let list = &templates.indicators.list;
    let entries = templates.indicators.indices().zip(list).map(|(index, indicator)| {
        let is_target = |other: &IndicatorIx| {
            templates.indicators.get(*other).target_of.as_ref() == Some(&indicator.code)
        };
        SubjectEntry {
            subject: Subject::Indicator(index),
            code: indicator.code.clone(),
            label: indicator.name_on(day).to_owned(),
            short_label: indicator.short_name.clone(),
            unit_of_count: indicator.unit_of_count.clone(),
            decimals: indicator.decimals,
            kind: SubjectKind::Counted {
                kind: indicator.kind,
                target: templates.indicators.indices().find(is_target),
                terms: vec![(index, TermStatistic::Value)],
            },
        }
    });
    entries.collect()
}

fn ratio_entries(templates: &Templates) -> Result<Vec<SubjectEntry>, AggregateError> {
    let entries = templates.indicators.ratios.iter().enumerate().map(|(index, ratio)| {
        Ok(SubjectEntry {
            subject: Subject::Ratio(u16::try_from(index).ok().ok_or(AggregateError::TooMany)?),
            code: ratio.code.clone(),
            label: ratio.name.clone(),
            short_label: ratio.name.clone(),
            unit_of_count: "%".to_owned(),
            decimals: ratio.decimals,
            kind: SubjectKind::Ratio {
                numerator: ratio.numerator.clone(),
                denominator: ratio.denominator.clone(),
                decimals_of_sides: decimals_of_sides(&templates.indicators, ratio),
                of_population: ratio.of_population,
                of_target: ratio.of_target,
                ranks: templates.body.rank_by.as_ref() == Some(&ratio.code),
            },
        })
    });
    entries.collect()
}

fn decimals_of_sides(indicators: &Indicators, ratio: &Ratio) -> u8 {
    let sides = ratio.numerator.iter().chain(&ratio.denominator);
    sides.map(|side| indicators.get(*side).decimals).max().unwrap_or(0)
}

fn derived_entries(indicators: &Indicators) -> Result<Vec<SubjectEntry>, AggregateError> {
    let entries = indicators.derived.iter().enumerate().map(|(index, derived)| {
        let terms = derived.terms.iter().map(|term| (term.indicator, term.statistic)).collect();
        Ok(SubjectEntry {
            subject: Subject::Derived(u16::try_from(index).ok().ok_or(AggregateError::TooMany)?),
            code: derived.code.clone(),
            label: derived.name.clone(),
            short_label: derived.name.clone(),
            unit_of_count: derived.unit_of_count.clone(),
            decimals: Directory::derived_decimals(indicators, derived),
            kind: SubjectKind::Counted { kind: derived.kind, target: None, terms },
        })
    });
    entries.collect()
}

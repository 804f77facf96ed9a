//! What a report's words may speak about, taken from the figures before the template runs:
//! indicators of the whole and of each group, the lists of names, the office's own words.

use std::{collections::BTreeMap, sync::Arc};

use minijinja::Error;

use super::{
    environment::mistake,
    objects::{Carried, IndicatorFigures, Number, STATISTICS},
    ranks, sayings,
};
use crate::{
    aggregate::{Figure, FigureState, Footnote, Scope, Statistic, Subject},
    compose::{
        ReportInput, charts,
        document::Run,
        lookup::{DISCIPLINE, Lookup},
        office_words::OfficeWords,
    },
    template::{Charts, Duty, IndicatorIx, UnitIx},
};

/// A unit or a utility with the figure by which a sentence names it.
#[derive(Clone, Debug)]
pub(super) struct Named {
    /// The name.
    pub name: Vec<Run>,
    /// The figure.
    pub number: Number,
}

/// By code and key of the group.
type ByGroup<T> = BTreeMap<(String, String), T>;

/// Everything that a report's words may speak about.
#[derive(Debug, Default)]
pub(super) struct Snapshot {
    /// By code and group; nothing as the group is the whole.
    indicators: BTreeMap<(String, Option<String>), Arc<IndicatorFigures>>,
    reached: ByGroup<Vec<Named>>,
    low: ByGroup<Vec<Named>>,
    missing: ByGroup<Vec<Vec<Run>>>,
    names: BTreeMap<String, Vec<Run>>,
    names_in_sentence: usize,
    decisions: BTreeMap<String, Vec<Run>>,
    office: OfficeWords,
    /// Dates and names that print as they are.
    pub words: BTreeMap<String, Vec<Run>>,
    /// Documents that may be cited, by number.
    pub legal_bases: BTreeMap<String, Vec<Run>>,
    /// Dated figures of the country that may be quoted, and the month of each.
    pub national: BTreeMap<String, sayings::Quoted>,
    /// Whether there is no earlier month.
    pub first_month: bool,
    /// Whether a figure of the month before was corrected since its report.
    pub previous_corrected: bool,
    /// Number of annexes.
    pub annexes: u32,
    /// "Phụ lục VI" of the charts' annex; nothing when there is none.
    pub charts_annex: String,
    /// The charts that may be referred to.
    pub charts: Charts,
}

impl Snapshot {
    /// Takes the snapshot of a report.
    pub(super) fn of(input: &ReportInput<'_>, office: OfficeWords) -> Self {
        let lookup = input.lookup();
        let templates = input.templates;
        let mut snapshot = Self {
            names_in_sentence: templates.body.names_in_sentence,
            office,
            words: sayings::words(input),
            legal_bases: sayings::legal_bases(&lookup),
            national: sayings::national(&lookup),
            first_month: is_first_month(input),
            annexes: charts::annex_count(templates),
            charts_annex: charts::annex_label(templates).unwrap_or_default(),
            charts: templates.charts.clone(),
            ..Self::default()
        };
        for (code, name) in codes(&lookup) {
            snapshot.take_indicator(&lookup, &code, None);
            for group in &templates.body.groups {
                snapshot.take_indicator(&lookup, &code, Some(&group.key));
                snapshot.take_missing(&lookup, &code, &group.key);
            }
            snapshot.names.insert(code.clone(), lookup.declared(&name));
            if let Some(runs) = sayings::decisions(&lookup, &code) {
                snapshot.decisions.insert(code, runs);
            }
        }
        for ratio in &templates.indicators.ratios {
            for group in &templates.body.groups {
                let key = (ratio.code.clone(), group.key.clone());
                let reached = ranks::reached(&lookup, &ratio.code, &group.key);
                snapshot.reached.insert(key.clone(), reached);
                snapshot.low.insert(key, ranks::low(&lookup, &ratio.code, &group.key));
            }
        }
        snapshot
    }

    /// Returns a snapshot that only knows the names of words.
    pub(super) fn of_names() -> Self {
        let words = sayings::WORDS.map(|name| (name.to_owned(), Vec::new()));
        Self { words: BTreeMap::from(words), ..Self::default() }
    }

    /// Returns an indicator, ratio or derived sum.
    pub(super) fn indicator(
        &self,
        code: &str,
        group: Option<&str>,
    ) -> Result<Arc<IndicatorFigures>, Error> {
        let key = (code.to_owned(), group.map(str::to_owned));
        self.indicators.get(&key).cloned().ok_or_else(|| self.unknown(code, group))
    }

    /// Returns the best units that reached their target, best first.
    pub(super) fn reached(&self, code: &str, group: &str) -> Result<Vec<Named>, Error> {
        self.listed(&self.reached, code, group)
    }

    /// Returns the units clearly below the group's ratio and their target, lowest first.
    pub(super) fn low(&self, code: &str, group: &str) -> Result<Vec<Named>, Error> {
        self.listed(&self.low, code, group)
    }

    /// Returns the names of the units without a figure, or none when they are too many to name.
    pub(super) fn missing(&self, code: &str, group: &str) -> Result<Vec<Vec<Run>>, Error> {
        self.indicator(code, Some(group))?;
        let names = self.missing.get(&(code.to_owned(), group.to_owned()));
        Ok(names.cloned().unwrap_or_default())
    }

    /// Returns the largest of several counts, largest first, without zeros.
    pub(super) fn most(&self, codes: &[String]) -> Result<Vec<Named>, Error> {
        let mut named = Vec::new();
        for code in codes {
            let figures = self.indicator(code, None)?;
            let number = figures.numbers.get("gia_tri");
            let number = number.filter(|number| number.value.is_some_and(|value| value.scaled > 0));
            if let (Some(number), Some(name)) = (number, self.names.get(code)) {
                named.push(Named { name: name.clone(), number: number.clone() });
            }
        }
        named.sort_by_key(|named| std::cmp::Reverse(ranks::scaled(named)));
        Ok(ranks::cap(&named, self.names_in_sentence))
    }

    /// Returns the decision that assigned the targets of an indicator, or no runs.
    pub(super) fn decision(&self, code: &str) -> Result<Vec<Run>, Error> {
        self.indicator(code, None)?;
        Ok(self.decisions.get(code).cloned().unwrap_or_default())
    }

    /// Returns the office's words of a section, when there are any.
    pub(super) fn office_words(&self, key: &str) -> Result<Option<&str>, Error> {
        self.office.section(key).map_err(|known| {
            mistake(format!("không có mục `{key}` trong loi-van.md; các mục: {}", known.join(", ")))
        })
    }

    fn listed(
        &self,
        lists: &ByGroup<Vec<Named>>,
        code: &str,
        group: &str,
    ) -> Result<Vec<Named>, Error> {
        let key = (code.to_owned(), group.to_owned());
        lists
            .get(&key)
            .map(|named| ranks::cap(named, self.names_in_sentence))
            .ok_or_else(|| mistake(format!("không có tỷ lệ `{code}` của nhóm `{group}`")))
    }

    fn unknown(&self, code: &str, group: Option<&str>) -> Error {
        let codes = self.indicators.keys().filter(|(_, group)| group.is_none());
        let codes: Vec<&str> = codes.map(|(code, _)| code.as_str()).collect();
        match group {
            Some(group) if codes.contains(&code) => mistake(format!("không có nhóm `{group}`")),
            _ => mistake(format!(
                "không có chỉ tiêu `{code}`; các mã được dùng: {}",
                codes.join(", ")
            )),
        }
    }

    fn take_indicator(&mut self, lookup: &Lookup<'_>, code: &str, group: Option<&str>) {
        let Some(scope) = group.map_or(Some(Scope::Whole), |key| lookup.group(key)) else { return };
        let small = is_small_base(lookup, code, scope);
        let mut numbers = BTreeMap::new();
        let value = lookup.figure(code, scope, value_of(lookup, code));
        let (carried, carried_one_month) =
            value.as_ref().map_or((Carried::None, false), |value| carried(lookup, value));
        let compared_fully = is_compared_fully(lookup, code, scope);
        let year = lookup.figure(code, scope, Statistic::YearToDate);
        let year_complete = year.is_some_and(|year| year.state == FigureState::Complete);
        for (name, statistic) in STATISTICS {
            let figure = lookup.figure(code, scope, statistic);
            self.previous_corrected |= figure.as_ref().is_some_and(is_corrected);
            let mut number = number(lookup, figure);
            if small && is_percentage(statistic) {
                number.value = None;
            }
            numbers.insert(name, number);
        }
        let key = (code.to_owned(), group.map(str::to_owned));
        self.indicators.insert(
            key,
            Arc::new(IndicatorFigures {
                numbers,
                carried,
                carried_one_month,
                compared_fully,
                year_complete,
            }),
        );
    }

    fn take_missing(&mut self, lookup: &Lookup<'_>, code: &str, group: &str) {
        let (Some(scope), Some(subject)) = (lookup.group(group), lookup.subject(code)) else {
            return;
        };
        let complete = lookup.figures.get(subject, scope, Statistic::Value).is_none_or(|figure| {
            figure.reported >= figure.expected && !is_carried_forward(&figure)
        });
        if complete {
            return;
        }
        let roster = &lookup.templates.roster;
        let is_missing = |unit: &UnitIx| {
            roster.get(*unit).duty == Duty::Required
                && applies(lookup, subject, *unit)
                && lookup
                    .figure(code, Scope::Unit(*unit), Statistic::Value)
                    .is_none_or(|figure| figure.value.is_none() || is_carried_forward(&figure))
        };
        let most = self.names_in_sentence.max(1) * 2;
        let units = lookup.units_of(group).into_iter().filter(is_missing).take(most + 1);
        let units: Vec<UnitIx> = units.collect();
        if units.len() > most {
            return;
        }
        let names = units.iter().map(|unit| lookup.declared(&roster.get(*unit).short_name));
        self.missing.insert((code.to_owned(), group.to_owned()), names.collect());
    }
}

/// Returns a figure as a template holds it.
pub(super) fn number(lookup: &Lookup<'_>, figure: Option<Figure>) -> Number {
    figure.map_or(Number { id: String::new(), value: None, magnitude: false }, |figure| Number {
        id: lookup.figures.id(&figure),
        value: figure.value,
        magnitude: false,
    })
}

/// Returns whether no earlier month is recorded.
fn is_first_month(input: &ReportInput<'_>) -> bool {
    !input.history.range(..input.period).any(|(_, month)| !month.values.is_empty())
}

/// Returns the statistic that says the period: a ratio of ratios, else the value.
fn value_of(lookup: &Lookup<'_>, code: &str) -> Statistic {
    match lookup.subject(code) {
        Some(Subject::Ratio(_)) => Statistic::Ratio,
        _ => Statistic::Value,
    }
}

/// Returns the statistic that says the change against the month before.
fn change_of(lookup: &Lookup<'_>, code: &str) -> Statistic {
    match lookup.subject(code) {
        Some(Subject::Ratio(_)) => Statistic::PointChange,
        _ => Statistic::Change,
    }
}

/// Returns whether the comparison with the month before is over all units that have a figure of
/// either month.
fn is_compared_fully(lookup: &Lookup<'_>, code: &str, scope: Scope) -> bool {
    let units = |statistic| lookup.figure(code, scope, statistic).map(|figure| figure.reported);
    let before = units(Statistic::Previous).or_else(|| units(Statistic::MonthsAgo(1)));
    let compared = units(change_of(lookup, code));
    compared.is_some_and(|compared| {
        [units(value_of(lookup, code)), before].into_iter().flatten().all(|units| compared >= units)
    })
}

/// Returns for which units without a value of the period an earlier one stands in, and whether all
/// of these are of the month before.
fn carried(lookup: &Lookup<'_>, value: &Figure) -> (Carried, bool) {
    if !is_carried_forward(value) {
        return (Carried::None, false);
    }
    let missing = lookup.figures.missing_units(value.subject, value.scope);
    let units = missing.len();
    let of_unit =
        |unit: UnitIx| lookup.figures.get(value.subject, Scope::Unit(unit), value.statistic);
    let earlier: Vec<Figure> =
        missing.into_iter().filter_map(of_unit).filter(|figure| figure.value.is_some()).collect();
    let previous = lookup.period.previous();
    let one_month = earlier.iter().all(|figure| {
        lookup.figures.sources(figure).iter().all(|source| source.period >= previous)
    });
    (if earlier.len() == units { Carried::All } else { Carried::Some }, one_month)
}

fn is_corrected(figure: &Figure) -> bool {
    figure.footnotes.contains(&Footnote::PreviousCorrected)
}

/// Returns whether values of earlier months stand in.
pub(super) fn is_carried_forward(figure: &Figure) -> bool {
    figure.footnotes.contains(&Footnote::CarriedForward)
}

fn is_percentage(statistic: Statistic) -> bool {
    matches!(
        statistic,
        Statistic::ChangePercent
            | Statistic::Ratio
            | Statistic::PreviousRatio
            | Statistic::PointChange
            | Statistic::TargetRatio
    )
}

/// Returns whether percentages of a row stand on too few cases for prose.
pub(super) fn is_small_base(lookup: &Lookup<'_>, code: &str, scope: Scope) -> bool {
    let least = lookup.templates.body.small_base;
    let sum = |statistic| lookup.number(code, scope, statistic).map(|value| value.scaled);
    let base = match lookup.subject(code) {
        Some(Subject::Ratio(_)) => sum(Statistic::RatioDenominator),
        _ => sum(Statistic::PreviousLikeForLike).or_else(|| sum(Statistic::Previous)),
    };
    base.is_some_and(|base| base < least)
}

fn applies(lookup: &Lookup<'_>, subject: Subject, unit: UnitIx) -> bool {
    let indicators = &lookup.templates.indicators;
    let unit = lookup.templates.roster.get(unit);
    let terms: Vec<IndicatorIx> = match subject {
        Subject::Indicator(index) => vec![index],
        Subject::Ratio(index) => {
            let ratio = &indicators.ratios[usize::from(index)];
            ratio.numerator.iter().chain(&ratio.denominator).copied().collect()
        }
        Subject::Derived(index) => {
            let sum = &indicators.derived[usize::from(index)];
            sum.terms.iter().map(|term| term.indicator).collect()
        }
        Subject::Discipline => Vec::new(),
    };
    terms.iter().all(|term| indicators.get(*term).applies_to(unit))
}

/// Returns every code with its short name.
fn codes(lookup: &Lookup<'_>) -> Vec<(String, String)> {
    let indicators = &lookup.templates.indicators;
    let list = indicators.list.iter().map(|row| (row.code.clone(), row.short_name.clone()));
    let ratios = indicators.ratios.iter().map(|row| (row.code.clone(), row.name.clone()));
    let derived = indicators.derived.iter().map(|row| (row.code.clone(), row.name.clone()));
    let discipline = (DISCIPLINE.to_owned(), "chế độ báo cáo".to_owned());
    list.chain(ratios).chain(derived).chain([discipline]).collect()
}

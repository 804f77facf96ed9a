//! The rules of the templates over one return and its past: which are violated, which of these the
//! unit has explained, and what becomes of the figures.

use std::collections::HashMap;

use chrono::NaiveDate;

use super::{
    Finding, Observation, Return, State,
    details::column_sum,
    fold_causes::{self, RuleFinding},
    past::UnitPast,
};
use crate::{
    place::Place,
    quantity::Quantity,
    template::{Facts, IndicatorIx, Measure, Rule, Severity, Templates, Usage, Violation},
};

/// What the names in rules mean, looked up once for a run.
#[derive(Debug)]
pub(super) struct FactNames {
    names: HashMap<String, FactKey>,
}

#[derive(Debug)]
enum FactKey {
    Value(IndicatorIx),
    Previous(IndicatorIx),
    Median(IndicatorIx),
    DetailSum(String, String),
    DetailRows(String),
}

impl FactNames {
    /// Returns every name that the indicators and detail tables of the templates give rise to.
    pub(super) fn new(templates: &Templates) -> Self {
        let mut names = HashMap::new();
        for index in templates.indicators.indices() {
            let code = &templates.indicators.get(index).code;
            names.insert(code.clone(), FactKey::Value(index));
            names.insert(format!("{code}_truoc"), FactKey::Previous(index));
            names.insert(format!("{code}_trung_vi"), FactKey::Median(index));
        }
        for table in templates.forms.list.iter().flat_map(|form| &form.details) {
            names.insert(format!("{}_dong", table.key), FactKey::DetailRows(table.key.clone()));
            for column in &table.columns {
                let Some(indicator) = column.indicator() else { continue };
                let name = format!("{}_{}", table.key, templates.indicators.get(indicator).code);
                names.insert(name, FactKey::DetailSum(table.key.clone(), column.key.clone()));
            }
        }
        Self { names }
    }
}

/// What the rules may know of a return.
pub(super) struct ReturnFacts<'a> {
    pub(super) templates: &'a Templates,
    pub(super) names: &'a FactNames,
    pub(super) counted: &'a Return,
    pub(super) past: &'a UnitPast<'a>,
    /// Last day of the period, on which targets must be valid.
    pub(super) day: NaiveDate,
}

impl ReturnFacts<'_> {
    fn value(&self, indicator: IndicatorIx) -> Option<i64> {
        let observation = value_of(&self.counted.observations, indicator);
        match observation.map(|observation| observation.state) {
            Some(State::Value(scaled)) => Some(scaled),
            Some(_) => None,
            None => {
                self.templates.indicators.get(indicator).target_of.as_ref()?;
                let targets = &self.templates.targets;
                let target = targets.on(Some(self.counted.unit), indicator, self.day);
                target.map(|target| target.scaled)
            }
        }
    }

    fn quantity(&self, indicator: IndicatorIx, scaled: i64) -> f64 {
        let decimals = self.templates.indicators.get(indicator).decimals;
        Quantity { scaled, decimals }.to_f64()
    }
}

impl Facts for ReturnFacts<'_> {
    fn get(&self, name: &str) -> Option<f64> {
        match self.names.names.get(name)? {
            FactKey::Value(indicator) => {
                self.value(*indicator).map(|scaled| self.quantity(*indicator, scaled))
            }
            FactKey::Previous(indicator) => {
                let scaled = self.past.previous(*indicator)?;
                Some(self.quantity(*indicator, scaled))
            }
            FactKey::Median(indicator) => {
                let decimals = self.templates.indicators.get(*indicator).decimals;
                Some(self.past.median(*indicator)? / 10_f64.powi(i32::from(decimals)))
            }
            FactKey::DetailSum(table, column) => {
                let detail = self.counted.details.iter().find(|detail| detail.table == *table)?;
                column_sum(&detail.rows, column).map(|sum| Quantity::whole(sum).to_f64())
            }
            FactKey::DetailRows(table) => {
                let detail = self.counted.details.iter().find(|detail| detail.table == *table)?;
                let rows = i64::try_from(detail.rows.len()).ok()?;
                Some(Quantity::whole(rows).to_f64())
            }
        }
    }

    fn day(&self) -> Option<NaiveDate> {
        Some(self.day)
    }
}

fn value_of(observations: &[Observation], indicator: IndicatorIx) -> Option<&Observation> {
    observations.iter().find(|observation| {
        observation.indicator == indicator && observation.measure == Measure::Value
    })
}

/// Judges a return by the rules: returns the findings and applies their use to the observations.
/// `earlier` are the findings of its cells, from which others may follow.
pub(super) fn judge(
    templates: &Templates,
    counted: &mut Return,
    violations: Vec<Violation>,
    earlier: &[Finding],
) -> Vec<Finding> {
    let mut judged: Vec<RuleFinding> = violations
        .into_iter()
        .filter_map(|violation| {
            let rule = templates.rules.list.get(violation.rule)?;
            Some(rule_finding(templates, counted, rule, violation))
        })
        .collect();
    fold_causes::fold_rules(templates, counted, &mut judged, earlier);
    let (leaders, followers): (Vec<&RuleFinding>, Vec<&RuleFinding>) =
        judged.iter().partition(|one| one.finding.cause.is_none());
    for one in leaders {
        apply_usage(&mut counted.observations, one);
    }
    // One point to correct, but what contradicts each other must not be printed together.
    for one in followers {
        if !names_a_dropped_figure(&counted.observations, one) {
            apply_usage(&mut counted.observations, one);
        }
    }
    judged.into_iter().map(|one| one.finding).collect()
}

fn rule_finding(
    templates: &Templates,
    counted: &Return,
    rule: &Rule,
    violation: Violation,
) -> RuleFinding {
    let main = violation.cells.first().copied();
    let explanation = main
        .filter(|_| rule.explainable && rule.severity == Severity::Warning)
        .and_then(|main| counted.explanations.iter().find(|(indicator, ..)| *indicator == main))
        .map(|(_, words, _)| words.clone());
    let (severity, usage) = match explanation {
        Some(_) => (Severity::Information, Usage::Used),
        None => (rule.severity, rule.usage),
    };
    let mut places: Vec<Place> = violation
        .cells
        .iter()
        .filter_map(|indicator| value_of(&counted.observations, *indicator))
        .filter(|observation| observation.cell.is_some())
        .map(|observation| Place {
            file: counted.file.clone(),
            sheet: counted.sheets.get(usize::from(observation.sheet)).cloned(),
            cell: observation.cell,
        })
        .collect();
    if places.is_empty() {
        places.push(Place::of_file(counted.file.as_str()));
    }
    let finding = Finding {
        code: rule.code.clone(),
        severity,
        usage,
        unit: Some(templates.roster.get(counted.unit).key.clone()),
        indicator: main.map(|main| templates.indicators.get(main).code.clone()),
        places,
        found: violation.found,
        expected: violation.expected,
        message: violation.message,
        hint: rule.hint.clone(),
        cause: None,
        explanation,
    };
    let mut cells: Vec<IndicatorIx> = Vec::with_capacity(violation.cells.len());
    for cell in violation.cells {
        if !cells.contains(&cell) {
            cells.push(cell);
        }
    }
    RuleFinding { finding, rule: violation.rule, cells }
}

/// Returns whether one of the figures of a violated rule is not used anyway.
fn names_a_dropped_figure(observations: &[Observation], judged: &RuleFinding) -> bool {
    let mut named = judged.cells.iter().filter_map(|cell| value_of(observations, *cell));
    named.any(|observation| observation.state == State::Unusable)
}

/// Drops the figure of the main cell or marks it as doubtful.
fn apply_usage(observations: &mut [Observation], judged: &RuleFinding) {
    let main = observations.iter_mut().find(|observation| {
        observation.measure == Measure::Value
            && judged.cells.first() == Some(&observation.indicator)
    });
    let Some(main) = main else { return };
    match judged.finding.usage {
        Usage::Dropped => {
            if let (None, State::Value(scaled)) = (&main.raw, main.state) {
                main.raw = Some(scaled.to_string().into());
            }
            main.state = State::Unusable;
            main.usage = Usage::Dropped;
        }
        Usage::Doubtful if main.usage == Usage::Used => main.usage = Usage::Doubtful,
        Usage::Used | Usage::Doubtful => {}
    }
}

#[cfg(test)]
mod tests {
    use super::{
        super::{
            Intake, SideFiles,
            sample::{commune, history, templates},
            validate,
        },
        *,
    };

    #[test]
    fn what_still_contradicts_a_figure_in_use_is_not_used_either() {
        let unit = "tien-minh";
        let sample = commune(unit).number("D01", 10.0);
        let files = [sample.file("2024-03/Tien Minh T3.xlsx")];
        let side_files = SideFiles::default();
        let intake = Intake { files: &files, side_files: &side_files };
        let batch = validate(templates(), "2024-03".parse().unwrap(), intake, &history(unit));
        let only = |code: &str| batch.findings.iter().find(|one| one.code == code).unwrap();
        let (leader, follower) = (only("D-01"), only("D-02"));
        assert_eq!((&leader.cause, &follower.cause), (&None, &Some(leader.reference())));
        for (code, usage) in
            [("D01", Usage::Used), ("D02", Usage::Dropped), ("D03", Usage::Dropped)]
        {
            let indicator = templates().indicators.find(code).unwrap();
            let observation = value_of(&batch.returns[0].observations, indicator).unwrap();
            assert_eq!(observation.usage, usage, "{code}: no ratio above 100 % is printed");
        }
    }
}

//! The validation rules (`quy-tac.toml`): CEL over the figures of one return and its history. The
//! rules say what is wrong; what becomes of a finding (places, notes, folding) is validation's.

mod expression;
mod message;
pub(super) mod reading;
mod relation;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use cel::{Context, Env, common::types::CelDouble};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use self::{
    expression::{DISTANCE, Expression},
    message::{Message, shown},
};
pub use relation::{Boundary, MOVING, Relation, Relations};

use super::{IndicatorIx, Indicators};

/// How bad a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Severity {
    /// The file or return does not count.
    #[serde(rename = "từ chối")]
    Rejected,
    /// Must be corrected.
    #[serde(rename = "lỗi")]
    Error,
    /// Must be looked at or explained.
    #[serde(rename = "cảnh báo")]
    Warning,
    /// For the record.
    #[serde(rename = "thông tin")]
    Information,
}

/// What becomes of the figures that a finding is about; apart from its severity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Usage {
    /// Used.
    #[serde(rename = "dùng")]
    Used,
    /// Used and marked as doubtful.
    #[serde(rename = "nghi")]
    Doubtful,
    /// Not used: unusable, shown as missing.
    #[serde(rename = "bỏ")]
    Dropped,
}

/// What a rule does when a figure it reads is not there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MissingValues {
    /// The rule is not applied.
    Skip,
    /// The figure counts as zero in this rule only.
    Zero,
}

/// A rule, as far as others need to know it.
#[derive(Debug, Clone)]
pub struct Rule {
    /// "B-05".
    pub code: String,
    /// Codes of the forms to whose returns it applies.
    pub forms: Vec<String>,
    /// The expression that must be true, as written.
    pub expression: String,
    /// How bad a violation is.
    pub severity: Severity,
    /// What becomes of the figure of the main cell.
    pub usage: Usage,
    /// What happens when a figure is not there.
    pub missing: MissingValues,
    /// The indicators whose cells are named, the main one first; a rule for each of several
    /// indicators names the one at hand before them (see [`Violation::cells`]).
    pub cells: Vec<IndicatorIx>,
    /// Sentence for the unit; `{B08}` is a figure, `{B06 + B07}` a sum, `{x}` the figure at hand,
    /// `{ten}` the name of the main indicator.
    pub message: String,
    /// What was expected; the same places.
    pub expected: String,
    /// What to do.
    pub hint: String,
    /// Whether a note of the unit clears a warning.
    pub explainable: bool,
}

/// The figures of one return by name: `B08`, `B08_truoc` (month before), `B08_trung_vi` (median of
/// the three months before), `thon_A14` (sum of the column of the detail table `thon` that belongs to
/// A14, see `DetailColumn::indicator`), `thon_dong` (rows of the detail table).
pub trait Facts {
    /// Returns the figure of a name, or nothing when it is missing or unusable.
    fn get(&self, name: &str) -> Option<f64>;

    /// Returns the last day of the period, by which the printed names of indicators are chosen.
    fn day(&self) -> Option<NaiveDate> {
        None
    }
}

/// A violated rule, with its words filled in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Violation {
    /// Index of the rule in [`Rules::list`].
    pub rule: usize,
    /// The indicators whose cells are named, the main one first.
    pub cells: Vec<IndicatorIx>,
    /// Sentence for the unit.
    pub message: String,
    /// What was found.
    pub found: String,
    /// What was expected.
    pub expected: String,
}

/// All rules, compiled.
#[derive(Default)]
pub struct Rules {
    /// In the order of the file.
    pub list: Vec<Rule>,
    compiled: Vec<Compiled>,
    environment: Environment,
}

/// The functions and operators that expressions may use, made once.
struct Environment(Arc<Env>);

/// The compiled parts of a rule.
#[derive(Debug)]
struct Compiled {
    condition: Expression,
    message: Message,
    expected: Message,
    instances: Vec<Instance>,
}

/// A rule with its indicator at hand.
#[derive(Debug)]
struct Instance {
    /// Code of the indicator at hand.
    at_hand: Option<String>,
    /// Names of the facts for the variables of the condition, in the same order.
    facts: Vec<String>,
    /// As in [`Violation::cells`].
    cells: Vec<IndicatorIx>,
}

impl Rules {
    /// Returns the violated rules for a return of a form, in the order of the file.
    pub fn evaluate(
        &self,
        form: &str,
        facts: &dyn Facts,
        indicators: &Indicators,
    ) -> Vec<Violation> {
        let context = self.context();
        let mut violations = Vec::new();
        let mut values = Vec::new();
        for (index, (rule, compiled)) in self.list.iter().zip(&self.compiled).enumerate() {
            if !rule.forms.iter().any(|code| code == form) {
                continue;
            }
            for instance in &compiled.instances {
                if gather(&mut values, instance, rule.missing, facts)
                    && compiled.condition.truth(&context, &values) == Some(false)
                {
                    let words = Words { context: &context, facts, indicators };
                    violations.push(words.violation(index, compiled, instance));
                }
            }
        }
        violations
    }

    fn context(&self) -> Context<'static, 'static> {
        let mut context = Context::with_env(Arc::clone(&self.environment.0));
        context
            .add_function(DISTANCE, |one: f64, other: f64| (one - other).abs())
            .expect("the standard environment has no function of this name");
        context
    }
}

impl Default for Environment {
    fn default() -> Self {
        Self(Arc::new(Env::stdlib()))
    }
}

impl std::fmt::Debug for Rules {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Rules").field("list", &self.list).finish_non_exhaustive()
    }
}

/// Collects the figures of a condition; returns whether the rule can be applied.
fn gather(
    values: &mut Vec<CelDouble>,
    instance: &Instance,
    missing: MissingValues,
    facts: &dyn Facts,
) -> bool {
    values.clear();
    let mut found = false;
    for name in &instance.facts {
        let value = facts.get(name);
        found |= value.is_some();
        match value.or((missing == MissingValues::Zero).then_some(0.0)) {
            Some(value) => values.push(CelDouble::from(value)),
            None => return false,
        }
    }
    found
}

/// Returns the name of the fact that a variable stands for: `x_truoc` of B08 is `B08_truoc`.
fn fact_name(variable: &str, at_hand: Option<&str>) -> String {
    match (variable.strip_prefix('x'), at_hand) {
        (Some(ending), Some(code)) if ending.is_empty() || ending.starts_with('_') => {
            format!("{code}{ending}")
        }
        _ => variable.to_owned(),
    }
}

/// What the sentences of a violation are made of.
struct Words<'a> {
    context: &'a Context<'static, 'static>,
    facts: &'a dyn Facts,
    indicators: &'a Indicators,
}

impl Words<'_> {
    fn violation(&self, rule: usize, compiled: &Compiled, instance: &Instance) -> Violation {
        let main = instance.cells.first().map(|index| self.indicators.get(*index));
        let name = main.map_or("", |indicator| match self.facts.day() {
            Some(day) => indicator.name_on(day),
            None => indicator.names.first().map_or(&indicator.short_name, |(_, name)| name),
        });
        let value =
            |variable: &str| self.facts.get(&fact_name(variable, instance.at_hand.as_deref()));
        Violation {
            rule,
            cells: instance.cells.clone(),
            message: compiled.message.fill(self.context, name, value),
            found: shown(main.and_then(|indicator| self.facts.get(&indicator.code))),
            expected: compiled.expected.fill(self.context, name, value),
        }
    }
}

//! The validation rules (`quy-tac.toml`): CEL over the figures of one return and its history.

use serde::{Deserialize, Serialize};

use super::IndicatorIx;

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
    /// What becomes of the figures of [`Rule::cells`].
    pub usage: Usage,
    /// What happens when a figure is not there.
    pub missing: MissingValues,
    /// The indicators whose cells are named, the main one first; a rule for each of several
    /// indicators names the one at hand.
    pub cells: Vec<IndicatorIx>,
    /// Sentence for the unit; `{B08}` is a figure, `{x}` the one at hand, `{ten}` its name.
    pub message: String,
    /// What was expected; the same places.
    pub expected: String,
    /// What to do.
    pub hint: String,
    /// Whether a note of the unit clears a warning.
    pub explainable: bool,
}

/// The figures of one return by name: `B08`, `B08_truoc` (month before), `B08_trung_vi` (median of
/// the three months before), `thon_A14` (sum of a detail column), `thon_dong` (rows of a detail
/// table), `B08_ghi` (change, previous or total as the unit states it, see `quy-tac.toml`).
pub trait Facts {
    /// Returns the figure of a name, or nothing when it is missing or unusable.
    fn get(&self, name: &str) -> Option<f64>;
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
#[derive(Debug, Default)]
pub struct Rules {
    /// In the order of the file.
    pub list: Vec<Rule>,
}

//! What a correct program finds in the sample returns: every figure that counts and every planted
//! defect, as JSON with one unit a line, to be read by eye.

use std::collections::BTreeMap;

use serde::Serialize;

/// What the program should hold for an indicator.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub(crate) enum Figure {
    /// A value that counts.
    Value(i64),
    /// No value, and why.
    State(State),
}

/// Why there is no value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum State {
    /// Nothing was written.
    Missing,
    /// "…".
    NotAvailable,
    /// "x".
    NotApplicable,
    /// Something that is no figure, or that a rule drops.
    Unusable,
}

/// A unit in a month.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct UnitTruth {
    /// Key of the unit.
    pub(crate) unit: String,
    /// Code of its form.
    pub(crate) form: String,
    /// The file that counts, below `input/`; nothing when none does.
    pub(crate) file: Option<String>,
    /// Name of the main sheet of that file.
    pub(crate) sheet: String,
    /// Lần gửi that counts.
    pub(crate) submission: u32,
    /// Why no file counts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) not_counted: Option<&'static str>,
    /// Figures by code; empty when no file counts.
    pub(crate) figures: BTreeMap<String, Figure>,
}

/// A planted defect.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct Defect {
    /// "D07": in the order of the list of defects.
    pub(crate) id: String,
    /// Key of the unit; empty where no unit is known.
    pub(crate) unit: String,
    /// The file, below `input/`; empty when nothing came.
    pub(crate) file: String,
    /// The sheet.
    pub(crate) sheet: String,
    /// The cell.
    pub(crate) cell: String,
    /// The indicator.
    pub(crate) indicator: String,
    /// What was planted, in a few English words.
    pub(crate) kind: &'static str,
    /// Code of the expected finding; empty when none is expected.
    pub(crate) expected_code: &'static str,
    /// Its severity.
    pub(crate) expected_severity: &'static str,
    /// What becomes of the figure.
    pub(crate) expected_use: &'static str,
    /// What stands there or what happened.
    pub(crate) words: String,
}

/// The truth of a month.
#[derive(Debug, Default)]
pub(crate) struct Truth {
    /// "2024-03".
    pub(crate) period: String,
    /// The units, in roster order.
    pub(crate) units: Vec<UnitTruth>,
    /// The defects, in order.
    pub(crate) defects: Vec<Defect>,
}

/// Sum over the units that have a value, and how many have one.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub(crate) struct Total {
    /// The sum.
    pub(crate) sum: i64,
    /// How many units reported.
    pub(crate) units: u32,
}

impl Truth {
    /// Returns the totals of all units by code.
    pub(crate) fn totals(&self) -> BTreeMap<&str, Total> {
        let mut totals: BTreeMap<&str, Total> = BTreeMap::new();
        for (code, figure) in self.units.iter().flat_map(|unit| &unit.figures) {
            if let Figure::Value(value) = figure {
                let total = totals.entry(code).or_default();
                total.sum += value;
                total.units += 1;
            }
        }
        totals
    }

    /// Returns the JSON text.
    pub(crate) fn json(&self) -> Result<String, serde_json::Error> {
        let lines =
            |items: Result<Vec<String>, serde_json::Error>| -> Result<String, serde_json::Error> {
                Ok(items?.join(",\n    "))
            };
        let units = lines(self.units.iter().map(serde_json::to_string).collect())?;
        let defects = lines(self.defects.iter().map(serde_json::to_string).collect())?;
        let totals = self
            .totals()
            .iter()
            .map(|(code, total)| Ok(format!("\"{code}\": {}", serde_json::to_string(total)?)))
            .collect();
        let totals = lines(totals)?;
        let period = &self.period;
        Ok(format!(
            "{{\n  \"period\": \"{period}\",\n  \"defects\": [\n    {defects}\n  ],\n  \
             \"totals\": {{\n    {totals}\n  }},\n  \"units\": [\n    {units}\n  ]\n}}\n"
        ))
    }
}

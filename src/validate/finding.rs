//! Findings: what is wrong, doubtful or worth knowing, with its place. Says nothing about how they
//! are found or printed.

use serde::Serialize;

use super::codes::Code;
use crate::{
    place::Place,
    template::{Severity, Usage},
};

/// Something wrong, doubtful or worth knowing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// "DA06-S02" of the program, or the code of a rule of the templates.
    pub code: String,
    /// How bad it is.
    pub severity: Severity,
    /// What becomes of the figures it is about.
    #[serde(rename = "use")]
    pub usage: Usage,
    /// Key of the unit; nothing for files of no known unit.
    pub unit: Option<String>,
    /// Code of the main indicator.
    pub indicator: Option<String>,
    /// Where it is; the main place first.
    pub places: Vec<Place>,
    /// What stands there.
    pub found: String,
    /// What was expected.
    pub expected: String,
    /// One sentence for the unit.
    pub message: String,
    /// What to do.
    pub hint: String,
    /// Code and place of the finding that this one follows from; such findings are folded.
    pub cause: Option<String>,
    /// The unit's own explanation, which clears a warning.
    pub explanation: Option<String>,
}

/// A finding as one flat row, for `--json` and tables; borrowed from the finding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FindingRow<'a> {
    /// Code of the program or of a rule.
    pub code: &'a str,
    /// How bad it is.
    pub severity: Severity,
    /// What becomes of the figures it is about.
    #[serde(rename = "use")]
    pub usage: Usage,
    /// Key of the unit.
    pub unit: Option<&'a str>,
    /// Code of the main indicator.
    pub indicator: Option<&'a str>,
    /// File of the main place.
    pub file: Option<&'a str>,
    /// Sheet of the main place.
    pub sheet: Option<&'a str>,
    /// Cell of the main place, "C12".
    pub cell: Option<String>,
    /// All places as they are printed, the main one first.
    pub places: Vec<String>,
    /// What stands there.
    pub found: &'a str,
    /// What was expected.
    pub expected: &'a str,
    /// One sentence for the unit.
    pub message: &'a str,
    /// What to do.
    pub hint: &'a str,
    /// Code and place of the finding that this one follows from.
    pub cause: Option<&'a str>,
    /// The unit's own explanation.
    pub explanation: Option<&'a str>,
}

impl Code {
    /// Returns a finding of this kind that says `message`.
    pub(super) fn finding(&self, message: impl Into<String>) -> Finding {
        Finding {
            code: self.code.to_owned(),
            severity: self.severity,
            usage: self.usage,
            unit: None,
            indicator: None,
            places: Vec::new(),
            found: String::new(),
            expected: String::new(),
            message: message.into(),
            hint: String::new(),
            cause: None,
            explanation: None,
        }
    }
}

impl Finding {
    /// Returns the finding with a further place.
    #[must_use]
    pub(super) fn at(mut self, place: Place) -> Self {
        // Most findings have one.
        self.places.reserve_exact(1);
        self.places.push(place);
        self
    }

    /// Returns the finding with what stands there.
    #[must_use]
    pub(super) fn found(mut self, found: impl Into<String>) -> Self {
        self.found = found.into();
        self
    }

    /// Returns the finding with what was expected.
    #[must_use]
    pub(super) fn expected(mut self, expected: impl Into<String>) -> Self {
        self.expected = expected.into();
        self
    }

    /// Returns the finding with what to do.
    #[must_use]
    pub(super) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = hint.into();
        self
    }

    /// Returns the finding with the indicator it is about.
    #[must_use]
    pub(super) fn about(mut self, indicator: &str) -> Self {
        self.indicator = Some(indicator.to_owned());
        self
    }

    /// Returns the finding with the unit it is about.
    #[must_use]
    pub(super) fn of_unit(mut self, key: &str) -> Self {
        self.unit = Some(key.to_owned());
        self
    }

    /// Returns whether it proposes which cell to look at first.
    pub fn is_proposal(&self) -> bool {
        self.code == super::codes::PROPOSAL.code
    }

    /// Returns code and main place, by which findings that follow from this one name it.
    pub fn reference(&self) -> String {
        match self.places.first() {
            Some(place) => format!("{} · {place}", self.code),
            None => self.code.clone(),
        }
    }

    /// Returns the finding as a flat row.
    pub fn row(&self) -> FindingRow<'_> {
        let place = self.places.first();
        FindingRow {
            code: &self.code,
            severity: self.severity,
            usage: self.usage,
            unit: self.unit.as_deref(),
            indicator: self.indicator.as_deref(),
            file: place.map(|place| place.file.as_str()),
            sheet: place.and_then(|place| place.sheet.as_deref()),
            cell: place.and_then(|place| place.cell).map(|cell| cell.to_string()),
            places: self.places.iter().map(Place::to_string).collect(),
            found: &self.found,
            expected: &self.expected,
            message: &self.message,
            hint: &self.hint,
            cause: self.cause.as_deref(),
            explanation: self.explanation.as_deref(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{super::codes, *};
    use crate::place::CellRef;

    #[test]
    fn a_row_has_every_field_that_json_promises() {
        let finding = codes::NEGATIVE
            .finding("Ô C12 ghi số âm.")
            .at(Place::of_cell("a.xlsx", "Biểu 01", CellRef { row: 11, column: 2 }))
            .found("−5")
            .expected("số không âm")
            .of_unit("tien-minh");
        let json = serde_json::to_value(finding.row()).unwrap();
        assert_eq!(json["code"], "DA06-S04");
        assert_eq!(json["severity"], "lỗi");
        assert_eq!(json["use"], "bỏ");
        assert_eq!(json["cell"], "C12");
        let fields =
            ["unit", "file", "sheet", "places", "found", "expected", "message", "hint", "cause"];
        for field in fields {
            assert!(json.get(field).is_some(), "{field}");
        }
        assert_eq!(finding.reference(), "DA06-S04 · a.xlsx › Biểu 01 › C12");
    }
}

//! What a cell of a form should hold, as far as it matters for reading it.

use crate::{template::IndicatorKind, text};

/// What a cell should hold.
#[derive(Debug, Clone)]
pub(super) struct ExpectedNumber {
    /// Flow, stock or tick.
    pub(super) kind: IndicatorKind,
    /// Decimal places.
    pub(super) decimals: u8,
    /// The unit of count and its parts, folded: "tin, bài" gives "tin, bài", "tin" and "bài".
    pub(super) units: Vec<String>,
    /// Which signs a figure may have.
    pub(super) sign: Sign,
}

/// Which signs a figure may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sign {
    /// Counts.
    NotNegative,
    /// Differences.
    Any,
}

impl ExpectedNumber {
    /// Returns what a cell of an indicator's value should hold.
    pub(super) fn new(kind: IndicatorKind, decimals: u8, unit_of_count: &str) -> Self {
        let whole = text::fold(unit_of_count);
        let mut units: Vec<String> = whole
            .split([',', '/', '(', ')'])
            .map(|part| part.trim().to_owned())
            .filter(|part| !part.is_empty())
            .collect();
        units.push(whole);
        Self { kind, decimals, units, sign: Sign::NotNegative }
    }

    /// Returns whether the figure is a percentage.
    pub(super) fn counts_percent(&self) -> bool {
        self.units.iter().any(|unit| unit == "%")
    }

    /// Returns whether words are the unit of count, with or without marks.
    pub(super) fn is_unit(&self, words: &str) -> bool {
        self.units.iter().any(|unit| unit == words || text::strip_marks(unit) == words)
    }
}

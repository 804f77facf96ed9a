//! What a cell of a form should hold, as far as it matters for reading it.

use crate::template::{IndicatorKind, UnitWords};

/// What a cell should hold.
#[derive(Debug, Clone)]
pub(super) struct ExpectedNumber {
    /// Flow, stock or tick.
    pub(super) kind: IndicatorKind,
    /// Decimal places.
    pub(super) decimals: u8,
    /// The words for what is counted.
    pub(super) unit: UnitWords,
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
    pub(super) fn new(kind: IndicatorKind, decimals: u8, unit: UnitWords) -> Self {
        Self { kind, decimals, unit, sign: Sign::NotNegative }
    }
}

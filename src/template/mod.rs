//! Step 0: the files of `templates/` become typed settings, roster, indicators, forms, rules and
//! targets. Every mistake in a template is an error with file, line and key, found before any
//! return is opened. Nothing of any particular body is in the code.

mod annexes;
mod body;
mod calendar;
mod forms;
mod indicators;
mod roster;
mod rules;
mod targets;

use std::collections::BTreeMap;

pub use annexes::{Annex, AnnexColumn, AnnexTable, ColumnContent, RowSource};
pub use body::{
    Body, Group, LegalBasis, MissingStock, NationalFigure, PeriodConvention, PeriodDates,
    SignatureBlock,
};
pub use calendar::{Calendar, Deadlines};
pub use forms::{
    BoxField, DetailColumn, DetailKind, DetailTable, Form, FormColumn, Forms, HeaderLabels,
    Measure, Part,
};
pub use indicators::{
    Derived, Indicator, IndicatorIx, IndicatorKind, Indicators, Ratio, Term, TermStatistic,
};
pub use roster::{Duty, Lineage, LineageKind, Roster, Unit, UnitIx};
pub use rules::{Facts, MissingValues, Rule, Rules, Severity, Usage, Violation};
pub use targets::{AssignedBy, Target, Targets};

/// Everything that an office, a district or a tier decides.
#[derive(Debug)]
pub struct Templates {
    /// `co-quan.toml`.
    pub body: Body,
    /// `don-vi.csv` and `bien-dong.csv`.
    pub roster: Roster,
    /// `chi-tieu.toml`.
    pub indicators: Indicators,
    /// `chi-tieu-giao.csv`.
    pub targets: Targets,
    /// `bieu-mau.toml`.
    pub forms: Forms,
    /// `quy-tac.toml`, compiled and tried out.
    pub rules: Rules,
    /// `phu-luc.toml`.
    pub annexes: Vec<Annex>,
    /// `bao-cao.md`, as written.
    pub report: String,
    /// SHA-256 of every template file, by name, in lower-case hexadecimal.
    pub hashes: BTreeMap<String, String>,
}

//! Step 0: the files of `templates/` become typed settings, roster, indicators, forms, rules and
//! targets. Every mistake in a template is an error with file, line and key, found before any
//! return is opened. Nothing of any particular body is in the code.

mod annexes;
mod body;
mod calendar;
mod charts;
#[cfg(test)]
pub(crate) mod fixtures;
mod forms;
mod identity;
mod indicators;
mod mappings;
mod reading;
mod roster;
mod rules;
mod targets;
#[cfg(test)]
mod tests;
mod unit_words;

use std::{collections::BTreeMap, error::Error, fmt, str::Utf8Error};

use sha2::{Digest, Sha256};

use self::reading::Source;
use crate::crew::{Alone, Crew, both};

pub use annexes::{Annex, AnnexColumn, AnnexTable, ColumnContent, RowSource};
pub use body::{
    Body, Group, LegalBasis, MessageWords, MissingStock, NationalFigure, PeriodConvention,
    PeriodDates, SignatureBlock,
};
pub use calendar::{Calendar, Deadlines};
pub use charts::{
    ChartContent, ChartPlace, ChartTemplate, Charts, FigureName, FunnelStage, NamedCode,
    NamedFigure, NamedStatistic,
};
pub use forms::{
    BoxField, BoxKind, ComposedHeads, DetailColumn, DetailKind, DetailTable, Form, FormColumn,
    Forms, HeaderLabels, Measure, Part,
};
pub use identity::{FormIdentity, FormMark, FormMarkKind, IDENTITY_SHEET, ReadIdentity};
pub use indicators::{
    Derived, Indicator, IndicatorIx, IndicatorKind, Indicators, Ratio, Section, Term,
    TermStatistic, without_count,
};
pub use mappings::{ColumnMeaning, LayoutMapping, MappedColumn, MappedRow, MappedTable};
pub use roster::{Duty, Lineage, LineageKind, Roster, Unit, UnitIx};
pub use rules::{
    Boundary, Check, CheckNode, CheckOperator, CheckPiece, Facts, MOVING, MissingValues, Relation,
    Relations, Rule, Rules, Severity, Usage, Violation,
};
pub use targets::{AssignedBy, Target, Targets};
pub use unit_words::UnitWords;

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
    /// `[bieu_do]` of `phu-luc.toml`.
    pub charts: Charts,
    /// `anh-xa/*.toml`, by name.
    pub mappings: Vec<LayoutMapping>,
    /// `bao-cao.md`, as written.
    pub report: String,
    /// SHA-256 of every template file, by name, in lower-case hexadecimal.
    pub hashes: BTreeMap<String, String>,
}

/// Folder of the accepted mappings in `templates/`.
pub const MAPPINGS: &str = "anh-xa/";

/// The files that must be in `templates/`.
pub const REQUIRED_FILES: [&str; 7] = [
    "co-quan.toml",
    "don-vi.csv",
    "chi-tieu.toml",
    "bieu-mau.toml",
    "quy-tac.toml",
    "phu-luc.toml",
    "bao-cao.md",
];

/// Returns the templates of a workspace from the files of `templates/` (name → bytes), or the first
/// mistake in them.
pub fn load(files: &BTreeMap<String, Vec<u8>>) -> Result<Templates, TemplateError> {
    load_by_crew(files, &Alone)
}

/// Returns the same; a crew reads the tables side by side, as a nation has ten thousand units.
pub fn load_by_crew(
    files: &BTreeMap<String, Vec<u8>>,
    crew: &dyn Crew,
) -> Result<Templates, TemplateError> {
    let body_source = Source::required(files, "co-quan.toml")?;
    let raw_body: reading::body::RawBody = body_source.toml()?;
    let body = raw_body.body(&body_source)?;
    let lineage = Source::optional(files, "bien-dong.csv")?;
    let roster = Source::required(files, "don-vi.csv")?;
    let assigned = Source::optional(files, "chi-tieu-giao.csv")?;
    let (roster, (assigned_rows, hashes)) = both(
        crew,
        || reading::roster::roster(&roster, lineage.as_ref(), &body),
        || (assigned.as_ref().map(reading::targets::rows), hashes(files)),
    );
    let roster = roster?;
    let indicators = Source::required(files, "chi-tieu.toml")?;
    let indicators = reading::indicators::indicators(&indicators, &body, &roster)?;
    let targets = match assigned_rows {
        Some(rows) => reading::targets::targets(&rows?, &roster, &indicators)?,
        None => Targets::default(),
    };
    let forms = Source::required(files, "bieu-mau.toml")?;
    let forms = reading::forms::forms(&forms, &body, &indicators)?;
    raw_body.check_references(&body_source, &roster, &indicators, &forms)?;
    let rules = Source::required(files, "quy-tac.toml")?;
    let rules = rules::reading::rules(&rules, &forms, &indicators)?;
    let annex_source = Source::required(files, "phu-luc.toml")?;
    let known = reading::annexes::Known { body: &body, indicators: &indicators, forms: &forms };
    let annexes = reading::annexes::annexes(&annex_source, &known)?;
    let charts = reading::charts::charts(&annex_source, &known)?;
    let mappings = reading::mappings::mappings(files, &forms, &indicators)?;
    let report = Source::required(files, "bao-cao.md")?.into_text();
    Ok(Templates {
        body,
        roster,
        indicators,
        targets,
        forms,
        rules,
        annexes,
        charts,
        mappings,
        report,
        hashes,
    })
}

impl Templates {
    /// Returns the SHA-256 of all files by name and hash, in lower-case hexadecimal: equal digests
    /// mean equal templates.
    pub fn digest(&self) -> String {
        let lines = self.hashes.iter().map(|(name, hash)| format!("{hash}  {name}\n"));
        sha256(lines.collect::<Vec<_>>().concat().as_bytes())
    }

    /// Returns the form that a unit fills; nothing for units that only gather others.
    pub fn form_of(&self, unit: &Unit) -> Option<&Form> {
        let group = self.body.groups.iter().find(|group| group.key == unit.group)?;
        self.forms.find(&group.form)
    }
}

fn hashes(files: &BTreeMap<String, Vec<u8>>) -> BTreeMap<String, String> {
    files.iter().map(|(name, bytes)| (name.clone(), sha256(bytes))).collect()
}

fn sha256(bytes: &[u8]) -> String {
    let digest = Sha256::digest(bytes);
    let digits = digest.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    digits.filter_map(|digit| char::from_digit(digit.into(), 16)).collect()
}

/// A mistake in the templates; nothing is read before it is corrected.
#[derive(Debug, thiserror::Error)]
pub enum TemplateError {
    /// A file is not there.
    #[error("thiếu tệp templates/{file}; các tệp phải có: {}", REQUIRED_FILES.join(", "))]
    MissingFile {
        /// Name of the file.
        file: String,
    },
    /// A file is not text in UTF-8.
    #[error(
        "templates/{file}: không phải là văn bản UTF-8; trong Excel chọn kiểu tệp \"CSV UTF-8\", \
         trong Notepad chọn mã hóa UTF-8"
    )]
    NotText {
        /// Name of the file.
        file: String,
        /// Where the text ends.
        source: Utf8Error,
    },
    /// An entry is wrong.
    #[error("templates/{place}: {message}")]
    Mistake {
        /// Where it stands.
        place: Box<TemplatePlace>,
        /// What is wrong and what is allowed.
        message: String,
        /// What a library said about it.
        #[source]
        cause: Option<Box<dyn Error + Send + Sync>>,
    },
}

/// Where a mistake stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TemplatePlace {
    /// Name of the file in `templates/`.
    pub file: String,
    /// Line of the file, from 1.
    pub line: u64,
    /// The entry, "quy tắc B-05".
    pub subject: String,
}

impl fmt::Display for TemplatePlace {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}, dòng {}, {}", self.file, self.line, self.subject)
    }
}

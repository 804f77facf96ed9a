//! The cells of a row: figures with their marks, names, units of count, words and remarks.

use std::collections::BTreeMap;

use super::notes::Notes;
use crate::{
    aggregate::{DisciplineCount, Figure, Footnote, Scope, Statistic, Subject},
    compose::{
        ReportInput,
        document::{ConstantKind, Content, RowKind, Run},
        lookup::{Lookup, NOT_APPLICABLE, NOT_AVAILABLE},
        typography::glue,
    },
    quantity::Quantity,
    template::{AnnexColumn, AnnexTable, ColumnContent, UnitIx},
    validate::Standing,
};

/// A row before its formulas are known.
#[derive(Clone, Debug)]
pub(in crate::compose) struct Draft {
    /// What the row is.
    pub kind: RowKind,
    /// One entry a column.
    pub cells: Vec<Vec<Run>>,
    /// Rows that a total adds up.
    pub members: Vec<usize>,
    /// Whether the first two columns share a cell.
    pub wide_label: bool,
}

/// What a row is about.
#[derive(Clone, Debug)]
pub(super) struct Subjects<'a> {
    /// STT.
    pub ordinal: String,
    /// Name of the unit, block, total or indicator.
    pub name: Vec<Run>,
    /// Whose figures.
    pub scope: Scope,
    /// Code of the row's indicator, where rows are indicators.
    pub code: Option<&'a str>,
}

/// Builds the cells of a table and gathers its notes.
pub(super) struct Builder<'a> {
    /// What the report is made of.
    pub input: &'a ReportInput<'a>,
    /// The table as the templates describe it.
    pub table: &'a AnnexTable,
    /// Notes under the table.
    pub notes: Notes,
    standings: BTreeMap<UnitIx, Standing>,
    /// Units reported and expected of most figures of the row at hand, told once at its name.
    row_base: Option<(u32, u32)>,
}

impl<'a> Builder<'a> {
    /// Returns a builder of a table.
    pub(super) fn new(input: &'a ReportInput<'a>, table: &'a AnnexTable) -> Self {
        let standings = input.batch.discipline.iter().map(|row| (row.unit, row.standing)).collect();
        Self { input, table, notes: Notes::default(), standings, row_base: None }
    }

    /// Returns the figures, templates and period.
    pub(super) fn lookup(&self) -> Lookup<'a> {
        self.input.lookup()
    }

    /// Returns the cells of a row.
    pub(super) fn cells(&mut self, row: &Subjects<'_>) -> Vec<Vec<Run>> {
        let columns: &'a [AnnexColumn] = &self.table.columns;
        let base = self.common_base(row);
        self.row_base = base.as_ref().map(|figure| (figure.reported, figure.expected));
        let named = Subjects { name: self.name(row, base.as_ref()), ..row.clone() };
        columns.iter().map(|column| self.cell(&named, &column.content)).collect()
    }

    /// Returns the name of a row, with the mark that says of how many units most of its figures are.
    fn name(&mut self, row: &Subjects<'_>, base: Option<&Figure>) -> Vec<Run> {
        let mut name = row.name.clone();
        if let Some(figure) = base {
            name.extend(self.notes.marks_of(&self.lookup(), figure, &[Footnote::Incomplete]));
        }
        name
    }

    /// Returns a figure with the base that most incomplete figures of a row share; nothing for a
    /// unit's own row, nor where no two figures share one.
    fn common_base(&self, row: &Subjects<'_>) -> Option<Figure> {
        if matches!(row.scope, Scope::Unit(_)) {
            return None;
        }
        let lookup = self.lookup();
        let figures = self.table.columns.iter().filter_map(|column| {
            let (code, statistic) = asked_for(row, &column.content)?;
            let statistic = Statistic::of_key(statistic)?;
            lookup.figures.get(lookup.subject(&code)?, row.scope, statistic)
        });
        let incomplete: Vec<Figure> =
            figures.filter(|figure| figure.footnotes.contains(&Footnote::Incomplete)).collect();
        let shared = |figure: &Figure| {
            let base = (figure.reported, figure.expected);
            incomplete.iter().filter(|other| (other.reported, other.expected) == base).count()
        };
        let mut best: Option<&Figure> = None;
        for figure in &incomplete {
            if shared(figure) > best.map_or(1, shared) {
                best = Some(figure);
            }
        }
        best.cloned()
    }

    fn cell(&mut self, row: &Subjects<'_>, content: &ColumnContent) -> Vec<Run> {
        match content {
            ColumnContent::Ordinal if row.ordinal.is_empty() => Vec::new(),
            ColumnContent::Ordinal => vec![ordinal(&row.ordinal)],
            ColumnContent::Name => row.name.clone(),
            ColumnContent::UnitOfCount => vec![Run::text(self.unit_of_count(row.code))],
            ColumnContent::Figure { code, statistic } => self.figure(code, row.scope, statistic),
            ColumnContent::RowFigure { suffix, statistic } => {
                let suffix = suffix.as_deref().unwrap_or_default();
                let code = row.code.map(|code| format!("{code}{suffix}"));
                code.map_or_else(Vec::new, |code| self.figure(&code, row.scope, statistic))
            }
            ColumnContent::FigureByRow { by_code, statistic } => {
                match row.code.and_then(|code| by_code.get(code)) {
                    Some(code) => self.figure(code, row.scope, statistic),
                    None => vec![Run::text(NOT_APPLICABLE)],
                }
            }
            ColumnContent::Word { by_code } => {
                let word = row.code.and_then(|code| by_code.get(code));
                word.map_or_else(Vec::new, |word| glue(self.lookup().declared(word)))
            }
            ColumnContent::Detail { .. } => Vec::new(),
            ColumnContent::Note => self.remark(row.scope),
        }
    }

    /// Returns a figure with the marks of its footnotes, or a sign where there is none.
    pub(super) fn figure(&mut self, code: &str, scope: Scope, statistic: &str) -> Vec<Run> {
        let lookup = self.lookup();
        let subject = lookup.subject(code);
        let statistic = Statistic::of_key(statistic);
        let (Some(subject), Some(statistic)) = (subject, statistic) else {
            return vec![Run::text(NOT_APPLICABLE)];
        };
        if statistic == Statistic::Rank && !matches!(scope, Scope::Unit(_)) {
            return Vec::new();
        }
        let Some(figure) = lookup.figures.get(subject, scope, statistic) else {
            return vec![Run::text(self.absent(subject, scope))];
        };
        if statistic == Statistic::Remaining && figure.value.is_some_and(|value| value.scaled < 0) {
            self.notes.remark("Số âm ở cột còn thiếu/vượt là số vượt chỉ tiêu giao.");
        }
        let footnotes = self.footnotes(&figure);
        let marks = self.notes.marks_of(&lookup, &figure, &footnotes);
        let mut runs = vec![Run::figure(lookup.table_figure(&figure))];
        runs.extend(marks);
        runs
    }

    /// Returns the footnotes that a figure is marked with: over how many units it is only where the
    /// name of its row does not say so, then also of one that every unit has.
    fn footnotes(&self, figure: &Figure) -> Vec<Footnote> {
        let base = (figure.reported, figure.expected);
        let others = figure.footnotes.iter().filter(|footnote| **footnote != Footnote::Incomplete);
        let told = self.row_base.map_or_else(
            || !figure.footnotes.contains(&Footnote::Incomplete),
            |row| row == base || figure.value.is_none(),
        );
        (!told).then_some(Footnote::Incomplete).into_iter().chain(others.copied()).collect()
    }

    /// Returns the sign of a figure that is no row of the table.
    fn absent(&self, subject: Subject, scope: Scope) -> &'static str {
        let templates = self.input.templates;
        let applies = match (subject, scope) {
            (Subject::Indicator(indicator), Scope::Unit(unit)) => {
                templates.indicators.get(indicator).applies_to(templates.roster.get(unit))
            }
            _ => true,
        };
        if applies { NOT_AVAILABLE } else { NOT_APPLICABLE }
    }

    fn unit_of_count(&self, code: Option<&str>) -> String {
        let indicators = &self.input.templates.indicators;
        let count = match code.and_then(|code| self.lookup().subject(code)) {
            Some(Subject::Indicator(index)) => &indicators.get(index).unit_of_count,
            Some(Subject::Derived(index)) => &indicators.derived[usize::from(index)].unit_of_count,
            Some(Subject::Ratio(_)) => return "%".to_owned(),
            Some(Subject::Discipline) | None => return String::new(),
        };
        count.clone()
    }

    fn remark(&self, scope: Scope) -> Vec<Run> {
        let words = match scope {
            Scope::Unit(unit) => match self.standings.get(&unit) {
                Some(Standing::NotReturned) => "chưa gửi báo cáo",
                Some(Standing::NotAccepted) => "số liệu đang rà soát",
                Some(Standing::NotRequired) => "chưa có số liệu",
                _ => return Vec::new(),
            },
            Scope::Parent(_) => return self.returned(scope),
            Scope::Whole | Scope::Group(_) | Scope::Block(_) => return Vec::new(),
        };
        vec![Run::text(words)]
    }

    /// Returns "20/21 đơn vị đã gửi" for a parent of units that did not all return.
    fn returned(&self, scope: Scope) -> Vec<Run> {
        let lookup = self.lookup();
        let count = |statistic| lookup.figures.get(Subject::Discipline, scope, statistic);
        let returned = count(Statistic::Discipline(DisciplineCount::Returned));
        let expected = count(Statistic::Expected);
        match (returned, expected) {
            (Some(returned), Some(expected)) if returned.value != expected.value => vec![
                Run::figure(lookup.table_figure(&returned)),
                Run::text("/"),
                Run::figure(lookup.table_figure(&expected)),
                Run::text(" đơn vị đã gửi"),
            ],
            _ => Vec::new(),
        }
    }
}

/// Returns the code and the statistic of the figure that a column asks for in a row.
fn asked_for<'a>(row: &Subjects<'_>, content: &'a ColumnContent) -> Option<(String, &'a str)> {
    match content {
        ColumnContent::Figure { code, statistic } => Some((code.clone(), statistic)),
        ColumnContent::RowFigure { suffix, statistic } => {
            Some((format!("{}{}", row.code?, suffix.as_deref().unwrap_or_default()), statistic))
        }
        ColumnContent::FigureByRow { by_code, statistic } => {
            Some((by_code.get(row.code?)?.clone(), statistic))
        }
        _ => None,
    }
}

/// Returns an STT: a number for a workbook, or Roman numerals.
pub(in crate::compose) fn ordinal(text: &str) -> Run {
    let mut run = Run::constant(ConstantKind::Ordinal, text);
    if let (Content::Constant(constant), Ok(number)) = (&mut run.content, text.parse()) {
        constant.value = Some(Quantity::whole(number));
    }
    run
}

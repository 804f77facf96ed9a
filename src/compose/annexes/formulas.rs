//! The formulas of a workbook: which columns are sums, differences or ratios of others, and which
//! figures they give. A formula is attached only where it gives exactly the figure of the table.

use super::cells::Draft;
use crate::{
    aggregate::Subject,
    compose::{
        document::{Cell, Formula, Row, RowKind, Run, held},
        lookup::Lookup,
    },
    quantity::Quantity,
    template::{AnnexColumn, ColumnContent, IndicatorIx, TermStatistic},
};

/// How a column follows from others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::compose) enum Rule {
    /// It does not, and totals do not add it up.
    None,
    /// Only its totals add it up.
    Sum,
    /// Columns added and subtracted.
    Difference {
        /// Columns added.
        plus: Vec<usize>,
        /// Columns subtracted.
        minus: Vec<usize>,
    },
    /// Columns in percent of others.
    Ratio {
        /// Columns above the line.
        numerator: Vec<usize>,
        /// Columns below the line.
        denominator: Vec<usize>,
    },
}

/// Returns the rule of every column.
pub(super) fn rules(lookup: &Lookup<'_>, columns: &[AnnexColumn]) -> Vec<Rule> {
    let heads = Heads { lookup, columns };
    columns.iter().map(|column| heads.rule(column)).collect()
}

/// Returns whether a row has a number that its column's formula does not give from the numbers of
/// the same row, as where a total leaves units out that lack one of them.
pub(super) fn depart_from_rows(drafts: &[Draft], rules: &[Rule]) -> bool {
    let grid = grid(drafts);
    let departs = |row: usize, (column, rule): (usize, &Rule)| {
        let whole = |columns: &[usize]| columns.iter().all(|column| grid[row][*column].is_some());
        let (formula, known) = match rule {
            Rule::None | Rule::Sum => return false,
            Rule::Difference { plus, minus } => {
                let formula = Formula::Difference { plus: plus.clone(), minus: minus.clone() };
                (formula, whole(plus) && whole(minus))
            }
            Rule::Ratio { numerator, denominator } => {
                let (above, below) = (numerator.clone(), denominator.clone());
                let formula =
                    Formula::Ratio { numerator: above, denominator: below, rows: vec![row] };
                (formula, whole(numerator) && whole(denominator))
            }
        };
        let runs = &drafts[row].cells[column];
        known && held(runs).is_some() && !formula.gives(&grid, (row, column), runs)
    };
    (0..drafts.len()).any(|row| rules.iter().enumerate().any(|rule| departs(row, rule)))
}

/// Returns the numbers of the cells.
fn grid(drafts: &[Draft]) -> Vec<Vec<Option<Quantity>>> {
    drafts.iter().map(|draft| draft.cells.iter().map(|cell| held(cell)).collect()).collect()
}

/// Returns the rows with their formulas.
pub(in crate::compose) fn rows(drafts: Vec<Draft>, rules: &[Rule]) -> Vec<Row> {
    let grid = grid(&drafts);
    let row = |(position, draft): (usize, Draft)| {
        let formulas = rules.iter().enumerate().map(|(column, rule)| {
            let candidates = candidates(rule, position, &draft.members);
            let runs = draft.cells.get(column)?;
            candidates.into_iter().find(|formula| formula.gives(&grid, (position, column), runs))
        });
        let formulas: Vec<Option<Formula>> = formulas.collect();
        finished(draft, formulas)
    };
    drafts.into_iter().enumerate().map(row).collect()
}

fn finished(draft: Draft, formulas: Vec<Option<Formula>>) -> Row {
    let bold = draft.kind != RowKind::Plain;
    let mut cells: Vec<Cell> = Vec::new();
    for (column, (runs, formula)) in draft.cells.into_iter().zip(formulas).enumerate() {
        let runs: Vec<Run> = runs.into_iter().map(|run| Run { bold, ..run }).collect();
        if let (1, true, Some(label)) = (column, draft.wide_label, cells.first_mut()) {
            label.runs.extend(runs);
            label.column_span = 2;
            continue;
        }
        cells.push(Cell { runs, column_span: 1, formula });
    }
    Row { kind: draft.kind, cells }
}

/// Returns the formulas that may give a cell, the most telling first.
fn candidates(rule: &Rule, row: usize, members: &[usize]) -> Vec<Formula> {
    let sum = (!members.is_empty()).then(|| Formula::Sum { rows: members.to_vec() });
    match rule {
        Rule::None => Vec::new(),
        Rule::Sum => sum.into_iter().collect(),
        Rule::Difference { plus, minus } => {
            let difference = Formula::Difference { plus: plus.clone(), minus: minus.clone() };
            sum.into_iter().chain([difference]).collect()
        }
        Rule::Ratio { numerator, denominator } => {
            let rows = if members.is_empty() { vec![row] } else { members.to_vec() };
            let (numerator, denominator) = (numerator.clone(), denominator.clone());
            vec![Formula::Ratio { numerator, denominator, rows }]
        }
    }
}

/// The columns of a table, searched by what they hold.
struct Heads<'a> {
    lookup: &'a Lookup<'a>,
    columns: &'a [AnnexColumn],
}

impl Heads<'_> {
    fn rule(&self, column: &AnnexColumn) -> Rule {
        match &column.content {
            ColumnContent::Figure { code, statistic } => self.figure_rule(code, statistic),
            ColumnContent::RowFigure { suffix: None, statistic } if statistic == "change" => {
                let find = |wanted: &str| {
                    self.columns.iter().position(|column| {
                        matches!(&column.content, ColumnContent::RowFigure { suffix: None, statistic }
                            if statistic == wanted)
                    })
                };
                difference(find("value"), find("previous"))
            }
            ColumnContent::Detail { .. } => Rule::Sum,
            _ => Rule::None,
        }
    }

    fn figure_rule(&self, code: &str, statistic: &str) -> Rule {
        let subject = self.lookup.subject(code);
        match (subject, statistic) {
            (Some(Subject::Derived(index)), "value") => self.derived_rule(index),
            (Some(Subject::Ratio(index)), "ratio") => {
                let ratio = &self.lookup.templates.indicators.ratios[usize::from(index)];
                let sides = (self.side(&ratio.numerator), self.side(&ratio.denominator));
                match sides {
                    (Some(numerator), Some(denominator)) => Rule::Ratio { numerator, denominator },
                    _ => Rule::None,
                }
            }
            (_, "change") => difference(self.find(code, "value"), self.find(code, "previous")),
            (_, "remaining") => difference(self.target(code), self.find(code, "value")),
            (_, "target_ratio") => match (self.find(code, "value"), self.target(code)) {
                (Some(value), Some(target)) => {
                    Rule::Ratio { numerator: vec![value], denominator: vec![target] }
                }
                _ => Rule::None,
            },
            (_, "value" | "previous" | "ytd" | "target") => Rule::Sum,
            _ => Rule::None,
        }
    }

    fn derived_rule(&self, index: u16) -> Rule {
        let indicators = &self.lookup.templates.indicators;
        let mut sides = (Vec::new(), Vec::new());
        for term in &indicators.derived[usize::from(index)].terms {
            let statistic = match term.statistic {
                TermStatistic::Value => "value",
                TermStatistic::Previous => "previous",
            };
            let code = &indicators.get(term.indicator).code;
            let Some(column) = self.find(code, statistic) else { return Rule::Sum };
            if term.sign < 0 { sides.1.push(column) } else { sides.0.push(column) }
        }
        Rule::Difference { plus: sides.0, minus: sides.1 }
    }

    /// Returns the column of a sum of indicators, or the columns of each.
    fn side(&self, terms: &[IndicatorIx]) -> Option<Vec<usize>> {
        let indicators = &self.lookup.templates.indicators;
        let same = |sum: &&crate::template::Derived| {
            sum.terms.len() == terms.len()
                && sum.terms.iter().zip(terms).all(|(term, wanted)| {
                    term.sign > 0
                        && term.statistic == TermStatistic::Value
                        && term.indicator == *wanted
                })
        };
        let derived = indicators.derived.iter().filter(same);
        let mut whole = derived.filter_map(|sum| self.find(&sum.code, "value"));
        if let Some(column) = whole.next() {
            return Some(vec![column]);
        }
        let column = |term: &IndicatorIx| {
            let indicator = indicators.get(*term);
            self.find(&indicator.code, "value").or_else(|| {
                let target_of = indicator.target_of.as_deref()?;
                self.find(target_of, "target")
            })
        };
        terms.iter().map(column).collect()
    }

    /// Returns the column of the target of an indicator.
    fn target(&self, code: &str) -> Option<usize> {
        self.find(code, "target").or_else(|| {
            let list = &self.lookup.templates.indicators.list;
            let target = list.iter().find(|row| row.target_of.as_deref() == Some(code))?;
            self.find(&target.code, "value")
        })
    }

    fn find(&self, wanted: &str, wanted_statistic: &str) -> Option<usize> {
        self.columns.iter().position(|column| {
            matches!(&column.content, ColumnContent::Figure { code, statistic }
                if code == wanted && statistic == wanted_statistic)
        })
    }
}

fn difference(plus: Option<usize>, minus: Option<usize>) -> Rule {
    match (plus, minus) {
        (Some(plus), Some(minus)) => Rule::Difference { plus: vec![plus], minus: vec![minus] },
        _ => Rule::Sum,
    }
}

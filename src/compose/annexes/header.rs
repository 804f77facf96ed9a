//! The head of a table: cells over several columns or rows, the row of column numbers, widths.

use super::formulas::Rule;
use crate::{
    compose::{
        ReportInput,
        document::{Align, Column, HeaderCell},
        lookup::Lookup,
        typography::glue,
    },
    template::{AnnexColumn, AnnexTable, ColumnContent, DetailKind, RowSource},
};

/// Returns the alignment and stretch of every column.
pub(super) fn columns(input: &ReportInput<'_>, table: &AnnexTable) -> Vec<Column> {
    let column = |column: &AnnexColumn| match &column.content {
        ColumnContent::Ordinal | ColumnContent::UnitOfCount | ColumnContent::Word { .. } => {
            Column { align: Align::Centre, stretch: 0 }
        }
        ColumnContent::Name => Column { align: Align::Left, stretch: 3 },
        ColumnContent::Note => Column { align: Align::Left, stretch: 1 },
        ColumnContent::Figure { .. }
        | ColumnContent::RowFigure { .. }
        | ColumnContent::FigureByRow { .. } => Column { align: Align::Right, stretch: 0 },
        ColumnContent::Detail { column } => match detail_kind(input, table, column) {
            DetailKind::Text => Column { align: Align::Left, stretch: 2 },
            DetailKind::Date => Column { align: Align::Centre, stretch: 0 },
            DetailKind::Number => Column { align: Align::Right, stretch: 0 },
        },
    };
    table.columns.iter().map(column).collect()
}

/// Returns what a column of a detail table holds.
fn detail_kind(input: &ReportInput<'_>, table: &AnnexTable, column: &str) -> DetailKind {
    let RowSource::Details { table: key, .. } = &table.rows else { return DetailKind::Text };
    let details = input.templates.forms.list.iter().flat_map(|form| &form.details);
    let mut columns =
        details.filter(|detail| &detail.key == key).flat_map(|detail| &detail.columns);
    columns.find(|known| known.key == column).map_or(DetailKind::Text, |known| known.kind)
}

/// Returns the head rows, top to bottom: equal first entries of neighbours share a cell.
pub(super) fn rows(lookup: &Lookup<'_>, columns: &[AnnexColumn]) -> Vec<Vec<HeaderCell>> {
    let depth = columns.iter().map(|column| column.head.len()).max().unwrap_or(0);
    let mut rows = Vec::new();
    for level in 0..depth {
        let mut row = Vec::new();
        let mut position = 0;
        while let Some(column) = columns.get(position) {
            let Some(words) = column.head.get(level) else {
                position += 1;
                continue;
            };
            let is_leaf = column.head.len() == level + 1;
            let shares = |other: &&AnnexColumn| {
                other.head.len() > level + 1
                    && other.head.get(..=level) == column.head.get(..=level)
            };
            let column_span =
                if is_leaf { 1 } else { columns.iter().skip(position).take_while(shares).count() };
            let row_span = if is_leaf { depth - level } else { 1 };
            let runs = glue(lookup.declared(words));
            row.push(HeaderCell { column: position, column_span, row_span, runs });
            position += column_span;
        }
        rows.push(row);
    }
    rows
}

/// Returns the row of column numbers: "(1)", "(6) = (4) + (5)".
pub(in crate::compose) fn numbers(rules: &[Rule]) -> Vec<String> {
    let name = |column: &usize| format!("({})", column + 1);
    let sum = |columns: &[usize]| columns.iter().map(name).collect::<Vec<_>>().join(" + ");
    let side = |columns: &[usize]| {
        if columns.len() > 1 { format!("[{}]", sum(columns)) } else { sum(columns) }
    };
    let number = |(column, rule): (usize, &Rule)| match rule {
        Rule::None | Rule::Sum => name(&column),
        Rule::Difference { plus, minus } => {
            let terms = [sum(plus)].into_iter().chain(minus.iter().map(name));
            format!("{} = {}", name(&column), terms.collect::<Vec<_>>().join(" \u{2212} "))
        }
        Rule::Ratio { numerator, denominator } => {
            format!("{} = {} / {}", name(&column), side(numerator), side(denominator))
        }
    };
    rules.iter().enumerate().map(number).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn column_numbers_say_how_a_column_is_computed() {
        let rules = [
            Rule::None,
            Rule::Sum,
            Rule::Sum,
            Rule::Difference { plus: vec![1, 2], minus: Vec::new() },
            Rule::Difference { plus: vec![1], minus: vec![2] },
            Rule::Ratio { numerator: vec![1, 2], denominator: vec![3] },
        ];
        let expected = [
            "(1)",
            "(2)",
            "(3)",
            "(4) = (2) + (3)",
            "(5) = (2) \u{2212} (3)",
            "(6) = [(2) + (3)] / (4)",
        ];
        assert_eq!(numbers(&rules), expected);
    }
}

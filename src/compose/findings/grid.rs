//! Plain tables of the workbook: one head row, one row of cells for each thing, words and numbers.

use crate::{
    compose::{
        document::{
            Align, Cell, Column, Constant, ConstantKind, Content, HeaderCell, Row, RowKind, Run,
            Table,
        },
        runs::unit_text,
    },
    quantity::Quantity,
    text::format_quantity,
};

/// A head with the alignment and stretch of its column.
pub(in crate::compose) type Head = (&'static str, Align, u16);

/// Returns a table of plain and group rows.
pub(in crate::compose) fn table(heads: &[Head], rows: Vec<Row>) -> Table {
    let header = heads.iter().enumerate().map(|(column, (words, _, _))| HeaderCell {
        column,
        column_span: 1,
        row_span: 1,
        runs: vec![unit_text(words)],
    });
    let columns =
        heads.iter().map(|(_, align, stretch)| Column { align: *align, stretch: *stretch });
    Table {
        caption: None,
        unit_of_count: None,
        columns: columns.collect(),
        header: vec![header.collect()],
        column_numbers: Vec::new(),
        rows,
        notes: Vec::new(),
    }
}

/// Returns a plain row.
pub(in crate::compose) fn row(cells: Vec<Vec<Run>>) -> Row {
    let cell = |runs| Cell { runs, column_span: 1, formula: None };
    Row { kind: RowKind::Plain, cells: cells.into_iter().map(cell).collect() }
}

/// Returns the head of a group of rows, over all columns.
pub(in crate::compose) fn group(runs: Vec<Run>, columns: usize) -> Row {
    let runs = runs.into_iter().map(Run::bold).collect();
    Row { kind: RowKind::Group, cells: vec![Cell { runs, column_span: columns, formula: None }] }
}

/// Returns words as a cell.
pub(in crate::compose) fn words(words: &str) -> Vec<Run> {
    if words.is_empty() { Vec::new() } else { vec![unit_text(words)] }
}

/// Returns a number as a cell.
pub(in crate::compose) fn number(quantity: Quantity) -> Vec<Run> {
    let text = format_quantity(quantity);
    let constant = Constant { kind: ConstantKind::UnitText, text, value: Some(quantity) };
    vec![Run::of(Content::Constant(constant))]
}

/// Returns a count as a cell.
pub(in crate::compose) fn count(count: usize) -> Vec<Run> {
    number(Quantity::whole(i64::try_from(count).unwrap_or(i64::MAX)))
}

/// Returns the STT of a row.
pub(in crate::compose) fn ordinal(number: usize) -> Vec<Run> {
    vec![crate::compose::annexes::ordinal(&number.to_string())]
}

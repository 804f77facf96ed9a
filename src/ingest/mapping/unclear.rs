//! What in a table is unclear: columns of figures where the values of known rows are lacking, and
//! rows with figures that nothing names. Each is given its candidates.

use std::collections::BTreeSet;

use super::{
    Table,
    likeness::{self, FormRows, Words},
    propose::{self, RowsAsked},
};
use crate::{
    ingest::{
        CellContent,
        codes::normalise_code,
        plain_number::begins_with_digit,
        sheet::SheetReading,
        understanding::{ColumnHolds, ColumnReading, RowReading},
    },
    template::{ColumnMeaning, Measure},
    text::fold,
};

/// Most rows of a table with the indicators across between which a person can be asked to choose.
const MOST_UNCLEAR_ROWS: usize = 4;

impl Table<'_> {
    /// Finds what is unclear and proposes what it may be.
    pub(super) fn propose(
        &mut self,
        form: &FormRows,
        taken: &BTreeSet<String>,
        sheet: &SheetReading,
    ) {
        let has_value = |row: &RowReading| {
            let mut values = sheet.values.iter().chain(&sheet.mapped);
            values
                .any(|value| self.row_of(value.cell) == row.row && value.measure == Measure::Value)
        };
        let repeated = |row: &RowReading| {
            let mut values = sheet.values.iter();
            values.any(|value| Some(&value.code) == row.code.as_ref())
        };
        let lacking = |row: &RowReading| {
            let known = row.code.is_some() && !has_value(row) && !repeated(row);
            known || (row.code.is_none() && is_like(form, row))
        };
        let has_column = self.columns.iter().any(|column| {
            matches!(
                column.holds,
                ColumnHolds::Unit
                    | ColumnHolds::Figures(
                        ColumnMeaning::Value | ColumnMeaning::Flow | ColumnMeaning::Stock
                    )
            )
        });
        if !has_column && self.rows.iter().filter(|row| lacking(row)).count() > 0 {
            self.propose_columns();
        }
        self.propose_rows(form, taken);
    }

    fn propose_columns(&mut self) {
        let has_figures = |column: &ColumnReading| {
            let mut rows = self.rows.iter();
            column.holds == ColumnHolds::Other
                && rows.any(|row| is_figure(self.content(row.row, column.column)))
        };
        let unclear: Vec<bool> = self.columns.iter().map(has_figures).collect();
        if self.shape.is_across && unclear.iter().filter(|it| **it).count() > MOST_UNCLEAR_ROWS {
            return;
        }
        for (column, _) in self.columns.iter_mut().zip(unclear).filter(|(_, unclear)| *unclear) {
            column.holds = ColumnHolds::Unclear;
        }
        let taken: Vec<ColumnMeaning> = self
            .columns
            .iter()
            .filter_map(|column| match column.holds {
                ColumnHolds::Figures(meaning) => Some(meaning),
                _ => None,
            })
            .collect();
        let unclear = self.columns.iter_mut().filter(|column| column.is_open());
        propose::columns(&mut unclear.collect::<Vec<_>>(), &taken);
    }

    fn propose_rows(&mut self, form: &FormRows, taken: &BTreeSet<String>) {
        let figures: Vec<u32> = self
            .columns
            .iter()
            .filter(|column| {
                let holds = column.holds;
                matches!(holds, ColumnHolds::Figures(_) | ColumnHolds::Unit | ColumnHolds::Unclear)
            })
            .map(|column| column.column)
            .collect();
        let matcher = self.matcher;
        let (shape, grid) = (self.shape, self.grid);
        let content = |row: u32, column: u32| {
            let (row, column) = if shape.is_across { (column, row) } else { (row, column) };
            grid.at(row, column)
        };
        let unit_column =
            propose::unit_column(&self.shape.columns, |name| matcher.is_unit_of_count_head(name));
        let parts: Vec<&str> = self
            .header
            .iter()
            .flat_map(|header| &header.parts)
            .map(|part| matcher.parts[part.part].key.as_str())
            .collect();
        let asked = RowsAsked {
            is_free: &|row| {
                (parts.is_empty() || parts.contains(&row.part.as_str()))
                    && !taken.contains(&normalise_code(&row.code))
            },
            unit_of_count: &|row| match content(row, unit_column?) {
                CellContent::Text(text) => Some(fold(text)),
                _ => None,
            },
        };
        // "Tổng số hồ sơ" is a total by its first words, and may be the name of an indicator.
        let named = |row: &RowReading| {
            let words = Words::of_row(&row.words);
            form.rows.iter().any(|known| known.likeness(&words).0 >= likeness::CERTAIN)
        };
        let unclear = self.rows.iter_mut().filter(|row| {
            row.code.is_none()
                && (!matcher.is_total(&fold(&row.words)) || named(row))
                && figures.iter().any(|column| is_figure(content(row.row, *column)))
        });
        propose::rows(form, &mut unclear.collect::<Vec<_>>(), &asked);
    }
}

/// Returns whether the words of a row are near the name of an indicator.
fn is_like(form: &FormRows, row: &RowReading) -> bool {
    let words = Words::of_row(&row.words);
    form.rows.iter().any(|known| known.likeness(&words).0 >= likeness::LEAST)
}

/// Returns whether a cell holds a number, or words that begin with one.
pub(super) fn is_figure(content: &CellContent) -> bool {
    match content {
        CellContent::Number(_) | CellContent::Percent(_) | CellContent::ShownOtherwise(..) => true,
        CellContent::Text(text) => begins_with_digit(text),
        _ => false,
    }
}

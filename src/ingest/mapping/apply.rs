//! What an accepted mapping makes of a table: values of rows and columns that were not read.

use std::collections::{BTreeMap, BTreeSet};

use super::{Table, shape::ShapeColumn};
use crate::{
    ingest::{
        NoticeKind, RawValue,
        codes::normalise_code,
        columns::ColumnWords,
        matcher::PartWords,
        sheet::SheetReading,
        understanding::{Basis, ColumnHolds, ColumnReading, RowReading},
        units::value_at,
    },
    place::CellRef,
    template::{ColumnMeaning, Measure},
};

impl Table<'_> {
    /// Adds what the accepted mapping says: values of rows and columns that were not read.
    pub(super) fn apply(&mut self, sheet: &mut SheetReading, taken: &mut BTreeSet<String>) {
        let Some(accepted) = self.accepted else { return };
        for (row, shape) in self.rows.iter_mut().zip(&self.shape.rows) {
            if row.code.is_none()
                && let Some(code) = accepted.row(shape)
                && taken.insert(normalise_code(code))
            {
                row.code = Some(code.to_owned());
                row.basis = Basis::Mapping;
            }
        }
        let mut added = self.apply_to_units(sheet);
        let values: Vec<RawValue> = self.rows.iter().flat_map(|row| self.values_of(row)).collect();
        for value in values {
            let same =
                |known: &RawValue| known.code == value.code && known.measure == value.measure;
            if !sheet.values.iter().chain(&sheet.mapped).any(same) {
                added.insert(self.row_of(value.cell));
                sheet.mapped.push(value);
            }
        }
        sheet.notices.retain(|notice| {
            let asked =
                matches!(notice.kind, NoticeKind::UnknownCode(_) | NoticeKind::MissingColumn(_));
            !(asked && notice.cell.is_some_and(|cell| added.contains(&self.row_of(cell))))
        });
    }

    /// Adds the values of rows that were not read to the units whose columns they stand in; returns
    /// the rows.
    fn apply_to_units(&self, sheet: &mut SheetReading) -> BTreeSet<u32> {
        let mut added = BTreeSet::new();
        for (column, reading) in self.shape.columns.iter().zip(&self.columns) {
            let Some(name) = self.unit_name(column).filter(|_| reading.holds == ColumnHolds::Unit)
            else {
                continue;
            };
            let unit = sheet.unit_at(self.grid, name);
            for row in &self.rows {
                let Some(code) = &row.code else { continue };
                let key = normalise_code(code);
                let mut parts = self.matcher.parts.iter();
                let Some(part) = parts.find(|part| part.codes.contains_key(&key)) else { continue };
                let cell = self.cell(row.row, column.column);
                let known = &mut sheet.units[unit];
                let is_new = !known.codes.contains(code)
                    && !known.mapped.iter().any(|value| value.code == *code);
                if is_new {
                    known.mapped.push(value_at(self.grid, part, code, cell));
                    added.insert(row.row);
                }
            }
        }
        added
    }

    /// Returns the cell of the name of the unit whose a column is.
    fn unit_name(&self, column: &ShapeColumn) -> Option<CellRef> {
        if let Some((_, name)) = column.role {
            return name;
        }
        let mut names = self.header.iter().flat_map(|header| &header.units.names);
        names.find(|name| name.column == column.column).copied()
    }

    /// Returns the values of a row in its columns; those of the certain reading are among them.
    fn values_of(&self, row: &RowReading) -> Vec<RawValue> {
        let Some(code) = &row.code else { return Vec::new() };
        let key = normalise_code(code);
        let mut parts = self.matcher.parts.iter().enumerate();
        let in_header = |index: usize| {
            let header = self.header.as_ref();
            header.is_some_and(|header| header.parts.iter().any(|part| part.part == index))
        };
        let owner = parts
            .clone()
            .find(|(index, part)| part.codes.contains_key(&key) && in_header(*index))
            .or_else(|| parts.find(|(_, part)| part.codes.contains_key(&key)));
        let Some((index, part)) = owner else { return Vec::new() };
        let mut places: BTreeMap<usize, u32> = BTreeMap::new();
        let columns = self.header.iter().flat_map(|header| &header.parts);
        for (column, spec) in
            columns.filter(|each| each.part == index).flat_map(|each| &each.columns)
        {
            places.insert(*spec, *column);
        }
        let is_read = |column: &&ColumnReading| column.basis != Basis::Mapping;
        let stated = self.columns.iter().filter(|_| self.shape.is_across).filter(is_read);
        let accepted = self.columns.iter().filter(|column| !is_read(column));
        for column in stated.chain(accepted) {
            if let ColumnHolds::Figures(meaning) = column.holds
                && let Some(spec) = spec_for(part, meaning)
            {
                places.entry(spec).or_insert(column.column);
            }
        }
        let value = |(spec, column): (usize, u32)| {
            let spec = &part.columns[spec];
            RawValue {
                code: [code.as_str(), spec.suffix.as_deref().unwrap_or_default()].concat(),
                measure: spec.measure,
                part_is_stock: part.stock,
                sheet: 0,
                cell: self.cell(row.row, column),
                content: self.content(row.row, column).clone(),
                part: None,
            }
        };
        places.into_iter().map(value).collect()
    }
}

/// Returns the column of a part that a mapped column is, if the part has one.
fn spec_for(part: &PartWords, meaning: ColumnMeaning) -> Option<usize> {
    let measure = match meaning {
        ColumnMeaning::Value => Measure::Value,
        ColumnMeaning::Flow if !part.stock => Measure::Value,
        ColumnMeaning::Stock if part.stock => Measure::Value,
        ColumnMeaning::Previous => Measure::Previous,
        ColumnMeaning::YearToDate => Measure::YearToDate,
        ColumnMeaning::Change => Measure::Change,
        ColumnMeaning::Flow | ColumnMeaning::Stock | ColumnMeaning::Ignored => return None,
    };
    let is = |column: &ColumnWords| column.measure == measure && column.suffix.is_none();
    part.columns.iter().position(is)
}

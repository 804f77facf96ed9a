//! What an accepted mapping makes of a table: values of rows and columns that were not read.

use std::collections::{BTreeMap, BTreeSet};

use super::{Table, shape::ShapeColumn, tells_of_unread};
use crate::{
    ingest::{
        RawValue,
        codes::normalise_code,
        columns::ColumnWords,
        matcher::PartWords,
        sheet::SheetReading,
        understanding::{Basis, ColumnHolds, ColumnReading, RowReading},
        units::value_at,
        withdrawn::{Objections, Withdrawn},
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
        let objections = self.objections(sheet);
        let mut added = self.apply_to_units(&objections, sheet);
        for (row, shape) in self.rows.iter().zip(&self.shape.rows) {
            let Some((index, code)) = self.part_of(row) else { continue };
            let part = &self.matcher.parts[index];
            for (column, value) in self.values_of((index, code), row.row) {
                let same =
                    |known: &RawValue| known.code == value.code && known.measure == value.measure;
                let is_kept_apart = is_kept_apart(&sheet.withdrawn, value.cell);
                if is_kept_apart || sheet.values.iter().chain(&sheet.mapped).any(same) {
                    continue;
                }
                added.insert(row.row);
                let is_figure = value.measure == Measure::Value;
                let doubt = || self.doubt(&objections, (part, code), shape, column);
                match is_figure.then(doubt).flatten() {
                    Some(doubt) => sheet.withdraw(&doubt, std::iter::once(value)),
                    None => sheet.mapped.push(value),
                }
            }
        }
        sheet.notices.retain(|notice| {
            !(tells_of_unread(notice)
                && notice.cell.is_some_and(|cell| added.contains(&self.row_of(cell))))
        });
    }

    /// Adds the values of rows that were not read to the units whose columns they stand in; returns
    /// the rows.
    fn apply_to_units(&self, objections: &Objections, sheet: &mut SheetReading) -> BTreeSet<u32> {
        let mut added = BTreeSet::new();
        for (column, reading) in self.shape.columns.iter().zip(&self.columns) {
            let Some(name) = self.unit_name(column).filter(|_| reading.holds == ColumnHolds::Unit)
            else {
                continue;
            };
            let unit = sheet.unit_at(self.grid, name);
            for (row, shape) in self.rows.iter().zip(&self.shape.rows) {
                let Some((index, code)) = self.part_of(row) else { continue };
                let part = &self.matcher.parts[index];
                let known = &mut sheet.units[unit];
                let is_new = !known.codes.contains(code)
                    && !known.mapped.iter().any(|value| value.code == *code);
                if !is_new {
                    continue;
                }
                let value = value_at(self.grid, part, code, self.cell(row.row, column.column));
                if is_kept_apart(&known.withdrawn, value.cell) {
                    continue;
                }
                added.insert(row.row);
                match self.doubt(objections, (part, code), shape, column.column) {
                    Some(doubt) => sheet.withdraw_of_unit(unit, &doubt, value),
                    None => known.mapped.push(value),
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

    /// Returns the index of the part of the indicator of a row, and the code.
    fn part_of<'r>(&self, row: &'r RowReading) -> Option<(usize, &'r str)> {
        let code = row.code.as_ref()?;
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
        owner.map(|(index, _)| (index, code.as_str()))
    }

    /// Returns the values of a row in its columns, each with the column of the shape; those of the certain
    /// reading are among them.
    fn values_of(&self, (index, code): (usize, &str), row: u32) -> Vec<(u32, RawValue)> {
        let part = &self.matcher.parts[index];
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
            let code = [code, spec.suffix.as_deref().unwrap_or_default()].concat();
            let value = value_at(self.grid, part, &code, self.cell(row, column));
            (column, RawValue { measure: spec.measure, ..value })
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

/// Returns whether the certain reading has kept the number of a cell apart.
fn is_kept_apart(withdrawn: &[Withdrawn], cell: CellRef) -> bool {
    withdrawn.iter().any(|one| one.values.iter().any(|value| value.cell == cell))
}

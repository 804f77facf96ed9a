//! How a sheet was understood, what in it is unclear, and what an accepted mapping makes of that. It
//! comes after the certain reading and only adds to it: nothing that was read is changed.

mod layout;
mod likeness;
mod propose;
mod shape;
mod unclear;

use std::collections::{BTreeMap, BTreeSet};

pub(super) use layout::Mappings;
pub(super) use likeness::{FormRows, form_rows};

use self::{
    layout::Accepted,
    shape::{Shape, ShapeColumn, ShapeRow},
};
use super::{
    CellContent, Notice, NoticeKind, RawValue,
    codes::normalise_code,
    details::is_number_row,
    grid::Grid,
    header::{self, ValueHeader},
    matcher::{ColumnWords, Matcher, PartWords},
    sheet::SheetReading,
    understanding::{Basis, ColumnHolds, ColumnReading, RowReading, TableReading, Understanding},
};
use crate::{
    place::CellRef,
    template::{ColumnMeaning, Measure},
    text::fold,
};

/// A sheet with more rows is a list and no form; nothing is proposed for it.
const MOST_ROWS: usize = 1_000;

/// How much of the understanding is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Detail {
    /// What a run needs: what is unclear. Nothing is said of sheets that leave no question.
    Reading,
    /// Every row with its words.
    Layout,
}

/// The understanding of the sheets of a file, put together sheet by sheet.
#[derive(Debug)]
pub(super) struct Understood {
    detail: Detail,
    shapes: Vec<Shape>,
    tables: Vec<TableReading>,
}

impl Understood {
    /// Prepares for the sheets of a file.
    pub(super) fn new(detail: Detail) -> Self {
        Self { detail, shapes: Vec::new(), tables: Vec::new() }
    }

    /// Adds a sheet, and to what was read of it what accepted mappings say of the rest.
    pub(super) fn add(&mut self, matcher: &Matcher, grid: &Grid, sheet: &mut SheetReading) {
        if !sheet.units.is_empty()
            || self.detail == Detail::Reading && leaves_no_question(grid, sheet)
        {
            return;
        }
        let shapes = shape::shapes(matcher, grid);
        if shapes.iter().map(|shape| shape.rows.len()).sum::<usize>() > MOST_ROWS {
            return;
        }
        let form = propose::form_of(&matcher.form_rows, &shapes);
        let mut taken: BTreeSet<String> =
            sheet.codes.iter().map(|code| normalise_code(code)).collect();
        let known =
            shapes.iter().flat_map(|shape| &shape.rows).filter_map(|row| row.known.as_ref());
        taken.extend(known.map(|(code, _)| code.clone()));
        let mut worth = false;
        for shape in &shapes {
            let mut table = Table::new(matcher, grid, shape, sheet);
            table.apply(sheet, &mut taken);
            if let Some(form) = form {
                table.propose(form, &taken, sheet);
            }
            let reading = table.finish();
            worth |= reading.rows.iter().any(|row| row.code.is_some() || row.is_open());
            self.tables.push(reading);
        }
        if worth {
            self.shapes.extend(shapes);
        } else {
            self.tables.truncate(self.tables.len() - shapes.len());
        }
    }

    /// Returns the understanding of the file.
    pub(super) fn finish(mut self) -> Understanding {
        let needed = self.detail == Detail::Layout
            || self.tables.iter().any(|table| table.open() > 0 || table.mapping.is_some());
        let layout = if needed { layout::fingerprint(self.shapes.iter()) } else { String::new() };
        if !needed {
            for table in &mut self.tables {
                table.rows.retain(|row| row.code.is_some());
                for row in table.rows.iter_mut().filter(|row| row.basis == Basis::Code) {
                    row.words = String::new();
                }
            }
        }
        Understanding { layout, tables: self.tables }
    }
}

/// Returns whether all rows with figures were read, so that nobody has to be asked: in most sheets.
fn leaves_no_question(grid: &Grid, sheet: &SheetReading) -> bool {
    let asks = |notice: &Notice| {
        matches!(notice.kind, NoticeKind::UnknownCode(_) | NoticeKind::MissingColumn(_))
    };
    if sheet.notices.iter().any(asks) {
        return false;
    }
    if sheet.values.is_empty() {
        // A list of its own, as that of villages.
        return !sheet.details.is_empty();
    }
    let columns: BTreeSet<u32> = sheet.values.iter().map(|value| value.cell.column).collect();
    let rows: BTreeSet<u32> = sheet.values.iter().map(|value| value.cell.row).collect();
    grid.row_numbers().filter(|row| !rows.contains(row)).all(|row| {
        let mut cells = grid.row(row).iter();
        !cells.any(|(cell, content)| columns.contains(&cell.column) && unclear::is_figure(content))
            || is_number_row(grid, row)
    })
}

/// A table that is being understood.
struct Table<'a> {
    matcher: &'a Matcher,
    grid: &'a Grid,
    shape: &'a Shape,
    header: Option<ValueHeader>,
    accepted: Option<Accepted<'a>>,
    sheet: String,
    columns: Vec<ColumnReading>,
    rows: Vec<RowReading>,
}

impl<'a> Table<'a> {
    fn new(matcher: &'a Matcher, grid: &'a Grid, shape: &'a Shape, sheet: &SheetReading) -> Self {
        let first = shape.head.row;
        let words: Vec<(CellRef, String)> = grid
            .row(first)
            .iter()
            .filter_map(|(cell, content)| match content {
                CellContent::Text(text) => Some((*cell, fold(text))),
                _ => None,
            })
            .collect();
        let header = header::find((matcher, grid), first, &words, || sheet.month());
        let accepted = matcher.mappings.of(shape);
        let mut table = Self {
            matcher,
            grid,
            shape,
            header: header.filter(|header| header.units.is_empty()),
            accepted,
            sheet: sheet.name.clone(),
            columns: Vec::new(),
            rows: Vec::new(),
        };
        table.columns = shape.columns.iter().map(|column| table.column(column)).collect();
        table.rows = shape.rows.iter().map(|row| table.row(row)).collect();
        table
    }

    fn column(&self, column: &ShapeColumn) -> ColumnReading {
        let (holds, basis) = self.holds(column);
        ColumnReading {
            column: column.column,
            head: column.head.clone(),
            holds,
            basis,
            candidates: Vec::new(),
            is_proposed: false,
        }
    }

    fn holds(&self, column: &ShapeColumn) -> (ColumnHolds, Basis) {
        if let Some((spec, part)) = self.spec_of(column.column) {
            let fills = column.names.iter().filter_map(|name| spec.fill(name));
            let basis = match fills.map(|fill| fill.rank).min() {
                Some(0) => Basis::PrintedWords,
                Some(_) => Basis::OtherWords,
                None => Basis::Month,
            };
            return (ColumnHolds::Figures(meaning_of(spec.measure, part)), basis);
        }
        let is_alone =
            self.shape.columns.iter().filter(|other| other.key == column.key).count() < 2;
        let accepted =
            self.accepted.filter(|_| is_alone).and_then(|table| table.column(&column.key));
        if let Some(meaning) = accepted {
            return (ColumnHolds::Figures(meaning), Basis::Mapping);
        }
        if column.names.iter().any(|name| self.matcher.is_row_head(name)) {
            return (ColumnHolds::RowHead, Basis::PrintedWords);
        }
        (ColumnHolds::Other, Basis::Nothing)
    }

    /// Returns the column of a part that a column of the sheet is by its words.
    fn spec_of(&self, column: u32) -> Option<(&'a ColumnWords, &'a PartWords)> {
        let parts = &self.header.as_ref()?.parts;
        parts.iter().find_map(|part| {
            let (_, spec) = part.columns.iter().find(|(place, _)| *place == column)?;
            let words = &self.matcher.parts[part.part];
            Some((&words.columns[*spec], words))
        })
    }

    fn row(&self, row: &ShapeRow) -> RowReading {
        let written = |code: &str| {
            let mut parts = self.matcher.parts.iter();
            parts.find_map(|part| part.codes.get(code)).cloned()
        };
        let (code, basis) = match &row.known {
            Some((code, basis)) => (written(code), *basis),
            None => (None, Basis::Nothing),
        };
        RowReading {
            row: row.row,
            words: row.words.clone(),
            nth: row.nth,
            code,
            basis,
            candidates: Vec::new(),
            is_proposed: false,
        }
    }

    /// Adds what the accepted mapping says: values of rows and columns that were not read.
    fn apply(&mut self, sheet: &mut SheetReading, taken: &mut BTreeSet<String>) {
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
        let values: Vec<RawValue> = self.rows.iter().flat_map(|row| self.values_of(row)).collect();
        let mut added: BTreeSet<u32> = BTreeSet::new();
        for value in values {
            let same =
                |known: &RawValue| known.code == value.code && known.measure == value.measure;
            if !sheet.values.iter().chain(&sheet.mapped).any(same) {
                added.insert(value.cell.row);
                sheet.mapped.push(value);
            }
        }
        sheet.notices.retain(|notice| {
            let asked =
                matches!(notice.kind, NoticeKind::UnknownCode(_) | NoticeKind::MissingColumn(_));
            !(asked && notice.cell.is_some_and(|cell| added.contains(&cell.row)))
        });
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
        for column in self.columns.iter().filter(|column| column.basis == Basis::Mapping) {
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
                cell: CellRef { row: row.row, column },
                content: self.grid.at(row.row, column).clone(),
                part: None,
            }
        };
        places.into_iter().map(value).collect()
    }

    fn finish(self) -> TableReading {
        let used = self.columns.iter().any(|column| column.basis == Basis::Mapping)
            || self.rows.iter().any(|row| row.basis == Basis::Mapping);
        let mapping = self.accepted.filter(|_| used).map(|accepted| accepted.table.file.clone());
        TableReading {
            sheet: self.sheet,
            head: self.shape.head,
            mapping,
            columns: self.columns,
            rows: self.rows,
        }
    }
}

/// Returns what a column of a part is to a mapping.
fn meaning_of(measure: Measure, part: &PartWords) -> ColumnMeaning {
    match measure {
        Measure::Value if part.stock => ColumnMeaning::Stock,
        Measure::Value => ColumnMeaning::Flow,
        Measure::Previous => ColumnMeaning::Previous,
        Measure::YearToDate => ColumnMeaning::YearToDate,
        Measure::Change => ColumnMeaning::Change,
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

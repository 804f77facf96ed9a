//! How a sheet was understood, what in it is unclear, and what an accepted mapping makes of that. It
//! comes after the certain reading and only adds to it: nothing that was read is changed.

mod across;
mod apply;
mod doubts;
mod layout;
mod likeness;
mod propose;
mod shape;
mod unclear;

use std::collections::BTreeSet;

pub(super) use layout::Mappings;
pub(super) use likeness::{FormRows, form_rows};

use self::{
    layout::Accepted,
    shape::{Shape, ShapeColumn, ShapeRow},
};
use super::{
    CellContent, Notice, NoticeKind,
    across::Role,
    codes::normalise_code,
    details::is_number_row,
    grid::Grid,
    header::{self, ValueHeader},
    matcher::{Matcher, PartWords},
    month::MonthHead,
    sheet::SheetReading,
    understanding::{Basis, ColumnHolds, ColumnReading, RowReading, TableReading, Understanding},
    withdrawn::is_named_plan,
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
        // What is planned is asked of nobody.
        let is_plan = || sheet.values.is_empty() && is_named_plan(&fold(&sheet.name));
        if self.detail == Detail::Reading && (leaves_no_question(grid, sheet) || is_plan()) {
            return;
        }
        let is_read = sheet.is_of_a_form() || !sheet.units.is_empty();
        let shapes = shape::shapes(matcher, grid, (sheet.month(), is_read));
        let lines = |shape: &Shape| shape.rows.len() + shape.columns.len();
        if shapes.iter().map(lines).sum::<usize>() > MOST_ROWS {
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
            worth |= reading.rows.iter().any(|row| row.code.is_some() || row.is_open())
                || reading.is_across && self.detail == Detail::Layout;
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

/// Returns whether a notice is of figures that were not read and that a mapping may read.
fn tells_of_unread(notice: &Notice) -> bool {
    matches!(
        notice.kind,
        NoticeKind::UnknownCode(_) | NoticeKind::MissingColumn(_) | NoticeKind::LackingColumn(_)
    )
}

/// Returns whether all rows with figures were read, so that nobody has to be asked: in most sheets.
fn leaves_no_question(grid: &Grid, sheet: &SheetReading) -> bool {
    if sheet.notices.iter().any(tells_of_unread) {
        return false;
    }
    if sheet.values.is_empty() {
        // A list of its own, as that of villages.
        return sheet.units.is_empty() && !sheet.details.is_empty();
    }
    let columns: BTreeSet<u32> = sheet.values.iter().map(|value| value.cell.column).collect();
    let rows: BTreeSet<u32> = sheet.values.iter().map(|value| value.cell.row).collect();
    if columns.len() > rows.len() {
        // Indicators across: what was not read stands beside the values.
        return false;
    }
    grid.row_numbers().filter(|row| !rows.contains(row)).all(|row| {
        let mut cells = grid.row(row).iter();
        !cells.any(|(cell, content)| columns.contains(&cell.column) && unclear::is_figure(content))
            || is_number_row(grid, row)
    })
}

/// A table that is being understood; one with the indicators across is turned, as its shape is.
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
        let words = shape::words(grid, first);
        let mut headers = if shape.is_across {
            Vec::new()
        } else {
            header::find((matcher, grid), first, &words, || sheet.month())
        };
        let header = (headers.len() == 1).then(|| headers.remove(0));
        let accepted = matcher.mappings.of(shape);
        let mut table = Self {
            matcher,
            grid,
            shape,
            header,
            accepted,
            sheet: sheet.name.clone(),
            columns: Vec::new(),
            rows: Vec::new(),
        };
        table.columns = shape.columns.iter().map(|column| table.column(column)).collect();
        table.drop_contradictions();
        table.rows = shape.rows.iter().map(|row| table.row(row)).collect();
        table
    }

    /// Returns the cell of a row and a column of the shape.
    fn cell(&self, row: u32, column: u32) -> CellRef {
        if self.shape.is_across {
            CellRef { row: column, column: row }
        } else {
            CellRef { row, column }
        }
    }

    /// Returns what stands in the cell of a row and a column of the shape.
    fn content(&self, row: u32, column: u32) -> &'a CellContent {
        let CellRef { row, column } = self.cell(row, column);
        self.grid.at(row, column)
    }

    /// Returns the row of the shape in which a cell of the sheet is.
    fn row_of(&self, cell: CellRef) -> u32 {
        if self.shape.is_across { cell.column } else { cell.row }
    }

    /// Drops what a mapping says of rows of a turned table where the words themselves say which counts.
    fn drop_contradictions(&mut self) {
        let certain: Vec<ColumnMeaning> = self
            .columns
            .iter()
            .filter(|column| column.basis != Basis::Mapping)
            .filter_map(|column| match column.holds {
                ColumnHolds::Figures(meaning) => Some(meaning),
                _ => None,
            })
            .collect();
        for column in self.columns.iter_mut().filter(|_| self.shape.is_across) {
            if let (ColumnHolds::Figures(meaning), Basis::Mapping) = (column.holds, column.basis)
                && certain.iter().any(|known| known.contradicts(meaning))
            {
                (column.holds, column.basis) = (ColumnHolds::Other, Basis::Nothing);
            }
        }
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
        let units = self.header.iter().flat_map(|header| &header.units.names);
        let role = match column.role {
            Some((role, _)) => role,
            None if units.into_iter().any(|name| name.column == column.column) => Role::Unit,
            None if self
                .header
                .as_ref()
                .is_some_and(|one| one.units.is_of_group(column.column)) =>
            {
                return (ColumnHolds::Other, Basis::PrintedWords);
            }
            None => Role::Other,
        };
        if let Some(known) = by_role(role, column.names.first()) {
            return known;
        }
        if let Some((part, spec)) = self.spec_of(column.column) {
            let headed = column.names.iter().flat_map(|name| self.matcher.columns_headed(name));
            let own = headed.filter(|it| (it.part, it.column) == (part, spec));
            let part = &self.matcher.parts[part];
            let spec = &part.columns[spec];
            let basis = match own.map(|it| it.fill.rank).min() {
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

    /// Returns the part and its column that a column of the sheet is by its words.
    fn spec_of(&self, column: u32) -> Option<(usize, usize)> {
        let parts = &self.header.as_ref()?.parts;
        parts.iter().find_map(|part| {
            let (_, spec) = part.columns.iter().find(|(place, _)| *place == column)?;
            Some((part.part, *spec))
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

    fn finish(self) -> TableReading {
        let used = self.columns.iter().any(|column| column.basis == Basis::Mapping)
            || self.rows.iter().any(|row| row.basis == Basis::Mapping);
        let mapping = self.accepted.filter(|_| used).map(|accepted| accepted.table.file.clone());
        TableReading {
            sheet: self.sheet,
            head: self.shape.head,
            is_across: self.shape.is_across,
            mapping,
            columns: self.columns,
            rows: self.rows,
        }
    }
}

/// Returns what a line of a table holds by what it is taken for; `words` are its own.
fn by_role(role: Role, words: Option<&String>) -> Option<(ColumnHolds, Basis)> {
    let known = match role {
        Role::Stated(measure) => {
            let is_month = words.is_some_and(|words| MonthHead::of(words).is_some());
            let meaning = match measure {
                Measure::Previous => ColumnMeaning::Previous,
                _ => ColumnMeaning::Value,
            };
            let basis = if is_month { Basis::Month } else { Basis::PrintedWords };
            (ColumnHolds::Figures(meaning), basis)
        }
        Role::Only => (ColumnHolds::Figures(ColumnMeaning::Value), Basis::OnlyRow),
        Role::Total => (ColumnHolds::Figures(ColumnMeaning::Value), Basis::Total),
        Role::Unit => (ColumnHolds::Unit, Basis::UnitName),
        Role::Other => return None,
    };
    Some(known)
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

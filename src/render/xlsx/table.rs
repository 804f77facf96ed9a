//! A table on a sheet: caption, head with merged cells, column numbers, body, notes.

use rust_xlsxwriter::{ColNum, FormatAlign, RowNum, XlsxError};

use super::areas;
use super::cells::{Area, number_cell};
use super::formats::{Border, Look, alignment};
use super::formulas::{self, Place};
use super::sheet::Sheet;
use super::widths::Type;
use crate::compose::document::{
    Align, Cell, Formula, HeaderCell, ParagraphKind, Row, RowKind, Run, Table, shown,
};

/// Where the head of a table stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct TableHead {
    /// First row of the head.
    pub first: RowNum,
    /// Last row of the head, the row of column numbers included.
    pub last: RowNum,
    /// Height of the sheet down to the end of the head, in points.
    pub bottom: f64,
    /// Leading columns that name a row: STT and the first column of words.
    pub names: ColNum,
}

/// Writes a table under what the sheet holds.
pub(super) fn write_table(sheet: &mut Sheet, table: &Table) -> Result<(), XlsxError> {
    let last = column_number(table.columns.len().saturating_sub(1));
    if let Some(caption) = &table.caption {
        sheet.line(caption, Look::plain(12, FormatAlign::Left).bold(), (0, sheet.grid.last()))?;
    }
    if let Some(unit) = &table.unit_of_count {
        let look = Look::plain(12, FormatAlign::Right).italic();
        sheet.line(&[Run::text(unit.as_str())], look, (0, last))?;
    }
    write_head(sheet, table)?;
    let first_row = sheet.row;
    for index in 0..table.rows.len() {
        write_row(sheet, table, index, first_row)?;
    }
    areas::name_table(sheet, table, first_row)?;
    areas::draw_bars(sheet, table, first_row)?;
    for note in &table.notes {
        sheet.paragraph(note, ParagraphKind::Note)?;
    }
    sheet.space(8.0)
}

fn write_head(sheet: &mut Sheet, table: &Table) -> Result<(), XlsxError> {
    let first = sheet.row;
    let look = Look::plain(12, FormatAlign::Center).bold().bordered();
    let heights = head_heights(sheet, table);
    let lowest = first + rows(table.header.len()).saturating_sub(1);
    for (cells, top) in table.header.iter().zip(first..) {
        for cell in cells {
            let (left, right) = columns_of(cell);
            let bottom = (top + rows(cell.row_span.max(1)) - 1).min(lowest);
            sheet.cells.write(Area { top, bottom, left, right }, &cell.runs, look)?;
        }
    }
    for height in heights {
        sheet.end_row(height)?;
    }
    if !table.column_numbers.is_empty() {
        let look = Look::plain(11, FormatAlign::Center).italic().bordered();
        for (number, column) in table.column_numbers.iter().zip(0..) {
            let area = Area { top: sheet.row, bottom: sheet.row, left: column, right: column };
            sheet.cells.write(area, &[Run::text(number.as_str())], look)?;
        }
        let widest =
            table.column_numbers.iter().zip(0..).map(|(number, column)| {
                look.letters.lines(number, sheet.grid.width(column, column))
            });
        let lines = widest.max().unwrap_or(1);
        sheet.end_row(f64::from(lines) * look.letters.line_height() + 2.0)?;
    }
    if sheet.row > first {
        let head = TableHead {
            first,
            last: sheet.row - 1,
            bottom: sheet.height,
            names: name_columns(table),
        };
        sheet.heads.push(head);
    }
    Ok(())
}

/// Returns the heights of the head's rows; a cell over several rows makes the last of them higher.
fn head_heights(sheet: &Sheet, table: &Table) -> Vec<f64> {
    let letters = Type { size: 12, bold: true };
    let mut heights = vec![letters.line_height() + 4.0; table.header.len()];
    let mut spans: Vec<(usize, &HeaderCell)> = table
        .header
        .iter()
        .enumerate()
        .flat_map(|(row, cells)| cells.iter().map(move |cell| (row, cell)))
        .collect();
    spans.sort_by_key(|(row, cell)| (cell.row_span, *row));
    for (row, cell) in spans {
        let (left, right) = columns_of(cell);
        let lines = letters.lines(&shown(&cell.runs), sheet.grid.width(left, right));
        let needed = f64::from(lines) * letters.line_height() + 4.0;
        let covered = row..(row + cell.row_span.max(1)).min(heights.len());
        let have: f64 = heights[covered.clone()].iter().sum();
        if needed > have
            && let Some(last) = heights[covered].last_mut()
        {
            *last += needed - have;
        }
    }
    heights
}

fn write_row(
    sheet: &mut Sheet,
    table: &Table,
    index: usize,
    first_row: RowNum,
) -> Result<(), XlsxError> {
    let row = &table.rows[index];
    let mut height: f64 = 0.0;
    let mut column = 0;
    for cell in &row.cells {
        let span = cell.column_span.max(1);
        let look = body_look(table, row, cell, column);
        let needed = if span == 1 {
            let place = Place { first_row, row: index, column };
            write_cell(sheet, cell, look, place)?
        } else {
            write_stretch(sheet, cell, look, (column, column + span - 1))?
        };
        height = height.max(needed);
        column += span;
    }
    for column in column..table.columns.len() {
        let area = at(sheet.row, column_number(column));
        sheet.cells.write(area, &[], Look::plain(12, FormatAlign::Left).bordered())?;
    }
    sheet.end_row(height.max(18.0))
}

/// Writes a cell of one column and returns the height that it needs, in points.
fn write_cell(sheet: &mut Sheet, cell: &Cell, look: Look, place: Place) -> Result<f64, XlsxError> {
    let column = column_number(place.column);
    let area = at(sheet.row, column);
    match &cell.formula {
        Some(Formula::Trend { columns }) => {
            sheet.cells.write(area, &cell.runs, look)?;
            areas::draw_trend(sheet, columns, place.column)?;
        }
        Some(formula) => {
            let words = computed(formula, cell, place);
            sheet.cells.write_computed(area, &cell.runs, look, words)?;
        }
        None => sheet.cells.write(area, &cell.runs, look)?,
    }
    let bold = look.letters.bold || cell.runs.iter().any(|run| run.bold);
    let look = Look { letters: Type { bold, ..look.letters }, ..look };
    let lines = if number_cell(&cell.runs).is_some() {
        1
    } else {
        look.lines(&shown(&cell.runs), sheet.grid.width(column, column))
    };
    Ok(f64::from(lines) * look.letters.line_height() + 3.0)
}

/// Writes words over several columns without merging cells: they run over the empty cells beside
/// or, when they are longer, stand in the widest cell in several lines.
fn write_stretch(
    sheet: &mut Sheet,
    cell: &Cell,
    look: Look,
    (first, last): (usize, usize),
) -> Result<f64, XlsxError> {
    let (left, right) = (column_number(first), column_number(last));
    let bold = look.letters.bold || cell.runs.iter().any(|run| run.bold);
    let letters = Type { bold, ..look.letters };
    let words = shown(&cell.runs);
    let fits = look.lines(&words, sheet.grid.width(left, right)) == 1;
    let holder = if fits { left } else { sheet.grid.widest(left, right) };
    for column in left..=right {
        let border = Border::Stretch { first: column == left, last: column == right };
        let part = Look { border, wrapped: column == holder && !fits, ..look };
        let runs: &[Run] = if column == holder { &cell.runs } else { &[] };
        sheet.cells.write(at(sheet.row, column), runs, part)?;
    }
    let lines = if fits { 1 } else { look.lines(&words, sheet.grid.width(holder, holder)) };
    Ok(f64::from(lines) * letters.line_height() + 3.0)
}

fn at(row: RowNum, column: ColNum) -> Area {
    Area { top: row, bottom: row, left: column, right: column }
}

fn body_look(table: &Table, row: &Row, cell: &Cell, column: usize) -> Look {
    let align = match table.columns.get(column) {
        Some(_) if cell.column_span > 1 => Align::Left,
        Some(column) => column.align,
        None => Align::Left,
    };
    let look = Look::plain(12, alignment(align)).bordered();
    if row.kind == RowKind::Plain { look } else { look.bold() }
}

/// Returns the words of a cell's formula.
fn computed(formula: &Formula, cell: &Cell, place: Place) -> Option<String> {
    let decimals = number_cell(&cell.runs).map_or(4, |number| number.held.decimals);
    formulas::words(formula, place, decimals)
}

/// Returns how many leading columns name a row.
fn name_columns(table: &Table) -> ColNum {
    let words = table.columns.iter().take(3).position(|column| column.align == Align::Left);
    words.map_or(0, |index| column_number(index + 1))
}

fn columns_of(cell: &HeaderCell) -> (ColNum, ColNum) {
    (column_number(cell.column), column_number(cell.column + cell.column_span.max(1) - 1))
}

/// Returns the column of a table's column, from 0.
pub(super) fn column_number(index: usize) -> ColNum {
    ColNum::try_from(index).unwrap_or(ColNum::MAX)
}

/// Returns so many rows.
pub(super) fn rows(count: usize) -> RowNum {
    RowNum::try_from(count).unwrap_or(RowNum::MAX)
}

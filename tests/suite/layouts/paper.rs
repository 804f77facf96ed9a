//! Sheets as a layout puts them down: cells, merged areas, hidden rows and columns. Shares nothing
//! with the reader.

use std::collections::BTreeMap;

use rust_xlsxwriter::{Format, Workbook};

/// What stands in a cell.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    Text(String),
    Number(f64),
}

/// A sheet.
#[derive(Clone, Debug, Default)]
pub struct Paper {
    pub name: String,
    pub cells: BTreeMap<(u32, u16), Cell>,
    /// First row, first column, last row, last column.
    pub merged: Vec<(u32, u16, u32, u16)>,
    pub hidden_rows: Vec<u32>,
    pub hidden_columns: Vec<u16>,
    /// First row that is free.
    pub next: u32,
}

pub fn text(words: impl Into<String>) -> Cell {
    Cell::Text(words.into())
}

#[expect(clippy::cast_precision_loss, reason = "sample figures are far below 2^53")]
pub fn number(value: i64) -> Cell {
    Cell::Number(value as f64)
}

impl Paper {
    pub fn new(name: &str) -> Self {
        Self { name: name.to_owned(), ..Self::default() }
    }

    pub fn put(&mut self, row: u32, column: u16, cell: Cell) {
        self.next = self.next.max(row + 1);
        self.cells.insert((row, column), cell);
    }

    /// Puts cells side by side into the next free row, beginning at a column; returns the row.
    pub fn row(&mut self, column: u16, cells: impl IntoIterator<Item = Option<Cell>>) -> u32 {
        let row = self.next;
        for (column, cell) in (column..).zip(cells) {
            if let Some(cell) = cell {
                self.put(row, column, cell);
            }
        }
        self.next = row + 1;
        row
    }

    pub fn line(&mut self, column: u16, words: &str) -> u32 {
        self.row(column, [Some(text(words))])
    }

    pub fn blank(&mut self) {
        self.next += 1;
    }
}

/// Returns the workbook of some sheets.
pub fn workbook(papers: &[Paper]) -> Vec<u8> {
    let mut workbook = Workbook::new();
    let plain = Format::new();
    for paper in papers {
        let sheet = workbook.add_worksheet();
        sheet.set_name(&paper.name).unwrap();
        for (top, left, bottom, right) in &paper.merged {
            sheet.merge_range(*top, *left, *bottom, *right, "", &plain).unwrap();
        }
        for ((row, column), cell) in &paper.cells {
            match cell {
                Cell::Text(words) => sheet.write_string(*row, *column, words).unwrap(),
                Cell::Number(number) => sheet.write_number(*row, *column, *number).unwrap(),
            };
        }
        for row in &paper.hidden_rows {
            sheet.set_row_hidden(*row).unwrap();
        }
        for column in &paper.hidden_columns {
            sheet.set_column_hidden(*column).unwrap();
        }
    }
    workbook.save_to_buffer().unwrap()
}

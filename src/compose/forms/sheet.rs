//! A sheet that is filled from the top.

use super::document::{FormCell, FormContent, FormLook, FormRow, FormSheet};
use crate::{compose::document::Orientation, place::CellRef};

/// Columns of the main sheet: ordinal, code, name, unit of count, three of values, note; and, beside
/// the paper, what is wrong.
pub(super) const MAIN_COLUMNS: [f64; 9] = [6.0, 8.0, 40.0, 11.0, 10.5, 10.5, 12.0, 16.0, 60.0];
/// The first column of values.
pub(super) const FIRST_VALUE: u16 = 4;
/// The column of notes, the last on paper.
pub(super) const NOTE: u16 = 7;
/// The column of what is wrong.
pub(super) const CHECK: u16 = 8;

/// A sheet that is being made.
#[derive(Debug)]
pub(super) struct Draft {
    sheet: FormSheet,
}

impl Draft {
    /// Returns an empty main sheet.
    pub(super) fn main(form: &str) -> Self {
        let name = sheet_name(form.split('/').next().unwrap_or(form));
        Self::new(name, (Orientation::Portrait, MAIN_COLUMNS.to_vec(), NOTE + 1))
    }

    /// Returns an empty sheet with so many printed columns.
    pub(super) fn new(
        name: String,
        (orientation, columns, printed): (Orientation, Vec<f64>, u16),
    ) -> Self {
        let sheet = FormSheet {
            name,
            is_hidden: false,
            orientation,
            columns,
            printed,
            rows: Vec::new(),
            repeated: None,
            frozen: 0,
            parts: Vec::new(),
        };
        Self { sheet }
    }

    /// Returns the number of the next row.
    pub(super) fn next_row(&self) -> u32 {
        u32::try_from(self.sheet.rows.len()).unwrap_or(u32::MAX)
    }

    /// Adds a row and returns its number.
    pub(super) fn push(&mut self, cells: Vec<FormCell>) -> u32 {
        self.push_high(cells, 1)
    }

    /// Adds a row with room for so many lines.
    pub(super) fn push_high(&mut self, cells: Vec<FormCell>, lines: u32) -> u32 {
        let row = self.next_row();
        self.sheet.rows.push(FormRow { cells, lines });
        row
    }

    /// Adds a row of words over several columns.
    pub(super) fn words(&mut self, columns: (u16, u16), words: &str, look: FormLook) -> u32 {
        self.push(vec![FormCell::words(columns, words, look)])
    }

    /// Adds blank rows.
    pub(super) fn skip(&mut self, rows: u32) {
        for _ in 0..rows {
            self.push(Vec::new());
        }
    }

    /// Adds a cell behind the others of a row.
    pub(super) fn beside(&mut self, cell: CellRef, content: FormContent, look: FormLook) {
        let column = u16::try_from(cell.column).unwrap_or(u16::MAX);
        if let Some(row) =
            usize::try_from(cell.row).ok().and_then(|row| self.sheet.rows.get_mut(row))
        {
            row.cells.push(FormCell::locked(column, content, look));
        }
    }

    /// Notes that a part begins in the next row.
    pub(super) fn begin_part(&mut self) {
        self.sheet.parts.push(self.next_row());
    }

    /// Notes the head that every page repeats, which stays in sight too.
    pub(super) fn repeat(&mut self, first: u32, last: u32) {
        self.sheet.repeated = Some((first, last));
        self.sheet.frozen = last + 1;
    }

    /// Returns the sheet.
    pub(super) fn finish(self) -> FormSheet {
        self.sheet
    }
}

/// Returns a name that a sheet may have.
pub(super) fn sheet_name(wanted: &str) -> String {
    let allowed = wanted.chars().map(|sign| if "[]:*?/\\'".contains(sign) { '-' } else { sign });
    allowed.take(31).collect::<String>().trim().to_owned()
}

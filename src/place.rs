//! Where something stands: file, sheet and cell, as a secretary would look it up.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A cell by its zero-based row and column; printed as in Excel (`C12`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct CellRef {
    /// Row, counted from 0.
    pub row: u32,
    /// Column, counted from 0.
    pub column: u32,
}

/// A place in the input: a file, perhaps a sheet of it, perhaps a cell of that.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Place {
    /// Path below `input/`, with `/` between folders.
    pub file: String,
    /// Name of the sheet.
    pub sheet: Option<String>,
    /// Cell of the sheet.
    pub cell: Option<CellRef>,
}

impl Place {
    /// Returns the place of a whole file.
    pub fn of_file(file: impl Into<String>) -> Self {
        Self { file: file.into(), sheet: None, cell: None }
    }

    /// Returns the place of a cell.
    pub fn of_cell(file: impl Into<String>, sheet: impl Into<String>, cell: CellRef) -> Self {
        Self { file: file.into(), sheet: Some(sheet.into()), cell: Some(cell) }
    }
}

impl fmt::Display for CellRef {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut letters = Vec::new();
        let mut rest = self.column + 1;
        while rest > 0 {
            letters.push(char::from(b'A' + u8::try_from((rest - 1) % 26).unwrap_or(0)));
            rest = (rest - 1) / 26;
        }
        letters.reverse();
        write!(formatter, "{}{}", letters.into_iter().collect::<String>(), self.row + 1)
    }
}

impl fmt::Display for Place {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.file)?;
        if let Some(sheet) = &self.sheet {
            write!(formatter, " › {}", sheet.trim())?;
        }
        if let Some(cell) = self.cell {
            write!(formatter, " › {cell}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_cells_as_excel_does() {
        let name = |row, column| CellRef { row, column }.to_string();
        assert_eq!(name(0, 0), "A1");
        assert_eq!(name(11, 2), "C12");
        assert_eq!(name(0, 25), "Z1");
        assert_eq!(name(0, 26), "AA1");
        assert_eq!(name(1_048_575, 16_383), "XFD1048576");
    }

    #[test]
    fn prints_the_way_to_the_cell() {
        let place = Place::of_cell("2024-03/a.xlsx", "Phần 2 ", CellRef { row: 11, column: 2 });
        assert_eq!(place.to_string(), "2024-03/a.xlsx › Phần 2 › C12");
        assert_eq!(Place::of_file("a.xlsx").to_string(), "a.xlsx");
    }
}

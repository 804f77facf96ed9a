//! How a file was understood: table by table, what each column and row was taken for and by what;
//! what is unclear stands there with its candidates and is used nowhere.

use serde::{Deserialize, Serialize};

use crate::{place::CellRef, template::ColumnMeaning};

/// How a file was understood.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Understanding {
    /// Fingerprint of the layout: its heads and the words of its rows. Empty unless something is
    /// unclear, a mapping was used, or it was asked for.
    pub layout: String,
    /// The tables with the indicators below each other, in reading order.
    pub tables: Vec<TableReading>,
}

/// Something unclear, by its place in the understanding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Proposal {
    /// A column.
    Column {
        /// Index of the table.
        table: usize,
        /// Index of the column in the table.
        column: usize,
    },
    /// A row.
    Row {
        /// Index of the table.
        table: usize,
        /// Index of the row in the table.
        row: usize,
    },
}

/// How a table was understood. One with the indicators across is turned: its `rows` are columns of
/// the sheet, its `columns` rows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TableReading {
    /// Name of the sheet.
    pub sheet: String,
    /// Where its head begins.
    pub head: CellRef,
    /// Whether it is turned.
    pub is_across: bool,
    /// File of the mapping that was used, below `templates/`.
    pub mapping: Option<String>,
    /// Columns that have a head.
    pub columns: Vec<ColumnReading>,
    /// Rows; those of other words only where the layout was asked for.
    pub rows: Vec<RowReading>,
}

/// How a column was understood.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ColumnReading {
    /// Column of the sheet.
    pub column: u32,
    /// Its head as it stands.
    pub head: String,
    /// What it holds.
    pub holds: ColumnHolds,
    /// By what that is known.
    pub basis: Basis,
    /// What an unclear column may hold, the best first.
    pub candidates: Vec<Candidate<ColumnMeaning>>,
    /// Whether the first candidate is good enough to be accepted as such.
    pub is_proposed: bool,
}

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ColumnHolds {
    /// Ordinals, codes, names, units of count or notes: what a row is.
    RowHead,
    /// Figures.
    Figures(ColumnMeaning),
    /// Figures of a unit.
    Unit,
    /// Figures or words that no form asks for.
    Other,
    /// Figures, and nobody knows which.
    Unclear,
}

/// How a row was understood.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowReading {
    /// Row of the sheet.
    pub row: u32,
    /// Its words as they stand; empty where the code alone counts and the layout was not asked for.
    pub words: String,
    /// Which of several rows of the same words it is, from 1, and of how many; 1 of 1 for most.
    pub nth: (u16, u16),
    /// Code of the indicator.
    pub code: Option<String>,
    /// By what that is known.
    pub basis: Basis,
    /// What an unclear row may be, the best first.
    pub candidates: Vec<Candidate<String>>,
    /// Whether the first candidate is good enough to be accepted as such.
    pub is_proposed: bool,
}

/// What something unclear may be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Candidate<T> {
    /// What.
    pub meaning: T,
    /// Why.
    pub reason: Reason,
    /// How like it is, in percent.
    pub likeness: u8,
}

/// Why something is a candidate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Reason {
    /// The words are the beginning of its name.
    Beginning,
    /// The same beginning as others, and the same order as in the form.
    BeginningAndOrder,
    /// Its words hold its name, or its name holds them.
    Contained,
    /// Most words are the same.
    Words,
    /// The only column of figures that nothing else explains.
    OnlyFigures,
    /// The head speaks of such figures.
    Head,
    /// Nothing speaks against it.
    Possible,
}

/// By what a row or a column is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Basis {
    /// The code.
    Code,
    /// Exactly the words of the form.
    PrintedWords,
    /// Other words that the templates know for it, or the same in another dress.
    OtherWords,
    /// The month that stands there.
    Month,
    /// The name of a unit.
    UnitName,
    /// It has the only figures of the table.
    OnlyRow,
    /// It is the total of the others.
    Total,
    /// A mapping that was accepted.
    Mapping,
    /// Nothing: it is not used.
    Nothing,
}

impl Understanding {
    /// Returns how many things are unclear and wait for a person.
    pub fn open(&self) -> usize {
        self.tables.iter().map(TableReading::open).sum()
    }

    /// Returns what is unclear, in reading order; a proposal is known by its place, from 1.
    pub fn proposals(&self) -> Vec<Proposal> {
        let mut proposals = Vec::new();
        for (table, reading) in self.tables.iter().enumerate() {
            let columns = reading.columns.iter().enumerate().filter(|(_, column)| column.is_open());
            proposals.extend(columns.map(|(column, _)| Proposal::Column { table, column }));
            let rows = reading.rows.iter().enumerate().filter(|(_, row)| row.is_open());
            proposals.extend(rows.map(|(row, _)| Proposal::Row { table, row }));
        }
        proposals
    }

    /// Returns the files of the mappings that were used, each once, in reading order.
    pub fn mappings(&self) -> Vec<&str> {
        let mut files: Vec<&str> = Vec::new();
        for file in self.tables.iter().filter_map(|table| table.mapping.as_deref()) {
            if !files.contains(&file) {
                files.push(file);
            }
        }
        files
    }
}

impl TableReading {
    /// Returns the cell of a row and a column of it.
    pub fn cell(&self, row: &RowReading, column: &ColumnReading) -> CellRef {
        if self.is_across {
            CellRef { row: column.column, column: row.row }
        } else {
            CellRef { row: row.row, column: column.column }
        }
    }

    /// Returns how many of its columns and rows are unclear.
    pub fn open(&self) -> usize {
        self.columns.iter().filter(|column| column.is_open()).count()
            + self.rows.iter().filter(|row| row.is_open()).count()
    }
}

impl ColumnReading {
    /// Returns the candidate that may be accepted as such.
    pub fn proposed(&self) -> Option<&Candidate<ColumnMeaning>> {
        self.candidates.first().filter(|_| self.is_proposed)
    }

    /// Returns whether a person must say what it holds.
    pub fn is_open(&self) -> bool {
        self.holds == ColumnHolds::Unclear
    }
}

impl RowReading {
    /// Returns the candidate that may be accepted as such.
    pub fn proposed(&self) -> Option<&Candidate<String>> {
        self.candidates.first().filter(|_| self.is_proposed)
    }

    /// Returns whether a person must say what it is.
    pub fn is_open(&self) -> bool {
        self.code.is_none() && !self.candidates.is_empty()
    }
}

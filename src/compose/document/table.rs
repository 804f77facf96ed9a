//! Tables of a document, and the formulas that a workbook keeps alive in them.

use super::Run;

/// A table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// Caption over the table, such as "A. Kết quả tuyên truyền"; also the table's spoken name.
    pub caption: Option<Vec<Run>>,
    /// "Đơn vị tính: …", right-aligned over the table.
    pub unit_of_count: Option<String>,
    /// The columns, left to right.
    pub columns: Vec<Column>,
    /// Header rows, top to bottom.
    pub header: Vec<Vec<HeaderCell>>,
    /// The row of column numbers, one entry a column; empty when there is none.
    pub column_numbers: Vec<String>,
    /// Body rows.
    pub rows: Vec<Row>,
    /// Footnotes and the key of signs under the table.
    pub notes: Vec<Vec<Run>>,
}

/// A column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Alignment of the body cells.
    pub align: Align,
    /// Share of the width that the content does not need itself; 0 for columns of numbers.
    pub stretch: u16,
}

/// Alignment of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Align {
    /// Left: words.
    Left,
    /// Centre: STT, dates, units of count.
    Centre,
    /// Right: numbers.
    Right,
}

/// A cell of the head, possibly over several columns or rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeaderCell {
    /// First column.
    pub column: usize,
    /// Columns covered, at least 1.
    pub column_span: usize,
    /// Header rows covered, at least 1.
    pub row_span: usize,
    /// The words.
    pub runs: Vec<Run>,
}

/// A body row: one cell a column, or fewer with spans.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// What the row is.
    pub kind: RowKind,
    /// The cells, left to right; spans add up to the number of columns.
    pub cells: Vec<Cell>,
}

/// Kinds of rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RowKind {
    /// A plain row.
    Plain,
    /// Head of a group ("I. Khối …"), bold.
    Group,
    /// A total, bold.
    Total,
}

/// A body cell.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cell {
    /// The words or the figure.
    pub runs: Vec<Run>,
    /// Columns covered; 0 counts as 1.
    pub column_span: usize,
    /// How a workbook computes the figure; its cached value is the figure.
    pub formula: Option<Formula>,
}

/// A live formula of a workbook, over cells of the same table. Rows and columns count from 0.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Formula {
    /// The sum of the same column over these rows.
    Sum {
        /// Rows summed.
        rows: Vec<usize>,
    },
    /// The sum of the first columns minus the sum of the second, in the same row.
    Difference {
        /// Columns added.
        plus: Vec<usize>,
        /// Columns subtracted.
        minus: Vec<usize>,
    },
    /// `100 · Σ numerator / Σ denominator`, over those of these rows where every column is a
    /// number, rounded to two decimals.
    Ratio {
        /// Columns of the numerator.
        numerator: Vec<usize>,
        /// Columns of the denominator.
        denominator: Vec<usize>,
        /// Rows that enter; the row itself for a row's own ratio.
        rows: Vec<usize>,
    },
}

//! Tables of a document.

use super::{Formula, Run};

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
    /// How a workbook computes the figure; only where [`Formula::gives`] the figure.
    pub formula: Option<Formula>,
}

//! The annexes (`phu-luc.toml`): titles, tables and columns as data, so that another body has other
//! annexes without other code.

/// An annex.
#[derive(Debug, Clone)]
pub struct Annex {
    /// Title in capitals, one entry a printed line; `{ky}`, `{den}` are filled in.
    pub title: Vec<String>,
    /// Name of the sheet in the workbook.
    pub sheet: String,
    /// Whether its pages are landscape.
    pub landscape: bool,
    /// The tables, in order.
    pub tables: Vec<AnnexTable>,
}

/// A table of an annex.
#[derive(Debug, Clone)]
pub struct AnnexTable {
    /// "A. Kết quả tuyên truyền"; nothing for the only table of an annex.
    pub caption: Option<String>,
    /// What the rows are.
    pub rows: RowSource,
    /// The columns, left to right.
    pub columns: Vec<AnnexColumn>,
    /// Label of the total row, which comes last; nothing when there is none.
    pub total: Option<String>,
}

/// What the rows of a table are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RowSource {
    /// The units of a group in roster order; above the print limit, their parents.
    Units {
        /// Key of the group.
        group: String,
        /// Whether the units stand under heads of their blocks.
        by_block: bool,
    },
    /// Indicators, for a group of units or the whole.
    Indicators {
        /// Codes of the rows, in order.
        codes: Vec<String>,
        /// Key of the group; nothing for the whole.
        group: Option<String>,
    },
    /// The rows of a detail table of every return of a group.
    Details {
        /// Key of the group.
        group: String,
        /// Key of the detail table.
        table: String,
    },
}

/// A column of a table of an annex.
#[derive(Debug, Clone)]
pub struct AnnexColumn {
    /// Head from top to bottom: equal first entries of neighbours share a cell.
    pub head: Vec<String>,
    /// What the cells hold.
    pub content: ColumnContent,
}

/// What the cells of a column hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ColumnContent {
    /// STT.
    Ordinal,
    /// Name of the unit or of the indicator.
    Name,
    /// Unit of count of the row's indicator.
    UnitOfCount,
    /// A figure of the row's unit: code of an indicator, ratio or derived sum, and statistic.
    Figure {
        /// "B08".
        code: String,
        /// "value", "previous", "ytd", "ratio", "target_ratio", …: see `aggregate::Statistic`.
        statistic: String,
    },
    /// A statistic of the row's own indicator, optionally of another one with a suffix (E01N).
    RowFigure {
        /// Suffix of the code.
        suffix: Option<String>,
        /// As above.
        statistic: String,
    },
    /// A field of the row of a detail table.
    Detail {
        /// Key of the detail column.
        column: String,
    },
    /// A fixed word for each row's indicator, such as the level of an account.
    Word {
        /// Code of the indicator → word.
        by_code: std::collections::BTreeMap<String, String>,
    },
    /// A figure chosen for each row's indicator, such as the take-up of a utility.
    FigureByRow {
        /// Code of the indicator → code of the figure's indicator.
        by_code: std::collections::BTreeMap<String, String>,
        /// As above.
        statistic: String,
    },
    /// Remarks: "chưa gửi", footnotes.
    Note,
}

//! What a person should know about a file that was read.

use serde::{Deserialize, Serialize};

use super::HiddenContent;
use crate::{place::CellRef, text::legacy::Encoding};

/// What a person should know about a file that was read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notice {
    /// The sheet, if it is about one.
    pub sheet: Option<String>,
    /// The cell, if it is about one.
    pub cell: Option<CellRef>,
    /// What it is.
    pub kind: NoticeKind,
}

impl Notice {
    /// Returns whether it says that something waits for a person to be understood.
    pub fn is_unclear(&self) -> bool {
        matches!(self.kind, NoticeKind::Unclear(_))
    }
}

/// Kinds of notices.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum NoticeKind {
    /// Figures stand below no head; they were read line by line.
    NoHeads,
    /// A hidden sheet was not read.
    HiddenSheet,
    /// Rows or columns that are not displayed and were read all the same.
    HiddenLines(Box<HiddenContent>),
    /// A visible sheet without a table of a form.
    UnknownSheet,
    /// A sheet could not be read; the reader's words.
    BrokenSheet(String),
    /// A sheet larger than any form; the reader's words.
    LargeSheet(String),
    /// A cell far outside the form was left out.
    StrayCell,
    /// A row whose code no form knows.
    UnknownCode(String),
    /// A row with the code of one indicator and the name of another; it is not read.
    NameOfOther {
        /// The code.
        code: String,
        /// The code of the indicator that is named.
        named: String,
    },
    /// Rows that have a code and a name in other words than the form: the codes.
    OtherNames(Vec<String>),
    /// Words beside the figures that may say that they are something else; the figures count.
    DoubtfulWords(String),
    /// Words around the figures that no template knows, and how many more there are; the figures count.
    StrangeWords {
        /// The first of them.
        words: Vec<(CellRef, String)>,
        /// Where the others stand.
        more: Vec<CellRef>,
    },
    /// A table whose title names another month than the sheet.
    TableOfOtherMonth {
        /// The title.
        title: String,
        /// Whether its figures count, because there is no table of the month itself.
        counts: bool,
    },
    /// The same indicator (its code) in a row that is displayed, which counts, and in one that is not.
    RepeatedHidden(String),
    /// A row whose code is of a known indicator but outside its part's table: the code.
    MissingColumn(String),
    /// A table without the column of values: its head as the template has it, places in braces.
    LackingColumn(String),
    /// A table without a column of values that may stay empty: its head.
    LackingOptional(String),
    /// A sheet with figures that names neither unit nor month, beside others that do; its figures count.
    SheetWithoutMonth,
    /// No label says the unit; its name was taken from the letterhead.
    UnitOfLetterhead,
    /// A table with the indicators across whose rows do not say which is of the period.
    UnclearRows,
    /// An indicator (its code) across several columns that do not say which is of the period.
    UnclearColumns(String),
    /// A total (the code of its indicator) that is not the sum of the rows above it.
    TotalDiffers(String),
    /// A total (the code of its indicator) that is not the sum of the units' columns beside it.
    RowTotalDiffers(String),
    /// A figure that does not fit the numbers beside it as those of the other rows do.
    ColumnsDisagree {
        /// The code of its indicator.
        code: String,
        /// The cells beside it.
        beside: Vec<CellRef>,
    },
    /// So many columns and rows of the sheet are unclear and wait for a person.
    Unclear(usize),
    /// Accepted mappings were used; their files.
    Mapped(Vec<String>),
    /// The extension does not tell what the content is.
    WrongExtension,
    /// A sheet of macros was left out.
    MacroSheet,
    /// A zip whose files are read one by one; how many.
    Unpacked(usize),
    /// Cells of a sheet were decoded from an old encoding; the place is the first of them.
    OldEncoding {
        /// The encoding.
        encoding: Encoding,
        /// How many cells.
        cells: u32,
        /// What stands in the first cell.
        raw: String,
        /// The same in Unicode.
        decoded: String,
    },
}

//! Step 1: the bytes of a workbook become raw returns. It cannot fail: what is unreadable is kept
//! as such, with its place. It knows nothing of units, periods' dates or rules, and everything it
//! gives can be serialised, so that it can run in a worker process.

use serde::{Deserialize, Serialize};

use crate::{
    place::CellRef,
    template::{DetailKind, Measure},
};

/// Changes whenever the same bytes may be read otherwise; part of the key of the cache.
pub const READER_VERSION: u32 = 1;

/// What is known about forms when a workbook is read: the serialisable part of the templates.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReadingGuide {
    /// Rows by which a value table is known: code and folded printed names.
    pub indicators: Vec<GuideIndicator>,
    /// Value columns of all forms.
    pub columns: Vec<GuideColumn>,
    /// Detail tables of all forms.
    pub details: Vec<GuideDetail>,
    /// Boxes of all forms: key and labels.
    pub boxes: Vec<(String, Vec<String>)>,
    /// Words of heads, by the names of `template::HeaderLabels`.
    pub labels: GuideLabels,
}

/// An indicator as a reader knows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GuideIndicator {
    /// "B08".
    pub code: String,
    /// Printed names.
    pub names: Vec<String>,
    /// Flow, stock or tick decides which part's columns apply.
    pub stock: bool,
}

/// A value column as a reader knows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GuideColumn {
    /// Key of the form and the part: "01/2".
    pub part: String,
    /// What it holds.
    pub measure: Measure,
    /// Heads; `{…}` places stand for any date.
    pub titles: Vec<String>,
    /// Suffix of the code.
    pub suffix: Option<String>,
    /// Codes of the rows of the part.
    pub codes: Vec<String>,
}

/// A detail table as a reader knows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GuideDetail {
    /// Key of the table.
    pub key: String,
    /// Titles.
    pub titles: Vec<String>,
    /// Columns: key, heads, kind.
    pub columns: Vec<(String, Vec<String>, DetailKind)>,
}

/// Words of heads.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct GuideLabels {
    /// Label of the unit.
    pub unit: Vec<String>,
    /// Label of the unit's code.
    pub unit_code: Vec<String>,
    /// Label of the period.
    pub period: Vec<String>,
    /// Label of the submission.
    pub submission: Vec<String>,
    /// Head of the column of codes.
    pub code: Vec<String>,
    /// Head of the column of names.
    pub indicator: Vec<String>,
    /// Head of the column of notes.
    pub note: Vec<String>,
    /// Head of the column of ordinals.
    pub ordinal: Vec<String>,
    /// First words of total rows.
    pub total: Vec<String>,
    /// First words of the sign-off block.
    pub sign_off: Vec<String>,
    /// The mark of sample figures.
    pub sample_mark: Vec<String>,
}

/// What was read from a file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FileReading {
    /// What the content is, whatever the extension says.
    pub kind: FileKind,
    /// Why the file as a whole was not read; nothing when it was.
    pub refusal: Option<Refusal>,
    /// The returns found, in the order of the sheets.
    pub returns: Vec<RawReturn>,
    /// What a person should know about the file.
    pub notices: Vec<Notice>,
}

/// What the content of a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum FileKind {
    /// Office Open XML workbook, with or without macros.
    Xlsx,
    /// Binary workbook of Excel 97–2003 or older.
    Xls,
    /// Binary workbook of Excel 2007.
    Xlsb,
    /// OpenDocument spreadsheet.
    Ods,
    /// A Word document.
    Word,
    /// A PDF.
    Pdf,
    /// `~$…`, temporary and lock files.
    Temporary,
    /// Nothing in it.
    Empty,
    /// Something else.
    Unknown,
}

/// Why a file as a whole was not read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Refusal {
    /// No workbook at all: another kind of file.
    NotAWorkbook,
    /// A workbook that is cut off or damaged; the reader's words.
    Damaged(String),
    /// Encrypted.
    Encrypted,
    /// Beyond a limit (bytes, unpacked bytes, shared strings, cells); which one.
    TooLarge(String),
    /// The reader panicked.
    ReaderFailed(String),
    /// A temporary or owner file of Office.
    Temporary,
    /// No byte in it.
    Empty,
    /// A workbook in which no table of a form was found.
    NoForm,
}

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

/// Kinds of notices.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum NoticeKind {
    /// A hidden sheet was not read.
    HiddenSheet,
    /// A visible sheet without a table of a form.
    UnknownSheet,
    /// A sheet could not be read; the reader's words.
    BrokenSheet(String),
    /// A cell far outside the form was left out.
    StrayCell,
    /// A row whose code no form knows.
    UnknownCode(String),
    /// The same indicator twice in a return; the first counts.
    RepeatedRow(String),
    /// Rows whose code is of a known indicator but outside its part's table.
    MissingColumn(String),
    /// The extension does not tell what the content is.
    WrongExtension,
}

/// Something read, with the cell it stood in; `sheet` is an index of [`RawReturn::sheets`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Located<T> {
    /// What was read.
    pub value: T,
    /// Index of the sheet in the return.
    pub sheet: u16,
    /// The cell.
    pub cell: CellRef,
}

/// One return as it stands in a file.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct RawReturn {
    /// Names of the sheets it was read from.
    pub sheets: Vec<String>,
    /// Code of the form whose parts matched ("01").
    pub form: String,
    /// What stands behind "Đơn vị báo cáo".
    pub unit_name: Option<Located<CellContent>>,
    /// What stands behind "Mã đơn vị".
    pub unit_code: Option<Located<CellContent>>,
    /// What stands behind "Kỳ báo cáo".
    pub period: Option<Located<CellContent>>,
    /// What stands behind "Lần gửi".
    pub submission: Option<Located<CellContent>>,
    /// Whether the return carries the mark of sample figures.
    pub sample: bool,
    /// The values, in reading order; empty cells of known rows included.
    pub values: Vec<RawValue>,
    /// Notes of rows: code and words.
    pub notes: Vec<(String, Located<String>)>,
    /// Boxes: key and words.
    pub texts: Vec<(String, Located<CellContent>)>,
    /// Detail tables.
    pub details: Vec<RawDetail>,
}

/// A value as it stands in a cell.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RawValue {
    /// Code of the indicator, with the column's suffix.
    pub code: String,
    /// What the column holds.
    pub measure: Measure,
    /// Kind of the part it stood in, to tell flows from stocks.
    pub part_is_stock: bool,
    /// Index of the sheet in the return.
    pub sheet: u16,
    /// The cell.
    pub cell: CellRef,
    /// What stands there.
    pub content: CellContent,
}

/// What stands in a cell; the kinds are never mixed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum CellContent {
    /// Nothing.
    Empty,
    /// Words, as they stand.
    Text(String),
    /// A number. Whether it is finite is the caller's to check.
    Number(f64),
    /// A number with a percent format: 0.855 shown as 85,5 %.
    Percent(f64),
    /// True or false.
    Boolean(bool),
    /// A date as `YYYY-MM-DD`.
    Date(String),
    /// An error value, "#REF!".
    Error(String),
    /// A formula without a cached value.
    FormulaWithoutValue,
}

/// A detail table as it stands.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct RawDetail {
    /// Key of the table, "thon".
    pub table: String,
    /// Index of the sheet in the return.
    pub sheet: u16,
    /// Rows: the cells of the known columns by key, with their places; total rows left out.
    pub rows: Vec<Vec<(String, CellRef, CellContent)>>,
    /// Total rows, kept to be checked.
    pub totals: Vec<Vec<(String, CellRef, CellContent)>>,
}

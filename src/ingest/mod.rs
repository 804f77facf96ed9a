//! Step 1: the bytes of a workbook become raw returns. It cannot fail: what is unreadable is kept
//! as such, with its place. It knows nothing of units, periods' dates or rules, and everything it
//! gives can be serialised, so that it can run in a worker process.

mod abbreviations;
mod across;
mod assemble;
mod biff;
mod biff_looks;
mod biff_notes;
mod biff_strings;
mod children;
mod codes;
mod column_shares;
mod columns;
mod compound;
mod cut_off;
mod dated_columns;
mod dates;
mod decode;
mod delimited;
mod details;
mod draft;
mod essence;
mod facts;
mod familiar;
mod fields;
mod fonts;
mod grid;
mod guide;
mod hanging;
mod head_memo;
mod head_words;
mod header;
mod headings;
mod headless;
mod heads;
mod hidden;
mod html;
mod html_words;
mod identity;
mod legacy;
mod letterhead;
mod letters;
mod limits;
mod macros;
mod mapping;
mod markup;
mod matcher;
mod memo;
mod merges;
mod month;
mod month_columns;
mod month_tables;
mod name_doubts;
mod names;
mod notice;
mod number_codes;
mod number_formats;
mod number_words;
mod of_units;
mod open_document;
mod outlines;
mod packed;
mod pairs;
mod part_columns;
mod part_words;
mod plain_number;
mod reader;
mod relations;
mod repeated;
mod room;
mod row_words;
mod sheet;
mod sheet_owner;
mod shifted;
mod sniff;
mod sniff_text;
mod sole_column;
mod spoken_columns;
mod spreadsheet_xml;
mod stated_rows;
mod strange_heads;
mod table;
mod telling_formulas;
mod transcript;
mod understanding;
mod unit_groups;
mod units;
mod withdrawn;
mod word_row;
mod workbook;
mod xlsb;
mod xlsx;

#[cfg(test)]
mod cases;
#[cfg(test)]
mod hostile;
#[cfg(test)]
mod samples;

use serde::{Deserialize, Serialize};

pub use guide::{GuideColumn, GuideDetail, GuideIndicator, GuideLabels, ReadingGuide};
pub use hidden::{HiddenContent, HiddenLines};
pub use identity::{FormChange, FormChangeKind, RawIdentity};
pub use letters::LetterLine;
pub use notice::{Notice, NoticeKind};
pub use packed::{PackedFile, unpack};
pub use reader::{Reader, read, refused, wants_own_process};
pub use repeated::FurtherRow;
pub use sniff::is_leftover;
pub use stated_rows::{StatedKind, StatedRow};
pub use transcript::{TranscriptSheet, transcript};
pub use understanding::{
    Basis, Candidate, ColumnHolds, ColumnReading, Proposal, Reason, RowReading, TableReading,
    Understanding,
};
pub use withdrawn::{Withdrawal, Withdrawn};

use crate::{place::CellRef, template::Measure, text::legacy::Encoding};

/// What stands before the name of a sheet where that says the period of a return.
pub const NAME_OF_SHEET: &str = "tên trang tính: ";
/// Changes whenever the same bytes may be read otherwise; part of the key of the cache.
pub const READER_VERSION: u32 = 19;

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
    /// How its tables were understood, and what is unclear in them.
    pub understanding: Understanding,
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
    /// OpenDocument spreadsheet in one XML file.
    FlatOds,
    /// "XML Spreadsheet 2003".
    SpreadsheetXml,
    /// A web page, as many programs write under the name of .xls.
    Html,
    /// Lines of values with a separator (CSV, TSV), or words.
    Delimited,
    /// Workbook of Excel 2.0 to 4.0, without an envelope.
    OldXls,
    /// A zip of files.
    Zip,
    /// A packed file of another kind (rar, 7z, gz).
    Packed,
    /// A Word document.
    Word,
    /// A presentation.
    Slides,
    /// A PDF.
    Pdf,
    /// A picture or a scan.
    Image,
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
    /// The reader's process was ended by the system: more memory than a form can need.
    ReaderDied,
    /// The reader did not come to an end in time.
    TookTooLong,
    /// The system does not let us read it; the system's words.
    NotAccessible(String),
    /// It changed while it was being read.
    StillWritten,
    /// Nothing but zeros: an upload that never ended.
    Blank,
    /// A workbook of a program before Excel 5.0.
    Outdated,
    /// A packed file within a packed file.
    PackedTwice,
    /// A temporary or owner file of Office.
    Temporary,
    /// No byte in it.
    Empty,
    /// A workbook in which no table of a form was found.
    NoForm,
    /// A workbook with tables none of whose columns and rows is clear without a person.
    Unclear,
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
    /// Who sent the sheet of many units of which this is one; nothing when it does not say.
    pub sender: Option<Located<CellContent>>,
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
    /// Rows of indicators that had a row before.
    pub repeated: Vec<FurtherRow>,
    /// Rows that state totals or shares of its figures.
    pub stated_rows: Vec<StatedRow>,
    /// Numbers in words beside figures, by the code of the figure.
    pub spoken: Vec<(String, Located<String>)>,
    /// Lines with numbers of the letters in its workbook.
    pub letters: Vec<LetterLine>,
    /// Values that mean something else than the form asks for.
    pub withdrawn: Vec<Withdrawn>,
    /// Notes of rows: code and words.
    pub notes: Vec<(String, Located<String>)>,
    /// Boxes: key and words.
    pub texts: Vec<(String, Located<CellContent>)>,
    /// Detail tables.
    pub details: Vec<RawDetail>,
    /// What stood in its cells that were decoded from an old encoding, in reading order.
    pub decoded: Vec<Located<LegacyText>>,
    /// What the form says of itself, when the program gave it out.
    pub identity: Option<Box<RawIdentity>>,
}

/// A text of an old encoding as it stands in the file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LegacyText {
    /// The encoding it was decoded from.
    pub encoding: Encoding,
    /// The characters that stand in the cell.
    pub raw: String,
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
    /// Which number of the cell is meant, counted from 0, and of how many, where a head says so.
    #[serde(default)]
    pub part: Option<(u8, u8)>,
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
    /// A number of which the cell shows other digits, and how: by its format, or the words shown.
    ShownOtherwise(f64, String),
}

/// A cell of a detail table: key of its column, place and content.
pub type DetailCell = (String, CellRef, CellContent);

/// A detail table as it stands.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct RawDetail {
    /// Key of the table, "thon".
    pub table: String,
    /// Index of the sheet in the return.
    pub sheet: u16,
    /// Rows: the cells of the known columns by key, with their places; total rows left out.
    pub rows: Vec<Vec<DetailCell>>,
    /// Total rows, kept to be checked.
    pub totals: Vec<Vec<DetailCell>>,
}

//! A form to be filled, without a file format: sheets of rows of cells, what may be written into
//! them, and formulas over them. Rows and columns count from 0.

use chrono::NaiveDate;

use crate::{compose::document::Orientation, place::CellRef, quantity::Quantity};

/// A workbook that a unit fills.
#[derive(Clone, Debug, PartialEq)]
pub struct FormBook {
    /// Key of the unit.
    pub unit: String,
    /// Name of the file.
    pub file: String,
    /// Title of the document.
    pub title: String,
    /// Who gave it out.
    pub author: String,
    /// The date that the file carries, so that the same input gives the same bytes.
    pub date: NaiveDate,
    /// The sheets; the last one is hidden and says what the form is.
    pub sheets: Vec<FormSheet>,
    /// How many figures of the month before stand in it.
    pub previous: usize,
    /// How many rules stand in it as live checks.
    pub checks: usize,
    /// How many hard rules could not be written as formulas.
    pub left_out: usize,
}

/// A sheet of a form.
#[derive(Clone, Debug, PartialEq)]
pub struct FormSheet {
    /// Its name.
    pub name: String,
    /// Whether nobody sees it.
    pub is_hidden: bool,
    /// Orientation of its pages.
    pub orientation: Orientation,
    /// Widths of the columns in digits.
    pub columns: Vec<f64>,
    /// How many of the columns are printed.
    pub printed: u16,
    /// The rows.
    pub rows: Vec<FormRow>,
    /// First and last row of the head that every page repeats.
    pub repeated: Option<(u32, u32)>,
    /// How many rows stay in sight.
    pub frozen: u32,
    /// Rows that may begin a page, because a part begins there.
    pub parts: Vec<u32>,
}

/// A row of a form.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FormRow {
    /// The cells, from left to right.
    pub cells: Vec<FormCell>,
    /// Lines of words that the row has room for, at least.
    pub lines: u32,
}

/// A cell of a form, or several beside each other that are one.
#[derive(Clone, Debug, PartialEq)]
pub struct FormCell {
    /// First column.
    pub first: u16,
    /// Last column.
    pub last: u16,
    /// What stands in it.
    pub content: FormContent,
    /// How it looks.
    pub look: FormLook,
    /// What may be written into it; nothing when it is locked.
    pub input: Option<FormInput>,
}

/// What stands in a cell of a form.
#[derive(Clone, Debug, PartialEq)]
pub enum FormContent {
    /// Nothing.
    Blank,
    /// Words.
    Words(String),
    /// A number.
    Number(Quantity),
    /// A formula, which gives nothing as long as nothing is filled in.
    Formula(FormFormula),
}

/// How a cell of a form looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FormLook {
    /// Words without borders.
    Plain,
    /// Bold words without borders.
    Bold,
    /// Bold words at the right edge.
    BoldRight,
    /// Bold words in the middle.
    Centred,
    /// Slanted words in the middle.
    CentredItalic,
    /// Slanted words.
    Italic,
    /// The title.
    Title,
    /// Head of a table.
    Head,
    /// Numbers of columns.
    ColumnNumber,
    /// Bold words in a table.
    Section,
    /// Words in a table.
    Words,
    /// Short words in the middle of a table's cell.
    Middle,
    /// A count in a table.
    Count,
    /// A bold count in a table.
    Total,
    /// A difference in a table, with its sign.
    Change,
    /// A warning beside a table.
    Warning,
}

/// What may be written into a cell.
#[derive(Clone, Debug, PartialEq)]
pub struct FormInput {
    /// Which values it takes.
    pub kind: FormInputKind,
    /// Head of what is shown beside the cell, at most 32 signs.
    pub title: String,
    /// What is shown beside the cell, at most 255 signs; nothing when it needs none.
    pub prompt: String,
    /// What is said when something else is written, at most 255 signs.
    pub error: String,
}

/// Which values a cell takes.
#[derive(Clone, Debug, PartialEq)]
pub enum FormInputKind {
    /// Whole numbers from 0 on, or from 1 to 99.
    Whole {
        /// The smallest.
        least: i32,
        /// The largest.
        most: i32,
    },
    /// Numbers from 0 on.
    Decimal,
    /// Dates within these.
    Date {
        /// The first.
        first: NaiveDate,
        /// The last.
        last: NaiveDate,
    },
    /// One of these.
    Choice(Vec<String>),
    /// Any words.
    Words,
}

/// A formula of a form.
#[derive(Clone, Debug, PartialEq)]
pub enum FormFormula {
    /// A number and a cell, where the cell is a number.
    AddTo {
        /// The number.
        base: Quantity,
        /// The cell.
        cell: CellRef,
    },
    /// The difference of two cells, where both are numbers.
    Difference {
        /// From this one.
        from: CellRef,
        /// This one is taken away.
        less: CellRef,
    },
    /// The sum of the cells above, from this row on.
    SumAbove {
        /// First cell.
        first: CellRef,
        /// Last cell.
        last: CellRef,
    },
    /// The sentences of the rules that do not hold.
    Checks(Vec<LiveCheck>),
    /// How many of the rows have such a sentence; nothing when none has.
    Count {
        /// First cell of the sentences.
        first: CellRef,
        /// Last cell of the sentences.
        last: CellRef,
    },
    /// How many of these cells are blank; nothing when none is.
    Open(Vec<CellRef>),
}

/// A rule that is asked in the form itself.
#[derive(Clone, Debug, PartialEq)]
pub struct LiveCheck {
    /// Code of the rule.
    pub code: String,
    /// Values that must be there for the rule to be asked.
    pub needs: Vec<FormValue>,
    /// Whether a value that is not there counts as zero, when one of them is.
    pub missing_is_zero: bool,
    /// What must be true.
    pub condition: FormTerm,
    /// The sentence when it is not.
    pub sentence: Vec<SentencePiece>,
}

/// A value that a rule reads.
#[derive(Clone, Debug, PartialEq)]
pub enum FormValue {
    /// A cell of the same sheet.
    Cell(CellRef),
    /// The sum of a column of another sheet.
    Sum(FormRange),
    /// How many cells of a column of another sheet hold something.
    Filled(FormRange),
}

/// A part of a column of a sheet.
#[derive(Clone, Debug, PartialEq)]
pub struct FormRange {
    /// Name of the sheet.
    pub sheet: String,
    /// First cell.
    pub first: CellRef,
    /// Last cell.
    pub last: CellRef,
}

/// A piece of a sentence.
#[derive(Clone, Debug, PartialEq)]
pub enum SentencePiece {
    /// Words as they stand.
    Words(String),
    /// A number.
    Number(FormTerm),
}

/// A tree of a condition or a number.
#[derive(Clone, Debug, PartialEq)]
pub enum FormTerm {
    /// A number that is known.
    Number(f64),
    /// Always or never.
    Truth(bool),
    /// A value of the form.
    Value(FormValue),
    /// An operation on one to three others.
    Operation(FormOperator, Vec<Self>),
}

/// What an operation does; the names say it as those of `template::CheckOperator`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names of operations say what they do")]
pub enum FormOperator {
    And,
    Or,
    Not,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Equal,
    NotEqual,
    Add,
    Subtract,
    Multiply,
    Divide,
    Negate,
    Distance,
    Choose,
}

impl FormCell {
    /// Returns a locked cell.
    pub(super) fn locked(column: u16, content: FormContent, look: FormLook) -> Self {
        Self { first: column, last: column, content, look, input: None }
    }

    /// Returns locked words over several columns.
    pub(super) fn words((first, last): (u16, u16), words: &str, look: FormLook) -> Self {
        let content = if words.is_empty() {
            FormContent::Blank
        } else {
            FormContent::Words(words.to_owned())
        };
        Self { first, last, content, look, input: None }
    }

    /// Returns the cell open to what may be written into it.
    #[must_use]
    pub(super) fn open(self, input: FormInput) -> Self {
        Self { input: Some(input), ..self }
    }
}

//! The document without a file format: typed blocks that `render` turns into PDF and XLSX.
//!
//! Nothing here knows a font, a page break or a cell address. Every digit that a reader sees is
//! either a [`FigureRef`], which carries the id of its row in the figures table, or a typed
//! [`Constant`]; a [`Content::Text`] has no digits.

mod chart;
mod formula;
mod table;

use chrono::NaiveDate;

pub use chart::{Chart, ChartKind, ChartSeries};
pub use formula::{Formula, Grid, held};
pub use table::{Align, Cell, Column, HeaderCell, Row, RowKind, Table};

use crate::quantity::Quantity;

/// A document: the signed report, or an internal workbook.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// What the file says about itself.
    pub meta: Meta,
    /// The parts, in reading order.
    pub sections: Vec<Section>,
    /// Names of figures for formulas of a workbook, in order.
    pub names: Vec<FigureName>,
}

/// A name by which a workbook's formulas, and other files, refer to a figure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FigureName {
    /// The name, `ky_nay_B08`: stable from month to month.
    pub name: String,
    /// Name of the section whose cell is meant.
    pub section: String,
    /// Id of the figure.
    pub figure: String,
}

/// What the file says about itself (PDF information, workbook properties).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Meta {
    /// Title of the document.
    pub title: String,
    /// Issuing body.
    pub author: String,
    /// What the document is about.
    pub subject: String,
    /// The date that stands for creation: a constant of the period, never the clock.
    pub date: NaiveDate,
}

/// A part with its own page orientation and page numbering; in a workbook, a sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// Name of the sheet in a workbook (at most 31 characters) and of the bookmark.
    pub name: String,
    /// Orientation of the pages.
    pub orientation: Orientation,
    /// Which of the files show the section.
    pub audience: Audience,
    /// The blocks, in reading order.
    pub blocks: Vec<Block>,
}

/// Orientation of a section's pages; A4 always.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Orientation {
    /// 210 × 297 mm.
    Portrait,
    /// 297 × 210 mm, for wide tables.
    Landscape,
}

/// Which of the files show a section.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Audience {
    /// The PDF and the workbook.
    Both,
    /// The PDF only.
    Print,
    /// The workbook only.
    Workbook,
}

/// A block of a section.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// Ô 1 to 4: national title, issuing body, number, place and date.
    Header(Header),
    /// Ô 5a: kind of document and what it is about.
    Title(Title),
    /// Ô 9a: to whom it goes.
    Addressees(Vec<Vec<Run>>),
    /// A paragraph of the body.
    Paragraph(Paragraph),
    /// A heading of the body.
    Heading(Heading),
    /// A table.
    Table(Table),
    /// A chart.
    Chart(Chart),
    /// Ô 7 and 9b: signature block and recipients.
    Signature(Signature),
    /// The head of an annex: number, title, "kèm theo" line.
    AnnexHead(AnnexHead),
}

/// Ô 1 to 4 of the layout decree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Header {
    /// The superior body, in capitals.
    pub superior: Vec<Run>,
    /// The issuing body, in capitals.
    pub issuer: Vec<Run>,
    /// The national title.
    pub nation: String,
    /// The motto.
    pub motto: String,
    /// "Số:   /BC-…".
    pub number: Vec<Run>,
    /// "Tiên Lãng, ngày   tháng 3 năm 2024".
    pub place_and_date: Vec<Run>,
}

/// Ô 5a of the layout decree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Title {
    /// "BÁO CÁO".
    pub kind: String,
    /// What the document is about, one entry a printed line.
    pub subject: Vec<Vec<Run>>,
    /// Lines under the rule, upright and not bold: the mark of sample figures, the dates of the data.
    pub remarks: Vec<Vec<Run>>,
}

/// The head of an annex (layout decree III.1).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AnnexHead {
    /// "Phụ lục II".
    pub label: String,
    /// Title in capitals, one entry a printed line.
    pub title: Vec<Vec<Run>>,
    /// "(Kèm theo Báo cáo số …)".
    pub attached_to: Vec<Run>,
}

/// A heading of the body: level 1 "I. …" in capitals, level 2 "1. …", level 3 "a) …".
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heading {
    /// 1, 2 or 3.
    pub level: u8,
    /// The words, with their number.
    pub runs: Vec<Run>,
}

/// A paragraph of the body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paragraph {
    /// What kind of paragraph it is.
    pub kind: ParagraphKind,
    /// The words.
    pub runs: Vec<Run>,
}

/// Kinds of paragraphs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ParagraphKind {
    /// Justified, first line indented.
    Body,
    /// "- …", justified, first line indented.
    ListItem,
    /// Small text under a table: footnotes, the key of signs.
    Note,
    /// One sentence that stands out: the verdict of the findings workbook.
    Verdict,
}

/// A stretch of text with one look.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    /// What is printed.
    pub content: Content,
    /// Bold.
    pub bold: bool,
    /// Italic.
    pub italic: bool,
    /// Raised, as the mark of a footnote.
    pub superscript: bool,
    /// Where the run leads to, relative to the file: another file, with an optional `#sheet!cell`.
    pub link: Option<String>,
}

/// What a run prints, by where it comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// Words, without digits.
    Text(String),
    /// A figure.
    Figure(FigureRef),
    /// Digits that are no figure.
    Constant(Constant),
}

/// A printed figure: a row of the figures table and how it is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FigureRef {
    /// Id of the figure, `indicator.scope_kind.unit_key.statistic`.
    pub id: String,
    /// The number as printed in Vietnamese (`12.345`, `76,75%`, `-`, `…`, `x`).
    pub shown: String,
    /// The number for a workbook cell; nothing when the figure is missing or not applicable.
    pub value: Option<Quantity>,
    /// How a workbook formats it.
    pub format: NumberFormat,
}

/// How a number is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NumberFormat {
    /// `12.345`, with the decimals of the quantity; zero prints "-" in tables.
    Number,
    /// `76,75%`; the quantity is in percent (76,75), not a fraction.
    Percent,
    /// `1,25`, percentage points or a signed change.
    Signed,
}

/// Digits that are no figure, with what they are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Constant {
    /// What it is.
    pub kind: ConstantKind,
    /// As printed.
    pub text: String,
    /// The number for a workbook cell, where it is one.
    pub value: Option<Quantity>,
}

/// Kinds of digits that are no figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ConstantKind {
    /// A date or a month.
    Date,
    /// A name with a number in it: "Đề án 06", "mức 2".
    Name,
    /// Number and sign of a document: "59/2022/NĐ-CP".
    DocumentNumber,
    /// STT.
    Ordinal,
    /// "(1)", "(3)=(1)+(2)".
    ColumnNumber,
    /// Mark and number of a footnote.
    Footnote,
    /// Number on the scale of a chart.
    AxisTick,
    /// Number of a chart.
    ChartNumber,
    /// A dated figure of someone else, declared in the templates.
    Declared,
    /// Words of the office (`loi-van.md`).
    OfficeWords,
    /// Text of a unit: titles of broadcasts, remarks, file names, cells.
    UnitText,
}

/// Ô 7 and 9b of the layout decree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signature {
    /// "TM. TỔ CÔNG TÁC ĐỀ ÁN 06", "TỔ TRƯỞNG".
    pub authority: Vec<Vec<Run>>,
    /// The office held in the body that lends the seal, above the name.
    pub office: Vec<Vec<Run>>,
    /// The name.
    pub name: String,
    /// The recipients, without dashes and ending signs as they are printed.
    pub recipients: Vec<Vec<Run>>,
}

impl Run {
    /// Returns plain words.
    pub fn text(text: impl Into<String>) -> Self {
        Self::of(Content::Text(text.into()))
    }

    /// Returns digits that are no figure and no number for a workbook.
    pub fn constant(kind: ConstantKind, text: impl Into<String>) -> Self {
        Self::of(Content::Constant(Constant { kind, text: text.into(), value: None }))
    }

    /// Returns a figure.
    pub fn figure(figure: FigureRef) -> Self {
        Self::of(Content::Figure(figure))
    }

    /// Returns an upright run with this content.
    pub fn of(content: Content) -> Self {
        Self { content, bold: false, italic: false, superscript: false, link: None }
    }

    /// Returns the run in bold.
    #[must_use]
    pub fn bold(mut self) -> Self {
        self.bold = true;
        self
    }

    /// Returns the characters that are printed.
    pub fn shown(&self) -> &str {
        match &self.content {
            Content::Text(text) => text,
            Content::Figure(figure) => &figure.shown,
            Content::Constant(constant) => &constant.text,
        }
    }
}

/// Returns the characters of several runs.
pub fn shown(runs: &[Run]) -> String {
    runs.iter().map(Run::shown).collect()
}

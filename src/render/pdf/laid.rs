//! The laid-out document: pages of placed items, the tree of nodes they belong to, the outline and
//! the rectangle for the signature. Points, origin at the upper left of a page, y downwards.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::compose::document::{ConstantKind, Meta, Run};

/// A laid-out document.
#[derive(Clone, Debug)]
pub struct Laid {
    /// What the file says about itself.
    pub meta: Meta,
    /// The pages, in order.
    pub pages: Vec<Page>,
    /// The tree of nodes; the first is the document.
    pub nodes: Vec<Node>,
    /// Bookmarks in reading order.
    pub outline: Vec<Bookmark>,
    /// The places that are filled after the file is made: number, day, signatures.
    pub fields: Vec<Field>,
    /// The ways between the marks of footnotes and their notes.
    pub jumps: Vec<Jump>,
    /// Characters that no font has; a box is drawn in their place.
    pub missing_glyphs: BTreeMap<char, MissingGlyph>,
}

/// Where a character that no font has stands first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MissingGlyph {
    /// Name of the section.
    pub section: String,
    /// The word that it stands in, as written.
    pub word: String,
}

/// A page.
#[derive(Clone, Debug)]
pub struct Page {
    /// Width of the paper.
    pub width: f64,
    /// Height of the paper.
    pub height: f64,
    /// How the page is called.
    pub label: PageLabel,
    /// What stands on it, in drawing order.
    pub items: Vec<Item>,
}

/// How a page is called: "3", or "II-3" in an annex.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageLabel {
    /// "" in the main part, "II-" in an annex.
    pub prefix: Arc<str>,
    /// Number within its part, from 1; printed from the second page on.
    pub number: usize,
}

/// Something placed on a page.
#[derive(Clone, Debug)]
pub struct Item {
    /// What it belongs to.
    pub tag: Tag,
    /// What is drawn.
    pub mark: Mark,
}

/// What an item belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tag {
    /// A node: content that is read aloud.
    Node(NodeId),
    /// Page numbers and repeated table heads.
    Pagination,
    /// Rules and borders.
    Layout,
}

/// What is drawn.
#[derive(Clone, Debug)]
pub enum Mark {
    /// A stretch of text.
    Text(Text),
    /// A straight line.
    Line(Line),
    /// A path or an area of a chart.
    Shape(Shape),
}

/// A stretch of text of one look and one origin on one line.
#[derive(Clone, Debug)]
pub struct Text {
    /// Left end.
    pub x: f64,
    /// Base line.
    pub y: f64,
    /// Face.
    pub face: Face,
    /// Size.
    pub size: f64,
    /// The characters, NFC; may end with the space at which the line was broken.
    pub text: String,
    /// The glyphs, left to right.
    pub glyphs: Vec<Glyph>,
    /// Added to the width of every space, for justification.
    pub space_stretch: f64,
    /// Width, without the space at which the line was broken.
    pub width: f64,
    /// Where the characters come from.
    pub origin: Origin,
    /// What is meant, where a character is drawn by another one.
    pub actual: Option<Box<str>>,
}

/// A straight line.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Line {
    /// Start.
    pub from: (f64, f64),
    /// End.
    pub to: (f64, f64),
    /// Thickness.
    pub thickness: f64,
}

/// A path of straight lines, or the area within it.
#[derive(Clone, Debug, PartialEq)]
pub struct Shape {
    /// The corners, in order.
    pub points: Vec<(f64, f64)>,
    /// How it is drawn.
    pub paint: Paint,
}

/// How a shape is drawn; greys from 0, black, to 1, white.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Paint {
    /// As an area.
    Fill {
        /// Its grey.
        grey: f64,
    },
    /// As a path, open unless it ends where it begins.
    Stroke {
        /// Its thickness.
        thickness: f64,
        /// Its grey.
        grey: f64,
    },
}

/// A face of the type family.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Face {
    /// Upright.
    Regular,
    /// Upright, bold.
    Bold,
    /// Italic.
    Italic,
    /// Italic, bold.
    BoldItalic,
}

/// A glyph; advances in ems.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Glyph {
    /// Number in the font file.
    pub id: u16,
    /// Bytes of the text that it shows, after those of the glyph before.
    pub bytes: u8,
    /// A space, which justification stretches.
    pub is_space: bool,
    /// Advance, kerning included.
    pub advance: f32,
    /// Advance that the font file states.
    pub nominal: f32,
}

/// Where printed characters come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// Words.
    Text,
    /// A figure, by its id.
    Figure(Arc<str>),
    /// Digits that are no figure.
    Constant(ConstantKind),
    /// A page number, which is no content.
    Artifact(usize),
}

/// Index of a node in [`Laid::nodes`].
pub type NodeId = usize;

/// A node of the logical structure.
#[derive(Clone, Debug)]
pub struct Node {
    /// What it is.
    pub role: Role,
    /// The node above; the document is its own.
    pub parent: NodeId,
    /// The nodes below, in reading order.
    pub children: Vec<NodeId>,
    /// Its name, for headings and tables.
    pub title: Option<String>,
    /// What a picture tells, in words.
    pub alternative: Option<String>,
    /// Columns and rows covered, for cells.
    pub span: (usize, usize),
}

/// What a node is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// The whole.
    Document,
    /// A part with its own page numbering.
    Section,
    /// A heading of level 1 to 3.
    Heading(u8),
    /// A paragraph.
    Paragraph,
    /// A list.
    List,
    /// An entry of a list.
    ListItem,
    /// The text of an entry.
    ListBody,
    /// A table.
    Table,
    /// Its caption.
    Caption,
    /// Its head.
    TableHead,
    /// Its body.
    TableBody,
    /// A row.
    Row,
    /// A head cell, for its columns.
    HeadCell,
    /// The cell that names its row.
    RowHead,
    /// A body cell.
    Cell,
    /// A footnote or the key of signs.
    Note,
    /// The mark of a footnote.
    Reference,
    /// The mark that a note begins with.
    Label,
    /// Words that lead to another place.
    Link,
    /// The words of a paragraph after a mark or a field.
    Span,
    /// A picture, with its text alternative.
    Figure,
    /// A field that is filled after the file is made.
    Form,
}

/// A place that is filled after the file is made.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Field {
    /// What goes there.
    pub kind: FieldKind,
    /// Its node.
    pub node: NodeId,
    /// Where it is.
    pub area: Area,
}

/// What is filled in after the file is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FieldKind {
    /// The number of the document (ô 3).
    Number,
    /// The day of issue (ô 4).
    Day,
    /// The signature of the person in authority (ô 7c).
    Signature,
    /// The signature of the organisation (ô 8).
    Seal,
}

/// A way from a node to another one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Jump {
    /// The link.
    pub from: NodeId,
    /// Where it leads to.
    pub to: NodeId,
    /// What it says about itself.
    pub words: String,
}

/// A bookmark.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bookmark {
    /// 0 for a section, 1 to 3 for headings.
    pub level: u8,
    /// Its words.
    pub title: String,
    /// Index of the page.
    pub page: usize,
    /// Where it leads to on the page, in whole points from the top.
    pub y: i32,
}

/// A rectangle on a page.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Area {
    /// Index of the page.
    pub page: usize,
    /// Left edge.
    pub left: f64,
    /// Upper edge.
    pub top: f64,
    /// Right edge.
    pub right: f64,
    /// Lower edge.
    pub bottom: f64,
}

impl Face {
    /// All faces.
    pub const ALL: [Self; 4] = [Self::Regular, Self::Bold, Self::Italic, Self::BoldItalic];

    /// Returns the Vietnamese name of the face.
    pub fn name(self) -> &'static str {
        match self {
            Self::Regular => "thường",
            Self::Bold => "đậm",
            Self::Italic => "nghiêng",
            Self::BoldItalic => "đậm nghiêng",
        }
    }

    /// Returns the face for a run in text of this face: what the run adds is switched on.
    #[must_use]
    pub fn in_run(self, run: &Run) -> Self {
        let bold = run.bold || matches!(self, Self::Bold | Self::BoldItalic);
        let italic = run.italic || matches!(self, Self::Italic | Self::BoldItalic);
        match (bold, italic) {
            (false, false) => Self::Regular,
            (true, false) => Self::Bold,
            (false, true) => Self::Italic,
            (true, true) => Self::BoldItalic,
        }
    }
}

impl Laid {
    /// Returns where something is filled in later.
    pub fn area(&self, kind: FieldKind) -> Option<Area> {
        self.fields.iter().find(|field| field.kind == kind).map(|field| field.area)
    }

    /// Returns the texts of all pages with the index of their page, in drawing order.
    pub fn texts(&self) -> impl Iterator<Item = (usize, &Text)> {
        self.pages.iter().enumerate().flat_map(|(index, page)| {
            page.items.iter().filter_map(move |item| match &item.mark {
                Mark::Text(text) => Some((index, text)),
                Mark::Line(_) | Mark::Shape(_) => None,
            })
        })
    }
}

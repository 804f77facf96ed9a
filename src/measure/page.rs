//! What a reader sees of a page: lines of text in runs, rules and the share of pictures. Lengths are
//! millimetres from the upper left corner of the page as it is looked at; sizes are points.

use serde::Serialize;

/// Millimetres in a point.
pub(super) const MM: f64 = 25.4 / 72.0;

/// A page as it is looked at.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Page {
    /// Number of the page in the file, from 1.
    pub number: usize,
    /// Width.
    pub width: f64,
    /// Height.
    pub height: f64,
    /// Lines of visible text, from the top, then from the left; what stands in two columns is two
    /// lines.
    pub lines: Vec<Line>,
    /// Horizontal rules, from the top.
    pub rules: Vec<Rule>,
    /// Vertical rules, which make tables and frames.
    pub uprights: Vec<Upright>,
    /// Share of the page that pictures cover, 0 to 1 and more where they overlap.
    pub pictures: f64,
    /// Glyphs that are shown by no ink, as the text under a scan.
    pub invisible: usize,
    /// Visible glyphs that have no character.
    pub unreadable: usize,
}

/// Text on one base line without a wide gap.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Line {
    /// Runs from the left; blanks between them belong to the one before.
    pub runs: Vec<Run>,
    /// Text of the runs, without blanks at the ends.
    pub text: String,
    /// Left edge of the first visible character's box.
    pub left: f64,
    /// Right edge of the last visible character's box.
    pub right: f64,
    /// Base line.
    pub baseline: f64,
}

/// Text of one font, size and colour.
#[derive(Clone, Debug, Serialize)]
pub struct Run {
    /// The characters.
    pub text: String,
    /// Left edge.
    pub left: f64,
    /// Right edge of the last visible character.
    pub right: f64,
    /// Size as it is printed, in points.
    pub size: f64,
    /// Name of the font without the mark of a subset.
    pub font: String,
    /// Weight.
    pub weight: Weight,
    /// Slope.
    pub slope: Slope,
    /// Colour of the ink.
    pub colour: Colour,
}

/// How heavy letters are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Weight {
    /// Regular.
    Regular,
    /// Bold.
    Bold,
}

/// Whether letters lean.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Slope {
    /// Upright.
    Upright,
    /// Italic.
    Italic,
}

/// The colour of ink.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Colour {
    /// Red, 0 to 1.
    pub red: f64,
    /// Green, 0 to 1.
    pub green: f64,
    /// Blue, 0 to 1.
    pub blue: f64,
}

/// A thin horizontal line of ink.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Rule {
    /// Left end.
    pub left: f64,
    /// Right end.
    pub right: f64,
    /// Height of its middle.
    pub y: f64,
    /// Thickness.
    pub thickness: f64,
    /// Whether it is one line of ink.
    pub stroke: Stroke,
}

/// A thin vertical line of ink.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Upright {
    /// Place of its middle.
    pub x: f64,
    /// Upper end.
    pub top: f64,
    /// Lower end.
    pub bottom: f64,
}

/// How a rule is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Stroke {
    /// One line of ink.
    Solid,
    /// Dashes or dots.
    Dashed,
}

impl Colour {
    /// Black.
    pub const BLACK: Self = Self { red: 0.0, green: 0.0, blue: 0.0 };

    /// Returns whether ink looks black in print; the richest black of some programs is a dark grey.
    pub fn is_black(self) -> bool {
        self.red.max(self.green).max(self.blue) <= 0.15
    }
}

impl Rule {
    /// Returns the length in millimetres.
    pub fn length(&self) -> f64 {
        self.right - self.left
    }

    /// Returns the middle.
    pub fn centre(&self) -> f64 {
        self.left.midpoint(self.right)
    }
}

impl Line {
    /// Returns the width in millimetres.
    pub fn width(&self) -> f64 {
        self.right - self.left
    }

    /// Returns the middle.
    pub fn centre(&self) -> f64 {
        self.left.midpoint(self.right)
    }

    /// Returns the runs that have visible characters.
    pub fn inked(&self) -> impl Iterator<Item = &Run> {
        self.runs.iter().filter(|run| run.text.chars().any(|c| !is_blank(c)))
    }

    /// Returns the size of most of the line, in points.
    pub fn size(&self) -> f64 {
        let widest = self.inked().max_by(|a, b| (a.right - a.left).total_cmp(&(b.right - b.left)));
        widest.map_or(0.0, |run| run.size)
    }

    /// Returns whether every visible character is bold.
    pub fn is_bold(&self) -> bool {
        self.inked().all(|run| run.weight == Weight::Bold)
    }

    /// Returns whether every visible character leans.
    pub fn is_italic(&self) -> bool {
        self.inked().all(|run| run.slope == Slope::Italic)
    }

    /// Returns the upper edge of a single-spaced line of Times New Roman.
    pub fn top(&self) -> f64 {
        self.baseline - 0.891 * self.size() * MM
    }

    /// Returns the lower edge of a single-spaced line of Times New Roman.
    pub fn bottom(&self) -> f64 {
        self.baseline + 0.216 * self.size() * MM
    }
}

/// Returns whether a character leaves no ink.
pub(super) fn is_blank(character: char) -> bool {
    character.is_whitespace()
        || matches!(character, '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{feff}')
}

//! What the operators of a page have left on it, in points from its upper left corner, with the
//! budget that a hostile file may use up.

use super::super::page::{Colour, Rule, Slope, Upright, Weight};

/// The most operators of a file.
const OPERATORS: usize = 20_000_000;
/// The most glyphs and lines of a page.
const MARKS: usize = 400_000;

/// The marks of a page.
#[derive(Debug, Default)]
pub(super) struct Canvas {
    pub(super) glyphs: Vec<Glyph>,
    pub(super) rules: Vec<Rule>,
    pub(super) uprights: Vec<Upright>,
    /// Area that pictures cover.
    pub(super) pictures: f64,
    /// Glyphs without ink.
    pub(super) invisible: usize,
    /// Operators that were carried out, of all pages.
    pub(super) operators: usize,
}

/// A character on the page.
#[derive(Clone, Debug)]
pub(super) struct Glyph {
    /// The characters; nothing when the file does not tell.
    pub(super) text: Option<String>,
    pub(super) left: f64,
    pub(super) right: f64,
    pub(super) baseline: f64,
    pub(super) size: f64,
    /// Place of the font in the reader's list.
    pub(super) font: usize,
    pub(super) weight: Weight,
    pub(super) slope: Slope,
    pub(super) colour: Colour,
}

impl Canvas {
    /// Counts an operator and returns whether the file may go on.
    pub(super) fn may_go_on(&mut self) -> bool {
        self.operators += 1;
        let marks = self.glyphs.len() + self.rules.len() + self.uprights.len() + self.invisible;
        self.operators < OPERATORS && marks < MARKS
    }
}

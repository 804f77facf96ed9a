//! The graphics state: what `q` keeps and `Q` brings back.

use std::rc::Rc;

use super::super::page::{Colour, Stroke};
use super::colour::Space;
use super::font::Font;
use super::matrix::Matrix;

/// The state in which operators work.
#[derive(Clone, Debug)]
pub(super) struct State {
    /// From the user's space to points of the page, y downwards.
    pub(super) place: Matrix,
    pub(super) fill: Colour,
    pub(super) stroke: Colour,
    pub(super) fill_space: Space,
    pub(super) stroke_space: Space,
    pub(super) line_width: f64,
    pub(super) line: Stroke,
    /// What a clip leaves of a filled line.
    pub(super) clip: Stroke,
    pub(super) font: Option<(usize, Rc<Font>)>,
    pub(super) size: f64,
    pub(super) character_spacing: f64,
    pub(super) word_spacing: f64,
    /// Horizontal scaling, 1 being none.
    pub(super) stretch: f64,
    pub(super) leading: f64,
    pub(super) rise: f64,
    /// Text rendering mode, 0 to 7.
    pub(super) mode: i64,
}

impl State {
    /// Returns the state in which a page begins.
    pub(super) fn new(place: Matrix) -> Self {
        Self {
            place,
            fill: Colour::BLACK,
            stroke: Colour::BLACK,
            fill_space: Space::Gray,
            stroke_space: Space::Gray,
            line_width: 1.0,
            line: Stroke::Solid,
            clip: Stroke::Solid,
            font: None,
            size: 1.0,
            character_spacing: 0.0,
            word_spacing: 0.0,
            stretch: 1.0,
            leading: 0.0,
            rise: 0.0,
            mode: 0,
        }
    }
}

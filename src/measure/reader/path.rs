//! Paths as far as they are thin lines: a stroked level segment or a flat filled box is a rule, a
//! standing one an upright. Curves and shaded boxes are left out.

use super::super::page::{Colour, Rule, Stroke, Upright};
use super::canvas::Canvas;
use super::matrix::Matrix;

/// The thickest filled box that is still a line, in points.
const THICK: f64 = 3.0;
/// The shortest line, in points.
const SHORT: f64 = 3.0;

/// The path that is being built, in points of the page, y downwards.
#[derive(Clone, Debug, Default)]
pub(super) struct Path {
    parts: Vec<Part>,
    at: (f64, f64),
}

#[derive(Clone, Debug, Default)]
struct Part {
    points: Vec<(f64, f64)>,
    is_curved: bool,
}

/// How a path is inked.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pen {
    /// Width of the line, in points of the page.
    pub(super) width: f64,
    pub(super) stroke: Stroke,
    pub(super) colour: Colour,
}

impl Path {
    /// Begins a part at a point.
    pub(super) fn begin(&mut self, place: Matrix, x: f64, y: f64) {
        self.at = place.point(x, y);
        self.parts.push(Part { points: vec![self.at], is_curved: false });
    }

    /// Draws a straight line to a point.
    pub(super) fn line(&mut self, place: Matrix, x: f64, y: f64) {
        self.at = place.point(x, y);
        if let Some(part) = self.parts.last_mut() {
            part.points.push(self.at);
        }
    }

    /// Draws a curve to a point.
    pub(super) fn curve(&mut self, place: Matrix, x: f64, y: f64) {
        self.line(place, x, y);
        if let Some(part) = self.parts.last_mut() {
            part.is_curved = true;
        }
    }

    /// Goes back to where the part began.
    pub(super) fn close(&mut self) {
        if let Some(part) = self.parts.last_mut()
            && let Some(first) = part.points.first().copied()
        {
            part.points.push(first);
        }
    }

    /// Adds a box.
    pub(super) fn rectangle(&mut self, place: Matrix, corner: (f64, f64), size: (f64, f64)) {
        let ((x, y), (width, height)) = (corner, size);
        self.begin(place, x, y);
        self.line(place, x + width, y);
        self.line(place, x + width, y + height);
        self.line(place, x, y + height);
        self.close();
    }

    /// Draws the outline.
    pub(super) fn stroke(&self, pen: Pen, canvas: &mut Canvas) {
        if is_paper(pen.colour) {
            return;
        }
        for part in self.parts.iter().filter(|part| !part.is_curved) {
            for pair in part.points.windows(2) {
                let ((x0, y0), (x1, y1)) = (pair[0], pair[1]);
                segment((x0.min(x1), y0.min(y1)), (x0.max(x1), y0.max(y1)), pen, canvas);
            }
        }
    }

    /// Returns whether this, as a clip, makes dashes of a line: boxes in a row with gaps.
    pub(super) fn is_comb(&self) -> bool {
        let edges = |part: &Part| {
            let xs = part.points.iter().map(|point| point.0);
            (xs.clone().fold(f64::MAX, f64::min), xs.fold(f64::MIN, f64::max))
        };
        let mut boxes: Vec<(f64, f64)> = self.parts.iter().map(edges).collect();
        boxes.sort_by(|a, b| a.0.total_cmp(&b.0));
        boxes.len() >= 4 && boxes.windows(2).all(|pair| pair[1].0 > pair[0].1 + 0.2)
    }

    /// Fills the parts; thin ones are lines as `stroke` says.
    pub(super) fn fill(&self, colour: Colour, stroke: Stroke, canvas: &mut Canvas) {
        if is_paper(colour) {
            return;
        }
        for part in self.parts.iter().filter(|part| !part.is_curved) {
            let xs = part.points.iter().map(|point| point.0);
            let ys = part.points.iter().map(|point| point.1);
            let (left, right) = (xs.clone().fold(f64::MAX, f64::min), xs.fold(f64::MIN, f64::max));
            let (top, bottom) = (ys.clone().fold(f64::MAX, f64::min), ys.fold(f64::MIN, f64::max));
            let (width, height) = (right - left, bottom - top);
            let pen = Pen { width: width.min(height), stroke, colour };
            if height <= THICK && width > SHORT && width > height {
                let y = top.midpoint(bottom);
                segment((left, y), (right, y), pen, canvas);
            } else if width <= THICK && height > SHORT {
                let x = left.midpoint(right);
                segment((x, top), (x, bottom), pen, canvas);
            }
        }
    }
}

fn is_paper(colour: Colour) -> bool {
    colour.red.min(colour.green).min(colour.blue) > 0.97
}

fn segment(from: (f64, f64), to: (f64, f64), pen: Pen, canvas: &mut Canvas) {
    let ((x0, y0), (x1, y1)) = (from, to);
    if y1 - y0 < 0.3 && x1 - x0 > SHORT && pen.width <= THICK {
        canvas.rules.push(Rule {
            left: x0,
            right: x1,
            y: y0.midpoint(y1),
            thickness: pen.width,
            stroke: pen.stroke,
        });
    } else if x1 - x0 < 0.3 && y1 - y0 > SHORT && pen.width <= THICK {
        canvas.uprights.push(Upright { x: x0.midpoint(x1), top: y0, bottom: y1 });
    }
}

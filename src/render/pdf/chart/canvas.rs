//! What charts are drawn with: words, areas, hatches, lines and signs, from the top of the strip
//! downwards. Everything belongs to the figure.

use crate::compose::document::{Chart, FigureRef, Run};

use super::super::fonts::Shaper;
use super::super::geometry::single;
use super::super::laid::{Face, Item, Mark, Paint, Shape, Tag};
use super::super::text::{self, Alignment, SetLine, Setting};
use super::style::{self, Fill, KEY, OUTLINE, SWATCH, Sign};

/// Wide enough for any line that is not to be broken.
const NO_BREAK_WIDTH: f64 = 100_000.0;

/// A rectangle.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Rect {
    pub(super) left: f64,
    pub(super) top: f64,
    pub(super) right: f64,
    pub(super) bottom: f64,
}

/// Which end of a text stands at its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Anchor {
    Start,
    Middle,
    End,
}

/// A drawing while it grows.
pub(super) struct Canvas<'a, 'fonts> {
    shaper: &'a mut Shaper<'fonts>,
    tag: Tag,
    /// Left and right edge of the text block.
    pub(super) sides: (f64, f64),
    /// How far down the drawing reaches.
    pub(super) y: f64,
    items: Vec<Item>,
}

impl Rect {
    /// Returns whether two rectangles share more than an edge.
    pub(super) fn meets(&self, other: &Self) -> bool {
        self.left < other.right
            && other.left < self.right
            && self.top < other.bottom
            && other.top < self.bottom
    }
}

impl<'a, 'fonts> Canvas<'a, 'fonts> {
    pub(super) fn new(shaper: &'a mut Shaper<'fonts>, tag: Tag, sides: (f64, f64)) -> Self {
        Self { shaper, tag, sides, y: 0.0, items: Vec::new() }
    }

    /// Returns the items and the height.
    pub(super) fn finish(self) -> (Vec<Item>, f64) {
        (self.items, self.y)
    }

    /// Returns the width of runs on one line.
    pub(super) fn width(&mut self, runs: &[Run], size: f64) -> f64 {
        text::need(self.shaper, runs, Face::Regular, size).natural
    }

    /// Returns the width of the widest of several runs.
    pub(super) fn widest<'r>(&mut self, all: impl Iterator<Item = &'r [Run]>, size: f64) -> f64 {
        all.fold(0.0, |widest, runs| f64::max(widest, self.width(runs, size)))
    }

    /// Returns runs broken to a width.
    pub(super) fn broken(&mut self, runs: &[Run], size: f64, width: f64) -> Vec<SetLine> {
        let setting = Setting::new(Face::Regular, size, width, Alignment::Balanced);
        text::set(self.shaper, runs, &setting)
    }

    /// Places set lines around a height, their ends at `x`.
    pub(super) fn lines_ending_at(
        &mut self,
        lines: Vec<SetLine>,
        (x, middle): (f64, f64),
        size: f64,
    ) {
        let leading = single(size);
        let top = middle - leading * text::count(lines.len()) / 2.0;
        for (index, line) in lines.into_iter().enumerate() {
            let y = top + leading * text::count(index);
            let start = x - line.width;
            self.put(line, start, y, size);
        }
    }

    /// Places runs on one line whose middle is at a height; returns the rectangle they take.
    pub(super) fn label(
        &mut self,
        runs: &[Run],
        size: f64,
        (x, middle): (f64, f64),
        anchor: Anchor,
    ) -> Rect {
        let place = self.place(runs, size, (x, middle), anchor);
        let setting = Setting::new(Face::Regular, size, NO_BREAK_WIDTH, Alignment::Left);
        for line in text::set(self.shaper, runs, &setting) {
            self.put(line, place.left, place.top, size);
        }
        place
    }

    /// Returns the rectangle that runs take.
    pub(super) fn place(
        &mut self,
        runs: &[Run],
        size: f64,
        (x, middle): (f64, f64),
        anchor: Anchor,
    ) -> Rect {
        let width = self.width(runs, size);
        let left = match anchor {
            Anchor::Start => x,
            Anchor::Middle => x - width / 2.0,
            Anchor::End => x - width,
        };
        let half = single(size) / 2.0;
        Rect { left, top: middle - half, right: left + width, bottom: middle + half }
    }

    fn put(&mut self, line: SetLine, x: f64, top: f64, size: f64) {
        let baseline = self.shaper.baseline(Face::Regular, size, single(size));
        for mut text in line.texts {
            text.x += x - line.x;
            text.y += top + baseline;
            self.items.push(Item { tag: self.tag, mark: Mark::Text(text) });
        }
    }

    /// Draws a path of straight lines.
    pub(super) fn path(&mut self, points: Vec<(f64, f64)>, (thickness, grey): (f64, f64)) {
        self.shape(points, Paint::Stroke { thickness, grey });
    }

    /// Fills a polygon with a grey.
    pub(super) fn polygon(&mut self, points: Vec<(f64, f64)>, grey: f64) {
        self.shape(points, Paint::Fill { grey });
    }

    fn shape(&mut self, points: Vec<(f64, f64)>, paint: Paint) {
        self.items.push(Item { tag: self.tag, mark: Mark::Shape(Shape { points, paint }) });
    }

    /// Draws a bar with its outline; one without length is a line.
    pub(super) fn bar(&mut self, area: Rect, fill: Fill) {
        let corners = vec![
            (area.left, area.top),
            (area.right, area.top),
            (area.right, area.bottom),
            (area.left, area.bottom),
        ];
        match fill {
            Fill::Grey(grey) => self.polygon(corners.clone(), grey),
            Fill::Hatched(apart) => {
                self.polygon(corners.clone(), 1.0);
                for (from, to) in hatches(area, apart) {
                    self.path(vec![from, to], (0.5, 0.0));
                }
            }
        }
        let closed = corners.iter().chain(corners.first()).copied().collect();
        self.path(closed, OUTLINE);
    }

    /// Clears the ground under a number, so that no line crosses it.
    pub(super) fn ground(&mut self, place: Rect) {
        let inset = 2.0;
        let (top, bottom) = (place.top + inset, place.bottom - inset);
        let corners = vec![
            (place.left, top),
            (place.right, top),
            (place.right, bottom),
            (place.left, bottom),
        ];
        self.polygon(corners, 1.0);
    }

    /// Draws a line in dashes.
    pub(super) fn dashed(&mut self, from: (f64, f64), to: (f64, f64), (dash, gap): (f64, f64)) {
        let thickness = (1.3, 0.0);
        let length = (to.0 - from.0).hypot(to.1 - from.1);
        if gap <= 0.0 || length <= 0.0 {
            self.path(vec![from, to], thickness);
            return;
        }
        let at = |along: f64| {
            let share = (along / length).min(1.0);
            (from.0 + (to.0 - from.0) * share, from.1 + (to.1 - from.1) * share)
        };
        let mut along = 0.0;
        while along < length {
            self.path(vec![at(along), at(along + dash)], thickness);
            along += dash + gap;
        }
    }

    /// Draws the sign of a point; a hollow one covers what is under it.
    pub(super) fn sign(&mut self, sign: Sign, (x, y): (f64, f64)) {
        let half = 2.8;
        let square = vec![(-half, -half), (half, -half), (half, half), (-half, half)];
        let triangle = vec![(0.0, -half * 1.2), (half * 1.1, half), (-half * 1.1, half)];
        let diamond =
            vec![(0.0, -half * 1.3), (half * 1.3, 0.0), (0.0, half * 1.3), (-half * 1.3, 0.0)];
        let (outline, grey) = match sign {
            Sign::FullSquare => (square, 0.0),
            Sign::HollowSquare => (square, 1.0),
            Sign::FullTriangle => (triangle, 0.0),
            Sign::HollowDiamond => (diamond, 1.0),
        };
        let points: Vec<(f64, f64)> =
            outline.into_iter().map(|(right, down)| (x + right, y + down)).collect();
        self.polygon(points.clone(), grey);
        let closed = points.iter().chain(points.first()).copied().collect();
        self.path(closed, (0.9, 0.0));
    }

    /// Draws the unit of count at the right, as over a table.
    pub(super) fn unit(&mut self, chart: &Chart) {
        if chart.unit_of_count.is_empty() {
            return;
        }
        let runs = [Run {
            italic: true,
            ..Run::text(format!("Đơn vị tính: {}", chart.unit_of_count))
        }];
        let middle = self.y + single(KEY) / 2.0;
        self.label(&runs, KEY, (self.sides.1, middle), Anchor::End);
        self.y += single(KEY);
    }

    /// Draws the key: each sign with its words, as many in a line as fit, the lines centred.
    pub(super) fn key(&mut self, entries: &[(KeySign, &[Run])]) {
        let (left, right) = self.sides;
        let mut rows: Vec<KeyRow<'_>> = Vec::new();
        for (sign, words) in entries {
            let room = SWATCH * 2.0 + 5.0;
            let width = room + self.width(words, KEY) + 14.0;
            match rows.last_mut() {
                Some((used, row)) if *used + width <= right - left => {
                    *used += width;
                    row.push((*sign, words, width));
                }
                _ => rows.push((width, vec![(*sign, words, width)])),
            }
        }
        for (width, row) in rows {
            let middle = self.y + single(KEY) / 2.0;
            let mut x = left + (right - left - width) / 2.0 + 7.0;
            for (sign, words, width) in row {
                self.key_sign(sign, (x, middle));
                let room = right - x - SWATCH * 2.0 - 5.0;
                let lines = self.broken(words, KEY, room);
                for line in lines.into_iter().take(1) {
                    self.put(line, x + SWATCH * 2.0 + 5.0, middle - single(KEY) / 2.0, KEY);
                }
                x += width;
            }
            self.y += single(KEY) + 2.0;
        }
    }

    fn key_sign(&mut self, sign: KeySign, (x, middle): (f64, f64)) {
        let half = SWATCH / 2.0;
        match sign {
            KeySign::Fill(fill) => {
                let area = Rect {
                    left: x,
                    top: middle - half,
                    right: x + SWATCH * 2.0,
                    bottom: middle + half,
                };
                self.bar(area, fill);
            }
            KeySign::Target => self.target((x + SWATCH, middle), half),
            KeySign::Line(series) => {
                let look = style::line(series);
                self.dashed((x, middle), (x + SWATCH * 2.0, middle), look.dash);
                self.sign(look.sign, (x + SWATCH, middle));
            }
        }
    }

    /// Draws the mark of a target over a bar of this half height.
    pub(super) fn target(&mut self, (x, middle): (f64, f64), half: f64) {
        let reach = half + style::TARGET_OUT;
        let mark = |out: f64| {
            let (wide, high) = (style::TARGET_HALF + out, reach);
            vec![
                (x - wide, middle - high),
                (x + wide, middle - high),
                (x + wide, middle + high),
                (x - wide, middle + high),
            ]
        };
        self.polygon(mark(0.8), 1.0);
        self.polygon(mark(0.0), 0.0);
    }
}

/// A sign of the key.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum KeySign {
    /// A bar.
    Fill(Fill),
    /// The mark of a target.
    Target,
    /// The line of a series.
    Line(usize),
}

/// A line of the key: its width and its entries with theirs.
type KeyRow<'r> = (f64, Vec<(KeySign, &'r [Run], f64)>);

/// Returns the runs of a figure; the sign of what is not available without one.
pub(super) fn number(figure: Option<&FigureRef>) -> Vec<Run> {
    vec![figure.map_or_else(|| Run::text("…"), |figure| Run::figure(figure.clone()))]
}

/// Returns the lines at 45 degrees within a rectangle, so far apart.
fn hatches(area: Rect, apart: f64) -> Vec<((f64, f64), (f64, f64))> {
    let (width, height) = (area.right - area.left, area.bottom - area.top);
    let mut hatches = Vec::new();
    // The line right - down = offset, from the lower left corner to the upper right one.
    let step = apart * std::f64::consts::SQRT_2;
    let mut offset = step / 2.0;
    while offset < width + height {
        let from = if offset < height { (0.0, offset) } else { (offset - height, height) };
        let to = if offset < width { (offset, 0.0) } else { (width, offset - width) };
        hatches
            .push(((area.left + from.0, area.top + from.1), (area.left + to.0, area.top + to.1)));
        offset += step;
    }
    hatches
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hatches_stay_within_their_area_and_are_parallel() {
        for (width, height) in [(80.0, 9.0), (4.0, 9.0), (0.5, 9.0), (9.0, 9.0)] {
            let area = Rect { left: 10.0, top: 20.0, right: 10.0 + width, bottom: 20.0 + height };
            for (from, to) in hatches(area, 3.0) {
                for (x, y) in [from, to] {
                    assert!(x >= area.left - 0.01 && x <= area.right + 0.01, "{x}");
                    assert!(y >= area.top - 0.01 && y <= area.bottom + 0.01, "{y}");
                }
                assert!(((to.0 - from.0) + (to.1 - from.1)).abs() < 0.01, "45 degrees");
            }
        }
    }
}

//! How charts look: sizes, greys and hatches that can be told apart in black and white.

/// Names of categories and numbers, in points.
pub(super) const LABEL: f64 = 11.0;
/// Names and numbers where room is short.
pub(super) const SMALL_LABEL: f64 = 9.5;
/// Numbers on the scale.
pub(super) const TICK: f64 = 9.5;
/// The key, the unit of count and the heads of figures beside.
pub(super) const KEY: f64 = 11.0;
/// The least size of any letter.
pub(super) const LEAST: f64 = 9.0;

/// Grid lines: thickness and grey.
pub(super) const GRID: (f64, f64) = (0.4, 0.8);
/// The line that bars begin at and points stand over.
pub(super) const AXIS: (f64, f64) = (0.8, 0.0);
/// Outlines of bars.
pub(super) const OUTLINE: (f64, f64) = (0.5, 0.0);
/// Half the thickness of the mark of a target.
pub(super) const TARGET_HALF: f64 = 1.1;
/// How far the mark of a target stands out over and under its bar.
pub(super) const TARGET_OUT: f64 = 2.2;
/// Room between a bar and its number, and between a name and the axis.
pub(super) const NEAR: f64 = 4.0;
/// Room between columns of words.
pub(super) const GUTTER: f64 = 8.0;
/// Side of the square of the key.
pub(super) const SWATCH: f64 = 8.0;

/// How an area is filled.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Fill {
    /// A grey, 0 is black.
    Grey(f64),
    /// Lines at 45 degrees, so many points apart.
    Hatched(f64),
}

/// The fills of series, in order.
const FILLS: [Fill; 4] = [Fill::Grey(0.55), Fill::Hatched(3.2), Fill::Grey(0.25), Fill::Grey(0.9)];

/// How the line of a series looks.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct LineLook {
    /// Dash and gap; no gap for a full line.
    pub(super) dash: (f64, f64),
    /// The sign at each month.
    pub(super) sign: Sign,
}

/// The sign at a point of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sign {
    /// A full square.
    FullSquare,
    /// A hollow square.
    HollowSquare,
    /// A full triangle.
    FullTriangle,
    /// A hollow diamond.
    HollowDiamond,
}

const LINES: [LineLook; 4] = [
    LineLook { dash: (1.0, 0.0), sign: Sign::FullSquare },
    LineLook { dash: (4.0, 2.5), sign: Sign::HollowSquare },
    LineLook { dash: (1.2, 2.0), sign: Sign::FullTriangle },
    LineLook { dash: (8.0, 3.0), sign: Sign::HollowDiamond },
];

/// Returns the fill of a series.
pub(super) fn fill(series: usize) -> Fill {
    FILLS[series % FILLS.len()]
}

/// Returns the line of a series.
pub(super) fn line(series: usize) -> LineLook {
    LINES[series % LINES.len()]
}

//! Lines over the months: the scale at the left, the months below, a sign and a number at each
//! point. A month without a figure parts the line.

use crate::compose::document::{Chart, Content, FigureRef, Run};

use super::super::geometry::single;
use super::super::text::count;
use super::bars::at;
use super::canvas::{Anchor, Canvas, KeySign, Rect, number};
use super::style::{self, AXIS, GRID, LABEL, LEAST, NEAR, SMALL_LABEL, TICK};

/// Height of the scale.
const HEIGHT: f64 = 130.0;
/// Room over the scale, for the numbers of the highest points.
const HEADROOM: f64 = 16.0;
/// Room between a sign and its number.
const OFF: f64 = 5.0;

/// A point of a line.
struct Point<'a> {
    series: usize,
    place: (f64, f64),
    figure: &'a FigureRef,
}

/// Draws the chart.
pub(super) fn draw(canvas: &mut Canvas<'_, '_>, chart: &Chart) {
    canvas.unit(chart);
    let entries: Vec<(KeySign, &[Run])> = chart
        .series
        .iter()
        .enumerate()
        .map(|(index, series)| (KeySign::Line(index), series.name.as_slice()))
        .collect();
    canvas.key(&entries);
    let (left, right) = canvas.sides;
    let ticks: Vec<Vec<Run>> =
        chart.ticks.iter().map(|tick| vec![Run::of(Content::Constant(tick.clone()))]).collect();
    let from = left + canvas.widest(ticks.iter().map(Vec::as_slice), TICK) + NEAR;
    let (top, bottom) = (canvas.y + HEADROOM, canvas.y + HEADROOM + HEIGHT);
    for (tick, runs) in chart.ticks.iter().zip(&ticks) {
        let value = tick.value.map(crate::quantity::Quantity::to_f64);
        let Some(y) = value.and_then(|value| at(chart, value, (bottom, top))) else { continue };
        canvas.path(vec![(from, y), (right, y)], GRID);
        canvas.label(runs, TICK, (from - NEAR, y), Anchor::End);
    }
    canvas.path(vec![(from, bottom), (right, bottom)], AXIS);
    let step = (right - from) / count(chart.categories.len().max(1));
    let x_of = |index: usize| from + step * (count(index) + 0.5);
    months(canvas, chart, (step, bottom), x_of);
    let points = points(chart, (bottom, top), x_of);
    draw_lines(canvas, chart, &points);
    numbers(canvas, (chart, &points), (from, right), (top - HEADROOM, bottom));
    missing(canvas, chart, bottom, x_of);
    canvas.y = bottom + NEAR + single(LABEL) + NEAR;
}

fn months(
    canvas: &mut Canvas<'_, '_>,
    chart: &Chart,
    (step, bottom): (f64, f64),
    x_of: impl Fn(usize) -> f64,
) {
    let widest = canvas.widest(chart.categories.iter().map(Vec::as_slice), LABEL);
    let size = if widest + NEAR > step { LEAST } else { LABEL };
    for (index, month) in chart.categories.iter().enumerate() {
        let middle = bottom + NEAR + single(LABEL) / 2.0;
        canvas.path(vec![(x_of(index), bottom), (x_of(index), bottom + NEAR / 2.0)], AXIS);
        canvas.label(month, size, (x_of(index), middle), Anchor::Middle);
    }
}

/// Returns the points that have a value, month by month, the highest first.
fn points(
    chart: &Chart,
    (bottom, top): (f64, f64),
    x_of: impl Fn(usize) -> f64,
) -> Vec<Vec<Point<'_>>> {
    let of_month = |index: usize| {
        let mut points: Vec<Point<'_>> = chart
            .series
            .iter()
            .enumerate()
            .filter_map(|(series, line)| {
                let figure = line.values.get(index)?.as_ref()?;
                let y = at(chart, figure.value?.to_f64(), (bottom, top))?;
                Some(Point { series, place: (x_of(index), y), figure })
            })
            .collect();
        points.sort_by(|one, other| one.place.1.total_cmp(&other.place.1));
        points
    };
    (0..chart.categories.len()).map(of_month).collect()
}

fn draw_lines(canvas: &mut Canvas<'_, '_>, chart: &Chart, points: &[Vec<Point<'_>>]) {
    for series in 0..chart.series.len() {
        let look = style::line(series);
        let places: Vec<Option<(f64, f64)>> = points
            .iter()
            .map(|month| month.iter().find(|point| point.series == series))
            .map(|point| point.map(|point| point.place))
            .collect();
        for pair in places.windows(2) {
            if let [Some(from), Some(to)] = pair {
                canvas.dashed(*from, *to, look.dash);
            }
        }
        for place in places.into_iter().flatten() {
            canvas.sign(look.sign, place);
        }
    }
}

/// Writes the numbers: under the points of the lowest line, over those of the others, further away
/// where a number or a sign is there already.
fn numbers(
    canvas: &mut Canvas<'_, '_>,
    (chart, points): (&Chart, &[Vec<Point<'_>>]),
    (left, right): (f64, f64),
    (top, bottom): (f64, f64),
) {
    let all: Vec<Vec<Run>> =
        points.iter().flatten().map(|point| number(Some(point.figure))).collect();
    let widest = canvas.widest(all.iter().map(Vec::as_slice), LABEL);
    let step = (right - left) / count(chart.categories.len().max(1));
    let size = if widest + NEAR > step { SMALL_LABEL } else { LABEL };
    let sign = |point: &Point<'_>| {
        let (x, y) = point.place;
        Rect { left: x - OFF, top: y - OFF, right: x + OFF, bottom: y + OFF }
    };
    let mut taken: Vec<Rect> = points.iter().flatten().map(sign).collect();
    let under = lowest(points, bottom - single(size) - OFF - 2.0);
    for point in points.iter().flatten() {
        let runs = number(Some(point.figure));
        let free = (0..12_usize).find_map(|steps| {
            let away = OFF + 0.1 + single(size) * (0.5 + count(steps));
            let sides = if under == Some(point.series) { [away, -away] } else { [-away, away] };
            let places = sides.map(|side| {
                let at = (point.place.0, point.place.1 + side);
                canvas.place(&runs, size, at, Anchor::Middle)
            });
            let fits = |place: &Rect| {
                let inside = place.top >= top - 0.01 && place.bottom <= bottom - 1.0;
                inside && !taken.iter().any(|other| place.meets(other))
            };
            places.into_iter().find(fits)
        });
        // Lines too many to be told apart touch rather than lose a number.
        let over = (point.place.0, point.place.1 - OFF - single(size) / 2.0);
        let place = free.unwrap_or_else(|| canvas.place(&runs, size, over, Anchor::Middle));
        canvas.ground(place);
        let middle = place.top.midpoint(place.bottom);
        canvas.label(&runs, size, (point.place.0, middle), Anchor::Middle);
        taken.push(place);
    }
}

/// Returns the line that is the lowest of several in each month and stands high enough for numbers
/// under it.
fn lowest(points: &[Vec<Point<'_>>], floor: f64) -> Option<usize> {
    let mut lowest = None;
    for month in points.iter().filter(|month| month.len() > 1) {
        let point = month.last()?;
        if point.place.1 > floor || lowest.is_some_and(|series| series != point.series) {
            return None;
        }
        lowest = Some(point.series);
    }
    lowest
}

/// Writes the sign of what is missing at the foot of a month in which no line has a value.
fn missing(canvas: &mut Canvas<'_, '_>, chart: &Chart, bottom: f64, x_of: impl Fn(usize) -> f64) {
    for index in 0..chart.categories.len() {
        let figures =
            || chart.series.iter().filter_map(|series| series.values.get(index)?.as_ref());
        if figures().all(|figure| figure.value.is_none()) {
            let middle = bottom - NEAR - single(LABEL) / 2.0;
            let runs = number(figures().next());
            canvas.label(&runs, LABEL, (x_of(index), middle), Anchor::Middle);
        }
    }
}

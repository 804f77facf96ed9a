//! Horizontal bars: names at the left, numbers at the ends of the bars, figures beside at the right,
//! the scale below. The mark of a target stands across its bar.

use crate::compose::document::{Chart, ChartKind, Run};

use super::super::geometry::single;
use super::super::text::{SetLine, count};
use super::canvas::{Anchor, Canvas, KeySign, Rect, number};
use super::style::{self, AXIS, GRID, GUTTER, KEY, LABEL, LEAST, NEAR, SMALL_LABEL, TICK};

/// The most of the width that names take.
const MOST_NAMES: f64 = 0.42;
/// Thickness of the only bar of a category.
const THICK: f64 = 12.0;
/// Thickness of one of several bars.
const THIN: f64 = 10.0;
/// Room between categories, of one bar and of several.
const GAPS: (f64, f64) = (7.0, 9.0);
/// What a chart leaves of a page for head, caption, key, scale and notes.
const REST_OF_PAGE: f64 = 190.0;

/// Where things stand, left to right.
struct Columns {
    /// Right edge of the names.
    names: f64,
    /// Where the scale begins and ends.
    scale: (f64, f64),
    /// Right edges of the figures beside.
    beside: Vec<f64>,
}

/// Heights of a category.
struct Rows {
    size: f64,
    bar: f64,
    gap: f64,
}

/// Draws the chart; `page` is the height of the text block.
pub(super) fn draw(canvas: &mut Canvas<'_, '_>, chart: &Chart, page: f64) {
    canvas.unit(chart);
    key(canvas, chart);
    let rows = rows(chart, page);
    let columns = columns(canvas, chart, &rows);
    heads(canvas, chart, &columns);
    let names: Vec<Vec<SetLine>> = chart
        .categories
        .iter()
        .map(|name| canvas.broken(name, rows.size, columns.names - canvas.sides.0))
        .collect();
    let bars = count(chart.series.len().max(1)) * rows.bar;
    let heights: Vec<f64> = names
        .iter()
        .map(|lines| (count(lines.len()) * single(rows.size)).max(bars + rows.gap))
        .collect();
    let (top, bottom) = (canvas.y, canvas.y + heights.iter().sum::<f64>());
    scale(canvas, chart, &columns, (top, bottom));
    let mut y = top;
    for (index, (name, height)) in names.into_iter().zip(&heights).enumerate() {
        let middle = y + height / 2.0;
        canvas.lines_ending_at(name, (columns.names, middle), rows.size);
        category(canvas, (chart, index), &columns, (&rows, middle));
        y += height;
    }
    if let Some(zero) = at(chart, 0.0, columns.scale) {
        canvas.path(vec![(zero, top), (zero, bottom)], AXIS);
    }
    canvas.y = bottom + NEAR / 2.0 + single(TICK);
}

/// Returns the heights of categories; many of them stand closer together.
fn rows(chart: &Chart, page: f64) -> Rows {
    let several = chart.kind == ChartKind::GroupedBars && chart.series.len() > 1;
    let (bar, gap) = if several { (THIN, GAPS.1) } else { (THICK, GAPS.0) };
    let bars = count(chart.series.len().max(1)) * bar;
    let room = (page - REST_OF_PAGE) / count(chart.categories.len().max(1));
    let shrink = (room / (bars + gap)).min(1.0);
    let size = if shrink < 0.8 { LEAST } else { LABEL };
    Rows { size, bar: bar * shrink, gap: gap * shrink }
}

fn key(canvas: &mut Canvas<'_, '_>, chart: &Chart) {
    let mut entries: Vec<(KeySign, &[Run])> = Vec::new();
    if chart.series.len() > 1 || chart.target.is_some() {
        for (index, series) in chart.series.iter().enumerate() {
            entries.push((KeySign::Fill(style::fill(index)), &series.name));
        }
    }
    entries.extend(chart.target.iter().map(|target| (KeySign::Target, target.name.as_slice())));
    if !entries.is_empty() {
        canvas.key(&entries);
        canvas.y += NEAR;
    }
}

/// Returns the size of the numbers at bars of this thickness.
fn number_size(rows: &Rows) -> f64 {
    if rows.bar < THICK { SMALL_LABEL.min(rows.size) } else { rows.size }
}

fn columns(canvas: &mut Canvas<'_, '_>, chart: &Chart, rows: &Rows) -> Columns {
    let (left, right) = canvas.sides;
    let most = (right - left) * MOST_NAMES;
    let broken = chart.categories.iter().flat_map(|name| canvas.broken(name, rows.size, most));
    let names = left + broken.map(|line| line.width).fold(0.0, f64::max) + 0.1;
    let mut edge = right;
    let mut beside = Vec::new();
    for series in chart.beside.iter().rev() {
        let numbers: Vec<Vec<Run>> =
            series.values.iter().map(|figure| number(figure.as_ref())).collect();
        let widest = canvas.widest(numbers.iter().map(Vec::as_slice), rows.size);
        let widest = widest.max(canvas.width(&series.name, KEY));
        beside.insert(0, edge);
        edge -= widest + GUTTER;
    }
    let numbers: Vec<Vec<Run>> = chart
        .series
        .iter()
        .flat_map(|series| series.values.iter().map(|figure| number(figure.as_ref())))
        .collect();
    let label = canvas.widest(numbers.iter().map(Vec::as_slice), number_size(rows));
    let room = label + NEAR * 2.0 + style::TARGET_HALF * 2.0;
    Columns { names, scale: (names + NEAR, edge - room), beside }
}

/// Draws the names of the figures beside.
fn heads(canvas: &mut Canvas<'_, '_>, chart: &Chart, columns: &Columns) {
    if chart.beside.is_empty() {
        return;
    }
    let middle = canvas.y + single(KEY) / 2.0;
    for (series, right) in chart.beside.iter().zip(&columns.beside) {
        canvas.label(&series.name, KEY, (*right, middle), Anchor::End);
    }
    canvas.y += single(KEY) + 1.0;
}

/// Draws the grid and the numbers of the scale, leaving out those that would touch the one before.
fn scale(canvas: &mut Canvas<'_, '_>, chart: &Chart, columns: &Columns, (top, bottom): (f64, f64)) {
    let middle = bottom + NEAR / 2.0 + single(TICK) / 2.0;
    let mut free = f64::NEG_INFINITY;
    for tick in &chart.ticks {
        let value = tick.value.map(crate::quantity::Quantity::to_f64);
        let Some(x) = value.and_then(|value| at(chart, value, columns.scale)) else { continue };
        canvas.path(vec![(x, top), (x, bottom)], GRID);
        let runs = [Run::of(crate::compose::document::Content::Constant(tick.clone()))];
        let place = canvas.place(&runs, TICK, (x, middle), Anchor::Middle);
        if place.left > free {
            canvas.label(&runs, TICK, (x, middle), Anchor::Middle);
            free = place.right + NEAR;
        }
    }
}

/// Draws the bars of a category with their numbers, its target and its figures beside.
fn category(
    canvas: &mut Canvas<'_, '_>,
    (chart, index): (&Chart, usize),
    columns: &Columns,
    (rows, middle): (&Rows, f64),
) {
    let zero = at(chart, 0.0, columns.scale).unwrap_or(columns.scale.0);
    let half = count(chart.series.len().max(1)) * rows.bar / 2.0;
    let target = value(chart.target.as_ref().and_then(|series| series.values.get(index)));
    let mark = target.and_then(|value| at(chart, value, columns.scale));
    for (position, series) in chart.series.iter().enumerate() {
        let top = middle - half + count(position) * rows.bar;
        let length = value(series.values.get(index));
        let end = length.and_then(|value| at(chart, value, columns.scale)).unwrap_or(zero);
        if length.is_some() && (end - zero).abs() > 0.0 {
            let area =
                Rect { left: zero.min(end), top, right: zero.max(end), bottom: top + rows.bar };
            canvas.bar(area, style::fill(position));
        }
        let runs = number(series.values.get(index).and_then(Option::as_ref));
        let size = number_size(rows);
        let centre = top + rows.bar / 2.0;
        let mut x = end.max(zero) + NEAR;
        let place = canvas.place(&runs, size, (x, centre), Anchor::Start);
        let reach = style::TARGET_HALF + 1.0;
        if let Some(mark) = mark
            && place.left - NEAR < mark + reach
            && mark - reach < place.right + 1.0
        {
            x = mark + style::TARGET_HALF + NEAR;
        }
        let place = canvas.place(&runs, size, (x, centre), Anchor::Start);
        canvas.ground(place);
        canvas.label(&runs, size, (x, centre), Anchor::Start);
    }
    if let Some(mark) = mark {
        canvas.target((mark, middle), half);
    }
    for (series, right) in chart.beside.iter().zip(&columns.beside) {
        let runs = number(series.values.get(index).and_then(Option::as_ref));
        canvas.label(&runs, rows.size, (*right, middle), Anchor::End);
    }
}

fn value(figure: Option<&Option<crate::compose::document::FigureRef>>) -> Option<f64> {
    figure?.as_ref()?.value.map(crate::quantity::Quantity::to_f64)
}

/// Returns where a value stands between the ends of the scale; nothing without a scale.
pub(super) fn at(chart: &Chart, value: f64, (from, to): (f64, f64)) -> Option<f64> {
    let end = |tick: Option<&crate::compose::document::Constant>| {
        tick?.value.map(crate::quantity::Quantity::to_f64)
    };
    let (low, high) = (end(chart.ticks.first())?, end(chart.ticks.last())?);
    (high > low).then(|| from + (value - low) / (high - low) * (to - from))
}

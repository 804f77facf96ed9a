//! A funnel: the stages as centred bars, each joined to the next, its number in or beside it.

use crate::compose::document::Chart;

use super::super::geometry::single;
use super::super::text::count;
use super::bars::at;
use super::canvas::{Anchor, Canvas, Rect, number};
use super::style::{Fill, GUTTER, KEY, LABEL, NEAR};

/// Height of a stage.
const STAGE: f64 = 22.0;
/// Height of what joins two stages.
const JOINT: f64 = 12.0;
/// Grey of the stages, on which black letters read, and of what joins them.
const GREYS: (f64, f64) = (0.8, 0.93);
/// The most of the width that names take.
const MOST_NAMES: f64 = 0.34;

/// Draws the chart.
pub(super) fn draw(canvas: &mut Canvas<'_, '_>, chart: &Chart) {
    canvas.unit(chart);
    canvas.y += NEAR / 2.0;
    let (left, right) = canvas.sides;
    let natural = canvas.widest(chart.categories.iter().map(Vec::as_slice), LABEL);
    let names = natural.min((right - left) * MOST_NAMES) + 0.1;
    let (beside, edge) = heads(canvas, chart, right);
    let scale = (left + names + GUTTER, edge);
    let sizes: Vec<Option<f64>> = chart
        .series
        .first()
        .into_iter()
        .flat_map(|series| &series.values)
        .map(|figure| figure.as_ref()?.value.map(crate::quantity::Quantity::to_f64))
        .collect();
    let widest = sizes.iter().flatten().copied().fold(0.0, f64::max);
    let half = |size: f64| {
        let full = (scale.1 - scale.0) / 2.0;
        let share = at(chart, widest, (0.0, 1.0)).zip(at(chart, size, (0.0, 1.0)));
        share
            .filter(|(most, _)| *most > 0.0)
            .map_or(0.0, |(most, share)| full * share.max(0.0) / most)
    };
    let centre = scale.0.midpoint(scale.1);
    let top = canvas.y;
    let tops: Vec<f64> =
        (0..chart.categories.len()).map(|index| top + count(index) * (STAGE + JOINT)).collect();
    joints(canvas, (&sizes, &tops), centre, half);
    for (index, (name, top)) in chart.categories.iter().zip(&tops).enumerate() {
        let middle = top + STAGE / 2.0;
        let lines = canvas.broken(name, LABEL, names);
        canvas.lines_ending_at(lines, (left + names, middle), LABEL);
        let half = sizes.get(index).copied().flatten().map_or(0.0, half);
        if half > 0.0 {
            let area =
                Rect { left: centre - half, top: *top, right: centre + half, bottom: top + STAGE };
            canvas.bar(area, Fill::Grey(GREYS.0));
        }
        let figure = chart.series.first().and_then(|series| series.values.get(index));
        let runs = number(figure.and_then(Option::as_ref));
        let width = canvas.width(&runs, LABEL);
        let beside_bar = half > 0.0 && width + NEAR * 2.0 > half * 2.0;
        let x = if beside_bar { centre + half + NEAR } else { centre };
        let anchor = if beside_bar { Anchor::Start } else { Anchor::Middle };
        canvas.label(&runs, LABEL, (x, middle), anchor);
        for (series, x) in chart.beside.iter().zip(&beside) {
            if let Some(Some(share)) = series.values.get(index) {
                canvas.label(&number(Some(share)), LABEL, (*x, middle), Anchor::Middle);
            }
        }
    }
    let stages = count(chart.categories.len());
    canvas.y = top + stages * STAGE + (stages - 1.0).max(0.0) * JOINT + NEAR;
}

/// Joins each stage to the next, where both are known.
fn joints(
    canvas: &mut Canvas<'_, '_>,
    (sizes, tops): (&[Option<f64>], &[f64]),
    centre: f64,
    half: impl Fn(f64) -> f64,
) {
    for (pair, (top, next)) in sizes.windows(2).zip(tops.iter().zip(tops.iter().skip(1))) {
        if let [Some(above), Some(below)] = pair {
            let (above, below) = (half(*above), half(*below));
            let corners = vec![
                (centre - above, top + STAGE),
                (centre + above, top + STAGE),
                (centre + below, *next),
                (centre - below, *next),
            ];
            canvas.polygon(corners, GREYS.1);
        }
    }
}

/// Draws the names of the figures beside; returns the middles of their columns and what is left of
/// the width.
fn heads(canvas: &mut Canvas<'_, '_>, chart: &Chart, right: f64) -> (Vec<f64>, f64) {
    let mut edge = right;
    let mut middles = Vec::new();
    let middle = canvas.y + single(KEY) / 2.0;
    for series in chart.beside.iter().rev() {
        let place = canvas.label(&series.name, KEY, (edge, middle), Anchor::End);
        middles.insert(0, place.left.midpoint(place.right));
        edge = place.left - GUTTER;
    }
    canvas.y += if chart.beside.is_empty() { 0.0 } else { single(KEY) + NEAR };
    (middles, edge)
}

//! Charts become strips: caption, unit of count, drawing and notes, on one page. The drawing is
//! geometry of our own: a plotting library would set its labels by metrics of its own, knows neither
//! origins of digits nor text that must not collide, and draws patterns in colour. What is drawn
//! reads in black and white; no number is computed here.

mod bars;
mod canvas;
mod funnel;
mod lines;
mod style;
#[cfg(test)]
mod tests;

use crate::compose::document::{Chart, ChartKind, Run, shown};

use super::blocks::{Lines, SectionLayout};
use super::geometry::{
    CHART_AFTER, CHART_BEFORE, CHART_CAPTION_SIZE, CHART_NOTE_SIZE, PARAGRAPH_GAP, single,
};
use super::laid::{Face, NodeId, Role, Tag};
use super::strip::{Keep, Strip};
use super::text::Alignment;
use super::words;
use canvas::Canvas;

/// Adds a chart.
pub(super) fn chart(section: &mut SectionLayout<'_, '_>, chart: &Chart) {
    let figure = section.add(Role::Figure);
    section.tree.nodes[figure].title = Some(words::clean(&shown(&chart.caption)));
    let told = format!("{}. {}", shown(&chart.caption), shown(&chart.alternative));
    section.tree.nodes[figure].alternative = Some(words::clean(&told));
    let first_strip = section.strips.len();
    let caption = section.tree.add(figure, Role::Caption);
    centred(section, &chart.caption, caption);
    // What a node holds itself comes before its children, and the caption is read first.
    let body = section.tree.add(figure, Role::Span);
    let drawing = drawing(section, chart, body);
    section.strips.push(drawing);
    for (index, note) in chart.notes.iter().enumerate() {
        let node = section.add(Role::Paragraph);
        let gap = if index == 0 { PARAGRAPH_GAP / 2.0 } else { 0.0 };
        push_note(section, note, (node, gap));
    }
    section.keep_from(first_strip);
    if let Some(last) = section.strips.last_mut() {
        last.keep = Keep::Free;
    }
    section.strips.push(Strip { gap: CHART_AFTER, ..Strip::default() });
}

/// Adds the centred lines of a caption.
fn centred(section: &mut SectionLayout<'_, '_>, runs: &[Run], node: NodeId) {
    let (face, size) = (Face::Bold, CHART_CAPTION_SIZE);
    let lines = section.set(runs, (face, size), Alignment::Balanced);
    let (leading, x) = (single(size), section.page.left);
    section.push_lines(lines, Lines { node, leading, gap: CHART_BEFORE, x, face, size });
}

fn push_note(section: &mut SectionLayout<'_, '_>, runs: &[Run], (node, gap): (NodeId, f64)) {
    let (face, size) = (Face::Italic, CHART_NOTE_SIZE);
    let lines = section.set(runs, (face, size), Alignment::Justified);
    let (leading, x) = (single(size), section.page.left);
    section.push_lines(lines, Lines { node, leading, gap, x, face, size });
}

/// Returns the drawing as one strip.
fn drawing(section: &mut SectionLayout<'_, '_>, chart: &Chart, node: NodeId) -> Strip {
    let page = section.page;
    let mut canvas = Canvas::new(section.shaper, Tag::Node(node), (page.left, page.right));
    match chart.kind {
        ChartKind::Bars | ChartKind::GroupedBars => {
            bars::draw(&mut canvas, chart, page.text_height());
        }
        ChartKind::Funnel => funnel::draw(&mut canvas, chart),
        ChartKind::Lines => lines::draw(&mut canvas, chart),
    }
    let (items, height) = canvas.finish();
    Strip { gap: PARAGRAPH_GAP / 2.0, height, items, ..Strip::default() }
}

//! The charts of the report as the templates describe them: what is drawn, in which order, what is
//! missing, and the same in sentences for who cannot see it. Nothing here knows a length.

mod funnel;
mod indicators;
mod months;
mod scale;
#[cfg(test)]
mod tests;
mod units;
mod wording;

use crate::{
    compose::{
        ReportInput,
        annexes::{label, title_line},
        document::{
            AnnexHead, Audience, Block, Chart, ConstantKind, Content, Orientation, Paragraph, Run,
            Section, shown,
        },
        letterhead,
        lookup::Lookup,
        typography::{NO_BREAK, glue},
    },
    template::{ChartContent, ChartPlace, ChartTemplate, Templates},
    text::{format_date, format_month},
};

/// Returns the number of annexes, the charts' own included.
pub(super) fn annex_count(templates: &Templates) -> u32 {
    let own = usize::from(has_annex(templates));
    u32::try_from(templates.annexes.len() + own).unwrap_or(u32::MAX)
}

/// Returns "Phụ lục VI", when the charts have an annex of their own.
pub(super) fn annex_label(templates: &Templates) -> Option<String> {
    let total = annex_count(templates);
    has_annex(templates).then(|| label(total, total))
}

/// Puts the charts into the words, each after the block that refers to it first, when the templates
/// want them there. One that nothing refers to follows the chart before it; the first such one
/// stands before the closing paragraph.
pub(super) fn place(input: &ReportInput<'_>, blocks: Vec<Block>) -> Vec<Block> {
    if input.templates.charts.place != ChartPlace::Body {
        return blocks;
    }
    let mut after = blocks.len().saturating_sub(2);
    let places: Vec<usize> = (1..)
        .zip(&input.templates.charts.list)
        .map(|(number, _)| {
            after = blocks.iter().position(|block| refers_to(block, number)).unwrap_or(after);
            after
        })
        .collect();
    let mut charts: Vec<(usize, Option<Chart>)> =
        places.into_iter().zip(charts(input).into_iter().map(Some)).collect();
    let mut body = Vec::with_capacity(blocks.len() + charts.len());
    for (position, block) in blocks.into_iter().enumerate() {
        body.push(block);
        let here = charts.iter_mut().filter(|(place, _)| *place == position);
        body.extend(here.filter_map(|(_, chart)| chart.take()).map(Block::Chart));
    }
    body.extend(charts.into_iter().filter_map(|(_, chart)| chart).map(Block::Chart));
    body
}

/// Returns the charts' annex, when the templates want one; a workbook, which has no body, has a
/// sheet of the charts that stand there.
pub(super) fn section(input: &ReportInput<'_>) -> Option<Section> {
    let templates = input.templates;
    let charts = charts(input).into_iter().map(Block::Chart);
    let audience = match templates.charts.place {
        ChartPlace::Annex => Audience::Both,
        ChartPlace::Body => Audience::Workbook,
        ChartPlace::Nowhere => return None,
    };
    if templates.charts.list.is_empty() {
        return None;
    }
    let total = annex_count(templates);
    let head = AnnexHead {
        label: label(total, total),
        title: templates.charts.title.iter().map(|line| title_line(input, line)).collect(),
        attached_to: letterhead::attached_to(input),
    };
    let head = (audience == Audience::Both).then_some(Block::AnnexHead(head));
    Some(Section {
        name: templates.charts.sheet.clone(),
        orientation: Orientation::Portrait,
        audience,
        blocks: head.into_iter().chain(charts).collect(),
    })
}

/// Returns "Biểu đồ 1", "Biểu đồ 2" for the charts with these numbers.
pub(super) fn reference(numbers: &[usize]) -> Vec<Run> {
    let mut runs = Vec::new();
    for (position, number) in numbers.iter().enumerate() {
        let before = if position > 0 { ", " } else { "" };
        runs.push(Run::text(format!("{before}Biểu{NO_BREAK}đồ{NO_BREAK}")));
        runs.push(number_run(*number));
    }
    runs
}

fn has_annex(templates: &Templates) -> bool {
    templates.charts.place == ChartPlace::Annex && !templates.charts.list.is_empty()
}

fn number_run(number: usize) -> Run {
    Run::constant(ConstantKind::ChartNumber, number.to_string())
}

/// Returns whether a paragraph refers to a chart.
fn refers_to(block: &Block, number: usize) -> bool {
    let Block::Paragraph(Paragraph { runs, .. }) = block else { return false };
    runs.iter().any(|run| match &run.content {
        Content::Constant(constant) => {
            constant.kind == ConstantKind::ChartNumber && constant.text == number.to_string()
        }
        Content::Text(_) | Content::Figure(_) => false,
    })
}

fn charts(input: &ReportInput<'_>) -> Vec<Chart> {
    let numbered = (1..).zip(&input.templates.charts.list);
    numbered.map(|(number, template)| chart(input, number, template)).collect()
}

fn chart(input: &ReportInput<'_>, number: usize, template: &ChartTemplate) -> Chart {
    let lookup = input.lookup();
    let mut chart = match &template.content {
        ChartContent::Units { .. } => units::chart(input, &template.content),
        ChartContent::Funnel { group, stages } => funnel::chart(&lookup, group.as_deref(), stages),
        ChartContent::Months { group, lines, months } => {
            months::chart(&lookup, group.as_deref(), lines, *months)
        }
        ChartContent::Indicators { .. } => indicators::chart(&lookup, &template.content),
    };
    chart.caption = caption(&lookup, number, &template.title);
    chart.notes = chart.notes.into_iter().map(glue).collect();
    chart.alternative = glue(chart.alternative);
    chart.categories = chart.categories.into_iter().map(glue).collect();
    chart
}

/// Returns "Biểu đồ 1. …" with the month and the cut-off filled in.
fn caption(lookup: &Lookup<'_>, number: usize, title: &str) -> Vec<Run> {
    let title = title
        .replace("{ky}", &format_month(lookup.period))
        .replace("{den}", &format_date(lookup.last_day()));
    let mut runs = reference(&[number]);
    runs.push(Run::text(". "));
    runs.extend(glue(lookup.declared(&title)));
    debug_assert!(!shown(&runs).is_empty(), "a chart has a number");
    runs
}

//! Lines over the months: the earlier months as they were read, the period last.

use super::{
    scale::{self, Origin, begins_above_zero},
    wording::{bases, of_period, scope, series, unit_of_count, with_unit},
};
use crate::{
    aggregate::{Figure, FigureState, Scope, Statistic},
    compose::{
        document::{Chart, ChartKind, ConstantKind, Run},
        lookup::Lookup,
    },
    period::Period,
    template::NamedCode,
    text::format_month_short,
};

/// Returns the chart without its caption.
pub(super) fn chart(
    lookup: &Lookup<'_>,
    group: Option<&str>,
    lines: &[NamedCode],
    months: u8,
) -> Chart {
    let scope = scope(lookup, group);
    let furthest = lookup.figures.months_ago().filter(|back| *back < months).max().unwrap_or(0);
    let backs: Vec<u8> = (0..=furthest).rev().collect();
    let periods: Vec<Period> = backs.iter().map(|back| earlier(lookup.period, *back)).collect();
    let of_line = |line: &NamedCode| -> Vec<Option<Figure>> {
        backs.iter().map(|back| of_month(lookup, &line.code, scope, *back)).collect()
    };
    let applies = |line: &&NamedCode| {
        of_line(line).iter().flatten().any(|figure| !does_not_apply(Some(figure)))
    };
    let drawn: Vec<NamedCode> = lines.iter().filter(applies).cloned().collect();
    let lines = if drawn.is_empty() { lines } else { drawn.as_slice() };
    let figures: Vec<Vec<Option<Figure>>> = lines.iter().map(of_line).collect();
    let categories: Vec<Vec<Run>> = periods.iter().map(|period| vec![month(*period)]).collect();
    let first: &[Option<Figure>] = figures.first().map_or(&[], Vec::as_slice);
    let mut chart = Chart {
        kind: ChartKind::Lines,
        caption: Vec::new(),
        unit_of_count: unit_of_count(lookup, first),
        series: lines
            .iter()
            .zip(&figures)
            .map(|(line, figures)| series(lookup, &line.name, figures))
            .collect(),
        target: None,
        beside: Vec::new(),
        ticks: Vec::new(),
        notes: notes(lookup, (lines, &figures), &periods),
        alternative: alternative(lookup, (lines, &figures), &periods),
        categories,
    };
    let origin = if periods.len() > 1 { Origin::NearValues } else { Origin::Zero };
    scale::set(&mut chart, origin);
    if begins_above_zero(&chart) {
        chart.notes.push(vec![Run::text("Trục đứng không bắt đầu từ số không.")]);
    }
    chart
}

fn of_month(lookup: &Lookup<'_>, code: &str, scope: Scope, back: u8) -> Option<Figure> {
    let statistic = if back == 0 { of_period(lookup, code) } else { Statistic::MonthsAgo(back) };
    lookup.figure(code, scope, statistic)
}

fn earlier(period: Period, back: u8) -> Period {
    (0..back).fold(period, |month, _| month.previous())
}

fn month(period: Period) -> Run {
    Run::constant(ConstantKind::Date, format_month_short(period))
}

fn does_not_apply(figure: Option<&Figure>) -> bool {
    figure.is_some_and(|figure| figure.state == FigureState::NotApplicable)
}

fn has_value(figure: Option<&Figure>) -> bool {
    figure.is_some_and(|figure| figure.value.is_some())
}

/// Returns which months lack a figure and over which units the others are.
fn notes(
    lookup: &Lookup<'_>,
    (lines, figures): (&[NamedCode], &[Vec<Option<Figure>>]),
    periods: &[Period],
) -> Vec<Vec<Run>> {
    // The only line needs no name.
    let name_of = |line: &NamedCode| {
        if lines.len() > 1 { lookup.declared(&line.name) } else { Vec::new() }
    };
    let mut notes = Vec::new();
    if periods.len() == 1 {
        notes.push(vec![Run::text("Chưa có số liệu các tháng trước.")]);
    }
    for (position, period) in periods.iter().enumerate() {
        let of_month: Vec<(Vec<Run>, Option<&Figure>)> = lines
            .iter()
            .zip(figures)
            .map(|(line, figures)| (name_of(line), figures.get(position).and_then(Option::as_ref)))
            .collect();
        let told: Vec<(Vec<Run>, &Figure)> = of_month
            .iter()
            .filter(|(_, figure)| has_value(*figure))
            .filter_map(|(name, figure)| Some((name.clone(), (*figure)?)))
            .collect();
        let mut words = bases(lookup, &told);
        if told.is_empty() {
            words.push(vec![Run::text("Chưa có số liệu.")]);
        }
        for line in words {
            let mut runs = vec![Run::text("Tháng "), month(*period), Run::text(": ")];
            runs.extend(super::wording::lower_first(&line));
            notes.push(runs);
        }
    }
    notes
}

fn alternative(
    lookup: &Lookup<'_>,
    (lines, figures): (&[NamedCode], &[Vec<Option<Figure>>]),
    periods: &[Period],
) -> Vec<Run> {
    let mut runs = vec![Run::text("Biểu đồ đường theo tháng.")];
    for (line, figures) in lines.iter().zip(figures) {
        runs.push(Run::text(" "));
        runs.extend(lookup.declared(&line.name));
        runs.push(Run::text(":"));
        for (position, (period, figure)) in periods.iter().zip(figures).enumerate() {
            runs.push(Run::text(if position > 0 { "; tháng " } else { " tháng " }));
            runs.push(month(*period));
            runs.push(Run::text(" "));
            match figure.as_ref().filter(|figure| has_value(Some(figure))) {
                Some(figure) => runs.extend(with_unit(lookup, figure)),
                None if does_not_apply(figure.as_ref()) => runs.push(Run::text("không áp dụng")),
                None => runs.push(Run::text("chưa có số liệu")),
            }
        }
        runs.push(Run::text("."));
    }
    runs
}

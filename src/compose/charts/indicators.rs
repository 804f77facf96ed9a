//! A group of bars for each indicator, the largest first bar first.

use super::{
    scale::{self, Origin, descending},
    wording::{bases, carried, lower_first, missing, scope, series, unit_of_count, with_unit},
};
use crate::{
    aggregate::{Figure, Statistic},
    compose::{
        document::{Chart, ChartKind, Run},
        lookup::Lookup,
    },
    template::{ChartContent, NamedStatistic},
};

/// How many of the largest the sentences name.
const NAMED: usize = 3;

/// An indicator with its bars.
struct Group {
    name: Vec<Run>,
    figures: Vec<Option<Figure>>,
}

/// Returns the chart without its caption.
pub(super) fn chart(lookup: &Lookup<'_>, content: &ChartContent) -> Chart {
    let mut chart = Chart {
        kind: ChartKind::GroupedBars,
        caption: Vec::new(),
        unit_of_count: String::new(),
        categories: Vec::new(),
        series: Vec::new(),
        target: None,
        beside: Vec::new(),
        ticks: Vec::new(),
        notes: Vec::new(),
        alternative: Vec::new(),
    };
    let ChartContent::Indicators { bars, .. } = content else { return chart };
    let groups = groups(lookup, content);
    chart.categories = groups.iter().map(|group| group.name.clone()).collect();
    for (position, bar) in bars.iter().enumerate() {
        let figures: Vec<Option<Figure>> =
            groups.iter().map(|group| group.figures.get(position).cloned().flatten()).collect();
        let drawn = series(lookup, &bar.name, &figures);
        if position == 0 {
            chart.unit_of_count = unit_of_count(lookup, &figures);
            let lacking = missing(&chart.categories, &drawn.values);
            chart.notes.extend(lacking.map(|words| of_bar(bars, bar, (lookup, words))));
            let named: Vec<(Vec<Run>, &Figure)> = groups
                .iter()
                .zip(&figures)
                .filter_map(|(group, figure)| Some((group.name.clone(), figure.as_ref()?)))
                .collect();
            chart.notes.extend(bases(lookup, &named));
            chart.notes.extend(carried(figures.iter().flatten()));
        }
        // A series without any row (no month before) is none.
        if position == 0 || figures.iter().any(Option::is_some) {
            chart.series.push(drawn);
        }
    }
    chart.notes.extend(unlike(lookup, bars, &groups));
    chart.alternative = alternative(lookup, bars, &groups);
    scale::set(&mut chart, Origin::Zero);
    chart
}

/// Returns that the months beside each other are not of the same units, when they are not.
fn unlike(lookup: &Lookup<'_>, bars: &[NamedStatistic], groups: &[Group]) -> Option<Vec<Run>> {
    let statistic = |bar: &NamedStatistic| Statistic::of_key(&bar.statistic);
    let find = |wanted| bars.iter().position(|bar| statistic(bar) == Some(wanted));
    let (now, before) = (find(Statistic::Value)?, find(Statistic::Previous)?);
    let differs = |group: &Group| {
        let figures = [now, before].map(|bar| group.figures.get(bar).and_then(Option::as_ref));
        let [Some(value), Some(previous)] = figures else { return false };
        let both = lookup.figures.get(value.subject, value.scope, Statistic::LikeForLike);
        let both = both.map_or(0, |figure| figure.reported);
        previous.value.is_some() && [value, previous].iter().any(|figure| figure.reported != both)
    };
    if !groups.iter().any(differs) {
        return None;
    }
    let mut runs = lookup.declared(&bars[now].name);
    runs.push(Run::text(" và "));
    runs.extend(lower_first(&lookup.declared(&bars[before].name)));
    runs.push(Run::text(" không tính trên cùng các đơn vị."));
    Some(runs)
}

/// Returns words about the bars of a name, which they begin with where there are others.
fn of_bar(
    bars: &[NamedStatistic],
    bar: &NamedStatistic,
    (lookup, words): (&Lookup<'_>, Vec<Run>),
) -> Vec<Run> {
    if bars.len() < 2 {
        return words;
    }
    let mut runs = lookup.declared(&bar.name);
    runs.push(Run::text(": "));
    runs.extend(lower_first(&words));
    runs
}

/// Returns the indicators, the largest first.
fn groups(lookup: &Lookup<'_>, content: &ChartContent) -> Vec<Group> {
    let ChartContent::Indicators { group, codes, suffix, bars } = content else {
        return Vec::new();
    };
    let scope = scope(lookup, group.as_deref());
    let figures = |code: &str| -> Vec<Option<Figure>> {
        let code = format!("{code}{suffix}");
        let of_bar =
            |bar: &NamedStatistic| lookup.figure(&code, scope, Statistic::of_key(&bar.statistic)?);
        bars.iter().map(of_bar).collect()
    };
    let name = |code: &str| {
        let subject = lookup.subject(code);
        subject.map_or("", |subject| lookup.figures.short_label(subject))
    };
    let mut groups: Vec<Group> = codes
        .iter()
        .map(|code| Group { name: lookup.declared(name(code)), figures: figures(code) })
        .collect();
    let first = |group: &Group| group.figures.first().cloned().flatten();
    groups.sort_by(|one, other| descending(first(one).as_ref(), first(other).as_ref()));
    groups
}

fn alternative(lookup: &Lookup<'_>, bars: &[NamedStatistic], groups: &[Group]) -> Vec<Run> {
    let mut runs = vec![Run::text("Biểu đồ thanh ngang, xếp từ cao xuống thấp")];
    if let Some(bar) = bars.first() {
        runs.push(Run::text(" theo số liệu "));
        runs.extend(lower_first(&lookup.declared(&bar.name)));
    }
    runs.push(Run::text("."));
    let told: Vec<(&Group, &Figure)> = groups
        .iter()
        .filter_map(|group| Some((group, group.figures.first()?.as_ref()?)))
        .filter(|(_, figure)| figure.value.is_some())
        .collect();
    if told.is_empty() {
        runs.push(Run::text(" Chưa có số liệu."));
        return runs;
    }
    let last = told.last().filter(|_| told.len() > NAMED);
    let ends = [(" Cao nhất: ", told.iter().take(NAMED).collect::<Vec<_>>())];
    let ends = ends.into_iter().chain(last.map(|last| (" Thấp nhất: ", vec![last])));
    for (words, named) in ends {
        runs.push(Run::text(words));
        for (position, (group, figure)) in named.into_iter().enumerate() {
            runs.extend((position > 0).then(|| Run::text("; ")));
            runs.extend(group.name.iter().cloned());
            runs.push(Run::text(" "));
            runs.extend(with_unit(lookup, figure));
        }
        runs.push(Run::text("."));
    }
    runs
}

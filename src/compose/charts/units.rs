//! A bar for each unit of a group, best first, measured against a mark.

use super::{
    scale::{self, Origin, descending},
    wording::{bases, carried, figure, missing, series, unit_of_count, with_unit},
};
use crate::{
    aggregate::{Figure, Scope, Statistic},
    compose::{
        ReportInput,
        annexes::parents,
        document::{Chart, ChartKind, ChartSeries, FigureRef, Run},
        lookup::{Lookup, NOT_APPLICABLE},
    },
    template::{ChartContent, FigureName, NamedFigure},
};

/// The most bars of a chart.
const MOST_BARS: usize = 40;

/// A unit with its place in the order.
struct Bar {
    name: Vec<Run>,
    scope: Scope,
    rank: Option<Figure>,
}

impl Bar {
    fn has_rank(&self) -> bool {
        self.rank.as_ref().is_some_and(|figure| figure.value.is_some())
    }
}

/// What is drawn of the units.
struct Asked<'a> {
    group: &'a str,
    bars: &'a FigureName,
    target: Option<&'a NamedFigure>,
    order: &'a FigureName,
}

/// Returns the chart without its caption.
pub(super) fn chart(input: &ReportInput<'_>, content: &ChartContent) -> Chart {
    let lookup = input.lookup();
    let empty = Chart {
        kind: ChartKind::Bars,
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
    let ChartContent::Units { group, bars, target, order, beside } = content else { return empty };
    let asked = Asked {
        group,
        bars: &bars.figure,
        target: target.as_ref(),
        order: order.as_ref().unwrap_or(&bars.figure),
    };
    let (drawn, left_out) = sorted(&lookup, &asked);
    let of = |name: &FigureName| -> Vec<Option<Figure>> {
        drawn.iter().map(|bar| figure(&lookup, name, bar.scope)).collect()
    };
    let values = of(&bars.figure);
    let named = |named: &NamedFigure| series(&lookup, &named.name, &of(&named.figure));
    let categories: Vec<Vec<Run>> = drawn.iter().map(|bar| bar.name.clone()).collect();
    let length = series(&lookup, &bars.name, &values);
    let mut notes: Vec<Vec<Run>> = missing(&categories, &length.values).into_iter().collect();
    let figures: Vec<(Vec<Run>, &Figure)> = categories
        .iter()
        .zip(&values)
        .filter_map(|(name, figure)| Some((name.clone(), figure.as_ref()?)))
        .collect();
    notes.extend(bases(&lookup, &figures));
    notes.extend(carried(values.iter().flatten()));
    notes.extend(left_out);
    let has_number =
        |series: &ChartSeries| series.values.iter().flatten().any(|figure| figure.value.is_some());
    let target = asked.target.map(named).filter(has_number);
    if asked.target.is_some() && target.is_none() {
        notes.push(vec![Run::text("Chưa có chỉ tiêu giao.")]);
    }
    let applies = |series: &ChartSeries| !series.values.iter().flatten().all(does_not_apply);
    let mut chart = Chart {
        unit_of_count: unit_of_count(&lookup, &values),
        series: vec![length],
        target,
        beside: beside.iter().map(named).filter(applies).collect(),
        alternative: alternative(input, &asked, (&drawn, &values)),
        categories,
        notes,
        ..empty
    };
    scale::set(&mut chart, Origin::Zero);
    chart
}

fn does_not_apply(figure: &FigureRef) -> bool {
    figure.value.is_none() && figure.shown == NOT_APPLICABLE
}

/// Returns the units best first, those without a figure last; of more units than a chart holds the
/// units above them, and of more of those some, with a line that says which.
fn sorted(lookup: &Lookup<'_>, asked: &Asked<'_>) -> (Vec<Bar>, Option<Vec<Run>>) {
    let roster = &lookup.templates.roster;
    let units = lookup.units_of(asked.group);
    let above = (units.len() > MOST_BARS).then(|| parents(roster, &units, MOST_BARS));
    let scopes: Vec<(_, Scope)> = match above.filter(|above| above.len() < units.len()) {
        Some(above) => above.into_iter().map(|unit| (unit, Scope::Parent(unit))).collect(),
        None => units.into_iter().map(|unit| (unit, Scope::Unit(unit))).collect(),
    };
    let by = |order: &FigureName| -> Vec<Bar> {
        let bar = |(unit, scope): &(_, Scope)| Bar {
            name: lookup.declared(&roster.get(*unit).short_name),
            scope: *scope,
            rank: figure(lookup, order, *scope),
        };
        scopes.iter().map(bar).collect()
    };
    let mut bars = by(asked.order);
    // Units none of which has a place in the order stand in that of the bars themselves.
    if !bars.iter().any(Bar::has_rank) {
        bars = by(asked.bars);
    }
    bars.sort_by(|one, other| descending(one.rank.as_ref(), other.rank.as_ref()));
    let words = take_most(&mut bars);
    (bars, words.map(|words| vec![Run::text(words)]))
}

/// Leaves as many bars as a chart holds, the best and the last; returns which ones when others are left
/// out.
fn take_most(bars: &mut Vec<Bar>) -> Option<&'static str> {
    let (all, ranked) = (bars.len(), bars.iter().filter(|bar| bar.has_rank()).count());
    if all > MOST_BARS && ranked > 0 {
        bars.retain(Bar::has_rank);
    }
    if ranked > MOST_BARS {
        bars.drain(MOST_BARS / 2..ranked - MOST_BARS / 2);
    }
    // Without any figure there are no best ones, and a chart without a bar is none.
    bars.truncate(MOST_BARS);
    left_out(all, ranked)
}

/// Returns what is said where not all units are drawn; given is how many there are and how many have a
/// figure.
fn left_out(all: usize, ranked: usize) -> Option<&'static str> {
    match ranked {
        _ if all <= MOST_BARS => None,
        0 => Some(
            "Chưa có đơn vị nào có số liệu; biểu đồ chỉ nêu các đơn vị đứng đầu danh sách đơn vị.",
        ),
        1..=MOST_BARS => Some("Chỉ vẽ các đơn vị đã có số liệu."),
        _ => Some(
            "Chỉ vẽ các đơn vị đạt cao nhất và các đơn vị đạt thấp nhất; số liệu của các đơn vị còn lại \
             ở tệp số liệu kèm theo.",
        ),
    }
}

/// Returns the chart in sentences: the common figure, the best and, when the body names them, the
/// last, how many reached the mark.
fn alternative(
    input: &ReportInput<'_>,
    asked: &Asked<'_>,
    (bars, values): (&[Bar], &[Option<Figure>]),
) -> Vec<Run> {
    let lookup = input.lookup();
    let mut runs =
        vec![Run::text("Biểu đồ thanh ngang, mỗi đơn vị một thanh, xếp từ cao xuống thấp.")];
    let told: Vec<(&Bar, &Figure)> = bars
        .iter()
        .zip(values)
        .filter_map(|(bar, value)| Some((bar, value.as_ref()?)))
        .filter(|(_, value)| value.value.is_some())
        .collect();
    let Some((best, last)) = told.first().zip(told.last()) else {
        runs.push(Run::text(" Chưa có số liệu."));
        return runs;
    };
    let group = lookup.group(asked.group);
    let common = group.and_then(|scope| figure(&lookup, asked.order, scope));
    if let Some(common) = common.filter(|common| common.value.is_some()) {
        runs.push(Run::text(" Tính chung các đơn vị có số liệu: "));
        runs.extend(with_unit(&lookup, &common));
        runs.push(Run::text("."));
    }
    let ends = [(" Cao nhất: ", best), (" Thấp nhất: ", last)];
    let shown = if input.templates.body.name_low_units && told.len() > 1 { 2 } else { 1 };
    for (words, (bar, value)) in ends.into_iter().take(shown) {
        runs.push(Run::text(words));
        runs.extend(bar.name.iter().cloned());
        runs.push(Run::text(" "));
        runs.extend(with_unit(&lookup, value));
        if let Some(rank) = bar.rank.as_ref().filter(|rank| rank.statistic != value.statistic) {
            runs.push(Run::text(" ("));
            runs.extend(with_unit(&lookup, rank));
            runs.push(Run::text(")"));
        }
        runs.push(Run::text("."));
    }
    let reached = group
        .filter(|_| asked.target.is_some())
        .and_then(|scope| lookup.figure(&asked.order.code, scope, Statistic::TargetReached));
    if let Some(reached) = reached.filter(|reached| reached.value.is_some()) {
        runs.push(Run::text(" Số đơn vị đạt chỉ tiêu được giao: "));
        runs.push(Run::figure(lookup.table_figure(&reached)));
        runs.push(Run::text("."));
    }
    runs
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        aggregate::{FigureState, Subject},
        quantity::Quantity,
    };

    fn ranked_figure() -> Figure {
        Figure {
            subject: Subject::Discipline,
            scope: Scope::Whole,
            statistic: Statistic::Value,
            value: Some(Quantity::whole(1)),
            state: FigureState::Complete,
            reported: 1,
            expected: 1,
            footnotes: Vec::new(),
        }
    }

    #[test]
    fn what_is_left_out_is_said() {
        for (all, ranked, expected) in [
            (40, 0, None),
            (40, 40, None),
            (41, 0, Some("Chưa có đơn vị nào")),
            (41, 1, Some("Chỉ vẽ các đơn vị đã có")),
            (90, 40, Some("Chỉ vẽ các đơn vị đã có")),
            (90, 41, Some("Chỉ vẽ các đơn vị đạt cao nhất")),
        ] {
            let bar = |number: usize| Bar {
                name: Vec::new(),
                scope: Scope::Whole,
                rank: (number < ranked).then(ranked_figure),
            };
            let mut bars: Vec<Bar> = (0..all).map(bar).collect();
            let said = take_most(&mut bars);
            assert_eq!(said.is_some(), expected.is_some(), "{all} {ranked}");
            assert!(said.unwrap_or_default().starts_with(expected.unwrap_or_default()), "{said:?}");
            let drawn = if ranked == 0 || all <= 40 { all.min(40) } else { ranked.min(40) };
            assert_eq!(bars.len(), drawn, "{all} {ranked}");
        }
    }
}

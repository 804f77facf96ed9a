//! What the charts say in words: their sentences for who cannot see them, what is missing, over
//! which units a figure is.

use crate::{
    aggregate::{Figure, Footnote, Scope, Statistic, Subject},
    compose::{
        annexes::incomplete,
        document::{ChartSeries, FigureRef, Run, shown},
        lookup::Lookup,
    },
    template::FigureName,
};

/// Returns a figure that a template names.
pub(super) fn figure(lookup: &Lookup<'_>, name: &FigureName, scope: Scope) -> Option<Figure> {
    lookup.figure(&name.code, scope, Statistic::of_key(&name.statistic)?)
}

/// Returns the statistic that says the period: a ratio of ratios, else the value.
pub(super) fn of_period(lookup: &Lookup<'_>, code: &str) -> Statistic {
    match lookup.subject(code) {
        Some(Subject::Ratio(_)) => Statistic::Ratio,
        _ => Statistic::Value,
    }
}

/// Returns a series; figures of the same length as the categories.
pub(super) fn series(lookup: &Lookup<'_>, name: &str, figures: &[Option<Figure>]) -> ChartSeries {
    let cited = |figure: &Option<Figure>| figure.as_ref().map(|row| lookup.table_figure(row));
    ChartSeries { name: lookup.declared(name), values: figures.iter().map(cited).collect() }
}

/// Returns a figure with what it counts: "3.954 tài khoản", "95,00%".
pub(super) fn with_unit(lookup: &Lookup<'_>, figure: &Figure) -> Vec<Run> {
    let mut runs = vec![Run::figure(lookup.table_figure(figure))];
    let unit = lookup.figures.unit_of_count(figure);
    if figure.value.is_some() && !unit.is_empty() && unit != "%" {
        runs.push(Run::text(format!(" {unit}")));
    }
    runs
}

/// Returns the scope of a group, or the whole without one.
pub(super) fn scope(lookup: &Lookup<'_>, group: Option<&str>) -> Scope {
    group.and_then(|key| lookup.group(key)).unwrap_or(Scope::Whole)
}

/// Returns what figures count, each thing once: "hồ sơ, tài khoản".
pub(super) fn unit_of_count(lookup: &Lookup<'_>, figures: &[Option<Figure>]) -> String {
    let mut units: Vec<&str> = Vec::new();
    for figure in figures.iter().flatten() {
        let unit = lookup.figures.unit_of_count(figure);
        if !unit.is_empty() && !units.contains(&unit) {
            units.push(unit);
        }
    }
    units.join(", ")
}

/// Returns the words with a small first letter, when they do not begin with a name of capitals.
pub(super) fn lower_first(runs: &[Run]) -> Vec<Run> {
    let mut runs = runs.to_vec();
    if let Some(first) = runs.first_mut()
        && let crate::compose::document::Content::Text(text) = &mut first.content
    {
        let mut letters = text.chars();
        if let Some(letter) = letters.next() {
            let rest = letters.as_str();
            if !rest.starts_with(char::is_uppercase) {
                *text = letter.to_lowercase().chain(rest.chars()).collect();
            }
        }
    }
    runs
}

/// Returns "Chưa có số liệu của: A, B." for categories without a number, or nothing.
pub(super) fn missing(categories: &[Vec<Run>], values: &[Option<FigureRef>]) -> Option<Vec<Run>> {
    let lacks = |value: &Option<FigureRef>| {
        value.as_ref().is_none_or(|figure| figure.value.is_none() && figure.shown == "…")
    };
    let names: Vec<&Vec<Run>> = categories
        .iter()
        .zip(values)
        .filter(|(_, value)| lacks(value))
        .map(|(name, _)| name)
        .collect();
    if names.is_empty() {
        return None;
    }
    if names.len() == categories.len() {
        return Some(vec![Run::text("Chưa có số liệu.")]);
    }
    let mut runs = vec![Run::text("Chưa có số liệu của: ")];
    for (position, name) in names.into_iter().enumerate() {
        if position > 0 {
            runs.push(Run::text(", "));
        }
        runs.extend(name.iter().cloned());
    }
    runs.push(Run::text("."));
    Some(runs)
}

/// Returns over which units figures are that some unit lacks, each base once: "Số liệu của 17/21
/// đơn vị." for all of them, or with their names before it.
pub(super) fn bases(lookup: &Lookup<'_>, figures: &[(Vec<Run>, &Figure)]) -> Vec<Vec<Run>> {
    let is_partial = |figure: &Figure| figure.footnotes.contains(&Footnote::Incomplete);
    let mut bases: Vec<(Vec<Run>, Vec<&Vec<Run>>)> = Vec::new();
    for (name, figure) in figures.iter().filter(|(_, figure)| is_partial(figure)) {
        let words = incomplete(lookup, figure);
        match bases.iter_mut().find(|(known, _)| shown(known) == shown(&words)) {
            Some((_, names)) => names.push(name),
            None => bases.push((words, vec![name])),
        }
    }
    let line = |(words, names): (Vec<Run>, Vec<&Vec<Run>>)| {
        if names.len() == figures.len()
            && (figures.len() > 1 || names.iter().all(|name| name.is_empty()))
        {
            return words;
        }
        let mut runs = Vec::new();
        for (position, name) in names.into_iter().enumerate() {
            runs.extend((position > 0).then(|| Run::text(", ")));
            runs.extend(name.iter().cloned());
        }
        runs.push(Run::text(": "));
        runs.extend(lower_first(&words));
        runs
    };
    bases.into_iter().map(line).collect()
}

/// Returns that figures are those of an earlier month, when one is.
pub(super) fn carried<'a>(mut figures: impl Iterator<Item = &'a Figure>) -> Option<Vec<Run>> {
    let stands_in = |figure: &Figure| figure.footnotes.contains(&Footnote::CarriedForward);
    figures
        .any(stands_in)
        .then(|| vec![Run::text("Tạm tính theo số liệu kỳ trước của đơn vị chưa có số liệu.")])
}

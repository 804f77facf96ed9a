//! What a report may say that is no figure: dates and names, decisions on targets, documents in
//! force, dated figures of the country.

use std::collections::BTreeMap;

use crate::{
    aggregate::Subject,
    compose::{
        ReportInput,
        document::{ConstantKind, Run},
        lookup::Lookup,
    },
    template::{LegalBasis, NationalFigure, Target},
    text::{format_date, format_month},
};

/// Returns the decisions that assigned the targets of an indicator, each once.
pub(super) fn decisions(lookup: &Lookup<'_>, code: &str) -> Option<Vec<Run>> {
    let Some(Subject::Indicator(index)) = lookup.subject(code) else { return None };
    let (targets, day) = (&lookup.templates.targets, lookup.last_day());
    let counts = |target: &&Target| {
        targets.on(target.unit, index, day).is_some_and(|valid| std::ptr::eq(valid, *target))
    };
    let valid: Vec<&Target> = targets.iter().filter(counts).collect();
    let whole: Vec<&Target> =
        valid.iter().copied().filter(|target| target.unit.is_none()).collect();
    let valid = if whole.is_empty() { valid } else { whole };
    let mut seen = Vec::new();
    let mut runs = Vec::new();
    for target in valid {
        if seen.contains(&(&target.decision, target.date)) {
            continue;
        }
        if !seen.is_empty() {
            runs.push(Run::text(", "));
        }
        seen.push((&target.decision, target.date));
        runs.extend(lookup.declared(&target.decision));
        runs.push(Run::text(" ngày "));
        runs.push(Run::constant(ConstantKind::Date, format_date(target.date)));
    }
    (!runs.is_empty()).then_some(runs)
}

/// The names of [`words`].
pub(super) const WORDS: [&str; 13] = [
    "ky",
    "ky_truoc",
    "ky_sau_hoa",
    "ky_sau",
    "tu_ngay",
    "den_ngay",
    "den_truoc",
    "dau_nam",
    "co_quan",
    "dia_ban",
    "toan_bo",
    "mo_dau",
    "so_bao_cao_truoc",
];

/// Returns the dates and names that print as they are.
pub(super) fn words(input: &ReportInput<'_>) -> BTreeMap<String, Vec<Run>> {
    let (lookup, body) = (input.lookup(), &input.templates.body);
    let dates = lookup.dates();
    let date = |text: String| vec![Run::constant(ConstantKind::Date, text)];
    let previous = body.convention.dates(input.period.previous()).last;
    let issued = input.history.get(&input.period.previous());
    let issued = issued.and_then(|month| month.issued_as.as_deref()).unwrap_or_default();
    let words = [
        date(format_month(input.period)),
        date(format_month(input.period.previous())),
        date(format_month(input.period.next()).to_uppercase()),
        date(format_month(input.period.next())),
        date(format_date(dates.first)),
        date(format_date(dates.last)),
        date(format_date(previous)),
        date(format_date(dates.year_start)),
        lookup.declared(&body.name),
        lookup.declared(&body.area),
        lookup.declared(&body.whole),
        lookup.declared(&body.opening),
        lookup.declared(issued),
    ];
    WORDS.into_iter().zip(words).map(|(name, runs)| (name.to_owned(), runs)).collect()
}

/// Returns the documents in force on the last day: "Nghị định số … ngày …".
pub(super) fn legal_bases(lookup: &Lookup<'_>) -> BTreeMap<String, Vec<Run>> {
    let day = lookup.last_day();
    let bases = lookup.templates.body.legal_bases.iter();
    let bases = bases.filter(|basis| basis.until.is_none_or(|until| day <= until));
    let runs = |basis: &LegalBasis| {
        vec![
            Run::text(format!("{} số ", basis.kind)),
            Run::constant(ConstantKind::DocumentNumber, basis.number.clone()),
            Run::text(" ngày "),
            Run::constant(ConstantKind::Date, format_date(basis.date)),
        ]
    };
    bases.map(|basis| (basis.number.clone(), runs(basis))).collect()
}

/// A figure of the country.
#[derive(Clone, Debug)]
pub(super) struct Quoted {
    /// As it is printed.
    pub shown: Vec<Run>,
    /// "tháng 3 năm 2024".
    pub month: Vec<Run>,
}

/// Returns the dated figures of the country that the period may quote, when the body compares.
pub(super) fn national(lookup: &Lookup<'_>) -> BTreeMap<String, Quoted> {
    let body = &lookup.templates.body;
    let quoted = body.national_figures.iter().filter(|figure| {
        body.compare_national && figure.period <= lookup.period && lookup.period <= figure.until
    });
    let runs = |figure: &NationalFigure| Quoted {
        shown: vec![Run::constant(ConstantKind::Declared, figure.shown.as_str())],
        month: vec![Run::constant(ConstantKind::Date, format_month(figure.period))],
    };
    quoted.map(|figure| (figure.key.clone(), runs(figure))).collect()
}

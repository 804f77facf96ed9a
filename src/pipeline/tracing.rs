//! Where a figure comes from: from what one sees (a number, a unit and an indicator, a cell of an
//! annex) or from its id to the cells of the returns.

use std::collections::BTreeMap;

use super::{
    Error, Job, Month, Progress, StageError, explained, mapping, month,
    months::batch_of,
    printed::{PrintedFigure, meant, places_of, printed_figures},
    products::document,
};
use crate::{
    aggregate::{Figure, Figures, Scope, Source, Statistic, Subject},
    compose::document::Document,
    period::Period,
    quantity::Quantity,
    render::xlsx,
    template::{Measure, Templates, UnitIx},
    text,
    validate::{Batch, Finding, Observation, Return, State},
};

/// A figure and everything it was computed from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trace {
    /// Id of the figure.
    pub id: String,
    /// What it is about, in words.
    pub label: String,
    /// The units it is of, in words.
    pub scope: String,
    /// The number.
    pub value: Option<Quantity>,
    /// Units it is of.
    pub reported: u32,
    /// Units it should be of.
    pub expected: u32,
    /// What the number counts: "tài khoản", "%".
    pub unit_of_count: String,
    /// Where it stands in the report, in words and in reading order.
    pub printed_at: Vec<String>,
    /// The observations, in order of period, unit and indicator.
    pub sources: Vec<TraceSource>,
    /// What was found about the figure of a unit, and how it was corrected.
    pub remarks: Vec<String>,
}

/// An observation that a figure was computed from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TraceSource {
    /// The period.
    pub period: Period,
    /// Name of the unit.
    pub unit: String,
    /// Code of the indicator.
    pub indicator: String,
    /// The number, or nothing with the state in `reading`.
    pub value: Option<Quantity>,
    /// File › sheet › cell, or where else the number stands.
    pub place: String,
    /// What stood in the cell when the reading is not literal.
    pub raw: Option<String>,
    /// How it was read.
    pub reading: &'static str,
    /// How row and column of the cell were understood, when the number is from a table.
    pub understood: Option<String>,
    /// SHA-256 of the file; empty when there is none.
    pub sha256: String,
}

/// Finds figures by what one sees or by id, and traces them to their cells.
pub fn trace(job: &Job, query: &str, progress: &dyn Progress) -> Result<Vec<Trace>, Error> {
    let month = month(job, progress)?;
    let figures = month.figures()?;
    let report = document(job, &month, &figures)?;
    let printed = printed_figures(&report);
    let found = find(&month, &figures, (&report, &printed), query)?;
    let mut earlier = BTreeMap::new();
    for period in
        found.iter().flat_map(|figure| figures.sources(figure)).map(|source| source.period)
    {
        if period != month.period && !earlier.contains_key(&period) {
            earlier.insert(period, batch_of(&month, period));
        }
    }
    let trace = |figure: &Figure| {
        let mut trace = traced(job, &month, &figures, &earlier, figure);
        trace.printed_at = places_of(&printed, &trace.id);
        trace
    };
    Ok(found.iter().map(trace).collect())
}

/// Returns the figures that a query means.
fn find(
    month: &Month,
    figures: &Figures,
    (report, printed): (&Document, &[PrintedFigure<'_>]),
    query: &str,
) -> Result<Vec<Figure>, Error> {
    if let Some(figure) = figures.by_id(query.trim()) {
        return Ok(vec![figure]);
    }
    if let Some((sheet, cell)) = query.rsplit_once('!') {
        return by_cell(figures, report, sheet, cell);
    }
    if let Some(ids) = meant(printed, query) {
        return Ok(ids?.into_iter().filter_map(|id| figures.by_id(id)).collect());
    }
    by_name(&month.templates, figures, query)
}

/// Finds the figure of a cell of the report's workbook.
fn by_cell(
    figures: &Figures,
    report: &Document,
    sheet: &str,
    cell: &str,
) -> Result<Vec<Figure>, Error> {
    let wanted = text::fold(sheet).replace("phụ lục", "pl");
    let cell = cell.trim().to_uppercase();
    let cells = xlsx::figure_cells(report).map_err(|error| StageError::Render(error.into()))?;
    let id = cells.into_iter().find(|figure_cell| {
        figure_cell.cell == cell
            && text::fold(&figure_cell.sheet).replace("phụ lục", "pl") == wanted
    });
    id.and_then(|figure_cell| figures.by_id(&figure_cell.id)).map(|figure| vec![figure]).ok_or_else(
        || Error::NotFound {
            what: format!("ô `{cell}` của trang `{sheet}` không có số liệu"),
            hint: "viết tên trang như trong tệp báo cáo, ví dụ \"PL II!F12\"".to_owned(),
        },
    )
}

/// Finds "Tiên Minh B08": a code last, a unit, a group or the whole before it.
fn by_name(templates: &Templates, figures: &Figures, query: &str) -> Result<Vec<Figure>, Error> {
    let unknown = |what: String| Error::NotFound {
        what,
        hint: "viết tên đơn vị rồi mã chỉ tiêu, ví dụ \"Tiên Minh B08\" hoặc \"toàn huyện R3\""
            .to_owned(),
    };
    let (name, code) = query.trim().rsplit_once(' ').unwrap_or(("", query.trim()));
    let code = code.to_uppercase();
    let subject = figures
        .subject_named(&code)
        .ok_or_else(|| unknown(format!("không có chỉ tiêu `{code}`")))?;
    let scope =
        scope_named(templates, name).ok_or_else(|| unknown(format!("không có đơn vị `{name}`")))?;
    let statistic =
        if matches!(subject, Subject::Ratio(_)) { Statistic::Ratio } else { Statistic::Value };
    let figure = figures
        .get(subject, scope, statistic)
        .ok_or_else(|| unknown(format!("`{query}` không có số liệu trong kỳ này")))?;
    Ok(vec![figure])
}

fn scope_named(templates: &Templates, name: &str) -> Option<Scope> {
    let wanted = text::strip_marks(name);
    let body = &templates.body;
    if wanted.is_empty() || wanted == text::strip_marks(&body.whole) {
        return Some(Scope::Whole);
    }
    let group = body.groups.iter().position(|group| {
        [&group.key, &group.name, &group.noun].iter().any(|name| text::strip_marks(name) == wanted)
    });
    if let Some(group) = group.and_then(|group| u16::try_from(group).ok()) {
        return Some(Scope::Group(group));
    }
    let unit = units_named(templates, name).into_iter().next()?;
    Some(Scope::Unit(unit))
}

/// Returns the units that a person may mean by a key, a code, a name or the last words of a name.
pub fn units_named(templates: &Templates, name: &str) -> Vec<UnitIx> {
    let wanted = text::strip_marks(name);
    let is_meant = |full: &str| {
        let full = text::strip_marks(full);
        full == wanted || full.ends_with(&format!(" {wanted}"))
    };
    let units = (0..).map(UnitIx).zip(&templates.roster.units).filter(|(_, unit)| {
        unit.code == wanted
            || unit.key == wanted
            || is_meant(&unit.short_name)
            || is_meant(&unit.name)
    });
    if wanted.is_empty() { Vec::new() } else { units.map(|(index, _)| index).collect() }
}

fn traced(
    job: &Job,
    month: &Month,
    figures: &Figures,
    earlier: &BTreeMap<Period, Batch>,
    figure: &Figure,
) -> Trace {
    let source = |source: &Source| {
        let batch = if source.period == month.period {
            Some(&month.batch)
        } else {
            earlier.get(&source.period)
        };
        let mut traced = traced_source(&month.templates, batch, source);
        traced.understood = batch.and_then(|batch| understood(job, month, batch, source));
        traced
    };
    let mut sources = figures.sources(figure);
    if let (true, Some(own)) = (sources.is_empty(), own_source(month, figure)) {
        sources.push(own);
    }
    Trace {
        id: figures.id(figure),
        label: figures.label(figure.subject).to_owned(),
        scope: figures.scope_name(figure.scope).to_owned(),
        value: figure.value,
        reported: figure.reported,
        expected: figure.expected,
        unit_of_count: figures.unit_of_count(figure).to_owned(),
        printed_at: Vec::new(),
        sources: sources.iter().map(source).collect(),
        remarks: own_source(month, figure).map_or_else(Vec::new, |own| remarks(month, &own)),
    }
}

/// Returns the observation behind the value of a unit, also when it is no number.
fn own_source(month: &Month, figure: &Figure) -> Option<Source> {
    match (figure.subject, figure.scope, figure.statistic) {
        (Subject::Indicator(indicator), Scope::Unit(unit), Statistic::Value) => {
            Some(Source { period: month.period, unit, indicator })
        }
        _ => None,
    }
}

/// Returns what was found about the figure of a unit, and how it was corrected.
fn remarks(month: &Month, own: &Source) -> Vec<String> {
    let templates = &month.templates;
    let (unit, indicator) =
        (templates.roster.get(own.unit), templates.indicators.get(own.indicator));
    let concerns = |finding: &&Finding| {
        finding.unit.as_ref() == Some(&unit.key)
            && finding.indicator.as_ref() == Some(&indicator.code)
    };
    let found = month.batch.findings.iter().filter(concerns);
    let found = found.map(|finding| format!("{} ({})", finding.message, finding.code));
    let corrections =
        month.batch.corrections.iter().filter(|correction| {
            correction.unit == own.unit && correction.indicator == own.indicator
        });
    let corrections = corrections.map(|correction| {
        let number =
            |scaled| text::format_quantity(Quantity { scaled, decimals: indicator.decimals });
        format!(
            "Điều chỉnh {} → {} tại {}: {} ({}, {})",
            correction.old.map_or("…".to_owned(), number),
            number(correction.new),
            correction.place,
            correction.why,
            correction.confirmed_by,
            correction.when
        )
    });
    found.chain(corrections).collect()
}

fn traced_source(templates: &Templates, batch: Option<&Batch>, source: &Source) -> TraceSource {
    let indicator = templates.indicators.get(source.indicator);
    let found = batch.and_then(|batch| {
        let unit_return = batch.with_listed().find(|each| each.unit == source.unit)?;
        let observation = unit_return.observations.iter().find(|observation| {
            observation.indicator == source.indicator && observation.measure == Measure::Value
        })?;
        Some((unit_return, observation))
    });
    let mut traced = TraceSource {
        period: source.period,
        unit: templates.roster.get(source.unit).short_name.clone(),
        indicator: indicator.code.clone(),
        value: None,
        place: String::new(),
        raw: None,
        reading: "",
        understood: None,
        sha256: String::new(),
    };
    match found {
        Some((unit_return, observation)) => {
            fill(&mut traced, unit_return, observation, indicator.decimals);
        }
        None if indicator.target_of.is_some() => {
            let day = templates.body.convention.dates(source.period).last;
            let target = templates.targets.on(Some(source.unit), source.indicator, day);
            traced.value = target
                .map(|target| Quantity { scaled: target.scaled, decimals: indicator.decimals });
            traced.raw = target.map(|target| target.decision.clone());
            "templates/chi-tieu-giao.csv".clone_into(&mut traced.place);
            traced.reading = "chỉ tiêu giao";
        }
        None => {
            "không có báo cáo được tính".clone_into(&mut traced.place);
            traced.reading = "chưa có số liệu";
        }
    }
    traced
}

/// Returns how the cell of an observation was understood when its file was read.
fn understood(job: &Job, month: &Month, batch: &Batch, source: &Source) -> Option<String> {
    let unit_return = batch.returns.iter().find(|each| each.unit == source.unit)?;
    let observation = unit_return.observations.iter().find(|observation| {
        observation.indicator == source.indicator && observation.measure == Measure::Value
    })?;
    let mut files = month.inputs.files.iter();
    let file = files.find(|file| file.path == unit_return.file)?;
    let bytes = file.bytes(&job.workspace.input())?;
    let understanding = mapping::read(job, &month.templates, &file.path, &bytes).understanding;
    let sheet = unit_return.sheets.get(usize::from(observation.sheet))?;
    explained::of_cell(&understanding, sheet, observation.cell?)
}

fn fill(traced: &mut TraceSource, unit_return: &Return, observation: &Observation, decimals: u8) {
    let origin = unit_return.origin(observation);
    origin.sha256.clone_into(&mut traced.sha256);
    traced.raw = observation.raw.as_deref().map(str::to_owned);
    traced.place = crate::place::Place {
        file: origin.file.to_owned(),
        sheet: origin.sheet.map(str::to_owned),
        cell: observation.cell,
    }
    .to_string();
    traced.reading = match observation.state {
        State::Value(scaled) => {
            traced.value = Some(Quantity { scaled, decimals });
            observation.reading.word()
        }
        State::Missing => "để trống",
        State::NotAvailable => "chưa có số liệu",
        State::NotApplicable => "không áp dụng",
        State::Unusable => "không dùng được",
    };
}

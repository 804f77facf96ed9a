//! The sheet of sources: the returns that count, and for their main figures the cell that each was
//! taken from, as links to the files beside the workbook. It is not printed with the report.

use std::collections::BTreeSet;

use crate::{
    aggregate::{Scope, Statistic, Subject},
    compose::{
        ReportInput,
        document::{
            Align, Audience, Block, ConstantKind, Orientation, Paragraph, ParagraphKind, Row, Run,
            Section, Table,
        },
        findings::{grid, grid::Head, in_file, link, link_to},
        typography::glue,
    },
    place::Place,
    template::{IndicatorIx, Measure},
    validate::{Observation, Return},
};

/// Name of the sheet.
pub(super) const SHEET: &str = "Nguồn số liệu";

/// Above so many returns the sheet would be too long to use; their places are in the data files.
const MOST_RETURNS: usize = 1_000;

/// Heads of the table of returns.
const RETURN_HEADS: [Head; 6] = [
    ("STT", Align::Centre, 0),
    ("Đơn vị", Align::Left, 2),
    ("Biểu", Align::Centre, 0),
    ("Lần gửi", Align::Right, 0),
    ("Tệp của đơn vị", Align::Left, 4),
    ("Mở", Align::Centre, 0),
];

/// Heads of the table of figures.
const FIGURE_HEADS: [Head; 6] = [
    ("Đơn vị", Align::Left, 1),
    ("Mã", Align::Centre, 0),
    ("Chỉ tiêu", Align::Left, 3),
    ("Số liệu", Align::Right, 0),
    ("Tệp › trang tính", Align::Left, 2),
    ("Ô", Align::Centre, 0),
];

/// Returns the sheet.
pub(super) fn section(input: &ReportInput<'_>) -> Section {
    let blocks = if input.batch.returns.len() > MOST_RETURNS {
        let words = "Số đơn vị quá lớn nên nguồn của từng số liệu không liệt kê trong bảng tính; \
                     xem tệp nguon cùng thư mục.";
        vec![Block::Paragraph(Paragraph {
            kind: ParagraphKind::Body,
            runs: vec![Run::text(words)],
        })]
    } else {
        vec![
            Block::Table(captioned("A. Báo cáo của các đơn vị được tính", returns(input))),
            Block::Table(captioned(
                "B. Ô lấy số liệu của các chỉ tiêu dùng để tính tỷ lệ",
                figures(input),
            )),
        ]
    };
    Section {
        name: SHEET.to_owned(),
        orientation: Orientation::Landscape,
        audience: Audience::Workbook,
        blocks,
    }
}

fn captioned(words: &str, table: Table) -> Table {
    Table { caption: Some(vec![Run::text(words)]), ..table }
}

fn returns(input: &ReportInput<'_>) -> Table {
    let rows = (1..).zip(&input.batch.returns).map(|(number, unit_return)| {
        let submission = usize::try_from(unit_return.submission).unwrap_or(usize::MAX);
        let place = Place::of_file(unit_return.file.clone());
        grid::row(vec![
            grid::ordinal(number),
            name(input, unit_return),
            grid::words(&unit_return.form),
            grid::count(submission),
            vec![in_file(&place)],
            vec![link("mở tệp", &place)],
        ])
    });
    grid::table(&RETURN_HEADS, rows.collect())
}

/// Returns the cells of the indicators that ratios are made of; the others are in the data files.
fn figures(input: &ReportInput<'_>) -> Table {
    let ratios = input.templates.indicators.ratios.iter();
    let sides: BTreeSet<IndicatorIx> = ratios
        .flat_map(|ratio| ratio.numerator.iter().chain(&ratio.denominator))
        .copied()
        .collect();
    let mut rows = Vec::new();
    for unit_return in input.batch.with_listed() {
        let own = unit_return.observations.iter();
        let wanted =
            |one: &&Observation| one.measure == Measure::Value && sides.contains(&one.indicator);
        for observation in own.filter(wanted) {
            rows.extend(figure(input, unit_return, observation));
        }
    }
    let words = "Nguồn của các số liệu khác: xem tệp nguon cùng thư mục với tệp này.";
    Table { notes: vec![vec![Run::text(words)]], ..grid::table(&FIGURE_HEADS, rows) }
}

/// Returns the row of an observation that stands in a cell and is a figure of the table.
fn figure(input: &ReportInput<'_>, unit_return: &Return, observation: &Observation) -> Option<Row> {
    let lookup = input.lookup();
    let origin = unit_return.origin(observation);
    let place = Place {
        file: origin.file.to_owned(),
        sheet: origin.sheet.map(str::to_owned),
        cell: Some(observation.cell?),
    };
    let subject = Subject::Indicator(observation.indicator);
    let figure = lookup.figures.get(subject, Scope::Unit(unit_return.unit), Statistic::Value)?;
    let indicator = lookup.templates.indicators.get(observation.indicator);
    Some(grid::row(vec![
        name(input, unit_return),
        vec![Run::constant(ConstantKind::Name, indicator.code.as_str())],
        glue(lookup.declared(indicator.name_on(lookup.last_day()))),
        vec![Run::figure(lookup.table_figure(&figure))],
        vec![in_file(&place)],
        vec![link_to(&place)],
    ]))
}

fn name(input: &ReportInput<'_>, unit_return: &Return) -> Vec<Run> {
    let unit = input.templates.roster.get(unit_return.unit);
    glue(input.lookup().declared(&unit.short_name))
}

//! The overview of the workbook: every figure of the whole with the month before, each with a name
//! for formulas. It is not in the signed paper, which says the same in words and annexes.

use crate::{
    aggregate::{Scope, Statistic, Subject},
    compose::{
        ReportInput,
        annexes::{Draft, Notes, Rule, key_of_signs, numbers, ordinal, with_formulas},
        cover,
        document::{
            Align, Audience, Block, Column, FigureName, HeaderCell, Orientation, RowKind, Run,
            Section, Table, Title,
        },
        lookup::{NOT_APPLICABLE, NOT_AVAILABLE},
        typography::glue,
    },
    template::IndicatorKind,
    text::format_month,
};

/// Name of the sheet.
pub(super) const SHEET: &str = "Tổng hợp";

/// Statistics of the sheet and their words in names, the same as in the templates.
const WORDS: [(Statistic, &str); 8] = [
    (Statistic::Value, "ky_nay"),
    (Statistic::Previous, "ky_truoc"),
    (Statistic::Change, "tang_giam"),
    (Statistic::ChangePercent, "tang_giam_pt"),
    (Statistic::YearToDate, "luy_ke_nam"),
    (Statistic::Ratio, "ty_le"),
    (Statistic::PreviousRatio, "ty_le_truoc"),
    (Statistic::PointChange, "diem_phan_tram"),
];

/// Heads of the columns.
const HEADS: [&str; 8] = [
    "STT",
    "Chỉ tiêu",
    "Đơn vị tính",
    "Kỳ trước",
    "Kỳ báo cáo",
    "Tăng, giảm của các đơn vị có số liệu cả hai kỳ",
    "Tăng, giảm (%)",
    "Lũy kế từ đầu năm",
];

/// A row of the templates with what the sheet prints of it.
pub(super) struct Line<'a> {
    /// What is counted.
    pub subject: Subject,
    /// Printed name.
    pub name: &'a str,
    /// Unit of count.
    pub unit_of_count: &'a str,
    /// Previous, value, change, change in percent, year to date.
    statistics: [Option<Statistic>; 5],
}

/// Returns the sheet and the names of its figures.
pub(super) fn section(input: &ReportInput<'_>) -> (Section, Vec<FigureName>) {
    let lines = lines(input);
    let title = Title {
        kind: "BẢNG TỔNG HỢP SỐ LIỆU".to_owned(),
        subject: vec![input.lookup().declared(&title_case(&format_month(input.period)))],
        remarks: vec![cover::dates(input)],
    };
    let section = Section {
        name: SHEET.to_owned(),
        orientation: Orientation::Landscape,
        audience: Audience::Workbook,
        blocks: vec![Block::Title(title), Block::Table(table(input, &lines))],
    };
    (section, names(input, &lines))
}

/// Returns the words with a capital first letter.
pub(super) fn title_case(words: &str) -> String {
    let mut signs = words.chars();
    signs.next().map_or_else(String::new, |first| first.to_uppercase().chain(signs).collect())
}

/// Returns the names of the figures, by line and column.
fn names(input: &ReportInput<'_>, lines: &[Line<'_>]) -> Vec<FigureName> {
    let figures = input.figures;
    let mut names = Vec::new();
    for line in lines {
        for statistic in line.statistics.into_iter().flatten() {
            // The code last: Excel takes C01_… for a cell.
            let Some(figure) = figures.get(line.subject, Scope::Whole, statistic) else { continue };
            let Some((_, word)) = WORDS.iter().find(|(named, _)| *named == statistic) else {
                continue;
            };
            let name = format!("{word}_{}", figures.code(line.subject));
            let section = SHEET.to_owned();
            names.push(FigureName { name, section, figure: figures.id(&figure) });
        }
    }
    names
}

fn table(input: &ReportInput<'_>, lines: &[Line<'_>]) -> Table {
    let mut notes = Notes::default();
    let rules = rules();
    let drafts = (1..).zip(lines).map(|(number, line)| draft(input, number, line, &mut notes));
    let rows = with_formulas(drafts.collect(), &rules);
    let mut lines = vec![key_of_signs()];
    lines.extend(notes.into_lines());
    Table {
        caption: None,
        unit_of_count: None,
        columns: columns(),
        header: vec![HEADS.iter().enumerate().map(head).collect()],
        // The change is over the units with both months, so no column number says "(5) - (4)".
        column_numbers: numbers(&vec![Rule::None; HEADS.len()]),
        rows,
        notes: lines,
    }
}

pub(super) fn head((column, words): (usize, &&str)) -> HeaderCell {
    HeaderCell { column, column_span: 1, row_span: 1, runs: vec![Run::text(*words)] }
}

fn columns() -> Vec<Column> {
    let column = |position| match position {
        0 | 2 => Column { align: Align::Centre, stretch: 0 },
        1 => Column { align: Align::Left, stretch: 3 },
        _ => Column { align: Align::Right, stretch: 0 },
    };
    (0..HEADS.len()).map(column).collect()
}

/// Returns how columns follow from others: the change from both months, where every unit has both.
fn rules() -> Vec<Rule> {
    let mut rules = vec![Rule::None; HEADS.len()];
    rules[5] = Rule::Difference { plus: vec![4], minus: vec![3] };
    rules
}

/// Returns what the sheet prints: counted indicators, derived sums, ratios.
pub(super) fn lines<'a>(input: &ReportInput<'a>) -> Vec<Line<'a>> {
    let indicators = &input.templates.indicators;
    let day = input.lookup().last_day();
    let counted = |kind| {
        let to_date = (kind == IndicatorKind::Flow).then_some(Statistic::YearToDate);
        [
            Some(Statistic::Previous),
            Some(Statistic::Value),
            Some(Statistic::Change),
            Some(Statistic::ChangePercent),
            to_date,
        ]
    };
    let of_ratio = [
        Some(Statistic::PreviousRatio),
        Some(Statistic::Ratio),
        Some(Statistic::PointChange),
        None,
        None,
    ];
    let list = indicators.indices().map(|index| {
        let row = indicators.get(index);
        Line {
            subject: Subject::Indicator(index),
            name: row.name_on(day),
            unit_of_count: &row.unit_of_count,
            statistics: counted(row.kind),
        }
    });
    let derived = (0..).zip(&indicators.derived).map(|(index, row)| Line {
        subject: Subject::Derived(index),
        name: &row.name,
        unit_of_count: &row.unit_of_count,
        statistics: counted(row.kind),
    });
    let ratios = (0..).zip(&indicators.ratios).map(|(index, row)| Line {
        subject: Subject::Ratio(index),
        name: &row.name,
        unit_of_count: "%",
        statistics: of_ratio,
    });
    list.chain(derived).chain(ratios).collect()
}

fn draft(input: &ReportInput<'_>, number: usize, line: &Line<'_>, notes: &mut Notes) -> Draft {
    let lookup = input.lookup();
    let mut cells = vec![
        vec![ordinal(&number.to_string())],
        glue(lookup.declared(line.name)),
        vec![Run::text(line.unit_of_count)],
    ];
    for statistic in line.statistics {
        let Some(statistic) = statistic else {
            cells.push(vec![Run::text(NOT_APPLICABLE)]);
            continue;
        };
        let figure = lookup.figures.get(line.subject, Scope::Whole, statistic);
        cells.push(figure.map_or_else(
            || vec![Run::text(NOT_AVAILABLE)],
            |figure| {
                let mut runs = vec![Run::figure(lookup.table_figure(&figure))];
                runs.extend(notes.marks(&lookup, &figure));
                runs
            },
        ));
    }
    Draft { kind: RowKind::Plain, cells, members: Vec::new(), wide_label: false }
}

//! The months of the workbook: every figure of the whole over up to twelve months, with a line
//! beside it. The signed paper shows the main ones as charts.

use crate::{
    aggregate::{Scope, Statistic, Subject},
    compose::{
        ReportInput,
        annexes::{key_of_signs, ordinal},
        document::{
            Align, Audience, Block, Cell, Column, ConstantKind, Formula, HeaderCell, Orientation,
            Row, RowKind, Run, Section, Table, Title, held,
        },
        lookup::NOT_AVAILABLE,
        summary::{Line, lines},
        typography::glue,
    },
    period::Period,
    text::{format_month, format_month_short},
};

/// Name of the sheet.
pub(super) const SHEET: &str = "Diễn biến";

/// Columns before the months: STT, name, unit of count.
const BEFORE: usize = 3;

/// Returns the sheet; nothing when no earlier month is known.
pub(super) fn section(input: &ReportInput<'_>) -> Option<Section> {
    let furthest = input.figures.months_ago().max()?;
    let backs: Vec<u8> = (0..=furthest).rev().collect();
    let title = Title {
        kind: "DIỄN BIẾN SỐ LIỆU QUA CÁC THÁNG".to_owned(),
        subject: vec![glue(
            input.lookup().declared(&format!("Đến {}", format_month(input.period))),
        )],
        remarks: Vec::new(),
    };
    Some(Section {
        name: SHEET.to_owned(),
        orientation: Orientation::Landscape,
        audience: Audience::Workbook,
        blocks: vec![Block::Title(title), Block::Table(table(input, &backs))],
    })
}

fn table(input: &ReportInput<'_>, backs: &[u8]) -> Table {
    let head = |(column, runs)| HeaderCell { column, column_span: 1, row_span: 1, runs };
    let words = |words: &str| vec![Run::text(words)];
    let months = backs.iter().map(|back| vec![month(earlier(input.period, *back))]);
    let heads = ["STT", "Chỉ tiêu", "Đơn vị tính"].map(words).into_iter();
    let heads = heads.chain(months).chain([words("Đường diễn biến")]);
    let column = |align, stretch| Column { align, stretch };
    let mut columns =
        vec![column(Align::Centre, 0), column(Align::Left, 3), column(Align::Centre, 0)];
    columns.extend(backs.iter().map(|_| column(Align::Right, 0)));
    columns.push(column(Align::Centre, 1));
    let lines = lines(input);
    Table {
        caption: None,
        unit_of_count: None,
        columns,
        header: vec![heads.enumerate().map(head).collect()],
        column_numbers: Vec::new(),
        rows: (1..).zip(&lines).map(|(number, line)| row(input, number, line, backs)).collect(),
        notes: vec![
            key_of_signs(),
            words("Số của mỗi tháng tính trên các đơn vị có số liệu của tháng đó."),
        ],
    }
}

fn row(input: &ReportInput<'_>, number: usize, line: &Line<'_>, backs: &[u8]) -> Row {
    let lookup = input.lookup();
    let cell = |runs| Cell { runs, column_span: 1, formula: None };
    let mut cells = vec![
        cell(vec![ordinal(&number.to_string())]),
        cell(glue(lookup.declared(line.name))),
        cell(vec![Run::text(line.unit_of_count)]),
    ];
    for back in backs {
        let statistic = match (back, line.subject) {
            (0, Subject::Ratio(_)) => Statistic::Ratio,
            (0, _) => Statistic::Value,
            (back, _) => Statistic::MonthsAgo(*back),
        };
        let figure = lookup.figures.get(line.subject, Scope::Whole, statistic);
        cells.push(cell(vec![figure.map_or_else(
            || Run::text(NOT_AVAILABLE),
            |figure| Run::figure(lookup.table_figure(&figure)),
        )]));
    }
    cells.push(Cell { formula: trend(&cells), ..cell(Vec::new()) });
    Row { kind: RowKind::Plain, cells }
}

/// Returns the line over the last months that all have a figure, at least two; a spreadsheet would
/// draw the sign of a missing one as zero.
fn trend(cells: &[Cell]) -> Option<Formula> {
    let with_figure = cells.iter().rev().take_while(|cell| held(&cell.runs).is_some()).count();
    let columns: Vec<usize> = (BEFORE.max(cells.len() - with_figure)..cells.len()).collect();
    (columns.len() >= 2).then_some(Formula::Trend { columns })
}

fn earlier(period: Period, back: u8) -> Period {
    (0..back).fold(period, |month, _| month.previous())
}

fn month(period: Period) -> Run {
    Run::constant(ConstantKind::Date, format_month_short(period))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        compose::document::{FigureRef, NumberFormat},
        quantity::Quantity,
    };

    #[test]
    fn a_line_needs_two_months_and_stops_before_a_gap() {
        let figure = |value: Option<i64>| {
            let value = value.map(Quantity::whole);
            let (id, shown) = (String::new(), "1".to_owned());
            let figure = FigureRef { id, shown, value, format: NumberFormat::Number };
            Cell { runs: vec![Run::figure(figure)], ..Cell::default() }
        };
        let of = |months: &[Option<i64>]| {
            let names = (0..BEFORE).map(|_| Cell::default());
            let cells: Vec<Cell> = names.chain(months.iter().map(|one| figure(*one))).collect();
            trend(&cells)
        };
        let over = |columns: &[usize]| Some(Formula::Trend { columns: columns.to_vec() });
        assert_eq!(of(&[Some(1), Some(2), Some(3)]), over(&[3, 4, 5]));
        assert_eq!(of(&[Some(1), None, Some(3), Some(0)]), over(&[5, 6]));
        assert_eq!(of(&[Some(1), Some(2), None]), None);
        assert_eq!(of(&[Some(1)]), None);
    }
}

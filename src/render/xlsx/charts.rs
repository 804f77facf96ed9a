//! Charts of a spreadsheet: native ones, in greys and patterns for a printer without colour, over
//! cells at the right of the printed area that hold the figures with their ids.
//!
//! A missing figure is an empty cell and a gap; the notes under the chart say whose it is.

use rust_xlsxwriter::{
    Chart as SheetChart, ChartAxisCrossing, ChartAxisLabelPosition, ChartDataLabel,
    ChartDataLabelPosition, ChartEmptyCells, ChartFont, ChartFormat, ChartLegendPosition,
    ChartLine, ChartLineDashType, ChartMarker, ChartMarkerType, ChartPatternFill,
    ChartPatternFillType, ChartSeries as SheetSeries, ChartSolidFill, ChartType, ColNum, Color,
    FormatAlign, RowNum, XlsxError,
};

use super::cells::Area;
use super::formats::{FONT, Look};
use super::names::sentences;
use super::setup::{SCALE_WITH_BREAKS, page_height};
use super::sheet::Sheet;
use super::table::{column_number, rows};
use crate::compose::document::{
    Chart, ChartKind, ChartSeries, Content, FigureRef, NumberFormat, ParagraphKind, Run, shown,
};

/// Height of a row beside a chart, in points and in pixels.
const ROW: f64 = 15.0;
const ROW_PIXELS: u32 = 20;

/// Rows of a chart around its bars: the scale, the key, air.
const ROWS_AROUND: usize = 4;

/// Rows of a chart of lines.
const ROWS_OF_LINES: usize = 14;

/// Longest text alternative, in UTF-16 units.
const LONGEST_ALTERNATIVE: usize = 255;

/// Widths of the columns of figures beside the page, in pixels.
const NAMES: u32 = 260;
const NUMBERS: u32 = 110;

const DARK: Color = Color::RGB(0x00_7F_7F_7F);
const LIGHT: Color = Color::RGB(0x00_D9_D9_D9);

/// The cells of a chart's figures.
#[derive(Clone, Copy, Debug)]
struct Data {
    /// Row of the heads.
    head: RowNum,
    /// Last row of figures.
    last: RowNum,
    /// Column of the names of categories.
    names: ColNum,
}

impl Sheet<'_> {
    /// Writes a chart with its caption, its figures beside the page and its notes.
    pub(super) fn chart(&mut self, chart: &Chart) -> Result<(), XlsxError> {
        let high = rows_of(chart);
        let notes: f64 = chart.notes.iter().map(|_| 16.0).sum();
        self.keep_together(f64::from(high) * ROW + 40.0 + notes);
        let all = (0, self.grid.last());
        self.line(&chart.caption, Look::plain(13, FormatAlign::Center).bold(), all)?;
        let data = self.data(chart)?;
        let width = self.grid.width(0, self.grid.last());
        let mut drawn = self.drawn(chart, data);
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a page is between 0 and 2.000 pixels wide"
        )]
        drawn.set_width(width as u32).set_height(high * ROW_PIXELS);
        drawn.set_name(format!("Bieu_do_{}_{}", self.number, self.row));
        drawn.set_alt_text(sentences(&shown(&chart.alternative), LONGEST_ALTERNATIVE));
        self.cells.page.insert_chart(self.row, 0, &drawn)?;
        for _ in 0..high {
            self.end_row(ROW)?;
        }
        for note in &chart.notes {
            self.paragraph(note, ParagraphKind::Note)?;
        }
        self.space(12.0)
    }

    /// Begins a page where the rest of this one is too low.
    fn keep_together(&mut self, height: f64) {
        let page = page_height(self.orientation) * 100.0 / f64::from(SCALE_WITH_BREAKS);
        if self.height - self.page_top + height > page && self.row > 0 {
            self.breaks.push(self.row);
            self.page_top = self.height;
        }
    }

    /// Writes the figures of a chart at the right of the page.
    fn data(&mut self, chart: &Chart) -> Result<Data, XlsxError> {
        let names = self.grid.last().saturating_add(2);
        let head = self.row;
        let words = Look::plain(11, FormatAlign::Left).bordered();
        let numbers = Look::plain(11, FormatAlign::Right).bordered();
        let heads = Look { wrapped: false, ..words.bold() };
        self.cells.page.set_column_width_pixels(names, NAMES)?;
        self.cells.write(at(head, names), &[Run::text("Số liệu của biểu đồ")], heads)?;
        for (series, column) in all_series(chart).zip(names + 1..) {
            self.cells.page.set_column_width_pixels(column, NUMBERS)?;
            self.cells.write(at(head, column), &series.name, heads)?;
        }
        for (index, name) in chart.categories.iter().enumerate() {
            let row = head + 1 + rows(index);
            self.cells.write(at(row, names), name, Look { wrapped: false, ..words })?;
            for (series, column) in all_series(chart).zip(names + 1..) {
                let figure = series.values.get(index).and_then(Option::as_ref);
                let runs: Vec<Run> = figure.map(without_sign).into_iter().collect();
                self.cells.write(at(row, column), &runs, numbers)?;
            }
        }
        Ok(Data { head, last: head + rows(chart.categories.len()), names })
    }

    /// Returns the chart over its figures.
    fn drawn(&self, chart: &Chart, data: Data) -> SheetChart {
        let kind = match chart.kind {
            ChartKind::Lines => ChartType::Line,
            ChartKind::Bars | ChartKind::Funnel | ChartKind::GroupedBars => ChartType::Bar,
        };
        let mut drawn = SheetChart::new(kind);
        let of_target = usize::from(chart.target.is_some());
        let count = chart.series.len() + of_target;
        for index in 0..count {
            let is_target = index >= chart.series.len();
            let mut series = SheetSeries::new();
            let name = self.name.as_str();
            let column = data.names + 1 + column_number(index);
            series
                .set_name((name, data.head, column))
                .set_categories((name, data.head + 1, data.names, data.last, data.names))
                .set_values((name, data.head + 1, column, data.last, column));
            match chart.kind {
                ChartKind::Lines => line_look(&mut series, index),
                kind => bar_look(&mut series, (index, is_target), kind),
            }
            if chart.target.is_some() {
                series.set_overlap(100);
            }
            series.set_gap(40);
            drawn.push_series(&series);
        }
        axes(&mut drawn, chart);
        if count > 1 {
            drawn.legend().set_position(ChartLegendPosition::Bottom).set_font(&font(10));
        } else {
            drawn.legend().set_hidden();
        }
        drawn.title().set_hidden();
        drawn.chart_area().set_format(ChartFormat::new().set_no_border());
        drawn.show_empty_cells_as(ChartEmptyCells::Gaps);
        drawn
    }
}

/// Sets up the axes: the scale of the document, categories from the top down.
fn axes(drawn: &mut SheetChart, chart: &Chart) {
    let is_percent = all_figures(chart).any(|figure| figure.format == NumberFormat::Percent);
    let unit = if is_percent { 100.0 } else { 1.0 };
    let ticks: Vec<f64> = chart
        .ticks
        .iter()
        .filter_map(|tick| tick.value.map(|value| value.to_f64() / unit))
        .collect();
    // Of bars the writer calls the horizontal axis x, which is that of numbers.
    let is_lines = chart.kind == ChartKind::Lines;
    let names = if is_lines { drawn.x_axis() } else { drawn.y_axis() };
    names.set_font(&font(10)).set_label_position(ChartAxisLabelPosition::Low);
    names.set_major_gridlines(false);
    if !is_lines {
        // From the top down; the scale stays below.
        names.set_reverse().set_crossing(ChartAxisCrossing::Max);
    }
    let axis = if is_lines { drawn.y_axis() } else { drawn.x_axis() };
    axis.set_font(&font(10)).set_num_format(if is_percent { "0%" } else { "#,##0" });
    axis.set_major_gridlines(true).set_major_gridlines_line(ChartLine::new().set_color(LIGHT));
    if !is_percent && !chart.unit_of_count.is_empty() {
        axis.set_name(chart.unit_of_count.as_str()).set_name_font(&font(10));
    }
    if let (Some(first), Some(last)) = (ticks.first(), ticks.last()) {
        axis.set_min(*first).set_max(*last);
    }
    if let [first, second, ..] = ticks.as_slice() {
        axis.set_major_unit(second - first);
    }
}

fn bar_look(series: &mut SheetSeries, (index, is_target): (usize, bool), kind: ChartKind) {
    let mut format = ChartFormat::new();
    let line = |width: f64| ChartLine::new().set_color(Color::Black).set_width(width).clone();
    if is_target {
        format.set_no_fill().set_border(line(1.5).set_dash_type(ChartLineDashType::SquareDot));
        series.set_format(&mut format);
        return;
    }
    match index % 3 {
        0 => format.set_solid_fill(ChartSolidFill::new().set_color(LIGHT)),
        1 => format.set_pattern_fill(
            ChartPatternFill::new()
                .set_pattern(ChartPatternFillType::DiagonalStripesWideUpwards)
                .set_foreground_color(DARK)
                .set_background_color(Color::White),
        ),
        _ => format.set_solid_fill(ChartSolidFill::new().set_color(DARK)),
    };
    series.set_format(format.set_border(&line(0.75)));
    // At its foot a number collides with no mark of a target.
    let position = match kind {
        ChartKind::Bars => ChartDataLabelPosition::InsideBase,
        _ => ChartDataLabelPosition::OutsideEnd,
    };
    series.set_data_label(
        ChartDataLabel::new().show_value().set_position(position).set_font(&font(9)),
    );
}

fn line_look(series: &mut SheetSeries, index: usize) {
    const LINES: [(ChartLineDashType, ChartMarkerType); 3] = [
        (ChartLineDashType::Solid, ChartMarkerType::Circle),
        (ChartLineDashType::Dash, ChartMarkerType::Square),
        (ChartLineDashType::RoundDot, ChartMarkerType::Triangle),
    ];
    let (dash, marker) = LINES[index % LINES.len()];
    let mut line = ChartLine::new();
    line.set_color(Color::Black).set_width(1.75).set_dash_type(dash);
    let position =
        if index == 0 { ChartDataLabelPosition::Above } else { ChartDataLabelPosition::Below };
    let mut format = ChartFormat::new();
    format.set_solid_fill(ChartSolidFill::new().set_color(Color::Black));
    series
        .set_format(ChartFormat::new().set_line(&line))
        .set_marker(ChartMarker::new().set_type(marker).set_size(6).set_format(&mut format))
        .set_data_label(
            ChartDataLabel::new().show_value().set_position(position).set_font(&font(9)),
        );
}

fn font(size: u8) -> ChartFont {
    let mut font = ChartFont::new();
    font.set_name(FONT).set_size(size);
    font
}

/// Returns how many rows a chart takes.
fn rows_of(chart: &Chart) -> u32 {
    let bars = chart.categories.len() * chart.series.len().max(1);
    let needed = match chart.kind {
        ChartKind::Lines => ROWS_OF_LINES,
        ChartKind::GroupedBars => bars * 3 / 4 + ROWS_AROUND,
        ChartKind::Bars | ChartKind::Funnel => bars + ROWS_AROUND,
    };
    rows(needed.max(chart.categories.len() + 2))
}

fn all_series(chart: &Chart) -> impl Iterator<Item = &ChartSeries> {
    chart.series.iter().chain(&chart.target).chain(&chart.beside)
}

fn all_figures(chart: &Chart) -> impl Iterator<Item = &FigureRef> {
    chart.series.iter().flat_map(|series| series.values.iter().flatten())
}

/// Returns a figure for a cell that a chart reads: words would be drawn as zero.
fn without_sign(figure: &FigureRef) -> Run {
    let shown = if figure.value.is_some() { figure.shown.clone() } else { String::new() };
    Run::of(Content::Figure(FigureRef { shown, ..figure.clone() }))
}

fn at(row: RowNum, column: ColNum) -> Area {
    Area { top: row, bottom: row, left: column, right: column }
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Read as _};

    use super::super::sample::{document, figure, section, sign};
    use super::super::{figure_cells, xlsx};
    use super::*;
    use crate::compose::document::{Block, Constant, ConstantKind, Document, Orientation};
    use crate::quantity::Quantity;

    fn chart() -> Chart {
        let whole = |id: &str, value| {
            let run = figure(id, NumberFormat::Number, "1", Quantity::whole(value));
            let Content::Figure(figure) = run.content else { panic!("a figure") };
            Some(figure)
        };
        let Content::Figure(missing) = sign("b08.xa.b.value", "…").content else {
            panic!("a figure")
        };
        let tick = |value| Constant {
            kind: ConstantKind::AxisTick,
            text: String::new(),
            value: Some(Quantity::whole(value)),
        };
        Chart {
            kind: ChartKind::Bars,
            caption: vec![Run::text("Biểu đồ")],
            unit_of_count: "tài khoản".to_owned(),
            categories: vec![vec![Run::text("=1+1")], vec![Run::text("xã Tiên Minh")]],
            series: vec![ChartSeries {
                name: vec![Run::text("Đã kích hoạt")],
                values: vec![whole("b08.xa.a.value", 4_000), Some(missing)],
            }],
            target: Some(ChartSeries {
                name: vec![Run::text("Chỉ tiêu giao")],
                values: vec![whole("b11.xa.a.value", 5_000), None],
            }),
            beside: Vec::new(),
            ticks: [0, 2_500, 5_000].map(tick).to_vec(),
            notes: vec![vec![Run::text("Chưa có số liệu của: xã Tiên Minh.")]],
            alternative: vec![Run::text("Cao nhất là … & thấp nhất là …")],
        }
    }

    fn with(charts: Vec<Chart>) -> Document {
        let blocks = charts.into_iter().map(Block::Chart).collect();
        let sections = vec![section("Biểu đồ", Orientation::Portrait, blocks)];
        Document { sections, ..document() }
    }

    fn part(document: &Document, name: &str) -> String {
        let mut archive = zip::ZipArchive::new(Cursor::new(xlsx(document).unwrap())).unwrap();
        let mut text = String::new();
        archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
        text
    }

    #[test]
    fn a_chart_is_native_and_reads_cells_that_carry_ids() {
        let document = with(vec![chart()]);
        let drawn = part(&document, "xl/charts/chart1.xml");
        for wanted in [
            "<c:f>'Biểu đồ'!$E$3:$E$4</c:f>",
            "<c:f>'Biểu đồ'!$F$3:$F$4</c:f>",
            "<c:max val=\"5000\"/>",
            "<c:majorUnit val=\"2500\"/>",
            "<c:dispBlanksAs val=\"gap\"/>",
        ] {
            assert!(drawn.contains(wanted), "{wanted} in {drawn}");
        }
        let drawing = part(&document, "xl/drawings/drawing1.xml");
        assert!(drawing.contains("descr=\"Cao nhất là … &amp; thấp nhất là …\""), "{drawing}");
        let ids: Vec<String> =
            figure_cells(&document).unwrap().into_iter().map(|cell| cell.id).collect();
        assert_eq!(ids, ["b08.xa.a.value", "b11.xa.a.value", "b08.xa.b.value"]);
        let sheet = part(&document, "xl/worksheets/sheet1.xml");
        assert!(!sheet.contains("<f>"), "a name of a category is no formula");
        let missing = sheet.split("<c r=\"E4\"").nth(1).unwrap();
        let missing = missing.split("<c ").next().unwrap();
        assert!(missing.contains("/>"), "a missing figure has a cell, nothing to draw: {missing}");
    }

    #[test]
    fn a_chart_begins_a_page_where_the_rest_is_too_low() {
        let mut tall = chart();
        tall.kind = ChartKind::Lines;
        let document = with(vec![tall; 4]);
        let sheet = part(&document, "xl/worksheets/sheet1.xml");
        assert!(sheet.contains("<rowBreaks count=\"1\""), "{sheet}");
        assert!(!sheet.contains("fitToPage"), "where pages are fitted, breaks are forgotten");
        let workbook = part(&document, "xl/workbook.xml");
        assert!(workbook.contains("'Biểu đồ'!$A$1:$B$"), "figures are not printed: {workbook}");
    }
}

//! What is drawn is measured: nothing touches, nothing leaves the margins, lengths are those of the
//! figures, the missing stays missing.

use super::super::laid::{Laid, Mark, Origin, Paint, Role, Tag, Text};
use super::super::{FontFiles, Fonts, geometry::PageBox, sample, write};
use crate::compose::document::{
    Audience, Block, Chart, ChartKind, ChartSeries, Constant, ConstantKind, Document, FigureRef,
    NumberFormat, Orientation, Run, Section,
};
use crate::quantity::Quantity;
use crate::text::format_quantity;

fn figure(id: &str, value: Option<i64>) -> FigureRef {
    let value = value.map(Quantity::whole);
    let shown = value.map_or_else(|| "…".to_owned(), format_quantity);
    FigureRef { id: id.to_owned(), shown, value, format: NumberFormat::Number }
}

fn series(name: &str, values: &[Option<i64>]) -> ChartSeries {
    let values = values.iter().enumerate();
    ChartSeries {
        name: vec![Run::text(name)],
        values: values
            .map(|(index, value)| Some(figure(&format!("{name}.{index}"), *value)))
            .collect(),
    }
}

fn ticks(all: &[i64]) -> Vec<Constant> {
    let tick = |tick: &i64| {
        let value = Quantity::whole(*tick);
        let text = format_quantity(value);
        Constant { kind: ConstantKind::AxisTick, text, value: Some(value) }
    };
    all.iter().map(tick).collect()
}

/// Returns a chart of these values on a scale of 0 to 8.000.
fn chart(kind: ChartKind, names: &[&str], values: &[Vec<Option<i64>>]) -> Chart {
    let all = values.iter().enumerate();
    Chart {
        kind,
        caption: vec![Run::text("Biểu đồ "), Run::constant(ConstantKind::ChartNumber, "1")],
        unit_of_count: "tài khoản".to_owned(),
        categories: names.iter().map(|name| vec![Run::text(*name)]).collect(),
        series: all.map(|(index, values)| series(["A", "B", "C", "D"][index], values)).collect(),
        target: None,
        beside: Vec::new(),
        ticks: ticks(&[0, 2_000, 4_000, 6_000, 8_000]),
        notes: vec![vec![Run::text("Chưa có số liệu của: xã Tây Hưng.")]],
        alternative: vec![Run::text("Biểu đồ thanh ngang.")],
    }
}

fn document(chart: Chart) -> Document {
    let mut document = sample::report(0);
    document.sections = vec![Section {
        name: "Biểu đồ".to_owned(),
        orientation: Orientation::Portrait,
        audience: Audience::Both,
        blocks: vec![Block::Chart(chart)],
    }];
    document
}

fn laid(chart: &Chart) -> Laid {
    sample::laid(&document(chart.clone()))
}

/// The rectangle of a text: left, upper, right and lower edge of its letters.
fn ink(text: &Text) -> [f64; 4] {
    [text.x, text.y - text.size * 0.68, text.x + text.width, text.y + text.size * 0.1]
}

/// Fails when texts touch each other, leave the margins or are too small, or a page is added.
#[track_caller]
fn assert_tidy(laid: &Laid) {
    let page = PageBox::of(Orientation::Portrait);
    assert_eq!(laid.pages.len(), 1, "a chart stays on one page");
    let texts: Vec<&Text> = laid.texts().map(|(_, text)| text).collect();
    for (index, text) in texts.iter().enumerate() {
        let [left, upper, right, lower] = ink(text);
        assert!(
            left >= page.left - 0.1 && right <= page.right + 0.1,
            "{} {left} {right}",
            text.text
        );
        assert!(upper >= page.top && lower <= page.bottom, "{} {upper} {lower}", text.text);
        assert!(text.size >= 9.0, "{} {}", text.text, text.size);
        for other in texts.iter().skip(index + 1).filter(|other| other.text.trim() != "") {
            let [l, u, r, d] = ink(other);
            let apart = right <= l + 0.05 || r <= left + 0.05 || lower <= u || d <= upper;
            assert!(apart, "`{}` touches `{}`", text.text, other.text);
        }
    }
    for shape in shapes(laid) {
        for (x, y) in &shape.0 {
            assert!(*x >= page.left - 0.6 && *x <= page.right + 0.6, "{x}");
            assert!(*y >= page.top && *y <= page.bottom, "{y}");
        }
    }
}

fn shapes(laid: &Laid) -> Vec<(Vec<(f64, f64)>, Paint)> {
    let items = laid.pages.iter().flat_map(|page| &page.items);
    items
        .filter_map(|item| match &item.mark {
            Mark::Shape(shape) => Some((shape.points.clone(), shape.paint)),
            Mark::Text(_) | Mark::Line(_) => None,
        })
        .collect()
}

/// Returns the lengths of the bars of a grey, top to bottom.
fn bars(laid: &Laid, wanted: f64) -> Vec<f64> {
    let is_bar =
        |paint: &Paint| matches!(paint, Paint::Fill { grey } if (grey - wanted).abs() < 0.01);
    // The first is the key's.
    let all = shapes(laid).into_iter().filter(|(_, paint)| is_bar(paint));
    all.map(|(points, _)| points[1].0 - points[0].0).collect()
}

/// Returns the text with the id of a figure.
fn text_of<'a>(laid: &'a Laid, id: &str) -> &'a Text {
    let is = |text: &Text| text.origin == Origin::Figure(id.into());
    laid.texts().map(|(_, text)| text).find(|text| is(text)).unwrap()
}

const NAMES: [&str; 4] = ["xã Tự Cường", "thị trấn Tiên Lãng", "xã Tiên Thanh", "xã Tây Hưng"];

fn activation() -> Chart {
    let values = vec![vec![Some(3_954), Some(7_800), Some(0), None]];
    let mut activation = chart(ChartKind::Bars, &NAMES, &values);
    activation.target = Some(series("T", &[Some(3_900), Some(7_800), Some(150), Some(60)]));
    activation.beside = vec![series("Tỷ lệ đạt", &[Some(101), Some(100), None, None])];
    activation
}

#[test]
fn bars_are_as_long_as_their_figures_and_no_number_touches_a_mark() {
    let laid = laid(&activation());
    assert_tidy(&laid);
    let lengths = bars(&laid, 0.55);
    assert_eq!(lengths.len(), 3, "the key's and two bars: neither zero nor nothing has one");
    let ratio = lengths[1] / lengths[2];
    assert!((ratio - 3_954.0 / 7_800.0).abs() < 1e-6, "{ratio}");
    let marks: Vec<Vec<(f64, f64)>> = shapes(&laid)
        .into_iter()
        .filter(|(points, paint)| {
            *paint == Paint::Fill { grey: 0.0 } && points[1].0 - points[0].0 < 3.0
        })
        .map(|(points, _)| points)
        .collect();
    assert_eq!(marks.len(), 5, "the key's and four targets");
    for mark in &marks[1..] {
        for (_, text) in laid.texts() {
            let [left, upper, right, lower] = ink(text);
            let apart =
                right <= mark[0].0 || left >= mark[1].0 || lower <= mark[0].1 || upper >= mark[2].1;
            assert!(apart, "{} lies on a mark", text.text);
        }
    }
    assert_eq!(text_of(&laid, "A.3").text, "…", "what is missing says so in its place");
}

#[test]
fn grouped_bars_of_long_names_stay_apart() {
    let long = "Tích hợp thông tin người phụ thuộc, con dưới mười bốn tuổi hoặc người giám hộ";
    let names = vec![long; 16];
    let values = |first: i64| (0..16).map(|index| Some(first - index * 100)).collect::<Vec<_>>();
    let grouped = chart(ChartKind::GroupedBars, &names, &[values(7_900), values(7_950)]);
    let laid = laid(&grouped);
    assert_tidy(&laid);
    assert_eq!(bars(&laid, 0.55).len(), 17);
}

#[test]
fn from_one_bar_to_forty_a_chart_stays_on_its_page() {
    for number in [1, 2, 21, 30, 40] {
        let names = vec!["xã Quyết Tiến"; number];
        let values = vec![vec![Some(5_000); number]];
        let mut many = chart(ChartKind::Bars, &names, &values);
        many.target = Some(series("T", &vec![Some(5_100); number]));
        assert_tidy(&laid(&many));
    }
}

#[test]
fn values_below_zero_lead_to_the_left_and_missing_ones_nowhere() {
    let values = vec![vec![Some(3_000), Some(-1_500), None]];
    let mut below = chart(ChartKind::Bars, &NAMES[..3], &values);
    below.ticks = ticks(&[-2_000, 0, 2_000, 4_000]);
    let drawn = laid(&below);
    assert_tidy(&drawn);
    let lengths = bars(&drawn, 0.55);
    assert!((lengths[0] / lengths[1] - 2.0).abs() < 1e-6, "{lengths:?}");
    for kind in [ChartKind::Bars, ChartKind::GroupedBars, ChartKind::Funnel, ChartKind::Lines] {
        let mut nothing = chart(kind, &NAMES[..3], &[vec![None; 3], vec![None; 3]]);
        nothing.ticks.clear();
        let laid = laid(&nothing);
        assert_tidy(&laid);
        assert!(bars(&laid, 0.55).len() <= 1, "only the key's");
        let mut empty = chart(kind, &[], &[Vec::new()]);
        empty.ticks.clear();
        assert_tidy(&self::laid(&empty));
    }
}

#[test]
fn a_funnel_is_centred_and_its_numbers_stand_in_or_beside_it() {
    let names = ["Hồ sơ đã thu nhận", "Tài khoản đã cấp", "Tài khoản đã kích hoạt"];
    let mut funnel = chart(ChartKind::Funnel, &names, &[vec![Some(8_000), Some(4_000), Some(40)]]);
    funnel.beside = vec![series("So với bước trước", &[None, Some(50), Some(1)])];
    let laid = laid(&funnel);
    assert_tidy(&laid);
    let lengths = bars(&laid, 0.8);
    assert!((lengths[0] / lengths[1] - 2.0).abs() < 1e-6 && lengths[2] > 0.0, "{lengths:?}");
    let inside = text_of(&laid, "A.0");
    let beside = text_of(&laid, "A.2");
    assert!(beside.x > inside.x, "a narrow stage has its number beside it");
}

#[test]
fn numbers_of_lines_never_touch() {
    let months: Vec<String> =
        ["một", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười"]
            .map(str::to_owned)
            .to_vec();
    let names: Vec<&str> = months.iter().map(String::as_str).collect();
    let wave = |shift: i64| -> Vec<Option<i64>> {
        (0..10).map(|index| Some(4_000 + (index * 997 + shift) % 3_000)).collect()
    };
    let close: Vec<Option<i64>> = wave(0).into_iter().map(|value| value.map(|v| v + 60)).collect();
    for values in [vec![wave(0)], vec![wave(0), close], vec![wave(0), wave(50), wave(1_500)]] {
        let numbers = values.len() * 10;
        let laid = laid(&chart(ChartKind::Lines, &names, &values));
        assert_tidy(&laid);
        let printed =
            laid.texts().filter(|(_, text)| matches!(text.origin, Origin::Figure(_))).count();
        assert_eq!(printed, numbers, "no number is left out");
    }
    let one = laid(&chart(ChartKind::Lines, &names[..1], &[vec![Some(7_000)]]));
    assert_tidy(&one);
    let gap = laid(&chart(ChartKind::Lines, &names[..3], &[vec![Some(7_000), None, Some(10)]]));
    assert_tidy(&gap);
    assert_eq!(text_of(&gap, "A.1").text, "…");
}

#[test]
fn a_chart_is_a_figure_with_its_caption_and_its_words() {
    let chart = activation();
    let drawn = laid(&chart);
    let figures = || drawn.nodes.iter().filter(|node| node.role == Role::Figure);
    let figure = figures().next().unwrap();
    assert_eq!(figures().count(), 1);
    assert_eq!(figure.alternative.as_deref(), Some("Biểu đồ 1. Biểu đồ thanh ngang."));
    assert_eq!(drawn.nodes[figure.children[0]].role, Role::Caption);
    let layout = drawn.pages[0].items.iter().filter(|item| item.tag == Tag::Layout);
    assert_eq!(layout.count(), 0, "everything drawn belongs to the figure");
    let digits = |text: &Text| text.text.chars().any(|letter| letter.is_ascii_digit());
    assert!(drawn.texts().all(|(_, text)| !digits(text) || text.origin != Origin::Text));
    let files = FontFiles::embedded();
    let fonts = Fonts::load(&files).unwrap();
    let bytes = write(drawn.clone(), &fonts).unwrap();
    assert_eq!(bytes, write(drawn, &fonts).unwrap());
    let loaded = lopdf::Document::load_mem(&bytes).unwrap();
    let told = loaded.objects.values().filter_map(|object| object.as_dict().ok());
    assert_eq!(told.filter(|element| element.has(b"Alt")).count(), 1);
}

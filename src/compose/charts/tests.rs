//! What the charts say: order, ties, what is missing, over which units, the months, the place.

use crate::{
    compose::{
        document::{
            Audience, Block, Chart, ChartKind, ConstantKind, Content, Document, Run, shown,
        },
        samples::{Month, Values},
    },
    template::{ChartContent, ChartPlace},
    validate::{MonthRecord, RecordedValue},
};

const FULL: Values<'_> =
    &[("B04", 500), ("B05", 3_600), ("B06", 500), ("B07", 3_500), ("B08", 3_000)];

/// Returns this many activated of the same accounts.
fn activated(number: i64) -> [(&'static str, i64); 5] {
    [("B04", 500), ("B05", 3_600), ("B06", 500), ("B07", 3_500), ("B08", number)]
}

fn charts(document: &Document) -> Vec<&Chart> {
    let blocks = document.sections.iter().flat_map(|section| &section.blocks);
    blocks
        .filter_map(|block| match block {
            Block::Chart(chart) => Some(chart),
            _ => None,
        })
        .collect()
}

fn plain(runs: &[Run]) -> String {
    shown(runs).replace('\u{a0}', " ")
}

fn names(chart: &Chart) -> Vec<String> {
    chart.categories.iter().map(|name| plain(name)).collect()
}

fn values(chart: &Chart, series: usize) -> Vec<&str> {
    let values = chart.series[series].values.iter();
    values.map(|figure| figure.as_ref().map_or("", |figure| figure.shown.as_str())).collect()
}

fn notes(chart: &Chart) -> String {
    chart.notes.iter().map(|note| plain(note)).collect::<Vec<_>>().join(" | ")
}

/// Four communes: two reach the same share, one has no return.
fn month() -> Month {
    Month::of(&[
        ("tien-minh", &activated(1_800), FULL),
        ("bac-hung", &activated(3_000), FULL),
        ("nam-hung", &activated(1_500), FULL),
        ("tay-hung", &[], FULL),
    ])
    .assign(&[
        ("tien-minh", 2_000),
        ("bac-hung", 2_500),
        ("nam-hung", 1_250),
        ("tay-hung", 3_000),
    ])
}

#[test]
fn units_stand_best_first_ties_in_roster_order_and_the_missing_last() {
    let document = month().document();
    let chart = charts(&document)[0];
    assert_eq!(chart.kind, ChartKind::Bars);
    assert_eq!(names(chart), ["xã Bắc Hưng", "xã Nam Hưng", "xã Tiên Minh", "xã Tây Hưng"]);
    assert_eq!(values(chart, 0), ["3.000", "1.500", "1.800", "…"]);
    let targets: Vec<&str> = chart
        .target
        .as_ref()
        .unwrap()
        .values
        .iter()
        .flatten()
        .map(|figure| figure.shown.as_str())
        .collect();
    assert_eq!(targets, ["2.500", "1.250", "2.000", "3.000"]);
    assert_eq!(notes(chart), "Chưa có số liệu của: xã Tây Hưng.");
    assert_eq!(
        plain(&chart.caption),
        "Biểu đồ 1. Kết quả kích hoạt tài khoản so với chỉ tiêu được giao của các xã, thị trấn \
         (đến hết ngày 14/3/2024)"
    );
    assert_eq!(
        plain(&chart.alternative),
        "Biểu đồ thanh ngang, mỗi đơn vị một thanh, xếp từ cao xuống thấp. Tính chung các đơn vị có \
         số liệu: 109,57%. Cao nhất: xã Bắc Hưng 3.000 tài khoản (120,00%). Số đơn vị đạt chỉ tiêu \
         được giao: 2."
    );
    let last = chart.ticks.last().and_then(|tick| tick.value).unwrap();
    assert!(
        chart
            .figures()
            .filter(|figure| figure.id.starts_with("B08"))
            .all(|figure| { figure.value.is_none_or(|value| value.scaled <= last.scaled) })
    );
}

#[test]
fn the_last_unit_is_named_only_where_the_body_wants_it() {
    let mut month = month();
    month.templates.body.name_low_units = true;
    let document = month.document();
    let words = plain(&charts(&document)[0].alternative);
    assert!(words.contains("Thấp nhất: xã Tiên Minh 1.800 tài khoản (90,00%)."), "{words}");
}

#[test]
fn the_stages_of_a_funnel_are_over_the_same_units() {
    let document = month().document();
    let chart = charts(&document)[1];
    assert_eq!(values(chart, 0), ["12.300", "12.000", "6.300"]);
    assert_eq!(notes(chart), "Số liệu của 3/4 đơn vị.");
    assert_eq!(
        plain(&chart.alternative),
        "Biểu đồ các bước nối tiếp, mỗi bước là một phần của bước trước: hồ sơ đã thu nhận 12.300 hồ \
         sơ; tài khoản đã cấp 12.000 tài khoản, bằng 97,56% bước trước; tài khoản đã kích hoạt 6.300 \
         tài khoản, bằng 52,50% bước trước."
    );
}

#[test]
fn months_say_their_own_base_and_a_gap_stays_a_gap() {
    let mut month = month();
    let february = month.history.values().next().unwrap().clone();
    let unit = month.templates.roster.find("tien-minh").unwrap();
    let mut december = MonthRecord::default();
    december.values.extend(
        february
            .values
            .iter()
            .filter(|value| value.unit == unit)
            .map(|value| RecordedValue { scaled: value.scaled / 2, ..*value }),
    );
    month.history.insert("2023-12".parse().unwrap(), december);
    let document = month.document();
    let chart = charts(&document)[2];
    assert_eq!(names(chart), ["12/2023", "01/2024", "02/2024", "3/2024"]);
    assert_eq!(values(chart, 0), ["x", "", "137,14%", "109,57%"]);
    assert_eq!(values(chart, 1), ["75,00%", "", "75,00%", "52,50%"]);
    assert_eq!(
        notes(chart),
        "Tháng 12/2023: so với số tài khoản đã cấp: số liệu của 1/4 đơn vị. | Tháng 01/2024: chưa có số liệu. | Tháng 3/2024: số \
         liệu của 3/4 đơn vị."
    );
    let ids: Vec<&str> =
        chart.series[0].values.iter().flatten().map(|figure| figure.id.as_str()).collect();
    assert_eq!(ids, ["R4.group.xa.months_ago_3", "R4.group.xa.months_ago_1", "R4.group.xa.ratio"]);
    assert!(
        plain(&chart.alternative).contains("tháng 01/2024 chưa có số liệu; tháng 02/2024 137,14%")
    );
}

#[test]
fn a_first_month_and_a_month_of_nothing_say_so() {
    let first = Month::of(&[("tien-minh", &activated(3_000), &[])]).document();
    assert!(notes(charts(&first)[2]).starts_with("Chưa có số liệu các tháng trước."));
    assert_eq!(charts(&first)[4].series.len(), 1, "no month before, no bars of it");
    let nothing = Month::of(&[("tien-minh", &[], &[]), ("bac-hung", &[], &[])]).document();
    for chart in charts(&nothing) {
        assert!(chart.ticks.is_empty(), "{}", plain(&chart.caption));
        let words = format!("{} {}", plain(&chart.alternative), notes(chart)).to_lowercase();
        assert!(words.contains("chưa có số liệu"), "{words}");
    }
}

#[test]
fn more_units_than_a_chart_holds_are_not_all_drawn() {
    let mut month = Month::full();
    let group = |content: &mut ChartContent| {
        if let ChartContent::Units { group, bars, target, order, beside } = content {
            "xa".clone_into(group);
            "D01".clone_into(&mut bars.figure.code);
            beside.clear();
            (*target, *order) = (None, None);
        }
    };
    for chart in &mut month.templates.charts.list {
        group(&mut chart.content);
    }
    let some = month.templates.roster.units[0].clone();
    for number in 0..60 {
        let key = format!("xa-{number}");
        let mut unit = crate::template::Unit { key: key.clone(), ..some.clone() };
        unit.code = format!("9{number:04}");
        month.templates.roster.units.push(unit);
    }
    let document = month.document();
    let chart = charts(&document)[0];
    assert!(chart.categories.len() <= 40, "{}", chart.categories.len());
    assert!(notes(chart).contains("Chỉ vẽ các đơn vị đã có số liệu"), "{}", notes(chart));
}

#[test]
fn charts_in_the_body_follow_the_words_that_refer_to_them() {
    let mut month = month();
    month.templates.charts.place = ChartPlace::Body;
    let document = month.document();
    let apart = document.sections.iter().find(|section| section.name == "Biểu đồ").unwrap();
    assert_eq!(apart.audience, Audience::Workbook, "a workbook has no body");
    let body = document.sections.iter().find(|section| section.name == "Báo cáo").unwrap();
    let before: Vec<String> = body
        .blocks
        .windows(2)
        .filter(|pair| matches!(pair[1], Block::Chart(_)))
        .map(|pair| match &pair[0] {
            Block::Paragraph(paragraph) => plain(&paragraph.runs),
            Block::Chart(_) => "chart".to_owned(),
            other => format!("{other:?}"),
        })
        .collect();
    assert_eq!(before.len(), 5);
    assert!(before[0].contains("Biểu đồ 1, Biểu đồ 2, Biểu đồ 3"), "{before:?}");
    assert_eq!(before[1..3], ["chart", "chart"]);
    assert!(before[3].contains("Biểu đồ 4, Biểu đồ 5"), "{before:?}");
}

#[test]
fn without_charts_nothing_refers_to_them() {
    let mut month = month();
    month.templates.charts.place = ChartPlace::Nowhere;
    let document = month.document();
    assert!(charts(&document).is_empty());
    assert!(!month.words().contains("Biểu đồ"));
    assert!(month.words().contains("(Chi tiết tại Phụ lục V kèm theo)."));
    let mut month = self::month();
    month.templates.report = month.templates.report.replace("\"cac_buoc\"", "\"cacbuoc\"");
    let message = month.compose().unwrap_err().to_string();
    assert!(message.contains("không có biểu đồ `cacbuoc`; các biểu đồ: kich_hoat, "), "{message}");
}

#[test]
fn no_words_of_a_chart_have_digits() {
    let document = Month::full().document();
    for chart in charts(&document) {
        assert!(chart.ticks.iter().all(|tick| tick.kind == ConstantKind::AxisTick));
        for run in chart.words().flatten() {
            if let Content::Text(text) = &run.content {
                assert!(!text.chars().any(char::is_numeric), "{text}");
            }
        }
    }
}

#[test]
fn months_beside_each_other_say_when_they_are_not_of_the_same_units() {
    let (now, before): (Values<'_>, Values<'_>) = (&[("E03N", 30)], &[("E03N", 40)]);
    let of = |units: &[(&str, Values<'_>, Values<'_>)]| {
        let document = Month::of(units).document();
        notes(charts(&document)[4])
    };
    let unlike = "Kỳ này và kỳ trước không tính trên cùng các đơn vị.";
    assert!(!of(&[("tien-minh", now, before)]).contains(unlike));
    let both = [("tien-minh", now, before), ("tu-cuong", &[("A02", 1)], before)];
    assert!(of(&both).contains(unlike), "{}", of(&both));
}

#[test]
fn without_targets_nothing_is_measured_against_them() {
    let document = Month::of(&[("tien-minh", &activated(1_800), FULL)]).document();
    let [bars, _, months, ..] = charts(&document)[..] else { panic!("there are five charts") };
    assert!(bars.target.is_none() && bars.beside.is_empty());
    assert_eq!(notes(bars), "Chưa có chỉ tiêu giao.");
    let names: Vec<String> = months.series.iter().map(|series| plain(&series.name)).collect();
    assert_eq!(names, ["So với số tài khoản đã cấp"]);
}

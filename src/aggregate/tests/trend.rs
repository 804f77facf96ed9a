//! The months before the period: their own sums over the whole and the groups, and their sources.

use super::{
    super::{
        Footnote, Source, Statistic,
        samples::{Said, period, record, templates, unit},
    },
    A1, check, footnotes, march,
};
use crate::{
    template::{MissingStock, Templates},
    validate::History,
};

const B: &[(&str, i64)] = &[("B06", 20), ("B07", 60), ("B08", 40), ("A02", 3)];

fn history(templates: &Templates) -> History {
    let all = ["a1", "a2", "a3", "b1", "b2", "b3"].map(|key| (key, B));
    let two: [(&str, &[(&str, i64)]); 2] =
        [("a1", B), ("a2", &[("B06", 10), ("B08", 5), ("A02", 0)])];
    [(period("2023-12"), record(templates, &all)), (period("2024-02"), record(templates, &two))]
        .into()
}

#[test]
fn every_recorded_month_has_its_own_sums_and_its_own_base() {
    let templates = templates();
    let figures = march(&templates, &[A1], &history(&templates));
    assert_eq!(figures.months_ago().collect::<Vec<_>>(), [1, 3]);
    check(
        &figures,
        &[
            ("B08.whole.all.months_ago_1", "45 partial 2/6"),
            ("B08.group.xa.months_ago_1", "45 partial 2/6"),
            ("B08.whole.all.previous", "45 partial 2/6"),
            ("B08.whole.all.months_ago_2", "absent"),
            ("B08.whole.all.months_ago_3", "240 complete 6/6"),
            ("A02.group.xa.months_ago_3", "18 complete 6/6"),
            // Only a1 has both sides in February: 40 of 80.
            ("R3.whole.all.months_ago_1", "5000 partial 1/6"),
            ("R3.group.xa.months_ago_3", "5000 complete 6/6"),
            ("BT.whole.all.months_ago_1", "80 partial 1/6"),
            ("B08.unit.a1.months_ago_1", "absent"),
            ("B08.parent.huyen-a.months_ago_1", "absent"),
            ("B08.group.phong.months_ago_1", "absent"),
            ("BC.whole.all.months_ago_1", "absent"),
        ],
    );
    assert_eq!(footnotes(&figures, "B08.whole.all.months_ago_1"), [Footnote::Incomplete]);
    let rows = figures.iter().filter(|row| matches!(row.statistic, Statistic::MonthsAgo(_)));
    assert!(rows.count() > 20, "the table lists what it can be asked for");
}

#[test]
fn a_first_month_has_no_months_before() {
    let figures = march(&templates(), &[A1], &History::new());
    assert_eq!(figures.months_ago().count(), 0);
    check(&figures, &[("B08.whole.all.months_ago_1", "absent")]);
}

#[test]
fn months_before_lead_to_their_own_observations() {
    let mut templates = templates();
    let sources = |templates: &Templates, id: &str| {
        let said: &[Said<'_>] = &[A1];
        let figures = march(templates, said, &history(templates));
        figures.sources(&figures.by_id(id).unwrap())
    };
    let source = |month: &str, key: &str, code: &str| Source {
        period: period(month),
        unit: unit(&templates, key),
        indicator: templates.indicators.find(code).unwrap(),
    };
    let february = [source("2024-02", "a1", "B08"), source("2024-02", "a2", "B08")];
    let ratio = ["B06", "B07", "B08"].map(|code| source("2024-02", "a1", code));
    let carried = source("2023-12", "b3", "B08");
    assert_eq!(sources(&templates, "B08.whole.all.months_ago_1"), february);
    assert_eq!(sources(&templates, "R3.whole.all.months_ago_1"), ratio);
    assert_eq!(sources(&templates, "B08.group.xa.months_ago_3").len(), 6);
    // A stock that was carried forward leads to the month it is of.
    templates.body.missing_stock = MissingStock::CarriedForward;
    let figures = march(&templates, &[A1], &history(&templates));
    check(&figures, &[("B08.group.xa.months_ago_1", "205 partial 2/6")]);
    assert!(sources(&templates, "B08.group.xa.months_ago_1").contains(&carried));
}

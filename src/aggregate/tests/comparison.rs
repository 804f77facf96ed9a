//! Rise, fall, standstill, first month, the year, ratios, stocks carried forward, units that went.

use super::{
    super::{
        Footnote, Source,
        samples::{Said, february, period, record, templates, unit},
    },
    A1, check, footnotes, march, v,
};
use crate::{template::MissingStock, validate::History};

#[test]
fn changes_are_over_the_units_with_both_months() {
    let templates = templates();
    let history = february(
        &templates,
        &[("a1", &[("B08", 50)]), ("a2", &[("B08", 40)]), ("b1", &[("B08", 0)])],
    );
    let said: &[Said<'_>] =
        &[A1, ("a3", &[("B08", v(30))]), ("b1", &[("B08", v(9))]), ("b2", &[("B08", v(1))])];
    let figures = march(&templates, said, &history);
    check(
        &figures,
        &[
            ("B08.unit.a1.change", "10 complete 1/1"),
            ("B08.unit.a1.change_percent", "2000 complete 1/1"),
            ("B08.unit.a2.previous", "40 complete 1/1"),
            ("B08.unit.a2.change", "none missing 0/1"),
            ("B08.unit.a3.previous", "none missing 0/1"),
            ("B08.unit.b1.change_percent", "none undefined 1/1"),
            ("B08.whole.all.value", "100 partial 4/6"),
            ("B08.whole.all.previous", "90 partial 3/6"),
            ("B08.whole.all.like_for_like", "69 partial 2/6"),
            ("B08.whole.all.previous_like_for_like", "50 partial 2/6"),
            ("B08.whole.all.change", "19 partial 2/6"),
            ("B08.whole.all.change_percent", "3800 partial 2/6"),
            ("B08.whole.all.lacking", "2 complete 6/6"),
            ("B08.whole.all.compared", "2 complete 2/2"),
            ("B08.unit.a1.lacking", "absent"),
            ("B08.unit.a1.like_for_like", "absent"),
        ],
    );
}

#[test]
fn falls_and_standstills_keep_their_sign() {
    let templates = templates();
    let history = february(&templates, &[("a1", &[("B08", 80)]), ("a2", &[("B08", 7)])]);
    let figures = march(&templates, &[A1, ("a2", &[("B08", v(7))])], &history);
    check(
        &figures,
        &[
            ("B08.unit.a1.change", "-20 complete 1/1"),
            ("B08.unit.a1.change_percent", "-2500 complete 1/1"),
            ("B08.unit.a2.change", "0 complete 1/1"),
            ("B08.unit.a2.change_percent", "0 complete 1/1"),
            // 80 before, 5 new, 60 now: 25 went.
            ("BG.unit.a1.value", "25 complete 1/1"),
            ("BG.unit.a2.value", "none missing 0/1"),
        ],
    );
}

#[test]
fn a_first_month_has_nothing_to_compare_with() {
    let figures = march(&templates(), &[A1], &History::new());
    assert!(!figures.has_previous());
    for statistic in ["previous", "change", "like_for_like", "change_percent"] {
        check(&figures, &[(&format!("B08.whole.all.{statistic}"), "absent")]);
    }
    check(
        &figures,
        &[
            ("R3.whole.all.previous_ratio", "absent"),
            ("R3.whole.all.point_change", "absent"),
            ("BG.whole.all.value", "absent"),
            ("B10.unit.a1.ytd", "5 partial 0/1"),
        ],
    );
    assert_eq!(footnotes(&figures, "B10.unit.a1.ytd"), [Footnote::YearIncomplete]);
}

#[test]
fn the_year_adds_up_flows_and_says_when_months_are_missing() {
    let templates = templates();
    let mut history =
        february(&templates, &[("a1", &[("B10", 4), ("B08", 9)]), ("a2", &[("B10", 1)])]);
    history.insert(period("2024-01"), record(&templates, &[("a1", &[("B10", 3)])]));
    history.insert(period("2023-12"), record(&templates, &[("a1", &[("B10", 1000)])]));
    let figures = march(&templates, &[A1, ("a2", &[("B10", v(2))])], &history);
    check(
        &figures,
        &[
            ("B10.unit.a1.ytd", "12 complete 1/1"),
            ("B10.unit.a2.ytd", "3 partial 0/1"),
            ("B10.unit.a3.ytd", "none missing 0/1"),
            ("B10.parent.huyen-a.ytd", "15 partial 1/3"),
            ("B08.unit.a1.ytd", "absent"),
        ],
    );
    let noted = footnotes(&figures, "B10.parent.huyen-a.ytd");
    assert_eq!(noted, [Footnote::YearIncomplete], "its sum is of more units than have all months");
    let sources = figures.sources(&figures.by_id("B10.parent.huyen-a.ytd").unwrap());
    let periods: Vec<String> = sources
        .iter()
        .map(|source| format!("{} {}", source.period, templates.roster.get(source.unit).key))
        .collect();
    assert_eq!(periods, ["2024-01 a1", "2024-02 a1", "2024-02 a2", "2024-03 a1", "2024-03 a2"]);
}

#[test]
fn ratios_are_of_sums_over_units_with_both_sides() {
    let templates = templates();
    let history = february(
        &templates,
        &[
            ("a1", &[("B06", 20), ("B07", 60), ("B08", 40)]),
            ("a2", &[("B06", 10), ("B07", 0), ("B08", 10)]),
        ],
    );
    let said: &[Said<'_>] = &[
        A1,
        ("a2", &[("B06", v(0)), ("B07", v(20)), ("B08", v(20)), ("B02", v(19))]),
        ("a3", &[("B08", v(1000))]),
        ("b1", &[("B06", v(0)), ("B07", v(0)), ("B08", v(0)), ("B02", v(0))]),
    ];
    let figures = march(&templates, said, &history);
    check(
        &figures,
        &[
            ("R3.unit.a1.ratio", "7500 complete 1/1"),
            ("R3.unit.a2.ratio", "10000 complete 1/1"),
            ("R3.unit.a3.ratio", "none missing 0/1"),
            ("R3.unit.b1.ratio", "none undefined 1/1"),
            ("R3.parent.huyen-a.ratio", "8000 partial 2/3"),
            ("R3.parent.huyen-a.ratio_numerator", "80 partial 2/3"),
            ("R3.parent.huyen-a.ratio_denominator", "100 partial 2/3"),
            // 50 of 90 before: 55,56; 80,00 − 55,5555… = 24,44.
            ("R3.parent.huyen-a.previous_ratio", "5556 partial 2/3"),
            ("R3.parent.huyen-a.point_change", "2444 partial 2/3"),
            ("R3.unit.a1.point_change", "2500 complete 1/1"),
            ("R1.unit.a2.ratio", "10526 complete 1/1"),
            ("BT.unit.a1.value", "80 complete 1/1"),
            ("BT.unit.a1.change", "0 complete 1/1"),
        ],
    );
    assert_eq!(footnotes(&figures, "R1.unit.a2.ratio"), [Footnote::IncludesTemporaryResidents]);
    let row = figures.by_id("R3.unit.a1.point_change").unwrap();
    assert_eq!(figures.unit_of_count(&row), "điểm phần trăm");
    assert_eq!(figures.sources(&row).len(), 6, "three indicators in two months");
}

#[test]
fn missing_stocks_are_carried_forward_when_the_policy_says_so() {
    let mut templates = templates();
    templates.body.missing_stock = MissingStock::CarriedForward;
    let mut history = february(&templates, &[("a1", &[("B08", 50)])]);
    let january = [("B06", 10), ("B07", 50), ("B08", 40), ("B10", 4)];
    history.insert(period("2024-01"), record(&templates, &[("a2", &january)]));
    let figures = march(&templates, &[A1, ("a2", &[("B10", v(3))])], &history);
    check(
        &figures,
        &[
            ("B08.unit.a2.value", "40 partial 0/1"),
            ("B08.unit.a2.previous", "40 complete 1/1"),
            ("B08.unit.a2.change", "0 partial 1/1"),
            ("B08.parent.huyen-a.value", "100 partial 1/3"),
            ("B08.parent.huyen-a.change", "10 partial 2/3"),
            ("B10.unit.a2.value", "3 complete 1/1"),
            // Nobody knows how many of 40 went when 40 is the number of January.
            ("BG.unit.a2.value", "none missing 0/1"),
            ("R3.unit.a2.ratio", "6667 partial 0/1"),
            ("R3.unit.a2.rank", "none missing 0/0"),
        ],
    );
    let carried = figures.by_id("B08.unit.a2.value").unwrap();
    assert_eq!(carried.footnotes, [Footnote::CarriedForward]);
    let january = Source {
        period: period("2024-01"),
        unit: unit(&templates, "a2"),
        indicator: templates.indicators.find("B08").unwrap(),
    };
    assert_eq!(figures.sources(&carried), [january]);
}

#[test]
fn units_that_are_gone_stay_in_the_year_and_leave_the_month() {
    let mut templates = templates();
    let history = february(&templates, &[("a1", &[("B10", 4)]), ("a2", &[("B10", 6)])]);
    let gone = templates.roster.find("a2").unwrap();
    templates.roster.units[gone.0 as usize].valid_to = "2024-02-29".parse().ok();
    let figures = march(&templates, &[A1], &history);
    check(
        &figures,
        &[
            ("B10.unit.a2.value", "absent"),
            ("B10.parent.huyen-a.value", "5 partial 1/2"),
            ("B10.parent.huyen-a.previous", "10 partial 2/3"),
            ("B10.parent.huyen-a.ytd", "15 partial 0/2"),
        ],
    );
}

//! Missing, not applicable, ticks, doubtful values, the reporting discipline, the CSV.

use super::{
    super::{
        AggregateError, Footnote, Scope, aggregate,
        samples::{Said, batch, discipline, period, templates, unit},
    },
    A1, check, footnotes, march, v,
};
use crate::{
    crew::Alone,
    template::Usage,
    validate::{History, Standing, State},
};

#[test]
fn missing_units_are_counted_and_never_zero() {
    let templates = templates();
    let figures = march(&templates, &[A1, ("a2", &[("B08", State::Missing)])], &History::new());
    check(
        &figures,
        &[
            ("B08.unit.a1.value", "60 complete 1/1"),
            ("B08.unit.a2.value", "none missing 0/1"),
            ("B08.unit.a3.value", "none missing 0/1"),
            ("B08.parent.huyen-a.value", "60 partial 1/3"),
            ("B08.parent.huyen-b.value", "none missing 0/3"),
            ("B08.parent.tinh.value", "60 partial 1/6"),
            ("B08.group.xa.value", "60 partial 1/6"),
            ("B08.whole.all.value", "60 partial 1/6"),
            ("B08.whole.all.reported", "1 complete 1/6"),
            ("B08.whole.all.expected", "6 complete 6/6"),
            ("B08.group.phong.value", "absent"),
            ("B08.unit.p1.value", "absent"),
            ("B08.unit.tinh.value", "absent"),
        ],
    );
    assert_eq!(footnotes(&figures, "B08.whole.all.value"), [Footnote::Incomplete]);
    let b08 = figures.subject_named("B08").unwrap();
    let missing = figures.missing_units(b08, Scope::Parent(unit(&templates, "huyen-a")));
    assert_eq!(missing, [unit(&templates, "a2"), unit(&templates, "a3")]);
}

#[test]
fn every_state_of_an_observation_has_its_own_figure() {
    let templates = templates();
    let said: &[Said<'_>] = &[
        ("a1", &[("C01", v(0))]),
        ("a2", &[("C01", State::NotAvailable)]),
        ("a3", &[("C01", State::NotApplicable)]),
        ("b1", &[("C01", State::Unusable)]),
        ("b2", &[("C01", State::Missing)]),
        ("b3", &[("C01", v(7))]),
    ];
    let mut batch = batch(&templates, said);
    batch.returns[5].observations[0].usage = Usage::Dropped;
    let figures =
        aggregate(&templates, period("2024-03"), &batch, &History::new(), &Alone).unwrap();
    check(
        &figures,
        &[
            ("C01.unit.a1.value", "0 complete 1/1"),
            ("C01.unit.a2.value", "none missing 0/1"),
            ("C01.unit.a3.value", "none not_applicable 0/0"),
            ("C01.unit.b1.value", "none missing 0/1"),
            ("C01.unit.b2.value", "none missing 0/1"),
            ("C01.unit.b3.value", "none missing 0/1"),
            ("C01.group.xa.value", "0 partial 1/5"),
            ("C01.unit.p2.value", "none not_applicable 0/0"),
            // p1 is silent, p2 is excepted by the templates, p3 only cooperates.
            ("C01.group.phong.value", "none missing 0/1"),
            // Optional counts are not missing anywhere.
            ("E01N.group.xa.value", "none missing 0/0"),
        ],
    );
}

#[test]
fn cooperating_units_are_expected_only_when_they_returned() {
    let templates = templates();
    let departments: &[Said<'_>] = &[("p1", &[("A02", v(2))]), ("p2", &[("A02", v(3))])];
    let silent = march(&templates, departments, &History::new());
    check(
        &silent,
        &[
            ("A02.group.phong.value", "5 complete 2/2"),
            ("A02.block.nganh-doc.value", "none missing 0/0"),
            ("A02.unit.p3.value", "none missing 0/0"),
        ],
    );
    let mut said = departments.to_vec();
    let cooperating = [("C01", v(1))];
    said.push(("p3", &cooperating));
    let returned = march(&templates, &said, &History::new());
    check(
        &returned,
        &[
            ("A02.group.phong.value", "5 partial 2/3"),
            ("A02.block.nganh-doc.value", "none missing 0/1"),
            ("C01.block.nganh-doc.value", "1 complete 1/1"),
        ],
    );
}

#[test]
fn ticks_count_units() {
    let said: &[Said<'_>] =
        &[("a1", &[("E01", v(1))]), ("a2", &[("E01", v(0))]), ("a3", &[("E01", v(5))])];
    let figures = march(&templates(), said, &History::new());
    check(
        &figures,
        &[
            ("E01.parent.huyen-a.value", "2 complete 3/3"),
            ("E01.unit.a2.value", "0 complete 1/1"),
            ("E01.unit.a3.value", "1 complete 1/1"),
        ],
    );
    let whole = figures.by_id("E01.whole.all.value").unwrap();
    assert_eq!(figures.unit_of_count(&whole), "đơn vị");
}

#[test]
fn doubtful_values_are_used_and_marked() {
    let templates = templates();
    let mut batch = batch(&templates, &[A1, ("a2", &[("B08", v(1))])]);
    for observation in &mut batch.returns[0].observations {
        observation.usage = Usage::Doubtful;
    }
    let figures =
        aggregate(&templates, period("2024-03"), &batch, &History::new(), &Alone).unwrap();
    check(&figures, &[("B08.unit.a1.value", "60 complete 1/1")]);
    assert_eq!(footnotes(&figures, "B08.unit.a1.value"), [Footnote::Doubtful]);
    assert_eq!(footnotes(&figures, "B08.unit.a2.value"), []);
    assert_eq!(
        footnotes(&figures, "B08.whole.all.value"),
        [Footnote::Incomplete, Footnote::Doubtful]
    );
}

#[test]
fn the_discipline_is_counted_by_scope() {
    let templates = templates();
    let mut batch = batch(&templates, &[]);
    batch.discipline = discipline(
        &templates,
        &[
            ("a1", Standing::OnTime),
            ("a2", Standing::Late { days: 2 }),
            ("a3", Standing::NotReturned),
            ("b1", Standing::Unknown),
            ("b2", Standing::NotAccepted),
            ("p3", Standing::NotRequired),
        ],
    );
    batch.discipline[0].signed_paper = Some("12/BC-UBND".to_owned());
    let figures =
        aggregate(&templates, period("2024-03"), &batch, &History::new(), &Alone).unwrap();
    check(
        &figures,
        &[
            ("BC.whole.all.units", "6 complete 6/6"),
            ("BC.whole.all.expected", "5 complete 6/6"),
            ("BC.group.xa.returned", "3 complete 5/5"),
            ("BC.group.xa.on_time", "1 complete 5/5"),
            ("BC.group.xa.late", "1 complete 5/5"),
            ("BC.group.xa.arrival_unknown", "1 complete 5/5"),
            ("BC.group.xa.not_accepted", "1 complete 5/5"),
            ("BC.group.xa.not_returned", "1 complete 5/5"),
            ("BC.group.xa.unsigned", "2 complete 5/5"),
            ("BC.parent.huyen-b.returned", "1 complete 2/2"),
            ("BC.group.phong.returned", "0 complete 1/1"),
            ("BC.unit.a1.returned", "absent"),
        ],
    );
}

#[test]
fn a_sum_that_does_not_fit_is_an_error_with_its_place() {
    let big = [("B02", v(i64::MAX / 5))];
    let templates = templates();
    let batch = batch(&templates, &[("a1", &big), ("b1", &big)]);
    let error =
        aggregate(&templates, period("2024-03"), &batch, &History::new(), &Alone).unwrap_err();
    let AggregateError::TooLarge { code, .. } = &error else { panic!("{error}") };
    assert_eq!(code, "B02");
    assert!(error.to_string().contains("B02"), "{error}");
}

#[test]
fn the_csv_has_a_row_for_every_figure() {
    let templates = templates();
    let figures = march(&templates, &[A1], &History::new());
    let text = String::from_utf8(figures.csv()).unwrap();
    let find = |start: &str| text.lines().find(|line| line.starts_with(start)).unwrap().to_owned();
    assert_eq!(
        find("R3.unit.a1.ratio,"),
        "R3.unit.a1.ratio,2024-03,R3,Tỷ lệ R3,%,unit,a1,02,a1,ratio,75.00,2,complete,1,1,"
    );
    assert_eq!(
        find("B08.unit.a2.value,"),
        "B08.unit.a2.value,2024-03,B08,Chỉ tiêu B08,tài khoản,unit,a2,02,a2,value,,,missing,0,1,"
    );
    assert_eq!(text.lines().count(), figures.iter().count() + 1);
}

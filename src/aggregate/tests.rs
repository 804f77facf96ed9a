//! Tables of what figures say: rise, fall, missing, not applicable, targets, ranks, first month.

use super::{
    Figure, FigureState, Figures, Footnote, Scope, aggregate,
    samples::{Said, assign, batch, discipline, february, period, record, templates, unit},
};
use crate::{
    template::{Duty, MissingStock, Templates, Usage},
    validate::{History, Standing, State},
};

const V: fn(i64) -> State = State::Value;

fn march(templates: &Templates, said: &[Said<'_>], history: &History) -> Figures {
    aggregate(templates, period("2024-03"), &batch(templates, said), history).unwrap()
}

/// Returns "value state reported/expected" of a row.
fn shown(figures: &Figures, id: &str) -> String {
    let Some(figure) = figures.by_id(id) else { return "absent".to_owned() };
    assert_eq!(figures.id(&figure), id);
    let value = figure.value.map_or("none".to_owned(), |value| value.scaled.to_string());
    format!("{value} {} {}/{}", figure.state.key(), figure.reported, figure.expected)
}

fn footnotes(figures: &Figures, id: &str) -> Vec<Footnote> {
    figures.by_id(id).map(|figure: Figure| figure.footnotes).unwrap_or_default()
}

fn check(figures: &Figures, expected: &[(&str, &str)]) {
    for (id, expected) in expected {
        assert_eq!(shown(figures, id), *expected, "{id}");
    }
}

/// Both communes of a district with everything of group B.
const A1: Said<'static> =
    ("a1", &[("B02", V2(100)), ("B06", V2(20)), ("B07", V2(60)), ("B08", V2(60)), ("B10", V2(5))]);

#[expect(non_snake_case, reason = "short for a value in tables")]
const fn V2(scaled: i64) -> State {
    State::Value(scaled)
}

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

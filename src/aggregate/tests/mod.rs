//! What figures say, as tables of ids and the rows they stand for.

mod comparison;
mod properties;
mod targets;
mod trend;
mod values;

use super::{
    Figures, Footnote, aggregate,
    samples::{Said, batch, period},
};
use crate::{
    crew::Alone,
    template::Templates,
    validate::{History, State},
};

/// Returns the state of a value.
const fn v(scaled: i64) -> State {
    State::Value(scaled)
}

fn march(templates: &Templates, said: &[Said<'_>], history: &History) -> Figures {
    aggregate(templates, period("2024-03"), &batch(templates, said), history, &Alone).unwrap()
}

/// Returns "value state reported/expected" of a row.
fn shown(figures: &Figures, id: &str) -> String {
    let Some(figure) = figures.by_id(id) else { return "absent".to_owned() };
    assert_eq!(figures.id(&figure), id);
    let value = figure.value.map_or("none".to_owned(), |value| value.scaled.to_string());
    format!("{value} {} {}/{}", figure.state.key(), figure.reported, figure.expected)
}

fn footnotes(figures: &Figures, id: &str) -> Vec<Footnote> {
    figures.by_id(id).expect("the row is there").footnotes
}

#[track_caller]
fn check(figures: &Figures, expected: &[(&str, &str)]) {
    for (id, expected) in expected {
        assert_eq!(shown(figures, id), *expected, "{id}");
    }
}

/// A commune with everything of group B.
const A1: Said<'static> =
    ("a1", &[("B02", v(100)), ("B06", v(20)), ("B07", v(60)), ("B08", v(60)), ("B10", v(5))]);

//! Laws that hold for any returns: sums are the sums of their parts at every level, order changes
//! nothing, missing never becomes zero, ratios lie between those of their parts.

use proptest::prelude::*;

use super::super::{
    Figures, Scope, Statistic, aggregate,
    reading::point_change,
    samples::{batch, period, record, templates},
};
use crate::{
    crew::Alone,
    quantity::percent,
    template::{Templates, UnitIx},
    validate::{Batch, History, State},
};

const COMMUNES: [&str; 6] = ["a1", "a2", "a3", "b1", "b2", "b3"];
const CODES: [&str; 6] = ["A02", "B02", "B06", "B07", "B08", "B10"];

/// What each commune says about each code, and what it said in February.
type Month = Vec<Vec<Option<i64>>>;

fn month() -> impl Strategy<Value = Month> {
    let value = prop_oneof![2 => Just(None), 5 => (0_i64..2_000_000).prop_map(Some)];
    let unit = proptest::collection::vec(value, CODES.len());
    proptest::collection::vec(unit, COMMUNES.len())
}

fn batch_of(templates: &Templates, month: &Month) -> Batch {
    let said: Vec<Vec<(&str, State)>> = month
        .iter()
        .map(|values| {
            let states = values.iter().map(|value| value.map_or(State::Missing, State::Value));
            CODES.into_iter().zip(states).collect()
        })
        .collect();
    let said: Vec<(&str, &[(&str, State)])> =
        COMMUNES.into_iter().zip(said.iter().map(Vec::as_slice)).collect();
    batch(templates, &said)
}

fn history_of(templates: &Templates, month: &Month) -> History {
    let said: Vec<Vec<(&str, i64)>> = month
        .iter()
        .map(|values| {
            CODES
                .into_iter()
                .zip(values)
                .filter_map(|(code, value)| Some((code, (*value)?)))
                .collect()
        })
        .collect();
    let said: Vec<(&str, &[(&str, i64)])> =
        COMMUNES.into_iter().zip(said.iter().map(Vec::as_slice)).collect();
    [(period("2024-02"), record(templates, &said))].into()
}

fn figures(templates: &Templates, now: &Month, before: &Month) -> Figures {
    let batch = batch_of(templates, now);
    aggregate(templates, period("2024-03"), &batch, &history_of(templates, before), &Alone).unwrap()
}

/// Returns value, reported and expected of a row; nothing as zero, for adding up.
fn parts(figures: &Figures, code: &str, scope: Scope, statistic: Statistic) -> [i64; 3] {
    let subject = figures.subject_named(code).unwrap();
    figures.get(subject, scope, statistic).map_or([0; 3], |figure| {
        let value = figure.value.map_or(0, |value| value.scaled);
        [value, i64::from(figure.reported), i64::from(figure.expected)]
    })
}

fn add(parts: impl Iterator<Item = [i64; 3]>) -> [i64; 3] {
    parts.fold([0; 3], |sum, part| [sum[0] + part[0], sum[1] + part[1], sum[2] + part[2]])
}

const ADDITIVE: [Statistic; 5] = [
    Statistic::Value,
    Statistic::Previous,
    Statistic::Change,
    Statistic::YearToDate,
    Statistic::RatioNumerator,
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn totals_are_the_sums_of_their_parts(now in month(), before in month()) {
        let templates = templates();
        let figures = figures(&templates, &now, &before);
        let at = |key: &str| templates.roster.find(key).unwrap();
        let units = |keys: &[&str]| keys.iter().map(|key| Scope::Unit(at(key))).collect::<Vec<_>>();
        let levels = [
            (Scope::Parent(at("huyen-a")), units(&COMMUNES[..3])),
            (Scope::Parent(at("huyen-b")), units(&COMMUNES[3..])),
            (Scope::Group(0), units(&COMMUNES)),
            (Scope::Whole, vec![Scope::Group(0), Scope::Group(1)]),
            (Scope::Parent(at("tinh")), vec![Scope::Group(0), Scope::Group(1)]),
            (Scope::Group(1), vec![Scope::Block(0), Scope::Block(1)]),
        ];
        for code in ["A02", "B02", "B08", "B10", "BT", "BG", "R1", "R3"] {
            for statistic in ADDITIVE {
                for (scope, below) in &levels {
                    let whole = parts(&figures, code, *scope, statistic);
                    let sum = add(below.iter().map(|part| parts(&figures, code, *part, statistic)));
                    prop_assert_eq!(whole, sum, "{} {:?} {:?}", code, scope, statistic);
                }
            }
        }
    }

    #[test]
    fn the_order_of_returns_changes_nothing(now in month(), before in month(), turn in 0_usize..6) {
        let templates = templates();
        let history = history_of(&templates, &before);
        let mut batch = batch_of(&templates, &now);
        let straight = aggregate(&templates, period("2024-03"), &batch, &history, &Alone).unwrap().csv();
        batch.returns.rotate_left(turn);
        batch.returns.swap(0, 5);
        let turned = aggregate(&templates, period("2024-03"), &batch, &history, &Alone).unwrap().csv();
        prop_assert!(straight == turned);
    }

    #[test]
    fn missing_never_becomes_zero(now in month(), before in month()) {
        let templates = templates();
        let figures = figures(&templates, &now, &before);
        for (values, key) in now.iter().zip(COMMUNES) {
            for (value, code) in values.iter().zip(CODES) {
                let row = figures.by_id(&format!("{code}.unit.{key}.value")).unwrap();
                prop_assert_eq!(row.value.map(|value| value.scaled), *value);
            }
        }
        for figure in figures.iter() {
            let empty = figure.reported == 0 && !figure.statistic.counts_units();
            let year = figure.statistic == Statistic::YearToDate;
            prop_assert!(!empty || year || figure.value.is_none(), "{}", figures.id(&figure));
            prop_assert!(figure.reported <= figure.expected, "{}", figures.id(&figure));
        }
    }

    #[test]
    fn ratios_lie_between_those_of_their_parts(now in month(), before in month()) {
        let templates = templates();
        let figures = figures(&templates, &now, &before);
        let ratio = figures.subject_named("R3").unwrap();
        let get = |scope| figures.get(ratio, scope, Statistic::Ratio).and_then(|row| row.value);
        let units: Vec<i64> = (0..12)
            .filter_map(|index| get(Scope::Unit(UnitIx(index))))
            .map(|value| value.scaled)
            .collect();
        if let (Some(whole), Some(least)) = (get(Scope::Whole), units.iter().min()) {
            // Units without a denominator have no ratio, but their numerator counts.
            prop_assert!(whole.scaled >= *least);
        }
    }

    #[test]
    fn every_id_leads_back_to_its_row(now in month(), before in month()) {
        let figures = figures(&templates(), &now, &before);
        let mut last = None;
        for figure in figures.iter() {
            prop_assert_eq!(figures.by_id(&figures.id(&figure)), Some(figure.clone()));
            let key = (figure.subject, figure.scope, figure.statistic);
            prop_assert!(last < Some(key), "rows are sorted");
            last = Some(key);
        }
    }

    #[test]
    fn point_changes_stay_within_a_last_place_of_the_rounded_ratios(
        now in (0_i64..1_000_000, 1_i64..1_000_000),
        before in (0_i64..1_000_000, 1_i64..1_000_000),
    ) {
        let change = point_change(now, before, 2).unwrap().scaled;
        let ratio = |(above, below)| percent(above, below, 2).unwrap().scaled;
        prop_assert!((change - (ratio(now) - ratio(before))).abs() <= 2);
        prop_assert_eq!(point_change(before, now, 2).unwrap().scaled, -change);
    }
}

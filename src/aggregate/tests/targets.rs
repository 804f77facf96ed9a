//! Targets reached, exceeded, missed and not assigned; ranks and ties.

use super::{
    super::{
        Scope,
        samples::{Said, assign, templates, unit},
    },
    A1, check, march, v,
};
use crate::{template::Duty, validate::History};

#[test]
fn targets_are_reached_exceeded_missed_or_not_assigned() {
    let mut templates = templates();
    assign(&mut templates, &[(Some("a1"), 60), (Some("a2"), 100), (Some("b1"), 50)]);
    let said: &[Said<'_>] =
        &[A1, ("a2", &[("B08", v(99))]), ("a3", &[("B08", v(5))]), ("b2", &[("B08", v(5))])];
    let figures = march(&templates, said, &History::new());
    check(
        &figures,
        &[
            ("B11.unit.a1.value", "60 complete 1/1"),
            ("B11.unit.a3.value", "none not_applicable 0/0"),
            ("B11.whole.all.value", "210 complete 3/3"),
            ("B08.unit.a1.target_ratio", "10000 complete 1/1"),
            ("B08.unit.a1.remaining", "0 complete 1/1"),
            ("B08.unit.a2.target_ratio", "9900 complete 1/1"),
            ("B08.unit.a2.remaining", "1 complete 1/1"),
            ("B08.unit.a3.target", "none not_applicable 0/0"),
            ("B08.unit.a3.target_ratio", "none not_applicable 0/0"),
            ("B08.unit.b1.target_ratio", "none missing 0/1"),
            ("B08.parent.huyen-a.target", "160 complete 2/2"),
            ("B08.parent.huyen-a.target_ratio", "9938 complete 2/2"),
            ("B08.parent.huyen-a.target_reached", "1 complete 2/2"),
            ("B08.whole.all.target_reached", "1 partial 2/3"),
            ("R4.whole.all.ratio", "9938 partial 2/3"),
            ("R4.whole.all.target_reached", "1 partial 2/3"),
            ("R4.unit.a3.ratio", "none not_applicable 0/0"),
        ],
    );
    let b08 = figures.subject_named("B08").unwrap();
    assert_eq!(figures.units_with_target_reached(b08, Scope::Whole), [unit(&templates, "a1")]);
}

#[test]
fn the_own_target_of_the_whole_stands_before_the_sum() {
    let mut templates = templates();
    assign(&mut templates, &[(Some("a1"), 60), (None, 200)]);
    let figures = march(&templates, &[A1, ("a2", &[("B08", v(40))])], &History::new());
    check(
        &figures,
        &[
            ("B11.whole.all.value", "200 complete 1/1"),
            ("B11.group.xa.value", "60 complete 1/1"),
            ("B08.whole.all.target", "200 complete 6/6"),
            ("B08.whole.all.target_ratio", "5000 partial 2/6"),
            ("B08.whole.all.remaining", "100 partial 2/6"),
            ("R4.whole.all.ratio", "5000 partial 2/6"),
            ("R4.group.xa.ratio", "10000 complete 1/1"),
        ],
    );
}

#[test]
fn ranks_share_places_and_leave_out_who_cannot_be_ranked() {
    let mut templates = templates();
    templates.body.drafting_unit = Some("b3".to_owned());
    let at = templates.roster.find("b2").unwrap();
    templates.roster.units[at.0 as usize].duty = Duty::Cooperating;
    let with = |below, above| [("B06", v(0)), ("B07", v(below)), ("B08", v(above))];
    let (two_thirds, same) = (with(3, 2), with(6, 4));
    let (best, last) = (with(100_001, 100_000), with(9, 1));
    let said: &[Said<'_>] = &[
        ("a1", &two_thirds),
        ("a2", &best),
        ("a3", &same),
        ("b1", &last),
        ("b2", &best),
        ("b3", &best),
    ];
    let figures = march(&templates, said, &History::new());
    check(
        &figures,
        &[
            ("R3.unit.a2.rank", "1 complete 1/4"),
            ("R3.unit.a1.rank", "2 complete 1/4"),
            ("R3.unit.a3.rank", "2 complete 1/4"),
            ("R3.unit.b1.rank", "4 complete 1/4"),
            ("R3.unit.b2.rank", "none missing 0/0"),
            ("R3.unit.b3.rank", "none missing 0/0"),
            ("R3.whole.all.rank", "absent"),
            ("R1.unit.a1.rank", "absent"),
            ("R3.unit.a2.ratio", "9999 complete 1/1"),
        ],
    );
    let ranks: Vec<u32> = figures.ranking().iter().map(|(_, rank)| *rank).collect();
    assert_eq!(ranks, [1, 2, 2, 4]);
}

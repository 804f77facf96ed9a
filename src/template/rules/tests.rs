//! Every rule of the repository has the smallest figures that violate it and the smallest that do
//! not; a rule without a row fails.

use std::collections::{BTreeMap, BTreeSet};

use super::*;
use crate::template::{Templates, fixtures};

/// Code, figures that violate the rule, figures that do not. `x` is tried for every indicator.
const SAMPLES: &[(&str, &str, &str)] = &[
    ("B-01", "B02=101 B01=100", "B02=100 B01=100"),
    ("B-02", "B02=64 B01=100", "B02=65 B01=100"),
    ("B-03", "B03=106 B02=100", "B03=105 B02=100"),
    ("B-04", "B06=103 B04=100", "B06=102 B04=100"),
    ("B-05", "B07=103 B05=100", "B07=102 B05=100"),
    ("B-06", "B08=4 B06=1 B07=2", "B08=3 B06=1 B07=2"),
    ("B-07", "B09=2 B07=1", "B09=1 B07=1"),
    ("B-08", "B09=2 B08=1", "B09=1 B08=1"),
    ("B-09", "B08=3 B09=1 B06=1 B07=2", "B08=2 B09=1 B06=1 B07=2"),
    ("B-10", "B06=50 B07=56 B02=100", "B06=50 B07=55 B02=100"),
    ("B-11", "x=2 B09=1", "x=1 B09=1"),
    ("B-12", "B17=26 B02=100 B08=100", "B17=25 B02=100 B08=100"),
    ("K-01", "x=9 x_truoc=50", "x=10 x_truoc=50"),
    ("K-02", "x=99 x_truoc=100", "x=100 x_truoc=100"),
    ("K-03", "B08=106 B08_truoc=100 B10=0", "B08=105 B08_truoc=100 B10=0"),
    ("K-04", "B08=100 B08_truoc=100 B10=22", "B08=100 B08_truoc=100 B10=21"),
    ("K-05", "x=100 x_trung_vi=20", "x=99 x_trung_vi=20"),
    ("K-06", "x=4 x_trung_vi=20", "x=5 x_trung_vi=20"),
    ("K-07", "x=100 x_trung_vi=20", "x=99 x_trung_vi=20"),
    ("A-01", "A17=2 A16=1", "A17=1 A16=1"),
    ("A-02", "A18=2 A17=1", "A18=3 A17=1"),
    ("A-03", "A02=0 A03=1", "A02=0 A03=0"),
    ("A-04", "A02=1 A03=0", "A02=1 A03=1"),
    ("A-05", "A02=1 A03=4", "A02=1 A03=5"),
    ("A-06", "A04=0 A05=1", "A04=0 A05=0"),
    ("A-07", "A04=1 A05=0", "A04=1 A05=1"),
    ("A-08", "A04=1 A05=121", "A04=1 A05=120"),
    ("A-09", "A10=1 A07=0 A08=0 A09=0", "A10=1 A07=0 A08=1 A09=0"),
    ("T-01", "thon_A14=1 A14=2", "thon_A14=2 A14=2"),
    ("T-02", "thon_A17=1 A17=2", "thon_A17=2 A17=2"),
    ("T-03", "thon_A18=1 A18=2", "thon_A18=2 A18=2"),
    ("T-04", "thon_dong=1 A16=2", "thon_dong=2 A16=2"),
    ("T-05", "thon_A15=2 A15=1", "thon_A15=1 A15=1"),
    ("T-06", "thon_B10=2 B10=1", "thon_B10=1 B10=1"),
    ("T-07", "tin_bai_A04=1 A04=2", "tin_bai_A04=2 A04=2"),
    ("T-08", "tin_bai_A05=1 A05=2", "tin_bai_A05=2 A05=2"),
    ("T-09", "tin_bai_A10=2 A10=1", "tin_bai_A10=1 A10=1"),
    ("C-01", "C02=2 C01=1", "C02=1 C01=1"),
    ("C-02", "C03=1 C04=1 C02=1", "C03=1 C04=1 C02=2"),
    ("D-01", "D02=2 D01=1", "D02=1 D01=1"),
    ("D-02", "D03=2 D01=1", "D03=1 D01=1"),
    ("D-03", "D03=2 D02=1 D01=2", "D03=1 D02=1 D01=2"),
];

struct Figures(BTreeMap<String, f64>);

impl Facts for Figures {
    fn get(&self, name: &str) -> Option<f64> {
        self.0.get(name).copied()
    }
}

/// Returns the figures of `B02=101 x=3`, with the indicator at hand for `x`.
fn figures(sample: &str, at_hand: Option<&str>) -> Figures {
    let pairs = sample.split(' ').map(|pair| {
        let (name, value) = pair.split_once('=').expect("samples are pairs");
        (fact_name(name, at_hand), value.parse().expect("samples are numbers"))
    });
    Figures(pairs.collect())
}

/// Returns the violations of one rule in the figures, on the first form of the rule.
fn violations(templates: &Templates, code: &str, figures: &Figures) -> Vec<Violation> {
    let rules = &templates.rules;
    let form = &rules.list.iter().find(|rule| rule.code == code).expect("the rule exists").forms[0];
    let found = rules.evaluate(form, figures, &templates.indicators);
    found.into_iter().filter(|violation| rules.list[violation.rule].code == code).collect()
}

#[test]
fn every_rule_finds_its_bad_sample_and_passes_its_good_one() {
    let templates = fixtures::district();
    let sampled: BTreeSet<&str> = SAMPLES.iter().map(|(code, ..)| *code).collect();
    let written: BTreeSet<&str> =
        templates.rules.list.iter().map(|rule| rule.code.as_str()).collect();
    assert_eq!(sampled, written, "every rule has one row of samples");
    for (code, bad, good) in SAMPLES {
        let index = templates.rules.list.iter().position(|rule| rule.code == *code).unwrap();
        for instance in &templates.rules.compiled[index].instances {
            let at_hand = instance.at_hand.as_deref();
            let found = violations(&templates, code, &figures(bad, at_hand));
            assert_eq!(found.len(), 1, "{code} {at_hand:?} does not find {bad}");
            assert_eq!(found[0].cells, instance.cells, "{code}");
            let good = figures(good, at_hand);
            assert!(instance.facts.iter().all(|name| good.get(name).is_some()), "{code}");
            let found = violations(&templates, code, &good);
            assert_eq!(found, [], "{code} {at_hand:?} finds fault with the good sample");
        }
    }
}

#[test]
fn sentences_name_figures_as_a_secretary_writes_them() {
    let templates = fixtures::district();
    let facts = figures("B08=9999 B06=1200 B07=4500", None);
    let found = &violations(&templates, "B-06", &facts)[0];
    assert_eq!(
        found.message,
        "Tài khoản đã kích hoạt (9.999) lớn hơn tổng số tài khoản hiện có (1.200 + 4.500 = 5.700)."
    );
    assert_eq!((found.found.as_str(), found.expected.as_str()), ("9.999", "không quá 5.700"));
    let facts = figures("x=120 x_truoc=4000", Some("B08"));
    assert_eq!(
        violations(&templates, "K-01", &facts)[0].message,
        "Tài khoản đã kích hoạt (mức 1 và mức 2) chỉ còn 120 so với 4.000 kỳ trước; có thể đã ghi \
         số phát sinh thay cho lũy kế."
    );
}

#[test]
fn the_name_is_the_one_of_the_period() {
    struct On(NaiveDate);
    impl Facts for On {
        fn get(&self, name: &str) -> Option<f64> {
            ["B03", "B02"].contains(&name).then_some(if name == "B03" { 200.0 } else { 100.0 })
        }
        fn day(&self) -> Option<NaiveDate> {
            Some(self.0)
        }
    }
    let templates = fixtures::district();
    let name = |day: &str| {
        let message = Message::compile("{ten}").unwrap();
        let rules = Rules {
            list: vec![templates.rules.list[2].clone()],
            compiled: vec![Compiled {
                condition: Expression::compile("B03 <= B02", expression::Kind::Truth).unwrap(),
                message,
                expected: Message::compile("").unwrap(),
                instances: vec![Instance {
                    at_hand: None,
                    facts: vec!["B03".into(), "B02".into()],
                    cells: vec![templates.indicators.find("B03").unwrap()],
                }],
            }],
            ..Rules::default()
        };
        let facts = On(day.parse().unwrap());
        rules.evaluate("01", &facts, &templates.indicators).remove(0).message
    };
    assert_eq!(name("2024-06-14"), "Số công dân đã được cấp thẻ CCCD gắn chíp");
    assert_eq!(name("2024-07-14"), "Số công dân đã được cấp thẻ căn cước");
}

#[test]
fn missing_figures_skip_a_rule_or_count_as_zero() {
    let templates = fixtures::province();
    assert_eq!(violations(&templates, "H-01", &figures("H2=1", None)), []);
    assert_eq!(violations(&templates, "H-02", &figures("H1=0", None)).len(), 1);
    assert_eq!(violations(&templates, "H-02", &figures("N1=0", None)), [], "nothing to judge");
}

#[test]
fn an_explained_fall_is_not_also_called_a_contradiction() {
    let templates = fixtures::district();
    let facts = figures("B08=900 B08_truoc=1000 B10=20", None);
    let found = templates.rules.evaluate("01", &facts, &templates.indicators);
    let codes: Vec<&str> =
        found.iter().map(|violation| templates.rules.list[violation.rule].code.as_str()).collect();
    assert_eq!(codes, ["K-02"]);
}

#[test]
fn rules_can_be_shared_between_threads() {
    fn shared<T: Send + Sync>() {}
    shared::<Rules>();
}

/// Run with `cargo test --release -- --ignored --nocapture rules_of_the_nation`.
#[test]
#[ignore = "a measurement, not a test"]
fn rules_of_the_nation() {
    let templates = fixtures::district();
    let good: String = "B01=8000 B02=6200 B03=6000 B04=900 B05=5200 B06=800 B07=5000 B08=4300 \
                        B09=4000 B10=120 B12=3000 B13=1500 B14=1200 B15=900 B16=800 B17=1700 \
                        A02=6 A03=400 A04=30 A05=300 A07=4 A08=9 A09=12 A10=2000 A14=150 A15=220 \
                        A16=9 A17=9 A18=45 C01=210 C02=150 C03=6 C04=4 D01=22 D02=22 D03=21 \
                        thon_A14=150 thon_A15=200 thon_A17=9 thon_A18=45 thon_B10=80 thon_dong=9 \
                        B08_truoc=4190"
        .to_owned();
    let mut facts = figures(&good, None);
    for (name, value) in facts.0.clone() {
        facts.0.entry(format!("{name}_truoc")).or_insert(value);
        facts.0.insert(format!("{name}_trung_vi"), value);
    }
    let start = std::time::Instant::now();
    let found: usize = (0..10_597)
        .map(|_| templates.rules.evaluate("01", &facts, &templates.indicators).len())
        .sum();
    let seconds = start.elapsed().as_secs_f64();
    assert_eq!(found, 0);
    assert!(seconds.is_finite(), "{seconds}");
    #[expect(clippy::print_stderr, reason = "the result of a measurement")]
    {
        eprintln!("10.597 returns: {seconds:.2} s");
    }
}

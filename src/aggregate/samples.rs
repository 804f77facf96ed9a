//! Small templates, batches and histories for the tests of this room: a province with two districts
//! of three communes each and, beside them, three departments in two blocks.

use std::collections::BTreeMap;

use chrono::NaiveTime;

use crate::{
    period::Period,
    template::{
        AssignedBy, Body, Calendar, Charts, Deadlines, Derived, Duty, Forms, Group, Indicator,
        IndicatorIx, IndicatorKind, Indicators, Measure, MissingStock, PeriodConvention, Ratio,
        Roster, Rules, SignatureBlock, Target, Targets, Templates, Term, TermStatistic, Unit,
        UnitIx, Usage,
    },
    validate::{
        Batch, Discipline, History, MonthRecord, Observation, Reading, RecordedValue, Return,
        Standing, State,
    },
};

/// What a unit says: code of the indicator and what stands there.
pub(super) type Said<'a> = (&'a str, &'a [(&'a str, State)]);

pub(super) fn period(text: &str) -> Period {
    text.parse().unwrap()
}

pub(super) fn templates() -> Templates {
    let indicators = indicators();
    Templates {
        mappings: Vec::new(),
        body: body(),
        roster: Roster { units: units(), lineage: Vec::new() },
        targets: Targets::default(),
        forms: Forms::default(),
        rules: Rules::default(),
        annexes: Vec::new(),
        charts: Charts::default(),
        report: String::new(),
        hashes: BTreeMap::new(),
        indicators,
    }
}

/// Assigns targets of B11 for all of 2024; no key means the whole.
pub(super) fn assign(templates: &mut Templates, targets: &[(Option<&str>, i64)]) {
    let indicator = templates.indicators.find("B11").unwrap();
    let day = |text: &str| text.parse().unwrap();
    let mut list: Vec<Target> = templates.targets.iter().cloned().collect();
    list.extend(targets.iter().map(|(key, scaled)| Target {
        unit: key.map(|key| templates.roster.find(key).unwrap()),
        indicator,
        scaled: *scaled,
        decision: "1/QĐ".to_owned(),
        date: day("2024-01-02"),
        valid_from: day("2023-12-15"),
        valid_to: day("2024-12-14"),
        assigned_by: AssignedBy::Body,
    }));
    templates.targets = Targets::new(list);
}

pub(super) fn batch(templates: &Templates, said: &[Said<'_>]) -> Batch {
    let mut returns: Vec<Return> =
        said.iter().map(|(key, values)| unit_return(templates, key, values)).collect();
    returns.sort_by_key(|unit_return| unit_return.unit);
    Batch { returns, ..Batch::default() }
}

pub(super) fn record(templates: &Templates, said: &[(&str, &[(&str, i64)])]) -> MonthRecord {
    let values = said.iter().flat_map(|(key, values)| {
        let unit = templates.roster.find(key).unwrap();
        values.iter().map(move |(code, scaled)| RecordedValue {
            unit,
            indicator: templates.indicators.find(code).unwrap(),
            scaled: *scaled,
        })
    });
    MonthRecord { values: values.collect(), issued_as: None }
}

/// Returns a history of the month before 2024-03.
pub(super) fn february(templates: &Templates, said: &[(&str, &[(&str, i64)])]) -> History {
    [(period("2024-02"), record(templates, said))].into()
}

pub(super) fn discipline(templates: &Templates, standings: &[(&str, Standing)]) -> Vec<Discipline> {
    let deadline = "2024-03-18T16:00:00".parse().unwrap();
    standings
        .iter()
        .map(|(key, standing)| Discipline {
            unit: templates.roster.find(key).unwrap(),
            deadline,
            extended: false,
            received: None,
            signed_paper: None,
            standing: *standing,
            submission: None,
            figures_missing: 0,
            figures_expected: 0,
        })
        .collect()
}

fn unit_return(templates: &Templates, key: &str, values: &[(&str, State)]) -> Return {
    let unit = templates.roster.find(key).unwrap();
    Return {
        unit,
        period: period("2024-03"),
        form: "01".to_owned(),
        submission: 1,
        file: format!("{key}.xlsx"),
        sha256: String::new(),
        sheets: Vec::new(),
        sample: false,
        observations: values
            .iter()
            .map(|(code, state)| Observation {
                indicator: templates.indicators.find(code).unwrap(),
                measure: Measure::Value,
                state: *state,
                usage: Usage::Used,
                sheet: 0,
                cell: None,
                raw: None,
                reading: Reading::Literal,
                source: None,
            })
            .collect(),
        details: Vec::new(),
        texts: Vec::new(),
        explanations: Vec::new(),
    }
}

fn units() -> Vec<Unit> {
    let unit = |key: &str, group: &str, parent: Option<&str>| Unit {
        key: key.to_owned(),
        code: format!("0{}", key.len()),
        name: format!("UBND {key}"),
        short_name: key.to_owned(),
        group: group.to_owned(),
        block: None,
        parent: parent.map(str::to_owned),
        order: 0,
        aliases: Vec::new(),
        duty: Duty::Required,
        valid_from: None,
        valid_to: None,
        contact: String::new(),
    };
    let structural = |key, parent| Unit { duty: Duty::Structural, ..unit(key, "xa", parent) };
    let block = |key, block: &str| Unit {
        block: Some(block.to_owned()),
        ..unit(key, "phong", Some("tinh"))
    };
    vec![
        structural("tinh", None),
        structural("huyen-a", Some("tinh")),
        structural("huyen-b", Some("tinh")),
        unit("a1", "xa", Some("huyen-a")),
        unit("a2", "xa", Some("huyen-a")),
        unit("a3", "xa", Some("huyen-a")),
        unit("b1", "xa", Some("huyen-b")),
        unit("b2", "xa", Some("huyen-b")),
        unit("b3", "xa", Some("huyen-b")),
        block("p1", "chuyen-mon"),
        block("p2", "chuyen-mon"),
        Unit { duty: Duty::Cooperating, ..block("p3", "nganh-doc") },
    ]
}

fn indicators() -> Indicators {
    let list = indicator_list();
    let (ratios, derived) = (ratios(&list), derived_sums(&list));
    Indicators { sections: Vec::new(), list, ratios, derived }
}

fn at(list: &[Indicator], code: &str) -> IndicatorIx {
    let position = list.iter().position(|indicator| indicator.code == code).unwrap();
    IndicatorIx(u16::try_from(position).unwrap())
}

fn indicator_list() -> Vec<Indicator> {
    use IndicatorKind::{Flow, Stock, Tick};
    let indicator = |code: &str, kind, groups: &[&str]| Indicator {
        other_names: Vec::new(),
        code: code.to_owned(),
        section: code.chars().take(1).collect(),
        names: vec![(None, format!("Chỉ tiêu {code}"))],
        short_name: format!("chỉ tiêu {code}"),
        unit_of_count: "tài khoản".to_owned(),
        kind,
        decimals: 0,
        groups: groups.iter().map(|group| (*group).to_owned()).collect(),
        not_for: Vec::new(),
        target_of: None,
        required: true,
        optional_for: Vec::new(),
        owner: None,
        level: None,
    };
    vec![
        indicator("A02", Flow, &["xa", "phong"]),
        indicator("B02", Stock, &["xa"]),
        indicator("B06", Stock, &["xa"]),
        indicator("B07", Stock, &["xa"]),
        indicator("B08", Stock, &["xa"]),
        indicator("B10", Flow, &["xa"]),
        Indicator { target_of: Some("B08".to_owned()), ..indicator("B11", Stock, &["xa"]) },
        Indicator { not_for: vec!["p2".to_owned()], ..indicator("C01", Flow, &["xa", "phong"]) },
        indicator("E01", Tick, &["xa", "phong"]),
        Indicator { required: false, ..indicator("E01N", Flow, &["xa", "phong"]) },
    ]
}

fn ratios(list: &[Indicator]) -> Vec<Ratio> {
    let ratio = |code: &str, numerator: &[&str], denominator: &[&str]| Ratio {
        code: code.to_owned(),
        name: format!("Tỷ lệ {code}"),
        numerator: numerator.iter().map(|code| at(list, code)).collect(),
        denominator: denominator.iter().map(|code| at(list, code)).collect(),
        decimals: 2,
        of_population: false,
        of_target: false,
    };
    vec![
        Ratio { of_population: true, ..ratio("R1", &["B06", "B07"], &["B02"]) },
        ratio("R3", &["B08"], &["B06", "B07"]),
        Ratio { of_target: true, ..ratio("R4", &["B08"], &["B11"]) },
    ]
}

fn derived_sums(list: &[Indicator]) -> Vec<Derived> {
    let term = |sign, code: &str, statistic| Term { sign, indicator: at(list, code), statistic };
    let derived = |code: &str, kind, terms| Derived {
        code: code.to_owned(),
        name: format!("Số {code}"),
        unit_of_count: "tài khoản".to_owned(),
        kind,
        terms,
    };
    vec![
        derived(
            "BT",
            IndicatorKind::Stock,
            vec![term(1, "B06", TermStatistic::Value), term(1, "B07", TermStatistic::Value)],
        ),
        derived(
            "BG",
            IndicatorKind::Flow,
            vec![
                term(1, "B08", TermStatistic::Previous),
                term(1, "B10", TermStatistic::Value),
                term(-1, "B08", TermStatistic::Value),
            ],
        ),
    ]
}

fn body() -> Body {
    let group = |key: &str| Group {
        key: key.to_owned(),
        name: key.to_owned(),
        noun: key.to_owned(),
        form: "01".to_owned(),
    };
    Body {
        name: String::new(),
        superior: String::new(),
        issuer: String::new(),
        area: "tỉnh Mẫu".to_owned(),
        whole: "toàn tỉnh".to_owned(),
        place: String::new(),
        sign: String::new(),
        subject: Vec::new(),
        addressees: Vec::new(),
        opening: String::new(),
        signature: SignatureBlock {
            authority: Vec::new(),
            office: Vec::new(),
            name: String::new(),
        },
        recipients: Vec::new(),
        legal_bases: Vec::new(),
        national_figures: Vec::new(),
        convention: PeriodConvention { first_day: 15 },
        deadlines: Deadlines {
            unit_day: 16,
            unit_time: NaiveTime::MIN,
            roll: true,
            body_working_days: 2,
        },
        calendar: Calendar::default(),
        groups: vec![group("xa"), group("phong")],
        blocks: vec![
            ("chuyen-mon".to_owned(), "Cơ quan chuyên môn".to_owned()),
            ("nganh-doc".to_owned(), "Ngành dọc".to_owned()),
        ],
        names_with_digits: Vec::new(),
        missing_stock: MissingStock::Excluded,
        drafting_unit: None,
        rank_by: Some("R3".to_owned()),
        name_low_units: false,
        compare_national: false,
        names_in_sentence: 3,
        small_base: 30,
        messages: crate::template::MessageWords::default(),
    }
}

pub(super) fn unit(templates: &Templates, key: &str) -> UnitIx {
    templates.roster.find(key).unwrap()
}

//! The list of a figure's owner, such as the police's accounts by commune: the main source where the
//! templates say so, compared with what the units write, for units that sent nothing too.

use serde_json::Value;

use super::{
    facts::{Indicator, Unit, communes, indicators},
    paper::{Paper, number, text, workbook},
    style::Style,
    unseen::findings,
};
use crate::support::{MARCH, Run, Sandbox, copy, repository};

const LISTED: [&str; 2] = ["B06", "B08"];

/// A workspace in which the police own two figures.
fn workspace() -> Sandbox {
    let sandbox = Sandbox::empty();
    copy(&repository().join("templates"), &sandbox.path("templates"));
    let mut words = sandbox.text("templates/chi-tieu.toml");
    for code in LISTED {
        let of_it = format!("ma = \"{code}\"\nten =");
        assert!(words.contains(&of_it), "{code}");
        let owned = format!("ma = \"{code}\"\nnguon_chinh = \"cong-an-huyen\"\nten =");
        words = words.replace(&of_it, &owned);
    }
    sandbox.write("templates/chi-tieu.toml", words);
    sandbox
}

fn figure(unit: &Unit, code: &str) -> i64 {
    unit.figures[code].unwrap()
}

/// Returns the list of the police: a row a commune, with this much added to the first figure.
fn list(units: &[Unit], added: i64) -> Vec<Paper> {
    let mut paper = Paper::new("Tài khoản");
    paper.row(0, [Some(text("Đơn vị báo cáo:")), Some(text("Công an huyện"))]);
    paper.row(0, [Some(text("Kỳ báo cáo:")), Some(text("Tháng 3 năm 2024"))]);
    paper.blank();
    let heads = ["STT", "Xã, thị trấn", "B06", "B08", "B10", "B01"];
    paper.row(0, heads.map(|head| Some(text(head))));
    let mut sum = [0; 2];
    for (unit, position) in units.iter().zip(1..) {
        let (one, other) = (figure(unit, "B06") + added, figure(unit, "B08"));
        sum = [sum[0] + one, sum[1] + other];
        let names = [Some(number(position)), Some(text(&unit.name))];
        let cells = [one, other, 1, 1].map(|value| Some(number(value)));
        paper.row(0, names.into_iter().chain(cells));
    }
    let count = i64::try_from(units.len()).unwrap();
    let total = [sum[0], sum[1] + 5, count, count].map(|value| Some(number(value)));
    paper.row(0, [None, Some(text("Tổng cộng"))].into_iter().chain(total));
    vec![paper]
}

fn rows(sandbox: &Sandbox) -> Vec<csv::StringRecord> {
    let table = sandbox.read(&format!("output/{MARCH}/nguon-{MARCH}.csv"));
    csv::Reader::from_reader(table.as_slice()).records().map(Result::unwrap).collect()
}

fn row<'r>(rows: &'r [csv::StringRecord], unit: &str, code: &str) -> &'r csv::StringRecord {
    let mut rows = rows.iter();
    rows.find(|row| &row[1] == unit && &row[3] == code && &row[4] == "value").unwrap()
}

fn of<'f>(findings: &'f [Value], code: &str) -> Vec<&'f Value> {
    findings.iter().filter(|finding| finding["code"] == code).collect()
}

fn put_own(sandbox: &Sandbox, unit: &Unit, indicators: &[Indicator]) {
    let file = format!("input/{MARCH}/{}.xlsx", unit.key);
    sandbox.write(&file, workbook(&Style::default().papers(unit, indicators)));
}

fn run(sandbox: &Sandbox) -> Run {
    sandbox.da06(&["run", "--period", MARCH]).ends_with(1)
}

#[test]
fn the_list_is_the_source_and_the_units_figures_are_compared_with_it() {
    let (units, indicators) = (communes(), indicators());
    let sandbox = workspace();
    // The first sends its return, the second sends nothing, the third is not in the list.
    put_own(&sandbox, &units[0], &indicators);
    put_own(&sandbox, &units[2], &indicators);
    let listed: Vec<Unit> = [&units[0], &units[1], &units[3]].map(Clone::clone).to_vec();
    sandbox.write(&format!("input/{MARCH}/danh sach CAH.xlsx"), workbook(&list(&listed, 3)));
    let _ended = run(&sandbox);
    let rows = rows(&sandbox);
    for unit in [&units[0], &units[1]] {
        let row = row(&rows, &unit.key, "B06");
        assert_eq!(row[6], (figure(unit, "B06") + 3).to_string(), "{}", unit.key);
        assert_eq!(&row[12], &format!("{MARCH}/danh sach CAH.xlsx"));
        assert_eq!(&row[13], "Tài khoản");
        assert!(row[14].starts_with('C'), "{}", &row[14]);
    }
    let own = row(&rows, &units[2].key, "B06");
    assert_eq!(&own[12], &format!("{MARCH}/{}.xlsx", units[2].key), "its own figure stands");
    assert_eq!(own[6], figure(&units[2], "B06").to_string());
    let a05 = row(&rows, &units[0].key, "A05");
    assert_eq!(&a05[12], &format!("{MARCH}/{}.xlsx", units[0].key), "not owned by anyone");
    let found = findings(&sandbox);
    let differs = of(&found, "DA06-S62");
    assert_eq!(differs.len(), 1, "{differs:?}");
    let message = differs[0]["message"].as_str().unwrap();
    assert!(message.contains("danh sach CAH.xlsx") && message.contains("Công an huyện"));
    assert_eq!(differs[0]["unit"], units[0].key.as_str());
    assert!(
        of(&found, "DA06-S17").is_empty(),
        "what follows from the difference is not said twice"
    );
    let instead = of(&found, "DA06-S66");
    assert!(instead.iter().any(|finding| finding["unit"] == units[1].key.as_str()));
    let missing = of(&found, "DA06-N01");
    assert!(missing.iter().any(|finding| finding["unit"] == units[1].key.as_str()));
    let lacking = of(&found, "DA06-S65");
    assert!(lacking.iter().any(|finding| finding["unit"] == units[2].key.as_str()));
    assert_eq!(of(&found, "DA06-S67").len(), 1, "B01 and B10 are not taken from the list");
    let totals = of(&found, "DA06-T19");
    assert_eq!(totals.len(), 1, "{totals:?}");
    assert_eq!(totals[0]["indicator"], "B08");
    sandbox
        .da06(&["trace", &format!("{} B06", units[1].name), "--period", MARCH])
        .ends_with(0)
        .says(&["danh sach CAH.xlsx"]);
    let manifest: Value =
        serde_json::from_slice(&sandbox.read(&format!("output/{MARCH}/manifest.json"))).unwrap();
    let manifest = manifest.to_string();
    assert!(manifest.contains("danh sach CAH.xlsx"), "{manifest}");
}

#[test]
fn a_later_list_replaces_an_earlier_one_and_two_of_equal_right_count_for_nothing() {
    let (units, indicators) = (communes(), indicators());
    let sandbox = workspace();
    put_own(&sandbox, &units[0], &indicators);
    let with_submission = |added: i64, submission: &str| {
        let mut papers = list(&units[..2], added);
        papers[0].put(1, 4, text("Lần gửi:"));
        papers[0].put(1, 5, text(submission));
        papers[0].next = 0;
        workbook(&papers)
    };
    sandbox.write(&format!("input/{MARCH}/CAH 1.xlsx"), with_submission(3, "1"));
    sandbox.write(&format!("input/{MARCH}/CAH 2.xlsx"), with_submission(4, "2"));
    let _ended = run(&sandbox);
    let expected = (figure(&units[0], "B06") + 4).to_string();
    assert_eq!(row(&rows(&sandbox), &units[0].key, "B06")[6], expected);
    sandbox.write(&format!("input/{MARCH}/CAH 3.xlsx"), with_submission(9, "2"));
    let _ended = run(&sandbox);
    let own = figure(&units[0], "B06").to_string();
    assert_eq!(row(&rows(&sandbox), &units[0].key, "B06")[6], own);
    assert_eq!(of(&findings(&sandbox), "DA06-S63").len(), 2, "one of each commune");
}

#[test]
fn a_list_that_counts_in_thousands_is_asked_about_and_counts_for_nobody() {
    let (units, indicators) = (communes(), indicators());
    let sandbox = workspace();
    put_own(&sandbox, &units[0], &indicators);
    let mut papers = list(&units[..2], 3);
    papers[0].put(2, 0, text("Đơn vị tính: nghìn tài khoản"));
    sandbox.write(&format!("input/{MARCH}/CAH.xlsx"), workbook(&papers));
    let _ended = run(&sandbox);
    let rows = rows(&sandbox);
    let own = row(&rows, &units[0].key, "B06");
    assert_eq!(own[6], figure(&units[0], "B06").to_string(), "the commune's own");
    let is_of_other = |row: &&csv::StringRecord| row[1] == units[1].key && !row[6].is_empty();
    assert_eq!(rows.iter().find(is_of_other), None, "nothing of the list");
    let found = findings(&sandbox);
    let said = of(&found, "DA06-T57");
    assert!(!said.is_empty());
    for one in said {
        assert!(one["message"].as_str().unwrap().contains("nghìn tài khoản"), "{one}");
    }
}

#[test]
fn an_owner_that_is_no_unit_is_a_fault_of_the_templates() {
    let sandbox = workspace();
    let words = sandbox.text("templates/chi-tieu.toml").replace("\"cong-an-huyen\"", "\"cong-an\"");
    sandbox.write("templates/chi-tieu.toml", words);
    sandbox.da06(&["check", "--period", MARCH]).ends_with(2).says(&[
        "chi-tieu.toml",
        "cong-an-huyen",
        "B06",
    ]);
}

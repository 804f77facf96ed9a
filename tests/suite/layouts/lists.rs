//! Foreign heads over tables with the indicators across and in files of many units: asked about,
//! accepted once, read without asking afterwards. Totals of units' columns, months side by side.

use super::{
    facts::{Indicator, Unit, communes, indicators},
    others::{plain, started},
    paper::{Cell, Paper, number, text, workbook},
    taken,
    unseen::findings,
};
use crate::support::{MARCH, Sandbox, copy, repository};

/// Three indicators under words of the unit's own, and what is expected of them.
const FOREIGN: [(&str, &str); 3] = [
    ("B06", "Tài khoản định danh cấp độ 1 hiện có"),
    ("A05", "Thời lượng phát thanh (số phút đã phát)"),
    ("C02", "Trong đó hồ sơ nhận trực tuyến của xã"),
];

fn workspace() -> Sandbox {
    let sandbox = Sandbox::empty();
    copy(&repository().join("templates"), &sandbox.path("templates"));
    sandbox
}

fn head(indicator: &Indicator) -> Cell {
    let foreign = FOREIGN.iter().find(|(code, _)| *code == indicator.code);
    text(foreign.map_or(indicator.code.as_str(), |(_, words)| words))
}

fn name(indicator: &Indicator) -> Cell {
    let foreign = FOREIGN.iter().find(|(code, _)| *code == indicator.code);
    text(foreign.map_or(indicator.name.as_str(), |(_, words)| words))
}

fn figure(unit: &Unit, indicator: &Indicator) -> Option<Cell> {
    unit.figures[&indicator.code].map(number)
}

/// One unit's own table: a row of heads, a row of figures.
fn own(unit: &Unit, all: &[Indicator]) -> Vec<Paper> {
    let mut paper = started(unit, "Bảng số liệu");
    let heads = plain(all).map(|one| Some(head(one)));
    paper.row(0, std::iter::once(Some(text("Kết quả"))).chain(heads));
    let figures = plain(all).map(|one| figure(unit, one));
    paper.row(0, std::iter::once(Some(text("Trong kỳ"))).chain(figures));
    vec![paper]
}

fn of_many(name: &str) -> Paper {
    let mut paper = Paper::new(name);
    paper.row(0, [Some(text("Kỳ báo cáo:")), Some(text("Tháng 3 năm 2024"))]);
    paper.blank();
    paper
}

/// A row a unit.
fn rows(units: &[Unit], all: &[Indicator]) -> Vec<Paper> {
    let mut paper = of_many("Tổng hợp");
    let heads = plain(all).map(|one| Some(head(one)));
    paper.row(0, [Some(text("STT")), Some(text("Xã, thị trấn"))].into_iter().chain(heads));
    for (unit, position) in units.iter().zip(1..) {
        let figures = plain(all).map(|one| figure(unit, one));
        paper.row(0, [Some(number(position)), Some(text(&unit.name))].into_iter().chain(figures));
    }
    vec![paper]
}

/// A column a unit, with a column of totals that is wrong in its first row by this much.
fn columns(units: &[Unit], all: &[Indicator], wrong_by: i64) -> Vec<Paper> {
    let mut paper = of_many("Tổng hợp");
    let names = units.iter().map(|unit| Some(text(&unit.name)));
    let heads = [Some(text("STT")), Some(text("Chỉ tiêu"))].into_iter().chain(names);
    paper.row(0, heads.chain([Some(text("Tổng cộng"))]));
    for (indicator, position) in plain(all).zip(1..) {
        let figures = units.iter().map(|unit| figure(unit, indicator));
        let sum: i64 = units.iter().filter_map(|unit| unit.figures[&indicator.code]).sum();
        let sum = if position == 1 { sum + wrong_by } else { sum };
        let row = [Some(number(position)), Some(name(indicator))].into_iter().chain(figures);
        paper.row(0, row.chain([Some(number(sum))]));
    }
    vec![paper]
}

/// A sheet a unit.
fn sheets(units: &[Unit], all: &[Indicator]) -> Vec<Paper> {
    let sheet = |(unit, position): (&Unit, usize)| {
        let mut paper = own(unit, all).remove(0);
        paper.name = format!("Trang {position}");
        paper
    };
    units.iter().zip(1..).map(sheet).collect()
}

/// Checks that every figure of the units is right, but for those of the given indicators, which are
/// not read.
fn check(sandbox: &Sandbox, units: &[Unit], all: &[Indicator], unread: &[&str], how: &str) {
    let _ended = sandbox.da06(&["run", "--period", MARCH]);
    let taken = taken(sandbox);
    for unit in units {
        let read = taken.get(&unit.key).unwrap_or_else(|| panic!("{how}: nothing of {}", unit.key));
        for indicator in plain(all) {
            let code = indicator.code.as_str();
            let expected = unit.figures[code].filter(|_| !unread.contains(&code));
            assert_eq!(read.get(code).copied(), expected, "{how}: {} {code}", unit.key);
        }
    }
}

type Write = fn(&[Unit], &[Indicator]) -> Vec<Paper>;

#[test]
fn foreign_heads_are_asked_about_accepted_once_and_known_again() {
    let (units, all) = (communes(), indicators());
    let ways: [(&str, Write); 4] = [
        ("across", |units, all| own(&units[0], all)),
        ("a row a unit", rows),
        ("a column a unit", |units, all| columns(units, all, 0)),
        ("a sheet a unit", sheets),
    ];
    for (how, write) in ways {
        let sandbox = workspace();
        let count = if how == "across" { 1 } else { 5 };
        let (first, second) = (&units[..count], &units[6..6 + count.max(2) - 1]);
        let file = format!("{MARCH}/a.xlsx");
        sandbox.write(&format!("input/{file}"), workbook(&write(first, &all)));
        check(&sandbox, first, &all, &FOREIGN.map(|(code, _)| code), how);
        sandbox.da06(&["check", "--period", MARCH]).says(&["DA06-T50", "da06 map"]);
        sandbox.da06(&["map", &file]).ends_with(1).says(&["CHƯA", "B06", "A05", "C02"]);
        sandbox.da06(&["map", &file, "--accept"]).ends_with(0).says(&["ánh xạ đã duyệt"]);
        check(&sandbox, first, &all, &[], how);
        // Other units under the same heads: nobody asks again.
        sandbox.write(&format!("input/{MARCH}/b.xlsx"), workbook(&write(second, &all)));
        check(&sandbox, second, &all, &[], how);
        sandbox.da06(&["map", &file, "--undo"]).ends_with(1).says(&["đã xóa"]);
        check(&sandbox, first, &all, &FOREIGN.map(|(code, _)| code), how);
    }
}

#[test]
fn a_table_of_foreign_heads_alone_is_mapped_by_hand() {
    let (units, all) = (communes(), indicators());
    let sandbox = workspace();
    let mut paper = of_many("Danh sách");
    let heads = ["STT", "Đơn vị", "Cột một", "Cột hai"].map(|words| Some(text(words)));
    paper.row(0, heads);
    for (unit, position) in units[..4].iter().zip(1..) {
        let cells = ["B08", "B10"].map(|code| unit.figures[code].map(number));
        paper.row(0, [Some(number(position)), Some(text(&unit.name))].into_iter().chain(cells));
    }
    let file = format!("{MARCH}/a.xlsx");
    sandbox.write(&format!("input/{file}"), workbook(&[paper]));
    let _ended = sandbox.da06(&["run", "--period", MARCH]);
    assert!(taken(&sandbox).is_empty(), "nothing is guessed");
    let set = ["map", &file, "--set", "cột C=B08", "--set", "cột D=B10"];
    sandbox.da06(&set).ends_with(0).says(&["ánh xạ đã duyệt", "số của đơn vị có tên"]);
    let none: Vec<&str> = plain(&all).map(|one| one.code.as_str()).collect();
    let unread: Vec<&str> =
        none.into_iter().filter(|code| !["B08", "B10"].contains(code)).collect();
    check(&sandbox, &units[..4], &all, &unread, "by hand");
}

#[test]
fn a_total_of_units_columns_is_checked() {
    let (units, all) = (communes(), indicators());
    for (wrong_by, expected) in [(0, 0), (7, 1)] {
        let sandbox = workspace();
        sandbox.write(
            &format!("input/{MARCH}/a.xlsx"),
            workbook(&columns(&units[..5], &all, wrong_by)),
        );
        let found = findings(&sandbox);
        let totals = found.iter().filter(|finding| finding["code"] == "DA06-T19").count();
        assert_eq!(totals, expected, "wrong by {wrong_by}");
    }
}

#[test]
fn two_indicators_over_rows_of_units_are_a_list() {
    let (units, all) = (communes(), indicators());
    let sandbox = workspace();
    let few: Vec<Indicator> =
        all.iter().filter(|one| ["B08", "B10"].contains(&one.code.as_str())).cloned().collect();
    sandbox.write(&format!("input/{MARCH}/a.xlsx"), workbook(&rows(&units[..3], &few)));
    check(&sandbox, &units[..3], &few, &[], "two indicators");
}

#[test]
fn months_side_by_side_over_indicators_across_are_told_apart() {
    let (units, all) = (communes(), indicators());
    let unit = &units[0];
    for (groups, is_read) in
        [(["Tháng 2", "Tháng 3"], true), (["Kỳ trước", "Trong kỳ"], true), (["Quý", "Đợt"], false)]
    {
        let sandbox = workspace();
        let mut paper = started(unit, "Bảng số liệu");
        let count = u16::try_from(plain(&all).count()).unwrap();
        let top = paper.next;
        for (place, group) in (0..).zip(groups) {
            paper.put(top, 1 + place * count, text(group));
            paper.merged.push((top, 1 + place * count, top, (place + 1) * count));
        }
        let codes = || plain(&all).map(|one| Some(text(&one.code)));
        paper.row(0, std::iter::once(Some(text("Kết quả"))).chain(codes()).chain(codes()));
        let before = plain(&all).map(|one| Some(number(unit.figures[&one.code].unwrap_or(0) + 9)));
        let now = plain(&all).map(|one| figure(unit, one));
        paper.row(0, std::iter::once(Some(text("Số liệu"))).chain(before).chain(now));
        sandbox.write(&format!("input/{MARCH}/a.xlsx"), workbook(&[paper]));
        let _ended = sandbox.da06(&["run", "--period", MARCH]);
        let taken = taken(&sandbox);
        for indicator in plain(&all) {
            let read = taken.get(&unit.key).and_then(|read| read.get(&indicator.code)).copied();
            let expected = unit.figures[&indicator.code].filter(|_| is_read);
            assert_eq!(read, expected, "{groups:?}: {}", indicator.code);
        }
    }
}

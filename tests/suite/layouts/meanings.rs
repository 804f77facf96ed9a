//! Numbers that mean something else in tables with the indicators across and in lists of many units: in
//! thousands, of a quarter, planned.

use super::{
    Layout,
    facts::{Indicator, Unit, communes, indicators},
    layout,
    others::{self, Consolidated, across, plain},
    paper::{Cell, Paper, text, workbook},
    score, taken,
};
use crate::support::{MARCH, Sandbox, copy, repository};

/// Layouts with the indicators across whose numbers mean something else.
pub fn layouts() -> Vec<Layout> {
    vec![
        layout("across, counted in thousands by title", 0, |unit, all| {
            said(in_thousands(across(unit, all, false, false)), "Bảng số liệu", "ĐVT: 1.000")
        }),
        layout("across, counted in thousands by a row of units", 0, |unit, all| {
            let mut papers = in_thousands(across(unit, all, true, false));
            let units = plain(all).map(|one| Some(text(format!("nghìn {}", one.unit_of_count))));
            insert_row(&mut papers[0], std::iter::once(Some(text("ĐVT"))).chain(units));
            papers
        }),
        layout("across, a quarter by title", 40, |unit, all| {
            let papers = across(&of_quarter(unit, all), all, false, false);
            said(papers, "Bảng số liệu", "Số liệu quý I/2024")
        }),
        layout("across, a row of a plan", 0, |unit, all| {
            said(in_thousands(across(unit, all, false, false)), "Trong kỳ", "Kế hoạch")
        }),
        layout("across, a row of the month before", 0, |unit, all| {
            said(in_thousands(across(unit, all, true, false)), "Trong kỳ", "Kỳ trước")
        }),
        layout("across, a row of a stock's words", 40, |unit, all| {
            said(across(&of_quarter(unit, all), all, false, false), "Trong kỳ", "Đến hết 14/3")
        }),
    ]
}

/// Sheets in which other words stand.
fn said(mut papers: Vec<Paper>, words: &str, other: &str) -> Vec<Paper> {
    for cell in papers.iter_mut().flat_map(|paper| paper.cells.values_mut()) {
        if *cell == text(words) {
            *cell = text(other);
        }
    }
    papers
}

/// Sheets with other numbers, as if they were counted otherwise.
fn in_thousands(mut papers: Vec<Paper>) -> Vec<Paper> {
    for cell in papers.iter_mut().flat_map(|paper| paper.cells.values_mut()) {
        if let Cell::Number(one) = cell {
            *one = (*one / 10.0).floor() + 1.0;
        }
    }
    papers
}

/// A unit whose flows are of more than the month.
fn of_quarter(unit: &Unit, all: &[Indicator]) -> Unit {
    let mut unit = unit.clone();
    for one in all.iter().filter(|one| !one.stock) {
        for figure in unit.figures.get_mut(&one.code).into_iter().flatten() {
            *figure = 3 * *figure + 1;
        }
    }
    unit
}

/// Puts a row before the last.
fn insert_row(paper: &mut Paper, cells: impl Iterator<Item = Option<Cell>>) {
    let last = paper.next - 1;
    let moved: Vec<((u32, u16), Cell)> =
        paper.cells.range((last, 0)..).map(|(place, cell)| (*place, cell.clone())).collect();
    paper.cells.retain(|(row, _), _| *row < last);
    paper.next = last;
    paper.row(0, cells);
    for ((row, column), cell) in moved {
        paper.put(row + 1, column, cell);
    }
}

#[test]
fn lists_of_many_units_that_mean_something_else_are_asked_about() {
    let (units, all) = (communes(), indicators());
    let titles = ["Đơn vị tính: 1.000 tài khoản", "KẾ HOẠCH NĂM 2024"];
    let ways = [Consolidated::Rows, Consolidated::Columns];
    for (how, title) in ways.into_iter().flat_map(|how| titles.map(|title| (how, title))) {
        let sandbox = Sandbox::empty();
        copy(&repository().join("templates"), &sandbox.path("templates"));
        let papers = others::consolidated(&units, &all, how);
        let papers = in_thousands(said(papers, "TỔNG HỢP SỐ LIỆU CÁC XÃ, THỊ TRẤN", "Danh sách"));
        let papers = titled(papers, title);
        sandbox.write(&format!("input/{MARCH}/tong hop.xlsx"), workbook(&papers));
        let _ended = sandbox.da06(&["run", "--period", MARCH]);
        let taken = taken(&sandbox);
        for unit in &units {
            let score = score(unit, &all, &papers, taken.get(&unit.key));
            assert_eq!(
                (score.right, score.wrong),
                (0, Vec::new()),
                "{how:?} {title}: {}",
                unit.key
            );
        }
        let check = sandbox.da06(&["check", "--period", MARCH, "--json"]);
        let found: Vec<serde_json::Value> = serde_json::from_str(&check.stdout).unwrap();
        let asked = found.iter().filter(|one| one["code"] == "DA06-T57").count();
        assert_eq!(asked, units.len(), "{how:?} {title}: each unit is asked once");
    }
}

/// Sheets with a title right above the head.
fn titled(mut papers: Vec<Paper>, title: &str) -> Vec<Paper> {
    for paper in &mut papers {
        let moved = std::mem::take(&mut paper.cells).into_iter();
        paper.cells = moved
            .map(|((row, column), cell)| ((if row < 2 { row } else { row + 1 }, column), cell))
            .collect();
        paper.put(2, 0, text(title));
    }
    papers
}

#[test]
fn heads_and_names_in_thousands_are_asked_about() {
    let (units, all) = (communes(), indicators());
    let unit = &units[0];
    let dressed: Vec<Indicator> = all
        .iter()
        .map(|one| {
            let unit_of_count = &one.unit_of_count;
            let name = format!("{} (nghìn {unit_of_count})", one.name);
            Indicator { name, ..one.clone() }
        })
        .collect();
    let mut across = across(unit, &all, false, false);
    let codes: Vec<&str> = plain(&all).map(|one| one.code.as_str()).collect();
    for cell in across[0].cells.values_mut() {
        if let Cell::Text(words) = cell
            && codes.contains(&words.as_str())
        {
            *cell = text(format!("{words} (nghìn)"));
        }
    }
    let below = super::style::Style::default().papers(unit, &dressed);
    for papers in [in_thousands(across), in_thousands(below)] {
        let sandbox = Sandbox::empty();
        copy(&repository().join("templates"), &sandbox.path("templates"));
        sandbox.write(&format!("input/{MARCH}/a.xlsx"), workbook(&papers));
        let _ended = sandbox.da06(&["run", "--period", MARCH]);
        let score = score(unit, &all, &papers, taken(&sandbox).get(&unit.key));
        assert_eq!((score.right, score.wrong), (0, Vec::new()));
        sandbox.da06(&["check", "--period", MARCH]).says(&["DA06-T57"]);
    }
}

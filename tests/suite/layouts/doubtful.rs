//! Codes and heads that may be read in two ways: what words beside them settle is read, the rest is asked
//! about.

use super::{
    Layout, bent,
    facts::{Indicator, Unit},
    layout,
    paper::{Cell, Paper, number, text},
    style::{
        Holds::{self, Code, Name, Ordinal, Previous, UnitOfCount, Value},
        Style,
    },
};

/// Layouts with codes in another dress, codes and names that disagree, and heads that are alike.
pub fn layouts() -> Vec<Layout> {
    let coded = |code: fn(&Indicator) -> String| Style { code, ..Style::default() };
    let alike = |before: &'static str, value: &'static str| {
        let columns: [(Holds, &'static str); 4] =
            [(Code, "Mã"), (Name, "Chỉ tiêu"), (Previous, before), (Value, value)];
        Style::columns(&columns, &columns)
    };
    vec![
        bent("codes without their zeros", 100, coded(|one| without_zeros(&one.code))),
        bent("codes with O for 0", 100, coded(|one| one.code.replacen('0', "O", 1))),
        bent("codes in brackets", 100, coded(|one| format!("({})", one.code))),
        bent("codes in letters that only look Latin", 100, coded(|one| cyrillic(&one.code))),
        bent("ordinals in the place of codes", 100, coded(|one| one.code.split_at(1).1.to_owned())),
        bent("names in letters that only look Latin", 100, named(|one| cyrillic(&one.name))),
        bent("two columns of the same head", 0, alike("Kỳ này", "Kỳ này")),
        bent("two heads that may both be it", 0, alike("Kết quả", "Thực hiện")),
        layout("codes moved by a row", 0, moved_codes),
    ]
}

/// Layouts under the right heads whose numbers mean something else.
pub fn other_meanings() -> Vec<Layout> {
    let valued = |value: fn(&Indicator, i64) -> Cell| Style { value, ..Style::default() };
    vec![
        layout("counted in thousands by row", 0, |unit, all| {
            in_thousands(unit, all, |words| format!("nghìn {words}"), |_| None)
        }),
        layout("counted in thousands by title", 0, |unit, all| {
            in_thousands(unit, all, str::to_owned, |words| {
                words.starts_with("Phần 1").then(|| "(Đơn vị tính: nghìn)".to_owned())
            })
        }),
        layout("a thôn in the name of the sheet", 0, |unit, all| {
            let papers = Style::default().papers(unit, all).into_iter();
            halved(papers.map(|paper| Paper { name: "Thôn Đông".to_owned(), ..paper }).collect())
        }),
        layout("a table of the year so far", 40, move |unit, all| {
            let style = valued(|one, value| number(if one.stock { value } else { 3 * value + 1 }));
            retitled(style.papers(unit, all), "Phần 1. Lũy kế từ đầu năm 2024")
        }),
        layout("a table of a plan", 40, move |unit, all| {
            let style = valued(|one, value| number(if one.stock { value } else { value + 100 }));
            retitled(style.papers(unit, all), "KẾ HOẠCH THÁNG 4 NĂM 2024")
        }),
        layout("two sheets of half a unit each", 0, two_halves),
        bent(
            "two numbers below each other",
            0,
            valued(|_, value| text(format!("{value}\n{}", value + 4))),
        ),
    ]
}

/// The form counted in thousands; `unit` and `title` say so in its words.
fn in_thousands(
    unit: &Unit,
    indicators: &[Indicator],
    of_row: fn(&str) -> String,
    title: fn(&str) -> Option<String>,
) -> Vec<Paper> {
    let style = Style { value: |_, value| number(value / 1000), ..Style::default() };
    let mut papers = style.papers(unit, indicators);
    let is_unit = |words: &str| indicators.iter().any(|one| one.unit_of_count == words);
    for cell in papers.iter_mut().flat_map(|paper| paper.cells.values_mut()) {
        let Cell::Text(words) = cell else { continue };
        if is_unit(words) {
            *words = of_row(words);
        } else if let Some(title) = title(words) {
            *words = title;
        }
    }
    papers
}

/// Sheets with half of each number beyond a few.
fn halved(mut papers: Vec<Paper>) -> Vec<Paper> {
    for cell in papers.iter_mut().flat_map(|paper| paper.cells.values_mut()) {
        if let Cell::Number(one) = cell
            && *one > 1.0
        {
            *one = (*one / 2.0).floor();
        }
    }
    papers
}

/// The form in two sheets of about half of each number.
fn two_halves(unit: &Unit, indicators: &[Indicator]) -> Vec<Paper> {
    let of_sheet = |name: &str| {
        let halves = halved(Style::default().papers(unit, indicators)).into_iter();
        halves.map(|paper| Paper { name: name.to_owned(), ..paper }).collect::<Vec<_>>()
    };
    let (mut papers, mut others) = (of_sheet("Đông"), of_sheet("Đoài"));
    for cell in others.iter_mut().flat_map(|paper| paper.cells.values_mut()) {
        if let Cell::Number(one) = cell
            && *one > 40.0
        {
            *one += 1.0;
        }
    }
    papers.append(&mut others);
    papers
}

/// Sheets with another title above the flows.
fn retitled(mut papers: Vec<Paper>, title: &str) -> Vec<Paper> {
    for cell in papers.iter_mut().flat_map(|paper| paper.cells.values_mut()) {
        if matches!(cell, Cell::Text(words) if words.starts_with("Phần 1")) {
            *cell = text(title);
        }
    }
    papers
}

fn named(name: fn(&Indicator) -> String) -> Style {
    let columns =
        |value| vec![(Ordinal, "STT"), (Name, "Chỉ tiêu"), (UnitOfCount, "ĐVT"), (Value, value)];
    let (flows, stocks) = (columns("Trong kỳ"), columns("Đến hết 14/3"));
    Style { flows, stocks, name, ..Style::default() }
}

fn without_zeros(code: &str) -> String {
    let (letter, number) = code.split_at(1);
    format!("{letter}{}", number.trim_start_matches('0'))
}

fn cyrillic(words: &str) -> String {
    let pairs =
        [('A', 'А'), ('B', 'В'), ('C', 'С'), ('a', 'а'), ('o', 'о'), ('c', 'с'), ('p', 'р')];
    let letter =
        |one| pairs.iter().find(|(latin, _)| *latin == one).map_or(one, |(_, other)| *other);
    words.chars().map(letter).collect()
}

/// The form of which the column of codes slipped down by one row.
fn moved_codes(unit: &Unit, indicators: &[Indicator]) -> Vec<Paper> {
    let mut papers = Style::default().papers(unit, indicators);
    let is_code = |cell: &Cell| indicators.iter().any(|one| *cell == text(&one.code));
    for paper in &mut papers {
        let places: Vec<(u32, u16)> =
            paper.cells.iter().filter(|(_, cell)| is_code(cell)).map(|(place, _)| *place).collect();
        let mut codes: Vec<Cell> = places.iter().map(|place| paper.cells[place].clone()).collect();
        codes.rotate_right(1);
        paper.cells.extend(places.into_iter().zip(codes));
    }
    papers
}

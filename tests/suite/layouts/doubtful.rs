//! Codes and heads that may be read in two ways: what words beside them settle is read, the rest is asked
//! about.

use super::{
    Layout, bent,
    facts::{Indicator, Unit},
    layout,
    paper::{Cell, Paper, text},
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

//! Layouts that are no bent form: months side by side, indicators across, one row a thôn, both
//! parts in one table, a table twice, values in merged areas.

#![expect(clippy::fn_params_excessive_bools, reason = "a layout is a few yes and no")]

use super::{
    Layout,
    facts::{Indicator, Unit},
    layout,
    paper::{Cell, Paper, number, text},
    style::{Fields, Style},
};

/// Layouts that are no bent form.
pub fn layouts() -> Vec<Layout> {
    vec![
        layout("months side by side", 100, |unit, all| {
            months(unit, all, &["Tháng 1", "Tháng 2", "Tháng 3"], 2)
        }),
        layout("months with the year", 100, |unit, all| {
            months(unit, all, &["T1/2024", "T2/2024", "T3/2024"], 2)
        }),
        layout("months, latest first", 100, |unit, all| {
            months(unit, all, &["Tháng 3/2024", "Tháng 2/2024", "Tháng 1/2024"], 0)
        }),
        layout("month before beside the month", 100, |unit, all| {
            months(unit, all, &["Tháng 02", "Tháng 03"], 1)
        }),
        layout("months without this one", 0, |unit, all| {
            months(unit, all, &["Tháng 1", "Tháng 2"], 9)
        }),
        layout("codes across", 100, |unit, all| across(unit, all, false, false)),
        layout("names across", 100, |unit, all| across(unit, all, true, false)),
        layout("codes across, two rows", 100, |unit, all| across(unit, all, false, true)),
        layout("names across, two rows", 100, |unit, all| across(unit, all, true, true)),
        layout("a row a thôn with a total", 100, |unit, all| villages(unit, all, true)),
        layout("a row a thôn without a total", 0, |unit, all| villages(unit, all, false)),
        layout("one part, one column", 0, |unit, all| one_part(unit, all, &["Kết quả"], true)),
        layout("one part, this period", 100, |unit, all| one_part(unit, all, &["Kỳ này"], true)),
        layout("one part, two columns", 100, |unit, all| {
            one_part(unit, all, &["Trong kỳ", "Lũy kế"], true)
        }),
        layout("one part, no codes", 100, |unit, all| {
            one_part(unit, all, &["Trong kỳ", "Lũy kế đến hết kỳ"], false)
        }),
        layout("the form twice, the same", 100, |unit, all| twice(unit, all, 0)),
        layout("the form twice, other values", 0, |unit, all| twice(unit, all, 3)),
        layout("values in merged areas", 100, merged_values),
        layout("a hidden row", 90, |unit, all| hidden(unit, all, true)),
        layout("a hidden column", 100, |unit, all| hidden(unit, all, false)),
    ]
}

pub fn value(unit: &Unit, code: &str) -> Option<i64> {
    unit.figures.get(code).copied().flatten()
}

fn before(unit: &Unit, code: &str) -> Option<i64> {
    unit.previous.get(code).copied().flatten()
}

pub fn started(unit: &Unit, title: &str) -> Paper {
    let mut paper = Paper::new("Sheet1");
    Style::default().head_of_form(&mut paper, unit);
    paper.line(0, title);
    paper
}

pub fn plain(indicators: &[Indicator]) -> impl Iterator<Item = &Indicator> {
    indicators.iter().filter(|indicator| !indicator.tick)
}

/// Months side by side under these heads; `now` is the place of March.
pub fn months(unit: &Unit, indicators: &[Indicator], heads: &[&str], now: usize) -> Vec<Paper> {
    let mut paper = started(unit, "Số liệu các tháng");
    let words = ["STT", "Mã", "Chỉ tiêu", "ĐVT"];
    paper.row(0, words.iter().chain(heads).map(|word| Some(text(*word))));
    for (indicator, position) in plain(indicators).zip(1..) {
        let names = [
            Some(number(position)),
            Some(text(&indicator.code)),
            Some(text(&indicator.name)),
            Some(text(&indicator.unit_of_count)),
        ];
        let cells = (0..heads.len()).map(|place| match place {
            place if place == now => value(unit, &indicator.code).map(number),
            _ => before(unit, &indicator.code).map(|value| number(value + 1)),
        });
        paper.row(0, names.into_iter().chain(cells));
    }
    vec![paper]
}

/// Indicators across, under codes or names, and one row of values a month.
pub fn across(unit: &Unit, indicators: &[Indicator], named: bool, two_rows: bool) -> Vec<Paper> {
    let mut paper = started(unit, "Bảng số liệu");
    let head =
        |indicator: &Indicator| Some(text(if named { &indicator.name } else { &indicator.code }));
    paper.row(0, std::iter::once(Some(text("Nội dung"))).chain(plain(indicators).map(head)));
    let row = |label: &str, figure: &dyn Fn(&str) -> Option<i64>| -> Vec<Option<Cell>> {
        let cells = plain(indicators).map(|indicator| figure(&indicator.code).map(number));
        std::iter::once(Some(text(label))).chain(cells).collect()
    };
    if two_rows {
        paper.row(0, row("Kỳ trước", &|code| before(unit, code)));
    }
    paper.row(0, row("Trong kỳ", &|code| value(unit, code)));
    vec![paper]
}

/// One row a thôn with indicators across; the figure of the commune is in the total row.
pub fn villages(unit: &Unit, indicators: &[Indicator], total: bool) -> Vec<Paper> {
    let mut paper = started(unit, "Số liệu theo thôn");
    let heads = plain(indicators).map(|indicator| Some(text(&indicator.code)));
    paper.row(0, [Some(text("STT")), Some(text("Thôn"))].into_iter().chain(heads));
    let thirds = |code: &str, place: i64| {
        value(unit, code).map(|all| if place == 2 { all - 2 * (all / 3) } else { all / 3 })
    };
    for (place, name) in (0..).zip(["Thôn Đông", "Thôn Đoài", "Thôn Trung"]) {
        let cells = plain(indicators).map(|one| thirds(&one.code, place).map(number));
        let names = [Some(number(place + 1)), Some(text(name))];
        paper.row(0, names.into_iter().chain(cells));
    }
    if total {
        let cells = plain(indicators).map(|one| value(unit, &one.code).map(number));
        paper.row(0, [None, Some(text("Tổng cộng"))].into_iter().chain(cells));
    }
    vec![paper]
}

/// Flows and stocks in one table, under these heads: one column for both, or a column each.
pub fn one_part(unit: &Unit, indicators: &[Indicator], heads: &[&str], coded: bool) -> Vec<Paper> {
    let mut paper = started(unit, "Kết quả thực hiện");
    let mut names = vec!["STT"];
    if coded {
        names.push("Mã");
    }
    names.extend(["Chỉ tiêu", "ĐVT"]);
    paper.row(0, names.iter().chain(heads).map(|word| Some(text(*word))));
    for (indicator, position) in plain(indicators).zip(1..) {
        let mut cells = vec![Some(number(position))];
        if coded {
            cells.push(Some(text(&indicator.code)));
        }
        cells.extend([Some(text(&indicator.name)), Some(text(&indicator.unit_of_count))]);
        let figure = value(unit, &indicator.code).map(number);
        match heads {
            [_] => cells.push(figure),
            _ if indicator.stock => cells.extend([None, figure]),
            _ => cells.extend([figure, None]),
        }
        paper.row(0, cells);
    }
    vec![paper]
}

/// The form twice, the second time with this much added to every value.
pub fn twice(unit: &Unit, indicators: &[Indicator], added: i64) -> Vec<Paper> {
    let mut again = unit.clone();
    for figure in again.figures.values_mut().flatten() {
        *figure += added;
    }
    let style = Style { fields: Fields::Labelled, ..Style::default() };
    let mut papers = style.papers(unit, indicators);
    let mut second = style.papers(&again, indicators);
    "Biểu 01 (2)".clone_into(&mut second[0].name);
    papers.append(&mut second);
    papers
}

/// The form with each value in a merged area of two columns.
pub fn merged_values(unit: &Unit, indicators: &[Indicator]) -> Vec<Paper> {
    let mut paper = started(unit, "Kết quả thực hiện");
    let top = paper.row(0, ["Mã", "Chỉ tiêu", "Trong kỳ"].map(|word| Some(text(word))));
    paper.merged.push((top, 2, top, 3));
    for indicator in plain(indicators).filter(|indicator| !indicator.stock) {
        let figure = value(unit, &indicator.code).map(number);
        let row = paper.row(0, [Some(text(&indicator.code)), Some(text(&indicator.name)), figure]);
        paper.merged.push((row, 2, row, 3));
    }
    vec![paper]
}

/// The form with rows and a column hidden that hold other numbers.
pub fn hidden(unit: &Unit, indicators: &[Indicator], rows: bool) -> Vec<Paper> {
    let style = Style::default();
    let mut papers = style.papers(unit, indicators);
    let paper = &mut papers[0];
    if rows {
        let row = paper.cells.iter().find(|(_, cell)| **cell == text("A05")).unwrap().0.0;
        paper.hidden_rows.push(row);
    } else {
        paper.hidden_columns.push(4);
    }
    papers
}

/// How the units stand in one file.
#[derive(Clone, Copy, Debug)]
pub enum Consolidated {
    Rows,
    Columns,
    Sheets,
}

/// Returns one file for all communes.
pub fn consolidated(units: &[Unit], indicators: &[Indicator], how: Consolidated) -> Vec<Paper> {
    let mut paper = Paper::new("Tổng hợp");
    paper.line(0, "TỔNG HỢP SỐ LIỆU CÁC XÃ, THỊ TRẤN");
    paper.line(0, "Tháng 3 năm 2024");
    let cell = |unit: &Unit, code: &str| value(unit, code).map(number);
    match how {
        Consolidated::Rows => {
            let heads = plain(indicators).map(|one| Some(text(&one.code)));
            paper.row(0, [Some(text("STT")), Some(text("Đơn vị"))].into_iter().chain(heads));
            for (unit, position) in units.iter().zip(1..) {
                let cells = plain(indicators).map(|one| cell(unit, &one.code));
                let names = [Some(number(position)), Some(text(&unit.name))];
                paper.row(0, names.into_iter().chain(cells));
            }
            let total = plain(indicators).map(|_| Some(number(1)));
            paper.row(0, [None, Some(text("Tổng cộng"))].into_iter().chain(total));
        }
        Consolidated::Columns => {
            let heads = units.iter().map(|unit| Some(text(&unit.name)));
            let words = ["STT", "Mã", "Chỉ tiêu"].map(|word| Some(text(word)));
            paper.row(0, words.into_iter().chain(heads).chain([Some(text("Tổng cộng"))]));
            for (one, position) in plain(indicators).zip(1..) {
                let words = [Some(number(position)), Some(text(&one.code)), Some(text(&one.name))];
                let cells = units.iter().map(|unit| cell(unit, &one.code));
                paper.row(0, words.into_iter().chain(cells).chain([Some(number(1))]));
            }
        }
        Consolidated::Sheets => {
            return units
                .iter()
                .flat_map(|unit| {
                    let mut papers = Style::default().papers(unit, indicators);
                    papers[0].name.clone_from(&unit.key);
                    papers
                })
                .collect();
        }
    }
    vec![paper]
}

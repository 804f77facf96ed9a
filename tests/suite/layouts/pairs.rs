//! Cells with two numbers: which is which is said by units of count or by a head, or it is asked.

use super::{
    Layout, bent, dotted,
    facts::{Indicator, Unit},
    layout,
    others::{plain, started, value},
    paper::{Cell, Paper, number, text},
    style::{
        Holds::{self, Code, Name, Value},
        Style,
    },
};

/// Layouts with two numbers in a cell.
pub fn layouts() -> Vec<Layout> {
    let values = |value: fn(&Indicator, i64) -> Cell| Style { value, ..Style::default() };
    let columns = |head: &'static str| -> Vec<(Holds, &'static str)> {
        vec![(Code, "Mã"), (Name, "Chỉ tiêu"), (Value, head)]
    };
    vec![
        bent(
            "two numbers with their units",
            100,
            values(|one, value| text(format!("{} {} (9 đợt)", dotted(value), one.unit_of_count))),
        ),
        bent("two numbers, which is which unsaid", 0, values(|_, value| text(pair(value)))),
        bent(
            "two numbers under a head for two",
            100,
            Style {
                flows: columns("Trong kỳ/Kế hoạch"),
                stocks: columns("Kết quả / Chỉ tiêu giao"),
                ..values(|_, value| text(pair(value)))
            },
        ),
        layout("two indicators in one row", 80, shared_row),
    ]
}

/// Returns the figure before another one, as "thực hiện/kế hoạch" is written.
fn pair(value: i64) -> String {
    format!("{}/{}", dotted(value), dotted(value + 7_777))
}

/// The form with the meetings and those who came in one row, under both names.
fn shared_row(unit: &Unit, indicators: &[Indicator]) -> Vec<Paper> {
    let mut paper = started(unit, "Kết quả thực hiện");
    paper.row(0, ["STT", "Chỉ tiêu", "Trong kỳ"].map(|word| Some(text(word))));
    let name = |code: &str| indicators.iter().find(|one| one.code == code).unwrap().name.clone();
    let joined = |one: String, other: String| Some(text(format!("{one}/{other}")));
    let figure = |code: &str| value(unit, code).unwrap_or_default().to_string();
    let names = joined(name("A02"), name("A03"));
    paper.row(0, [Some(number(1)), names, joined(figure("A02"), figure("A03"))]);
    for indicator in
        plain(indicators).filter(|one| !one.stock && !["A02", "A03"].contains(&&*one.code))
    {
        let figure = value(unit, &indicator.code).map(number);
        paper.row(0, [None, Some(text(&indicator.name)), figure]);
    }
    vec![paper]
}

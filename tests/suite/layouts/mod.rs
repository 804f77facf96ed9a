//! The same returns in many layouts, written by a generator that shares no code with the reader:
//! what is read without asking, what is asked about, and never a wrong figure.

mod accepted;
mod doubtful;
mod facts;
mod joined;
mod lists;
mod meanings;
mod others;
mod owners;
mod pairs;
mod paper;
mod style;
mod unseen;

use std::collections::BTreeMap;

use self::{
    facts::{Indicator, Unit, communes, indicators},
    others::Consolidated,
    paper::{Paper, number, text, workbook},
    style::{Fields, Head, Holds, Rows, Style},
};
use crate::support::{MARCH, Sandbox, copy, repository};

type Write = Box<dyn Fn(&Unit, &[Indicator]) -> Vec<Paper>>;

/// A layout: what it is called, which figures it holds, and the least share read without asking.
struct Layout {
    name: &'static str,
    write: Write,
    least: usize,
}

fn layout(
    name: &'static str,
    least: usize,
    write: impl Fn(&Unit, &[Indicator]) -> Vec<Paper> + 'static,
) -> Layout {
    Layout { name, write: Box::new(write), least }
}

fn bent(name: &'static str, least: usize, style: Style) -> Layout {
    layout(name, least, move |unit, indicators| style.papers(unit, indicators))
}

use Holds::{Code, Name, Nothing, Ordinal, Own, Previous, UnitOfCount, Value};

#[expect(clippy::too_many_lines, reason = "a list of layouts")]
fn columns() -> Vec<Layout> {
    let both = |columns: &[(Holds, &'static str)]| Style::columns(columns, columns);
    vec![
        bent("as printed", 100, Style::default()),
        bent(
            "code last",
            100,
            both(&[(Ordinal, "TT"), (Name, "Chỉ tiêu"), (Value, "Kỳ này"), (Code, "Mã số")]),
        ),
        bent(
            "value before name",
            100,
            both(&[(Code, "Mã"), (Value, "Kỳ này"), (Name, "Nội dung")]),
        ),
        bent("only code and value", 100, both(&[(Code, "Mã chỉ tiêu"), (Value, "Kỳ này")])),
        bent(
            "other words for the same heads",
            100,
            Style::columns(
                &[
                    (Ordinal, "Số TT"),
                    (Code, "Mã CT"),
                    (Name, "Tên chỉ tiêu"),
                    (Previous, "Tháng trước"),
                    (Value, "Trong tháng"),
                ],
                &[
                    (Ordinal, "Số TT"),
                    (Code, "Mã CT"),
                    (Name, "Tên chỉ tiêu"),
                    (Previous, "Lũy kế kỳ trước"),
                    (Value, "Lũy kế đến hết kỳ"),
                ],
            ),
        ),
        bent(
            "own columns between",
            100,
            both(&[
                (Code, "Mã"),
                (Name, "Chỉ tiêu"),
                (Own, "Kế hoạch năm"),
                (Previous, "Kỳ trước"),
                (Own, "Tỷ lệ (%)"),
                (Value, "Kỳ này"),
                (Own, "So cùng kỳ"),
            ]),
        ),
        bent(
            "previous after value",
            100,
            both(&[(Code, "Mã"), (Name, "Chỉ tiêu"), (Value, "Kỳ này"), (Previous, "Kỳ trước")]),
        ),
        bent(
            "an empty column between",
            100,
            both(&[
                (Code, "Mã"),
                (Name, "Chỉ tiêu"),
                (Nothing, ""),
                (UnitOfCount, "ĐVT"),
                (Value, "Kỳ này"),
            ]),
        ),
        bent(
            "a head that no one knows",
            0,
            both(&[(Code, "Mã"), (Name, "Chỉ tiêu"), (Value, "Con số")]),
        ),
        bent("far down and right", 100, Style { at: (25, 7), ..Style::default() }),
        bent("part 2 on a sheet of its own", 100, Style { sheets: true, ..Style::default() }),
    ]
}

fn rows_and_words() -> Vec<Layout> {
    let rows = |rows| Style { rows, ..Style::default() };
    let named = |name: fn(&Indicator) -> String| {
        let columns = |previous, value| {
            vec![
                (Ordinal, "STT"),
                (Name, "Chỉ tiêu"),
                (UnitOfCount, "ĐVT"),
                (Previous, previous),
                (Value, value),
            ]
        };
        Style {
            name,
            flows: columns("Kỳ trước", "Trong kỳ"),
            stocks: columns("Đến hết 14/02", "Đến hết 14/3"),
            ..Style::default()
        }
    };
    vec![
        bent("rows reversed", 100, rows(Rows::Reversed)),
        bent("rows stirred", 100, rows(Rows::Stirred)),
        bent("half of the rows", 70, rows(Rows::Half)),
        bent("blank rows", 100, rows(Rows::WithBlanks)),
        bent("section rows", 100, rows(Rows::WithSections)),
        bent("total rows within", 100, rows(Rows::WithTotals)),
        bent("rows of the unit's own", 100, rows(Rows::WithOwn)),
        bent("head repeated", 100, rows(Rows::HeadRepeated)),
        bent("no codes", 100, named(|one| one.name.clone())),
        bent("names in capitals", 100, named(|one| one.name.to_uppercase())),
        bent("names numbered", 100, named(|one| format!("1. {}", one.name))),
        bent("names after a dash", 100, named(|one| format!("- {}", one.name))),
        bent(
            "names with the unit of count",
            100,
            named(|one| format!("{} ({})", one.name, one.unit_of_count)),
        ),
        bent("names with a colon", 100, named(|one| format!("{}:", one.name))),
        bent("short names", 90, named(|one| one.short.clone())),
        bent("code before the name", 100, named(|one| format!("{}. {}", one.code, one.name))),
        bent("code behind the name", 100, named(|one| format!("{} ({})", one.name, one.code))),
        bent("names without marks", 90, named(|one| without_marks(&one.name))),
        bent("names cut short", 0, named(|one| one.name.chars().take(14).collect())),
        bent(
            "codes in small letters",
            100,
            Style { code: |one| one.code.to_lowercase(), ..Style::default() },
        ),
        bent(
            "codes with a dot",
            100,
            Style { code: |one| one.code.replacen('0', ".0", 1), ..Style::default() },
        ),
        bent("names wrapped by hand", 100, named(|one| one.name.replacen(' ', "\n", 3))),
    ]
}

fn heads_and_fields() -> Vec<Layout> {
    let head = |head| Style { head, ..Style::default() };
    let fields = |fields| Style { fields, ..Style::default() };
    let values = |value| Style { value, ..Style::default() };
    vec![
        bent("head of two rows", 100, head(Head::Two)),
        bent("head of three rows", 100, head(Head::Three)),
        bent("row of column numbers", 100, head(Head::WithNumbers)),
        bent("labels far from the fields", 100, fields(Fields::FarRight)),
        bent("label and field in one cell", 100, fields(Fields::OneCell)),
        bent("only titles", 100, fields(Fields::OnlyTitle)),
        bent("month as 03/2024", 100, fields(Fields::DateCell)),
        bent("numbers as text", 100, values(|_, value| text(value.to_string()))),
        bent("dots for thousands", 100, values(|_, value| text(dotted(value)))),
        bent(
            "blanks for thousands",
            100,
            values(|_, value| text(dotted(value).replace('.', "\u{a0}"))),
        ),
        bent(
            "unit of count behind the number",
            100,
            values(|one, value| text(format!("{} {}", dotted(value), one.unit_of_count))),
        ),
        bent("head in capitals without marks", 90, {
            let columns =
                |value| vec![(Ordinal, "STT"), (Code, "MA"), (Name, "CHI TIEU"), (Value, value)];
            Style { flows: columns("TRONG KY"), stocks: columns("KY NAY"), ..Style::default() }
        }),
    ]
}

fn dotted(value: i64) -> String {
    let digits = value.to_string();
    let mut shown = String::new();
    for (position, digit) in digits.chars().enumerate() {
        if position > 0 && (digits.len() - position).is_multiple_of(3) {
            shown.push('.');
        }
        shown.push(digit);
    }
    shown
}

fn without_marks(words: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    let bare = words.nfd().filter(|one| !('\u{300}'..='\u{36f}').contains(one));
    bare.collect::<String>().replace('đ', "d").replace('Đ', "D")
}

/// How the figures of a layout were taken.
#[derive(Debug, Default)]
struct Score {
    right: usize,
    asked: usize,
    wrong: Vec<String>,
}

/// Returns what the program takes from each commune's file: indicator → value.
fn taken(sandbox: &Sandbox) -> BTreeMap<String, BTreeMap<String, i64>> {
    let table = sandbox.read(&format!("output/{MARCH}/nguon-{MARCH}.csv"));
    let mut reader = csv::Reader::from_reader(table.as_slice());
    let mut taken: BTreeMap<String, BTreeMap<String, i64>> = BTreeMap::new();
    for row in reader.records().map(Result::unwrap) {
        let counts = &row[4] == "value" && &row[5] == "value" && &row[8] != "bỏ";
        if counts {
            taken
                .entry(row[1].to_owned())
                .or_default()
                .insert(row[3].to_owned(), row[6].parse().unwrap());
        }
    }
    taken
}

#[test]
fn the_same_figures_in_many_layouts_are_right_or_asked_about() {
    let (units, indicators) = (communes(), indicators());
    let layouts: Vec<Layout> =
        [columns(), rows_and_words(), heads_and_fields(), others::layouts(), pairs::layouts()]
            .into_iter()
            .chain([doubtful::layouts(), doubtful::other_meanings(), meanings::layouts()])
            .flatten()
            .collect();
    let (mut lines, mut faults) = (Vec::new(), Vec::new());
    let (mut right, mut all) = (0, 0);
    for layouts in layouts.chunks(units.len()) {
        let sandbox = Sandbox::empty();
        copy(&repository().join("templates"), &sandbox.path("templates"));
        for (layout, unit) in layouts.iter().zip(&units) {
            let file = format!("input/{MARCH}/{} {}.xlsx", unit.key, layout.name);
            sandbox.write(&file, workbook(&(layout.write)(unit, &indicators)));
        }
        let _ended = sandbox.da06(&["run", "--period", MARCH]);
        let taken = taken(&sandbox);
        for (layout, unit) in layouts.iter().zip(&units) {
            let papers = (layout.write)(unit, &indicators);
            let score = score(unit, &indicators, &papers, taken.get(&unit.key));
            let whole = score.right + score.asked + score.wrong.len();
            right += score.right;
            all += whole;
            let share = 100 * score.right / whole.max(1);
            lines.push(format!(
                "{share:3} % of {whole:2}, {} wrong: {}",
                score.wrong.len(),
                layout.name
            ));
            if share < layout.least || !score.wrong.is_empty() {
                faults.push(format!("{}: {share} %, wrong {:?}", layout.name, score.wrong));
            }
        }
    }
    lines.push(format!("{right} of {all} figures in {} layouts", layouts.len()));
    expect_test::expect_file!["measured.txt"].assert_eq(&(lines.join("\n") + "\n"));
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    assert!(100 * right >= 80 * all, "{right} of {all}");
}

/// Compares what was taken with the figures that stand in the sheets.
fn score(
    unit: &Unit,
    indicators: &[Indicator],
    papers: &[Paper],
    taken: Option<&BTreeMap<String, i64>>,
) -> Score {
    let mut score = Score::default();
    let rows = papers.iter().flat_map(|paper| paper.cells.values());
    let shown: Vec<&paper::Cell> = rows.collect();
    for indicator in indicators.iter().filter(|one| !one.tick) {
        let figure = unit.figures.get(&indicator.code).copied().flatten();
        let read = taken.and_then(|taken| taken.get(&indicator.code)).copied();
        let stands = figure.is_some_and(|figure| {
            let plain = number(figure);
            let words = [figure.to_string(), dotted(figure)];
            shown.iter().any(|cell| match cell {
                paper::Cell::Text(text) => {
                    words.iter().any(|word| text.replace('\u{a0}', ".").starts_with(word.as_str()))
                }
                paper::Cell::Number(_) => **cell == plain,
            })
        });
        match (figure, read) {
            (Some(figure), Some(read)) if figure == read => score.right += 1,
            (figure, Some(read)) => {
                score.wrong.push(format!("{} {figure:?} read {read}", indicator.code));
            }
            (Some(_), None) if stands => score.asked += 1,
            _ => {}
        }
    }
    score
}

#[test]
fn one_file_for_many_units_is_a_return_of_each() {
    let (units, indicators) = (communes(), indicators());
    for how in [Consolidated::Rows, Consolidated::Columns, Consolidated::Sheets] {
        let sandbox = Sandbox::empty();
        copy(&repository().join("templates"), &sandbox.path("templates"));
        let mut written = units.clone();
        written[3].name = "UBND xã Không Có".to_owned();
        let papers = others::consolidated(&written, &indicators, how);
        sandbox.write(&format!("input/{MARCH}/tong hop.xlsx"), workbook(&papers));
        let _ended = sandbox.da06(&["run", "--period", MARCH]);
        let taken = taken(&sandbox);
        for (position, unit) in units.iter().enumerate() {
            let read = taken.get(&unit.key);
            if position == 3 {
                assert_eq!(read, None, "{how:?}: {} is not in the file", unit.key);
                continue;
            }
            let score = score(unit, &indicators, &papers, read);
            assert_eq!((score.asked, score.wrong), (0, Vec::new()), "{how:?}: {}", unit.key);
            assert!(score.right > 40, "{how:?}: {} of {}", score.right, unit.key);
        }
        let check = sandbox.da06(&["check", "--period", MARCH, "--json"]);
        assert!(check.stdout.contains("UBND xã Không Có"), "{how:?}: the stranger is asked about");
    }
}

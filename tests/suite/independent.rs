//! The figures again, by a way of its own: the XML of the sample workbooks is read with zip and
//! quick-xml alone, every total is recomputed and compared with the generator's truth, and that
//! with the figures table of a run. Imports nothing of the program.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a check stops at the first surprise")]

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
    fs::File,
    io::Read,
    path::{Path, PathBuf},
};

use quick_xml::{
    Reader,
    escape::resolve_predefined_entity,
    events::{BytesStart, Event},
};
use serde::Deserialize;
use zip::ZipArchive;

/// The truth of a month (`tests/truth/`).
#[derive(Deserialize)]
struct Truth {
    defects: Vec<Defect>,
    totals: BTreeMap<String, Total>,
    units: Vec<Unit>,
}

#[derive(Deserialize)]
struct Defect {
    id: String,
    unit: String,
    file: String,
    sheet: String,
    cell: String,
    indicator: String,
    words: String,
}

#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Eq)]
struct Total {
    sum: i64,
    units: u32,
}

#[derive(Deserialize)]
struct Unit {
    #[serde(rename = "unit")]
    key: String,
    file: Option<String>,
    sheet: String,
    figures: BTreeMap<String, Figure>,
}

#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
#[serde(untagged)]
enum Figure {
    Value(i64),
    State(String),
}

/// A cell as its XML has it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Cell {
    /// The attribute `t`; empty for numbers.
    kind: String,
    /// The formula.
    formula: Option<String>,
    /// The words, or the digits of a number.
    text: String,
}

/// Cells by row and column, from 0.
type Sheet = BTreeMap<(u32, u32), Cell>;

/// Checks the figures table of a run of 2024-03 against the truth.
pub(crate) fn check(workspace: &Path, figures_csv: &str) {
    let truth = truth(workspace, "2024-03");
    let table = figures_table(figures_csv);
    let figure = |id: &str| {
        table.get(id).unwrap_or_else(|| panic!("the figures table has no row {id}")).clone()
    };
    for (code, total) in &truth.totals {
        let id = format!("{code}.whole.all.value");
        assert_eq!(figure(&id), (total.sum.to_string(), total.units.to_string()), "{id}");
    }
    for unit in &truth.units {
        for (code, expected) in &unit.figures {
            let id = format!("{code}.unit.{}.value", unit.key);
            match expected {
                Figure::Value(value) => assert_eq!(figure(&id).0, value.to_string(), "{id}"),
                Figure::State(_) => {
                    let value = table.get(&id).map_or("", |(value, _)| value);
                    assert_eq!(value, "", "{id} has no value to show");
                }
            }
        }
    }
}

/// Returns value and number of reporting units by id.
fn figures_table(figures_csv: &str) -> BTreeMap<String, (String, String)> {
    let text = figures_csv.trim_start_matches('\u{feff}');
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let heads = reader.headers().unwrap().clone();
    let column = |name: &str| {
        heads.iter().position(|head| head == name).unwrap_or_else(|| panic!("no column {name}"))
    };
    let (id, value, reported) = (column("id"), column("value"), column("reported"));
    reader
        .records()
        .map(|row| row.unwrap())
        .map(|row| (row[id].to_owned(), (row[value].to_owned(), row[reported].to_owned())))
        .collect()
}

/// Recomputes the totals of a month from the XML; what is planted or converted comes from the
/// truth. Returns how many cells were read.
fn recompute(workspace: &Path, period: &str) -> usize {
    let truth = truth(workspace, period);
    let planted: BTreeSet<(&str, &str)> = truth
        .defects
        .iter()
        .map(|defect| (defect.unit.as_str(), defect.indicator.as_str()))
        .collect();
    let mut totals: BTreeMap<String, Total> = BTreeMap::new();
    let mut read = 0;
    for unit in &truth.units {
        let cells = match &unit.file {
            Some(file) if Path::new(file).extension().is_some_and(|found| found == "xlsx") => {
                values(&sheet(&workspace.join("input").join(file), &unit.sheet))
            }
            _ => BTreeMap::new(),
        };
        for (code, expected) in &unit.figures {
            let mut figure = expected.clone();
            if let Some(cell) = cells.get(code)
                && !planted.contains(&(unit.key.as_str(), code.as_str()))
            {
                figure = literal(cell, code);
                assert_eq!(&figure, expected, "{period} {} {code}", unit.key);
                read += 1;
            }
            if let Figure::Value(value) = figure {
                let total = totals.entry(code.clone()).or_default();
                total.sum += value;
                total.units += 1;
            }
        }
    }
    assert_eq!(totals, truth.totals, "{period}");
    read
}

/// Reads a cell that was filled as the form wants it.
fn literal(cell: &Cell, code: &str) -> Figure {
    let is_tick = code.starts_with('E') && !code.ends_with('N');
    match (cell.kind.as_str(), cell.text.as_str()) {
        ("", "") if is_tick => Figure::Value(0),
        ("s", "x") if is_tick => Figure::Value(1),
        ("", "") => Figure::State("missing".to_owned()),
        ("", digits) => Figure::Value(digits.parse().unwrap()),
        (kind, text) => panic!("{code}: `{text}` of kind `{kind}` in a clean cell"),
    }
}

/// Returns the cells of the period's values by code: the column under the head that the form
/// prints for them, in the rows whose second column is a code.
fn values(sheet: &Sheet) -> BTreeMap<String, Cell> {
    let mut values = BTreeMap::new();
    let mut columns: Vec<(u32, &str)> = Vec::new();
    let mut code_column = 0;
    for (&(row, column), cell) in sheet {
        let text = cell.text.trim();
        if text == "Mã" {
            code_column = column;
            columns.clear();
        }
        let is_value = text == "Trong kỳ"
            || text == "Có tuyên truyền (x)"
            || text.starts_with("Đến hết ") && column == code_column + 4;
        if is_value && cell.kind == "s" {
            columns.push((column, ""));
        } else if text == "Số người được hướng dẫn" {
            columns.push((column, "N"));
        }
        if column == code_column && is_code(text) {
            for (value_column, suffix) in &columns {
                let cell = sheet.get(&(row, *value_column)).cloned().unwrap_or_default();
                values.insert(format!("{text}{suffix}"), cell);
            }
        }
    }
    values
}

fn is_code(text: &str) -> bool {
    let mut letters = text.chars();
    letters.next().is_some_and(|letter| ('A'..='E').contains(&letter))
        && text.len() == 3
        && letters.all(|digit| digit.is_ascii_digit())
}

fn truth(workspace: &Path, period: &str) -> Truth {
    let path = workspace.join(format!("tests/truth/{period}.json"));
    serde_json::from_reader(open(&path)).unwrap()
}

#[expect(clippy::disallowed_methods, reason = "the check uses nothing of the program")]
fn open(path: &Path) -> File {
    File::open(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Returns a sheet of a workbook by its name.
fn sheet(path: &Path, name: &str) -> Sheet {
    let mut archive = ZipArchive::new(open(path)).unwrap();
    let mut part = |name: &str| {
        let mut text = String::new();
        archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
        text
    };
    let position = elements(&part("xl/workbook.xml"), "sheet")
        .iter()
        .position(|sheet| sheet.get("name").is_some_and(|found| found == name))
        .unwrap_or_else(|| panic!("{}: no sheet `{name}`", path.display()));
    let shared = shared_strings(&part("xl/sharedStrings.xml"));
    cells(&part(&format!("xl/worksheets/sheet{}.xml", position + 1)), &shared)
}

fn attributes(start: &BytesStart<'_>) -> BTreeMap<String, String> {
    start
        .attributes()
        .map(Result::unwrap)
        .map(|attribute| (attribute.key.0.to_owned(), attribute.value.into_owned()))
        .collect()
}

/// Returns the attributes of all elements of a name.
fn elements(xml: &str, name: &str) -> Vec<BTreeMap<String, String>> {
    let mut reader = Reader::from_str(xml);
    let mut found = Vec::new();
    loop {
        match reader.read_event().unwrap() {
            Event::Start(start) | Event::Empty(start) if start.name().0 == name => {
                found.push(attributes(&start));
            }
            Event::Eof => return found,
            _ => {}
        }
    }
}

/// Returns the text of an event, entities resolved.
fn text_of(event: &Event<'_>) -> String {
    match event {
        Event::Text(text) => text.xml10_content().into_owned(),
        Event::GeneralRef(entity) => match entity.resolve_char_ref().unwrap() {
            Some(letter) => letter.to_string(),
            None => resolve_predefined_entity(&entity.xml10_content()).unwrap().to_owned(),
        },
        _ => String::new(),
    }
}

fn shared_strings(xml: &str) -> Vec<String> {
    let mut reader = Reader::from_str(xml);
    let (mut strings, mut current) = (Vec::new(), String::new());
    loop {
        let event = reader.read_event().unwrap();
        match &event {
            Event::End(end) if end.name().0 == "si" => strings.push(std::mem::take(&mut current)),
            Event::Eof => return strings,
            _ => current.push_str(&text_of(&event)),
        }
    }
}

fn cells(xml: &str, shared: &[String]) -> Sheet {
    let mut reader = Reader::from_str(xml);
    let mut sheet = Sheet::new();
    let (mut at, mut cell, mut words) = ((0, 0), Cell::default(), String::new());
    loop {
        let event = reader.read_event().unwrap();
        match &event {
            Event::Start(start) if start.name().0 == "c" => {
                let attributes = attributes(start);
                at = position(&attributes["r"]);
                cell = Cell::default();
                cell.kind = attributes.get("t").cloned().unwrap_or_default();
            }
            Event::Start(start) if matches!(start.name().0, "v" | "f") => words.clear(),
            Event::End(end) if end.name().0 == "f" => cell.formula = Some(words.clone()),
            Event::End(end) if end.name().0 == "v" => cell.text.clone_from(&words),
            Event::End(end) if end.name().0 == "c" => {
                if cell.kind == "s" {
                    cell.text.clone_from(&shared[cell.text.parse::<usize>().unwrap()]);
                }
                sheet.insert(at, std::mem::take(&mut cell));
            }
            Event::Eof => return sheet,
            _ => words.push_str(&text_of(&event)),
        }
    }
}

/// Returns row and column, from 0, of `C12`.
fn position(cell: &str) -> (u32, u32) {
    let column = cell
        .bytes()
        .take_while(u8::is_ascii_alphabetic)
        .fold(0, |column, letter| column * 26 + u32::from(letter - b'A') + 1);
    let row: String = cell.chars().filter(char::is_ascii_digit).collect();
    (row.parse::<u32>().unwrap() - 1, column - 1)
}

fn repository() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

#[test]
fn totals_recomputed_from_the_xml_are_the_truth() {
    for period in ["2024-01", "2024-02", "2024-03"] {
        let read = recompute(&repository(), period);
        assert!(read > 2000, "{period}: only {read} cells were read");
    }
}

#[test]
fn planted_cells_stand_in_the_files() {
    let truth = truth(&repository(), "2024-03");
    let cell = |id: &str| {
        let defect = truth.defects.iter().find(|defect| defect.id == id).unwrap();
        let sheet = sheet(&repository().join("input").join(&defect.file), &defect.sheet);
        (sheet[&position(&defect.cell)].clone(), defect.words.clone())
    };
    for id in ["D12", "D13", "D14", "D15", "D17", "D18", "D22", "D23", "D25", "D27"] {
        let (cell, words) = cell(id);
        assert_eq!((cell.kind.as_str(), cell.text.as_str()), ("s", words.as_str()), "{id}");
    }
    assert_eq!(cell("D19").0.text, "1.234");
    assert_eq!(cell("D19").0.kind, "", "a number, not words");
    assert_eq!((cell("D20").0.kind.as_str(), cell("D20").0.text.as_str()), ("e", "#REF!"));
    assert!(cell("D21").0.formula.is_some());
    assert_eq!(cell("D21").0.text, "", "never calculated");
}

#[test]
fn a_wrong_figures_table_is_noticed() {
    let truth = truth(&repository(), "2024-03");
    let mut table = "id,value,reported\n".to_owned();
    for (code, total) in &truth.totals {
        let (sum, units) = (total.sum, total.units);
        writeln!(table, "{code}.whole.all.value,{sum},{units}").unwrap();
    }
    for unit in &truth.units {
        for (code, figure) in &unit.figures {
            if let Figure::Value(value) = figure {
                let key = &unit.key;
                writeln!(table, "{code}.unit.{key}.value,{value},1").unwrap();
            }
        }
    }
    check(&repository(), &table);
    let wrong = table.replacen(".value,", ".value,1", 1);
    assert!(std::panic::catch_unwind(|| check(&repository(), &wrong)).is_err());
}

#[test]
fn the_figures_of_a_run_are_those_of_the_truth() {
    let sandbox = crate::support::Sandbox::tien_lang();
    let _ended = sandbox.da06(&["run", "--period", "2024-03"]);
    check(&repository(), &sandbox.text("output/2024-03/so-lieu-2024-03.csv"));
}

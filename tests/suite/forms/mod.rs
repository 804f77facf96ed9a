//! The forms that are given out: filled in and saved by LibreOffice they read back whole, their live
//! checks say what the rules say, and every way to alter one is found.

mod altered;
mod live;
mod paper;
mod unit;

use da06::ingest::{CellContent, RawReturn};

use self::paper::part;
use self::unit::{APRIL, Office, values};
use crate::support::{Sandbox, tool, tools};

/// A commune, a department and the culture centre.
const UNITS: [&str; 3] = ["tien-minh", "noi-vu", "trung-tam-vhtt"];

/// Saves workbooks in another format, in their order; nothing without LibreOffice.
fn saved(sandbox: &Sandbox, books: &[Vec<u8>], format: &str) -> Option<Vec<Vec<u8>>> {
    let profile = format!("-env:UserInstallation=file://{}", sandbox.path("lo").display());
    let target = sandbox.path("luu");
    let mut arguments =
        vec![profile, "--headless".to_owned(), "--convert-to".to_owned(), format.to_owned()];
    arguments.extend(["--outdir".to_owned(), target.to_str().unwrap().to_owned()]);
    for (number, bytes) in books.iter().enumerate() {
        let source = format!("sua/{number}.xlsx");
        sandbox.write(&source, bytes);
        arguments.push(sandbox.path(&source).to_str().unwrap().to_owned());
    }
    tool("soffice", &arguments.iter().map(String::as_str).collect::<Vec<_>>())?;
    let read = |number| sandbox.read(&format!("luu/{number}.{format}"));
    Some((0..books.len()).map(read).collect())
}

#[test]
fn every_unit_gets_its_own_form_and_nobody_elses_figures() {
    let office = Office::open();
    let sandbox = &office.sandbox;
    let folder = format!("output/{APRIL}/bieu-mau");
    let names = sandbox.names(&folder);
    assert_eq!(names.len(), 54, "53 units and the manifest: {names:?}");
    let first = office.blank("tien-minh");
    let words = part(&first, paper::WORDS);
    assert!(words.contains("UBND xã Tiên Minh") && words.contains("15/3/2024"));
    for unit in office.templates.roster.units.iter().filter(|unit| unit.key != "tien-minh") {
        assert!(!words.contains(&unit.name), "{}", unit.name);
    }
    assert!(!part(&office.blank("noi-vu"), paper::WORDS).contains("<t>A04</t>"));
    // Again, in another order of threads: the same bytes.
    let again = ["forms", "--period", APRIL, "--jobs", "1", "--as-of", "2030-01-01"];
    let _same = sandbox.da06(&again).ends_with(0);
    assert_eq!(office.blank("tien-minh"), first);
    // One unit by name: the others stay, and stay owned.
    let one = sandbox.da06(&["forms", "--period", APRIL, "--unit", "Phòng Nội vụ"]).ends_with(0);
    assert!(one.stdout.contains("Đã lập 1 biểu"), "{}", one.stdout);
    assert_eq!(sandbox.names(&folder), names);
    let _all = sandbox.da06(&again).ends_with(0);
    let unknown = ["forms", "--period", APRIL, "--unit", "Xã Không Có"];
    let _stops = sandbox.da06(&unknown).ends_with(2).says(&["Xã Không Có", "don-vi.csv"]);
}

#[test]
fn the_form_is_for_the_period_that_is_not_closed_yet() {
    let sandbox = Sandbox::tien_lang();
    for (day, month) in [("2024-04-14", "tháng 4"), ("2024-04-15", "tháng 5")] {
        let run = sandbox.da06(&["forms", "--as-of", day, "--unit", "tien-minh"]).ends_with(0);
        assert!(run.stdout.contains(month), "{day}: {}", run.stdout);
    }
    let run = sandbox.da06(&["forms", "--period", "2024-06", "--json"]).ends_with(0);
    let listed: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!(listed["forms"][0]["previous_figures"], 0, "May is not known");
    assert_eq!(listed["forms"][0]["rules_left_out"], 0);
}

#[test]
fn a_filled_form_reads_whole_in_every_format_that_libreoffice_saves() {
    let office = Office::open();
    let filled = UNITS.map(|unit| office.filled(unit));
    for format in ["xlsx", "ods", "xls"] {
        let Some(books) = saved(&office.sandbox, &filled, format) else { return };
        for ((unit, filled), bytes) in UNITS.into_iter().zip(&filled).zip(books) {
            compare(&office, unit, filled, (&format!("{unit}.{format}"), &bytes));
        }
    }
}

/// Compares a form as it was saved with what was filled in: figures, words, identity, judgement.
fn compare(office: &Office, unit: &str, filled: &[u8], (name, bytes): (&str, &[u8])) {
    let planted = office.only("a.xlsx", filled);
    assert!(values(&planted).values().all(|value| *value != CellContent::Empty), "{unit}");
    let raw = office.only(name, bytes);
    assert_eq!(values(&raw), values(&planted), "{name}");
    assert_eq!((&raw.notes, &raw.texts), (&planted.notes, &planted.texts), "{name}");
    let rows = |raw: &RawReturn| -> Vec<_> {
        raw.details.iter().map(|detail| detail.rows.clone()).collect()
    };
    assert_eq!(rows(&raw), rows(&planted), "{name}");
    let identity = raw.identity.as_deref().unwrap();
    assert!(identity.is_whole && identity.marks_are_whole, "{name}");
    assert_eq!((identity.unit.as_str(), identity.changes.len()), (unit, 0), "{name}");
    let path = format!("input/{APRIL}/{name}");
    office.sandbox.write(&path, bytes);
    let run = office.sandbox.da06(&["check", "--period", APRIL, "--json", name]);
    let findings: Vec<serde_json::Value> = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!(findings, Vec::<serde_json::Value>::new(), "{name}");
    let status = office.sandbox.da06(&["status", "--period", APRIL, "--json"]);
    let status: serde_json::Value = serde_json::from_str(&status.stdout).unwrap();
    let units = status["units"].as_array().unwrap();
    let of_unit = units.iter().find(|one| one["unit"] == unit).unwrap();
    assert_eq!((&of_unit["figures_missing"], &of_unit["submission"]), (&0.into(), &2.into()));
    std::fs::remove_file(office.sandbox.path(&path)).unwrap();
}

#[test]
fn other_programs_read_a_form() {
    let office = Office::open();
    let Some(python) = tools::python() else { return };
    let program = "import sys, warnings, openpyxl\n\
                   warnings.simplefilter('error')\n\
                   book = openpyxl.load_workbook(sys.argv[1])\n\
                   sheet = book.worksheets[0]\n\
                   open_cells = sum(not cell.protection.locked for row in sheet for cell in row)\n\
                   print(sheet.protection.sheet, sheet.protection.password, open_cells > 60,\n\
                   sheet.page_setup.paperSize, book.worksheets[-1].sheet_state,\n\
                   len(sheet.data_validations.dataValidation) > 15, sheet.print_area)";
    for unit in UNITS {
        let path = office.sandbox.path(&format!("output/{APRIL}/bieu-mau/{unit}.xlsx"));
        let arguments = ["-c", program, path.to_str().unwrap()];
        let said = tool(python.to_str().unwrap(), &arguments).unwrap();
        let said = String::from_utf8(said).unwrap();
        assert!(said.starts_with("True None True 9 veryHidden True '"), "{unit}: {said}");
    }
}

//! Every way in which a form comes back other than it went out: each has its finding, and figures
//! that are certain are still read.

use super::paper::{
    Filling, MAIN, WORDS, with_part, with_row, with_rows_swapped, with_words, without_row,
};
use super::unit::{Office, with_cells};

const UNIT: &str = "tien-minh";

/// Codes of the findings of a file, and how many figures of the unit are missing.
fn judged(office: &Office, path: &str, bytes: &[u8]) -> (Vec<String>, Vec<String>) {
    let period = path.split('/').nth(1).unwrap();
    office.sandbox.write(path, bytes);
    let name = path.rsplit('/').next().unwrap();
    let run = office.sandbox.da06(&["check", "--period", period, "--json", name]);
    let findings: Vec<serde_json::Value> = serde_json::from_str(&run.stdout).unwrap();
    std::fs::remove_file(office.sandbox.path(path)).unwrap();
    let text = |finding: &serde_json::Value, key: &str| {
        finding[key].as_str().unwrap_or_default().to_owned()
    };
    let mut codes: Vec<String> = findings.iter().map(|finding| text(finding, "code")).collect();
    codes.dedup();
    (codes, findings.iter().map(|finding| text(finding, "message")).collect())
}

fn fate(office: &Office, path: &str, bytes: &[u8]) -> (String, String) {
    let period = path.split('/').nth(1).unwrap();
    office.sandbox.write(path, bytes);
    let run = office.sandbox.da06(&["status", "--period", period, "--json"]);
    let status: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    std::fs::remove_file(office.sandbox.path(path)).unwrap();
    let file = path.strip_prefix("input/").unwrap();
    let files = status["files"].as_array().unwrap();
    let found = files.iter().find(|one| one["file"] == file).unwrap();
    let text = |key: &str| found[key].as_str().unwrap_or_default().to_owned();
    (text("fate"), text("unit"))
}

const PATH: &str = "input/2024-04/a.xlsx";

#[test]
fn every_alteration_of_a_form_is_said() {
    let office = Office::open().without_past();
    let form = office.filled(UNIT);
    let row = |code: &str| {
        let raw = office.only("a.xlsx", &form);
        raw.values.iter().find(|value| value.code == code).unwrap().cell.row + 1
    };
    let (a02, a03, b01) = (row("A02"), row("A03"), row("B01"));
    let name_of_a03 = format!("C{a03}");
    let main = |change: &dyn Fn(&str) -> String| with_part(&form, MAIN, change);
    let overwritten = [(format!("G{a02}"), Filling::Number(99.0))];
    let cases: Vec<(&str, Vec<u8>, &str, &str)> = vec![
        ("formula", with_cells(&form, MAIN, &overwritten), "DA06-T49", "ghi đè"),
        ("deleted", main(&|sheet| without_row(sheet, a03)), "DA06-T45", "A03"),
        ("inserted", main(&|sheet| with_row(sheet, b01)), "DA06-T47", "trước chỉ tiêu B01"),
        ("moved", main(&|sheet| with_rows_swapped(sheet, a02, b01)), "DA06-T46", "chuyển chỗ"),
        (
            "words",
            with_cells(&form, MAIN, &[(format!("C{a03}"), Filling::Words("Khác".to_owned()))]),
            "DA06-T48",
            &name_of_a03,
        ),
        (
            "sheet",
            with_part(&form, "xl/workbook.xml", |book| {
                book.replace("name=\"Thôn, TDP\"", "name=\"Thôn\"")
            }),
            "DA06-T52",
            "Thôn, TDP",
        ),
        ("identity", with_words(&form, UNIT, "tien-thanh"), "DA06-T43", "Dấu nhận dạng"),
    ];
    let (usual, _) = judged(&office, PATH, &form);
    assert_eq!(usual, Vec::<String>::new());
    // A program that saves formulas without their results says nothing wrong.
    let uncomputed = main(&|sheet| sheet.replace("</f><v></v>", "</f>"));
    assert_eq!(judged(&office, PATH, &uncomputed).0, Vec::<String>::new());
    for (case, bytes, code, words) in cases {
        let (codes, messages) = judged(&office, PATH, &bytes);
        assert!(codes.iter().any(|found| found == code), "{case}: {codes:?} {messages:?}");
        assert!(messages.iter().any(|message| message.contains(words)), "{case}: {messages:?}");
        assert_eq!(fate(&office, PATH, &bytes), ("tính".to_owned(), UNIT.to_owned()), "{case}");
        let kept = office.only("a.xlsx", &bytes);
        let before = super::unit::values(&office.only("a.xlsx", &form));
        for (code, value) in super::unit::values(&kept) {
            assert_eq!(Some(&value), before.get(&code), "{case}: {code}");
        }
    }
}

#[test]
fn a_form_of_another_unit_or_month_counts_for_nobody_before_somebody_decides() {
    let office = Office::open().without_past();
    let form = office.filled(UNIT);
    let named = |from: &str, to: &str| {
        // The words of the visible sheets; the hidden one has the key.
        with_part(&form, WORDS, |words| {
            words.replace(&format!("<t>{from}</t>"), &format!("<t>{to}</t>"))
        })
    };
    let copied = named("UBND xã Tiên Minh", "UBND xã Tiên Thắng");
    let copied = with_part(&copied, WORDS, |words| words.replace("<t>11800</t>", "<t>11797</t>"));
    let (codes, messages) = judged(&office, PATH, &copied);
    assert_eq!(codes, ["DA06-T40"], "{messages:?}");
    assert_eq!(fate(&office, PATH, &copied).0, "chờ");
    // Only the name was spoiled: the identity is certain.
    let spoiled = named("UBND xã Tiên Minh", "Xã ta");
    let spoiled = with_part(&spoiled, WORDS, |words| words.replace("<t>11800</t>", "<t> </t>"));
    let (codes, messages) = judged(&office, PATH, &spoiled);
    assert_eq!(codes, ["DA06-T48"], "{messages:?}");
    assert_eq!(fate(&office, PATH, &spoiled), ("tính".to_owned(), UNIT.to_owned()));
    // April's form sent again in May, as it is and with another month written over it.
    let may = "input/2024-05/a.xlsx";
    let rewritten = with_part(&form, WORDS, |words| {
        words.replace("<t>Tháng 4 năm 2024 (", "<t>Tháng 5 năm 2024 (")
    });
    for bytes in [&form, &rewritten] {
        let (codes, messages) = judged(&office, may, bytes);
        assert_eq!(codes, ["DA06-T41"], "{messages:?}");
        assert_eq!(fate(&office, may, bytes).0, "chờ");
    }
    // The month was written over, but the file came in the month it was given out for.
    let (codes, messages) = judged(&office, PATH, &rewritten);
    assert_eq!(codes, ["DA06-T48"], "{messages:?}");
    assert!(messages[0].contains("bị sửa thành “Tháng 5 năm 2024"), "{messages:?}");
    assert_eq!(fate(&office, PATH, &rewritten), ("tính".to_owned(), UNIT.to_owned()));
    // The letterhead alone is of a neighbour.
    let name = Filling::Words("UBND XÃ BẮC HƯNG".to_owned());
    let headed = with_cells(&form, MAIN, &[("A2".to_owned(), name)]);
    let (codes, messages) = judged(&office, PATH, &headed);
    assert_eq!(codes, ["DA06-T40"], "{messages:?}");
}

#[test]
fn sheets_with_each_others_names_and_hidden_ones_are_told_apart() {
    let office = Office::open().without_past();
    let form = office.filled(UNIT);
    let book = |change: &dyn Fn(&str) -> String| with_part(&form, "xl/workbook.xml", change);
    let exchanged = book(&|book| {
        book.replace("name=\"Biểu 01\"", "name=\"@\"")
            .replace("name=\"Thôn, TDP\"", "name=\"Biểu 01\"")
            .replace("name=\"@\"", "name=\"Thôn, TDP\"")
    });
    let (codes, messages) = judged(&office, PATH, &exchanged);
    assert_eq!(codes, ["DA06-T52"], "{messages:?}");
    assert!(messages[0].contains("“Biểu 01”, “Thôn, TDP”"), "{messages:?}");
    let hidden =
        book(&|book| book.replace("name=\"Thôn, TDP\"", "name=\"Thôn, TDP\" state=\"hidden\""));
    let (codes, messages) = judged(&office, PATH, &hidden);
    assert!(codes.contains(&"DA06-T44".to_owned()), "{codes:?}");
    assert!(messages.iter().any(|one| one.contains("bị ẩn nên không được đọc")), "{messages:?}");
}

#[test]
fn a_part_without_its_head_is_one_point_to_correct() {
    let office = Office::open().without_past();
    let form = office.filled(UNIT);
    let raw = office.only("a.xlsx", &form);
    let first = raw.values.iter().find(|value| value.code == "A16").unwrap().cell.row + 1;
    // Title, head, numbers of the columns, section.
    let bytes = with_part(&form, MAIN, |sheet| {
        (0..4).fold(sheet.to_owned(), |sheet, _| without_row(&sheet, first - 4))
    });
    office.sandbox.write(PATH, &bytes);
    let run = office.sandbox.da06(&["check", "--period", "2024-04", "--json", "a.xlsx"]);
    let findings: Vec<serde_json::Value> = serde_json::from_str(&run.stdout).unwrap();
    let of = |code: &str, leads: bool| {
        let is_it =
            |one: &&serde_json::Value| one["code"] == code && one["cause"].is_null() == leads;
        findings.iter().filter(is_it).count()
    };
    assert_eq!((of("DA06-T16", true), of("DA06-S09", true)), (1, 0), "{findings:?}");
    assert!(of("DA06-T16", false) > 10);
}

#[test]
fn a_form_of_earlier_templates_says_so_and_counts() {
    let office = Office::open().without_past();
    let form = office.filled(UNIT);
    let templates = office.sandbox.text("templates/bieu-mau.toml");
    let renamed = templates.replacen("\"Trong kỳ\", ", "\"Trong kỳ này\", \"Trong kỳ\", ", 1);
    office.sandbox.write("templates/bieu-mau.toml", renamed);
    let (codes, _) = judged(&office, PATH, &form);
    assert_eq!(codes, ["DA06-T42"]);
    assert_eq!(fate(&office, PATH, &form), ("tính".to_owned(), UNIT.to_owned()));
    // What is none of the form's business changes no version.
    office.sandbox.write("templates/bieu-mau.toml", format!("# Ghi chú\n{templates}"));
    assert_eq!(judged(&office, PATH, &form).0, Vec::<String>::new());
}

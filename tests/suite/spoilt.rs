//! Ten sample returns, each spoilt in LibreOffice in a way that people spoil them by hand: what the
//! unit is told and what the secretary reads, word for word. `tests/tools/spoil.py` is the hand.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use expect_test::expect_file;
use serde_json::{Value, json};

use crate::support::{MARCH, Sandbox, left_out, repository};

/// The Python of Debian, which has LibreOffice's `uno`.
const PYTHON: &str = "/usr/bin/python3";

/// Where a figure of a unit stands.
#[derive(Clone, Debug)]
struct Spot {
    file: String,
    sheet: String,
    cell: String,
}

/// The cells of March by unit and indicator, as the table of sources has them.
type Spots = BTreeMap<(String, String), Spot>;

/// Finds the cell of an indicator in the return at hand.
type Finder<'a> = dyn Fn(&str) -> Spot + 'a;

/// A way to spoil a return: the unit, what was done, the edits, the password.
struct Case {
    unit: &'static str,
    done: &'static str,
    edits: fn(&Finder<'_>) -> Vec<Value>,
    password: Option<&'static str>,
}

fn change(spot: &Spot, kind: &str, value: impl Into<Value>) -> Value {
    json!({ "sheet": spot.sheet, "cell": spot.cell, "kind": kind, "value": value.into() })
}

fn replace(spot: &Spot, find: &str, with: &str) -> Value {
    json!({ "sheet": spot.sheet, "kind": "replace", "find": find, "with": with })
}

const CASES: [Case; 10] = [
    Case {
        unit: "tien-minh",
        done: "ghi \"khoảng 300\" vào ô số",
        edits: |at| vec![change(&at("A11"), "text", "khoảng 300")],
        password: None,
    },
    Case {
        unit: "tien-cuong",
        done: "ghi số tăng trong tháng vào dòng lũy kế",
        edits: |at| vec![change(&at("B07"), "number", 66)],
        password: None,
    },
    Case {
        unit: "quyet-tien",
        done: "xóa một dòng của biểu",
        edits: |at| vec![change(&at("C05"), "delete row", "")],
        password: None,
    },
    Case {
        unit: "khoi-nghia",
        done: "thay số bằng công thức chia cho ô trống",
        edits: |at| vec![change(&at("A03"), "formula", "=A1/Z99")],
        password: None,
    },
    Case {
        unit: "doan-lap",
        done: "gõ dấu phẩy ngàn, Excel hiểu là số lẻ",
        edits: |at| vec![change(&at("A10"), "number", 1.25)],
        password: None,
    },
    Case {
        unit: "quang-phuc",
        done: "gõ 5-3, Excel đổi thành ngày",
        edits: |at| vec![change(&at("A02"), "date", 45_356)],
        password: None,
    },
    Case {
        unit: "tien-lang",
        done: "ghi nhầm hai dòng: số mức 1 và mức 2 đổi chỗ",
        edits: |at| {
            let (one, other) = (at("B06"), at("B07"));
            vec![json!({
                "sheet": one.sheet, "cell": one.cell, "kind": "swap", "other": other.cell,
            })]
        },
        password: None,
    },
    Case {
        unit: "bac-hung",
        done: "dùng lại tệp tháng trước, quên sửa kỳ",
        edits: |at| vec![replace(&at("A01"), "Tháng 3 năm 2024", "Tháng 02 năm 2024")],
        password: None,
    },
    Case {
        unit: "vinh-quang", done: "đặt mật khẩu", edits: |_| Vec::new(), password: Some("123")
    },
    Case {
        unit: "tu-phap",
        done: "gõ thiếu một chữ số ở tổng số người",
        edits: |at| vec![change(&at("D01"), "number", 1)],
        password: None,
    },
];

fn spots(sandbox: &Sandbox) -> Spots {
    let table = sandbox.text("output/2024-03/nguon-2024-03.csv");
    let mut reader = csv::Reader::from_reader(table.as_bytes());
    let rows = reader.records().map(Result::unwrap).filter(|row| &row[4] == "value");
    rows.map(|row| {
        let [unit, code, file, sheet, cell] =
            [1, 3, 12, 13, 14].map(|column| row[column].to_owned());
        ((unit, code), Spot { file, sheet, cell })
    })
    .collect()
}

/// Runs the hand over a plan; nothing without LibreOffice and its Python.
fn spoil(plan: &Value) -> Option<()> {
    let has_uno = Command::new(PYTHON).args(["-c", "import uno"]).stderr(Stdio::null()).status();
    if !has_uno.is_ok_and(|status| status.success()) {
        return left_out("python3-uno", "LibreOffice's Python is not there");
    }
    let program = repository().join("tests/tools/spoil.py");
    let child =
        Command::new(PYTHON).arg(program).stdin(Stdio::piped()).stderr(Stdio::piped()).spawn();
    let mut child = child.unwrap();
    child.stdin.take().unwrap().write_all(plan.to_string().as_bytes()).unwrap();
    let ended = child.wait_with_output().unwrap();
    assert!(ended.status.success(), "{}", String::from_utf8_lossy(&ended.stderr));
    Some(())
}

/// Returns what is found of a file that is not information, as the secretary reads it.
fn found(sandbox: &Sandbox, file: &str) -> String {
    let name = Path::new(file).file_name().unwrap().to_str().unwrap();
    let checked = sandbox.da06(&["check", "--period", MARCH, name]);
    let mut lines = checked.stdout.lines().skip(1).skip_while(|line| line.is_empty());
    lines.by_ref().fold(String::new(), |mut text, line| {
        let _infallible = writeln!(text, "{line}");
        text
    })
}

#[test]
fn ten_returns_spoilt_by_hand_tell_their_units_what_to_do() {
    let sandbox = Sandbox::tien_lang();
    // Beside an equal copy that nobody spoils, the bytes would decide which of the two counts.
    fs::remove_file(sandbox.path("input/2024-03/UBND_xa_Khoi_Nghia_T03-2024(1).xlsx")).unwrap();
    sandbox.da06(&["run", "--period", MARCH]).ends_with(1);
    let spots = spots(&sandbox);
    let of = |unit: &str, code: &str| spots[&(unit.to_owned(), code.to_owned())].clone();
    let file = |case: &Case| of(case.unit, "A01").file;
    let files: Vec<Value> = CASES
        .iter()
        .map(|case| {
            let path = sandbox.path(&format!("input/{}", file(case)));
            let edits = (case.edits)(&|code| of(case.unit, code));
            json!({ "path": path, "password": case.password, "edits": edits })
        })
        .collect();
    let plan = json!({ "profile": sandbox.path("office"), "files": files });
    if spoil(&plan).is_none() {
        return;
    }
    let mut told = String::new();
    for case in &CASES {
        let arguments =
            ["status", "--period", MARCH, "--as-of", "2024-03-18", "--messages", "--unit"];
        let message = sandbox.da06(&[&arguments[..], &[case.unit]].concat()).stdout;
        let found = found(&sandbox, &file(case));
        let _infallible = writeln!(told, "# {}: {}\n\n{message}\n{found}", case.unit, case.done);
    }
    expect_file!["spoilt.txt"].assert_eq(&told);
}

//! Another body changes only templates: a province with calendar months, three units under two
//! parents, five indicators, one form, one annex, another period convention.

use std::collections::BTreeMap;

use rust_xlsxwriter::Workbook;

use crate::support::{Sandbox, tool};

/// Returns the workbook of a return: unit, month and the values of the five indicators.
pub fn workbook(unit: &str, month: &str, values: [f64; 5]) -> Vec<u8> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    let head = [("Đơn vị", unit), ("Kỳ", month), ("Lần gửi", "1")];
    for (row, (label, value)) in (3..).zip(head) {
        sheet.write_string(row, 1, label).unwrap();
        sheet.write_string(row, 2, value).unwrap();
    }
    let parts = [("Trong kỳ", vec!["H1", "H2", "H3", "N2"]), ("Đến hết 29/02", vec!["N1"])];
    let mut row = 8;
    let mut values = values.into_iter();
    for (column, codes) in parts {
        for (position, title) in (0..).zip(["STT", "Mã", "Chỉ tiêu", "ĐVT", column, "Ghi chú"])
        {
            sheet.write_string(row, position, title).unwrap();
        }
        for code in codes {
            row += 1;
            sheet.write_string(row, 1, code).unwrap();
            sheet.write_number(row, 4, values.next().unwrap()).unwrap();
        }
        row += 3;
    }
    workbook.save_to_buffer().unwrap()
}

pub fn province() -> Sandbox {
    province_of(3)
}

/// Returns the workspace of the province with the returns of so many units.
pub fn province_of(units: usize) -> Sandbox {
    let sandbox = Sandbox::workspace("tinh");
    let month = "Tháng 02 năm 2024";
    let returns = [
        ("a.xlsx", "UBND xã Hòa Bình", [100.0, 40.0, 3.0, 12.5, 7.0]),
        ("b.xlsx", "phường Tân Lập", [250.0, 200.0, 0.0, 10.0, 9.0]),
        ("c.xlsx", "XA PHU SON", [50.0, 10.0, 0.0, 8.0, 4.0]),
    ];
    for (name, unit, values) in returns.into_iter().take(units) {
        sandbox.write(&format!("input/{name}"), workbook(unit, month, values));
    }
    sandbox
}

fn figures(sandbox: &Sandbox) -> BTreeMap<String, String> {
    let csv = sandbox.read("output/2024-02/so-lieu-2024-02.csv");
    let mut reader = csv::Reader::from_reader(&csv[..]);
    reader
        .records()
        .map(Result::unwrap)
        .map(|row| (row[0].to_owned(), row[10].to_owned()))
        .collect()
}

#[test]
fn the_figures_of_a_province_follow_from_its_templates() {
    let sandbox = province();
    let run = sandbox.da06(&["run", "--as-of", "2024-03-01"]);
    let figures = figures(&sandbox);
    let expected = [
        ("H1.whole.all.value", "400"),
        ("H1.parent.khu-dong.value", "350"),
        ("H1.parent.khu-tay.value", "50"),
        ("H1.group.xa.value", "400"),
        ("N1.whole.all.value", "20"),
        ("N2.unit.hoa-binh.value", "12.5"),
        ("TL1.parent.khu-dong.ratio", "68.6"),
        ("TL1.whole.all.ratio", "62.5"),
    ];
    for (id, value) in expected {
        assert_eq!(figures.get(id).map(String::as_str), Some(value), "{id}\n{run:?}");
    }
    assert_eq!(figures["H3.unit.phu-son.value"], "", "it does not apply to the unit");
}

#[test]
fn the_report_of_a_province_speaks_of_nobody_else() {
    let sandbox = province();
    let _ended = sandbox.da06(&["run", "--as-of", "2024-03-01"]);
    let path = sandbox.path("output/2024-02/bao-cao-2024-02.pdf");
    let Some(text) = tool("pdftotext", &["-layout", path.to_str().unwrap(), "-"]) else { return };
    let text = String::from_utf8(text).unwrap();
    for words in ["CHUYỂN ĐỔI SỐ", "An Bình, ngày", "29/02/2024", "xã Hòa Bình", "Trần Văn Minh"]
    {
        assert!(text.contains(words), "{words} is not in:\n{text}");
    }
    for words in ["Tiên Lãng", "Đề án 06", "VNeID", "huyện"] {
        assert!(!text.contains(words), "{words} is in:\n{text}");
    }
}

#[test]
fn a_part_larger_than_its_whole_is_dropped_and_named() {
    let sandbox = province();
    let wrong = workbook("UBND xã Hòa Bình", "T2/2024", [100.0, 140.0, 3.0, 12.5, 7.0]);
    sandbox.write("input/a.xlsx", wrong);
    sandbox.da06(&["check", "--as-of", "2024-03-01"]).ends_with(1).says(&[
        "H-01",
        "lớn hơn tổng số (100)",
        "UBND xã Hòa Bình",
    ]);
    let _ended = sandbox.da06(&["run", "--as-of", "2024-03-01"]);
    let figures = figures(&sandbox);
    assert_eq!(figures["H2.unit.hoa-binh.value"], "");
    assert_eq!(figures["H2.whole.all.value"], "210");
    assert_eq!(figures["TL1.whole.all.ratio"], "70.0", "over the units with both sides");
}

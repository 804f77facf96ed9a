//! The answers to the units: what is marked and said, that nothing else of their files changes, and
//! that a corrected answer can be sent in as a return.

mod again;
mod odd;
mod parts;

use std::collections::BTreeMap;

use calamine::{Data, Reader, Xlsx};

use crate::support::{MARCH, Sandbox};
use parts::{parts, untouched};

/// Runs the sample month.
fn answered() -> Sandbox {
    let sandbox = Sandbox::tien_lang();
    let _run = sandbox.da06(&["run", "--period", MARCH]).ends_with(1);
    sandbox
}

fn answer(sandbox: &Sandbox, unit: &str) -> Vec<u8> {
    sandbox.read(&format!("output/{MARCH}/phan-hoi/{unit}.xlsx"))
}

fn open(bytes: &[u8]) -> Xlsx<std::io::Cursor<&[u8]>> {
    Xlsx::new(std::io::Cursor::new(bytes)).unwrap()
}

/// The cells of a sheet as text by place.
fn cells(bytes: &[u8], sheet: &str) -> BTreeMap<(u32, u32), String> {
    let range = open(bytes).worksheet_range(sheet).unwrap();
    let (top, left) = range.start().unwrap_or_default();
    range
        .used_cells()
        .filter(|(.., value)| **value != Data::Empty)
        .map(|(row, column, value)| ((top + row as u32, left + column as u32), value.to_string()))
        .collect()
}

#[test]
fn units_with_something_to_correct_get_their_own_file_back() {
    let sandbox = answered();
    let expected = [
        "bach-dang",
        "cap-tien",
        "dai-thang",
        "dong-hung",
        "hung-thang",
        "kien-thiet",
        "noi-vu",
        "tai-chinh-ke-hoach",
        "tien-thang",
        "tien-thanh",
        "toan-thang",
        "tu-cuong",
        "van-hoa-thong-tin",
    ];
    let expected = expected.map(|unit| format!("{unit}.xlsx"));
    assert_eq!(sandbox.names(&format!("output/{MARCH}/phan-hoi")), expected);
    let own = sandbox.read(&format!("input/{MARCH}/UBND_xa_Hung_Thang_T03-2024.xlsx"));
    let answer = answer(&sandbox, "hung-thang");
    let changed = [
        "[Content_Types].xml",
        "xl/_rels/workbook.xml.rels",
        "xl/styles.xml",
        "xl/workbook.xml",
        "xl/worksheets/sheet1.xml",
    ];
    let added = [
        "xl/comments1.xml",
        "xl/drawings/vmlDrawing1.vml",
        "xl/worksheets/_rels/sheet1.xml.rels",
        "xl/worksheets/sheet3.xml",
    ];
    assert_eq!(
        untouched(&own, &answer),
        (changed.map(str::to_owned).to_vec(), added.map(str::to_owned).to_vec())
    );
    for sheet in ["Bieu 01", "Thôn, TDP"] {
        assert_eq!(cells(&own, sheet), cells(&answer, sheet), "{sheet}");
    }
    let said = cells(&answer, "Kết quả kiểm tra");
    let says = |words: &str| assert!(said.values().any(|cell| cell.contains(words)), "{words}");
    says("KẾT QUẢ KIỂM TRA BÁO CÁO THÁNG 3 NĂM 2024");
    says("Kính gửi: UBND xã Hùng Thắng");
    says("ghi Lần gửi là 2 và gửi lại. Hạn gửi: 16:00 ngày 18/3/2024; quá hạn");
    says("số đến 619");
    says("Tài khoản đã kích hoạt (7.080) lớn hơn tổng số");
    let notes = &parts(&answer)["xl/comments1.xml"];
    assert!(notes.contains("<comment ref=\"G59\""));
    assert!(
        parts(&answer)["xl/worksheets/sheet3.xml"]
            .contains("<hyperlink ref=\"E10\" location=\"'Bieu 01'!G59\"/>")
    );
}

#[test]
fn other_formats_come_back_as_a_copy_of_their_cells() {
    let sandbox = answered();
    for (unit, sheet, place, value) in
        [("dong-hung", "BIEU 01", (54, 5), "4390"), ("tien-thanh", "Biểu 01", (65, 6), "…")]
    {
        let answer = answer(&sandbox, unit);
        assert_eq!(cells(&answer, sheet).get(&place).map(String::as_str), Some(value), "{unit}");
        let said = cells(&answer, "Kết quả kiểm tra");
        assert!(said.values().any(|cell| cell.contains("chỉ chép lại giá trị các ô")), "{unit}");
    }
}

#[test]
fn an_answer_that_comes_back_reads_as_the_return_did() {
    let sandbox = answered();
    let before = sandbox.da06(&["check", "--period", MARCH, "--json"]);
    let pairs = [
        ("hung-thang", "UBND_xa_Hung_Thang_T03-2024.xlsx"),
        ("kien-thiet", "Kien Thiet bao cao DA06 thang 3.xlsx"),
        ("noi-vu", "Bieu 02 Phòng Nội vụ tháng 3.xlsx"),
    ];
    for (unit, file) in pairs {
        let answer = answer(&sandbox, unit);
        sandbox.write(&format!("input/{MARCH}/{file}"), answer);
    }
    let after = sandbox.da06(&["check", "--period", MARCH, "--json"]);
    for (before, after) in before.stdout.lines().zip(after.stdout.lines()) {
        assert_eq!(before, after);
    }
    assert_eq!(before.stdout.len(), after.stdout.len());
}

#[test]
fn an_unchanged_run_stands_and_a_lost_answer_is_written_again() {
    let sandbox = answered();
    let path = format!("output/{MARCH}/phan-hoi/kien-thiet.xlsx");
    let first = sandbox.read(&path);
    let again = sandbox.da06(&["run", "--period", MARCH]).ends_with(1);
    let _again = again.says(&["không có gì thay đổi", "phan-hoi (13 tệp"]);
    std::fs::remove_file(sandbox.path(&path)).unwrap();
    let _run = sandbox.da06(&["run", "--period", MARCH, "--jobs", "1"]).ends_with(1);
    assert_eq!(sandbox.read(&path), first, "same input, same bytes");
    let manifest = sandbox.text(&format!("output/{MARCH}/manifest.json"));
    assert!(manifest.contains("\"phan-hoi/kien-thiet.xlsx\""));
}

#[test]
fn figures_of_other_units_never_go_out_of_a_file_of_several() {
    let sandbox = Sandbox::tien_lang();
    std::fs::remove_dir_all(sandbox.path(&format!("input/{MARCH}"))).unwrap();
    let mut workbook = rust_xlsxwriter::Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet.set_name("Tổng hợp").unwrap();
    sheet.write_string(0, 0, "Tháng 3 năm 2024").unwrap();
    let codes = ["A01", "A02", "A03", "A04", "A05", "A06", "A07", "A08", "A09"];
    for (column, head) in (0..).zip(["STT", "Đơn vị"].into_iter().chain(codes)) {
        sheet.write_string(1, column, head).unwrap();
    }
    let units = [(2, "xã Tiên Minh", 1_700_f64), (3, "xã Bắc Hưng", 2_800_f64)];
    for (row, name, first) in units {
        sheet.write_string(row, 1, name).unwrap();
        for column in 2..11_u16 {
            sheet.write_number(row, column, first + f64::from(column)).unwrap();
        }
    }
    sheet.write_string(2, 4, "85,5%").unwrap();
    sheet.write_string(3, 5, "85,5%").unwrap();
    sandbox.write(&format!("input/{MARCH}/tong hop.xlsx"), workbook.save_to_buffer().unwrap());
    let _run = sandbox.da06(&["run", "--period", MARCH]).ends_with(1);
    for (unit, own, other) in [("tien-minh", "17", "28"), ("bac-hung", "28", "17")] {
        let answer = answer(&sandbox, unit);
        let cells = cells(&answer, "Số liệu của đơn vị");
        assert!(cells.values().any(|cell| cell.starts_with(own) && cell.len() == 4), "{cells:?}");
        assert!(cells.values().any(|cell| cell == "85,5%"), "{cells:?}");
        assert_eq!(open(&answer).sheet_names(), ["Số liệu của đơn vị", "Kết quả kiểm tra"]);
        let foreign = |cell: &String| cell.len() == 4 && cell.starts_with(other);
        for (name, part) in parts(&answer) {
            let numbers = part.split(|sign: char| !sign.is_ascii_digit()).map(str::to_owned);
            let in_sheet = name.contains("worksheets") || name.contains("sharedStrings");
            assert!(!in_sheet || !numbers.into_iter().any(|cell| foreign(&cell)), "{name}");
        }
    }
}

//! An answered file that comes back corrected in part: the next answer says what still stands, and
//! nothing of the earlier one is left but what the unit wrote itself.

use calamine::Reader;

use super::{answer, answered, open, parts::parts};
use crate::support::{MARCH, Sandbox, repacked};

const FILE: &str = "UBND_xa_Hung_Thang_T03-2024.xlsx";
const SHEET: &str = "xl/worksheets/sheet1.xml";
const ANSWER: &str = "xl/worksheets/sheet3.xml";
const NOTES: &str = "xl/comments1.xml";

/// Puts the answer back as the unit's file, with words of a part changed, and answers again.
fn sent_again(sandbox: &Sandbox, changes: &[(&str, &str, &str)]) -> Vec<u8> {
    let sent = repacked(&answer(sandbox, "hung-thang"), |name, content| {
        if !changes.iter().any(|(part, ..)| *part == name) {
            return content;
        }
        let mut text = String::from_utf8(content).unwrap();
        for (_, from, to) in changes.iter().filter(|(part, ..)| *part == name) {
            assert!(text.contains(from), "{from} is not in {name}");
            text = text.replacen(from, to, 1);
        }
        text.into_bytes()
    });
    sandbox.write(&format!("input/{MARCH}/{FILE}"), sent);
    let _run = sandbox.da06(&["run", "--period", MARCH]).ends_with(1);
    answer(sandbox, "hung-thang")
}

/// The element of a cell with a number.
fn element(bytes: &[u8], cell: &str) -> String {
    let begin = format!("<c r=\"{cell}\"");
    let sheet = &parts(bytes)[SHEET];
    let rest = sheet.split(&begin).nth(1).unwrap().split("</c>").next().unwrap();
    format!("{begin}{rest}</c>")
}

/// The look of a cell, without the numbers that a cell has otherwise.
fn look(bytes: &[u8], cell: &str) -> String {
    let sheet = &parts(bytes)[SHEET];
    let tag = sheet.split(&format!("<c r=\"{cell}\"")).nth(1).unwrap();
    tag.split('>').next().unwrap().trim_end_matches('/').to_owned()
}

#[test]
fn what_no_longer_holds_goes_and_what_still_stands_is_said_once() {
    let sandbox = answered();
    let original = sandbox.read(&format!("input/{MARCH}/{FILE}"));
    let first = answer(&sandbox, "hung-thang");
    assert_ne!(look(&first, "G59"), look(&original, "G59"), "marked");
    // The wrong total is corrected; words are written into the cell above.
    let (wrong, above) = (element(&first, "G59"), element(&first, "G58"));
    let corrected = wrong.replace("<v>7080</v>", "<v>5500</v>");
    let spoilt = format!("{} t=\"str\"><v>khoảng 60</v></c>", above.split('>').next().unwrap());
    let second = sent_again(&sandbox, &[(SHEET, &wrong, &corrected), (SHEET, &above, &spoilt)]);
    let names = open(&second).sheet_names();
    let of_answers = names.iter().filter(|name| name.starts_with("Kết quả kiểm tra")).count();
    assert_eq!((of_answers, names.last().map(String::as_str)), (1, Some("Kết quả kiểm tra")));
    assert_eq!(look(&second, "G59"), look(&original, "G59"), "its own look again");
    let notes = &parts(&second)[NOTES];
    assert!(!notes.contains("ref=\"G59\"") && notes.contains("ref=\"G58\""), "{notes}");
    let boxes = parts(&second)["xl/drawings/vmlDrawing1.vml"].matches("<v:shape ").count();
    assert_eq!(boxes, notes.matches("<comment ").count(), "a box for each note");
    let said = &parts(&second)[ANSWER];
    assert!(!said.contains("7.080") && said.contains("G58"), "{said}");
    assert_eq!(
        parts(&second)["xl/workbook.xml"].matches("Print_Titles\" localSheetId=\"2\"").count(),
        1
    );
}

#[test]
fn words_of_the_unit_in_a_note_or_in_the_sheet_are_kept() {
    let sandbox = answered();
    let second = sent_again(
        &sandbox,
        &[
            (NOTES, "]</t>", "] Xã đã hỏi lại</t>"),
            (
                ANSWER,
                "</sheetData>",
                "<row r=\"60\"><c r=\"A60\" t=\"str\"><v>Xã đã sửa</v></c></row></sheetData>",
            ),
        ],
    );
    let names = open(&second).sheet_names();
    let kept = names.iter().any(|name| name == "Kết quả kiểm tra");
    assert!(kept && names.last().unwrap() == "Kết quả kiểm tra (2)", "{names:?}");
    let parts = parts(&second);
    assert!(parts[ANSWER].contains("Xã đã sửa"));
    assert!(parts["xl/worksheets/sheet4.xml"].contains("được giữ lại"));
    assert!(parts[NOTES].contains("Xã đã hỏi lại"));
    assert_eq!(
        parts[NOTES].matches("[Kiểm tra: ").count(),
        parts[NOTES].matches("<comment ").count()
    );
    // Once more, as it is: nothing grows.
    let third = sent_again(&sandbox, &[]);
    assert_eq!(open(&third).sheet_names().len(), names.len());
}

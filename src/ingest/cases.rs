//! Whole files through the room: layouts that people make, and files that are none.

use rust_xlsxwriter::{Format, Formula, Worksheet};

use super::{
    CellContent, FileKind, FileReading, NoticeKind, RawReturn, RawValue, ReadingGuide,
    samples::{
        MAIN, VILLAGES, figures, guide, notices, only, patch, put, read_xlsx, usual, usual_figures,
        workbook,
    },
};
use crate::{place::CellRef, template::Measure};

fn main_only(lines: &str) -> FileReading {
    read_xlsx(&workbook(&[("Biểu 01", &|sheet| put(sheet, (0, 0), lines))]))
}

fn value<'a>(found: &'a RawReturn, code: &str, measure: Measure) -> &'a RawValue {
    let mut fits =
        found.values.iter().filter(|value| value.code == code && value.measure == measure);
    let value = fits.next().unwrap_or_else(|| panic!("{code} {measure:?} in {found:#?}"));
    assert!(fits.next().is_none(), "{code} {measure:?} twice");
    value
}

fn content(found: &RawReturn, code: &str) -> CellContent {
    value(found, code, Measure::Value).content.clone()
}

fn text(words: &str) -> CellContent {
    CellContent::Text(words.to_owned())
}

fn field(content: Option<&super::Located<CellContent>>) -> Option<CellContent> {
    content.map(|located| located.value.clone())
}

#[test]
fn the_usual_return_is_read_whole() {
    let reading = read_xlsx(&usual());
    assert_eq!((reading.kind, &reading.refusal), (FileKind::Xlsx, &None));
    assert_eq!(reading.notices, []);
    let found = only(&reading);
    assert_eq!(found.sheets, ["Biểu 01", "Thôn, TDP"]);
    assert_eq!(found.form, "01");
    assert!(found.sample);
    assert_eq!(field(found.unit_name.as_ref()), Some(text("UBND xã Tiên Minh")));
    assert_eq!(field(found.unit_code.as_ref()), Some(text("'11902")));
    assert_eq!(field(found.submission.as_ref()), Some(CellContent::Number(1.0)));
    let period = found.period.as_ref().unwrap();
    assert_eq!(period.value, text("Tháng 3 năm 2024 (từ ngày 15/02/2024 đến hết ngày 14/3/2024)"));
    assert_eq!(period.cell.to_string(), "B5");
    assert_eq!(found.values.len(), 3 * 3 + 2 * 3 + 2 * 2);
    assert_eq!(content(found, "A01"), CellContent::Number(3.0));
    assert_eq!(content(found, "A02"), text("-"));
    assert_eq!(content(found, "A03"), CellContent::Empty);
    assert_eq!(value(found, "A03", Measure::YearToDate).content, text("…"));
    assert_eq!(content(found, "B08"), CellContent::Number(1.234));
    assert!(value(found, "B08", Measure::Value).part_is_stock);
    assert_eq!(value(found, "B08", Measure::Value).cell.to_string(), "F19");
    assert_eq!(value(found, "B08", Measure::Change).content, text("x"));
    assert_eq!(content(found, "E01"), text("x"));
    assert_eq!(content(found, "E01N"), CellContent::Number(12.0));
    assert_eq!(content(found, "E02N"), CellContent::Empty);
    let notes: Vec<_> = found.notes.iter().map(|(code, note)| (&**code, &*note.value)).collect();
    assert_eq!(notes, [("A02", "mưa bão"), ("B06", "chuyển lên mức 2")]);
    let texts: Vec<_> = found.texts.iter().map(|(key, words)| (&**key, &words.value)).collect();
    let proposal = text("Đề nghị hỗ trợ máy tính\ncho Tổ công tác");
    assert_eq!(texts, [("kho_khan", &text("Mạng yếu")), ("kien_nghi", &proposal)]);
}

#[test]
fn villages_are_rows_and_their_total_is_apart() {
    let reading = read_xlsx(&usual());
    let [detail] = &only(&reading).details[..] else { panic!("{reading:?}") };
    assert_eq!((&*detail.table, detail.sheet), ("thon", 1));
    let cells = |row: &[super::DetailCell]| {
        row.iter().map(|(key, _, content)| (key.clone(), content.clone())).collect::<Vec<_>>()
    };
    assert_eq!(detail.rows.len(), 2);
    assert_eq!(detail.rows[1][1], ("ten".into(), CellRef { row: 4, column: 1 }, text("Thôn Đoài")));
    assert_eq!(detail.rows[1][3].2, CellContent::Empty);
    assert_eq!(detail.totals.len(), 1);
    assert_eq!(cells(&detail.totals[0])[2], ("ho".into(), CellContent::Number(215.0)));
}

#[test]
fn everything_round_trips_through_json() {
    let reading = read_xlsx(&usual());
    let json = serde_json::to_string(&reading).unwrap();
    assert_eq!(serde_json::from_str::<FileReading>(&json).unwrap(), reading);
    let json = serde_json::to_string(&guide()).unwrap();
    assert_eq!(serde_json::from_str::<ReadingGuide>(&json).unwrap(), guide());
}

#[test]
fn tables_are_found_wherever_they_stand() {
    for corner in [(0, 0), (7, 3), (40, 11)] {
        let moved = workbook(&[("Sheet1 ", &|sheet: &mut Worksheet| put(sheet, corner, MAIN))]);
        let reading = read_xlsx(&moved);
        assert_eq!(figures(only(&reading)), usual_figures(), "{corner:?}");
        assert_eq!(only(&reading).texts.len(), 2);
    }
}

#[test]
fn spellings_of_heads_and_codes_do_not_matter() {
    use unicode_normalization::UnicodeNormalization;
    let spellings = [
        ("NFD", MAIN.nfd().collect::<String>()),
        (
            "capitals",
            MAIN.replace("|Mã|Chỉ tiêu|", "|MÃ|CHỈ  TIÊU|").replace("Trong kỳ", "TRONG KỲ:"),
        ),
        (
            "codes",
            MAIN.replace("|A01|", "|a01 |").replace("|B08|", "| B 08|").replace("E01", "e.01"),
        ),
        ("tone", MAIN.replace("Lũy kế", "Luỹ kế").replace("lũy kế", "luỹ kế")),
        ("no codes", MAIN.replace("|B08|", "||").replace("Tài khoản đã", "TÀI  KHOẢN đã")),
        (
            "no column of codes",
            MAIN.replace("STT|Mã|", "STT||")
                .replace("|A03|", "||")
                .replace("|A01|", "||")
                .replace("|A02|", "||")
                .replace("|B06|", "||")
                .replace("|B08|", "||")
                .replace("|E01|", "||")
                .replace("|E02|", "||"),
        ),
    ];
    for (what, lines) in spellings {
        let reading = main_only(&lines);
        let bare = |figures: Vec<(String, Measure, CellContent)>| figures;
        assert_eq!(bare(figures(only(&reading))), usual_figures(), "{what}");
        assert_eq!(reading.notices, [], "{what}");
    }
}

#[test]
fn fields_may_stand_in_one_cell() {
    let lines = MAIN
        .replace(
            "Đơn vị báo cáo:|UBND xã Tiên Minh||Mã đơn vị:|'11902",
            "Đơn vị báo cáo: UBND xã Tiên Minh",
        )
        .replace("Kỳ báo cáo:|", "Kỳ báo cáo ")
        .replace("Lần gửi:|1", "Lần gửi: 2")
        .replace("Khó khăn, vướng mắc:|", "Khó khăn, vướng mắc: ");
    let reading = main_only(&lines);
    let found = only(&reading);
    assert_eq!(field(found.unit_name.as_ref()), Some(text("UBND xã Tiên Minh")));
    assert_eq!(field(found.unit_code.as_ref()), None);
    assert_eq!(field(found.submission.as_ref()), Some(text("2")));
    assert_eq!(found.texts[0].1.value, text("Mạng yếu"));
    let period = field(found.period.as_ref()).unwrap();
    assert_eq!(period, text("Tháng 3 năm 2024 (từ ngày 15/02/2024 đến hết ngày 14/3/2024)"));
}

#[test]
fn the_plan_of_the_year_has_a_number_and_a_date() {
    let plan = "Kế hoạch tuyên truyền năm: số|12/KH-TTVH|ngày|05/01/2024\n|NGƯỜI LẬP BIỂU";
    let reading = main_only(&MAIN.replace("|NGƯỜI LẬP BIỂU", plan));
    let texts: Vec<_> =
        only(&reading).texts.iter().map(|(key, words)| (&**key, &words.value)).collect();
    assert!(texts.contains(&("ke_hoach_so", &text("12/KH-TTVH"))), "{texts:?}");
    assert!(texts.contains(&("ke_hoach_ngay", &text("05/01/2024"))), "{texts:?}");
    assert_eq!(texts.len(), 4, "{texts:?}");
}

#[test]
fn an_empty_head_field_keeps_its_place() {
    let reading =
        main_only(&MAIN.replace("Đơn vị báo cáo:|UBND xã Tiên Minh||", "Đơn vị báo cáo:|||"));
    let unit = only(&reading).unit_name.clone().unwrap();
    assert_eq!((unit.value, unit.cell.to_string()), (CellContent::Empty, "B6".to_owned()));
    let lines = MAIN
        .replace("Kỳ báo cáo:|Tháng 3 năm 2024 (từ ngày 15/02/2024 đến hết ngày 14/3/2024)", "");
    let reading = main_only(&lines);
    let title = only(&reading).period.clone().unwrap();
    assert_eq!(title.cell.to_string(), "A4", "the month of the title stands in for the period");
}

#[test]
fn merged_heads_of_two_rows_are_one() {
    let bytes = workbook(&[("Biểu 01", &|sheet| {
        let format = Format::new();
        let lines = "Kỳ báo cáo:|T3/2024\n\nSTT|Mã|Chỉ tiêu|Đến hết|||Ghi chú\n|||Số|Số|so sánh|\n\
                     1|2|3|4|5|6|7\n1|B08|x|4000|4100|100|rõ";
        put(sheet, (0, 0), lines);
        sheet.merge_range(2, 3, 2, 5, "Số lũy kế", &format).unwrap();
        for (column, head) in [(0, "STT"), (1, "Mã"), (2, "Chỉ tiêu"), (6, "Ghi chú")] {
            sheet.merge_range(2, column, 3, column, head, &format).unwrap();
        }
        for (column, head) in [(3, "Đến hết 14/02"), (4, "Đến hết 14/3"), (5, "Tăng, giảm")]
        {
            sheet.write(3, column, head).unwrap();
        }
    })]);
    let reading = read_xlsx(&bytes);
    let found = only(&reading);
    assert_eq!(value(found, "B08", Measure::Previous).content, CellContent::Number(4000.0));
    assert_eq!(value(found, "B08", Measure::Value).content, CellContent::Number(4100.0));
    assert_eq!(found.notes[0].1.value, "rõ");
}

#[test]
fn kinds_of_cells_are_kept_apart() {
    let bytes = workbook(&[("Biểu 01", &|sheet| {
        put(sheet, (0, 0), MAIN);
        let percent = Format::new().set_num_format("0.0%");
        let day = Format::new().set_num_format("dd/mm/yyyy");
        sheet.write_formula(11, 4, Formula::new("=1/0").set_result("#DIV/0!")).unwrap();
        sheet.write_formula(11, 5, Formula::new("=A1").set_result("7777")).unwrap();
        sheet.write_number_with_format(11, 6, 0.855, &percent).unwrap();
        sheet.write_formula(12, 4, Formula::new("=#REF!").set_result("#REF!")).unwrap();
        sheet.write_boolean(12, 5, true).unwrap();
        sheet.write_number_with_format(12, 6, 45_365.0, &day).unwrap();
        sheet.write(13, 5, "  ").unwrap();
    })]);
    let bytes = patch(&bytes, "xl/worksheets/sheet1.xml", ("<v>7777</v>", ""));
    let reading = read_xlsx(&bytes);
    let found = only(&reading);
    let of = |code, measure| value(found, code, measure).content.clone();
    assert_eq!(of("A01", Measure::Previous), CellContent::Error("#DIV/0!".into()));
    assert_eq!(of("A01", Measure::Value), CellContent::FormulaWithoutValue);
    assert_eq!(of("A01", Measure::YearToDate), CellContent::Percent(0.855));
    assert_eq!(of("A02", Measure::Previous), CellContent::Error("#REF!".into()));
    assert_eq!(of("A02", Measure::Value), CellContent::Boolean(true));
    assert_eq!(of("A02", Measure::YearToDate), CellContent::Date("2024-03-14".into()));
    assert_eq!(of("A03", Measure::Value), CellContent::Empty);
}

#[test]
fn values_under_merged_cells_are_dropped() {
    let bytes = workbook(&[("Biểu 01", &|sheet| {
        put(sheet, (0, 0), MAIN);
        sheet.merge_range(11, 5, 13, 5, "5", &Format::new()).unwrap();
        sheet.write(12, 5, 9).unwrap();
    })]);
    let reading = read_xlsx(&bytes);
    assert_eq!(content(only(&reading), "A01"), text("5"));
    assert_eq!(content(only(&reading), "A02"), CellContent::Empty);
}

#[test]
fn last_months_sheet_is_a_return_of_its_own() {
    let february =
        MAIN.replace("Tháng 3 năm 2024", "Tháng 02 năm 2024").replace("|1480|", "|1500|");
    let villages = VILLAGES.replace("THÁNG 3", "THÁNG 02").replace("|95|", "|94|");
    let bytes = workbook(&[
        ("Thôn T3", &|sheet| put(sheet, (0, 0), VILLAGES)),
        ("T2", &|sheet| put(sheet, (0, 0), &february)),
        ("Thôn T2", &|sheet| put(sheet, (0, 0), &villages)),
        ("T3", &|sheet| put(sheet, (0, 0), MAIN)),
    ]);
    let reading = read_xlsx(&bytes);
    let sheets: Vec<_> = reading.returns.iter().map(|found| found.sheets.clone()).collect();
    assert_eq!(sheets, [vec!["T2", "Thôn T2"], vec!["T3", "Thôn T3"]]);
    assert_eq!(content(&reading.returns[0], "B06"), CellContent::Number(1500.0));
    assert_eq!(content(&reading.returns[1], "B06"), CellContent::Number(1480.0));
    assert_eq!(reading.returns[1].details.len(), 1);
}

#[test]
fn parts_on_sheets_of_their_own_are_one_return() {
    let (first, second) = MAIN.split_at(MAIN.find("Phần 2.").unwrap());
    let bytes = workbook(&[
        ("Phần 1", &|sheet| put(sheet, (0, 0), first)),
        ("Phần 2", &|sheet| put(sheet, (2, 1), second)),
    ]);
    let reading = read_xlsx(&bytes);
    assert_eq!(figures(only(&reading)), usual_figures());
    assert_eq!(value(only(&reading), "B08", Measure::Value).sheet, 1);
}

#[test]
fn what_is_not_read_is_said() {
    let lines = MAIN
        .replace("2|A02|", "2|A99|")
        .replace("3|A03|Số lượt người dự", "3|B06|Tài khoản")
        .replace("2|E02|", "2|E01|");
    let bytes = workbook(&[
        ("Ẩn", &|sheet| {
            put(sheet, (0, 0), MAIN);
            sheet.set_hidden(true);
        }),
        ("Biểu 01", &|sheet| {
            put(sheet, (0, 0), &lines);
            sheet.write(1_048_575, 16_383, "x").unwrap();
            sheet.set_active(true);
        }),
        ("Ghi nhớ", &|sheet| put(sheet, (0, 0), "Danh bạ|Điện thoại")),
        ("Trống", &|_| {}),
    ]);
    let reading = read_xlsx(&bytes);
    assert_eq!(only(&reading).sheets, ["Biểu 01"]);
    assert_eq!(
        notices(&reading),
        [
            NoticeKind::HiddenSheet,
            // A row with a strange code and the words of A02.
            NoticeKind::Unclear(1),
            NoticeKind::UnknownCode("A99".into()),
            NoticeKind::MissingColumn("B06".into()),
            NoticeKind::NameOfOther { code: "E01".into(), named: "E02".into() },
            NoticeKind::StrayCell,
            NoticeKind::UnknownSheet,
        ]
    );
    let lost = MAIN.replace("|Trong kỳ|", "|?|");
    assert!(notices(&main_only(&lost)).contains(&NoticeKind::LackingColumn("Trong kỳ".into())));
}

#[test]
fn the_form_is_the_one_with_most_of_the_codes() {
    let lines: Vec<&str> = MAIN.lines().take(13).collect();
    assert_eq!(only(&main_only(&lines.join("\n"))).form, "03");
    assert_eq!(only(&main_only(MAIN)).form, "01");
}

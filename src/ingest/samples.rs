//! A small guide and workbooks in its layout, for the tests of this room.

use std::io::{Cursor, Read, Write};

use rust_xlsxwriter::{Workbook, Worksheet};
use zip::{ZipArchive, ZipWriter, write::SimpleFileOptions};

use super::{
    CellContent, FileReading, GuideColumn, GuideDetail, GuideIndicator, GuideLabels, NoticeKind,
    RawReturn, RawValue, ReadingGuide, matcher::Matcher, read,
};
use crate::{
    crew::Alone,
    template::{DetailKind, Measure},
};

/// The indicators of the small guide: code, name, whether a stock.
const INDICATORS: [(&str, &str, bool); 7] = [
    ("A01", "Số văn bản chỉ đạo", false),
    ("A02", "Số buổi tuyên truyền", false),
    ("A03", "Số lượt người dự", false),
    ("B06", "Tài khoản mức 1 hiện có", true),
    ("B08", "Tài khoản đã kích hoạt", true),
    ("E01", "Thay thế thẻ CCCD", false),
    ("E02", "Tích hợp giấy phép lái xe", false),
];

fn owned(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

/// Returns two forms: 01 with three parts and a detail table, 03 with the first two rows of it.
pub(super) fn guide() -> ReadingGuide {
    use Measure::{Change, Previous, Value, YearToDate};
    let flows: &[(Measure, &[&str])] = &[
        (Previous, &["Kỳ trước"]),
        (Value, &["Trong kỳ", "Kỳ này", "Kết quả", "Thực hiện"]),
        (YearToDate, &["Lũy kế từ đầu năm (từ {dau_nam})", "Lũy kế từ đầu năm"]),
    ];
    let stocks: &[(Measure, &[&str])] = &[
        (Previous, &["Đến hết {den_truoc}"]),
        (Value, &["Đến hết {den}", "Lũy kế", "Kỳ này", "Kết quả", "Thực hiện"]),
        (Change, &["Tăng, giảm"]),
    ];
    let column = |part: &str, codes: &[&str], (measure, titles): &(Measure, &[&str])| GuideColumn {
        part: part.to_owned(),
        measure: *measure,
        titles: owned(titles),
        suffix: None,
        required: true,
        codes: owned(codes),
    };
    let mut columns: Vec<GuideColumn> = Vec::new();
    columns.extend(flows.iter().map(|titles| column("01/1", &["A01", "A02", "A03"], titles)));
    columns.extend(stocks.iter().map(|titles| column("01/2", &["B06", "B08"], titles)));
    let ticks: [(&[&str], Option<&str>); 2] =
        [(&["Có tuyên truyền (x)"], None), (&["Số người được hướng dẫn"], Some("N"))];
    columns.extend(ticks.iter().map(|(titles, suffix)| GuideColumn {
        suffix: suffix.map(str::to_owned),
        ..column("01/3", &["E01", "E02"], &(Value, titles))
    }));
    columns.extend(flows.iter().map(|titles| column("03/1", &["A01", "A02"], titles)));
    ReadingGuide {
        indicators: INDICATORS
            .map(|(code, name, stock)| GuideIndicator {
                section: String::new(),
                code: code.to_owned(),
                names: vec![name.to_owned()],
                other_names: Vec::new(),
                unit_of_count: String::new(),
                stock,
            })
            .to_vec(),
        columns,
        details: vec![detail()],
        boxes: vec![
            ("kho_khan".to_owned(), owned(&["Khó khăn, vướng mắc"])),
            ("kien_nghi".to_owned(), owned(&["Kiến nghị, đề xuất"])),
            ("ke_hoach_so".to_owned(), owned(&["Kế hoạch tuyên truyền năm: số"])),
            ("ke_hoach_ngay".to_owned(), owned(&["ngày"])),
        ],
        unit_names: owned(&[
            "UBND xã Tiên Minh",
            "xã Tiên Minh",
            "UBND xã Đoàn Lập",
            "xã Đoàn Lập",
        ]),
        bare_unit_names: owned(&["Tiên Minh", "Đoàn Lập", "Bắc Hưng", "Nam Hưng"]),
        first_day: 15,
        labels: labels(),
        ..ReadingGuide::default()
    }
}

fn detail() -> GuideDetail {
    let columns = [
        ("stt", "STT", DetailKind::Number),
        ("ten", "Tên thôn, tổ dân phố", DetailKind::Text),
        ("ho", "Số hộ", DetailKind::Number),
        ("to", "Số thành viên Tổ", DetailKind::Number),
    ];
    GuideDetail {
        key: "thon".to_owned(),
        titles: owned(&["Số liệu theo thôn, tổ dân phố"]),
        columns: columns.map(|(key, title, kind)| (key.to_owned(), owned(&[title]), kind)).to_vec(),
    }
}

fn labels() -> GuideLabels {
    GuideLabels {
        unit: owned(&["Đơn vị báo cáo"]),
        unit_code: owned(&["Mã đơn vị"]),
        period: owned(&["Kỳ báo cáo"]),
        submission: owned(&["Lần gửi"]),
        code: owned(&["Mã"]),
        indicator: owned(&["Chỉ tiêu", "Tiện ích"]),
        note: owned(&["Ghi chú (giải trình)", "Ghi chú"]),
        ordinal: owned(&["STT"]),
        unit_of_count: owned(&["ĐVT"]),
        total: owned(&["Tổng cộng", "Tổng số"]),
        sign_off: owned(&["NGƯỜI LẬP BIỂU", "CHỦ TỊCH"]),
        sample_mark: owned(&["SỐ LIỆU MẪU"]),
    }
}

/// Writes lines of cells (`|` between them) below each other from a corner on: numbers as numbers,
/// the rest as words, nothing where nothing stands.
pub(super) fn put(sheet: &mut Worksheet, corner: (u32, u16), lines: &str) {
    for (row, line) in (corner.0..).zip(lines.lines()) {
        for (column, cell) in (corner.1..).zip(line.split('|').map(str::trim)) {
            match cell.parse::<f64>() {
                _ if cell.is_empty() => {}
                Ok(number) => drop(sheet.write(row, column, number).unwrap()),
                Err(_) => drop(sheet.write(row, column, cell).unwrap()),
            }
        }
    }
}

/// The main sheet of form 01, 30 rows.
pub(super) const MAIN: &str = "\
UBND HUYỆN TIÊN LÃNG|||CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
UBND XÃ TIÊN MINH|||Độc lập - Tự do - Hạnh phúc
|||||||Biểu 01/ĐA06-X
BÁO CÁO KẾT QUẢ THỰC HIỆN ĐỀ ÁN 06 THÁNG 3 NĂM 2024
Kỳ báo cáo:|Tháng 3 năm 2024 (từ ngày 15/02/2024 đến hết ngày 14/3/2024)
Đơn vị báo cáo:|UBND xã Tiên Minh||Mã đơn vị:|'11902
Lần gửi:|1|||SỐ LIỆU MẪU
Phần 1. Số phát sinh trong kỳ
STT|Mã|Chỉ tiêu|ĐVT|Kỳ trước|Trong kỳ|Lũy kế từ đầu năm (từ 15/12/2023)|Ghi chú (giải trình)
1|2|3|4|5|6|7|8
|A|A. TUYÊN TRUYỀN
1|A01|Số văn bản chỉ đạo|văn bản|2|3|7|
2|A02|Số buổi tuyên truyền|buổi|4|-|9|mưa bão
3|A03|Số lượt người dự|lượt|100||…|
Phần 2. Số lũy kế
STT|Mã|Chỉ tiêu|ĐVT|Đến hết 14/02|Đến hết 14/3|Tăng, giảm|Ghi chú (giải trình)
1|2|3|4|5|6|7|8
1|B06|Tài khoản mức 1 hiện có|tài khoản|1500|1480|-20|chuyển lên mức 2
2|B08|Tài khoản đã kích hoạt|tài khoản|4000|1.234|x|
Phần 3. Tiện ích
STT|Mã|Tiện ích|Mức|Có tuyên truyền (x)|Số người được hướng dẫn|Ghi chú
1|E01|Thay thế thẻ CCCD|1|x|12|
2|E02|Tích hợp giấy phép lái xe|2|||
Khó khăn, vướng mắc:|Mạng yếu
Kiến nghị, đề xuất:
Đề nghị hỗ trợ máy tính
cho Tổ công tác
||||||Tiên Minh, ngày 15 tháng 3 năm 2024
|NGƯỜI LẬP BIỂU|||||CHỦ TỊCH";

/// The sheet of thôn of form 01.
pub(super) const VILLAGES: &str = "\
SỐ LIỆU THEO THÔN, TỔ DÂN PHỐ THÁNG 3 NĂM 2024
STT|Tên thôn, tổ dân phố|Số hộ|Số thành viên Tổ
1|2|3|4
1|Thôn Đông|120|5
2|Thôn Đoài|95|
|Tổng cộng|215|5
||Tiên Minh, ngày 15 tháng 3 năm 2024";

/// A sheet to be written: its name and what writes it.
type SheetWriter<'a> = (&'a str, &'a dyn Fn(&mut Worksheet));

/// Returns the bytes of a workbook with sheets that are written by the given functions.
pub(super) fn workbook(sheets: &[SheetWriter<'_>]) -> Vec<u8> {
    let mut workbook = Workbook::new();
    for (name, write) in sheets {
        let sheet = workbook.add_worksheet().set_name(*name).unwrap();
        write(sheet);
    }
    workbook.save_to_buffer().unwrap()
}

/// Returns the bytes of a return in the layout of form 01.
pub(super) fn usual() -> Vec<u8> {
    workbook(&[
        ("Biểu 01", &|sheet| put(sheet, (0, 0), MAIN)),
        ("Thôn, TDP", &|sheet| put(sheet, (0, 0), VILLAGES)),
    ])
}

/// Returns a package in which some words of a part are others.
pub(super) fn patch(bytes: &[u8], part: &str, (from, to): (&str, &str)) -> Vec<u8> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..archive.len() {
        let mut source = archive.by_index(index).unwrap();
        let name = source.name().unwrap().into_owned();
        let mut content = Vec::new();
        source.read_to_end(&mut content).unwrap();
        if name == part {
            let words = String::from_utf8(content).unwrap();
            assert!(words.contains(from), "{from} in {part}");
            content = words.replace(from, to).into_bytes();
        }
        writer.start_file(name, SimpleFileOptions::default()).unwrap();
        writer.write_all(&content).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// Returns the small guide made ready.
pub(super) fn matcher() -> Matcher {
    Matcher::new(&guide(), &Alone)
}

/// Reads a workbook with the small guide.
pub(super) fn read_xlsx(bytes: &[u8]) -> FileReading {
    read("2024-03/BC.xlsx", bytes, &guide())
}

/// Returns the only return of a reading.
pub(super) fn only(reading: &FileReading) -> &RawReturn {
    assert_eq!(reading.returns.len(), 1, "{reading:?}");
    &reading.returns[0]
}

/// Returns the kinds of the notices of a reading.
pub(super) fn notices(reading: &FileReading) -> Vec<NoticeKind> {
    reading.notices.iter().map(|notice| notice.kind.clone()).collect()
}

/// The values of a return without their places.
pub(super) fn figures(found: &RawReturn) -> Vec<(String, Measure, CellContent)> {
    let bare = |value: &RawValue| (value.code.clone(), value.measure, value.content.clone());
    found.values.iter().map(bare).collect()
}

/// Returns the values of the usual return.
pub(super) fn usual_figures() -> Vec<(String, Measure, CellContent)> {
    figures(only(&read_xlsx(&usual())))
}

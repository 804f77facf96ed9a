//! The defects of 2024-03 that concern whole files: what did not come, came twice, came broken.

use std::io::{Cursor, Write};

use da06::{
    period::Period,
    template::{Measure, Templates},
};
use sha2::{Digest, Sha256};
use zip::{ZipWriter, result::ZipError, write::SimpleFileOptions};

use crate::{
    batch::{self, Format, Month, People, Return, SampleFile},
    defects::whole,
    draft::{self, Content, Draft},
    truth::Figure,
    writer::WriteError,
};

/// Adds the return of a unit as it came in 2024-03.
pub(crate) fn add(
    templates: &Templates,
    made: Return<'_>,
    month: &mut Month,
) -> Result<(), WriteError> {
    match made.unit.key.as_str() {
        "tay-hung" => not_returned(&made, month),
        "nam-hung" => arrives(made, month, ("D02", "late"), ["DA06-N02", "thông tin", "dùng"]),
        "vinh-quang" => {
            arrives(made, month, ("D03", "extension granted"), ["DA06-N03", "thông tin", "dùng"]);
        }
        "quang-phuc" => second_counts(templates, &made, month)?,
        "bach-dang" => second_rejected(templates, made, month)?,
        "toan-thang" => tie(templates, made, month)?,
        "tien-thang" => other_period(templates, &made, month)?,
        "khoi-nghia" => same_twice(made, month),
        "y-te" => truncated(made, month),
        "doan-lap" => {
            let defect = month.defect(&made, "D33", "last month's sheet left in");
            "Biểu 01 T2".clone_into(&mut defect.sheet);
            defect.expect(["DA06-T17", "thông tin", "dùng"], "còn trang tính của tháng 02");
            month.count(made);
        }
        "tien-lang" => corrected(made, month),
        _ => month.count(made),
    }
    Ok(())
}

fn not_returned(made: &Return<'_>, month: &mut Month) {
    let defect = month.defect(made, "D01", "did not return");
    defect.file.clear();
    defect.expect(["DA06-N01", "lỗi", "dùng"], "chưa gửi báo cáo");
    month.count_nothing(made, "did not return");
}

fn arrives(
    made: Return<'_>,
    month: &mut Month,
    (id, kind): (&str, &'static str),
    expected: [&'static str; 3],
) {
    month.defect(&made, id, kind).expect(expected, "xem input/so-den.csv");
    month.count(made);
}

/// Returns the draft of another submission.
fn resubmitted(made: &Return<'_>, submission: u32) -> Draft {
    Draft { submission, ..made.draft.clone() }
}

/// Adds to a flow of a draft, in the month and in the year.
fn add_to_flow(draft: &mut Draft, code: &str, more: i64) {
    for measure in [Measure::Value, Measure::YearToDate] {
        let value = whole(draft, code, measure) + more;
        draft.put_measure(code, measure, Content::count(value));
    }
}

fn second_counts(
    templates: &Templates,
    made: &Return<'_>,
    month: &mut Month,
) -> Result<(), WriteError> {
    let mut draft = resubmitted(made, 2);
    add_to_flow(&mut draft, "A15", 35);
    add_to_flow(&mut draft, "C05", 4);
    month.deliver(made);
    let stem = stem(&made.path);
    let second = batch::make(templates, made.unit, draft, &format!("{stem} (sua)"))?;
    let defect = month.defect(&second, "D04", "second submission changes figures");
    defect.expect(["DA06-N04", "thông tin", "dùng"], "lần 2 thay lần 1: A15 thêm 35, C05 thêm 4");
    month.count(second);
    Ok(())
}

fn second_rejected(
    templates: &Templates,
    made: Return<'_>,
    month: &mut Month,
) -> Result<(), WriteError> {
    let mut draft = resubmitted(&made, 2);
    draft.cells.clear();
    draft.boxes.clear();
    draft.details.clear();
    let stem = stem(&made.path);
    let second = batch::make(templates, made.unit, draft, &format!("{stem} lan 2"))?;
    month.deliver(&second);
    let defect = month.defect(&second, "D05", "second submission rejected, first counts");
    defect.expect(["DA06-N05", "cảnh báo", "dùng"], "lần 2 là biểu trống; lần 1 được tính");
    month.count(made);
    Ok(())
}

/// Two files with the same Lần gửi: the lower hash counts until the secretary decides.
fn tie(templates: &Templates, made: Return<'_>, month: &mut Month) -> Result<(), WriteError> {
    let mut draft = made.draft.clone();
    add_to_flow(&mut draft, "A15", -28);
    let stem = stem(&made.path);
    let other = batch::make(templates, made.unit, draft, &format!("{stem} ban moi"))?;
    let hash = |made: &Return<'_>| Sha256::digest(&made.bytes);
    let (counts, other) = if hash(&made) < hash(&other) { (made, other) } else { (other, made) };
    month.deliver(&other);
    let defect = month.defect(&other, "D06", "same submission, other content");
    defect.expect(["DA06-N06", "cảnh báo", "nghi"], "hai tệp cùng lần gửi 1, A15 khác nhau");
    month.count(counts);
    Ok(())
}

fn other_period(
    templates: &Templates,
    made: &Return<'_>,
    month: &mut Month,
) -> Result<(), WriteError> {
    let february = made.draft.period.previous();
    let dates = templates.body.convention.dates(february);
    let mut draft = made.draft.clone();
    draft.period_words = draft::period_words(february, dates);
    let wrong = batch::make(templates, made.unit, draft, &stem(&made.path))?;
    month.deliver(&wrong);
    let words = wrong.draft.period_words.clone();
    let cell = wrong.places.head.get("period").cloned().unwrap_or_default();
    let sheet = wrong.places.sheet.clone();
    let defect = month.defect(&wrong, "D07", "March file whose period says February");
    (defect.cell, defect.sheet) = (cell, sheet);
    defect.expect(["DA06-H09", "lỗi", "bỏ"], &words);
    month.count_nothing(&wrong, "held: its period says 2024-02");
    Ok(())
}

fn same_twice(made: Return<'_>, month: &mut Month) {
    let path = format!("{}(1).xlsx", stem(&made.path));
    let defect = month.defect(&made, "D29", "same file twice");
    defect.file.clone_from(&path);
    defect.expect(["DA06-N08", "thông tin", "dùng"], "trùng từng byte với tệp của xã");
    month.files.push(SampleFile {
        path,
        unit: made.unit.key.clone(),
        bytes: made.bytes.clone(),
        format: Format::Xlsx,
    });
    month.count(made);
}

fn truncated(mut made: Return<'_>, month: &mut Month) {
    made.bytes.truncate(made.bytes.len() * 3 / 5);
    month.deliver(&made);
    let defect = month.defect(&made, "D30", "truncated file");
    defect.unit.clear(); // the file cannot name its unit
    defect.expect(["DA06-T02", "từ chối", "bỏ"], "tệp bị cắt cụt ở 3/5");
    month.count_nothing(&made, "truncated file");
}

/// How much the correction of `dieu-chinh.csv` adds to A15 of thị trấn Tiên Lãng.
pub(crate) const CORRECTION: i64 = 42;

fn corrected(mut made: Return<'_>, month: &mut Month) {
    let old = whole(&made.draft, "A15", Measure::Value);
    made.figures.insert("A15".to_owned(), Figure::Value(old + CORRECTION));
    let cell = made.places.values.get(&("A15".to_owned(), Measure::Value)).cloned();
    let sheet = made.places.sheet.clone();
    let defect = month.defect(&made, "D35", "correction in dieu-chinh.csv");
    "A15".clone_into(&mut defect.indicator);
    (defect.cell, defect.sheet) = (cell.unwrap_or_default(), sheet);
    let words = format!("{old} → {}", old + CORRECTION);
    defect.expect(["DA06-K05", "thông tin", "dùng"], &words);
    month.count(made);
}

/// Adds the files of no unit: a merged commune, a Word file, an owner file.
pub(crate) fn add_strangers(
    templates: &Templates,
    period: Period,
    people: &People,
    month: &mut Month,
) -> Result<(), WriteError> {
    let Some(successor) = templates.roster.units.iter().find(|unit| unit.key == "vinh-quang")
    else {
        return Ok(());
    };
    let residents = people.get(&successor.key).copied().unwrap_or(0) / 3;
    let profile = draft::profile(templates, successor, residents);
    let mut draft = draft::clean(templates, successor, period, &profile);
    "UBND xã Tiên Hưng".clone_into(&mut draft.unit_name);
    draft.unit_code.clear();
    let merged = batch::make(templates, successor, draft, &format!("{period}/Tien Hung T3"))?;
    let cell = merged.places.head.get("unit").cloned().unwrap_or_default();
    let sheet = merged.places.sheet.clone();
    let defect = month.defect(&merged, "D28", "commune merged in 2020");
    defect.unit.clear();
    (defect.cell, defect.sheet) = (cell, sheet);
    defect.expect(["DA06-H03", "từ chối", "bỏ"], "UBND xã Tiên Hưng");
    month.deliver(&merged);

    let letter =
        word_file().map_err(|source| WriteError::Patch { unit: "thanh-tra".to_owned(), source })?;
    let path = format!("{period}/Cong van Thanh tra huyen T3.xlsx");
    stranger(month, (path, letter), ("D31", "Word file named .xlsx"), "DA06-T01", "từ chối");
    let path = format!("{period}/~$Tien Minh T3.xlsx");
    stranger(month, (path, owner_file()), ("D32", "owner file"), "DA06-T08", "thông tin");
    Ok(())
}

fn stranger(
    month: &mut Month,
    (path, bytes): (String, Vec<u8>),
    (id, kind): (&str, &'static str),
    code: &'static str,
    severity: &'static str,
) {
    let mut defect = crate::truth::Defect { id: id.to_owned(), kind, ..Default::default() };
    defect.file.clone_from(&path);
    let usage = if severity == "từ chối" { "bỏ" } else { "dùng" };
    defect.expect([code, severity, usage], "tệp không phải là báo cáo của đơn vị nào");
    month.truth.defects.push(defect);
    month.files.push(SampleFile { path, unit: String::new(), bytes, format: Format::Xlsx });
}

/// Returns the 165 bytes that Excel keeps beside an open workbook: the user's name, twice.
fn owner_file() -> Vec<u8> {
    const NAME: &str = "Nguoi dung mau";
    let length = u8::try_from(NAME.len()).unwrap_or(u8::MAX);
    let mut bytes = vec![length];
    bytes.extend(NAME.bytes());
    bytes.resize(55, b' ');
    bytes.extend([length, 0]);
    bytes.extend(NAME.encode_utf16().flat_map(u16::to_le_bytes));
    while bytes.len() < 165 {
        bytes.push(if bytes.len() % 2 == 1 { b' ' } else { 0 });
    }
    bytes
}

/// Returns a small Word document.
fn word_file() -> Result<Vec<u8>, ZipError> {
    const TYPES: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>"#;
    const RELATIONS: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>"#;
    const DOCUMENT: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>SỐ LIỆU MẪU. Kính gửi: Tổ công tác Đề án 06 huyện. Thanh tra huyện gửi kèm công văn này biểu số liệu tháng 3 năm 2024.</w:t></w:r></w:p></w:body></w:document>"#;
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let parts = [
        ("[Content_Types].xml", TYPES),
        ("_rels/.rels", RELATIONS),
        ("word/document.xml", DOCUMENT),
    ];
    for (name, content) in parts {
        archive.start_file(name, SimpleFileOptions::default())?;
        archive.write_all(content.as_bytes())?;
    }
    Ok(archive.finish()?.into_inner())
}

/// Returns a path without its extension.
fn stem(path: &str) -> String {
    path.rsplit_once('.').map_or(path, |(stem, _)| stem).to_owned()
}

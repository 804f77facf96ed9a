//! What stands around the tables of a form: letterhead, title, head fields, boxes, sign-off.

use chrono::{Datelike, Days};
use da06::{
    template::{Form, Templates},
    text::format_month,
};
use rust_xlsxwriter::XlsxError;

use super::{
    Places,
    sheet::{Sheet, WIDTH},
};
use crate::{
    draft::{Content, Draft},
    random::Dice,
};

const LAST: u16 = WIDTH - 1;

/// Writes letterhead, name and title of the form, and the mark of sample figures.
pub(super) fn letterhead(
    sheet: &mut Sheet<'_>,
    templates: &Templates,
    form: &Form,
    draft: &Draft,
) -> Result<(), XlsxError> {
    let formats = sheet.formats;
    sheet.merge((5, LAST), &form.name, &formats.form_name)?;
    sheet.row += 1;
    sheet.merge((0, 2), &templates.body.superior, &formats.line)?;
    sheet.merge((3, LAST), "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", &formats.centred)?;
    sheet.row += 1;
    sheet.height_of(&draft.letterhead, 38)?;
    sheet.merge((0, 2), &draft.letterhead, &formats.centred.clone().set_text_wrap())?;
    sheet.merge((3, LAST), "Độc lập - Tự do - Hạnh phúc", &formats.centred)?;
    sheet.row += 2;
    sheet.height(36.0)?;
    let title = form.title.replace("{ky}", &format_month(draft.period));
    sheet.merge((0, LAST), &title, &formats.title)?;
    sheet.row += 1;
    sheet.merge((0, LAST), "SỐ LIỆU MẪU", &formats.mark)?;
    sheet.row += 2;
    Ok(())
}

/// Writes the fields of the head.
pub(super) fn fields(
    sheet: &mut Sheet<'_>,
    draft: &Draft,
    places: &mut Places,
) -> Result<(), XlsxError> {
    let code = match draft.unit_code.parse() {
        Ok(code) if draft.look.code_as_number => Content::Number(code),
        _ => Content::text(&draft.unit_code),
    };
    let unit = Content::text(&draft.unit_name);
    let period = Content::text(&draft.period_words);
    let submission = Content::count(i64::from(draft.submission));
    let fields = [
        ("period", "Kỳ báo cáo:", period),
        ("unit", "Đơn vị báo cáo:", unit),
        ("unit_code", "Mã đơn vị:", code),
        ("submission", "Lần gửi:", submission),
    ];
    let formats = sheet.formats;
    for (key, label, content) in fields {
        let place = match &content {
            Content::Text(words) if draft.look.header_in_one_cell && key != "unit_code" => {
                sheet.merge((0, LAST), &format!("{label} {words}"), &formats.plain)?
            }
            _ => {
                sheet.merge((0, 1), label, &formats.plain)?;
                if key == "submission" || draft.look.code_as_number {
                    let left = formats.bold.clone().set_align(rust_xlsxwriter::FormatAlign::Left);
                    sheet.put(2, &content, &left)?
                } else {
                    sheet.put(2, &content, &formats.bold)?
                }
            }
        };
        places.head.insert(key, place);
        sheet.row += 1;
    }
    Ok(())
}

/// Writes the boxes of words.
pub(super) fn boxes(sheet: &mut Sheet<'_>, form: &Form, draft: &Draft) -> Result<(), XlsxError> {
    let formats = sheet.formats;
    for field in &form.boxes {
        let words = draft.boxes.get(&field.key).map_or("", String::as_str);
        let label = field.labels.first().map_or("", String::as_str);
        let content = if words.is_empty() { Content::Blank } else { Content::text(words) };
        if draft.look.tall_head {
            sheet.merge((0, LAST), &format!("{label}:"), &formats.section)?;
            sheet.row += 1;
            sheet.height_of(words, 100)?;
            sheet.merge_content((0, LAST), &content, &formats.words)?;
        } else {
            sheet.height_of(words, 54)?;
            sheet.merge((0, 2), &format!("{label}:"), &formats.section)?;
            sheet.merge_content((3, LAST), &content, &formats.words)?;
        }
        sheet.row += 1;
    }
    sheet.row += 1;
    Ok(())
}

const PEOPLE: [&str; 8] = [
    "Nguyễn Văn Mẫu",
    "Trần Thị Mẫu",
    "Lê Văn Mẫu",
    "Phạm Thị Mẫu",
    "Hoàng Văn Mẫu",
    "Vũ Thị Mẫu",
    "Đỗ Văn Mẫu",
    "Bùi Thị Mẫu",
];

/// Writes the sign-off block; the people are invented.
pub(super) fn sign_off(
    sheet: &mut Sheet<'_>,
    templates: &Templates,
    draft: &Draft,
) -> Result<(), XlsxError> {
    let formats = sheet.formats;
    let mut dice = Dice::of(&["sign-off", &draft.unit]);
    let day = draft.dates.last + Days::new(1);
    let month = format_month(draft.period);
    let place = draft.commune.as_deref().map_or(templates.body.place.as_str(), proper_name);
    let dated = format!("{place}, ngày {:02} {month}", day.day());
    sheet.merge((3, LAST), &dated, &formats.italic)?;
    sheet.row += 1;
    let office: &[&str] = match draft.form.as_str() {
        "01" => &["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"],
        "02" => &["THỦ TRƯỞNG ĐƠN VỊ"],
        _ => &["GIÁM ĐỐC"],
    };
    for (index, line) in office.iter().enumerate() {
        if index == 0 {
            sheet.merge((0, 2), "NGƯỜI LẬP BIỂU", &formats.centred)?;
        }
        sheet.merge((3, LAST), line, &formats.centred)?;
        sheet.row += 1;
    }
    sheet.merge((0, 2), "(Ký, ghi rõ họ tên)", &formats.italic)?;
    sheet.merge((3, LAST), "(Ký, đóng dấu, ghi rõ họ tên)", &formats.italic)?;
    sheet.row += 4;
    sheet.merge((0, 2), dice.pick(&PEOPLE), &formats.centred)?;
    sheet.merge((3, LAST), dice.pick(&PEOPLE), &formats.centred)?;
    sheet.row += 1;
    Ok(())
}

/// Returns `Tiên Minh` of `xã Tiên Minh`.
fn proper_name(short_name: &str) -> &str {
    let prefixes = ["thị trấn ", "xã ", "phường "];
    prefixes.iter().find_map(|prefix| short_name.strip_prefix(prefix)).unwrap_or(short_name)
}

//! What stands below the tables of a form: boxes of words and the sign-off block.

use super::{
    UnitForm,
    document::{FormCell, FormContent, FormLook},
    inputs,
    sheet::{Draft, NOTE},
};
use crate::template::{BoxField, BoxKind};

/// Last column of the left half.
const LEFT: u16 = 2;
/// Lines of a box.
const LINES: u32 = 5;
/// The sign-off block: who made it out and who answers for it, as statistical forms have it.
const LEFT_OFFICE: &str = "NGƯỜI LẬP BIỂU";
const RIGHT_OFFICE: &str = "THỦ TRƯỞNG ĐƠN VỊ";

/// Writes the boxes and the sign-off block.
pub(super) fn write(form: &UnitForm<'_>, draft: &mut Draft) {
    draft.skip(1);
    draft.begin_part();
    for field in &form.form.boxes {
        write_box(form, field, draft);
    }
    draft.skip(1);
    sign_off(form, draft);
}

fn write_box(form: &UnitForm<'_>, field: &BoxField, draft: &mut Draft) {
    let label = format!("{}:", field.labels.first().map_or("", String::as_str));
    let kept = form.last.filter(|_| field.is_kept);
    let kept = kept.and_then(|last| last.texts.iter().find(|(key, ..)| *key == field.key));
    let words = kept.map_or("", |(_, words, _)| words.as_str());
    match field.kind {
        BoxKind::Paragraph => {
            draft.words((0, NOTE), &label, FormLook::Section);
            let cell = FormCell::words((0, NOTE), words, FormLook::Words);
            draft.push_high(vec![cell.open(inputs::words())], LINES);
        }
        BoxKind::Line | BoxKind::Date => {
            let input = match field.kind {
                BoxKind::Date if words.is_empty() => inputs::day_of_paper(form, &label),
                _ => inputs::words(),
            };
            draft.push(vec![
                FormCell::words((0, LEFT), &label, FormLook::Section),
                FormCell::words((LEFT + 1, NOTE), words, FormLook::Words).open(input),
            ]);
        }
    }
}

fn sign_off(form: &UnitForm<'_>, draft: &mut Draft) {
    let right = (LEFT + 1, NOTE);
    let year = chrono::Datelike::year(&form.dates.last);
    let dated = format!("…………, ngày …… tháng …… năm {year}");
    draft.push(vec![FormCell::words(right, &dated, FormLook::CentredItalic).open(inputs::words())]);
    let both = |left: &str, right_words: &str, look| {
        vec![FormCell::words((0, LEFT), left, look), FormCell::words(right, right_words, look)]
    };
    draft.push(both(LEFT_OFFICE, RIGHT_OFFICE, FormLook::Centred));
    let signed =
        both("(Ký, ghi rõ họ tên)", "(Ký, đóng dấu, ghi rõ họ tên)", FormLook::CentredItalic);
    draft.push(signed);
    draft.skip(4);
    let names = [(0, LEFT), right].map(|columns| FormCell {
        first: columns.0,
        last: columns.1,
        content: FormContent::Blank,
        look: FormLook::Centred,
        input: Some(inputs::words()),
    });
    draft.push(names.to_vec());
}

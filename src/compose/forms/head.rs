//! What stands above the tables of a form: letterhead, title, unit, period, Lần gửi, and how to fill
//! it in.

use super::{
    UnitForm,
    document::{FormCell, FormContent, FormLook},
    inputs,
    sheet::{Draft, NOTE},
};
use crate::{
    quantity::Quantity,
    template::HeaderLabels,
    text::{format_date, format_month},
    validate::deadline,
};

/// Last column of the left half of the letterhead, and of labels.
const LEFT: u16 = 2;
const LABEL: u16 = 1;

/// How the form is filled in.
const GUIDANCE: &str = "Chỉ ghi vào các ô nền vàng. Không phát sinh thì ghi số 0; chưa có số liệu thì \
                        để trống và ghi lý do vào cột Ghi chú. Đề nghị không chèn, xóa dòng và không \
                        sửa các ô đã in sẵn. Chữ đỏ bên phải bảng là chỗ cần xem lại trước khi gửi.";

/// Writes the head of the main sheet.
pub(super) fn write(form: &UnitForm<'_>, draft: &mut Draft) {
    draft.words((FIRST_OF_RIGHT, NOTE), &form.form.name, FormLook::BoldRight);
    draft.push(vec![
        FormCell::words((0, LEFT), &form.unit.name.to_uppercase(), FormLook::Centred),
        FormCell::words(
            (FIRST_OF_RIGHT, NOTE),
            "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
            FormLook::Centred,
        ),
    ]);
    draft.push(vec![
        FormCell::words((0, LEFT), "–––––––––", FormLook::Centred),
        FormCell::words((FIRST_OF_RIGHT, NOTE), "Độc lập - Tự do - Hạnh phúc", FormLook::Centred),
    ]);
    draft.skip(1);
    draft.words((0, NOTE), &form.title(), FormLook::Title);
    draft.skip(1);
    identify(form, draft, NOTE);
    let submission = first(&form.templates.forms.labels, |labels| &labels.submission);
    let one = FormContent::Number(Quantity::whole(1));
    draft.push(vec![
        FormCell::words((0, LABEL), &submission, FormLook::Plain),
        FormCell::locked(LEFT, one, FormLook::Bold).open(inputs::submission()),
    ]);
    let end = deadline(&form.templates.body, form.period);
    let end = format!("{} ngày {}", end.format("%H:%M"), format_date(end.date()));
    draft.push(vec![
        FormCell::words((0, LABEL), "Hạn gửi:", FormLook::Plain),
        FormCell::words((LEFT, NOTE), &end, FormLook::Bold),
    ]);
    draft.words((0, NOTE), GUIDANCE, FormLook::Italic);
}

const FIRST_OF_RIGHT: u16 = LEFT + 1;

/// Writes the lines that say whose return it is and for which period.
pub(super) fn identify(form: &UnitForm<'_>, draft: &mut Draft, last: u16) {
    let labels = &form.templates.forms.labels;
    let fields = [
        (first(labels, |labels| &labels.period), form.period_words()),
        (first(labels, |labels| &labels.unit), form.unit.name.clone()),
        (first(labels, |labels| &labels.unit_code), form.unit.code.clone()),
    ];
    for (label, value) in fields {
        if !value.is_empty() {
            draft.push(vec![
                FormCell::words((0, LABEL), &label, FormLook::Plain),
                FormCell::words((LEFT, last), &value, FormLook::Bold),
            ]);
        }
    }
}

fn first(labels: &HeaderLabels, of: fn(&HeaderLabels) -> &Vec<String>) -> String {
    format!("{}:", of(labels).first().map_or("", String::as_str))
}

/// Longest title on one line, in signs.
const LONGEST_LINE: usize = 62;

/// Words before which a title breaks well.
const SMALL_WORDS: [&str; 4] = ["và ", "của ", "trên ", "về "];

/// Returns a long title broken near its middle, so that no word stands alone on its last line.
fn in_two_lines(title: &str) -> String {
    let length = title.chars().count();
    if length <= LONGEST_LINE {
        return title.to_owned();
    }
    let breaks = title.char_indices().enumerate().filter(|(_, (_, sign))| *sign == ' ');
    let halves = breaks.filter_map(|(position, (at, _))| {
        let (first, second) = (title.get(..at)?, title.get(at + 1..)?);
        // A phrase stays whole where a comma or a small word is near the middle.
        let ends = first.ends_with(',')
            || SMALL_WORDS.iter().any(|word| second.to_lowercase().starts_with(word));
        let distance = (position * 2).abs_diff(length);
        Some((distance + if ends { 0 } else { length / 4 }, first, second))
    });
    halves
        .min_by_key(|(distance, ..)| *distance)
        .map_or_else(|| title.to_owned(), |(_, first, second)| format!("{first}\n{second}"))
}

impl UnitForm<'_> {
    /// Returns "Tháng 4 năm 2024 (từ ngày 15/3/2024 đến hết ngày 14/4/2024)".
    pub(super) fn period_words(&self) -> String {
        let month = format_month(self.period).replacen('t', "T", 1);
        let (first, last) = (format_date(self.dates.first), format_date(self.dates.last));
        format!("{month} (từ ngày {first} đến hết ngày {last})")
    }

    fn title(&self) -> String {
        in_two_lines(&self.form.title.replace("{ky}", &format_month(self.period)))
    }
}

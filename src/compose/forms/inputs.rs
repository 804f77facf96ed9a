//! What may be written into the cells of a form, and what is said beside them. Every text fits into
//! what a spreadsheet shows: 32 signs for a head, 255 for the rest.

use super::{
    UnitForm,
    document::{FormInput, FormInputKind},
};
use crate::template::{Indicator, IndicatorKind};

/// The largest count that a cell takes.
const MOST: i32 = 999_999_999;

fn input(kind: FormInputKind, title: &str, prompt: &str, error: &str) -> FormInput {
    let cut = |text: &str, most: usize| -> String {
        if text.chars().count() <= most {
            return text.to_owned();
        }
        text.chars().take(most - 1).chain(['…']).collect()
    };
    FormInput { kind, title: cut(title, 32), prompt: cut(prompt, 255), error: cut(error, 255) }
}

/// Returns the input of a figure.
pub(super) fn figure(form: &UnitForm<'_>, indicator: &Indicator) -> FormInput {
    let name = indicator.name_on(form.dates.last);
    let title = format!("Chỉ tiêu {}", indicator.code);
    let unit = &indicator.unit_of_count;
    let optional = if indicator.is_required_of(form.unit) {
        "Không phát sinh thì ghi 0; chưa có số liệu thì để trống và ghi lý do vào cột Ghi chú."
    } else {
        "Không theo dõi được thì để trống."
    };
    if indicator.decimals > 0 {
        let prompt = format!("{name} ({unit}): ghi số từ 0 trở lên. {optional}");
        let error = "Ô này chỉ nhận số từ 0 trở lên, không ghi chữ.";
        return input(FormInputKind::Decimal, &title, &prompt, error);
    }
    let prompt = format!("{name} ({unit}): ghi số nguyên. {optional}");
    let error = "Ô này chỉ nhận số nguyên từ 0 trở lên: không ghi chữ, không ghi phần lẻ, không tự gõ \
                 dấu chấm ngăn cách hàng nghìn.";
    input(FormInputKind::Whole { least: 0, most: MOST }, &title, &prompt, error)
}

/// Returns the input of a tick.
pub(super) fn tick(form: &UnitForm<'_>, indicator: &Indicator) -> FormInput {
    let labels = &form.templates.forms.labels;
    let first = |words: &[String]| words.first().cloned().unwrap_or_default();
    let (yes, no) = (first(&labels.yes), first(&labels.no));
    let name = indicator.name_on(form.dates.last);
    let prompt = format!("{name}: có thì chọn “{yes}”, không có thì chọn “{no}”.");
    let error = format!("Ô này chỉ nhận “{yes}” (có) hoặc “{no}”; bấm vào mũi tên để chọn.");
    let kind = FormInputKind::Choice(vec![yes, no]);
    input(kind, &format!("Chỉ tiêu {}", indicator.code), &prompt, &error)
}

/// Returns the input of the figure or tick of a column.
pub(super) fn value(form: &UnitForm<'_>, indicator: &Indicator) -> FormInput {
    match indicator.kind {
        IndicatorKind::Tick => tick(form, indicator),
        IndicatorKind::Flow | IndicatorKind::Stock => figure(form, indicator),
    }
}

/// Returns the input of a count in a detail table.
pub(super) fn count(head: &str) -> FormInput {
    let prompt = format!("{head}: ghi số nguyên, không có thì ghi 0.");
    let error = "Ô này chỉ nhận số nguyên từ 0 trở lên, không ghi chữ.";
    input(FormInputKind::Whole { least: 0, most: MOST }, "Số liệu", &prompt, error)
}

/// Returns the input of a day within the period.
pub(super) fn day(form: &UnitForm<'_>, head: &str) -> FormInput {
    let (first, last) = (form.dates.first, form.dates.last);
    let print = crate::text::format_date;
    let prompt = format!("{head}: ghi ngày trong kỳ, từ {} đến {}.", print(first), print(last));
    let error =
        format!("Ô này chỉ nhận ngày trong kỳ báo cáo, từ {} đến {}.", print(first), print(last));
    input(FormInputKind::Date { first, last }, "Ngày", &prompt, &error)
}

/// Returns the input of a day of the year so far or before, such as that of a plan.
pub(super) fn day_of_paper(form: &UnitForm<'_>, head: &str) -> FormInput {
    let first = chrono::NaiveDate::from_ymd_opt(2000, 1, 1).unwrap_or(form.dates.first);
    let prompt = format!("{head}: ghi ngày, tháng, năm, ví dụ 05/01/2024.");
    let error = "Ô này chỉ nhận ngày, tháng, năm, không sau ngày chốt số liệu.";
    input(FormInputKind::Date { first, last: form.dates.last }, "Ngày", &prompt, error)
}

/// Returns the input of Lần gửi.
pub(super) fn submission() -> FormInput {
    let prompt = "Gửi lần đầu ghi 1; mỗi lần sửa và gửi lại thì tăng thêm 1.";
    let error = "Lần gửi là số nguyên từ 1 đến 99.";
    input(FormInputKind::Whole { least: 1, most: 99 }, "Lần gửi", prompt, error)
}

/// Returns the input of words.
pub(super) fn words() -> FormInput {
    input(FormInputKind::Words, "", "", "")
}

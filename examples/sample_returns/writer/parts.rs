//! The tables of a form: flows, stocks and utilities, each with head, column numbers and sections.

use da06::{
    template::{IndicatorKind, Measure, Part, Templates},
    text::{format_date, format_date_short},
};
use rust_xlsxwriter::XlsxError;

use super::{
    Places,
    sheet::{Sheet, WIDTH},
};
use crate::draft::{Content, Draft};

const FIRST_VALUE: u16 = 4;
const NOTE: u16 = WIDTH - 1;

/// Writes a part.
pub(super) fn write(
    sheet: &mut Sheet<'_>,
    templates: &Templates,
    part: &Part,
    draft: &Draft,
    places: &mut Places,
) -> Result<(), XlsxError> {
    sheet.row += 1;
    sheet.merge((0, NOTE), &dated(&part.title, draft, format_date), &sheet.formats.bold)?;
    sheet.row += 1;
    head(sheet, part, draft)?;
    column_numbers(sheet, part)?;
    let mut section = String::new();
    for (position, index) in (1..).zip(&part.indicators) {
        let indicator = templates.indicators.get(*index);
        if indicator.section != section && part.kind != IndicatorKind::Tick {
            section.clone_from(&indicator.section);
            section_row(sheet, templates, &section)?;
        }
        let formats = sheet.formats;
        sheet.put(0, &Content::count(position), &formats.middle)?;
        sheet.put(1, &Content::text(&indicator.code), &formats.middle)?;
        let name = indicator.name_on(draft.dates.last);
        sheet.height_of(name, 43)?;
        sheet.put(2, &Content::text(name), &formats.words)?;
        let third = match indicator.kind {
            IndicatorKind::Tick => indicator.level.as_deref().unwrap_or(""),
            _ => indicator.unit_of_count.as_str(),
        };
        sheet.put(3, &Content::text(third), &formats.middle)?;
        value_cells(sheet, part, &indicator.code, draft, places)?;
        let note = draft.notes.get(&indicator.code);
        let note = note.map_or(Content::Blank, |words| Content::text(words));
        let place = sheet.put(NOTE, &note, &formats.words)?;
        places.notes.insert(indicator.code.clone(), place);
        sheet.row += 1;
    }
    Ok(())
}

/// Returns the columns that each value column of a part takes; utilities share three among two.
fn spans(part: &Part) -> Vec<(u16, u16)> {
    if part.columns.len() == 2 {
        vec![(FIRST_VALUE, FIRST_VALUE), (FIRST_VALUE + 1, NOTE - 1)]
    } else {
        (FIRST_VALUE..NOTE).map(|column| (column, column)).collect()
    }
}

fn head(sheet: &mut Sheet<'_>, part: &Part, draft: &Draft) -> Result<(), XlsxError> {
    let head = &sheet.formats.head;
    let names = match part.kind {
        IndicatorKind::Tick => ["STT", "Mã", "Tiện ích", "Mức"],
        _ => ["STT", "Mã", "Chỉ tiêu", "ĐVT"],
    };
    let tall = draft.look.tall_head && part.columns.len() > 2;
    let more = u32::from(tall);
    for (column, name) in (0..).zip(names) {
        sheet.merge_down((column, column), more, name, head)?;
    }
    sheet.merge_down((NOTE, NOTE), more, "Ghi chú (giải trình)", head)?;
    if tall {
        let above =
            if part.kind == IndicatorKind::Flow { "Số phát sinh" } else { "Số lũy kế" };
        sheet.merge((FIRST_VALUE, NOTE - 1), above, head)?;
        sheet.row += 1;
    }
    sheet.height(46.0)?;
    for (column, span) in part.columns.iter().zip(spans(part)) {
        let title = column.titles.first().map_or("", String::as_str);
        sheet.merge(span, &dated(title, draft, format_date_short), head)?;
    }
    sheet.row += 1;
    Ok(())
}

/// Fills the dates of a title; the start of the year always has its year.
fn dated(title: &str, draft: &Draft, format: fn(chrono::NaiveDate) -> String) -> String {
    let dates = draft.dates;
    let before = dates.first.pred_opt().unwrap_or(dates.first);
    title
        .replace("{tu}", &format(dates.first))
        .replace("{den}", &format(dates.last))
        .replace("{den_truoc}", &format(before))
        .replace("{dau_nam}", &format_date(dates.year_start))
}

fn column_numbers(sheet: &mut Sheet<'_>, part: &Part) -> Result<(), XlsxError> {
    let numbers = &sheet.formats.numbers;
    for column in 0..FIRST_VALUE {
        sheet.put(column, &Content::Text(format!("({})", column + 1)), numbers)?;
    }
    let spans = spans(part);
    for (number, span) in (FIRST_VALUE + 1..).zip(&spans) {
        let is_change = part.columns.get(usize::from(number - FIRST_VALUE - 1));
        let is_change = is_change.is_some_and(|column| column.measure == Measure::Change);
        let words = if is_change { format!("({number})=(6)-(5)") } else { format!("({number})") };
        sheet.merge(*span, &words, numbers)?;
    }
    let last = spans.len() + usize::from(FIRST_VALUE) + 1;
    sheet.put(NOTE, &Content::Text(format!("({last})")), numbers)?;
    sheet.row += 1;
    Ok(())
}

fn section_row(
    sheet: &mut Sheet<'_>,
    templates: &Templates,
    section: &str,
) -> Result<(), XlsxError> {
    let format = &sheet.formats.section;
    let known = templates.indicators.sections.iter().find(|known| known.code == section);
    let name = known.map_or_else(String::new, |known| format!("{}. {}", known.code, known.name));
    sheet.height_of(&name, 40)?;
    for column in 0..WIDTH {
        let content = if column == 2 { Content::text(&name) } else { Content::Blank };
        sheet.put(column, &content, format)?;
    }
    sheet.row += 1;
    Ok(())
}

fn value_cells(
    sheet: &mut Sheet<'_>,
    part: &Part,
    code: &str,
    draft: &Draft,
    places: &mut Places,
) -> Result<(), XlsxError> {
    let mut at: Vec<(Measure, String)> = Vec::new();
    for (column, span) in part.columns.iter().zip(spans(part)) {
        let suffix = column.suffix.as_deref().unwrap_or("");
        let key = (format!("{code}{suffix}"), column.measure);
        let stated = draft.cells.get(&key).cloned();
        let content = match stated {
            Some(content) => content,
            None if column.measure == Measure::Change => change(draft, code, &at),
            None => Content::Blank,
        };
        let formats = sheet.formats;
        let is_tick = part.kind == IndicatorKind::Tick && column.suffix.is_none();
        let format = match &content {
            _ if is_tick => &formats.middle,
            Content::Text(_) => &formats.sign,
            _ => &formats.count,
        };
        let place = if span.0 == span.1 {
            sheet.put(span.0, &content, format)?
        } else {
            sheet.merge_content(span, &content, format)?
        };
        at.push((column.measure, place.clone()));
        places.values.insert(key, place);
    }
    Ok(())
}

/// Returns the change as a formula with its result, where both sides are numbers.
fn change(draft: &Draft, code: &str, at: &[(Measure, String)]) -> Content {
    let number = |measure| match draft.cells.get(&(code.to_owned(), measure)) {
        Some(Content::Number(number)) => Some(*number),
        _ => None,
    };
    let place = |wanted| at.iter().find(|(measure, _)| *measure == wanted).map(|(_, place)| place);
    let (now, before) = (Measure::Value, Measure::Previous);
    match (number(now), number(before), place(now), place(before)) {
        (Some(value), Some(previous), Some(value_at), Some(previous_at)) => Content::Formula(
            format!("={value_at}-{previous_at}"),
            Some((value - previous).to_string()),
        ),
        _ => Content::Blank,
    }
}

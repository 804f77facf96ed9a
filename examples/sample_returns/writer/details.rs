//! The sheets of details: thôn, tổ dân phố; broadcasts and articles. Total rows are formulas.

use da06::template::{DetailKind, DetailTable};
use rust_xlsxwriter::XlsxError;

use super::{Places, sheet::Sheet};
use crate::draft::{Content, DetailRow, Draft};

/// Writes a detail table.
pub(super) fn write(
    sheet: &mut Sheet<'_>,
    draft: &Draft,
    (table, rows): (&DetailTable, &[DetailRow]),
    places: &mut Places,
) -> Result<(), XlsxError> {
    let last = u16::try_from(table.columns.len()).unwrap_or(u16::MAX - 1);
    widths(sheet, table)?;
    title(sheet, draft, table, last)?;
    let formats = sheet.formats;
    sheet.height(46.0)?;
    sheet.put(0, &Content::text("STT"), &formats.head)?;
    for (column, described) in (1..).zip(&table.columns) {
        let head = described.titles.first().map_or("", String::as_str);
        sheet.put(column, &Content::text(head), &formats.head)?;
    }
    sheet.row += 1;
    let first_row = sheet.row;
    for (position, row) in (1..).zip(rows) {
        sheet.put(0, &Content::count(position), &formats.middle)?;
        for (column, described) in (1..).zip(&table.columns) {
            let content = row.get(described.key.as_str()).unwrap_or(&Content::Blank);
            let format = match described.kind {
                DetailKind::Number => &formats.count,
                DetailKind::Date => &formats.middle,
                DetailKind::Text => &formats.words,
            };
            sheet.put(column, content, format)?;
        }
        sheet.row += 1;
    }
    totals(sheet, (table, rows), first_row, places)?;
    sheet.print_landscape();
    Ok(())
}

fn widths(sheet: &mut Sheet<'_>, table: &DetailTable) -> Result<(), XlsxError> {
    let widths: Vec<f64> = [5.0]
        .into_iter()
        .chain(table.columns.iter().map(|column| match (column.kind, column.key.as_str()) {
            (DetailKind::Text, "ten") if table.columns.len() > 8 => 52.0,
            (DetailKind::Text, "the_loai") => 12.0,
            (DetailKind::Text, _) => 22.0,
            (DetailKind::Number | DetailKind::Date, _) => 13.0,
        }))
        .collect();
    sheet.widths(&widths)
}

fn title(
    sheet: &mut Sheet<'_>,
    draft: &Draft,
    table: &DetailTable,
    last: u16,
) -> Result<(), XlsxError> {
    let formats = sheet.formats;
    let name = table.titles.first().map_or("", String::as_str);
    sheet.merge((0, last), &name.to_uppercase(), &formats.title)?;
    sheet.row += 1;
    sheet.merge((0, last), "SỐ LIỆU MẪU", &formats.mark)?;
    sheet.row += 1;
    sheet.merge((0, last), &format!("Kỳ báo cáo: {}", draft.period_words), &formats.plain)?;
    sheet.row += 1;
    sheet.merge((0, last), &format!("Đơn vị báo cáo: {}", draft.unit_name), &formats.plain)?;
    sheet.row += 2;
    Ok(())
}

/// Writes the total row under the columns that add up to a figure of the form.
fn totals(
    sheet: &mut Sheet<'_>,
    (table, rows): (&DetailTable, &[DetailRow]),
    first_row: u32,
    places: &mut Places,
) -> Result<(), XlsxError> {
    let formats = sheet.formats;
    sheet.put(0, &Content::Blank, &formats.total_words)?;
    for (column, described) in (1..).zip(&table.columns) {
        let numbers: Vec<f64> = rows
            .iter()
            .filter_map(|row| match row.get(described.key.as_str()) {
                Some(Content::Number(number)) => Some(*number),
                _ => None,
            })
            .collect();
        let is_sum = described.kind == DetailKind::Number && described.key != "thoi_luong";
        if column == 1 {
            sheet.put(column, &Content::text("Tổng cộng"), &formats.total_words)?;
        } else if is_sum {
            let below = sheet.place(column);
            let letters: String = below.chars().filter(char::is_ascii_alphabetic).collect();
            let range = format!("{letters}{}:{letters}{}", first_row + 1, sheet.row);
            let sum = numbers.iter().sum::<f64>().to_string();
            let total = Content::Formula(format!("=SUM({range})"), Some(sum));
            let place = sheet.put(column, &total, &formats.total_count)?;
            places.totals.insert(format!("{}.{}", table.key, described.key), place);
        } else {
            sheet.put(column, &Content::Blank, &formats.total_words)?;
        }
    }
    sheet.row += 1;
    Ok(())
}

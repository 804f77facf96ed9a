//! What the body of a table is to a spreadsheet beside its cells: a table with a text alternative,
//! bars behind the ratios, small lines over the months.

use std::collections::BTreeSet;

use rust_xlsxwriter::{
    ChartEmptyCells, Color, ConditionalFormatDataBar, ConditionalFormatType, RowNum, Sparkline,
    Table as SheetTable, TableColumn, TableStyle, XlsxError,
};

use super::cells::number_cell;
use super::names::cut;
use super::sheet::Sheet;
use super::table::{column_number, rows};
use crate::compose::document::{Formula, RowKind, Table, shown};

/// Bars are light enough for the digits on them, their border dark enough for any printer.
const BAR: Color = Color::RGB(0x00_D9_D9_D9);
const BAR_BORDER: Color = Color::RGB(0x00_59_59_59);

/// Longest title and summary of a text alternative, and longest name of a column, in UTF-16 units.
const LONGEST_TITLE: usize = 250;
const LONGEST_SUMMARY: usize = 1_000;
const LONGEST_NAME: usize = 200;

/// Makes the rows of a written table a table of the spreadsheet, with a text alternative and a name
/// for each column, without a look of its own.
pub(super) fn name_table(
    sheet: &mut Sheet,
    table: &Table,
    first_row: RowNum,
) -> Result<(), XlsxError> {
    if table.rows.is_empty() || table.columns.is_empty() {
        return Ok(());
    }
    let names = column_names(table);
    let title = table.caption.as_ref().map_or_else(
        || sheet.title.clone(),
        |caption| format!("{}. {}", sheet.title, shown(caption)),
    );
    let summary = format!("Bảng số liệu. Các cột: {}.", names.join("; "));
    let columns: Vec<TableColumn> =
        names.iter().map(|name| TableColumn::new().set_header(name)).collect();
    let body = SheetTable::new()
        .set_name(format!("Bang_{}", sheet.number))
        .set_header_row(false)
        .set_autofilter(false)
        .set_style(TableStyle::None)
        .set_banded_rows(false)
        .set_columns(&columns)
        .set_alt_text_title(cut(&title, LONGEST_TITLE))
        .set_alt_text(cut(&summary, LONGEST_SUMMARY));
    let last_row = first_row + rows(table.rows.len()) - 1;
    let last_column = column_number(table.columns.len() - 1);
    sheet.cells.page.add_table(first_row, 0, last_row, last_column, &body)?;
    Ok(())
}

/// Returns the names of the columns, each the heads above it, unique without regard to case.
fn column_names(table: &Table) -> Vec<String> {
    let mut taken = BTreeSet::new();
    let name = |column: usize| {
        let above =
            table.header.iter().flatten().filter(|cell| {
                (cell.column..cell.column + cell.column_span.max(1)).contains(&column)
            });
        let words: Vec<String> = above.map(|cell| shown(&cell.runs).replace('\n', " ")).collect();
        let words = cut(words.join(" - ").trim(), LONGEST_NAME);
        if words.is_empty() { format!("Cột {}", column + 1) } else { words }
    };
    (0..table.columns.len())
        .map(|column| {
            let wanted = name(column);
            let mut unique = wanted.clone();
            let mut count = 1;
            while !taken.insert(unique.to_lowercase()) {
                count += 1;
                unique = format!("{wanted} ({count})");
            }
            unique
        })
        .collect()
}

/// Draws bars behind the ratios of a written table: columns whose rows are ratios of other columns.
/// The full width is 100 percent, or the largest ratio when it is more.
pub(super) fn draw_bars(
    sheet: &mut Sheet,
    table: &Table,
    first_row: RowNum,
) -> Result<(), XlsxError> {
    for column in 0..table.columns.len() {
        let ratios = ratios(table, column);
        let (Some((first, _)), Some((last, _))) = (ratios.first(), ratios.last()) else { continue };
        if first == last {
            continue;
        }
        let largest = ratios.iter().map(|(_, ratio)| *ratio).fold(1.0, f64::max);
        let bars = ConditionalFormatDataBar::new()
            .set_minimum(ConditionalFormatType::Number, 0)
            .set_maximum(ConditionalFormatType::Number, largest)
            .set_fill_color(BAR)
            .set_border_color(BAR_BORDER)
            .set_solid_fill(true);
        let (top, bottom) = (first_row + rows(*first), first_row + rows(*last));
        let column = column_number(column);
        sheet.cells.page.add_conditional_format(top, column, bottom, column, &bars)?;
    }
    Ok(())
}

/// Draws a small line over columns of the row being written into one of its cells; months without a
/// figure leave a gap.
pub(super) fn draw_trend(
    sheet: &mut Sheet,
    columns: &[usize],
    column: usize,
) -> Result<(), XlsxError> {
    let (Some(first), Some(last)) = (columns.iter().min(), columns.iter().max()) else {
        return Ok(());
    };
    let range =
        (sheet.name.as_str(), sheet.row, column_number(*first), sheet.row, column_number(*last));
    let line = Sparkline::new()
        .set_range(range)
        .set_sparkline_color(Color::Black)
        .set_line_weight(1.25)
        .show_markers(true)
        .set_markers_color(Color::Black)
        .show_empty_cells_as(ChartEmptyCells::Gaps);
    sheet.cells.page.add_sparkline(sheet.row, column_number(column), &line)?;
    Ok(())
}

/// Returns the plain rows in which a column is a ratio of others, with the ratio as a fraction.
fn ratios(table: &Table, column: usize) -> Vec<(usize, f64)> {
    let plain = table.rows.iter().enumerate().filter(|(_, row)| row.kind == RowKind::Plain);
    plain
        .filter_map(|(index, row)| {
            let cell = row.cells.get(column)?;
            let is_ratio = matches!(cell.formula, Some(Formula::Ratio { .. }));
            let number = number_cell(&cell.runs)?.held.to_f64();
            is_ratio.then_some((index, number))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::sample::document;
    use super::*;
    use crate::compose::document::Block;

    fn accounts() -> Table {
        let document = document();
        let blocks = document.sections.into_iter().nth(1).unwrap().blocks;
        let table = blocks.into_iter().find_map(|block| match block {
            Block::Table(table) => Some(table),
            _ => None,
        });
        table.unwrap()
    }

    #[test]
    fn columns_are_named_by_all_heads_above_them() {
        let mut table = accounts();
        let names = column_names(&table);
        assert_eq!(names[4], "Kích hoạt - % kích hoạt/đã cấp");
        table.header.clear();
        assert_eq!(column_names(&table)[8], "Cột 9");
        let accounts = accounts();
        table.header = vec![vec![accounts.header[0][0].clone(); 9]];
        for (column, head) in table.header[0].iter_mut().enumerate() {
            head.column = column;
        }
        assert_eq!(column_names(&table)[..3], ["STT", "STT (2)", "STT (3)"]);
    }

    #[test]
    fn only_ratios_of_the_row_have_bars() {
        let table = accounts();
        let with_bars: Vec<usize> =
            (0..table.columns.len()).filter(|column| !ratios(&table, *column).is_empty()).collect();
        assert_eq!(with_bars, [4, 6]);
    }
}

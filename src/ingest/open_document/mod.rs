//! OpenDocument spreadsheets, packed or in one XML file, cell by cell as they pass by: formulas
//! without a value, errors, percentages and merged areas are told apart. Never as a dense range.

mod cell;
mod fonts;
mod package;

use std::{collections::BTreeSet, io::Cursor};

use quick_xml::{
    Reader,
    events::{BytesStart, Event},
};
use zip::ZipArchive;

pub(super) use self::fonts::{flat_fonts, fonts};
use self::package::{CONTENT, part};
use super::{
    CellContent, Refusal,
    grid::{Area, GridBuilder, TooManyCells},
    markup::{MarkupError, attribute, count, pass_over},
    room::Room,
    workbook::{SheetState, Worksheet, too_many_cells},
};
use crate::{place::CellRef, template::IDENTITY_SHEET};

/// Rows and columns that are repeated further than a form reaches say nothing more.
const MAX_REPEATED_ROWS: u32 = 5_001;
const MAX_REPEATED_COLUMNS: u32 = 201;

/// Returns the worksheets of a package in their order.
pub(super) fn sheets(bytes: &[u8]) -> Result<Vec<Worksheet>, Refusal> {
    let damaged = |error: &dyn std::error::Error| Refusal::Damaged(error.to_string());
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| damaged(&error))?;
    let mut part = |name: &str| part(&mut archive, name).map_err(|error| damaged(&*error));
    if part("META-INF/manifest.xml").is_ok_and(|manifest| manifest.contains("encryption-data")) {
        return Err(Refusal::Encrypted);
    }
    flat_sheets(&part(CONTENT)?)
}

/// Returns the worksheets of a document in one file, in their order.
pub(super) fn flat_sheets(document: &str) -> Result<Vec<Worksheet>, Refusal> {
    let mut scan = Scan::default();
    scan.document(&mut Reader::from_str(document))
        .map_err(|error| Refusal::Damaged(error.to_string()))?;
    Ok(scan.worksheets)
}

#[derive(Default)]
struct Scan {
    worksheets: Vec<Worksheet>,
    room: Room,
    /// Styles of tables that are not displayed.
    hidden: BTreeSet<String>,
}

impl Scan {
    fn document(&mut self, reader: &mut Reader<&[u8]>) -> Result<(), MarkupError> {
        let mut style = None;
        let mut depth = 0_usize;
        loop {
            match reader.read_event()? {
                Event::Start(element) => match element.local_name().as_ref() {
                    // Earlier values, values of other files, words about the document.
                    "tracked-changes" | "dde-links" | "meta" | "scripts" => pass_over(reader)?,
                    "table" => self.table(reader, &element)?,
                    name => {
                        self.style(&mut style, name, &element);
                        depth += 1;
                    }
                },
                Event::Empty(element) => {
                    self.style(&mut style, element.local_name().as_ref(), &element);
                }
                Event::End(_) => depth = depth.saturating_sub(1),
                Event::Eof if depth > 0 => return Err(MarkupError::CutOff),
                Event::Eof => return Ok(()),
                _ => {}
            }
        }
    }

    fn style(&mut self, current: &mut Option<String>, name: &str, element: &BytesStart<'_>) {
        if name == "style" {
            *current = attribute(element, "name");
        } else if name == "table-properties"
            && attribute(element, "display").as_deref() == Some("false")
        {
            self.hidden.extend(current.take());
        }
    }

    fn table(
        &mut self,
        reader: &mut Reader<&[u8]>,
        element: &BytesStart<'_>,
    ) -> Result<(), MarkupError> {
        let name = attribute(element, "name").unwrap_or_default();
        let may_hide = name != IDENTITY_SHEET;
        let style = attribute(element, "style-name").filter(|style| self.hidden.contains(style));
        let hidden = style.filter(|_| may_hide).map(|_| SheetState::Hidden);
        if let Some(state) = hidden.or_else(|| self.room.refusal()) {
            pass_over(reader)?;
            self.worksheets.push(Worksheet { name, state });
            return Ok(());
        }
        let mut table = Table::default();
        table.builder.add_formulas([]);
        match table.read(reader) {
            // A copy of another file's sheet, kept for links.
            Ok(Kept::Foreign) => {}
            Ok(Kept::Own) => {
                let grid = table.builder.finish_merged(table.merges).map_err(too_many_cells);
                let state = self.room.keep(grid);
                self.worksheets.push(Worksheet { name, state });
            }
            Err(MarkupError::TooManyCells) => {
                let state = SheetState::Broken(too_many_cells(TooManyCells));
                self.worksheets.push(Worksheet { name, state });
                table.leave(reader)?;
            }
            Err(error) => return Err(error),
        }
        Ok(())
    }
}

enum Kept {
    Own,
    Foreign,
}

/// A table that is being read.
#[derive(Default)]
struct Table {
    builder: GridBuilder,
    merges: Vec<Area>,
    /// The row that is open, and how often it stands.
    row: u32,
    repeated: u32,
    column: u32,
    /// The column that the next element about columns speaks of.
    next_column: u32,
    /// Elements within the table that are open.
    depth: usize,
    foreign: bool,
}

impl Table {
    fn read(&mut self, reader: &mut Reader<&[u8]>) -> Result<Kept, MarkupError> {
        loop {
            match reader.read_event()? {
                Event::Start(element) => {
                    let name = element.local_name();
                    match name.as_ref() {
                        "table-row" => self.begin_row(&element),
                        "table-column" => self.take_columns(&element),
                        "table-cell" => {
                            let words = cell::words(reader)?;
                            self.cell(&element, &words)?;
                            continue;
                        }
                        "covered-table-cell" => {
                            pass_over(reader)?;
                            self.skip(&element);
                            continue;
                        }
                        "shapes" | "named-expressions" | "forms" | "annotation" => {
                            pass_over(reader)?;
                            continue;
                        }
                        "table-source" => self.foreign = true,
                        _ => {}
                    }
                    self.depth += 1;
                }
                Event::Empty(element) => match element.local_name().as_ref() {
                    "table-row" => {
                        self.begin_row(&element);
                        self.end_row();
                    }
                    "table-column" => self.take_columns(&element),
                    "table-cell" => self.cell(&element, "")?,
                    "covered-table-cell" => self.skip(&element),
                    "table-source" => self.foreign = true,
                    _ => {}
                },
                Event::End(_) if self.depth == 0 => {
                    return Ok(if self.foreign { Kept::Foreign } else { Kept::Own });
                }
                Event::End(element) => {
                    self.depth -= 1;
                    if element.local_name().as_ref() == "table-row" {
                        self.end_row();
                    }
                }
                Event::Eof => return Err(MarkupError::CutOff),
                _ => {}
            }
        }
    }

    /// Goes behind the end of the table.
    fn leave(&mut self, reader: &mut Reader<&[u8]>) -> Result<(), MarkupError> {
        for _ in 0..=self.depth {
            pass_over(reader)?;
        }
        Ok(())
    }

    fn begin_row(&mut self, element: &BytesStart<'_>) {
        self.column = 0;
        self.repeated = count(element, "number-rows-repeated").max(1);
        let shown = attribute(element, "visibility").unwrap_or_default();
        if matches!(shown.as_str(), "collapse" | "filter") {
            let hidden = &mut self.builder.hidden;
            hidden.hide_rows(self.row, self.row.saturating_add(self.repeated - 1));
            hidden.filtered |= shown == "filter";
        }
    }

    /// Takes what an element says of one or more columns.
    fn take_columns(&mut self, element: &BytesStart<'_>) {
        let first = self.next_column;
        self.next_column = first.saturating_add(count(element, "number-columns-repeated").max(1));
        if attribute(element, "visibility").is_some_and(|shown| shown == "collapse") {
            self.builder.hidden.hide_columns(first, self.next_column - 1);
        }
    }

    fn end_row(&mut self) {
        self.row = self.row.saturating_add(self.repeated.max(1));
    }

    fn skip(&mut self, element: &BytesStart<'_>) {
        self.column = self.column.saturating_add(count(element, "number-columns-repeated").max(1));
    }

    fn cell(&mut self, element: &BytesStart<'_>, words: &str) -> Result<(), MarkupError> {
        let first = CellRef { row: self.row, column: self.column };
        self.skip(element);
        let (wide, high) =
            (count(element, "number-columns-spanned"), count(element, "number-rows-spanned"));
        if wide > 1 || high > 1 {
            let last = CellRef {
                row: first.row.saturating_add(high.max(1) - 1),
                column: first.column.saturating_add(wide.max(1) - 1),
            };
            self.merges.push(Area { first, last });
        }
        let head = cell::head(element);
        if head.has_formula {
            self.builder.add_formulas([first]);
        }
        let content = cell::content(&head, words);
        if content == CellContent::Empty {
            return Ok(());
        }
        for row in 0..self.repeated.min(MAX_REPEATED_ROWS) {
            for column in first.column..self.column.min(first.column + MAX_REPEATED_COLUMNS) {
                let place = CellRef { row: first.row.saturating_add(row), column };
                let added = self.builder.add(place, content.clone());
                added.map_err(MarkupError::from)?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(rows: &str) -> String {
        format!(
            "<?xml version=\"1.0\"?><office:document><office:automatic-styles>\
             <style:style style:name=\"ta2\" style:family=\"table\">\
             <style:table-properties table:display=\"false\"/></style:style>\
             </office:automatic-styles><office:body><office:spreadsheet>\
             <table:tracked-changes><table:table-cell/></table:tracked-changes>\
             <table:table table:name=\"Biểu 01\">{rows}</table:table>\
             <table:table table:name=\"Ẩn\" table:style-name=\"ta2\"><table:table-row/></table:table>\
             </office:spreadsheet></office:body></office:document>"
        )
    }

    fn cells(rows: &str) -> Vec<(String, CellContent)> {
        let sheets = flat_sheets(&table(rows)).unwrap();
        assert_eq!(sheets.len(), 2);
        assert!(matches!(sheets[1].state, SheetState::Hidden));
        let SheetState::Read(grid) = &sheets[0].state else { panic!("{sheets:?}") };
        let cells = grid.row_numbers().flat_map(|row| grid.row(row).to_vec());
        cells.map(|(cell, content)| (cell.to_string(), content)).collect()
    }

    fn cell(attributes: &str, words: &str) -> CellContent {
        let row = format!(
            "<table:table-row><table:table-cell {attributes}><text:p>{words}</text:p>\
             </table:table-cell></table:table-row>"
        );
        cells(&row).into_iter().next().map_or(CellContent::Empty, |(_, content)| content)
    }

    #[test]
    fn kinds_are_kept_apart_and_errors_are_never_numbers() {
        let float = "office:value-type=\"float\"";
        assert_eq!(cell(&format!("{float} office:value=\"12\""), "12"), CellContent::Number(12.0));
        let error = CellContent::Error("#DIV/0!".to_owned());
        let formula = "table:formula=\"of:=1/0\"";
        for attributes in [
            &format!("{formula} {float} office:value=\"0\"") as &str,
            &format!(
                "{formula} office:value-type=\"string\" office:string-value=\"\" \
                 calcext:value-type=\"error\""
            ),
        ] {
            assert_eq!(cell(attributes, "#DIV/0!"), error);
        }
        let nan = CellContent::Error("NaN".to_owned());
        assert_eq!(cell(&format!("{float} office:value=\"NaN\""), "NaN"), nan);
        assert_eq!(cell(formula, ""), CellContent::FormulaWithoutValue);
        assert_eq!(
            cell("office:value-type=\"percentage\" office:value=\"0.855\"", "85,5%"),
            CellContent::Percent(0.855)
        );
        assert_eq!(
            cell("office:value-type=\"date\" office:date-value=\"2024-03-14T00:00:00\"", "14/3"),
            CellContent::Date("2024-03-14".to_owned())
        );
        let words = "a<text:s text:c=\"2\"/><text:span>&lt;b</text:span></text:p><text:p>c";
        assert_eq!(
            cell("office:value-type=\"string\"", words),
            CellContent::Text("a  <b\nc".to_owned())
        );
    }

    #[test]
    fn rows_and_columns_that_are_not_displayed_are_told() {
        let number = "office:value-type=\"float\" office:value=\"7\"";
        let cells = format!("<table:table-cell {number} table:number-columns-repeated=\"4\"/>");
        let rows = format!(
            "<table:table-column table:number-columns-repeated=\"2\"/>\
             <table:table-column table:visibility=\"collapse\"/><table:table-column/>\
             <table:table-row>{cells}</table:table-row>\
             <table:table-row table:visibility=\"filter\" table:number-rows-repeated=\"2\">{cells}\
             </table:table-row><table:table-row table:visibility=\"collapse\"/>"
        );
        let sheets = flat_sheets(&table(&rows)).unwrap();
        let SheetState::Read(grid) = &sheets[0].state else { panic!("{sheets:?}") };
        assert_eq!(grid.hidden.rows, BTreeSet::from([1, 2]));
        assert_eq!(grid.hidden.columns, BTreeSet::from([2]));
        assert!(grid.hidden.filtered);
    }

    #[test]
    fn what_a_merge_hides_is_not_counted_and_repeats_end() {
        let number = "office:value-type=\"float\" office:value=\"7\"";
        let rows = format!(
            "<table:table-row><table:table-cell table:number-columns-spanned=\"2\" {number}/>\
             <table:covered-table-cell {number}/><table:table-cell {number}/></table:table-row>\
             <table:table-row table:number-rows-repeated=\"4294967295\">\
             <table:table-cell table:number-columns-repeated=\"4294967295\"/></table:table-row>"
        );
        let places: Vec<String> = cells(&rows).into_iter().map(|(place, _)| place).collect();
        assert_eq!(places, ["A1", "C1"]);
    }

    #[test]
    fn a_sheet_of_repeated_cells_is_broken_and_the_next_is_read() {
        let number = "office:value-type=\"float\" office:value=\"7\"";
        let rows = format!(
            "<table:table-row table:number-rows-repeated=\"1048576\"><table:table-cell \
             table:number-columns-repeated=\"16384\" {number}><text:p>7</text:p>\
             </table:table-cell></table:table-row>"
        );
        let sheets = flat_sheets(&table(&rows)).unwrap();
        assert!(matches!(sheets[0].state, SheetState::Broken(_)));
        assert!(matches!(sheets[1].state, SheetState::Hidden));
    }

    #[test]
    fn what_is_cut_off_is_damaged() {
        let whole = table("<table:table-row><table:table-cell/></table:table-row>");
        for (end, _) in whole.char_indices().skip(60) {
            let cut = whole.get(..end).unwrap();
            assert!(matches!(flat_sheets(cut), Err(Refusal::Damaged(_))), "{cut}");
        }
        let entities = table(
            "<table:table-row><table:table-cell><text:p>&bomb;</text:p>\
            </table:table-cell></table:table-row>",
        );
        assert!(matches!(flat_sheets(&entities), Err(Refusal::Damaged(_))));
    }
}

//! OpenDocument spreadsheets, packed or in one XML file, cell by cell as they pass by: formulas
//! without a value, errors, percentages and merged areas are told apart. Never as a dense range.

mod cell;
mod fonts;
mod package;
mod pages;
mod table;

use std::{
    collections::{BTreeMap, BTreeSet},
    io::Cursor,
};

use quick_xml::{
    Reader,
    events::{BytesStart, Event},
};
use zip::ZipArchive;

pub(super) use self::fonts::{flat_fonts, fonts};
use self::{
    package::{CONTENT, part},
    pages::{Pages, pages},
    table::{Kept, Looks, Table},
};
use super::{
    Refusal,
    grid::TooManyCells,
    hanging::{Hanging, HangingKind},
    markup::{MarkupError, attribute, pass_over},
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
    let of_pages = part("styles.xml").map(|styles| pages(&styles)).unwrap_or_default();
    sheets_of(&part(CONTENT)?, of_pages)
}

/// Returns the worksheets of a document in one file, in their order.
pub(super) fn flat_sheets(document: &str) -> Result<Vec<Worksheet>, Refusal> {
    sheets_of(document, pages(document))
}

fn sheets_of(document: &str, pages: Pages) -> Result<Vec<Worksheet>, Refusal> {
    let mut scan = Scan { pages, ..Scan::default() };
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
    looks: Looks,
    /// What each kind of page shows, and the kind of a style of tables.
    pages: Pages,
    page_of_style: BTreeMap<String, String>,
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
            let page = attribute(element, "master-page-name");
            self.page_of_style.extend(current.clone().zip(page));
            if let (Some(style), Some(parent)) = (&current, attribute(element, "parent-style-name"))
            {
                self.looks.inherit(style, &parent);
            }
        } else if let ("text-properties" | "table-cell-properties", Some(style)) = (name, &current)
        {
            self.looks.take(style, element);
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
        let style = attribute(element, "style-name").unwrap_or_default();
        let is_hidden = may_hide && self.hidden.contains(&style);
        let hidden = is_hidden.then_some(SheetState::Hidden);
        if let Some(state) = hidden.or_else(|| self.room.refusal()) {
            pass_over(reader)?;
            self.worksheets.push(Worksheet { name, state });
            return Ok(());
        }
        let mut table = Table::new(&self.looks);
        table.builder.add_formulas([]);
        let page = self.page_of_style.get(&style).map_or("Default", String::as_str);
        table.builder.hanging.extend(self.pages.get(page).map(|words| Hanging {
            cell: CellRef { row: 0, column: 0 },
            kind: HangingKind::Page,
            words: words.clone(),
        }));
        match table.read(reader) {
            // A copy of another file's sheet, kept for links.
            Ok(Kept::Foreign) => {}
            Ok(Kept::Own) => {
                let Table { builder, merges, .. } = table;
                let grid = builder.finish_merged(merges).map_err(too_many_cells);
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::CellContent;

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
    fn struck_and_crossed_numbers_and_notes_are_told() {
        let style = |name: &str, line: &str| {
            format!(
                "<style:style style:name=\"{name}\"><style:text-properties \
                 style:text-line-through-style=\"{line}\"/></style:style>"
            )
        };
        let of = |style: &str, words: &str| {
            format!(
                "<table:table-cell table:style-name=\"{style}\" office:value-type=\"float\" \
                 office:value=\"5\">{words}</table:table-cell>"
            )
        };
        let note = "<office:annotation><dc:creator>Lan</dc:creator><text:p>số <text:span>ước</text:span>\
            </text:p></office:annotation><text:p>5</text:p>";
        let row = [of("ce1", ""), of("ce2", ""), of("ce3", note), of("ce4", ""), of("ce5", "")];
        let row = row.concat();
        let document = table(&format!("<table:table-row>{row}</table:table-row>")).replace(
            "</office:automatic-styles>",
            &format!(
                "{}{}<style:style style:name=\"ce3\" style:parent-style-name=\"ce1\"/>\
                 <style:style style:name=\"ce4\"><style:table-cell-properties \
                 style:diagonal-bl-tr=\"none\" style:diagonal-tl-br=\"0.74pt solid #000000\"/>\
                 </style:style><style:style style:name=\"ce5\"><style:table-cell-properties \
                 style:diagonal-bl-tr=\"none\"/></style:style></office:automatic-styles>",
                style("ce1", "solid"),
                style("ce2", "none")
            ),
        );
        let sheets = flat_sheets(&document).unwrap();
        let SheetState::Read(grid) = &sheets[0].state else { panic!("{sheets:?}") };
        let is_struck = |column| matches!(grid.at(0, column), CellContent::ShownOtherwise(..));
        assert_eq!([0, 1, 2, 3, 4].map(is_struck), [true, false, true, true, false]);
        let notes: Vec<_> = grid.hanging.iter().map(|one| (one.cell.column, &*one.words)).collect();
        assert_eq!(notes, [(2, "số ước")]);
        assert_eq!(grid.struck.len(), 2);
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

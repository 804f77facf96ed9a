//! Web pages under the name of a workbook: all tables below each other in one sheet, as Excel opens them, with the
//! words between them in rows of their own. A scanner of tags, no browser: all but tables, rows, cells is passed over.

use super::{
    CellContent, delimited,
    grid::{GridBuilder, TooManyCells},
    html_words::plain,
    merges::Area,
    number_formats::shown_number,
    workbook::{SheetState, Worksheet, text_content, too_many_cells},
};
use crate::place::CellRef;

/// Widest area that is followed; forms are narrower.
const MAX_SPAN: u32 = 200;
const MAX_ROWS: u32 = 5_000;
/// Deepest table within a table that is followed.
const MAX_DEPTH: usize = 32;

/// Returns the one sheet of a page.
pub(super) fn sheets(page: &str) -> Vec<Worksheet> {
    let mut scan = Scan::default();
    let state = match scan.page(page).and_then(|()| scan.builder.finish_merged(scan.merges)) {
        Ok(grid) => SheetState::Read(grid),
        Err(error) => SheetState::Broken(too_many_cells(error)),
    };
    vec![Worksheet { name: delimited::SHEET.to_owned(), state }]
}

/// Returns whether a text is a page: the first tag is one that pages begin with.
pub(super) fn is_page(text: &str) -> bool {
    let head: String = text.chars().take(2_000).collect::<String>().to_ascii_lowercase();
    ["<html", "<!doctype html", "<table", "<body", "<head"].iter().any(|tag| head.contains(tag))
}

/// A table that is open.
#[derive(Default)]
struct Table {
    /// Column where its rows begin.
    base: u32,
    /// Row in which it stands.
    row: Option<u32>,
    /// Next column.
    column: u32,
    /// For each column the first row that no cell from above reaches into.
    free_from: Vec<u32>,
}

/// A cell that is open.
struct Cell {
    place: CellRef,
    /// The number that Excel wrote beside the words.
    number: Option<f64>,
}

#[derive(Default)]
struct Scan {
    builder: GridBuilder,
    merges: Vec<Area>,
    tables: Vec<Table>,
    cell: Option<Cell>,
    words: String,
    /// First row below everything.
    next_row: u32,
}

impl Scan {
    fn page(&mut self, mut rest: &str) -> Result<(), TooManyCells> {
        while let Some((words, tag)) = rest.split_once('<') {
            self.words.push_str(words);
            if let Some(comment) = tag.strip_prefix("!--") {
                rest = comment.split_once("-->").map_or("", |(_, after)| after);
                continue;
            }
            let (tag, after) = split_tag(tag);
            rest = after;
            let (name, attributes) = name_of(tag);
            if matches!(name.as_str(), "script" | "style" | "title" | "xml") {
                rest = after_end(after, &name);
                continue;
            }
            self.tag(&name, attributes)?;
        }
        self.words.push_str(rest);
        self.close_cell()
    }

    fn tag(&mut self, name: &str, attributes: &str) -> Result<(), TooManyCells> {
        match name {
            "table" => self.begin_table()?,
            "/table" => self.end_table()?,
            "tr" => {
                self.begin_row()?;
                if is_not_displayed(attributes) {
                    let row = self.next_row.saturating_sub(1);
                    self.builder.hidden.hide_rows(row, row);
                }
            }
            "/tr" | "/td" | "/th" => self.close_cell()?,
            "td" | "th" => self.begin_cell(attributes)?,
            "br" | "br/" => self.words.push('\n'),
            // What is struck through is neither said nor gone.
            "s" | "strike" | "del" => self.words.push_str("[gạch: "),
            "/s" | "/strike" | "/del" => self.words.push_str("] "),
            "p" | "div" | "li" | "h1" | "h2" | "h3" | "h4" | "/p" | "/div" | "body" => {
                if self.tables.is_empty() {
                    self.close_cell()?;
                } else {
                    self.words.push('\n');
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn begin_table(&mut self) -> Result<(), TooManyCells> {
        let base = self.cell.as_ref().map_or(0, |cell| cell.place.column);
        self.close_cell()?;
        if self.tables.len() < MAX_DEPTH {
            self.tables.push(Table { base, ..Table::default() });
        }
        Ok(())
    }

    fn end_table(&mut self) -> Result<(), TooManyCells> {
        self.close_cell()?;
        drop(self.tables.pop());
        // What follows in the row around it stands below it.
        if let Some(outer) = self.tables.last_mut() {
            outer.row = None;
        }
        Ok(())
    }

    fn begin_row(&mut self) -> Result<(), TooManyCells> {
        self.close_cell()?;
        let row = self.next_row;
        self.next_row = row.saturating_add(1);
        if let Some(table) = self.tables.last_mut() {
            table.row = Some(row);
            table.column = table.base;
        }
        Ok(())
    }

    fn begin_cell(&mut self, attributes: &str) -> Result<(), TooManyCells> {
        self.close_cell()?;
        if self.tables.last().is_none_or(|table| table.row.is_none()) {
            self.begin_row()?;
        }
        let Some(table) = self.tables.last_mut() else { return Ok(()) };
        let row = table.row.unwrap_or(0);
        let taken = |column: u32| {
            let column = usize::try_from(column).unwrap_or(usize::MAX);
            table.free_from.get(column).is_some_and(|free| *free > row)
        };
        let mut column = table.column;
        while taken(column) {
            column += 1;
        }
        let span = |name: &str, most: u32| {
            let stated = attribute(attributes, name).and_then(|words| words.trim().parse().ok());
            stated.unwrap_or(1).clamp(1, most)
        };
        let (wide, high) = (span("colspan", MAX_SPAN), span("rowspan", MAX_ROWS));
        table.column = column.saturating_add(wide);
        let last = CellRef { row: row.saturating_add(high - 1), column: table.column - 1 };
        if high > 1 && column < MAX_SPAN {
            let (from, to) = (column as usize, table.column as usize);
            table.free_from.resize(table.free_from.len().max(to), 0);
            for free in table.free_from.iter_mut().take(to).skip(from) {
                *free = last.row + 1;
            }
        }
        let place = CellRef { row, column };
        if place != last {
            self.merges.push(Area { first: place, last });
        }
        // As Excel, LibreOffice and SheetJS write it.
        let stated =
            ["x:num", "sdval", "data-v"].iter().find_map(|name| attribute(attributes, name));
        let is_number = attribute(attributes, "data-t").is_none_or(|kind| kind == "n");
        let number = stated.filter(|_| is_number).and_then(|words| words.trim().parse().ok());
        self.cell = Some(Cell { place, number });
        self.words.clear();
        Ok(())
    }

    /// Writes what was gathered; outside cells it is a row of its own.
    fn close_cell(&mut self) -> Result<(), TooManyCells> {
        let words = plain(&std::mem::take(&mut self.words));
        let Some(cell) = self.cell.take() else {
            if !words.is_empty() && self.tables.is_empty() {
                let place = CellRef { row: self.next_row, column: 0 };
                self.next_row = self.next_row.saturating_add(1);
                return self.builder.add(place, text_content(&words));
            }
            return Ok(());
        };
        let content = match cell.number {
            // A percentage is told by its words alone.
            Some(number) if !words.is_empty() && !words.contains('%') => {
                shown_number(number, &words)
            }
            _ => delimited::content(&words),
        };
        match content {
            CellContent::Empty => Ok(()),
            content => self.builder.add(cell.place, content),
        }
    }
}

/// Splits behind the end of a tag; a sign within quotes does not end it.
fn split_tag(text: &str) -> (&str, &str) {
    let mut quote = None;
    for (position, byte) in text.bytes().enumerate() {
        match (byte, quote) {
            (b'"' | b'\'', None) => quote = Some(byte),
            (_, Some(open)) if byte == open => quote = None,
            (b'>', None) => {
                let tag = text.get(..position).unwrap_or_default();
                return (tag, text.get(position + 1..).unwrap_or_default());
            }
            _ => {}
        }
    }
    // A quote that nothing ends: the first end of a tag counts.
    text.split_once('>').unwrap_or((text, ""))
}

fn name_of(tag: &str) -> (String, &str) {
    let (name, attributes) = tag.split_once(char::is_whitespace).unwrap_or((tag, ""));
    (name.to_ascii_lowercase(), attributes)
}

/// Returns what follows the end tag of an element whose content is no text of the page.
fn after_end<'a>(text: &'a str, name: &str) -> &'a str {
    let mut rest = text;
    while let Some((_, after)) = rest.split_once("</") {
        let head: String = after.chars().take(name.len()).collect();
        if head.eq_ignore_ascii_case(name) {
            return split_tag(after).1;
        }
        rest = after;
    }
    ""
}

/// Returns the value of an attribute, with or without quotes.
fn attribute<'a>(attributes: &'a str, wanted: &str) -> Option<&'a str> {
    let mut rest = attributes;
    loop {
        let (name, after) = rest.split_once('=')?;
        let name = name.rsplit(char::is_whitespace).find(|part| !part.is_empty())?;
        let after = after.trim_start();
        let (value, next) = match after.chars().next()? {
            quote @ ('"' | '\'') => after.get(1..)?.split_once(quote)?,
            _ => after.split_once(char::is_whitespace).unwrap_or((after, "")),
        };
        if name.eq_ignore_ascii_case(wanted) {
            return Some(value);
        }
        rest = next;
    }
}

fn is_not_displayed(attributes: &str) -> bool {
    attribute(attributes, "style").is_some_and(|style| {
        let style: String = style.chars().filter(|one| !one.is_whitespace()).collect();
        style.to_ascii_lowercase().contains("display:none")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(page: &str) -> Vec<String> {
        let sheets = sheets(page);
        let SheetState::Read(grid) = &sheets[0].state else { panic!("{sheets:?}") };
        let cells = grid.row_numbers().flat_map(|row| grid.row(row).to_vec());
        cells
            .map(|(cell, content)| match content {
                CellContent::Text(words) => format!("{cell} {words}"),
                other => format!("{cell} {other:?}"),
            })
            .collect()
    }

    #[test]
    fn a_table_is_read_with_its_spans() {
        let page = "<html><head><title>x</title><style>td > a {}</style></head><body>\
            <p>B&aacute;o c&#225;o th&#xE1;ng 3</p><!-- <td>no</td> -->\
            <table><tr><td rowspan=2>STT<td colspan='2' title=\"a > b\">Trong&nbsp;kỳ\n</tr>\
            <TR><TD>12</TD><td x:num=\"0.5\">50%</TD><td x:num='1234'>1.234</td></TR></table>";
        let expected = [
            "A1 Báo cáo tháng 3",
            "A2 STT",
            "B2 Trong kỳ",
            "B3 Number(12.0)",
            "C3 50%",
            "D3 Number(1234.0)",
        ];
        assert_eq!(cells(page), expected);
    }

    #[test]
    fn a_row_that_is_not_displayed_is_told() {
        let page = "<table><tr><td>a</tr><tr height=0 style='display: none'><td>b</table>";
        let sheets = sheets(page);
        let SheetState::Read(grid) = &sheets[0].state else { panic!("{sheets:?}") };
        assert_eq!(grid.hidden.rows.iter().copied().collect::<Vec<_>>(), [1]);
    }

    #[test]
    fn what_is_struck_through_stands_in_brackets() {
        let page = "<table><tr><td><s>168</s> 172<td><del>5</del><td><span>7</span></table>";
        assert_eq!(cells(page), ["A1 [gạch: 168] 172", "B1 [gạch: 5]", "C1 Number(7.0)"]);
    }

    #[test]
    fn tables_within_tables_stand_below_each_other() {
        let page = "<table><tr><td>a<td><table><tr><td>b<td>c</table><td>d</table>đuôi";
        assert_eq!(cells(page), ["A1 a", "B2 b", "C2 c", "A3 d", "A4 đuôi"]);
    }

    #[test]
    fn broken_pages_give_what_there_is() {
        for page in ["<", "<table", "<td>", "<table><td a=\"", "</table></tr>", "&#xD800;&#;&x"] {
            assert!(cells(page).len() <= 1, "{page}");
        }
        assert_eq!(cells("<table><td rowspan=99999999 colspan=99999999>x"), ["A1 x"]);
    }
}

//! "XML Spreadsheet 2003", which many programs write under the name of .xls: cell by cell as they
//! pass by.

use std::collections::{BTreeMap, BTreeSet};

use quick_xml::{
    Reader,
    events::{BytesStart, Event},
};

use super::{
    CellContent, Refusal,
    grid::{GridBuilder, TWO_CONTENTS, TooManyCells},
    markup::{MarkupError, attribute, pass_over, push_reference},
    merges::Area,
    number_formats::{NumberFormat, date_of_serial, shows_date},
    workbook::{SheetState, Worksheet, iso_content, number_content, text_content, too_many_cells},
};
use crate::place::CellRef;

/// Returns the worksheets in their order.
pub(super) fn sheets(document: &str) -> Result<Vec<Worksheet>, Refusal> {
    let mut scan = Scan::default();
    scan.document(&mut Reader::from_str(document))
        .map_err(|error| Refusal::Damaged(error.to_string()))?;
    Ok(scan.worksheets)
}

#[derive(Default)]
struct Scan {
    worksheets: Vec<Worksheet>,
    /// Styles that do not show numbers as they are.
    formats: BTreeMap<String, NumberFormat>,
    /// Styles that show dates.
    dates: BTreeSet<String>,
    style: Option<String>,
}

/// A worksheet that is being read.
#[derive(Default)]
struct Sheet {
    name: String,
    builder: GridBuilder,
    merges: Vec<Area>,
    /// Row and column that come next.
    next: (u32, u32),
    row_style: Option<String>,
    /// The column that the next element about columns speaks of.
    next_column: u32,
    /// Empty rows that the open row stands for as well.
    span: u32,
    hidden: bool,
    too_many: bool,
}

impl Scan {
    fn document(&mut self, reader: &mut Reader<&[u8]>) -> Result<(), MarkupError> {
        let mut depth = 0_usize;
        loop {
            match reader.read_event()? {
                Event::Start(element) if element.local_name().as_ref() == "Worksheet" => {
                    self.worksheet(reader, &element)?;
                }
                Event::Start(element) => {
                    self.take_style(&element);
                    depth += 1;
                }
                Event::Empty(element) => self.take_style(&element),
                Event::End(_) => depth = depth.saturating_sub(1),
                Event::Eof if depth > 0 => return Err(MarkupError::CutOff),
                Event::Eof => return Ok(()),
                _ => {}
            }
        }
    }

    fn take_style(&mut self, element: &BytesStart<'_>) {
        match element.local_name().as_ref() {
            "Style" => self.style = attribute(element, "ID"),
            "NumberFormat" => {
                let format = attribute(element, "Format").unwrap_or_default();
                let made = number_format(&format);
                if made != NumberFormat::Percent && shows_date(&format) {
                    self.dates.extend(self.style.clone());
                } else if made != NumberFormat::Plain {
                    self.formats.extend(self.style.clone().map(|style| (style, made)));
                }
            }
            _ => {}
        }
    }

    /// Returns what a style makes of a number.
    fn shown(&self, number: f64, style: Option<&str>) -> CellContent {
        match style {
            Some(style) if self.dates.contains(style) => date_of_serial(number),
            style => {
                let format = style.and_then(|style| self.formats.get(style));
                format.unwrap_or(&NumberFormat::Plain).content(number)
            }
        }
    }

    fn worksheet(
        &mut self,
        reader: &mut Reader<&[u8]>,
        element: &BytesStart<'_>,
    ) -> Result<(), MarkupError> {
        let mut sheet =
            Sheet { name: attribute(element, "Name").unwrap_or_default(), ..Sheet::default() };
        let mut depth = 0_usize;
        loop {
            match reader.read_event()? {
                Event::Start(element) if element.local_name().as_ref() == "Cell" => {
                    let data = cell_data(reader)?;
                    self.cell(&mut sheet, &element, data);
                }
                Event::Empty(element) if element.local_name().as_ref() == "Cell" => {
                    self.cell(&mut sheet, &element, None);
                }
                Event::Start(element) => {
                    if element.local_name().as_ref() == "Visible" {
                        let words = reader.read_event()?;
                        sheet.hidden |= matches!(words, Event::Text(words)
                            if words.xml10_content().trim() != "SheetVisible");
                    }
                    sheet.row(&element);
                    depth += 1;
                }
                Event::Empty(element) => {
                    sheet.row(&element);
                    sheet.end_row(element.local_name().as_ref());
                }
                Event::End(_) if depth == 0 => break,
                Event::End(element) => {
                    sheet.end_row(element.local_name().as_ref());
                    depth -= 1;
                }
                Event::Eof => return Err(MarkupError::CutOff),
                _ => {}
            }
        }
        self.worksheets.push(sheet.finish());
        Ok(())
    }

    fn cell(&self, sheet: &mut Sheet, element: &BytesStart<'_>, data: Option<(String, String)>) {
        let number = |name: &str| attribute(element, name).and_then(|words| words.parse().ok());
        let index: Option<u32> = number("Index");
        let column = index.map_or(sheet.next.1, |index| index.saturating_sub(1));
        let first = CellRef { row: sheet.next.0, column };
        let (wide, high): (u32, u32) =
            (number("MergeAcross").unwrap_or(0), number("MergeDown").unwrap_or(0));
        sheet.next.1 = column.saturating_add(wide).saturating_add(1);
        if wide > 0 || high > 0 {
            let last = CellRef {
                row: first.row.saturating_add(high),
                column: column.saturating_add(wide),
            };
            sheet.merges.push(Area { first, last });
        }
        let style = attribute(element, "StyleID").or_else(|| sheet.row_style.clone());
        let content = match data {
            Some((kind, words)) => match content(&kind, &words) {
                CellContent::Number(number) => self.shown(number, style.as_deref()),
                content => content,
            },
            None if attribute(element, "Formula").is_some() => CellContent::FormulaWithoutValue,
            None => CellContent::Empty,
        };
        sheet.too_many |= sheet.builder.add(first, content).is_err();
    }
}

impl Sheet {
    fn row(&mut self, element: &BytesStart<'_>) {
        match element.local_name().as_ref() {
            "Column" => self.column(element),
            // What a column is filtered by, unless it is filtered by nothing.
            "AutoFilterCondition" => self.builder.hidden.filtered = true,
            _ => {}
        }
        if element.local_name().as_ref() == "Row" {
            let index = attribute(element, "Index").and_then(|words| words.parse::<u32>().ok());
            self.next.0 = index.map_or(self.next.0, |index| index.saturating_sub(1));
            let span = attribute(element, "Span").and_then(|words| words.parse().ok());
            self.span = span.unwrap_or(0);
            self.next.1 = 0;
            self.row_style = attribute(element, "StyleID");
            if is_hidden(element) {
                let last = self.next.0.saturating_add(self.span);
                self.builder.hidden.hide_rows(self.next.0, last);
            }
        }
    }

    /// Takes what an element says of one or more columns.
    fn column(&mut self, element: &BytesStart<'_>) {
        let number = |name: &str| attribute(element, name).and_then(|words| words.parse().ok());
        let index: Option<u32> = number("Index");
        let first = index.map_or(self.next_column, |index| index.saturating_sub(1));
        let last = first.saturating_add(number("Span").unwrap_or(0));
        self.next_column = last.saturating_add(1);
        if is_hidden(element) {
            self.builder.hidden.hide_columns(first, last);
        }
    }

    fn end_row(&mut self, name: &str) {
        if name == "Row" {
            self.next.0 = self.next.0.saturating_add(self.span).saturating_add(1);
        }
    }

    fn finish(self) -> Worksheet {
        let grid =
            if self.too_many { Err(TooManyCells) } else { self.builder.finish_merged(self.merges) };
        let state = match grid {
            _ if self.hidden => SheetState::Hidden,
            Ok(grid) => SheetState::Read(grid),
            Err(error) => SheetState::Broken(too_many_cells(error)),
        };
        Worksheet { name: self.name, state }
    }
}

/// Returns what a format, by its code or its name, makes of numbers.
fn number_format(format: &str) -> NumberFormat {
    match format {
        "Percent" => NumberFormat::Percent,
        "Scientific" => NumberFormat::of_number(11),
        // Words in the place of a number.
        "Yes/No" | "True/False" | "On/Off" => NumberFormat::Other(format.into()),
        _ if format.contains('%') => NumberFormat::Percent,
        _ => NumberFormat::of_code(format),
    }
}

fn is_hidden(element: &BytesStart<'_>) -> bool {
    attribute(element, "Hidden").is_some_and(|words| words == "1")
}

fn content(kind: &str, words: &str) -> CellContent {
    match kind {
        "Number" => match words.trim().parse::<f64>() {
            Ok(number) => number_content(number),
            Err(_) => text_content(words),
        },
        "DateTime" => iso_content(words.trim()),
        "Boolean" => CellContent::Boolean(matches!(words.trim(), "1" | "true")),
        "Error" => CellContent::Error(words.trim().to_owned()),
        _ => text_content(words),
    }
}

/// Returns the type and the words of a cell's data, without its comment; data twice are an error.
fn cell_data(reader: &mut Reader<&[u8]>) -> Result<Option<(String, String)>, MarkupError> {
    let mut data: Option<(String, String)> = None;
    let mut several = false;
    let mut depth = 0_usize;
    loop {
        match reader.read_event()? {
            Event::Start(element) => match element.local_name().as_ref() {
                "Comment" | "PhoneticText" => pass_over(reader)?,
                name => {
                    if name == "Data" {
                        let kind = attribute(&element, "Type").unwrap_or_default();
                        several |= data.is_some();
                        data = Some((kind, String::new()));
                    }
                    depth += 1;
                }
            },
            Event::Text(text) => {
                if let Some((_, words)) = data.as_mut().filter(|_| depth > 0) {
                    words.push_str(&text.xml10_content());
                }
            }
            Event::CData(text) => {
                if let Some((_, words)) = data.as_mut().filter(|_| depth > 0) {
                    words.push_str(&text.xml10_content());
                }
            }
            Event::GeneralRef(reference) => {
                if let Some((_, words)) = data.as_mut().filter(|_| depth > 0) {
                    push_reference(words, &reference)?;
                }
            }
            Event::End(_) if depth == 0 && several => {
                return Ok(Some(("Error".to_owned(), TWO_CONTENTS.to_owned())));
            }
            Event::End(_) if depth == 0 => return Ok(data),
            Event::End(_) => depth -= 1,
            Event::Eof => return Err(MarkupError::CutOff),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document(rows: &str) -> String {
        format!(
            "<?xml version=\"1.0\"?><?mso-application progid=\"Excel.Sheet\"?>\
             <Workbook xmlns:ss=\"urn:schemas-microsoft-com:office:spreadsheet\"><Styles>\
             <Style ss:ID=\"s1\"><NumberFormat ss:Format=\"0.0%\"/></Style></Styles>\
             <Worksheet ss:Name=\"Biểu 01\"><Table>{rows}</Table></Worksheet>\
             <Worksheet ss:Name=\"Ẩn\"><Table/><WorksheetOptions><Visible>SheetHidden</Visible>\
             </WorksheetOptions></Worksheet></Workbook>"
        )
    }

    #[test]
    fn cells_stand_where_their_indexes_say() {
        let rows = "<Row><Cell><Data ss:Type=\"String\">Số &#7853;p &amp; nhập</Data></Cell></Row>\
            <Row ss:Index=\"4\"><Cell ss:Index=\"2\" ss:MergeAcross=\"1\"><Data ss:Type=\"Number\">\
            12</Data><Comment><ss:Data>9</ss:Data></Comment></Cell><Cell ss:StyleID=\"s1\">\
            <Data ss:Type=\"Number\">0.5</Data></Cell><Cell ss:Formula=\"=RC[-1]\"/>\
            <Cell><Data ss:Type=\"Error\">#REF!</Data></Cell>\
            <Cell><Data ss:Type=\"DateTime\">2024-03-14T00:00:00.000</Data></Cell></Row>";
        let sheets = sheets(&document(rows)).unwrap();
        assert!(matches!(sheets[1].state, SheetState::Hidden));
        let SheetState::Read(grid) = &sheets[0].state else { panic!("{sheets:?}") };
        let cells: Vec<(String, CellContent)> = grid
            .row_numbers()
            .flat_map(|row| grid.row(row).to_vec())
            .map(|(cell, content)| (cell.to_string(), content))
            .collect();
        let expected = [
            ("A1", CellContent::Text("Số ập & nhập".to_owned())),
            ("B4", CellContent::Number(12.0)),
            ("D4", CellContent::Percent(0.5)),
            ("E4", CellContent::FormulaWithoutValue),
            ("F4", CellContent::Error("#REF!".to_owned())),
            ("G4", CellContent::Date("2024-03-14".to_owned())),
        ];
        let expected: Vec<_> =
            expected.into_iter().map(|(cell, content)| (cell.to_owned(), content)).collect();
        assert_eq!(cells, expected);
    }

    #[test]
    fn a_cell_with_two_data_has_none_of_them() {
        let one = "<Data ss:Type=\"Number\">1</Data>";
        for data in [one.repeat(2), format!("<Data ss:Type=\"Number\">1{one}</Data>")] {
            let sheets = sheets(&document(&format!("<Row><Cell>{data}</Cell></Row>"))).unwrap();
            let SheetState::Read(grid) = &sheets[0].state else { panic!("{sheets:?}") };
            assert_eq!(grid.at(0, 0), &CellContent::Error(TWO_CONTENTS.to_owned()), "{data}");
        }
    }

    #[test]
    fn rows_and_columns_that_are_not_displayed_are_told() {
        let number = "<Cell><Data ss:Type=\"Number\">1</Data></Cell>";
        let cells = number.repeat(4);
        let rows = format!(
            "<Column ss:Index=\"2\" ss:Hidden=\"1\" ss:Span=\"1\"/><Column/>\
             <Row>{cells}</Row><Row ss:Index=\"4\" ss:Hidden=\"1\">{cells}</Row>"
        );
        let sheets = sheets(&document(&rows)).unwrap();
        let SheetState::Read(grid) = &sheets[0].state else { panic!("{sheets:?}") };
        assert_eq!(grid.hidden.rows, BTreeSet::from([3]));
        assert_eq!(grid.hidden.columns, BTreeSet::from([1, 2]));
    }

    #[test]
    fn what_is_cut_off_is_damaged() {
        let whole = document("<Row><Cell><Data ss:Type=\"Number\">1</Data></Cell></Row>");
        for (end, _) in whole.char_indices().skip(80) {
            let cut = whole.get(..end).unwrap();
            assert!(matches!(sheets(cut), Err(Refusal::Damaged(_))), "{cut}");
        }
    }
}

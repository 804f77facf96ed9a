//! The sheet of findings as a part of its own: words over the whole width, then a table whose cells
//! lead to the cells of the file. Every word is a text, none a formula; A4 landscape, one page wide.

use std::fmt::Write as _;

use super::{
    super::{names, widths::Type},
    markup::{cell_text, escaped},
    styles::{Look, Styles},
};
use crate::{
    compose::feedback::{AnswerRow, AnswerSheet, earlier},
    place::CellRef,
};

/// Widths of the columns in characters.
const WIDTHS: [u32; 8] = [5, 11, 42, 34, 12, 15, 18, 12];
/// Pixels of a character and of the air in a cell.
const CHARACTER: u32 = 7;
const AIR: u32 = 5;
/// The type of nearly all words.
const TYPE: Type = Type { size: 12, bold: false };
/// The highest that a row can be, in points.
const HIGHEST_ROW: f64 = 409.0;
/// Longest text of a cell, in UTF-16 units.
const LONGEST_TEXT: usize = 32_767;
/// The column of links.
const LINK: usize = 4;

/// A sheet of findings as a part.
#[derive(Debug)]
pub(super) struct WrittenSheet {
    /// The part.
    pub(super) xml: String,
    /// The row of the table's head, from 1.
    pub(super) head: Option<u32>,
}

/// Writes the sheet of findings; `space` is the namespace of sheets.
pub(super) fn written(sheet: &AnswerSheet, space: &str, styles: &mut Styles) -> WrittenSheet {
    let mut writer = Writer {
        rows: String::new(),
        words: Vec::new(),
        merges: Vec::new(),
        links: Vec::new(),
        next: 1,
        styles,
    };
    writer.wide(&sheet.title, Look::Title);
    writer.wide(&sheet.addressee, Look::Label);
    for words in &sheet.message {
        writer.wide(words, Look::Words);
    }
    for words in &sheet.proposals {
        writer.wide(words, Look::Words);
    }
    for (label, words) in &sheet.received {
        writer.wide(&format!("{label}: {words}"), Look::Words);
    }
    let head = (!sheet.rows.is_empty()).then(|| {
        writer.next += 1;
        let head = writer.next;
        let heads: Vec<(&str, Look)> = sheet.heads.iter().map(|head| (*head, Look::Head)).collect();
        writer.row(&heads);
        head
    });
    for (number, row) in (1..).zip(&sheet.rows) {
        writer.finding(number, row);
    }
    writer.next += 1;
    for words in &sheet.closing {
        writer.wide(words, Look::Words);
    }
    let code = earlier::closing(writer.words.iter().map(String::as_str));
    writer.wide(&code, Look::Words);
    WrittenSheet { xml: writer.finish(space), head }
}

struct Writer<'s> {
    rows: String,
    /// The words of the cells, in order.
    words: Vec<String>,
    merges: Vec<String>,
    links: Vec<String>,
    /// The next row, from 1.
    next: u32,
    styles: &'s mut Styles,
}

impl Writer<'_> {
    /// Writes words over all columns.
    fn wide(&mut self, words: &str, look: Look) {
        if words.is_empty() {
            return;
        }
        let letters = match look {
            Look::Title => Type { size: 14, bold: true },
            Look::Label => Type { size: 12, bold: true },
            _ => TYPE,
        };
        let width: u32 = WIDTHS.iter().map(|width| width * CHARACTER + AIR).sum();
        let lines = f64::from(letters.lines(words, f64::from(width)));
        let (row, number) = (self.next, self.styles.look(look));
        let height = lines * letters.line_height() + 3.0;
        self.begin_row(height);
        self.cell(0, words, number);
        for column in 1..WIDTHS.len() {
            self.cell(column, "", number);
        }
        self.rows.push_str("</row>");
        let last = column_name(WIDTHS.len() - 1);
        self.merges.push(format!("<mergeCell ref=\"A{row}:{last}{row}\"/>"));
        self.next += 1;
    }

    /// Writes a row of the table.
    fn row(&mut self, cells: &[(&str, Look)]) {
        let height = cells.iter().zip(WIDTHS).map(|((words, look), width)| {
            let letters = Type { size: 12, bold: *look == Look::Head };
            let pixels = f64::from(width * CHARACTER + AIR);
            f64::from(letters.lines(words, pixels)) * letters.line_height() + 3.0
        });
        let height = height.fold(0.0, f64::max);
        self.begin_row(height);
        for (column, (words, look)) in cells.iter().enumerate() {
            let number = self.styles.look(*look);
            self.cell(column, words, number);
        }
        self.rows.push_str("</row>");
        self.next += 1;
    }

    fn finding(&mut self, number: u32, row: &AnswerRow) {
        let link = row.cell.as_ref().map(|(sheet, cell)| {
            let location = format!("'{}'!{cell}", sheet.replace('\'', "''"));
            let place = format!("{}{}", column_name(LINK), self.next);
            format!("<hyperlink ref=\"{place}\" location=\"{}\"/>", escaped(&location))
        });
        let place = if link.is_some() { Look::Link } else { Look::Centred };
        self.links.extend(link);
        let number = number.to_string();
        self.row(&[
            (&number, Look::Centred),
            (row.severity, Look::Severity(row.tone)),
            (&row.message, Look::Cell),
            (&row.hint, Look::Cell),
            (&row.place, place),
            (&row.found, Look::Cell),
            (&row.expected, Look::Cell),
            (&row.code, Look::Centred),
        ]);
    }

    fn begin_row(&mut self, height: f64) {
        let height = height.min(HIGHEST_ROW);
        let row = self.next;
        let _infallible =
            write!(self.rows, "<row r=\"{row}\" ht=\"{height:.2}\" customHeight=\"1\">");
    }

    fn cell(&mut self, column: usize, words: &str, look: u32) {
        let place = format!("{}{}", column_name(column), self.next);
        let words = names::cut(words, LONGEST_TEXT);
        if !words.is_empty() {
            self.words.push(words.clone());
        }
        let text = cell_text(&words);
        let _infallible = if words.is_empty() {
            write!(self.rows, "<c r=\"{place}\" s=\"{look}\"/>")
        } else {
            write!(
                self.rows,
                "<c r=\"{place}\" s=\"{look}\" t=\"inlineStr\"><is><t xml:space=\"preserve\">{text}\
                 </t></is></c>"
            )
        };
    }

    fn finish(self, space: &str) -> String {
        let columns: Vec<String> = (1..)
            .zip(WIDTHS)
            .map(|(column, width): (u32, u32)| {
                format!("<col min=\"{column}\" max=\"{column}\" width=\"{width}.71\" customWidth=\"1\"/>")
            })
            .collect();
        let columns = columns.concat();
        let mut xml = format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<worksheet xmlns=\"{space}\">\
             <sheetPr><tabColor rgb=\"FFC00000\"/><pageSetUpPr fitToPage=\"1\"/></sheetPr><sheetViews>\
             <sheetView showGridLines=\"0\" tabSelected=\"1\" workbookViewId=\"0\"></sheetView>\
             </sheetViews><sheetFormatPr defaultRowHeight=\"15\"/><cols>{columns}</cols><sheetData>"
        );
        xml.push_str(&self.rows);
        xml.push_str("</sheetData>");
        let count = self.merges.len();
        let _infallible =
            write!(xml, "<mergeCells count=\"{count}\">{}</mergeCells>", self.merges.concat());
        if !self.links.is_empty() {
            let _infallible = write!(xml, "<hyperlinks>{}</hyperlinks>", self.links.concat());
        }
        xml.push_str(
            "<printOptions horizontalCentered=\"1\"/><pageMargins left=\"0.6\" right=\"0.6\" top=\"0.6\" \
             bottom=\"0.6\" header=\"0.3\" footer=\"0.3\"/><pageSetup paperSize=\"9\" \
             orientation=\"landscape\" fitToHeight=\"0\"/><headerFooter><oddFooter>&amp;C&amp;P/&amp;N\
             </oddFooter></headerFooter></worksheet>",
        );
        xml
    }
}

/// Returns the letters of a column.
fn column_name(column: usize) -> String {
    let column = u32::try_from(column).unwrap_or(0);
    let name = CellRef { row: 0, column }.to_string();
    name.trim_end_matches('1').to_owned()
}

//! A form as a unit would fill it in: its parts as text, cells found by their places, values put into
//! them, rows taken out, put in and moved.

use std::io::{Cursor, Read};

use zip::ZipArchive;

use crate::support::repacked;

/// The parts of the first two sheets.
pub const MAIN: &str = "xl/worksheets/sheet1.xml";
pub const DETAILS: &str = "xl/worksheets/sheet2.xml";
/// The words of all sheets, the hidden one included.
pub const WORDS: &str = "xl/sharedStrings.xml";

/// What is put into a cell.
#[derive(Clone, Debug, PartialEq)]
pub enum Filling {
    Number(f64),
    Words(String),
}

/// Returns a part of a workbook as text.
pub fn part(bytes: &[u8], name: &str) -> String {
    let mut text = String::new();
    let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
    archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

/// Returns the workbook with a part as a change gives it.
pub fn with_part(bytes: &[u8], part: &str, change: impl Fn(&str) -> String) -> Vec<u8> {
    repacked(bytes, |name, content| {
        if name != part {
            return content;
        }
        let text = String::from_utf8(content).unwrap();
        let changed = change(&text);
        assert_ne!(changed, text, "{part} was to be changed");
        changed.into_bytes()
    })
}

/// Returns the workbook with words replaced wherever they stand alone in a cell, on the hidden sheet
/// only where `hidden` says so (there the same shared words are used).
pub fn with_words(bytes: &[u8], from: &str, to: &str) -> Vec<u8> {
    with_part(bytes, WORDS, |words| {
        let (from, to) = (format!("<t>{from}</t>"), format!("<t>{to}</t>"));
        assert_eq!(words.matches(&from).count(), 1, "{from}");
        words.replace(&from, &to)
    })
}

/// Returns the text of a sheet with a value in a cell, whatever stood there.
pub fn filled(sheet: &str, cell: &str, filling: &Filling) -> String {
    let (before, rest) =
        sheet.split_once(&format!("<c r=\"{cell}\"")).unwrap_or_else(|| panic!("{cell}"));
    let (head, after) = rest.split_once('>').unwrap();
    let is_blank = head.ends_with('/');
    let after = if is_blank { after } else { after.split_once("</c>").unwrap().1 };
    let style = head.split("s=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap();
    let value = match filling {
        Filling::Number(number) => format!("<c r=\"{cell}\" s=\"{style}\"><v>{number}</v></c>"),
        Filling::Words(words) => {
            format!("<c r=\"{cell}\" s=\"{style}\" t=\"inlineStr\"><is><t>{words}</t></is></c>")
        }
    };
    format!("{before}{value}{after}")
}

/// Returns a row of a sheet, from its tag to its end.
fn row(sheet: &str, number: u32) -> &str {
    let start =
        sheet.find(&format!("<row r=\"{number}\"")).unwrap_or_else(|| panic!("row {number}"));
    let rest = sheet.get(start..).unwrap();
    rest.get(..rest.find("</row>").unwrap() + 6).unwrap()
}

/// Returns a row under another number.
fn renumbered(row: &str, from: u32, to: u32) -> String {
    let cells = row.replace(&format!("<row r=\"{from}\""), &format!("<row r=\"{to}\""));
    ('A'..='Z').fold(cells, |row, letter| {
        row.replace(&format!("r=\"{letter}{from}\""), &format!("r=\"{letter}{to}\""))
    })
}

/// Returns a sheet in which the rows from one on stand lower by so many, merged areas too.
fn shifted(sheet: &str, first: u32, by: i64) -> String {
    let (head, rest) = sheet.split_once("<sheetData>").unwrap();
    let (rows, tail) = rest.split_once("</sheetData>").unwrap();
    let moved = |number: u32| {
        if number < first { number } else { u32::try_from(i64::from(number) + by).unwrap() }
    };
    let mut data = String::new();
    for row in rows.split_inclusive("</row>") {
        let number: u32 = row.split('"').nth(1).unwrap().parse().unwrap();
        data.push_str(&renumbered(row, number, moved(number)));
    }
    let mut pieces = tail.split("<mergeCell ref=\"");
    let mut tail = pieces.next().unwrap().to_owned();
    for piece in pieces {
        let (area, rest) = piece.split_once('"').unwrap();
        let corners = area.split(':').map(|corner| {
            let letters = corner.trim_end_matches(|sign: char| sign.is_ascii_digit());
            let number: u32 = corner.get(letters.len()..).unwrap().parse().unwrap();
            format!("{letters}{}", moved(number))
        });
        let corners: Vec<String> = corners.collect();
        tail.extend(["<mergeCell ref=\"", &corners.join(":"), "\"", rest]);
    }
    format!("{head}<sheetData>{data}</sheetData>{tail}")
}

/// Returns a sheet without a row; those below it move up.
pub fn without_row(sheet: &str, number: u32) -> String {
    shifted(&sheet.replace(row(sheet, number), ""), number + 1, -1)
}

/// Returns a sheet with a row of the unit's own before another.
pub fn with_row(sheet: &str, number: u32) -> String {
    let lower = shifted(sheet, number, 1);
    let own = format!(
        "<row r=\"{number}\"><c r=\"C{number}\" t=\"inlineStr\"><is><t>Nội dung khác</t></is></c>\
         <c r=\"F{number}\"><v>7</v></c></row>"
    );
    let next = format!("<row r=\"{}\"", number + 1);
    lower.replacen(&next, &format!("{own}{next}"), 1)
}

/// Returns a sheet in which two rows have changed places.
pub fn with_rows_swapped(sheet: &str, one: u32, other: u32) -> String {
    let (first, second) = (row(sheet, one).to_owned(), row(sheet, other).to_owned());
    sheet
        .replace(&first, "<first/>")
        .replace(&second, &renumbered(&first, one, other))
        .replace("<first/>", &renumbered(&second, other, one))
}

//! What the library does not tell of a binary workbook of Excel 2007, from its records (MS-XLSB): merged
//! areas, formulas, formats of numbers, rows and columns that are not displayed, and fonts. What cannot be
//! read is simply not known.

use std::io::{Cursor, Read};

use quick_xml::{Reader, events::Event};
use zip::ZipArchive;

use super::records::{Record, next_record};
use crate::{
    ingest::{
        biff_strings::utf16, facts::SheetFacts, fonts::SheetFonts, markup::attribute, merges::Area,
        number_formats::NumberFormat,
    },
    place::CellRef,
    text::legacy::Typeface,
};

/// Largest part that is looked at.
const MAX_PART: u64 = 64 << 20;
const LIST: &str = "xl/workbook.bin";
const RELATIONS: &str = "xl/_rels/workbook.bin.rels";
const STYLES: &str = "xl/styles.bin";

const ROW_HEADER: u16 = 0;
/// Cells with a number: RK, real, formula; RK and real behind the cell before.
const CELLS_WITH_NUMBERS: [u16; 5] = [2, 5, 9, 13, 16];
/// Cells with words: in the cell, shared, of a formula; the first two behind the cell before.
const CELLS_WITH_WORDS: [u16; 5] = [6, 7, 8, 17, 18];
/// Cells that say their column, and cells that stand behind the one before.
const PLACED_CELLS: std::ops::RangeInclusive<u16> = 1..=11;
const NEXT_CELLS: std::ops::RangeInclusive<u16> = 12..=18;
const FORMULAS: std::ops::RangeInclusive<u16> = 8..=11;
const FONT: u16 = 43;
/// Flag of a font that strikes through.
const STRUCK: u8 = 0x08;
const FORMAT: u16 = 44;
const XF: u16 = 47;
const COLUMNS: u16 = 60;
const BEGIN_SHEET_DATA: u16 = 145;
const END_SHEET_DATA: u16 = 146;
const SHEET: u16 = 156;
const FILTER_COLUMN: u16 = 163;
const MERGED: u16 = 176;
const BEGIN_CELL_XFS: u16 = 617;
const END_CELL_XFS: u16 = 618;

/// A workbook with what its styles say.
pub(super) struct Book<'b> {
    archive: ZipArchive<Cursor<&'b [u8]>>,
    /// Names of sheets with the paths of their parts.
    sheets: Vec<(String, String)>,
    styles: Styles,
}

/// What the style of a cell says.
#[derive(Debug, Default)]
struct Styles {
    formats: Vec<NumberFormat>,
    faces: Vec<Option<Typeface>>,
}

impl<'b> Book<'b> {
    /// Returns the workbook; nothing if it has no list of sheets.
    pub(super) fn open(bytes: &'b [u8]) -> Option<Self> {
        let mut archive = ZipArchive::new(Cursor::new(bytes)).ok()?;
        let list = part(&mut archive, LIST)?;
        let relations = String::from_utf8(part(&mut archive, RELATIONS)?).ok()?;
        let styles = part(&mut archive, STYLES).map(|part| Styles::read(&part));
        let sheets = sheets(&list, &targets(&relations));
        Some(Self { archive, sheets, styles: styles.unwrap_or_default() })
    }

    /// Returns what there is to know of a sheet beside the contents of its cells.
    pub(super) fn facts(&mut self, name: &str) -> Option<SheetFacts> {
        let part = self.sheet(name)?;
        let mut facts = SheetFacts::default();
        let mut places = Places::default();
        each_record(&part, |record, row| match (record.kind, row) {
            (ROW_HEADER, Some(row)) => {
                places = Places::default();
                if is_set(record, 11, 0x10) {
                    facts.hidden.hide_rows(row, row);
                }
            }
            (kind, Some(row)) => {
                let Some((cell, style)) = places.cell(record, row) else { return };
                if FORMULAS.contains(&kind) {
                    facts.formulas.push(cell);
                }
                let format = self.styles.formats.get(style);
                if let Some(format) = format.filter(|format| **format != NumberFormat::Plain)
                    && CELLS_WITH_NUMBERS.contains(&kind)
                {
                    facts.formats.insert(cell, format.clone());
                } else if format == Some(&NumberFormat::Struck) && CELLS_WITH_WORDS.contains(&kind)
                {
                    facts.struck.push(cell);
                }
            }
            (COLUMNS, None) if is_set(record, 16, 1) => {
                if let (Some(first), Some(last)) = (number(record.data, 0), number(record.data, 4))
                {
                    facts.hidden.hide_columns(first, last);
                }
            }
            (FILTER_COLUMN, None) => facts.hidden.filtered = true,
            (MERGED, None) => facts.merges.extend(area_of(record.data)),
            _ => {}
        });
        Some(facts)
    }

    /// Returns the fonts of the cells of a sheet that hold words.
    pub(super) fn fonts(&mut self, name: &str) -> Option<SheetFonts> {
        let part = self.sheet(name)?;
        let mut fonts = SheetFonts::default();
        let mut places = Places::default();
        each_record(&part, |record, row| {
            let Some(row) = row else { return };
            if record.kind == ROW_HEADER {
                places = Places::default();
            }
            let Some((cell, style)) = places.cell(record, row) else { return };
            if !CELLS_WITH_WORDS.contains(&record.kind) {
                return;
            }
            let face = self.styles.faces.get(style).copied().flatten();
            fonts.cells.extend(face.map(|face| (cell, face)));
        });
        Some(fonts)
    }

    fn sheet(&mut self, name: &str) -> Option<Vec<u8>> {
        let (_, path) = self.sheets.iter().find(|(known, _)| known == name)?;
        part(&mut self.archive, path)
    }
}

impl Styles {
    fn read(part: &[u8]) -> Self {
        let mut styles = Self::default();
        let (mut fonts, mut formats, mut struck) = (Vec::new(), Vec::new(), Vec::new());
        let mut of_cells = false;
        let mut rest = part;
        while let Some(record) = next_record(rest) {
            rest = record.after;
            match record.kind {
                FONT => {
                    fonts.push(string(record.data, 21).map(|name| Typeface::of_name(&name)));
                    struck.push(is_set(&record, 2, STRUCK));
                }
                FORMAT => formats.extend(half(record.data, 0).zip(string(record.data, 2))),
                BEGIN_CELL_XFS => of_cells = true,
                END_CELL_XFS => of_cells = false,
                XF if of_cells => {
                    let format = half(record.data, 2).unwrap_or_default();
                    let own = formats.iter().find(|(number, _)| *number == format);
                    let own = own.map(|(_, code)| NumberFormat::of_code(code));
                    let format = own.unwrap_or_else(|| NumberFormat::of_number(format));
                    let font = half(record.data, 4).map(usize::from);
                    let is_struck = font.is_some_and(|font| struck.get(font) == Some(&true));
                    styles.formats.push(if is_struck { NumberFormat::Struck } else { format });
                    let face = font.and_then(|font| fonts.get(font).copied().flatten());
                    styles.faces.push(face);
                }
                _ => {}
            }
        }
        styles
    }
}

/// Passes the records of a sheet, those of its cells with their row.
fn each_record(part: &[u8], mut take: impl FnMut(&Record<'_>, Option<u32>)) {
    let mut rest = part;
    let mut row = None;
    while let Some(record) = next_record(rest) {
        rest = record.after;
        match record.kind {
            BEGIN_SHEET_DATA => row = Some(0),
            END_SHEET_DATA => row = None,
            ROW_HEADER if row.is_some() => row = number(record.data, 0),
            _ => {}
        }
        take(&record, row);
    }
}

/// Where the cells of a row stand: some say it, others stand behind the one before.
#[derive(Default)]
struct Places {
    next: u32,
}

impl Places {
    /// Returns the cell of a record and the number of its style.
    fn cell(&mut self, record: &Record<'_>, row: u32) -> Option<(CellRef, usize)> {
        let (cell, style) = if PLACED_CELLS.contains(&record.kind) {
            cell_of(record.data, row)?
        } else if NEXT_CELLS.contains(&record.kind) {
            let [low, middle, high] = record.data.get(..3)?.try_into().ok()?;
            let style = usize::try_from(u32::from_le_bytes([low, middle, high, 0])).ok()?;
            (CellRef { row, column: self.next }, style)
        } else {
            return None;
        };
        self.next = cell.column.saturating_add(1);
        Some((cell, style))
    }
}

/// Returns the cell of a record and the number of its style.
fn cell_of(data: &[u8], row: u32) -> Option<(CellRef, usize)> {
    let column = number(data, 0)?;
    let style = usize::try_from(number(data, 4)? & 0x00ff_ffff).ok()?;
    Some((CellRef { row, column }, style))
}

fn area_of(data: &[u8]) -> Option<Area> {
    let cell =
        |row, column| Some(CellRef { row: number(data, row)?, column: number(data, column)? });
    Some(Area { first: cell(0, 8)?, last: cell(4, 12)? })
}

fn is_set(record: &Record<'_>, at: usize, bit: u8) -> bool {
    record.data.get(at).is_some_and(|byte| byte & bit != 0)
}

fn half(data: &[u8], at: usize) -> Option<u16> {
    data.get(at..at + 2)?.try_into().ok().map(u16::from_le_bytes)
}

fn number(data: &[u8], at: usize) -> Option<u32> {
    data.get(at..at + 4)?.try_into().ok().map(u32::from_le_bytes)
}

/// Returns a text with its length before it.
fn string(data: &[u8], at: usize) -> Option<String> {
    let length = usize::try_from(number(data, at)?).ok()?;
    let end = length.checked_mul(2)?.checked_add(at + 4)?;
    Some(utf16(data.get(at + 4..end)?))
}

fn part(archive: &mut ZipArchive<Cursor<&[u8]>>, name: &str) -> Option<Vec<u8>> {
    let mut content = Vec::new();
    archive.by_name(name).ok()?.take(MAX_PART).read_to_end(&mut content).ok()?;
    Some(content)
}

/// Returns the names of sheets with the paths of their parts.
fn sheets(list: &[u8], targets: &[(String, String)]) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut rest = list;
    while let Some(record) = next_record(rest) {
        rest = record.after;
        if record.kind != SHEET {
            continue;
        }
        let id = string(record.data, 8);
        let behind = id.as_ref().map(|id| 12 + 2 * id.encode_utf16().count());
        let name = behind.and_then(|at| string(record.data, at));
        let path = targets.iter().find(|(known, _)| Some(known) == id.as_ref());
        found.extend(name.zip(path.map(|(_, path)| path.clone())));
    }
    found
}

/// Returns the relations of the workbook: what each leads to.
fn targets(relations: &str) -> Vec<(String, String)> {
    let mut reader = Reader::from_str(relations);
    let mut found = Vec::new();
    while let Ok(event) = reader.read_event() {
        match event {
            Event::Start(element) | Event::Empty(element) => {
                let path = attribute(&element, "Target").map(|target| {
                    let inside = target.strip_prefix('/').map(str::to_owned);
                    inside.unwrap_or_else(|| format!("xl/{target}"))
                });
                found.extend(attribute(&element, "Id").zip(path));
            }
            Event::Eof => break,
            _ => {}
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use zip::{ZipWriter, write::SimpleFileOptions};

    use super::*;

    fn record(kind: u16, data: &[u8]) -> Vec<u8> {
        let kind = match kind {
            0..=0x7f => vec![u8::try_from(kind).unwrap()],
            _ => vec![u8::try_from(kind & 0x7f).unwrap() | 0x80, u8::try_from(kind >> 7).unwrap()],
        };
        [kind, vec![u8::try_from(data.len()).unwrap()], data.to_vec()].concat()
    }

    fn wide(words: &str) -> Vec<u8> {
        let units: Vec<u16> = words.encode_utf16().collect();
        let length = u32::try_from(units.len()).unwrap().to_le_bytes();
        length.into_iter().chain(units.into_iter().flat_map(u16::to_le_bytes)).collect()
    }

    fn workbook() -> Vec<u8> {
        let list = record(SHEET, &[&[0; 8][..], &wide("rId7"), &wide("Biểu 01")].concat());
        let relations = "<Relationships><Relationship Id=\"rId7\" Target=\"worksheets/a.bin\"/>\
                         </Relationships>";
        let styles = [
            record(FORMAT, &[&[164, 0][..], &wide("0.0%")].concat()),
            record(FONT, &[&[0; 21][..], &wide(".VnTime")].concat()),
            record(XF, &[0, 0, 9, 0, 0, 0]),
            record(BEGIN_CELL_XFS, &[]),
            record(XF, &[0, 0, 0, 0, 0, 0]),
            record(XF, &[0, 0, 164, 0, 9, 0]),
            record(END_CELL_XFS, &[]),
        ];
        let cell = |column: u8, style: u8| [column, 0, 0, 0, style, 0, 0, 0, 0, 0, 0, 0];
        let sheet = [
            record(COLUMNS, &[&[3, 0, 0, 0, 4, 0, 0, 0][..], &[0; 8], &[1, 0]].concat()),
            record(BEGIN_SHEET_DATA, &[]),
            record(ROW_HEADER, &[&[2, 0, 0, 0][..], &[0; 7], &[0x10], &[0; 5]].concat()),
            record(5, &cell(1, 1)),
            record(9, &cell(2, 0)),
            record(7, &cell(3, 0)),
            record(END_SHEET_DATA, &[]),
            record(MERGED, &[2, 0, 0, 0, 3, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0]),
        ];
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, content) in [
            (LIST, list),
            (RELATIONS, relations.as_bytes().to_vec()),
            (STYLES, styles.concat()),
            ("xl/worksheets/a.bin", sheet.concat()),
        ] {
            writer.start_file(name, SimpleFileOptions::default()).unwrap();
            writer.write_all(&content).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }

    #[test]
    fn what_the_library_does_not_tell_is_read_from_the_records() {
        let bytes = workbook();
        let mut book = Book::open(&bytes).unwrap();
        let facts = book.facts("Biểu 01").unwrap();
        let cell = |row, column| CellRef { row, column };
        assert_eq!(facts.formulas, [cell(2, 2)]);
        let formats: Vec<_> = facts.formats.into_iter().collect();
        assert_eq!(formats, [(cell(2, 1), NumberFormat::Percent)]);
        assert_eq!(facts.merges, [Area { first: cell(2, 1), last: cell(3, 2) }]);
        assert_eq!(facts.hidden.rows.into_iter().collect::<Vec<_>>(), [2]);
        assert_eq!(facts.hidden.columns.into_iter().collect::<Vec<_>>(), [3, 4]);
        let fonts = book.fonts("Biểu 01").unwrap();
        assert_eq!(fonts.get(cell(2, 3)), Some(Typeface::Tcvn3));
        assert!(book.facts("?").is_none());
        assert!(Book::open(b"PK").is_none());
    }
}

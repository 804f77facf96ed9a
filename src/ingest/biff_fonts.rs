//! What the library does not tell of an old binary workbook: the fonts of its cells, from its records
//! FONT, XF and those of cells with words, and which cells have a formula, those that share one too.

use std::{
    collections::BTreeMap,
    io::{Cursor, Read},
};

use super::{
    fonts::SheetFonts,
    limits::{next_record, word},
};
use crate::{place::CellRef, text::legacy::Typeface};

const BOF: u16 = 0x0809;
const EOF: u16 = 0x000a;
const FONT: u16 = 0x0031;
const XF: u16 = 0x00e0;
const SHEET: u16 = 0x0085;
/// LABELSST, LABEL, RSTRING and FORMULA: row, column, XF.
const CELLS_WITH_WORDS: [u16; 4] = [0x00fd, 0x0204, 0x00d6, FORMULA];
const FORMULA: u16 = 0x0006;
const BIFF8: u16 = 0x0600;

/// Returns the fonts of the named sheets; nothing if the workbook has no such records.
pub(super) fn of(bytes: &[u8], names: &[&str]) -> Option<Vec<SheetFonts>> {
    let stream = stream(bytes)?;
    let globals = Globals::read(&stream)?;
    Some(names.iter().map(|name| globals.sheet(&stream, name).unwrap_or_default()).collect())
}

/// Returns the cells with a formula of a sheet; nothing if the workbook has no such records.
pub(super) fn formulas(bytes: &[u8], name: &str) -> Option<Vec<CellRef>> {
    let stream = stream(bytes)?;
    let globals = Globals::read(&stream)?;
    let mut cells = Vec::new();
    globals.each_record(&stream, name, |kind, data| {
        if kind == FORMULA {
            cells.extend(place(data));
        }
    })?;
    Some(cells)
}

fn stream(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut file = cfb::CompoundFile::open(Cursor::new(bytes)).ok()?;
    let name = if file.is_stream("/Workbook") { "/Workbook" } else { "/Book" };
    let mut stream = Vec::new();
    file.open_stream(name).ok()?.read_to_end(&mut stream).ok()?;
    Some(stream)
}

fn place(data: &[u8]) -> Option<CellRef> {
    Some(CellRef { row: word(data, 0)?.into(), column: word(data, 2)?.into() })
}

/// What the workbook says for all sheets.
#[derive(Default)]
struct Globals {
    faces: Vec<Option<Typeface>>,
    /// Index of the font of each XF.
    formats: Vec<u16>,
    /// Name of each sheet with the place of its records in the stream.
    sheets: Vec<(String, usize)>,
}

impl Globals {
    fn read(stream: &[u8]) -> Option<Self> {
        let (kind, data, mut rest) = next_record(stream)?;
        if kind != BOF {
            return None;
        }
        let version = word(data, 0)?;
        let mut globals = Self::default();
        while let Some((kind, data, after)) = next_record(rest) {
            rest = after;
            match kind {
                EOF => break,
                FONT => {
                    let name = data.get(14..).and_then(|text| string(text, version));
                    globals.faces.push(name.map(|name| Typeface::of_name(&name)));
                }
                XF => globals.formats.extend(word(data, 0)),
                SHEET => globals.sheets.extend(sheet_of(data, version)),
                _ => {}
            }
        }
        Some(globals)
    }

    fn sheet(&self, stream: &[u8], name: &str) -> Option<SheetFonts> {
        let mut cells = BTreeMap::new();
        self.each_record(stream, name, |kind, data| {
            if CELLS_WITH_WORDS.contains(&kind) {
                cells.extend(self.cell(data));
            }
        })?;
        Some(SheetFonts { usual: None, cells })
    }

    /// Passes the records of a sheet, without those of charts in it.
    fn each_record(
        &self,
        stream: &[u8],
        name: &str,
        mut take: impl FnMut(u16, &[u8]),
    ) -> Option<()> {
        let (_, at) = self.sheets.iter().find(|(known, _)| known == name)?;
        let mut rest = stream.get(*at..)?;
        let mut depth = 0_usize;
        while let Some((kind, data, after)) = next_record(rest) {
            rest = after;
            match kind {
                BOF => depth += 1,
                EOF if depth <= 1 => break,
                EOF => depth -= 1,
                _ if depth == 1 => take(kind, data),
                _ => {}
            }
        }
        Some(())
    }

    fn cell(&self, data: &[u8]) -> Option<(CellRef, Typeface)> {
        let cell = place(data)?;
        let font = usize::from(*self.formats.get(usize::from(word(data, 4)?))?);
        // There is no font number 4; the fifth record is number 5.
        let record = if font > 4 { font - 1 } else { font };
        self.faces.get(record).copied().flatten().map(|face| (cell, face))
    }
}

fn sheet_of(data: &[u8], version: u16) -> Option<(String, usize)> {
    let at = u32::from(word(data, 0)?) | (u32::from(word(data, 2)?) << 16);
    Some((string(data.get(6..)?, version)?, usize::try_from(at).ok()?))
}

/// Returns a string with its length before it; one byte a character, or since BIFF8 two where a
/// flag says so.
fn string(text: &[u8], version: u16) -> Option<String> {
    let (length, text) = text.split_first()?;
    let length = usize::from(*length);
    if version != BIFF8 {
        return Some(text.get(..length)?.iter().copied().map(char::from).collect());
    }
    let (flags, text) = text.split_first()?;
    if flags & 1 == 0 {
        return Some(text.get(..length)?.iter().copied().map(char::from).collect());
    }
    let units = text.get(..length * 2)?.chunks_exact(2);
    let units = units.filter_map(|pair| pair.try_into().ok().map(u16::from_le_bytes));
    Some(char::decode_utf16(units).map(|unit| unit.unwrap_or('\u{fffd}')).collect())
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use Typeface::{Other, Tcvn3, Tcvn3Capitals, Vni};

    use super::*;

    fn record(kind: u16, data: &[u8]) -> Vec<u8> {
        let length = u16::try_from(data.len()).unwrap();
        [&kind.to_le_bytes(), &length.to_le_bytes(), data].concat()
    }

    fn font(name: &str) -> Vec<u8> {
        let length = u8::try_from(name.len()).unwrap();
        record(FONT, &[&[0; 14], &[length, 0][..], name.as_bytes()].concat())
    }

    /// A workbook of one sheet, with the font numbers of its first cells in column B.
    fn workbook(fonts: &[u16]) -> Vec<u8> {
        let bof = record(BOF, &[&BIFF8.to_le_bytes()[..], &[5, 0]].concat());
        let mut globals = bof.clone();
        for name in ["Arial", "Arial", ".VnTime", "Arial", ".VnTimeH", "VNI-Times"] {
            globals.extend(font(name));
        }
        for font in fonts {
            globals.extend(record(XF, &[&font.to_le_bytes()[..], &[0; 18]].concat()));
        }
        let name = "B\u{e1}o".encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<_>>();
        let sheet = |at: usize| {
            let at = u32::try_from(at).unwrap().to_le_bytes();
            record(SHEET, &[&at[..], &[0, 0, 3, 1], &name].concat())
        };
        let eof = record(EOF, &[]);
        let at = globals.len() + sheet(0).len() + eof.len();
        globals.extend([sheet(at), eof.clone(), bof.clone()].concat());
        // A chart within the sheet has records of its own.
        globals.extend([bof, record(0x0204, &[9, 0, 9, 0, 0, 0]), eof.clone()].concat());
        for format in 0..u16::try_from(fonts.len()).unwrap() {
            let place = [format.to_le_bytes(), [1, 0], format.to_le_bytes()].concat();
            globals.extend(record(0x00fd, &[&place[..], &[0; 4]].concat()));
        }
        globals.extend(eof);
        let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).unwrap();
        file.create_stream("/Workbook").unwrap().write_all(&globals).unwrap();
        file.into_inner().into_inner()
    }

    #[test]
    fn cells_have_the_fonts_of_their_formats() {
        let bytes = workbook(&[0, 2, 5, 6, 77]);
        let fonts = of(&bytes, &["Báo", "?"]).unwrap();
        let faces: Vec<_> = (0..5).map(|row| fonts[0].get(CellRef { row, column: 1 })).collect();
        assert_eq!(faces, [Some(Other), Some(Tcvn3), Some(Tcvn3Capitals), Some(Vni), None]);
        assert_eq!(fonts[0].cells.len(), 4, "the chart's record is none of the sheet");
        assert_eq!(fonts[1], SheetFonts::default());
    }

    #[test]
    fn whatever_is_cut_off_is_not_known() {
        let bytes = workbook(&[0, 2]);
        for length in (0..bytes.len()).step_by(64) {
            let _whatever = of(&bytes[..length], &["Báo"]);
        }
        assert_eq!(of(b"PK", &["Báo"]), None);
    }
}

//! What the library does not tell of an old binary workbook, from its records: the fonts of cells
//! with words, and of each sheet which cells have a formula or a format of numbers that matters and
//! which rows and columns are not displayed.

use std::{collections::BTreeMap, io::Read};

use super::{
    biff_looks::crosses,
    biff_notes::BiffNotes,
    biff_strings::{BIFF8, string, wide_string},
    compound,
    facts::SheetFacts,
    fonts::SheetFonts,
    limits::{next_record, word},
    number_formats::NumberFormat,
};
use crate::{place::CellRef, text::legacy::Typeface};

const BOF: u16 = 0x0809;
const EOF: u16 = 0x000a;
const FONT: u16 = 0x0031;
const FORMAT: u16 = 0x041e;
const XF: u16 = 0x00e0;
const SHEET: u16 = 0x0085;
/// LABELSST, LABEL, RSTRING and FORMULA: row, column, XF.
const CELLS_WITH_WORDS: [u16; 4] = [0x00fd, 0x0204, 0x00d6, FORMULA];
/// NUMBER, RK and FORMULA: row, column, XF.
const CELLS_WITH_NUMBERS: [u16; 3] = [0x0203, 0x027e, FORMULA];
/// LABELSST, LABEL, RSTRING, NUMBER, RK, BOOLERR and FORMULA: a cell with something in it.
const FILLED_CELLS: [u16; 7] = [0x00fd, 0x0204, 0x00d6, 0x0203, 0x027e, 0x0205, FORMULA];
/// Row, first column, then XF and number of each cell, last column.
const ROW_OF_NUMBERS: u16 = 0x00bd;
/// Bytes of XF and number in it.
const NUMBER_IN_ROW: usize = 6;
const FORMULA: u16 = 0x0006;
const ROW: u16 = 0x0208;
const COLUMNS: u16 = 0x007d;
/// Only in a sheet whose filter hides rows.
const FILTER: u16 = 0x009b;
/// Flag of a font that strikes through.
const STRUCK: u16 = 0x0008;

/// An old binary workbook, as its records.
pub(super) struct Biff {
    stream: Vec<u8>,
    globals: Globals,
}

impl Biff {
    /// Returns the workbook; nothing if it has no such records.
    pub(super) fn open(bytes: &[u8]) -> Option<Self> {
        let mut file = compound::open(bytes).ok()?;
        let name = if file.is_stream("/Workbook") { "/Workbook" } else { "/Book" };
        let mut stream = Vec::new();
        file.open_stream(name).ok()?.read_to_end(&mut stream).ok()?;
        let globals = Globals::read(&stream)?;
        Some(Self { stream, globals })
    }

    /// Returns the fonts of the named sheets.
    pub(super) fn fonts(&self, names: &[&str]) -> Vec<SheetFonts> {
        let fonts = |name: &&str| self.globals.sheet(&self.stream, name).unwrap_or_default();
        names.iter().map(fonts).collect()
    }

    /// Returns what there is to know of a sheet, by its place in the list of sheets, beside the
    /// contents of its cells.
    pub(super) fn facts(&self, position: usize) -> Option<SheetFacts> {
        let mut facts = SheetFacts::default();
        let with_formats = self.globals.numbers.iter().any(|format| *format != NumberFormat::Plain);
        let (_, start) = self.globals.sheets.get(position)?;
        let (mut contents, mut notes) = (Contents::default(), BiffNotes::new(self.globals.version));
        each_record(&self.stream, *start, |kind, data| {
            contents.take(kind, data);
            notes.take(kind, data);
            match kind {
                ROW => hide_row(&mut facts, data),
                COLUMNS => hide_columns(&mut facts, data),
                FILTER => facts.hidden.filtered = true,
                FORMULA => facts.formulas.extend(place(data)),
                _ => {}
            }
            if with_formats {
                self.globals.note_formats(&mut facts, kind, data);
            }
        })?;
        facts.with_two_contents = contents.twice;
        facts.hanging = notes.finish();
        Some(facts)
    }
}

/// What stands in the cells of a sheet, to find two that differ in one place: the library takes the last.
#[derive(Default)]
struct Contents {
    known: BTreeMap<CellRef, Vec<u8>>,
    twice: Vec<CellRef>,
}

impl Contents {
    fn take(&mut self, kind: u16, data: &[u8]) {
        let Some(first) = place(data) else { return };
        if FILLED_CELLS.contains(&kind) {
            self.add(first, data.get(4..).unwrap_or_default());
        } else if kind == ROW_OF_NUMBERS {
            let numbers = data.get(4..data.len().saturating_sub(2)).unwrap_or_default();
            for (column, number) in (first.column..).zip(numbers.chunks_exact(NUMBER_IN_ROW)) {
                self.add(CellRef { column, ..first }, number);
            }
        }
    }

    fn add(&mut self, cell: CellRef, content: &[u8]) {
        let known = self.known.entry(cell).or_insert_with(|| content.to_vec());
        if known != content {
            self.twice.push(cell);
        }
    }
}

fn hide_row(facts: &mut SheetFacts, data: &[u8]) {
    if let (Some(row), Some(0x20)) = (word(data, 0), word(data, 12).map(|flags| flags & 0x20)) {
        facts.hidden.hide_rows(row.into(), row.into());
    }
}

fn hide_columns(facts: &mut SheetFacts, data: &[u8]) {
    let hidden = word(data, 8).is_some_and(|flags| flags & 1 != 0);
    if let (Some(first), Some(last), true) = (word(data, 0), word(data, 2), hidden) {
        facts.hidden.hide_columns(first.into(), last.into());
    }
}

/// Returns the cell with which a record begins.
pub(super) fn place(data: &[u8]) -> Option<CellRef> {
    Some(CellRef { row: word(data, 0)?.into(), column: word(data, 2)?.into() })
}

/// What the workbook says for all sheets.
#[derive(Default)]
struct Globals {
    faces: Vec<Option<Typeface>>,
    /// Whether each font strikes through.
    struck: Vec<bool>,
    /// Index of the font of each XF.
    formats: Vec<u16>,
    /// What each XF makes of numbers.
    numbers: Vec<NumberFormat>,
    /// Name of each sheet with the place of its records in the stream.
    sheets: Vec<(String, usize)>,
    version: u16,
}

impl Globals {
    fn read(stream: &[u8]) -> Option<Self> {
        let (kind, data, mut rest) = next_record(stream)?;
        if kind != BOF {
            return None;
        }
        let version = word(data, 0)?;
        let mut globals = Self { version, ..Self::default() };
        let mut own_formats = BTreeMap::new();
        while let Some((kind, data, after)) = next_record(rest) {
            rest = after;
            match kind {
                EOF => break,
                FONT => {
                    let name = data.get(14..).and_then(|text| string(text, version));
                    globals.faces.push(name.map(|name| Typeface::of_name(&name)));
                    globals.struck.push(word(data, 2).is_some_and(|flags| flags & STRUCK != 0));
                }
                FORMAT => own_formats.extend(format_of(data, version)),
                XF => {
                    globals.formats.extend(word(data, 0));
                    let format = word(data, 2).unwrap_or_default();
                    let own = own_formats.get(&format).cloned();
                    let format = own.unwrap_or_else(|| NumberFormat::of_number(format));
                    let is_struck = word(data, 0).is_some_and(|font| globals.is_struck(font));
                    globals.numbers.push(match (is_struck, crosses(data, version)) {
                        (true, _) => NumberFormat::Struck,
                        (false, true) => NumberFormat::Crossed,
                        (false, false) => format,
                    });
                }
                SHEET => globals.sheets.extend(sheet_of(data, version)),
                _ => {}
            }
        }
        Some(globals)
    }

    fn sheet(&self, stream: &[u8], name: &str) -> Option<SheetFonts> {
        let mut cells = BTreeMap::new();
        let (_, start) = self.sheets.iter().find(|(known, _)| known == name)?;
        each_record(stream, *start, |kind, data| {
            if CELLS_WITH_WORDS.contains(&kind) {
                cells.extend(self.cell(data));
            }
        })?;
        Some(SheetFonts { usual: None, cells })
    }

    /// Notes the cells of a record whose numbers are not shown as they are.
    fn note_formats(&self, facts: &mut SheetFacts, kind: u16, data: &[u8]) {
        let format = |at: usize| {
            let format = self.numbers.get(usize::from(word(data, at)?))?;
            (*format != NumberFormat::Plain).then(|| format.clone())
        };
        let Some(first) = place(data) else { return };
        if CELLS_WITH_NUMBERS.contains(&kind) {
            facts.formats.extend(format(4).map(|format| (first, format)));
        } else if CELLS_WITH_WORDS.contains(&kind) {
            facts
                .struck
                .extend(format(4).filter(|one| *one == NumberFormat::Struck).map(|_| first));
        } else if kind == ROW_OF_NUMBERS {
            let cells = (0..).zip((4..data.len().saturating_sub(2)).step_by(6));
            let cell =
                |offset: u32| CellRef { column: first.column.saturating_add(offset), ..first };
            let shown = cells.filter_map(|(offset, at)| Some((cell(offset), format(at)?)));
            facts.formats.extend(shown);
        }
    }

    fn cell(&self, data: &[u8]) -> Option<(CellRef, Typeface)> {
        let cell = place(data)?;
        let font = *self.formats.get(usize::from(word(data, 4)?))?;
        self.faces.get(font_record(font)).copied().flatten().map(|face| (cell, face))
    }

    fn is_struck(&self, font: u16) -> bool {
        self.struck.get(font_record(font)).is_some_and(|struck| *struck)
    }
}

/// Returns which record is that of a font: there is no number 4, the fifth record is number 5.
fn font_record(font: u16) -> usize {
    usize::from(if font > 4 { font - 1 } else { font })
}

/// Passes the records of the sheet that begins at a place, without those of charts in it.
fn each_record(stream: &[u8], start: usize, mut take: impl FnMut(u16, &[u8])) -> Option<()> {
    let mut rest = stream.get(start..)?;
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

fn sheet_of(data: &[u8], version: u16) -> Option<(String, usize)> {
    let at = u32::from(word(data, 0)?) | (u32::from(word(data, 2)?) << 16);
    Some((string(data.get(6..)?, version)?, usize::try_from(at).ok()?))
}

/// Returns the number of a format and what it makes of numbers.
fn format_of(data: &[u8], version: u16) -> Option<(u16, NumberFormat)> {
    let text = if version == BIFF8 {
        wide_string(data.get(2..)?)?
    } else {
        string(data.get(2..)?, version)?
    };
    Some((word(data, 0)?, NumberFormat::of_code(&text)))
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Write};

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
        let fonts = Biff::open(&bytes).unwrap().fonts(&["Báo", "?"]);
        let faces: Vec<_> = (0..5).map(|row| fonts[0].get(CellRef { row, column: 1 })).collect();
        assert_eq!(faces, [Some(Other), Some(Tcvn3), Some(Tcvn3Capitals), Some(Vni), None]);
        assert_eq!(fonts[0].cells.len(), 4, "the chart's record is none of the sheet");
        assert_eq!(fonts[1], SheetFonts::default());
    }

    #[test]
    fn two_contents_of_one_cell_are_told() {
        let mut contents = Contents::default();
        let place = |row: u8, column: u8| [row, 0, column, 0];
        let rk =
            |column: u8, number: u8| [&place(1, column)[..], &[0, 0, number, 0, 0, 0]].concat();
        contents.take(0x027e, &rk(1, 7));
        contents.take(0x027e, &rk(1, 7));
        let row = [&place(1, 1)[..], &[0, 0, 7, 0, 0, 0], &[0, 0, 8, 0, 0, 0], &[2, 0]].concat();
        contents.take(ROW_OF_NUMBERS, &row);
        assert_eq!(contents.twice, []);
        contents.take(0x027e, &rk(2, 9));
        contents.take(ROW, &place(1, 1));
        assert_eq!(contents.twice, [CellRef { row: 1, column: 2 }]);
    }

    #[test]
    fn whatever_is_cut_off_is_not_known() {
        let bytes = workbook(&[0, 2]);
        for length in (0..bytes.len()).step_by(64) {
            let _whatever = Biff::open(&bytes[..length]).map(|book| book.fonts(&["Báo"]));
        }
        assert!(Biff::open(b"PK").is_none());
    }

    #[test]
    fn what_is_hidden_computed_or_a_percentage_is_told() {
        let mut globals = record(BOF, &[&BIFF8.to_le_bytes()[..], &[5, 0]].concat());
        globals.extend(record(FORMAT, &[164, 0, 4, 0, 0, b'0', b'.', b'0', b'%']));
        for format in [0_u8, 9, 164] {
            globals.extend(record(XF, &[&[0, 0, format, 0][..], &[0; 16]].concat()));
        }
        let eof = record(EOF, &[]);
        let sheet = record(SHEET, &[&[0; 6][..], &[1, 0, b'B']].concat());
        let at = u32::try_from(globals.len() + sheet.len() + eof.len()).unwrap();
        globals.extend(record(SHEET, &[&at.to_le_bytes()[..], &[0, 0, 1, 0, b'B']].concat()));
        globals.extend([eof.clone(), record(BOF, &[0, 6, 16, 0])].concat());
        globals.extend(record(COLUMNS, &[2, 0, 3, 0, 0, 0, 0, 0, 1, 0, 0, 0]));
        for (row, flags) in [(0_u8, 0_u8), (1, 0x20)] {
            globals.extend(record(ROW, &[&[row; 1][..], &[0; 11], &[flags, 0, 0, 0]].concat()));
        }
        globals.extend(record(0x0203, &[&[0, 0, 0, 0, 1, 0][..], &[0; 8]].concat()));
        globals.extend(record(FORMULA, &[&[1, 0, 1, 0, 0, 0][..], &[0; 14]].concat()));
        let numbers = [&[1, 0, 2, 0][..], &[0; 6], &[2, 0, 0, 0, 0, 0], &[3, 0]].concat();
        globals.extend([record(ROW_OF_NUMBERS, &numbers), record(FILTER, &[]), eof].concat());
        let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).unwrap();
        file.create_stream("/Workbook").unwrap().write_all(&globals).unwrap();
        let bytes = file.into_inner().into_inner();
        let facts = Biff::open(&bytes).unwrap().facts(0).unwrap();
        let cell = |row, column| CellRef { row, column };
        assert_eq!(facts.formulas, [cell(1, 1)]);
        let percent = |row, column| (cell(row, column), NumberFormat::Percent);
        assert_eq!(facts.formats.into_iter().collect::<Vec<_>>(), [percent(0, 0), percent(1, 3)]);
        assert_eq!(facts.hidden.rows.into_iter().collect::<Vec<_>>(), [1]);
        assert_eq!(facts.hidden.columns.into_iter().collect::<Vec<_>>(), [2, 3]);
        assert!(facts.hidden.filtered);
    }
}

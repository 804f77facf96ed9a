//! Texts of a workbook in an old encoding become Unicode, before anything is compared or cleaned.
//! Which texts they are is for [`crate::text::legacy`] to say; here are the cells and their fonts.

use super::{
    CellContent, FileKind, LegacyText, Located, NoticeKind, RawReturn,
    fonts::{self, SheetFonts},
    grid::{Grid, TooManyCells},
    sheet::SheetReading,
    workbook::{SheetState, Worksheet, too_many_cells},
};
use crate::{
    place::CellRef,
    text::legacy::{Decoding, Encoding, TypedText, decide, is_suspicious},
};

/// Bytes of words in which old encodings are looked for; those of a form are some kilobytes.
const MAX_WORDS: usize = 4 << 20;

/// A cell that was decoded, with what stood in it.
pub(super) type Decoded = (CellRef, LegacyText);

/// Decodes the texts of old encodings; returns what stood there, cell by cell for each sheet.
pub(super) fn decode(kind: FileKind, bytes: &[u8], sheets: &mut [Worksheet]) -> Vec<Vec<Decoded>> {
    let suspicious = sheets.iter().any(|sheet| texts(sheet).any(|(_, text)| is_suspicious(text)));
    if !suspicious {
        return vec![Vec::new(); sheets.len()];
    }
    leave_out_long(sheets);
    let fonts = fonts::of(kind, bytes, sheets);
    let typed: Vec<TypedText<'_>> = sheets
        .iter()
        .zip(&fonts)
        .enumerate()
        .flat_map(|(sheet, (worksheet, fonts))| {
            texts(worksheet).map(move |(cell, text)| TypedText {
                sheet,
                column: cell.column,
                text,
                font: fonts.get(cell),
            })
        })
        .collect();
    let mut decodings = decide(&typed).into_iter();
    let sheets = sheets.iter_mut().zip(&fonts);
    sheets.map(|(sheet, fonts)| decode_sheet(sheet, fonts, &mut decodings)).collect()
}

/// Gives up the sheets whose words, with those of the sheets before, are more than can be decoded.
fn leave_out_long(sheets: &mut [Worksheet]) {
    let mut all = 0_usize;
    for sheet in sheets {
        let words: usize = texts(sheet).map(|(_, text)| text.len()).sum();
        all = all.saturating_add(words);
        if words > 0 && all > MAX_WORDS {
            sheet.state = SheetState::Broken(too_many_cells(TooManyCells));
        }
    }
}

impl RawReturn {
    /// Returns what stood in a cell before it was decoded; nothing for texts that were Unicode.
    pub fn stood_in(&self, sheet: u16, cell: CellRef) -> Option<&LegacyText> {
        let mut decoded = self.decoded.iter();
        decoded.find(|text| text.sheet == sheet && text.cell == cell).map(|text| &text.value)
    }
}

/// Keeps with a sheet what stood in its decoded cells, and says so once for each encoding.
pub(super) fn keep(found: &mut SheetReading, grid: &Grid, decoded: Vec<Decoded>) {
    for encoding in Encoding::ALL {
        let mut of_it = decoded.iter().filter(|(_, text)| text.encoding == encoding);
        let Some((cell, first)) = of_it.next() else { continue };
        let shown = match grid.at(cell.row, cell.column) {
            CellContent::Text(text) => text.clone(),
            _ => String::new(),
        };
        let cells = u32::try_from(of_it.count() + 1).unwrap_or(u32::MAX);
        let kind =
            NoticeKind::OldEncoding { encoding, cells, raw: first.raw.clone(), decoded: shown };
        found.notice(*cell, kind);
    }
    found.decoded =
        decoded.into_iter().map(|(cell, value)| Located { value, sheet: 0, cell }).collect();
}

fn decode_sheet(
    sheet: &mut Worksheet,
    fonts: &SheetFonts,
    decodings: &mut impl Iterator<Item = Option<Decoding>>,
) -> Vec<Decoded> {
    let SheetState::Read(grid) = &mut sheet.state else { return Vec::new() };
    let mut decoded = Vec::new();
    for ((cell, text), decoding) in grid.texts_mut().zip(decodings) {
        let Some(decoding) = decoding else { continue };
        let shown = decoding.apply(text, fonts.get(cell));
        if shown != *text {
            let raw = std::mem::replace(text, shown);
            decoded.push((cell, LegacyText { encoding: decoding.encoding(), raw }));
        }
    }
    decoded
}

fn texts(sheet: &Worksheet) -> impl Iterator<Item = (CellRef, &str)> {
    let grid = match &sheet.state {
        SheetState::Read(grid) => Some(grid),
        SheetState::Hidden | SheetState::Macros | SheetState::Broken(_) => None,
    };
    grid.into_iter().flat_map(Grid::texts)
}

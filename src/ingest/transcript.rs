//! A file as sheets of cells, for a copy of it: what a person sees in the sheets that are read, old
//! encodings decoded. It looks for no form.

use super::{CellContent, legacy, reader, workbook::SheetState};
use crate::place::CellRef;

/// A sheet of a file.
#[derive(Clone, Debug, PartialEq)]
pub struct TranscriptSheet {
    /// Its name, as it stands.
    pub name: String,
    /// The cells that hold something, in order.
    pub cells: Vec<(CellRef, CellContent)>,
    /// Merged areas: first and last cell.
    pub merges: Vec<(CellRef, CellRef)>,
}

/// Returns the sheets of a file that are read; none when nothing is.
pub fn transcript(name: &str, bytes: &[u8]) -> Vec<TranscriptSheet> {
    let (kind, sheets) = reader::open(name, bytes);
    let Ok(mut sheets) = sheets else { return Vec::new() };
    // What was decoded has replaced what stood there.
    let _places = legacy::decode(kind, bytes, &mut sheets);
    let read = sheets.into_iter().filter_map(|sheet| match sheet.state {
        SheetState::Read(grid) => {
            let (cells, merges) = grid.into_parts();
            let merges = merges.into_iter().map(|area| (area.first, area.last)).collect();
            Some(TranscriptSheet { name: sheet.name, cells, merges })
        }
        SheetState::Hidden | SheetState::Macros | SheetState::Broken(_) => None,
    });
    read.collect()
}

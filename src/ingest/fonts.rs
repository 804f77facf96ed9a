//! The fonts of the cells of a workbook, as far as a format tells them: asked for only when a text
//! looks like one of an old encoding. What cannot be read is simply not known.

use std::{collections::BTreeMap, io::Cursor};

use calamine::{Style, Xlsx};

use super::{
    FileKind,
    biff::Biff,
    open_document,
    workbook::{Worksheet, guarded, words},
    xlsb,
};
use crate::{place::CellRef, text::legacy::Typeface};

/// The fonts of a sheet.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct SheetFonts {
    /// The font of cells that name none; nothing when the format does not tell.
    pub(super) usual: Option<Typeface>,
    /// The others.
    pub(super) cells: BTreeMap<CellRef, Typeface>,
}

impl SheetFonts {
    /// Returns the font of a cell.
    pub(super) fn get(&self, cell: CellRef) -> Option<Typeface> {
        self.cells.get(&cell).copied().or(self.usual)
    }
}

/// Returns the fonts of each sheet, in the order of the sheets.
pub(super) fn of(kind: FileKind, bytes: &[u8], sheets: &[Worksheet]) -> Vec<SheetFonts> {
    let names: Vec<&str> = sheets.iter().map(|sheet| sheet.name.as_str()).collect();
    let read = || match kind {
        FileKind::Xlsx => of_package(bytes, &names),
        FileKind::Xlsb => xlsb::fonts(bytes, &names),
        FileKind::Xls => Biff::open(bytes).map(|book| book.fonts(&names)),
        FileKind::Ods => open_document::fonts(bytes, &names),
        FileKind::FlatOds => open_document::flat_fonts(&words(bytes).ok()?, &names),
        _ => None,
    };
    guarded(read).ok().flatten().unwrap_or_else(|| vec![SheetFonts::default(); sheets.len()])
}

fn of_package(bytes: &[u8], names: &[&str]) -> Option<Vec<SheetFonts>> {
    let mut workbook: Xlsx<_> = calamine::Reader::new(Cursor::new(bytes)).ok()?;
    Some(names.iter().map(|name| of_sheet(&mut workbook, name).unwrap_or_default()).collect())
}

fn of_sheet(workbook: &mut Xlsx<Cursor<&[u8]>>, name: &str) -> Option<SheetFonts> {
    let mut reader = workbook.worksheet_cells_reader(name).ok()?;
    let faces: Vec<Option<Typeface>> = reader.styles().iter().map(typeface).collect();
    let mut fonts =
        SheetFonts { usual: faces.first().copied().flatten(), cells: BTreeMap::default() };
    while let Some((row, column, style)) = reader.next_style_id().ok()? {
        if let Some(face) = faces.get(style).copied().flatten() {
            fonts.cells.insert(CellRef { row, column }, face);
        }
    }
    Some(fonts)
}

fn typeface(style: &Style) -> Option<Typeface> {
    style.font.as_ref()?.name.as_deref().map(Typeface::of_name)
}

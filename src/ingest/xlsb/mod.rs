//! Binary workbooks of Excel 2007, cell by cell. The library tells the cells; what else there is to know
//! of a sheet is read from its records.

mod facts;
mod records;

use std::io::Cursor;

use calamine::{Reader, Xlsb, XlsbError};

use self::facts::Book;
pub(super) use self::records::next_record;
use super::{
    Refusal,
    facts::SheetFacts,
    fonts::SheetFonts,
    grid::GridBuilder,
    workbook::{SheetResult, Worksheet, content_of, each_sheet, too_many_cells},
};
use crate::place::CellRef;

/// Returns the worksheets in their order.
pub(super) fn sheets(bytes: &[u8]) -> Result<Vec<Worksheet>, Refusal> {
    let bytes = records::complete(bytes).map_err(|error| Refusal::Damaged(error.to_string()))?;
    let mut workbook: Xlsb<_> =
        Xlsb::new(Cursor::new(&*bytes)).map_err(|error: XlsbError| match error {
            XlsbError::Password => Refusal::Encrypted,
            other => Refusal::Damaged(other.to_string()),
        })?;
    let list = workbook.sheets_metadata().to_vec();
    let mut book = Book::open(&bytes);
    Ok(each_sheet(&list, |name| {
        let facts = book.as_mut().and_then(|book| book.facts(name));
        sheet(&mut workbook, name, facts).map_err(|error| error.to_string())?
    }))
}

/// Returns the fonts of the named sheets; nothing if the workbook has no list of sheets.
pub(super) fn fonts(bytes: &[u8], names: &[&str]) -> Option<Vec<SheetFonts>> {
    let bytes = records::complete(bytes).ok()?;
    let mut book = Book::open(&bytes)?;
    Some(names.iter().map(|name| book.fonts(name).unwrap_or_default()).collect())
}

fn sheet(
    workbook: &mut Xlsb<Cursor<&[u8]>>,
    name: &str,
    facts: Option<SheetFacts>,
) -> Result<SheetResult, XlsbError> {
    let mut builder = GridBuilder::default();
    let mut reader = workbook.worksheet_cells_reader(name)?;
    while let Some(cell) = reader.next_cell()? {
        let (row, column) = cell.get_position();
        let content = content_of(cell.get_value());
        if let Err(error) = builder.add(CellRef { row, column }, content) {
            return Ok(Err(too_many_cells(error)));
        }
    }
    let merges = facts.map(|facts| facts.give(&mut builder)).unwrap_or_default();
    Ok(builder.finish_merged(merges).map_err(too_many_cells))
}

//! Binary workbooks of Excel 2007, cell by cell. The library tells neither merged areas nor formats
//! of numbers.

use std::io::Cursor;

use calamine::{Reader, Xlsb, XlsbError};

use super::{
    Refusal,
    grid::GridBuilder,
    records,
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
    Ok(each_sheet(&list, |name| sheet(&mut workbook, name).map_err(|error| error.to_string())?))
}

fn sheet(workbook: &mut Xlsb<Cursor<&[u8]>>, name: &str) -> Result<SheetResult, XlsbError> {
    let mut builder = GridBuilder::default();
    let mut reader = workbook.worksheet_cells_reader(name)?;
    while let Some(cell) = reader.next_cell()? {
        let (row, column) = cell.get_position();
        let content = content_of(cell.get_value());
        if let Err(error) = builder.add(CellRef { row, column }, content) {
            return Ok(Err(too_many_cells(error)));
        }
    }
    Ok(Ok(builder.finish(Vec::new())))
}

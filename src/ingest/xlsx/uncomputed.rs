//! Formulas that nobody has computed yet. Libraries that write workbooks give each formula the result
//! 0 and ask the program that opens the workbook to compute them all: such a 0 is no figure.

use std::io::{Cursor, Read};

use quick_xml::{Reader, events::Event};
use zip::ZipArchive;

use super::tags::is_true;
use crate::ingest::{
    CellContent,
    grid::Grid,
    markup::attribute,
    workbook::{SheetState, Worksheet},
};

/// Largest list of sheets that is looked at.
const MAX_PART: u64 = 1 << 20;

/// Forgets the results of a workbook that asks to be computed and in which every result is 0.
pub(super) fn forget(bytes: &[u8], sheets: &mut [Worksheet]) {
    let mut zeros = 0_usize;
    for result in sheets.iter().filter_map(grid).flat_map(Grid::results) {
        match result {
            CellContent::Number(0.0) => zeros += 1,
            CellContent::Empty | CellContent::FormulaWithoutValue => {}
            _ => return,
        }
    }
    if zeros > 0 && asks_to_be_computed(bytes) {
        for sheet in sheets {
            if let SheetState::Read(grid) = &mut sheet.state {
                grid.forget_results();
            }
        }
    }
}

fn grid(sheet: &Worksheet) -> Option<&Grid> {
    match &sheet.state {
        SheetState::Read(grid) => Some(grid),
        SheetState::Hidden | SheetState::Macros | SheetState::Broken(_) => None,
    }
}

/// Returns whether a workbook asks the program that opens it to compute everything.
fn asks_to_be_computed(bytes: &[u8]) -> bool {
    let read = || {
        let mut archive = ZipArchive::new(Cursor::new(bytes)).ok()?;
        let mut list = String::new();
        archive.by_name("xl/workbook.xml").ok()?.take(MAX_PART).read_to_string(&mut list).ok()?;
        let mut reader = Reader::from_str(&list);
        loop {
            match reader.read_event().ok()? {
                Event::Start(element) | Event::Empty(element)
                    if element.local_name().as_ref() == "calcPr" =>
                {
                    return attribute(&element, "fullCalcOnLoad");
                }
                Event::Eof => return None,
                _ => {}
            }
        }
    };
    read().is_some_and(|value| is_true(&value))
}

#[cfg(test)]
mod tests {
    use rust_xlsxwriter::{Formula, Workbook};

    use super::{super::sheets, *};

    fn results(formulas: &[(&str, &str)]) -> Vec<CellContent> {
        let mut workbook = Workbook::new();
        let sheet = workbook.add_worksheet();
        for (row, (formula, result)) in (0..).zip(formulas) {
            sheet.write(row, 0, Formula::new(*formula).set_result(*result)).unwrap();
        }
        let sheets = sheets(&workbook.save_to_buffer().unwrap()).unwrap();
        let grids = sheets.iter().filter_map(grid);
        let rows = 0..u32::try_from(formulas.len()).unwrap();
        grids.flat_map(|grid| rows.clone().map(|row| grid.figure(row, 0))).collect()
    }

    #[test]
    fn a_zero_that_a_library_wrote_is_no_result() {
        use CellContent::{FormulaWithoutValue, Number};
        let written = results(&[("=3+2", "0"), ("=100+20", "0")]);
        assert_eq!(written, [FormulaWithoutValue, FormulaWithoutValue]);
        let computed = results(&[("=3+2", "5"), ("=3-3", "0")]);
        assert_eq!(computed, [Number(5.0), Number(0.0)], "another result shows that it is one");
    }
}

//! How much of a workbook is kept at once: a small file can say that many sheets are large, each of
//! them within the limits of a sheet.

use super::{
    grid::Grid,
    workbook::{SheetFault, SheetResult, SheetState, Worksheet},
};

/// Sheets of a workbook that are read.
const MAX_SHEETS: usize = 1_000;
/// Bytes that the cells of all sheets may weigh.
const MAX_WEIGHT: usize = 32 << 20;

/// What was kept of a workbook so far.
#[derive(Debug, Default)]
pub(super) struct Room {
    sheets: usize,
    weight: usize,
}

impl Room {
    /// Returns what is said of the next sheet when there is no room for it.
    pub(super) fn refusal(&self) -> Option<SheetState> {
        let used_up = self.sheets >= MAX_SHEETS || self.weight >= MAX_WEIGHT;
        used_up.then(|| {
            let words = "tệp có quá nhiều trang tính, quá nhiều ô hoặc chữ".to_owned();
            SheetState::Broken(SheetFault::TooLarge(words))
        })
    }

    /// Takes what came of reading a sheet.
    pub(super) fn keep(&mut self, read: SheetResult) -> SheetState {
        self.sheets += 1;
        self.weight += read.as_ref().map_or(0, Grid::weight);
        read.map_or_else(SheetState::Broken, SheetState::Read)
    }
}

/// Leaves out what lies behind the sheets that are read; the first of them tells it.
pub(super) fn cut(sheets: &mut Vec<Worksheet>) {
    if sheets.len() > MAX_SHEETS {
        sheets.truncate(MAX_SHEETS + 1);
        let full = Room { sheets: MAX_SHEETS, weight: 0 };
        if let (Some(last), Some(state)) = (sheets.last_mut(), full.refusal()) {
            last.state = state;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        ingest::{CellContent, grid::GridBuilder},
        place::CellRef,
    };

    #[test]
    fn sheets_beyond_the_room_are_told() {
        let mut room = Room::default();
        let mut read = 0;
        while room.refusal().is_none() {
            let mut builder = GridBuilder::default();
            let words = CellContent::Text("x".repeat(12 << 20));
            builder.add(CellRef { row: 0, column: 0 }, words).unwrap();
            assert!(matches!(room.keep(Ok(builder.finish())), SheetState::Read(_)));
            read += 1;
        }
        assert_eq!(read, 3);
        assert!(matches!(room.refusal(), Some(SheetState::Broken(_))));
        assert!(Room { sheets: MAX_SHEETS, weight: 0 }.refusal().is_some());
        let hidden = |at: usize| Worksheet { name: at.to_string(), state: SheetState::Hidden };
        let mut sheets: Vec<Worksheet> = (0..50_000).map(hidden).collect();
        cut(&mut sheets);
        assert_eq!(sheets.len(), MAX_SHEETS + 1);
        assert!(matches!(sheets[MAX_SHEETS].state, SheetState::Broken(_)));
    }
}

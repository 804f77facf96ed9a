//! What a binary format tells of a sheet beside the contents of its cells, in one shape for all of
//! them.

use std::collections::BTreeMap;

use super::{
    grid::{Area, GridBuilder},
    hidden::HiddenLines,
    number_formats::NumberFormat,
};
use crate::place::CellRef;

/// What is known of a sheet beside the contents of its cells.
#[derive(Debug, Default)]
pub(super) struct SheetFacts {
    /// Cells with a formula.
    pub(super) formulas: Vec<CellRef>,
    /// Cells whose number is shown as a percentage or with other digits.
    pub(super) formats: BTreeMap<CellRef, NumberFormat>,
    /// Merged areas.
    pub(super) merges: Vec<Area>,
    /// What is not displayed.
    pub(super) hidden: HiddenLines,
    /// Cells in whose place two contents stand.
    pub(super) with_two_contents: Vec<CellRef>,
}

impl SheetFacts {
    /// Gives everything but the merged areas to a sheet whose cells were taken.
    pub(super) fn give(self, builder: &mut GridBuilder) -> Vec<Area> {
        builder.add_formulas(self.formulas);
        builder.mark_formats(&self.formats);
        for cell in self.with_two_contents {
            builder.add_second(cell);
        }
        builder.hidden = self.hidden;
        self.merges
    }
}

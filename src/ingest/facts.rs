//! What a binary format tells of a sheet beside the contents of its cells, in one shape for all of
//! them.

use std::collections::BTreeMap;

use super::{
    grid::GridBuilder, hanging::Hanging, hidden::HiddenLines, merges::Area,
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
    /// Cells whose words are struck through.
    pub(super) struck: Vec<CellRef>,
    /// Words that stand in no cell.
    pub(super) hanging: Vec<Hanging>,
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
        let of_numbers = self.formats.iter().filter(|(_, format)| **format == NumberFormat::Struck);
        builder.struck = self.struck;
        builder.struck.extend(of_numbers.map(|(cell, _)| *cell));
        builder.hanging = self.hanging;
        self.merges
    }
}

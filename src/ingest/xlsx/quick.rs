//! The quick way through a usual workbook. The library says which part is which sheet and what the
//! styles make of numbers, and only the cells and the shared strings are read here. Whatever is
//! unusual gives nothing, and the whole workbook is left to the library.

use std::collections::BTreeSet;

use super::{
    cells::{self, Shared},
    hanging,
    known_frames::frame_of,
    package::Package,
    strings::shared_strings,
};
use crate::ingest::{
    room::Room,
    workbook::{SheetState, Worksheet},
};

/// Returns the worksheets in their order, if all of them can be read this way.
pub(super) fn sheets(bytes: &[u8]) -> Option<Vec<Worksheet>> {
    let mut package = Package::open(bytes)?;
    let frame = frame_of(&mut package)?;
    let strings = frame.strings.map_or(Some(Vec::new()), |index| package.part(index))?;
    let strings = if strings.is_empty() { Vec::new() } else { shared_strings(&strings)? };
    let shared = Shared { strings, formats: &frame.formats };
    let mut room = Room::default();
    let mut known = BTreeSet::new();
    let worksheet = |(name, part): &(String, Option<usize>)| {
        let state = match (part, room.refusal()) {
            (None, _) => SheetState::Hidden,
            (Some(_), Some(refusal)) => refusal,
            (Some(part), None) if known.insert(*part) => {
                room.keep(cells::sheet(&package.part(*part)?, &shared)?)
            }
            (Some(_), None) => return None,
        };
        Some(Worksheet { name: name.clone(), state })
    };
    let mut worksheets: Vec<Worksheet> =
        frame.sheets.iter().map(worksheet).collect::<Option<_>>()?;
    if frame.has_hanging {
        hanging::add(bytes, &mut worksheets);
    }
    (!worksheets.is_empty()).then_some(worksheets)
}

//! What is made ready of the names of units, of which a nation has tens of thousands.

use super::{ReadingGuide, familiar::Familiar};
use crate::{
    crew::{Crew, both, side_by_side},
    text::{Folded, HashSet},
};

/// Names of units, made ready for matching.
pub(super) struct OfUnits {
    pub(super) familiar: Familiar,
    /// Folded, with their marks and without.
    pub(super) names: HashSet<String>,
    /// The same without the words for the kind of unit.
    pub(super) bare_names: HashSet<String>,
}

/// How many names are folded by one of a crew at a time.
const NAMES_AT_ONCE: usize = 4_096;

impl OfUnits {
    pub(super) fn new(guide: &ReadingGuide, crew: &dyn Crew) -> Self {
        let folded = |names: &[String]| -> Vec<Folded> {
            let fold_all = |names: &[String]| names.iter().map(|name| Folded::of(name)).collect();
            let tasks = names.chunks(NAMES_AT_ONCE).map(|names| move || fold_all(names));
            side_by_side::<Vec<Folded>>(crew, tasks).concat()
        };
        let (whole, bare) = (folded(&guide.unit_names), folded(&guide.bare_unit_names));
        let set = |names: &[Folded]| {
            let both = names.iter().flat_map(|name| [&name.words, &name.bare]);
            both.filter(|words| !words.is_empty()).cloned().collect()
        };
        let (familiar, (names, bare_names)) = both(
            crew,
            || Familiar::new(guide, [&whole[..], &bare[..]], crew),
            || (set(&whole), set(&bare)),
        );
        Self { familiar, names, bare_names }
    }
}

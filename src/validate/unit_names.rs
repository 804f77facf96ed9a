//! The canonical form of a unit's name: without the office's prefix and the area's suffix, with the
//! kind of unit spelled out. Two names are the same unit only when these are equal, never nearly.

use crate::text;

/// Kinds of units with the ways their kind is written, the full word first. `tt` and `p` may stand
/// for either of two kinds; both are tried.
const KINDS: [(&str, &[&str]); 6] = [
    ("xã", &["xã", "x"]),
    ("thị trấn", &["thị trấn", "tt", "ttr"]),
    ("phường", &["phường", "p", "ph"]),
    ("phòng", &["phòng", "p"]),
    ("trung tâm", &["trung tâm", "tt"]),
    ("ban", &["ban"]),
];

/// Prefixes that name the office instead of the place.
const OFFICES: [&str; 2] = ["ủy ban nhân dân", "ubnd"];

/// A way to understand a name: the kind of unit, where it is written, and the name proper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct NameKey {
    /// "xã tiên minh"; without a kind "tiên minh".
    pub(super) full: String,
    /// "tiên minh".
    pub(super) bare: String,
    /// Whether the kind is written.
    pub(super) has_kind: bool,
}

/// Reduces names to their canonical form within an area.
#[derive(Debug)]
pub(super) struct NameRules {
    offices: Vec<String>,
    /// The area between blanks: what follows it is where the area lies.
    area: String,
    suffixes: Vec<String>,
    /// A spelling of a kind of unit → the kind.
    kinds: Vec<(String, String)>,
    plain: Plain,
}

/// Whether marks are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Plain {
    /// `đoàn lập`.
    WithMarks,
    /// `doan lap`.
    WithoutMarks,
}

impl NameRules {
    /// Returns the rules for an area such as "huyện Tiên Lãng", whose name may end a unit's name.
    pub(super) fn new(area: &str, plain: Plain) -> Self {
        let area = words(area, plain);
        let between = format!(" {area} ");
        let kind = area.split(' ').next().unwrap_or_default().to_owned();
        let suffixes = [area, kind].into_iter().filter(|suffix| !suffix.is_empty()).collect();
        let kinds = KINDS.iter().flat_map(|(kind, spellings)| {
            spellings.iter().map(move |spelling| (words(spelling, plain), words(kind, plain)))
        });
        let offices = OFFICES.iter().map(|office| words(office, plain)).collect();
        Self { offices, area: between, suffixes, kinds: kinds.collect(), plain }
    }

    /// Returns every way to understand a name; one for most names.
    pub(super) fn keys(&self, name: &str) -> Vec<NameKey> {
        let mut rest = words(name, self.plain);
        for office in &self.offices {
            rest = without_first(&rest, office).unwrap_or(rest);
        }
        let in_area = rest.split_once(&self.area).filter(|_| self.area.len() > 2);
        rest = in_area.map(|(unit, _)| unit.to_owned()).unwrap_or(rest);
        for suffix in &self.suffixes {
            let shorter =
                rest.strip_suffix(suffix.as_str()).and_then(|rest| rest.strip_suffix(' '));
            rest = shorter.map(str::to_owned).unwrap_or(rest);
        }
        let mut keys: Vec<NameKey> = self
            .kinds
            .iter()
            .filter_map(|(spelling, kind)| {
                let bare = without_first(&rest, spelling)?;
                Some(NameKey { full: format!("{kind} {bare}"), bare, has_kind: true })
            })
            .collect();
        keys.dedup();
        if keys.is_empty() {
            keys.push(NameKey { full: rest.clone(), bare: rest, has_kind: false });
        }
        keys
    }
}

/// Returns the folded words of a name with one blank between them and no other sign.
fn words(name: &str, plain: Plain) -> String {
    let folded = match plain {
        Plain::WithMarks => text::fold(name),
        Plain::WithoutMarks => text::strip_marks(name),
    };
    folded
        .split(|character: char| !character.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

/// Returns what follows a first word, when something follows.
fn without_first(name: &str, first: &str) -> Option<String> {
    name.strip_prefix(first)?.strip_prefix(' ').map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn full(name: &str) -> Vec<String> {
        let rules = NameRules::new("huyện Tiên Lãng", Plain::WithMarks);
        rules.keys(name).into_iter().map(|key| key.full).collect()
    }

    #[test]
    fn spellings_of_a_unit_have_one_key() {
        for name in [
            "UBND xã Tiên Minh",
            "UBND xã Tiên Minh - huyện Tiên Lãng - TP. Hải Phòng",
            "Uỷ ban nhân dân xã Tiên Minh",
            "XÃ TIÊN MINH",
            "X. Tiên Minh",
            "xã_tiên_minh",
            "UBND xã Tiên Minh, huyện Tiên Lãng",
        ] {
            assert_eq!(full(name), ["xã tiên minh"], "{name}");
        }
        assert_eq!(full("Tiên Minh"), ["tiên minh"]);
        assert_eq!(full("Công an huyện Tiên Lãng"), full("Công an huyện"));
    }

    #[test]
    fn abbreviations_of_two_kinds_are_both() {
        assert_eq!(full("TT. Tiên Lãng"), ["thị trấn tiên lãng", "trung tâm tiên lãng"]);
        assert_eq!(full("P. Nội vụ"), ["phường nội vụ", "phòng nội vụ"]);
    }

    #[test]
    fn the_area_alone_is_not_the_township() {
        assert_eq!(full("UBND huyện Tiên Lãng"), ["huyện tiên lãng"]);
        assert_ne!(full("UBND huyện Tiên Lãng"), full("Thị trấn Tiên Lãng"));
    }

    #[test]
    fn marks_can_be_left_out() {
        let rules = NameRules::new("huyện Tiên Lãng", Plain::WithoutMarks);
        assert_eq!(rules.keys("xa Doan Lap"), rules.keys("UBND xã Đoàn Lập"));
    }
}

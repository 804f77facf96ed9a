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

/// Bodies of a commune that write its report; before the name of a commune they name it.
const BODIES: [&str; 10] = [
    "tổ công tác đề án 06",
    "tổ công tác triển khai đề án 06",
    "tổ công tác",
    "ban chỉ đạo đề án 06",
    "bcđ đề án 06",
    "văn phòng ubnd",
    "vp ubnd",
    "văn phòng hđnd và ubnd",
    "văn phòng hđnd ubnd",
    "vp hđnd ubnd",
];
/// Kinds of units that have such bodies.
const COMMUNES: [&str; 3] = ["xã", "thị trấn", "phường"];

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
    bodies: Vec<String>,
    communes: Vec<String>,
    /// The area between blanks, in full and with its kind in short: what follows it is where the area lies.
    areas: Vec<String>,
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
        let (kind, place) = area.split_once(' ').unwrap_or((&area, ""));
        let first: String = kind.chars().take(1).collect();
        let kind = kind.to_owned();
        let short = format!("{first} {place}");
        let is_named = !place.is_empty();
        let areas = [&area, &short].into_iter().filter(|_| is_named);
        let areas = areas.map(|area| format!(" {area} ")).collect();
        let suffixes = [area, short, kind].into_iter().filter(|suffix| !suffix.trim().is_empty());
        let suffixes = suffixes.collect();
        let kinds = KINDS.iter().flat_map(|(kind, spellings)| {
            spellings.iter().map(move |spelling| (words(spelling, plain), words(kind, plain)))
        });
        let offices = OFFICES.iter().map(|office| words(office, plain)).collect();
        let of = |list: &[&str]| list.iter().map(|one| words(one, plain)).collect();
        let (bodies, communes) = (of(&BODIES), of(&COMMUNES));
        Self { offices, bodies, communes, areas, suffixes, kinds: kinds.collect(), plain }
    }

    /// Returns every way to understand a name; one for most names.
    pub(super) fn keys(&self, name: &str) -> Vec<NameKey> {
        let mut rest = words(name, self.plain);
        for office in &self.offices {
            rest = without_first(&rest, office).unwrap_or(rest);
        }
        for body in &self.bodies {
            let behind = without_first(&rest, body);
            let is_commune = |name: &String| {
                self.communes.iter().any(|kind| without_first(name, kind).is_some())
            };
            rest = behind.filter(is_commune).unwrap_or(rest);
        }
        for area in &self.areas {
            let in_area = rest.split_once(area);
            rest = in_area.map(|(unit, _)| unit.to_owned()).unwrap_or(rest);
        }
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
            "Xã Tiên Minh (H. Tiên Lãng)",
            "Ủy ban nhân dân xã Tiên Minh, H. Tiên Lãng, TP. Hải Phòng",
            "Tổ công tác Đề án 06 xã Tiên Minh",
            "Văn phòng UBND xã Tiên Minh",
            "VP HĐND-UBND xã Tiên Minh",
        ] {
            assert_eq!(full(name), ["xã tiên minh"], "{name}");
        }
        assert_eq!(full("Tiên Minh"), ["tiên minh"]);
        assert_eq!(full("Công an huyện Tiên Lãng"), full("Công an huyện"));
        assert_eq!(full("Tổ công tác Tiên Minh"), ["tổ công tác tiên minh"]);
        assert_eq!(full("Văn phòng UBND huyện"), ["văn phòng ubnd"]);
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

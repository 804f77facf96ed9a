//! The words of a row as the name of an indicator: exactly, then without what people put around a
//! name (numbering, the code, the unit of count), then another name, then without marks. Never
//! nearly: words that could be two rows are none.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use super::{
    GuideIndicator,
    abbreviations::Abbreviations,
    codes::normalise_code,
    essence::{FEWEST, essence, essence_of_flow},
    outlines::Outlines,
};
use crate::{
    template::without_count,
    text::{HashMap, HashSet, fold, strip_marks},
};

/// The names of the rows of a part.
#[derive(Debug, Default)]
pub(super) struct RowNames {
    /// Normalised codes by folded name as printed.
    printed: HashMap<String, String>,
    /// Normalised codes by folded other name.
    other: HashMap<String, String>,
    /// Normalised codes by name without marks.
    bare: HashMap<String, String>,
    /// Normalised codes by name with its abbreviations written out.
    written_out: HashMap<String, String>,
    /// Normalised codes by what their printed names say; other names are short and say too little.
    said: HashMap<String, String>,
    /// The same of flows, which may say that they are of the period.
    said_of_flows: HashMap<String, String>,
    abbreviations: Arc<Abbreviations>,
    /// What may follow a name in brackets: folded, by normalised code.
    units: HashMap<String, String>,
    shape: CodeShape,
}

/// What all codes have in common, so that other words need not be looked at as a code.
#[derive(Clone, Copy, Debug, Default)]
struct CodeShape {
    /// Whether every code has a digit.
    has_digits: bool,
    /// Whether every code has a letter.
    has_letters: bool,
}

impl CodeShape {
    /// Returns whether words may be a code.
    fn fits(self, words: &str) -> bool {
        !self.has_digits || words.contains(char::is_numeric)
    }
}

impl RowNames {
    /// Returns the names of these indicators; a name of two of them is of none.
    pub(super) fn new<'g>(
        indicators: impl Iterator<Item = &'g GuideIndicator> + Clone,
        abbreviations: &Arc<Abbreviations>,
    ) -> Self {
        let names = |one: &'g GuideIndicator| one.names.iter().map(|name| fold(name));
        let others = |one: &'g GuideIndicator| {
            let bare =
                one.names.iter().filter_map(|name| without_count(&fold(name)).map(str::to_owned));
            let others = one.other_names.iter().map(|name| fold(name));
            others.flat_map(|name| [format!("số {name}"), name]).chain(bare)
        };
        let bare = |one: &'g GuideIndicator| {
            one.names.iter().chain(&one.other_names).map(|name| strip_marks(name))
        };
        let written_out = |one: &'g GuideIndicator| {
            let names = one.names.iter().chain(&one.other_names);
            names.map(|name| abbreviations.written_out(&fold(name)).as_ref().to_owned())
        };
        let said = |one: &'g GuideIndicator| {
            one.names.iter().filter_map(|name| essence(&fold(name), abbreviations))
        };
        let said_of_flows = |one: &'g GuideIndicator| {
            let names = one.names.iter().filter(|_| !one.stock);
            names.filter_map(|name| essence_of_flow(&fold(name), abbreviations))
        };
        let units: HashMap<String, String> = indicators
            .clone()
            .map(|one| (normalise_code(&one.code), fold(&one.unit_of_count)))
            .collect();
        Self {
            shape: CodeShape {
                has_digits: indicators.clone().all(|one| one.code.contains(char::is_numeric)),
                has_letters: indicators.clone().all(|one| one.code.contains(char::is_alphabetic)),
            },
            units,
            printed: unambiguous(indicators.clone().map(|one| (one, names(one)))),
            other: unambiguous(indicators.clone().map(|one| (one, others(one)))),
            written_out: unambiguous(indicators.clone().map(|one| (one, written_out(one)))),
            said: unambiguous(indicators.clone().map(|one| (one, said(one)))),
            said_of_flows: unambiguous(indicators.clone().map(|one| (one, said_of_flows(one)))),
            abbreviations: Arc::clone(abbreviations),
            bare: unambiguous(indicators.map(|one| (one, bare(one)))),
        }
    }

    /// Returns the normalised code of the row that these folded words name.
    pub(super) fn find(&self, words: &str) -> Option<&str> {
        if let Some(code) = self.printed.get(words) {
            return Some(code);
        }
        let words = without_dress(words);
        if let Some(found) = self.with_code(words) {
            return found;
        }
        let with_unit = || {
            let (name, remark) = words.strip_suffix(')')?.rsplit_once('(')?;
            let name = name.trim_end();
            let code = self.plain(name).or_else(|| self.abbreviated(name))?;
            self.units.get(code).is_some_and(|unit| unit == remark.trim()).then_some(code)
        };
        self.plain(words)
            .or_else(with_unit)
            .or_else(|| self.plain(without_tail(words)?))
            .or_else(|| self.abbreviated(words))
    }

    /// Returns the normalised code of the row whose name says the same as folded words in another order.
    pub(super) fn said_by(&self, words: &str) -> Option<&str> {
        let words = without_dress(words);
        // Numbers of columns, and most headings, are shorter than what tells a row from all others.
        words.split(' ').nth(FEWEST - 1)?;
        let said = essence(words, &self.abbreviations);
        let of_flow = || self.said_of_flows.get(&essence_of_flow(words, &self.abbreviations)?);
        said.and_then(|said| self.said.get(&said)).or_else(of_flow).map(String::as_str)
    }

    /// Returns whether two words that follow each other in folded ones do so in a name.
    pub(super) fn speak_of(&self, words: &str) -> bool {
        let written_out = self.abbreviations.written_out(words);
        let words: Vec<&str> = written_out.split_whitespace().collect();
        words.windows(2).any(|pair| {
            let pair = format!(" {} ", pair.join(" "));
            self.written_out.keys().any(|name| format!(" {name} ").contains(&pair))
        })
    }

    /// Returns the row that words without numbering name with their abbreviations written out.
    fn abbreviated(&self, words: &str) -> Option<&str> {
        if self.abbreviations.is_empty() {
            return None;
        }
        let written_out = |words: &str| {
            let words = self.abbreviations.written_out(words);
            self.written_out.get(&*words).map(String::as_str)
        };
        written_out(words).or_else(|| written_out(without_tail(words)?))
    }

    /// Returns whether folded words are exactly a printed name.
    pub(super) fn is_printed(&self, words: &str) -> bool {
        self.printed.contains_key(words)
    }

    /// Returns the row that words without numbering name.
    fn plain(&self, words: &str) -> Option<&str> {
        let known = self.printed.get(words).or_else(|| self.other.get(words));
        let unmarked = || if words.is_ascii() { self.bare.get(words) } else { None };
        known.or_else(unmarked).map(String::as_str)
    }

    /// Reads a code before or behind a name; the name must not be that of another row. The outer
    /// option says whether there was a code.
    #[expect(clippy::option_option, reason = "no code at all, and a code that the name denies")]
    fn with_code(&self, words: &str) -> Option<Option<&str>> {
        let before = first_piece(words);
        let before = before.map(|(code, name)| (code.trim_start_matches('('), name));
        let behind = words
            .strip_suffix(')')
            .and_then(|words| words.rsplit_once('('))
            .map(|(name, code)| (code, name));
        let dressed = [before, behind].into_iter().flatten();
        dressed.filter(|(code, _)| self.shape.fits(code)).find_map(|(code, name)| {
            let code = normalise_code(code);
            let (code, _) = self.units.get_key_value(&code)?;
            let name = name.trim_matches([' ', '.', ':', '-', ')']);
            let agrees = self.plain(name).is_none_or(|named| named == code);
            Some(agrees.then_some(code.as_str()))
        })
    }
}

/// Every name of every part, to pass over words that are none without asking each part.
#[derive(Debug, Default)]
pub(super) struct AnyName {
    names: HashSet<String>,
    /// Of those names.
    outlines: Outlines,
    /// Of the codes of every part.
    shape: CodeShape,
}

impl AnyName {
    /// Returns the names of parts.
    pub(super) fn of<'n>(parts: &(impl Iterator<Item = &'n RowNames> + Clone)) -> Self {
        let names = |part: &'n RowNames| {
            [&part.printed, &part.other, &part.bare].into_iter().flat_map(HashMap::keys)
        };
        let mut outlines = Outlines::default();
        let names = parts.clone().flat_map(names).inspect(|name| outlines.add(name));
        let names: HashSet<String> = names.cloned().collect();
        Self {
            names,
            outlines,
            shape: CodeShape {
                has_digits: parts.clone().all(|part| part.shape.has_digits),
                has_letters: parts.clone().all(|part| part.shape.has_letters),
            },
        }
    }

    /// Returns whether folded words may be a code of any part.
    pub(super) fn may_be_code(&self, words: &str) -> bool {
        self.shape.fits(words)
    }

    /// Returns whether [`RowNames::find`] of any part may find folded words.
    pub(super) fn may_be(&self, words: &str) -> bool {
        let is_name = |words: &str| self.outlines.may_be(words) && self.names.contains(words);
        // Numbers of columns are many.
        if self.shape.has_letters && !words.contains(char::is_alphabetic) {
            return is_name(words);
        }
        let plain = without_dress(words);
        // A code before the name; a code or a unit of count behind it.
        is_name(words)
            || (plain.len() < words.len() && is_name(plain))
            || plain.ends_with(')')
            || without_tail(plain).is_some_and(is_name)
            || first_piece(plain).is_some_and(|(code, _)| self.shape.fits(code))
    }
}

/// Returns codes by name, without the names of two codes.
fn unambiguous<'g>(
    named: impl Iterator<Item = (&'g GuideIndicator, impl Iterator<Item = String>)>,
) -> HashMap<String, String> {
    let mut owners: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (indicator, names) in named {
        let code = normalise_code(&indicator.code);
        for name in names.filter(|name| !name.is_empty()) {
            owners.entry(name).or_default().insert(code.clone());
        }
    }
    let single = |(name, codes): (String, BTreeSet<String>)| match codes.len() {
        1 => codes.into_iter().next().map(|code| (name, code)),
        _ => None,
    };
    owners.into_iter().filter_map(single).collect()
}

/// Returns words without numbering and without the signs that end a label.
fn without_dress(words: &str) -> &str {
    without_numbering(words).trim_end_matches([':', '.', ';', ',', ' '])
}

/// Returns a name without what people put behind it and what changes nothing in a return of a commune: "trên
/// địa bàn xã", "(có danh sách kèm theo)", "(*)"; nothing if it has no such words.
fn without_tail(words: &str) -> Option<&str> {
    const TAILS: [&str; 19] = [
        " trên địa bàn",
        " trên địa bàn xã",
        " trên địa bàn thị trấn",
        " trên địa bàn phường",
        " trong xã",
        " của xã",
        " toàn xã",
        " toàn thị trấn",
        " toàn phường",
        "(trên địa bàn)",
        "(trên địa bàn xã)",
        "(trên địa bàn thị trấn)",
        "(toàn xã)",
        "(toàn thị trấn)",
        "(có danh sách kèm theo)",
        "(danh sách kèm theo)",
        "(nếu có)",
        "(*)",
        "*",
    ];
    // The last bytes of "n", "ã", "g", a bracket and a star: most names end otherwise.
    let ends = matches!(words.as_bytes().last(), Some(b'n' | 0xa3 | b'g' | b')' | b'*'));
    let name = TAILS.iter().filter(|_| ends).find_map(|tail| words.strip_suffix(tail))?;
    Some(name.trim_end_matches([' ', ',', '-', ':']))
}

/// Returns what may be a code, and what follows.
fn first_piece(words: &str) -> Option<(&str, &str)> {
    words.split_once(['.', ':', ')', '-', ' '])
}

/// Returns words without "1.", "1.2)", "a)", "iv." or a dash before them.
pub(super) fn without_numbering(words: &str) -> &str {
    let dashed = words.trim_start_matches(['-', '+', '*', '•', ' ']);
    let Some((number, name)) = dashed.split_once([')', ' ']) else { return dashed };
    let number = number.strip_suffix(['.', '/']).unwrap_or(number);
    let numeric = number.split('.').all(|part| {
        (1..=2).contains(&part.len()) && part.bytes().all(|digit| digit.is_ascii_digit())
    });
    let roman = !number.is_empty() && number.bytes().all(|letter| b"ivx".contains(&letter));
    let marked = dashed.get(number.len()..).is_some_and(|rest| rest.starts_with(['.', ')', '/']));
    let letter = number.chars().count() == 1;
    if numeric || ((roman || letter) && marked) { name.trim_start() } else { dashed }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn indicator(code: &str, name: &str, unit: &str, other: &str) -> GuideIndicator {
        GuideIndicator {
            section: String::new(),
            code: code.to_owned(),
            names: vec![name.to_owned()],
            other_names: vec![other.to_owned()],
            unit_of_count: unit.to_owned(),
            stock: false,
        }
    }

    #[test]
    fn a_name_is_known_in_its_usual_dress_and_never_nearly() {
        let rows = [
            indicator("A02", "Số hội nghị", "buổi", "hội nghị, buổi"),
            indicator("A08", "Số tin trên Facebook (fanpage)", "tin", "tin Facebook"),
            indicator("A09", "Số tin trên Zalo", "tin", "tin Zalo"),
            indicator("B01", "Dân số", "người", "dân số"),
        ];
        let names = RowNames::new(rows.iter(), &Arc::default());
        for (words, expected) in [
            ("Số hội nghị", Some("A02")),
            ("1. SỐ HỘI NGHỊ", Some("A02")),
            ("1.2 Số hội nghị", Some("A02")),
            ("a) Số hội nghị:", Some("A02")),
            ("12/ Số hội nghị", Some("A02")),
            ("IV. Số hội nghị", Some("A02")),
            ("- Số hội nghị (buổi)", Some("A02")),
            ("+ hội nghị, buổi", Some("A02")),
            ("Hội nghị", Some("A02")),
            ("So hoi nghi", Some("A02")),
            ("A02. Số hội nghị", Some("A02")),
            ("A02 - Hội nghị đã tổ chức", Some("A02")),
            ("Số hội nghị (A02)", Some("A02")),
            ("Số tin trên Facebook (fanpage)", Some("A08")),
            ("Số tin trên Facebook (fanpage) (tin)", Some("A08")),
            ("A09. Số hội nghị", None),
            ("Số hội nghị (người)", None),
            ("Số hội nghị trực tuyến", None),
            ("Số hộị nghị", None),
            ("v số", None),
            ("Số hội nghị trên địa bàn xã", Some("A02")),
            ("1. Số hội nghị (có danh sách kèm theo):", Some("A02")),
            ("Số hội nghị (*)", Some("A02")),
            ("Số hội nghị trên địa bàn huyện", None),
            ("trên địa bàn xã", None),
        ] {
            assert_eq!(names.find(&fold(words)), expected, "{words}");
            assert!(expected.is_none() || AnyName::of(&[&names].into_iter()).may_be(&fold(words)));
        }
    }

    #[test]
    fn a_name_of_two_rows_is_of_none() {
        let rows =
            [indicator("A01", "Số người", "", "chung"), indicator("B01", "Số ngươi", "", "chung")];
        let names = RowNames::new(rows.iter(), &Arc::default());
        assert_eq!(names.find("chung"), None);
        assert_eq!(names.find("so nguoi"), None);
        assert_eq!(names.find("số người"), Some("A01"));
        assert!(!AnyName::of(&[&names].into_iter()).may_be("ủy ban nhân dân"));
    }
}

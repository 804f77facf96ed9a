//! The words of a row as the name of an indicator: exactly, then without what people put around a
//! name (numbering, the code, the unit of count), then another name, then without marks. Never
//! nearly: words that could be two rows are none.

use std::collections::{BTreeMap, BTreeSet};

use super::{GuideIndicator, codes::normalise_code};
use crate::text::{fold, strip_marks};

/// The names of the rows of a part.
#[derive(Debug, Default)]
pub(super) struct RowNames {
    /// Normalised codes by folded name as printed.
    printed: BTreeMap<String, String>,
    /// Normalised codes by folded other name.
    other: BTreeMap<String, String>,
    /// Normalised codes by name without marks.
    bare: BTreeMap<String, String>,
    /// What may follow a name in brackets: folded, by normalised code.
    units: BTreeMap<String, String>,
}

impl RowNames {
    /// Returns the names of these indicators; a name of two of them is of none.
    pub(super) fn new<'g>(indicators: impl Iterator<Item = &'g GuideIndicator> + Clone) -> Self {
        let names = |one: &'g GuideIndicator| one.names.iter().map(|name| fold(name));
        let others = |one: &'g GuideIndicator| one.other_names.iter().map(|name| fold(name));
        let bare = |one: &'g GuideIndicator| {
            one.names.iter().chain(&one.other_names).map(|name| strip_marks(name))
        };
        Self {
            printed: unambiguous(indicators.clone().map(|one| (one, names(one)))),
            other: unambiguous(indicators.clone().map(|one| (one, others(one)))),
            bare: unambiguous(indicators.clone().map(|one| (one, bare(one)))),
            units: indicators
                .map(|one| (normalise_code(&one.code), fold(&one.unit_of_count)))
                .collect(),
        }
    }

    /// Returns the normalised code of the row that these folded words name.
    pub(super) fn find(&self, words: &str) -> Option<&str> {
        if let Some(code) = self.printed.get(words) {
            return Some(code);
        }
        let words = without_numbering(words).trim_end_matches([':', '.', ';', ',', ' ']);
        if let Some(found) = self.with_code(words) {
            return found;
        }
        self.plain(words).or_else(|| {
            let (name, remark) = words.strip_suffix(')')?.rsplit_once('(')?;
            let code = self.plain(name.trim_end())?;
            self.units.get(code).is_some_and(|unit| unit == remark.trim()).then_some(code)
        })
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
        let before = words.split_once(['.', ':', ')', '-', ' ']);
        let before = before.map(|(code, name)| (code.trim_start_matches('('), name));
        let behind = words
            .strip_suffix(')')
            .and_then(|words| words.rsplit_once('('))
            .map(|(name, code)| (code, name));
        [before, behind].into_iter().flatten().find_map(|(code, name)| {
            let code = normalise_code(code);
            let (code, _) = self.units.get_key_value(&code)?;
            let name = name.trim_matches([' ', '.', ':', '-', ')']);
            let agrees = self.plain(name).is_none_or(|named| named == code);
            Some(agrees.then_some(code.as_str()))
        })
    }
}

/// Returns codes by name, without the names of two codes.
fn unambiguous<'g>(
    named: impl Iterator<Item = (&'g GuideIndicator, impl Iterator<Item = String>)>,
) -> BTreeMap<String, String> {
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
        let names = RowNames::new(rows.iter());
        for (words, expected) in [
            ("Số hội nghị", Some("A02")),
            ("1. SỐ HỘI NGHỊ", Some("A02")),
            ("1.2 Số hội nghị", Some("A02")),
            ("a) Số hội nghị:", Some("A02")),
            ("12/ Số hội nghị", Some("A02")),
            ("IV. Số hội nghị", Some("A02")),
            ("- Số hội nghị (buổi)", Some("A02")),
            ("+ hội nghị, buổi", Some("A02")),
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
        ] {
            assert_eq!(names.find(&fold(words)), expected, "{words}");
        }
    }

    #[test]
    fn a_name_of_two_rows_is_of_none() {
        let rows =
            [indicator("A", "Số người", "", "chung"), indicator("B", "Số ngươi", "", "chung")];
        let names = RowNames::new(rows.iter());
        assert_eq!(names.find("chung"), None);
        assert_eq!(names.find("so nguoi"), None);
        assert_eq!(names.find("số người"), Some("A"));
    }
}

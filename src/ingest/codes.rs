//! Codes of indicators as people write them: "b08", "B 08", "B.08".

use std::collections::{BTreeMap, BTreeSet};

use super::{CellContent, ReadingGuide, grid::Grid, matcher::Matcher};
use crate::{
    place::CellRef,
    text::{HashMap, fold},
};

/// Returns the codes, as the templates write them, of each form in the order of its first part;
/// given are the form of each part and its codes by what they are compared as.
pub(super) fn codes_by_form<'p>(
    parts: impl Iterator<Item = (&'p String, &'p BTreeMap<String, String>)>,
) -> Vec<(String, BTreeSet<String>)> {
    let mut forms: Vec<(String, BTreeSet<String>)> = Vec::new();
    for (form, codes) in parts {
        let codes = codes.values().cloned();
        match forms.iter_mut().find(|(known, _)| known == form) {
            Some((_, rows)) => rows.extend(codes),
            None => forms.push((form.clone(), codes.collect())),
        }
    }
    forms
}

/// What words beside a code are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum NameOfCode {
    /// Its name.
    Own,
    /// The name of this code.
    Other(String),
    /// No name.
    None,
}

/// All codes of all parts.
#[derive(Debug, Default)]
pub(super) struct KnownCodes {
    /// Normalised, with the names of their rows as printed.
    names: HashMap<String, Vec<String>>,
    /// By their short forms; nothing for one of several codes.
    short: BTreeMap<String, Option<String>>,
}

impl KnownCodes {
    /// Returns the codes of parts with the names that the guide has for them.
    pub(super) fn new<'p>(
        guide: &ReadingGuide,
        parts: impl Iterator<Item = &'p BTreeMap<String, String>>,
    ) -> Self {
        let mut known = Self::default();
        let codes: BTreeSet<&String> = parts.flat_map(BTreeMap::keys).collect();
        for code in &codes {
            known.names.insert((*code).clone(), Vec::new());
        }
        for indicator in &guide.indicators {
            if let Some(names) = known.names.get_mut(&normalise_code(&indicator.code)) {
                names.extend(indicator.names.iter().cloned());
            }
        }
        for code in codes {
            if let Some(short) = short_form(code) {
                let same = known.short.entry(short).or_insert_with(|| Some(code.clone()));
                same.take_if(|same| same != code);
            }
        }
        known
    }

    /// Returns whether a normalised code is known.
    pub(super) fn contains(&self, code: &str) -> bool {
        self.names.contains_key(code)
    }

    /// Returns the names of a code as printed.
    pub(super) fn names(&self, code: &str) -> &[String] {
        self.names.get(code).map_or(&[], Vec::as_slice)
    }

    /// Returns whether words are the name of a code, letter by letter.
    pub(super) fn is_printed(&self, code: &str, words: &str) -> bool {
        self.names.get(code).is_some_and(|names| names.iter().any(|name| name == words))
    }

    /// Returns the code that was probably meant by a normalised one that is not known.
    pub(super) fn meant(&self, code: &str) -> Option<&str> {
        self.short.get(&short_form(code)?)?.as_deref()
    }
}

/// Least number of codes that make them an office's own; fewer may be mistakes.
const LEAST_FOREIGN: usize = 3;
/// Longest code in any dress, in bytes.
const LONGEST: usize = 64;

/// Returns a code as it is compared: capitals and digits only, without the blanks, dots, hyphens,
/// brackets and apostrophes that people put into it; letters that only look Latin are Latin. Words
/// too long to be a code stay as they are.
pub(super) fn normalise_code(code: &str) -> String {
    let is_plain = |one: u8| one.is_ascii_uppercase() || one.is_ascii_digit();
    if code.len() > LONGEST || code.bytes().all(is_plain) {
        code.to_owned()
    } else if code.is_ascii() {
        undressed(code)
    } else {
        undressed(&fold(code))
    }
}

/// Returns folded words as [`normalise_code`] does.
pub(super) fn normalise_folded(words: &str) -> String {
    if words.len() > LONGEST { words.to_owned() } else { undressed(words) }
}

fn undressed(code: &str) -> String {
    let is_dress = |one: char| {
        one.is_whitespace()
            || matches!(one, '.' | '-' | '_' | '(' | ')' | '[' | ']' | '\'' | '"' | ':' | ';')
    };
    code.chars().filter(|one| !is_dress(*one)).flat_map(char::to_uppercase).collect()
}

/// Returns a normalised code without what people leave out or mistype: "B8" and "BO8" are "B08". Only
/// words beside it can say that it is the code they meant.
pub(super) fn short_form(code: &str) -> Option<String> {
    let (split, _) = code.char_indices().skip(1).find(|(at, _)| {
        let digits = code.get(*at..).unwrap_or_default();
        digits.bytes().all(|one| one.is_ascii_digit() || one == b'O')
            && digits.bytes().any(|one| one.is_ascii_digit())
    })?;
    let (letters, digits) = code.split_at_checked(split)?;
    let is_code = letters.len() <= 3 && letters.bytes().all(|one| one.is_ascii_uppercase());
    let number: u32 = digits.replace('O', "0").parse().ok().filter(|_| is_code)?;
    Some(format!("{letters}{number}"))
}

/// Returns whether a normalised text has the shape of a code: letters, then digits.
pub(super) fn looks_like_code(code: &str) -> bool {
    let digits = code.trim_start_matches(|character: char| character.is_ascii_uppercase());
    let letters = code.len() - digits.len();
    (1..=3).contains(&letters)
        && (1..=4).contains(&digits.len())
        && digits.chars().all(|character| character.is_ascii_digit())
}

/// Returns whether the codes in a column, from a cell down, are an office's own: at least some look like codes,
/// and none is known or nearly so. Then the words beside them say what the rows are.
pub(super) fn are_foreign((matcher, grid): (&Matcher, &Grid), from: CellRef) -> bool {
    let mut strange = 0;
    let below = grid.row_numbers().filter(|row| *row >= from.row);
    for row in below {
        let CellContent::Text(text) = grid.at(row, from.column) else { continue };
        let code = normalise_code(text);
        if matcher.knows_code(&code) || matcher.meant_code(&code).is_some() {
            return false;
        }
        strange += usize::from(looks_like_code(&code));
    }
    strange >= LEAST_FOREIGN
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_compared_without_their_dress() {
        for written in ["B08", "b08", " B 08 ", "B.08", "B-08", "b\u{a0}08"] {
            assert_eq!(normalise_code(written), "B08", "{written:?}");
        }
        for written in ["(B08)", "[b08]", "'B08", "B08:", "\u{412}08", "Ｂ０８", "B\u{200b}08"] {
            assert_eq!(normalise_code(written), "B08", "{written:?}");
        }
        for folded in ["b08", "số buổi (a02)", "ß", &"b".repeat(70)] {
            assert_eq!(normalise_folded(folded), normalise_code(folded), "{folded}");
        }
        for (code, short) in [
            ("B08", Some("B8")),
            ("B8", Some("B8")),
            ("BO8", Some("B8")),
            ("B008", Some("B8")),
            ("CT08", Some("CT8")),
            ("BO", None),
            ("08", None),
            ("B", None),
            ("B08A", None),
        ] {
            assert_eq!(short_form(code).as_deref(), short, "{code}");
        }
        for (code, expected) in [("B08", true), ("A", false), ("1", false), ("TCVN", false)] {
            assert_eq!(looks_like_code(code), expected, "{code}");
        }
    }
}

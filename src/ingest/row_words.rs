//! Which row of the forms words mean: by its code, by its name.

use super::{
    codes::NameOfCode,
    matcher::{Matcher, PartWords},
    name_doubts::{OtherWords, other_words, without_period, without_span},
};
use crate::text::fold;

impl Matcher {
    /// Returns whether folded words may be a code in some dress.
    pub(super) fn may_be_code(&self, words: &str) -> bool {
        self.any_name.may_be_code(words)
    }

    /// Returns whether a normalised code is of any part.
    pub(super) fn knows_code(&self, code: &str) -> bool {
        self.codes.contains(code)
    }

    /// Returns the known code that was probably meant by one that is not known.
    pub(super) fn meant_code(&self, code: &str) -> Option<&str> {
        self.codes.meant(code)
    }

    /// Returns a normalised code as the templates write it.
    pub(super) fn written_code(&self, code: &str) -> String {
        let written = self.parts.iter().find_map(|part| part.codes.get(code));
        written.map_or(code, |written| written).to_owned()
    }

    /// Returns what the words beside a known code say of it.
    pub(super) fn name_of_code(&self, code: &str, words: &str) -> NameOfCode {
        if self.codes.is_printed(code, words) {
            return NameOfCode::Own;
        }
        let words = fold(words);
        let named = |part: &PartWords| part.names.find(&words).map(str::to_owned);
        let mut of_code = self.parts.iter().filter(|part| part.codes.contains_key(code));
        let says = |part: &PartWords| part.names.said_by(&words).is_some_and(|said| said == code);
        if of_code.any(|part| named(part).is_some_and(|found| found == code) || says(part)) {
            return NameOfCode::Own;
        }
        match self.row_named(&words) {
            Some(other) if other != code => NameOfCode::Other(other.to_owned()),
            _ => NameOfCode::None,
        }
    }

    /// Returns what the words beside a known code are that are no name the program knows; nothing when they
    /// are a name, or nothing a name could be.
    pub(super) fn other_words(&self, code: &str, words: &str) -> Option<OtherWords> {
        if self.name_of_code(code, words) != NameOfCode::None {
            return None;
        }
        let folded = fold(words);
        let is_of_words = folded.contains(char::is_alphabetic);
        let mut parts = self.parts.iter();
        let is_stock = parts.any(|part| part.stock && part.codes.contains_key(code));
        let words = if is_stock { folded } else { without_period(&folded) };
        let own = self.codes.names(code);
        let written = || {
            let names: Vec<String> = own
                .iter()
                .map(|name| self.abbreviations.written_out(&fold(name)).to_string())
                .collect();
            other_words(&self.abbreviations.written_out(without_span(&words)), &names)
        };
        is_of_words.then(|| other_words(&words, own)).flatten().and_then(|_| written())
    }

    /// Returns the normalised code that folded words name in the first part that has such a row.
    pub(super) fn row_named(&self, words: &str) -> Option<&str> {
        let found = || self.parts.iter().find_map(|part| part.names.find(words));
        self.any_name.may_be(words).then(found).flatten()
    }
}

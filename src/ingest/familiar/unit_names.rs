//! Names of units among words. A nation has ten thousand of them, and each has few words.

use super::tokens::{Token, tokens};
use crate::text::HashSet;

/// What the longest names take, in bytes.
const USUAL_LENGTH: usize = 64;

/// Names of units, told by their words.
#[derive(Debug, Default)]
pub(super) struct UnitNames {
    /// The words with which they begin.
    first: HashSet<String>,
    /// Their words with one blank between them.
    names: HashSet<String>,
    /// Most words of one.
    longest: usize,
}

impl UnitNames {
    /// Returns names, folded.
    pub(super) fn of<'n>(names: impl Iterator<Item = &'n String>) -> Self {
        let mut units = Self::default();
        for name in names {
            units.put(&tokens(name));
        }
        units
    }

    /// Adds a name, unless it has no words.
    fn put(&mut self, name: &[Token<'_>]) {
        let Some(first) = name.first() else { return };
        if !self.first.contains(first.word) {
            self.first.insert(first.word.to_owned());
        }
        let mut words = String::new();
        for token in name {
            push(&mut words, token);
        }
        self.names.insert(words);
        self.longest = self.longest.max(name.len());
    }

    /// Returns the lengths of the names that tokens begin with.
    pub(super) fn lengths<'t>(&'t self, tokens: &'t [Token<'t>]) -> impl Iterator<Item = usize> {
        let may_begin = tokens.first().is_some_and(|first| self.first.contains(first.word));
        let longest = if may_begin { self.longest } else { 0 };
        let mut words = String::with_capacity(if may_begin { USUAL_LENGTH } else { 0 });
        tokens.iter().take(longest).zip(1..).filter_map(move |(token, length)| {
            push(&mut words, token);
            self.names.contains(&words).then_some(length)
        })
    }
}

fn push(words: &mut String, token: &Token<'_>) {
    if !words.is_empty() {
        words.push(' ');
    }
    words.push_str(token.word);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_with_their_length() {
        let names = ["xã tiên minh", "tiên minh", "phòng văn hóa - thông tin", ""];
        let names = UnitNames::of(names.map(str::to_owned).iter());
        let found = |words: &str| names.lengths(&tokens(words)).collect::<Vec<_>>();
        assert_eq!(found("xã tiên minh báo cáo"), [3]);
        assert_eq!(found("tiên minh"), [2]);
        assert_eq!(found("phòng văn hóa thông tin"), [5]);
        assert!(found("xã tiên").is_empty() && found("").is_empty());
    }
}

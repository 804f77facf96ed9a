//! Sequences of words, told by their first words.

use super::tokens::Token;
use crate::text::HashMap;

/// Phrases as a tree of words.
#[derive(Debug, Default)]
pub(super) struct Phrases {
    /// The words that may follow here.
    next: HashMap<String, Self>,
    /// Whether a phrase ends here.
    ends: bool,
}

impl Phrases {
    /// Adds a phrase, unless it has no words.
    pub(super) fn put(&mut self, phrase: &[Token<'_>]) {
        let mut node = self;
        for token in phrase {
            node = node.next.entry(token.word.to_owned()).or_default();
        }
        node.ends = !phrase.is_empty();
    }

    /// Returns whether there are none.
    pub(super) fn is_empty(&self) -> bool {
        self.next.is_empty()
    }

    /// Returns the lengths of the phrases that tokens begin with.
    pub(super) fn lengths<'t>(&'t self, tokens: &'t [Token<'t>]) -> impl Iterator<Item = usize> {
        let mut node = Some(self);
        let reached = tokens.iter().map_while(move |token| {
            node = node.and_then(|node| node.next.get(token.word));
            node
        });
        reached.zip(1..).filter(|(node, _)| node.ends).map(|(_, length)| length)
    }
}

#[cfg(test)]
mod tests {
    use super::{super::tokens::tokens, *};

    #[test]
    fn phrases_that_begin_alike_are_all_found() {
        let mut phrases = Phrases::default();
        for phrase in ["kết quả", "kết quả thực hiện", "thực hiện", ""] {
            phrases.put(&tokens(phrase));
        }
        let found = |words: &str| phrases.lengths(&tokens(words)).collect::<Vec<_>>();
        assert_eq!(found("kết quả thực hiện đề án"), [2, 4]);
        assert_eq!(found("thực hiện"), [2]);
        assert!(found("kết").is_empty() && found("").is_empty());
    }
}

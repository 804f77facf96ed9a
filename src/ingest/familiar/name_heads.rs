//! Heads of the names of indicators that are put together: "Các nội dung, chỉ tiêu báo cáo".

use super::{is_cut, phrases::Phrases, tokens::tokens};
use crate::text::{fold, strip_marks};

/// What such heads are made of, with marks and without.
#[derive(Debug, Default)]
pub(in crate::ingest) struct NameHeads {
    names: Phrases,
    beside: Phrases,
}

impl NameHeads {
    /// Returns the words for names and those that may stand beside them.
    pub(in crate::ingest) fn new((names, beside): &(Vec<String>, Vec<String>)) -> Self {
        let mut heads = Self::default();
        for (phrases, all) in [(&mut heads.names, names), (&mut heads.beside, beside)] {
            for phrase in all {
                phrases.put(&tokens(&fold(phrase)));
                phrases.put(&tokens(&strip_marks(phrase)));
            }
        }
        heads
    }

    /// Returns whether folded words head names: some of the words for them, and nothing else but what may stand
    /// beside those.
    pub(in crate::ingest) fn has(&self, words: &str) -> bool {
        let tokens = &tokens(words)[..];
        let is_name =
            |at: usize| self.names.lengths(tokens.get(at..).unwrap_or_default()).next().is_some();
        (0..tokens.len()).any(is_name)
            && is_cut(tokens, |rest, ends| {
                ends.extend(self.names.lengths(rest));
                ends.extend(self.beside.lengths(rest));
            })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{ingest::ReadingGuide, template::fixtures};

    #[test]
    fn heads_of_names_are_put_together() {
        let heads = NameHeads::new(&ReadingGuide::of(&fixtures::district()).name_heads);
        for (words, expected) in [
            ("nội dung, chỉ tiêu báo cáo", true),
            ("các chỉ tiêu đề án 06", true),
            ("noi dung cong viec", true),
            ("chỉ tiêu giao", false),
            ("chỉ tiêu năm", false),
            ("báo cáo", false),
            ("", false),
        ] {
            assert_eq!(heads.has(words), expected, "{words}");
        }
        assert!(!NameHeads::default().has("nội dung"));
    }
}

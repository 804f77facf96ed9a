//! Words of which a text may hold any, looked for all at once: most texts hold none of them.

use std::sync::OnceLock;

use aho_corasick::{AhoCorasick, AhoCorasickKind};

/// Words of which a text may hold any.
#[derive(Debug)]
pub struct AnyOf {
    words: &'static [&'static str],
    /// All of them at once; nothing where the library refuses them, and then they are looked for one by one.
    search: OnceLock<Option<AhoCorasick>>,
}

impl AnyOf {
    /// Returns a list of words, written as the texts are in which they are looked for.
    pub const fn new(words: &'static [&'static str]) -> Self {
        Self { words, search: OnceLock::new() }
    }

    /// Returns whether any of the words stands in a text.
    pub fn is_in(&self, text: &str) -> bool {
        match self.search() {
            Some(search) => search.is_match(text),
            None => self.words.iter().any(|word| text.contains(word)),
        }
    }

    /// Returns the words that stand in a text, each as often as it does, in the order of their ends.
    pub fn all_in<'a>(&'a self, text: &'a str) -> impl Iterator<Item = &'static str> + 'a {
        let found = self.search().map(|search| search.find_overlapping_iter(text));
        let found = found.into_iter().flatten();
        let found = found.filter_map(|found| self.words.get(found.pattern().as_usize()));
        let one_by_one = || self.words.iter().filter(|word| text.contains(**word));
        found.chain(self.search().is_none().then(one_by_one).into_iter().flatten()).copied()
    }

    fn search(&self) -> Option<&AhoCorasick> {
        let build = || {
            // What the library would look for first are bytes that most Vietnamese letters have.
            let mut builder = AhoCorasick::builder();
            builder.kind(Some(AhoCorasickKind::DFA)).prefilter(false).build(self.words).ok()
        };
        self.search.get_or_init(build).as_ref()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_word_is_found_wherever_it_stands() {
        static WORDS: AnyOf = AnyOf::new(&["lũy kế", "cộng dồn", "dồn"]);
        for (text, expected) in [
            ("số lũy kế", true),
            ("cộng dồn từ đầu năm", true),
            ("dồn", true),
            ("lũy", false),
            ("", false),
        ] {
            assert_eq!(WORDS.is_in(text), expected, "{text}");
        }
        let found: Vec<&str> = WORDS.all_in("cộng dồn").collect();
        assert_eq!(found, ["cộng dồn", "dồn"]);
    }
}

//! Abbreviations of offices: two spellings of one name are the same when both are written out.

use std::sync::{Arc, RwLock};

use super::name_doubts::tokens;
use crate::text::{HashMap, fold};

/// Short words with what they stand for.
#[derive(Debug, Default)]
pub(super) struct Abbreviations {
    pairs: Vec<(String, String)>,
    /// Words that were written out before: the headings and names of a month are few.
    known: RwLock<HashMap<String, Arc<str>>>,
}

/// Longest words that may be a name, in bytes; others stay as they are.
const LONGEST: usize = 512;
/// Most words that are kept written out.
const MOST_KNOWN: usize = 4_096;

/// Words that add nothing to a name.
const EMPTY: [&str; 3] = ["các", "và", "của"];

impl Abbreviations {
    /// Returns the abbreviations of the templates, each with what it stands for.
    pub(super) fn new(pairs: &[(String, String)]) -> Self {
        let written = |words: &String| spaced(&fold(words));
        let pairs = pairs.iter().map(|(short, long)| (written(short), written(long)));
        Self { pairs: pairs.collect(), known: RwLock::default() }
    }

    /// Returns whether there are any.
    pub(super) fn is_empty(&self) -> bool {
        self.pairs.is_empty()
    }

    /// Returns folded words written out: their words alone, without signs between them.
    pub(super) fn written_out(&self, words: &str) -> Arc<str> {
        if words.len() > LONGEST {
            return words.into();
        }
        // A thread that panicked while it held the lock leaves at most one of them less.
        let known = self.known.read().ok().and_then(|known| known.get(words).map(Arc::clone));
        known.unwrap_or_else(|| {
            let written: Arc<str> = self.write_out(words).into();
            if let Ok(mut known) = self.known.write()
                && known.len() < MOST_KNOWN
            {
                known.insert(words.to_owned(), Arc::clone(&written));
            }
            written
        })
    }

    fn write_out(&self, words: &str) -> String {
        let mut words = spaced(words);
        for (short, long) in &self.pairs {
            // Two of a kind that follow each other share a blank.
            while words.contains(short.as_str()) && !long.contains(short.as_str()) {
                words = words.replacen(short.as_str(), long, 1);
            }
        }
        words
    }
}

/// Returns words with one blank around each, numbers without zeros before them.
fn spaced(words: &str) -> String {
    let mut spaced = String::from(" ");
    for token in tokens(words).filter(|token| !EMPTY.contains(token)) {
        let is_number = token.bytes().all(|byte| byte.is_ascii_digit());
        let plain = token.trim_start_matches('0');
        spaced.push_str(if is_number && !plain.is_empty() { plain } else { token });
        spaced.push(' ');
    }
    spaced
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_one_when_they_are_written_out() {
        let pairs =
            [("VB", "văn bản"), ("KH", "kế hoạch"), ("mức độ", "mức"), ("TDP", "tổ dân phố")];
        let pairs = pairs.map(|(short, long)| (short.to_owned(), long.to_owned()));
        let known = Abbreviations::new(&pairs);
        let written = |words: &str| known.written_out(&fold(words));
        for (one, other) in [
            ("Số VB chỉ đạo, KH đã ban hành", "Số văn bản chỉ đạo và kế hoạch đã ban hành"),
            ("Tài khoản mức độ 1", "Tài khoản mức 01"),
            ("Số thôn, TDP", "Số thôn/tổ dân phố"),
            ("TDP, TDP", "tổ dân phố - tổ dân phố"),
        ] {
            assert_eq!(written(one), written(other), "{one}");
        }
        assert_ne!(written("Tài khoản mức độ 1"), written("Tài khoản mức độ 2"));
        assert_ne!(written("VBA"), written("văn bản A"));
        let long = "vb ".repeat(200);
        assert_eq!(&*written(&long), long.trim(), "no name is that long");
    }
}

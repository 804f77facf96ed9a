//! A glance at words before they are looked up: most words of a return are none of those that the program
//! knows, and differ from them in their length or at their ends.

/// First byte, last byte and length of some words.
#[derive(Debug)]
pub(super) struct Outlines([u64; PLACES]);

const PLACES: usize = 64;

impl Default for Outlines {
    fn default() -> Self {
        Self([0; PLACES])
    }
}

impl Outlines {
    /// Adds words.
    pub(super) fn add(&mut self, words: &str) {
        let (place, bit) = outline(words);
        self.0[place] |= bit;
    }

    /// Returns whether words may be among those added; of those it is always true.
    pub(super) fn may_be(&self, words: &str) -> bool {
        let (place, bit) = outline(words);
        self.0[place] & bit != 0
    }
}

/// Returns the place and the bit of words.
fn outline(words: &str) -> (usize, u64) {
    let bytes = words.as_bytes();
    let end = |byte: Option<&u8>| usize::from(byte.copied().unwrap_or_default());
    let place = end(bytes.first()) * 5 + end(bytes.last());
    (place % PLACES, 1 << (bytes.len() % 64))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_were_added_are_never_passed_over() {
        let mut outlines = Outlines::default();
        assert!(!outlines.may_be("") && !outlines.may_be("mã"));
        for words in ["", "mã", "chỉ tiêu", &"số ".repeat(100)] {
            outlines.add(words);
            assert!(outlines.may_be(words), "{words}");
        }
        assert!(!outlines.may_be("ghi chú") && !outlines.may_be("mã số"));
    }
}

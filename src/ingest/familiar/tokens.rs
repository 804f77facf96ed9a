//! Words cut into tokens: runs of letters and digits, with what stands between them.

/// A run of letters and digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Token<'w> {
    /// The run.
    pub(super) word: &'w str,
    /// What stands between the token before and this one.
    pub(super) gap: &'w str,
    /// Where it begins in the words, in bytes.
    pub(super) start: usize,
}

impl Token<'_> {
    /// Returns the number that it is.
    pub(super) fn number(&self) -> Option<u32> {
        self.word
            .bytes()
            .all(|byte| byte.is_ascii_digit())
            .then(|| self.word.parse().ok())
            .flatten()
    }

    /// Returns whether it is joined to the one before by a sign between numbers of a date.
    pub(super) fn is_joined(&self) -> bool {
        matches!(self.gap, "/" | "-" | ".")
    }

    /// Returns whether it is a word and not one letter of a column or a number.
    pub(super) fn is_word(&self) -> bool {
        self.word.chars().filter(|one| one.is_alphabetic()).nth(1).is_some()
    }
}

/// Returns the tokens of words.
pub(super) fn tokens(words: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    let mut end = 0;
    let mut begins = None;
    let after = std::iter::once((words.len(), ' '));
    for (at, one) in words.char_indices().chain(after) {
        match (one.is_alphanumeric(), begins) {
            (true, None) => begins = Some(at),
            (false, Some(start)) => {
                let (word, gap) = (words.get(start..at), words.get(end..start));
                let (word, gap) = (word.unwrap_or_default(), gap.unwrap_or_default());
                tokens.push(Token { word, gap, start });
                (begins, end) = (None, at);
            }
            _ => {}
        }
    }
    tokens
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_know_what_stands_between_them() {
        let found: Vec<(&str, &str)> =
            tokens("(từ 15/02 - t3)").iter().map(|token| (token.word, token.gap)).collect();
        assert_eq!(found, [("từ", "("), ("15", " "), ("02", "/"), ("t3", " - ")]);
        assert!(tokens(" … ").is_empty());
    }
}

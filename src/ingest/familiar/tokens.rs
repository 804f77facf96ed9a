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

    /// Returns the month in short that it is: 2 of "t2".
    pub(super) fn short_month(&self) -> Option<u32> {
        self.word.strip_prefix('t').and_then(|number| number.parse().ok())
    }

    /// Returns whether it is joined to the one before by a sign between numbers of a date.
    pub(super) fn is_joined(&self) -> bool {
        matches!(self.gap, "/" | "-" | ".")
    }
}

/// Letters of Vietnamese beyond ASCII, which need not be looked up.
const LETTERS: std::ops::RangeInclusive<char> = 'à'..='ỹ';

/// Returns whether a character is a letter or a digit.
fn is_of_word(one: char) -> bool {
    one.is_ascii_alphanumeric()
        || !one.is_ascii() && (LETTERS.contains(&one) || one.is_alphanumeric())
}

/// Returns whether two letters stand side by side anywhere in words.
pub(super) fn has_word(words: &str) -> bool {
    let is_letter = |one: char| is_of_word(one) && !one.is_numeric();
    let mut before = false;
    words.chars().any(|one| std::mem::replace(&mut before, is_letter(one)) && before)
}

/// Returns the tokens of words.
pub(super) fn tokens(words: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::with_capacity(words.len() / 5 + 1);
    let mut end = 0;
    let mut begins = None;
    let after = std::iter::once((words.len(), ' '));
    for (at, one) in words.char_indices().chain(after) {
        match (is_of_word(one), begins) {
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
        assert!(has_word("(đã)") && !has_word("a 1b, (c)"));
    }
}

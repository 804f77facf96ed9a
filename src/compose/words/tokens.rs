//! Tokens: what a template prints in place of a figure, a date or a name. A token is a few
//! characters of the private use area that stand for a run until the words become runs.

use std::sync::{Arc, Mutex, PoisonError};

use crate::compose::document::Run;

/// First character of a token.
const OPEN: char = '\u{e000}';
/// Last character of a token.
const CLOSE: char = '\u{e001}';
/// The digit zero of a token's number; nine more follow.
const ZERO: u32 = 0xe010;
/// Printed by a figure that went through no filter.
pub(super) const UNFILTERED: char = '\u{e002}';

/// What a token stands for.
#[derive(Clone, Debug)]
pub(super) enum Token {
    /// Runs inside a paragraph.
    Runs(Vec<Run>),
    /// The office's own words for a section, which are paragraphs of their own.
    OfficeWords(String),
}

/// A piece of words with tokens.
#[derive(Debug)]
pub(super) enum Piece {
    /// Words.
    Words(String),
    /// What a token stands for.
    Token(Token),
}

/// All tokens of a text.
#[derive(Clone, Debug, Default)]
pub(super) struct Tokens(Arc<Mutex<Vec<Token>>>);

impl Tokens {
    /// Keeps what is to be printed and returns the characters that stand for it.
    pub(super) fn keep(&self, token: Token) -> String {
        let mut tokens = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let number = tokens.len().to_string();
        tokens.push(token);
        let digits = number.chars().filter_map(|digit| char::from_u32(ZERO + digit.to_digit(10)?));
        [OPEN].into_iter().chain(digits).chain([CLOSE]).collect()
    }

    /// Returns words and tokens in order.
    pub(super) fn pieces(&self, text: &str) -> Vec<Piece> {
        let tokens = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let mut pieces = Vec::new();
        for part in text.split_inclusive(CLOSE) {
            let (words, token) = part.split_once(OPEN).unwrap_or((part, ""));
            if !words.is_empty() {
                pieces.push(Piece::Words(words.to_owned()));
            }
            let number =
                token.chars().filter_map(digit).fold(0, |number, digit| number * 10 + digit);
            if let (false, Some(token)) = (token.is_empty(), tokens.get(number)) {
                pieces.push(Piece::Token(token.clone()));
            }
        }
        pieces
    }
}

/// Returns the words without characters that could pass for a token.
pub(in crate::compose) fn without_tokens(words: &str) -> String {
    words.chars().filter(|character| !('\u{e000}'..='\u{f8ff}').contains(character)).collect()
}

fn digit(character: char) -> Option<usize> {
    let value = u32::from(character).checked_sub(ZERO)?;
    usize::try_from(value).ok().filter(|value| *value < 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_come_back_in_their_place() {
        let tokens = Tokens::default();
        let kept: Vec<String> = (0..12)
            .map(|number| tokens.keep(Token::Runs(vec![Run::text(format!("<{number}>"))])))
            .collect();
        let text = format!("a {} b{}", kept[11], kept[0]);
        let shown: String = tokens
            .pieces(&text)
            .into_iter()
            .map(|piece| match piece {
                Piece::Words(words) => words,
                Piece::Token(Token::Runs(runs)) => crate::compose::document::shown(&runs),
                Piece::Token(Token::OfficeWords(key)) => key,
            })
            .collect();
        assert_eq!(shown, "a <11> b<0>");
        assert_eq!(without_tokens(&text), "a  b");
    }
}

//! Characters that command a terminal instead of being seen on it: a name of a file or words of a
//! return may hold them.

use std::{borrow::Cow, fmt::Write};

/// Returns words with such characters written out as JSON writes them; lines and tabs stay.
pub fn visible(words: &str) -> Cow<'_, str> {
    written_out(words, |character| is_command(character) && !matches!(character, '\n' | '\t'))
}

/// Returns words on one line, with such characters written out.
pub fn visible_line(words: &str) -> Cow<'_, str> {
    written_out(words, is_command)
}

fn written_out(words: &str, is_hidden: impl Fn(char) -> bool) -> Cow<'_, str> {
    if !words.contains(&is_hidden) {
        return Cow::Borrowed(words);
    }
    let mut seen = String::with_capacity(words.len() + 16);
    for character in words.chars() {
        if is_hidden(character) {
            let _infallible = write!(seen, "\\u{:04x}", u32::from(character));
        } else {
            seen.push(character);
        }
    }
    Cow::Owned(seen)
}

/// Returns whether a character is a control, ends a line or turns the direction of what follows.
fn is_command(character: char) -> bool {
    let turns = matches!(
        character,
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
    );
    character.is_control() || turns
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commands_are_seen_and_words_stay() {
        assert_eq!(
            visible("a\u{1b}[31m\u{202e}b\u{9b}\r\n\tc"),
            "a\\u001b[31m\\u202eb\\u009b\\u000d\n\tc"
        );
        assert_eq!(visible_line("a\nb"), "a\\u000ab");
        assert!(matches!(visible_line("Xã Tiên Minh 👨‍👩‍👧"), Cow::Borrowed(_)));
    }
}

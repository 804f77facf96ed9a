//! The template as written: finds digits that stand in its words, with their line.

use crate::compose::runs::{self, Digits, StrayDigits};

/// Returns the line (from 1) and the word of the first digit in the template's words that belongs to
/// no declared name and is not the number of a heading.
pub(super) fn stray_digits(source: &str, names: &[String]) -> Option<(usize, String)> {
    words_only(source).lines().enumerate().find_map(|(number, line)| {
        let words = without_heading_number(line);
        match runs::split(words, names, Digits::Refused) {
            Err(StrayDigits(digits)) => Some((number + 1, digits)),
            Ok(_) => None,
        }
    })
}

/// Returns the template with every tag and comment as one blank, keeping the lines.
fn words_only(source: &str) -> String {
    let mut words = String::with_capacity(source.len());
    let mut rest = source;
    loop {
        let tags = [("{{", "}}"), ("{%", "%}"), ("{#", "#}")];
        let starts = tags.iter().filter_map(|(open, close)| Some((rest.find(open)?, close)));
        let Some((start, close)) = starts.min() else { break };
        let (before, tag) = rest.split_at(start);
        words.push_str(before);
        words.push(' ');
        let end = tag.find(close).map_or(tag.len(), |end| end + close.len());
        let (tag, after) = tag.split_at(end);
        words.extend(tag.chars().filter(|character| *character == '\n'));
        rest = after;
    }
    words.push_str(rest);
    words
}

/// A part of a tag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// A name or a number.
    Word(String),
    /// What stands in quotes.
    Words(String),
    /// Any other sign.
    Sign(char),
}

impl Part {
    /// Returns the name or number; nothing of another part.
    pub(super) fn word(&self) -> &str {
        match self {
            Self::Word(word) => word,
            Self::Words(_) | Self::Sign(_) => "",
        }
    }

    /// Returns whether it is this name.
    pub(super) fn is_word(&self, name: &str) -> bool {
        self.word() == name
    }
}

/// Returns the tags of the template with the line of each, comments left out.
pub(super) fn tags(source: &str) -> Vec<(usize, Vec<Part>)> {
    let mut tags = Vec::new();
    let (mut rest, mut line) = (source, 1);
    let lines = |text: &str| text.matches('\n').count();
    loop {
        let kinds = [("{{", "}}"), ("{%", "%}"), ("{#", "#}")];
        let starts = kinds.iter().filter_map(|kind| Some((rest.find(kind.0)?, kind)));
        let Some((_, (open, close))) = starts.min() else { break };
        let (before, tag) = rest.split_once(open).unwrap_or((rest, ""));
        let (tag, after) = tag.split_once(close).unwrap_or((tag, ""));
        line += lines(before);
        if *open != "{#" {
            tags.push((line, parts(tag)));
        }
        line += lines(tag);
        rest = after;
    }
    tags
}

fn parts(tag: &str) -> Vec<Part> {
    let is_name = |sign: char| sign.is_alphanumeric() || sign == '_';
    let mut parts = Vec::new();
    let mut rest = tag.trim_start();
    while let Some(first) = rest.chars().next() {
        let (part, left) = if is_name(first) {
            let end = rest.find(|sign| !is_name(sign)).unwrap_or(rest.len());
            let (name, left) = rest.split_at(end);
            (Part::Word(name.to_owned()), left)
        } else {
            let (_, after) = rest.split_at(first.len_utf8());
            let quoted = matches!(first, '"' | '\'').then(|| after.split_once(first)).flatten();
            match quoted {
                Some((quoted, left)) => (Part::Words(quoted.to_owned()), left),
                None => (Part::Sign(first), after),
            }
        };
        parts.push(part);
        rest = left.trim_start();
    }
    parts
}

/// Returns the line without "## 1" of a numbered heading.
fn without_heading_number(line: &str) -> &str {
    let words = line.trim_start();
    let Some(heading) = words.strip_prefix('#') else { return line };
    let heading = heading.trim_start_matches('#').trim_start();
    match heading.split_once('.') {
        Some((number, rest)) if number.bytes().all(|byte| byte.is_ascii_digit()) => rest,
        _ => heading,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_outside_tags_names_and_heading_numbers_are_found() {
        let names = ["Đề án 06".to_owned()];
        let find = |source| stray_digits(source, &names);
        assert_eq!(find("## 1. Đề án 06\n{{ cs(\"B08\") }} {# 12 #}\n{% if x > 3 %}"), None);
        assert_eq!(find("a {#\n\n#}\nđạt 95%"), Some((4, "95".to_owned())));
        assert_eq!(find("{{ x }}\n## 1. Năm 2024"), Some((2, "2024".to_owned())));
    }
}

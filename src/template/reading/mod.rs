//! Reading the files of `templates/`: text, TOML and CSV with the line of everything, so that a
//! mistake is named by file, line and key. What the entries mean is in the files beside this one.

pub(super) mod annexes;
pub(super) mod body;
pub(super) mod charts;
mod details;
pub(super) mod forms;
pub(super) mod indicators;
pub(super) mod mappings;
mod messages;
pub(super) mod roster;
mod table;
pub(super) mod targets;

use std::{collections::BTreeMap, error::Error, ops::Range};

use chrono::NaiveDate;
use serde::de::DeserializeOwned;
use toml::Spanned;

use super::{TemplateError, TemplatePlace};
use crate::text::nfc;

/// A template file as text, in NFC.
pub(super) struct Source {
    file: String,
    text: String,
}

/// Words in a TOML file with the place where they stand.
pub(super) type Word = Spanned<String>;

impl Source {
    /// Returns the text of a file that must be there.
    pub(super) fn required(
        files: &BTreeMap<String, Vec<u8>>,
        file: &str,
    ) -> Result<Self, TemplateError> {
        let bytes =
            files.get(file).ok_or_else(|| TemplateError::MissingFile { file: file.to_owned() })?;
        let text = std::str::from_utf8(bytes)
            .map_err(|source| TemplateError::NotText { file: file.to_owned(), source })?;
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        Ok(Self { file: file.to_owned(), text: nfc(text) })
    }

    /// Returns the text of a file, or no text when it is not there.
    pub(super) fn optional(
        files: &BTreeMap<String, Vec<u8>>,
        file: &str,
    ) -> Result<Option<Self>, TemplateError> {
        files.contains_key(file).then(|| Self::required(files, file)).transpose()
    }

    /// Returns the text.
    pub(super) fn into_text(self) -> String {
        self.text
    }

    /// Returns the entries of a TOML file.
    pub(super) fn toml<T: DeserializeOwned>(&self) -> Result<T, TemplateError> {
        toml::from_str(&self.text).map_err(|error| {
            let span = error.span().unwrap_or(0..0);
            let message = in_vietnamese(error.message());
            let key = self.key_at(span.start);
            self.mistake_because(&span, &key, message, Some(Box::new(error)))
        })
    }

    /// Returns the error of a mistake at a place of a TOML file; `subject` names the entry.
    pub(super) fn mistake(
        &self,
        span: &Range<usize>,
        subject: &str,
        message: String,
    ) -> TemplateError {
        self.mistake_because(span, subject, message, None)
    }

    /// Returns the error of a mistake with the foreign error that found it.
    pub(super) fn mistake_because(
        &self,
        span: &Range<usize>,
        subject: &str,
        message: String,
        cause: Option<Box<dyn Error + Send + Sync>>,
    ) -> TemplateError {
        self.mistake_on_line(self.line_at(span.start), subject, message, cause)
    }

    fn mistake_on_line(
        &self,
        line: u64,
        subject: &str,
        message: String,
        cause: Option<Box<dyn Error + Send + Sync>>,
    ) -> TemplateError {
        let place = TemplatePlace { file: self.file.clone(), line, subject: subject.to_owned() };
        TemplateError::Mistake { place: Box::new(place), message, cause }
    }

    /// Returns the date of a word: `2024-03-14` or `14/3/2024`.
    pub(super) fn date(&self, word: &Word, subject: &str) -> Result<NaiveDate, TemplateError> {
        parse_date(word.get_ref())
            .ok_or_else(|| self.mistake(&word.span(), subject, not_a_date(word.get_ref())))
    }

    /// Checks that words have no other places than the allowed ones, so that no `{thang}` is ever
    /// printed.
    pub(super) fn check_places(
        &self,
        word: &Word,
        allowed: &[&str],
        subject: &str,
    ) -> Result<(), TemplateError> {
        let mut rest = word.get_ref().as_str();
        while let Some((_, place)) = rest.split_once('{') {
            let (name, after) = place.split_once('}').unwrap_or((place, ""));
            if !allowed.contains(&name) {
                let list: Vec<String> = allowed.iter().map(|name| format!("{{{name}}}")).collect();
                let allowed = match list.as_slice() {
                    [] => "câu này không có chỗ điền nào".to_owned(),
                    list => format!("được dùng: {}", list.join(", ")),
                };
                let message = format!("không có chỗ điền `{{{name}}}`; {allowed}");
                return Err(self.mistake(&word.span(), subject, message));
            }
            rest = after;
        }
        Ok(())
    }

    fn line_at(&self, offset: usize) -> u64 {
        let before = self.text.bytes().take(offset);
        1 + u64::try_from(before.filter(|byte| *byte == b'\n').count()).unwrap_or(0)
    }

    /// Returns the key of the line at an offset, to name an entry that cannot be read.
    fn key_at(&self, offset: usize) -> String {
        let line = usize::try_from(self.line_at(offset)).unwrap_or(1);
        let line = self.text.lines().nth(line - 1).unwrap_or_default().trim();
        match line.split_once('=') {
            Some((key, _)) => {
                format!("khóa `{}`", beginning(key.trim().trim_start_matches(['{', ' '])))
            }
            None if line.is_empty() || line.starts_with('#') => "cả tệp".to_owned(),
            None => beginning(line),
        }
    }
}

/// Returns as much of a line as a message can hold: a file whose lines end in CR alone is one line.
fn beginning(line: &str) -> String {
    const MAX_CHARACTERS: usize = 60;
    let mut beginning: String = line.chars().take(MAX_CHARACTERS).collect();
    if beginning.len() < line.len() {
        beginning.push('…');
    }
    beginning
}

/// Returns a date written `2024-03-14` or `14/3/2024`.
pub(super) fn parse_date(text: &str) -> Option<NaiveDate> {
    let text = text.trim();
    text.parse().or_else(|_| NaiveDate::parse_from_str(text, "%d/%m/%Y")).ok()
}

/// Returns the sentence for a text that is not a date.
pub(super) fn not_a_date(text: &str) -> String {
    format!("`{text}` không phải là ngày; ngày viết theo mẫu 2024-03-14 hoặc 14/03/2024")
}

/// Returns the sentence for something that does not exist, with what may be written instead; those
/// that begin most like the wrong one come first.
pub(super) fn unknown<'a>(
    what: &str,
    wrong: &str,
    allowed: impl IntoIterator<Item = &'a str>,
) -> String {
    const ALL: usize = 24;
    const SOME: usize = 12;
    let mut allowed: Vec<&str> = allowed.into_iter().collect();
    let likeness = |word: &str| word.chars().zip(wrong.chars()).take_while(|(a, b)| a == b).count();
    allowed.sort_by_key(|word| std::cmp::Reverse(likeness(word)));
    if allowed.is_empty() {
        return format!("không có {what} `{wrong}`; chưa khai báo {what} nào");
    }
    let shown = if allowed.len() > ALL { SOME } else { allowed.len() };
    let rest = match allowed.len() - shown {
        0 => String::new(),
        more => format!(" và {more} {what} khác"),
    };
    allowed.truncate(shown);
    format!("không có {what} `{wrong}`; được dùng: {}{rest}", allowed.join(", "))
}

/// Returns whether a key can be part of an identifier: small letters, digits, `-` and `_`.
pub(super) fn is_key(text: &str) -> bool {
    !text.is_empty()
        && text.bytes().all(|byte| {
            byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'-' | b'_')
        })
}

/// Returns the words without their places.
pub(super) fn plain(words: &[Word]) -> Vec<String> {
    words.iter().map(|word| word.get_ref().clone()).collect()
}

/// Returns the first entry that an earlier entry repeats.
pub(super) fn first_repeated<'a>(words: impl IntoIterator<Item = &'a Word>) -> Option<&'a Word> {
    let mut seen = std::collections::BTreeSet::new();
    words.into_iter().find(|word| !seen.insert(word.get_ref().as_str()))
}

/// Returns what a TOML reader said, in Vietnamese; its own words stay in the cause chain.
fn in_vietnamese(message: &str) -> String {
    let names: Vec<&str> = message.split('`').skip(1).step_by(2).collect();
    let rest = || names.iter().skip(1).copied().collect::<Vec<_>>().join(", ");
    match names.first() {
        Some(name) if message.starts_with("unknown field") => {
            format!("không có khóa `{name}` ở đây; các khóa được dùng: {}", rest())
        }
        Some(name) if message.starts_with("missing field") => format!("thiếu khóa `{name}`"),
        Some(name) if message.starts_with("unknown variant") => {
            format!("giá trị `{name}` không dùng được; các giá trị được dùng: {}", rest())
        }
        Some(name) if message.starts_with("duplicate") => format!("khóa `{name}` viết hai lần"),
        _ if message.starts_with("duplicate key") => "khóa viết hai lần".to_owned(),
        _ if message.starts_with("invalid type") => {
            "giá trị không đúng kiểu (chữ viết trong ngoặc kép, số viết trần, danh sách viết trong \
             ngoặc vuông)"
                .to_owned()
        }
        _ if message.starts_with("invalid value") => "giá trị ngoài khoảng cho phép".to_owned(),
        _ => "viết sai cú pháp TOML".to_owned(),
    }
}

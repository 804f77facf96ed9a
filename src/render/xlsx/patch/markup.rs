//! The tags of an XML part with their places in it, and changes spliced into the text: what is not
//! changed stays byte for byte. It knows no element.

use std::ops::Range;

use quick_xml::{Reader, events::Event};

use super::PatchError;

/// What kind of tag it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TagKind {
    /// `<a>`
    Start,
    /// `</a>`
    End,
    /// `<a/>`
    Empty,
}

/// A tag in the text of a part.
#[derive(Clone, Copy, Debug)]
pub(super) struct Tag<'x> {
    /// The tag with its brackets.
    pub(super) text: &'x str,
    /// Where it begins in the part.
    pub(super) start: usize,
    /// What it is.
    pub(super) kind: TagKind,
    /// Elements around it; 0 for the root.
    pub(super) depth: usize,
}

/// An attribute of a tag.
#[derive(Clone, Debug)]
pub(super) struct Attribute<'x> {
    /// The name with its prefix.
    pub(super) name: &'x str,
    /// The value as it is written.
    pub(super) raw: &'x str,
    /// Where the value is in the tag.
    value: Range<usize>,
}

/// Walks over the tags of a part.
pub(super) struct Tags<'x> {
    xml: &'x str,
    /// Bytes of the mark of order before the text.
    lead: usize,
    reader: Reader<&'x [u8]>,
    depth: usize,
}

impl<'x> Tags<'x> {
    /// Returns the tags of a part, in order.
    pub(super) fn of(xml: &'x str) -> Self {
        let body = xml.strip_prefix('\u{feff}').unwrap_or(xml);
        Self { xml, lead: xml.len() - body.len(), reader: Reader::from_str(body), depth: 0 }
    }

    fn position(&self) -> usize {
        usize::try_from(self.reader.buffer_position())
            .unwrap_or(usize::MAX)
            .saturating_add(self.lead)
    }

    /// Returns the next tag; an error where the part is no XML.
    pub(super) fn next(&mut self) -> Result<Option<Tag<'x>>, PatchError> {
        loop {
            let start = self.position();
            let kind = match self.reader.read_event()? {
                Event::Start(_) => TagKind::Start,
                Event::End(_) => TagKind::End,
                Event::Empty(_) => TagKind::Empty,
                Event::DocType(_) => return Err(PatchError::Unusual("a part defines a type")),
                Event::Eof if self.depth > 0 => {
                    return Err(PatchError::Unusual("a part is cut off"));
                }
                Event::Eof => return Ok(None),
                _ => continue,
            };
            let text = self.xml.get(start..self.position());
            let text = text.ok_or(PatchError::Unusual("a tag is out of place"))?;
            if kind == TagKind::End {
                self.depth = self.depth.saturating_sub(1);
            }
            let tag = Tag { text, start, kind, depth: self.depth };
            if kind == TagKind::Start {
                self.depth += 1;
            }
            return Ok(Some(tag));
        }
    }
}

impl<'x> Tag<'x> {
    /// Returns the place behind the tag.
    pub(super) fn end(&self) -> usize {
        self.start + self.text.len()
    }

    /// Returns the place of the tag.
    pub(super) fn range(&self) -> Range<usize> {
        self.start..self.end()
    }

    /// Returns the name with its prefix.
    pub(super) fn name(&self) -> &'x str {
        let body = self.text.trim_start_matches('<').trim_start_matches('/');
        let end = |sign: char| sign.is_whitespace() || matches!(sign, '/' | '>');
        body.split(end).next().unwrap_or_default()
    }

    /// Returns the name without its prefix.
    pub(super) fn local(&self) -> &'x str {
        let name = self.name();
        name.rsplit_once(':').map_or(name, |(_, local)| local)
    }

    /// Returns the prefix with its colon; empty when there is none.
    pub(super) fn prefix(&self) -> &'x str {
        let name = self.name();
        name.strip_suffix(self.local()).unwrap_or_default()
    }

    /// Returns whether the tag begins an element of this name, with or without content.
    pub(super) fn opens(&self, name: &str) -> bool {
        self.kind != TagKind::End && self.name() == name
    }

    /// Returns the attributes in order.
    pub(super) fn attributes(&self) -> Vec<Attribute<'x>> {
        let mut attributes = Vec::new();
        let mut at = 1 + self.name().len();
        while let Some(rest) = self.text.get(at..) {
            let blank = rest.len() - rest.trim_start().len();
            let rest = rest.trim_start();
            let Some((name, after)) = rest.split_once('=') else { break };
            let value = after.trim_start();
            let Some(quote) = value.chars().next().filter(|sign| matches!(sign, '"' | '\'')) else {
                break;
            };
            let Some((raw, _)) = value.get(1..).and_then(|value| value.split_once(quote)) else {
                break;
            };
            let start = at + blank + name.len() + 1 + (after.len() - value.len()) + 1;
            let value = start..start + raw.len();
            at = value.end + 1;
            attributes.push(Attribute { name: name.trim_end(), raw, value });
        }
        attributes
    }

    /// Returns the value of the attribute of this name, prefix included.
    pub(super) fn attribute(&self, name: &str) -> Option<String> {
        self.attributes().into_iter().find(|one| one.name == name).map(|one| unescaped(one.raw))
    }

    /// Returns the attribute of this local name that has a prefix, with the prefix and its colon.
    pub(super) fn prefixed(&self, local: &str) -> Option<(&'x str, String)> {
        self.attributes().into_iter().find_map(|one| {
            let prefix = one.name.strip_suffix(local)?;
            prefix.ends_with(':').then(|| (prefix, unescaped(one.raw)))
        })
    }

    /// Returns the tag with an attribute set.
    pub(super) fn with(&self, name: &str, value: &str) -> String {
        let value = escaped(value);
        if let Some(known) = self.attributes().into_iter().find(|one| one.name == name) {
            let mut text = self.text.to_owned();
            text.replace_range(known.value, &value);
            return text;
        }
        let head = 1 + self.name().len();
        let (head, tail) = self.text.split_at_checked(head).unwrap_or((self.text, ""));
        format!("{head} {name}=\"{value}\"{tail}")
    }

    /// Returns an empty tag as a start tag, and its end tag.
    pub(super) fn opened(&self) -> (String, String) {
        let body = self.text.trim_end_matches('>').trim_end_matches('/').trim_end();
        (format!("{body}>"), format!("</{}>", self.name()))
    }
}

/// Changes to a text.
#[derive(Debug, Default)]
pub(super) struct Splices(Vec<(Range<usize>, String)>);

impl Splices {
    /// Adds words at a place; those added first stand first.
    pub(super) fn insert(&mut self, at: usize, words: impl Into<String>) {
        self.0.push((at..at, words.into()));
    }

    /// Puts words in the place of others.
    pub(super) fn replace(&mut self, range: Range<usize>, words: impl Into<String>) {
        self.0.push((range, words.into()));
    }

    /// Returns whether nothing changes.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Returns the text with the changes.
    pub(super) fn apply(mut self, text: &str) -> String {
        self.0.sort_by_key(|(range, _)| range.start);
        let added: usize = self.0.iter().map(|(_, words)| words.len()).sum();
        let mut changed = String::with_capacity(text.len() + added);
        let mut at = 0;
        for (range, words) in self.0 {
            changed.push_str(text.get(at..range.start).unwrap_or_default());
            changed.push_str(&words);
            at = at.max(range.end);
        }
        changed.push_str(text.get(at..).unwrap_or_default());
        changed
    }
}

/// Returns the root tag of a part.
pub(super) fn root(xml: &str) -> Result<Tag<'_>, PatchError> {
    Tags::of(xml).next()?.ok_or(PatchError::Unusual("a part is empty"))
}

/// Returns words as they stand in an attribute or an element; what XML cannot hold is left out.
pub(super) fn escaped(words: &str) -> String {
    let mut text = String::with_capacity(words.len());
    for sign in words.chars() {
        match sign {
            '&' => text.push_str("&amp;"),
            '<' => text.push_str("&lt;"),
            '>' => text.push_str("&gt;"),
            '"' => text.push_str("&quot;"),
            '\n' | '\t' => text.push(sign),
            '\u{0}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => {}
            _ => text.push(sign),
        }
    }
    text
}

/// Returns words as they stand in a `t` of a workbook, where `_x0041_` would be a letter.
pub(super) fn cell_text(words: &str) -> String {
    let mut text = String::with_capacity(words.len());
    let mut rest = words;
    while let Some((before, after)) = rest.split_once("_x") {
        text.push_str(before);
        let is_code = after.as_bytes().get(..5).is_some_and(|code| {
            code.get(4) == Some(&b'_') && code.iter().take(4).all(u8::is_ascii_hexdigit)
        });
        text.push_str(if is_code { "_x005F_x" } else { "_x" });
        rest = after;
    }
    text.push_str(rest);
    escaped(&text)
}

/// Returns the words of an attribute or an element.
pub(super) fn unescaped(raw: &str) -> String {
    quick_xml::escape::unescape(raw).map_or_else(|_| raw.to_owned(), std::borrow::Cow::into_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_know_their_places_and_attributes() {
        let xml = "\u{feff}<?xml version='1.0'?><x:a xmlns:x='u'><!-- <b> --><x:b  c = 'ü&amp;' r:d=\"2\"/>\n</x:a>";
        let mut tags = Tags::of(xml);
        let mut seen = Vec::new();
        while let Some(tag) = tags.next().unwrap() {
            assert_eq!(xml.get(tag.range()), Some(tag.text));
            seen.push((tag.name(), tag.kind, tag.depth));
            if tag.local() == "b" {
                assert_eq!(tag.attribute("c").as_deref(), Some("ü&"));
                assert_eq!(tag.prefixed("d"), Some(("r:", "2".to_owned())));
                assert_eq!(tag.with("c", "1"), "<x:b  c = '1' r:d=\"2\"/>");
                assert_eq!(tag.with("e", "<"), "<x:b e=\"&lt;\"  c = 'ü&amp;' r:d=\"2\"/>");
                assert_eq!(tag.opened().1, "</x:b>");
            }
        }
        let expected =
            [("x:a", TagKind::Start, 0), ("x:b", TagKind::Empty, 1), ("x:a", TagKind::End, 0)];
        assert_eq!(seen, expected);
    }

    #[test]
    fn changes_leave_the_rest_alone() {
        let mut splices = Splices::default();
        splices.insert(3, "1");
        splices.replace(0..1, "A");
        splices.insert(3, "2");
        assert_eq!(splices.apply("abcd"), "Abc12d");
    }

    #[test]
    fn no_words_become_markup_or_a_code() {
        assert_eq!(cell_text("a<b & _x0041_ _xyz_\u{7}"), "a&lt;b &amp; _x005F_x0041_ _xyz_");
    }
}

//! A look at the text of an XML part from its beginning to its end, element by element as the caller
//! expects them. It knows a small part of XML; whatever is not of it gives nothing, and the caller
//! leaves the part to a complete reader.

use std::borrow::Cow;

/// What is left of a part.
#[derive(Clone, Copy, Debug)]
pub(super) struct Scan<'x> {
    rest: &'x str,
}

/// How a start tag ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TagEnd {
    /// With `>`: content and an end tag follow.
    Open,
    /// With `/>`.
    Closed,
}

impl<'x> Scan<'x> {
    /// Returns a part behind its declaration; nothing if it may be in another encoding than UTF-8.
    pub(super) fn of_part(part: &'x [u8]) -> Option<Self> {
        let mut scan = Self { rest: simdutf8::basic::from_utf8(part).ok()? };
        if scan.eat("<?xml ") {
            let declaration = scan.before(b'>')?;
            let is_utf8 = !declaration.contains("encoding") || declaration.contains("\"UTF-8\"");
            if !is_utf8 || !declaration.ends_with('?') {
                return None;
            }
        }
        scan.skip_blanks();
        Some(scan)
    }

    /// Returns a piece of a part.
    pub(super) fn of_text(rest: &'x str) -> Self {
        Self { rest }
    }

    /// Returns what is left.
    pub(super) fn rest(self) -> &'x str {
        self.rest
    }

    /// Passes over the given characters if they come next.
    #[inline]
    pub(super) fn eat(&mut self, expected: &str) -> bool {
        match self.rest.strip_prefix(expected) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
    }

    /// Passes over some bytes.
    #[inline]
    pub(super) fn pass(&mut self, length: usize) -> Option<()> {
        self.rest = self.rest.get(length..)?;
        Some(())
    }

    /// Passes over blanks between elements.
    #[inline]
    pub(super) fn skip_blanks(&mut self) {
        if self.rest.as_bytes().first().is_some_and(u8::is_ascii_whitespace) {
            self.rest = self.rest.trim_ascii_start();
        }
    }

    /// Returns what stands before an ASCII character and passes over both.
    #[inline]
    pub(super) fn before(&mut self, mark: u8) -> Option<&'x str> {
        let position = self.rest.as_bytes().iter().position(|byte| *byte == mark)?;
        let (before, after) = self.rest.split_at_checked(position)?;
        self.rest = after.get(1..)?;
        Some(before)
    }

    /// Returns the text of an element without elements in it and passes over its end tag, given
    /// without its `<`.
    #[inline]
    pub(super) fn text_before(&mut self, end_tag: &str) -> Option<&'x str> {
        let text = self.before(b'<')?;
        self.eat(end_tag).then_some(text)
    }

    /// Passes over the rest of a start tag behind its name and gives its attributes to a function,
    /// which may refuse them.
    #[inline]
    pub(super) fn attributes(
        &mut self,
        mut take: impl FnMut(&'x str, &'x str) -> Option<()>,
    ) -> Option<TagEnd> {
        loop {
            match self.rest.as_bytes() {
                [b'>', ..] => {
                    self.rest = self.rest.get(1..)?;
                    return Some(TagEnd::Open);
                }
                [b'/', b'>', ..] => {
                    self.rest = self.rest.get(2..)?;
                    return Some(TagEnd::Closed);
                }
                [blank, ..] if blank.is_ascii_whitespace() => self.skip_blanks(),
                _ => return None,
            }
            if self.rest.starts_with(['>', '/']) {
                continue;
            }
            let key = self.before(b'=')?;
            let value = if self.eat("\"") { self.before(b'"')? } else { return None };
            if !is_name(key) || value.contains('<') {
                return None;
            }
            take(key, value)?;
        }
    }

    /// Passes over a start tag, an end tag or blanks of any kind; returns the name of a start tag.
    pub(super) fn any_tag(
        &mut self,
        mut take: impl FnMut(&'x str, &'x str, &'x str) -> Option<()>,
    ) -> Option<()> {
        self.skip_blanks();
        if !self.eat("<") {
            return None;
        }
        let is_end = self.eat("/");
        let length = self.rest.bytes().take_while(|byte| is_of_name(*byte)).count();
        let (name, rest) = self.rest.split_at_checked(length).filter(|_| length > 0)?;
        self.rest = rest;
        if is_end {
            return self.eat(">").then_some(());
        }
        take(name, "", "")?;
        self.attributes(|key, value| take(name, key, value)).map(drop)
    }
}

fn is_of_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b':' | b'_' | b'-' | b'.')
}

#[inline]
fn is_name(key: &str) -> bool {
    !key.is_empty() && key.bytes().all(is_of_name)
}

/// Returns a text with its five named entities as the characters they stand for; nothing if it holds
/// other entities, carriage returns or the escapes of Office (`_x000D_`).
#[inline]
pub(super) fn decoded(text: &str) -> Option<Cow<'_, str>> {
    // Without an end at the first one, as most texts have none and many bytes are looked at in one go.
    let is_one = |byte: u8| matches!(byte, b'&' | b'\r' | b'_');
    if !text.bytes().fold(false, |any, byte| any | is_one(byte)) {
        return Some(Cow::Borrowed(text));
    }
    if text.contains('\r') || text.contains("_x") {
        return None;
    }
    let mut pieces = text.split('&');
    let mut decoded = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let (entity, after) = piece.split_once(';')?;
        decoded.push(match entity {
            "amp" => '&',
            "lt" => '<',
            "gt" => '>',
            "quot" => '"',
            "apos" => '\'',
            _ => return None,
        });
        decoded.push_str(after);
    }
    Some(Cow::Owned(decoded))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entities_are_decoded_or_left_to_others() {
        assert_eq!(decoded("a_b &lt;&amp;amp;").as_deref(), Some("a_b <&amp;"));
        for text in ["&#10;", "& ", "&nbsp;", "a\r\nb", "_x000D_", "&amp"] {
            assert_eq!(decoded(text), None, "{text:?}");
        }
    }

    #[test]
    fn attributes_are_well_formed_or_nothing() {
        let read = |tag: &str| {
            let mut found = Vec::new();
            let mut scan = Scan { rest: tag };
            let end = scan.attributes(|key, value| {
                found.push(format!("{key}={value}"));
                Some(())
            })?;
            Some((end, found.join(" "), scan.rest.to_owned()))
        };
        let closed = Some((TagEnd::Closed, "r=B7 x14:s=1>2".to_owned(), "<".to_owned()));
        assert_eq!(read(" r=\"B7\" x14:s=\"1>2\" /><"), closed);
        assert_eq!(read("\n>x"), Some((TagEnd::Open, String::new(), "x".to_owned())));
        for tag in
            ["", " r=\"1", " r=1>", " r='1'>", "r=\"1\">", " r>", " r=\"1\"s=\"2\">", " r = \"1\">"]
        {
            assert_eq!(read(tag), None, "{tag}");
        }
        let parts = [
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?><a>",
            "<a>",
            "<?xml version=\"1.0\"?>\n<a>",
        ];
        for part in parts {
            assert_eq!(Scan::of_part(part.as_bytes()).map(Scan::rest), Some("<a>"), "{part}");
        }
        let other = b"<?xml version=\"1.0\" encoding=\"windows-1258\"?><a>";
        assert!(Scan::of_part(other).is_none());
    }
}

//! What the start tags of rows and cells say, and the references and numbers in them.

use super::xml::{Scan, TagEnd};
use crate::place::CellRef;

/// Last row and column of a sheet.
const LAST_ROW: u32 = 1_048_576;
const LAST_COLUMN: u32 = 16_384;
/// Most digits of a number in a tag.
const MOST_DIGITS: usize = 7;
/// The attributes of a row that matter.
#[derive(Clone, Copy, Default)]
pub(super) struct Row {
    /// Its number, counted from 0.
    pub(super) number: Option<u32>,
    pub(super) hidden: bool,
}

impl Row {
    #[inline]
    pub(super) fn take(&mut self, key: &str, value: &str) -> Option<()> {
        match key {
            "r" => self.number = Some(number_of(value)?.checked_sub(1)?),
            "hidden" => self.hidden = is_true(value),
            // Another meaning of the names within.
            _ if key.starts_with("xmlns") => return None,
            _ => {}
        }
        Some(())
    }
}

/// The attributes of a cell.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Head<'x> {
    pub(super) place: Option<CellRef>,
    pub(super) style: Option<usize>,
    pub(super) kind: Option<&'x str>,
}

impl<'x> Head<'x> {
    /// Returns the attributes of a cell whose name was passed, and passes over them.
    #[inline]
    pub(super) fn read(scan: &mut Scan<'x>) -> Option<(Self, TagEnd)> {
        if let Some((head, end, length)) = Self::usual(scan.rest().as_bytes()) {
            scan.pass(length)?;
            return Some((head, end));
        }
        let mut head = Self::default();
        let end = scan.attributes(|key, value| head.take(key, value))?;
        Some((head, end))
    }

    /// Returns the attributes as programs write those of nearly every cell, ` r="B7" s="4" t="s">`, and how
    /// many bytes they take; nothing if they are written otherwise.
    fn usual(tag: &[u8]) -> Option<(Self, TagEnd, usize)> {
        let (place, mut rest) = usual_place(tag.strip_prefix(b" r=\"")?)?;
        let mut head = Self { place: Some(place), ..Self::default() };
        if let Some(value) = rest.strip_prefix(b" s=\"") {
            let (style, behind) = digits(value)?;
            head.style = Some(usize::try_from(style).ok()?);
            rest = behind.strip_prefix(b"\"")?;
        }
        if let Some(behind) = rest.strip_prefix(b" t=\"s\"") {
            head.kind = Some("s");
            rest = behind;
        }
        let (end, behind) = match rest {
            [b'>', behind @ ..] => (TagEnd::Open, behind),
            [b'/', b'>', behind @ ..] => (TagEnd::Closed, behind),
            _ => return None,
        };
        Some((head, end, tag.len() - behind.len()))
    }

    /// Takes an attribute; refuses one that is not known, comes twice or is not as it should be.
    #[inline]
    pub(super) fn take(&mut self, key: &str, value: &'x str) -> Option<()> {
        match key {
            "r" if self.place.is_none() => self.place = Some(place(value)?),
            "s" if self.style.is_none() => {
                self.style = Some(usize::try_from(number_of(value)?).ok()?);
            }
            "t" if self.kind.is_none() => self.kind = Some(value),
            "cm" | "vm" | "ph" => {}
            _ => return None,
        }
        Some(())
    }
}

/// Returns whether an attribute of Office Open XML says yes.
#[inline]
pub(super) fn is_true(value: &str) -> bool {
    matches!(value, "1" | "true")
}

/// Returns the place that a reference such as "AB12" names.
#[inline]
pub(super) fn place(reference: &str) -> Option<CellRef> {
    let letters = reference.bytes().take_while(u8::is_ascii_uppercase).count();
    let (letters, digits) = reference.split_at_checked(letters)?;
    if letters.len() > 3 {
        return None;
    }
    let column =
        letters.bytes().fold(0, |column, letter| column * 26 + u32::from(letter - b'A') + 1);
    place_of(number_of(digits)?, column)
}

/// Returns the place with which a quoted value begins, and what follows the quote.
#[inline]
fn usual_place(value: &[u8]) -> Option<(CellRef, &[u8])> {
    let (mut column, mut rest) = (0, value);
    while let [letter @ b'A'..=b'Z', behind @ ..] = rest {
        column = column * 26 + u32::from(letter - b'A') + 1;
        rest = (column <= LAST_COLUMN).then_some(behind)?;
    }
    let (row, rest) = digits(rest)?;
    Some((place_of(row, column)?, rest.strip_prefix(b"\"")?))
}

/// Returns a number of one to [`MOST_DIGITS`] digits, and what follows it.
#[inline]
fn digits(value: &[u8]) -> Option<(u32, &[u8])> {
    let (mut number, mut rest) = (0, value);
    while let [digit @ b'0'..=b'9', behind @ ..] = rest {
        number = number * 10 + u32::from(digit - b'0');
        rest = behind;
        if value.len() - rest.len() > MOST_DIGITS {
            return None;
        }
    }
    (rest.len() < value.len()).then_some((number, rest))
}

/// Returns the place in a row and a column counted from 1.
#[inline]
fn place_of(row: u32, column: u32) -> Option<CellRef> {
    let is_of_a_sheet = (1..=LAST_ROW).contains(&row) && (1..=LAST_COLUMN).contains(&column);
    is_of_a_sheet.then(|| CellRef { row: row - 1, column: column - 1 })
}

/// Returns a number of one to [`MOST_DIGITS`] digits.
#[inline]
pub(super) fn number_of(digits: &str) -> Option<u32> {
    let is_short = (1..=MOST_DIGITS).contains(&digits.len());
    if !is_short || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    Some(digits.bytes().fold(0, |number, digit| number * 10 + u32::from(digit - b'0')))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns what a tag says when it is read attribute by attribute.
    fn slowly(tag: &str) -> Option<(Head<'_>, TagEnd, usize)> {
        let mut scan = Scan::of_text(tag);
        let mut head = Head::default();
        let end = scan.attributes(|key, value| head.take(key, value))?;
        Some((head, end, tag.len() - scan.rest().len()))
    }

    #[test]
    fn usual_tags_say_the_same_as_attribute_by_attribute() {
        for tag in [
            " r=\"A1\"/><c",
            " r=\"B7\" s=\"4\" t=\"s\"><v>",
            " r=\"XFD1048576\" s=\"0\">",
            " r=\"C3\" t=\"s\"/>",
        ] {
            let usual = Head::usual(tag.as_bytes());
            assert!(usual.is_some(), "{tag}");
            assert_eq!(usual, slowly(tag), "{tag}");
        }
        for tag in [
            " r=\"XFE1\">",
            " r=\"A0\">",
            " r=\"A1048577\">",
            " r=\"AAAA1\">",
            " r=\"A\">",
            " r=\"1\">",
            " r=\"A10000000\">",
            " r=\"A1\" s=\"\">",
            " r=\"A1\" s=\"x\">",
            " r=\"A1\" t=\"str\">",
            " t=\"s\" r=\"A1\">",
            " r=\"A1\" ",
            "ols>",
        ] {
            assert_eq!(Head::usual(tag.as_bytes()), None, "{tag}");
        }
    }
}

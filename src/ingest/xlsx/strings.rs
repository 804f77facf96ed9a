//! The shared strings of a workbook, and the text of a cell that carries its own: plain or in runs
//! of several looks. Phonetic guides are left to a complete reader.

use std::borrow::Cow;

use super::xml::{Scan, TagEnd, decoded};
use crate::ingest::{CellContent, workbook::text_content};

/// Returns what the shared strings put into a cell, by their index.
pub(super) fn shared_strings(part: &[u8]) -> Option<Vec<CellContent>> {
    let mut scan = Scan::of_part(part)?;
    if !scan.eat("<sst") {
        return None;
    }
    let mut strings = Vec::new();
    if scan.attributes(|_, _| Some(()))? == TagEnd::Closed {
        return scan.rest().trim_ascii().is_empty().then_some(strings);
    }
    loop {
        scan.skip_blanks();
        if scan.eat("<si>") {
            strings.push(text_content(&string(&mut scan, "</si>")?));
        } else if scan.eat("<si/>") {
            strings.push(text_content(""));
        } else {
            let ends = scan.eat("</sst>") && scan.rest().trim_ascii().is_empty();
            return ends.then_some(strings);
        }
    }
}

/// Returns the text of a string and passes over its end tag.
pub(super) fn string<'x>(scan: &mut Scan<'x>, end_tag: &str) -> Option<Cow<'x, str>> {
    let mut string = Cow::Borrowed("");
    let mut in_run = false;
    loop {
        scan.skip_blanks();
        if !in_run && scan.eat(end_tag) {
            return Some(string);
        }
        if scan.eat("<t") {
            let text = text(scan)?;
            if string.is_empty() { string = text } else { string.to_mut().push_str(&text) }
        } else if in_run && scan.eat("</r>") {
            in_run = false;
        } else if !in_run && scan.eat("<r>") {
            in_run = true;
        } else if in_run && scan.eat("<rPr>") {
            skip_looks(scan)?;
        } else {
            return None;
        }
    }
}

/// Returns the text of a `t` whose name was passed, trimmed unless it says that blanks count.
fn text<'x>(scan: &mut Scan<'x>) -> Option<Cow<'x, str>> {
    let mut preserves = false;
    let end = scan.attributes(|key, value| {
        preserves = value == "preserve";
        (key == "xml:space").then_some(())
    })?;
    if end == TagEnd::Closed {
        return Some(Cow::Borrowed(""));
    }
    let text = scan.text_before("/t>")?;
    decoded(if preserves { text } else { text.trim_matches([' ', '\t', '\n', '\r']) })
}

/// Passes over the looks of a run: elements without content.
fn skip_looks(scan: &mut Scan<'_>) -> Option<()> {
    loop {
        scan.skip_blanks();
        if scan.eat("</rPr>") {
            return Some(());
        }
        if scan.rest().starts_with("<t")
            || scan.rest().starts_with("<r")
            || scan.rest().starts_with("</")
        {
            return None;
        }
        scan.any_tag(|_, _, _| Some(()))?;
    }
}

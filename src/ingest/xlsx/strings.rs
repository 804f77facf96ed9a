//! The shared strings of a workbook, and the text of a cell that carries its own: plain or in runs
//! of several looks. Phonetic guides are left to a complete reader.

use std::borrow::Cow;

use super::{
    tags::is_true,
    xml::{Scan, TagEnd, decoded},
};

/// About how long the text of a shared string is with its tags.
const BYTES_OF_A_STRING: usize = 40;

/// Returns the shared strings by their index; most are pieces of the part as it stands.
pub(super) fn shared_strings(part: &[u8]) -> Option<Vec<Cow<'_, str>>> {
    let mut scan = Scan::of_part(part)?;
    if !scan.eat("<sst") {
        return None;
    }
    let mut strings = Vec::with_capacity(part.len() / BYTES_OF_A_STRING);
    if scan.attributes(|_, _| Some(()))? == TagEnd::Closed {
        return scan.rest().trim_ascii().is_empty().then_some(strings);
    }
    loop {
        scan.skip_blanks();
        if scan.eat("<si>") {
            strings.push(string(&mut scan, "</si>")?);
        } else if scan.eat("<si/>") {
            strings.push(Cow::Borrowed(""));
        } else {
            let ends = scan.eat("</sst>") && scan.rest().trim_ascii().is_empty();
            return ends.then_some(strings);
        }
    }
}

/// Returns the text of a string and passes over its end tag; what is struck through in it stands in brackets, as
/// it is neither said nor gone.
pub(super) fn string<'x>(scan: &mut Scan<'x>, end_tag: &str) -> Option<Cow<'x, str>> {
    let mut string = Cow::Borrowed("");
    let (mut in_run, mut is_struck) = (false, false);
    loop {
        scan.skip_blanks();
        if !in_run && scan.eat(end_tag) {
            return Some(string);
        }
        if scan.eat("<t") {
            let text = text(scan)?;
            let text = if is_struck { Cow::Owned(format!("[gạch: {text}] ")) } else { text };
            if string.is_empty() { string = text } else { string.to_mut().push_str(&text) }
        } else if in_run && scan.eat("</r>") {
            (in_run, is_struck) = (false, false);
        } else if !in_run && scan.eat("<r>") {
            in_run = true;
        } else if in_run && scan.eat("<rPr>") {
            is_struck = has_strike(scan)?;
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

/// Passes over the looks of a run, elements without content; returns whether they strike it through.
fn has_strike(scan: &mut Scan<'_>) -> Option<bool> {
    let mut is_struck = false;
    loop {
        scan.skip_blanks();
        if scan.eat("</rPr>") {
            return Some(is_struck);
        }

        if scan.rest().starts_with("<t")
            || scan.rest().starts_with("<r")
            || scan.rest().starts_with("</")
        {
            return None;
        }
        scan.any_tag(|name, key, value| {
            match (name, key) {
                ("strike", "") => is_struck = true,
                ("strike", "val") => is_struck = is_true(value),
                _ => {}
            }
            Some(())
        })?;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_struck_through_stands_in_brackets() {
        let run = |looks: &str, words: &str| {
            format!("<r><rPr>{looks}<sz val=\"11\"/></rPr><t>{words}</t></r>")
        };
        for (runs, expected) in [
            (run("<strike/>", "669") + &run("", "676"), "[gạch: 669] 676"),
            (run("<strike val=\"0\"/>", "669"), "669"),
            (run("<b/>", "Số ") + "<r><t>buổi</t></r>", "Sốbuổi"),
        ] {
            let part = format!("<sst><si>{runs}</si></sst>");
            let strings = shared_strings(part.as_bytes()).unwrap();
            assert_eq!(strings, [expected], "{runs}");
        }
    }
}

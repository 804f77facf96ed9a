//! What the pages of an OpenDocument spreadsheet show above and below their sheets, by the name of the kind of
//! page.

use std::collections::BTreeMap;

use quick_xml::{
    Reader,
    events::{BytesStart, Event},
};

use crate::ingest::{
    hanging::LONGEST_HANGING,
    markup::{MarkupError, attribute, pass_over, push_reference},
};

/// Numbers of pages, names of sheets and the like, which say nothing of figures.
const FIELDS: [&str; 8] = [
    "page-number",
    "page-count",
    "sheet-name",
    "date",
    "time",
    "title",
    "file-name",
    "author-name",
];

/// Words of pages by the name of their kind.
pub(super) type Pages = BTreeMap<String, String>;

/// Returns the words of the kinds of pages that a part describes; of one that ends before its elements do what
/// it says so far.
pub(super) fn pages(part: &str) -> Pages {
    let mut pages = Pages::new();
    read(part, &mut pages).unwrap_or_default();
    pages.retain(|_, words| !words.trim().is_empty());
    pages
}

fn read(part: &str, pages: &mut Pages) -> Result<(), MarkupError> {
    let mut reader = Reader::from_str(part);
    let mut page = None;
    loop {
        match reader.read_event()? {
            Event::Start(element) => match element.local_name().as_ref() {
                "master-page" => page = attribute(&element, "name"),
                "header" | "footer" if page.is_some() => {
                    let is_shown = is_displayed(&element);
                    let words = words(&mut reader)?;
                    if let Some(page) = page.clone().filter(|_| is_shown) {
                        pages.entry(page).or_default().push_str(&words);
                    }
                }
                _ => {}
            },
            Event::Eof => return Ok(()),
            _ => {}
        }
    }
}

fn is_displayed(element: &BytesStart<'_>) -> bool {
    attribute(element, "display").as_deref() != Some("false")
}

/// Returns the words of a head or foot up to its end.
fn words(reader: &mut Reader<&[u8]>) -> Result<String, MarkupError> {
    let mut words = String::new();
    let mut depth = 0_usize;
    loop {
        match reader.read_event()? {
            Event::Start(element) if FIELDS.contains(&element.local_name().as_ref()) => {
                pass_over(reader)?;
            }
            Event::Start(_) => depth += 1,
            Event::Text(text) if words.len() < LONGEST_HANGING => words.push_str(&text),
            Event::GeneralRef(reference) => push_reference(&mut words, &reference)?,
            Event::End(_) if depth == 0 => {
                words.push(' ');
                return Ok(words);
            }
            Event::End(_) => {
                depth -= 1;
                words.push(' ');
            }
            Event::Eof => return Err(MarkupError::CutOff),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_show_words_and_fields_that_say_nothing() {
        let head =
            "<style:header><text:p>Số liệu <text:span>tháng 2</text:span></text:p></style:header>";
        let foot = "<style:footer><text:p>Trang <text:page-number>1</text:page-number></text:p></style:footer>";
        let off = "<style:header style:display=\"false\"><text:p>Nháp</text:p></style:header>";
        let part = format!(
            "<a><style:master-page style:name=\"Default\">{head}{foot}</style:master-page>\
             <style:master-page style:name=\"Off\">{off}</style:master-page></a>"
        );
        let pages = pages(&part);
        assert_eq!(pages.keys().collect::<Vec<_>>(), ["Default"]);
        let words: Vec<&str> = pages["Default"].split_whitespace().collect();
        assert_eq!(words.join(" "), "Số liệu tháng 2 Trang");
    }
}

//! Page numbers and annexes: which pages belong together, what stands at the head of an annex.

use super::super::page::{Line, Page};
use super::{is_tabular, joined, plain, rule_under};

/// The margin in which a page number is looked for, in millimetres.
const MARGIN: f64 = 26.0;
/// A margin that is too wide, in which a number stands apart from the text.
const WIDE_MARGIN: f64 = 45.0;
/// How far apart, in millimetres.
const APART: f64 = 8.0;

/// A page with its place in a section.
#[derive(Debug)]
pub(in super::super) struct NumberedPage {
    /// 0 for the text, then one for each annex.
    pub(in super::super) section: usize,
    /// Place in the section, from 1.
    pub(in super::super) place: usize,
    /// The printed number.
    pub(in super::super) number: Option<Line>,
}

/// The head of an annex.
#[derive(Debug)]
pub(in super::super) struct Annex {
    /// Page, from 1.
    pub(in super::super) page: usize,
    /// "Phụ lục I".
    pub(in super::super) label: Line,
    /// Title.
    pub(in super::super) title: Vec<Line>,
    /// "(Kèm theo …)".
    pub(in super::super) attached: Vec<Line>,
}

/// Returns every page with its section, and the heads of the annexes.
pub(super) fn sections(pages: &[Page]) -> (Vec<NumberedPage>, Vec<Annex>) {
    let (mut numbered, mut annexes) = (Vec::new(), Vec::new());
    let mut place = 0;
    for page in pages {
        let label = page.lines.iter().find(|line| is_label(page, line));
        place += 1;
        if let Some(label) = label {
            annexes.push(annex(page, label));
            place = 1;
        }
        numbered.push(NumberedPage { section: annexes.len(), place, number: number(page) });
    }
    (numbered, annexes)
}

fn is_label(page: &Page, line: &Line) -> bool {
    let words = plain(&line.text);
    let Some(rest) = words.strip_prefix("phu luc") else { return false };
    let is_number = |rest: &str| rest.chars().all(|c| c.is_ascii_digit() || "ivxlc".contains(c));
    line.baseline < page.height * 0.3 && rest.len() < 8 && is_number(rest.trim())
}

fn annex(page: &Page, label: &Line) -> Annex {
    let mut head =
        Annex { page: page.number, label: label.clone(), title: Vec::new(), attached: Vec::new() };
    let mut last = label.clone();
    let mut below =
        page.lines.iter().filter(|line| line.baseline > label.baseline + 0.5).peekable();
    while let Some(line) = below.next() {
        let mut parts = vec![line.clone()];
        while let Some(part) = below.next_if(|next| (next.baseline - line.baseline).abs() < 0.5) {
            parts.push(part.clone());
        }
        let Some(line) = joined(&parts) else { break };
        let is_attached = !head.attached.is_empty() || plain(&line.text).starts_with("(kem theo");
        let is_near = line.baseline - last.baseline < 13.0;
        let is_centred = (line.centre() - label.centre()).abs() < 12.0;
        let is_done = rule_under(page, &last).is_some()
            || head.attached.last().is_some_and(|line| line.text.ends_with(')'));
        if is_done || !is_near || !is_centred || is_tabular(page, &line) {
            break;
        }
        last = line.clone();
        if is_attached { head.attached.push(line) } else { head.title.push(line) }
    }
    head
}

/// Returns the line of a page that is its number, first or last of the page: digits, also where they
/// stand in words that the decree does not know.
fn number(page: &Page) -> Option<Line> {
    let is_number = |line: &&Line| {
        let is_alone =
            page.lines.iter().filter(|o| (o.baseline - line.baseline).abs() < 1.0).count() == 1;
        is_page_number(&line.text) && is_alone && !is_tabular(page, line)
    };
    let first = page.lines.first().filter(is_number);
    let last = page.lines.last().filter(is_number);
    first
        .filter(|line| {
            let next = page.lines.get(1).map_or(f64::MAX, |next| next.baseline);
            line.baseline < MARGIN || (line.baseline < WIDE_MARGIN && next - line.baseline > APART)
        })
        .or_else(|| last.filter(|line| line.baseline > page.height - MARGIN))
        .cloned()
}

/// Returns whether a line says a page: "2", "- 2 -", "ii", "Trang 2", "2/5".
fn is_page_number(text: &str) -> bool {
    let words = plain(text);
    let words = words.strip_prefix("trang").or(words.strip_prefix("page")).unwrap_or(&words);
    let words = words.trim_matches(|c: char| c == '-' || c.is_whitespace());
    let is_count = |part: &str| {
        let part = part.trim();
        let is_roman = part.chars().all(|c| "ivx".contains(c));
        (1..=4).contains(&part.len()) && (is_roman || part.chars().all(|c| c.is_ascii_digit()))
    };
    words.split('/').count() <= 2 && words.split('/').all(is_count)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn page_numbers_are_known_in_words_that_are_not_asked_for() {
        for text in ["2", "- 12 -", "ii", "Trang 2", "Trang 2/5", "2/5"] {
            assert!(is_page_number(text), "{text}");
        }
        for text in ["", "-", "Số: 2", "2.113", "1/2/3", "Trang", "12345", "xã"] {
            assert!(!is_page_number(text), "{text}");
        }
    }
}

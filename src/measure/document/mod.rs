//! Recognises the components of a document (ô 1 to 14 of Phụ lục I, Mục IV) by their words and
//! places, without judging them: what stands wrong must still be found.

mod annex;
mod body;
mod columns;
mod ending;
mod figure;
mod head;

pub(super) use annex::{Annex, NumberedPage};
pub(super) use body::{Body, Edges, Paragraph};
pub(super) use ending::Ending;
pub(super) use head::{Head, SAME_ROW};

use super::page::{Line, Page, Rule, Run, is_blank};
use crate::text;

/// A document with its components.
#[derive(Debug)]
pub(super) struct Document<'p> {
    /// All pages.
    pub(super) pages: &'p [Page],
    /// Pages with the number that stands in a margin.
    pub(super) numbered: Vec<NumberedPage>,
    /// Ô 1 to 5 and 9a, of page 1.
    pub(super) head: Head,
    /// Ô 6.
    pub(super) body: Body,
    /// Ô 7 and 9b.
    pub(super) ending: Option<Ending>,
    /// Annexes, in their order.
    pub(super) annexes: Vec<Annex>,
}

impl<'p> Document<'p> {
    /// Returns the components that are found in some pages.
    pub(super) fn of(pages: &'p [Page]) -> Self {
        let (numbered, annexes) = annex::sections(pages);
        let main_pages = numbered.iter().take_while(|page| page.section == 0).count();
        let main = pages.get(..main_pages).unwrap_or(pages);
        let head = pages.first().map(Head::of).unwrap_or_default();
        let ending = Ending::of(main, &numbered);
        let body = Body::of(main, &numbered, &head, ending.as_ref());
        Self { pages, numbered, head, body, ending, annexes }
    }
}

/// Returns words without marks, in lower case, with single blanks.
pub(super) fn plain(words: &str) -> String {
    text::strip_marks(words)
}

/// Returns one line of the parts that a gap divides, blanks standing for the gaps.
pub(super) fn joined(parts: &[Line]) -> Option<Line> {
    let mut parts = parts.iter();
    let mut line = parts.next()?.clone();
    for part in parts {
        let em = line.size().max(1.0) * super::page::MM;
        let blanks = blanks_for(part.left - line.right, em);
        let blanks = " ".repeat(blanks);
        line.text = format!("{}{blanks}{}", line.text, part.text);
        if let Some(last) = line.runs.last_mut() {
            last.text.push_str(&blanks);
        }
        line.runs.extend(part.runs.iter().cloned());
        line.right = part.right;
    }
    Some(line)
}

/// Returns how many blanks of a quarter of an em fill a gap; at least one.
fn blanks_for(gap: f64, em: f64) -> usize {
    (1..60).take_while(|count| f64::from(*count) * 0.25 * em <= gap).count().max(1)
}

/// Returns the nearest rule under a line that belongs to it.
pub(super) fn rule_under(page: &Page, line: &Line) -> Option<Rule> {
    rule_under_lines(page, &[line])
}

/// Returns the nearest rule under the last of some lines; the longest of them says how long it may be.
pub(super) fn rule_under_lines(page: &Page, lines: &[&Line]) -> Option<Rule> {
    let line = *lines.last()?;
    let longest = lines.iter().map(|line| line.width()).fold(0.0, f64::max);
    let belongs = |rule: &&Rule| {
        (0.3..9.0).contains(&(rule.y - line.baseline))
            && rule.left < line.right
            && rule.right > line.left
            && rule.length() < longest * 1.6
    };
    let next = page
        .lines
        .iter()
        .filter(|other| other.left < line.right && other.right > line.left)
        .map(|other| other.baseline)
        .filter(|baseline| *baseline > line.baseline + 1.0)
        .fold(f64::MAX, f64::min);
    page.rules.iter().filter(belongs).find(|rule| rule.y < next).copied()
}

/// Returns whether a word has letters and all of them are capitals.
pub(super) fn is_capitals(words: &str) -> bool {
    words.chars().any(char::is_alphabetic) && !words.chars().any(char::is_lowercase)
}

/// Returns whether a line stands in a table or frame: between upright lines.
pub(super) fn is_tabular(page: &Page, line: &Line) -> bool {
    let middle = line.baseline - 1.0;
    let beside = page.uprights.iter().filter(|u| (u.top..=u.bottom).contains(&middle));
    let (left, right) = (line.left + 0.5, line.right - 0.5);
    beside.clone().any(|u| u.x <= left) && beside.clone().any(|u| u.x >= right)
}

/// Returns the run that is printed at the left end of a line.
pub(super) fn first_run(line: &Line) -> Option<&Run> {
    line.runs.iter().find(|run| run.text.chars().any(|c| !is_blank(c)))
}

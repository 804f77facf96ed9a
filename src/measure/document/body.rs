//! The text (ô 6): its edges and its paragraphs. Tables, footnotes, page numbers and what belongs to
//! the head or the ending are left out.

use super::super::page::{Line, MM, Page};
use super::{Ending, Head, NumberedPage, figure::without_figures, is_tabular, joined};

/// How far a line must begin behind the edge to begin a paragraph, in millimetres.
const INDENT: f64 = 3.0;
/// Edges nearer than this, in millimetres, are one.
const SAME_EDGE: f64 = 0.35;
/// Signs that typst and TeX let hang into the margin, and how wide one is, as a share of the size.
const HANGING: [char; 7] = [',', '.', ';', ':', '-', '”', '’'];
const HANGING_WIDTH: f64 = 0.45;
/// Signs with which a paragraph ends.
const ENDS: [char; 6] = ['.', ';', ':', '!', '?', '/'];
/// How far before the edge a full line may end in ragged text, in millimetres.
const RAGGED: f64 = 15.0;
/// How far right of the seen middle the true one of ragged text may be, in millimetres.
const UNSURE_MIDDLE: f64 = 5.0;

/// The text of a document.
#[derive(Debug, Default)]
pub(in super::super) struct Body {
    /// Edges of the text; nothing when there is too little text to tell.
    pub(in super::super) edges: Option<Edges>,
    /// Paragraphs in their order.
    pub(in super::super) paragraphs: Vec<Paragraph>,
}

/// The edges of the text, from the left of the page.
#[derive(Clone, Copy, Debug)]
pub(in super::super) struct Edges {
    /// Where lines that go on begin.
    pub(in super::super) left: f64,
    /// Where full lines end.
    pub(in super::super) right: f64,
    /// Whether most full lines end there; else the text is ragged and its true edge is further right.
    pub(in super::super) is_firm: bool,
}

/// A paragraph.
#[derive(Debug)]
pub(in super::super) struct Paragraph {
    /// Lines with their pages.
    pub(in super::super) lines: Vec<(usize, Line)>,
    /// Its words, lines joined.
    pub(in super::super) text: String,
}

impl Body {
    /// Returns the text that stands between head and ending.
    pub(super) fn of(
        pages: &[Page],
        numbered: &[NumberedPage],
        head: &Head,
        ending: Option<&Ending>,
    ) -> Self {
        let mut lines = Vec::new();
        for (page, numbered) in pages.iter().zip(numbered) {
            if ending.is_some_and(|ending| page.number > ending.page) {
                break;
            }
            let from = if page.number == 1 { head.end } else { 0.0 };
            let to = ending.filter(|ending| ending.page == page.number);
            let to = to.map_or(f64::MAX, |ending| ending.begin);
            let number = numbered.number.as_ref().map(|line| line.baseline);
            let text = page.lines.iter().filter(|line| {
                (from..to).contains(&line.baseline)
                    && number != Some(line.baseline)
                    && !is_tabular(page, line)
                    && !is_note(page, line)
            });
            let rows = without_figures(rows(text));
            lines.extend(rows.into_iter().map(|line| (page.number, line)));
        }
        let Some(edges) = edges(&lines) else { return Self::default() };
        let paragraphs = paragraphs(lines, edges);
        Self { edges: Some(edges), paragraphs }
    }
}

impl Edges {
    /// Returns the middle of the text.
    pub(in super::super) fn centre(self) -> f64 {
        self.left.midpoint(self.right)
    }

    /// Returns whether the sign at the end of a line hangs into the margin.
    pub(in super::super) fn hangs(self, line: &Line) -> bool {
        let over = line.right - self.right;
        over > 0.0 && over <= HANGING_WIDTH * line.size() * MM && line.text.ends_with(HANGING)
    }

    /// Returns the middle of the text that is nearest to a place: of ragged text it is not known.
    pub(in super::super) fn middle_near(self, place: f64) -> f64 {
        let centre = self.centre();
        if self.is_firm { centre } else { place.clamp(centre, centre + UNSURE_MIDDLE) }
    }
}

impl Paragraph {
    /// Returns the first line and its page.
    pub(in super::super) fn first(&self) -> Option<&(usize, Line)> {
        self.lines.first()
    }

    /// Returns whether every line is bold.
    pub(in super::super) fn is_bold(&self) -> bool {
        self.lines.iter().all(|(_, line)| line.is_bold())
    }

    /// Returns whether it stands in the middle of the text, as "Phần I" does.
    pub(in super::super) fn is_centred(&self, edges: Edges) -> bool {
        self.lines.iter().all(|(_, line)| {
            line.left > edges.left + INDENT
                && (line.centre() - edges.centre()).abs() < 1.5
                && line.right < edges.right - INDENT
        })
    }
}

/// Returns whether a line is small print under a rule at the foot of a page.
fn is_note(page: &Page, line: &Line) -> bool {
    let over =
        page.rules.iter().filter(|rule| rule.y < line.baseline && rule.y > page.height * 0.6);
    line.size() <= 12.05 && over.clone().any(|rule| rule.left < line.left + 1.0)
}

/// Returns the lines of each base line as one.
fn rows<'l>(lines: impl Iterator<Item = &'l Line>) -> Vec<Line> {
    let mut rows: Vec<Vec<Line>> = Vec::new();
    for line in lines {
        match rows.last_mut() {
            Some(row) if row.iter().any(|l| (l.baseline - line.baseline).abs() < 0.5) => {
                row.push(line.clone());
            }
            _ => rows.push(vec![line.clone()]),
        }
    }
    rows.iter().filter_map(|row| joined(row)).collect()
}

/// Returns the edges that most lines share.
fn edges(lines: &[(usize, Line)]) -> Option<Edges> {
    let lefts: Vec<f64> = lines.iter().map(|(_, line)| line.left).collect();
    let rights: Vec<f64> = lines.iter().map(|(_, line)| line.right).collect();
    let near =
        |all: &[f64], edge: f64| all.iter().filter(|x| (**x - edge).abs() < SAME_EDGE).count();
    let shared = lefts.iter().copied().filter(|left| near(&lefts, *left) >= 2);
    let left = shared.fold(f64::MAX, f64::min);
    let left = if left < f64::MAX { left } else { lefts.iter().copied().fold(f64::MAX, f64::min) };
    let right = rights
        .iter()
        .copied()
        .max_by(|a, b| near(&rights, *a).cmp(&near(&rights, *b)).then(a.total_cmp(b)))?;
    // The middle of the shared ends, so that one line that ends elsewhere does not move the edge.
    let mut shared: Vec<f64> =
        rights.into_iter().filter(|other| (other - right).abs() < SAME_EDGE).collect();
    shared.sort_by(f64::total_cmp);
    let right = shared.get(shared.len() / 2).copied().unwrap_or(right);
    let full = lines.iter().filter(|(_, line)| line.right > right - RAGGED).count();
    let is_firm = shared.len() * 5 >= full * 2;
    (right - left > 40.0).then_some(Edges { left, right, is_firm })
}

fn paragraphs(lines: Vec<(usize, Line)>, edges: Edges) -> Vec<Paragraph> {
    let leading = usual_leading(&lines);
    let mut paragraphs: Vec<Paragraph> = Vec::new();
    for (page, line) in lines {
        let last = paragraphs.last().and_then(|paragraph| paragraph.lines.last());
        let begins = last.is_none_or(|(last_page, last)| {
            let is_apart = page == *last_page && line.baseline - last.baseline > leading + 1.2;
            let ended = last.right < edges.right - INDENT && edges.is_firm;
            let ends = last.text.ends_with(ENDS);
            line.left > edges.left + INDENT
                || (is_apart && (ended || ends || last.is_bold() != line.is_bold()))
                || (ended && last.is_bold() != line.is_bold())
                || (ended && ends && page != *last_page)
        });
        match paragraphs.last_mut() {
            Some(paragraph) if !begins => {
                paragraph.text = format!("{} {}", paragraph.text, line.text);
                paragraph.lines.push((page, line));
            }
            _ => paragraphs.push(Paragraph { text: line.text.clone(), lines: vec![(page, line)] }),
        }
    }
    paragraphs
}

/// Returns the smallest distance of base lines that is common, in millimetres.
fn usual_leading(lines: &[(usize, Line)]) -> f64 {
    let mut steps: Vec<f64> = lines
        .windows(2)
        .filter(|pair| pair[0].0 == pair[1].0)
        .map(|pair| pair[1].1.baseline - pair[0].1.baseline)
        .collect();
    steps.sort_by(f64::total_cmp);
    steps.get(steps.len() / 4).copied().unwrap_or(8.0)
}

//! What stands around the tables in the official layout: letterhead, title, addressees, signature
//! block and the head of an annex.
//!
//! A sheet without tables has columns whose edges are the ends of the rules, so that a rule is a
//! border as long as the decree wants it; elsewhere a rule is set in dashes.

use rust_xlsxwriter::{ColNum, FormatAlign, XlsxError};

use super::cells::Area;
use super::formats::{Border, Look};
use super::sheet::Sheet;
use super::widths::Type;
use crate::compose::document::{AnnexHead, Block, Header, Run, Signature, Title, shown};

/// Share of the width that the issuing body stands in.
const ISSUER: f64 = 0.4;

/// Share of the width that the recipients stand in.
const RECIPIENTS: f64 = 0.5;

/// Length of a short rule as a share of the line above it (layout decree: a third to a half).
const SHORT_RULE: f64 = 0.4;

/// Height of the row under a rule, in points.
const UNDER_RULE: f64 = 6.0;

/// Returns the edges, in pixels from the left, that columns must have for the blocks of a sheet
/// without tables on a page of this width.
pub(super) fn edges(blocks: &[&Block], page: f64) -> Vec<f64> {
    let mut edges = vec![0.0, page];
    for block in blocks {
        match block {
            Block::Header(header) => {
                edges.push(page * ISSUER);
                edges.extend(issuer_rule(header, page));
                edges.extend(motto_rule(header, page));
            }
            Block::Title(title) => edges.extend(title_rule(&title.subject, 13, page)),
            Block::AnnexHead(head) => edges.extend(title_rule(&head.title, 13, page)),
            Block::Signature(_) => edges.push(page * RECIPIENTS),
            _ => {}
        }
    }
    edges
}

fn issuer_rule(header: &Header, page: f64) -> [f64; 2] {
    let room = page * ISSUER;
    let words = Type { size: 12, bold: true }.width(&shown(&header.issuer)).min(room);
    around(room / 2.0, words * SHORT_RULE)
}

/// Returns the ends of the rule under the motto, which is as long as the motto.
fn motto_rule(header: &Header, page: f64) -> [f64; 2] {
    let left = page * ISSUER;
    let words = Type { size: 13, bold: true }.width(&header.motto).min(page - left);
    around(f64::midpoint(left, page), words)
}

fn title_rule(lines: &[Vec<Run>], size: u8, page: f64) -> [f64; 2] {
    let letters = Type { size, bold: true };
    let last = lines.last().map_or(0.0, |line| letters.width(&shown(line)).min(page));
    around(page / 2.0, last * SHORT_RULE)
}

fn around(middle: f64, length: f64) -> [f64; 2] {
    [middle - length / 2.0, middle + length / 2.0]
}

impl Sheet<'_> {
    /// Writes ô 1 to 4.
    pub(super) fn header(&mut self, header: &Header) -> Result<(), XlsxError> {
        let centre = |size| Look::plain(size, FormatAlign::Center);
        let (nation, motto) =
            ([Run::text(header.nation.as_str())], [Run::text(header.motto.as_str())]);
        let split = self.grid.split(ISSUER);
        self.pair((&header.superior, centre(12)), (&nation, centre(12).bold()), split)?;
        self.pair((&header.issuer, centre(12).bold()), (&motto, centre(13).bold()), split)?;
        let page = self.grid.width(0, self.grid.last());
        let rules = [issuer_rule(header, page), motto_rule(header, page)];
        match rules.map(|[from, to]| self.grid.between(from, to)) {
            [Some(issuer), Some(motto)] => {
                self.draw_rule(issuer)?;
                self.draw_rule(motto)?;
                self.end_row(UNDER_RULE)?;
            }
            _ => self.pair(
                (&[Run::text("————")], centre(8)),
                (&[Run::text("————————————")], centre(8)),
                split,
            )?,
        }
        self.pair(
            (&header.number, centre(13)),
            (&header.place_and_date, centre(13).italic()),
            split,
        )?;
        self.space(14.0)
    }

    /// Writes ô 5a.
    pub(super) fn title(&mut self, title: &Title) -> Result<(), XlsxError> {
        let all = (0, self.grid.last());
        let look = Look::plain(14, FormatAlign::Center);
        self.line(&[Run::text(title.kind.as_str())], look.bold(), all)?;
        for subject in &title.subject {
            self.line(subject, Look::plain(13, FormatAlign::Center).bold(), all)?;
        }
        let page = self.grid.width(0, self.grid.last());
        self.short_rule(title_rule(&title.subject, 13, page))?;
        for remark in &title.remarks {
            self.line(remark, Look::plain(13, FormatAlign::Center), all)?;
        }
        self.space(8.0)
    }

    /// Writes number, title and the tie to the report of an annex.
    pub(super) fn annex_head(&mut self, head: &AnnexHead) -> Result<(), XlsxError> {
        let all = (0, self.grid.last());
        let look = Look::plain(14, FormatAlign::Center).bold();
        self.line(&[Run::text(head.label.as_str())], look, all)?;
        for title in &head.title {
            self.line(title, Look::plain(13, FormatAlign::Center).bold(), all)?;
        }
        self.line(&head.attached_to, Look::plain(13, FormatAlign::Center).italic(), all)?;
        let page = self.grid.width(0, self.grid.last());
        self.short_rule(title_rule(&head.title, 13, page))?;
        self.space(6.0)
    }

    /// Writes the head of a further sheet of an annex.
    pub(super) fn annex_continued(&mut self, head: &AnnexHead) -> Result<(), XlsxError> {
        let label = format!("{} (tiếp theo)", head.label);
        let look = Look::plain(14, FormatAlign::Center).bold();
        self.line(&[Run::text(label)], look, (0, self.grid.last()))?;
        self.space(6.0)
    }

    /// Writes ô 9a.
    pub(super) fn addressees(&mut self, lines: &[Vec<Run>]) -> Result<(), XlsxError> {
        let all = (0, self.grid.last());
        let look = Look::plain(13, FormatAlign::Center);
        if let [one] = lines {
            let mut runs = vec![Run::text("Kính gửi: ")];
            runs.extend(one.iter().cloned());
            self.line(&runs, look, all)?;
        } else {
            self.line(&[Run::text("Kính gửi:")], look, all)?;
            for (index, line) in lines.iter().enumerate() {
                self.line(&listed(line, ending(index, lines)), look, all)?;
            }
        }
        self.space(8.0)
    }

    /// Writes ô 7 and 9b.
    pub(super) fn signature(&mut self, signature: &Signature) -> Result<(), XlsxError> {
        let mut left = vec![(
            vec![Run::text("Nơi nhận:")],
            Look::plain(12, FormatAlign::Left).bold().italic(),
        )];
        for (index, recipient) in signature.recipients.iter().enumerate() {
            let look = Look::plain(11, FormatAlign::Left);
            left.push((listed(recipient, ending(index, &signature.recipients)), look));
        }
        let bold = Look::plain(13, FormatAlign::Center).bold();
        let mut right: Vec<(Vec<Run>, Look)> =
            signature.authority.iter().map(|line| (line.clone(), bold)).collect();
        // Room for the signature and the seal.
        right.extend((0..4).map(|_| (Vec::new(), bold)));
        right.extend(signature.office.iter().map(|line| (line.clone(), bold)));
        right.push((vec![Run::text(signature.name.as_str())], bold));
        let split = self.grid.split(RECIPIENTS);
        self.space(10.0)?;
        let empty = (Vec::new(), Look::plain(11, FormatAlign::Left));
        for index in 0..left.len().max(right.len()) {
            let (left, left_look) = left.get(index).unwrap_or(&empty);
            let (right, right_look) = right.get(index).unwrap_or(&empty);
            self.pair((left, left_look.top()), (right, right_look.top()), split)?;
        }
        Ok(())
    }

    /// Writes one line of two blocks that stand side by side, the left one up to `split`.
    fn pair(
        &mut self,
        (left, left_look): (&[Run], Look),
        (right, right_look): (&[Run], Look),
        split: ColNum,
    ) -> Result<(), XlsxError> {
        let last = self.grid.last();
        let mut height: f64 = 0.0;
        let halves =
            [(left, left_look, 0, split), (right, right_look, (split + 1).min(last), last)];
        for (runs, look, first, last) in halves {
            let area = Area { top: self.row, bottom: self.row, left: first, right: last };
            self.cells.write(area, runs, look.top())?;
            // Lines of a letterhead are short; no reserve, or a line that fits is given two.
            let fits = look.letters.width(&shown(runs)) < self.grid.width(first, last) - 4.0;
            height = height.max(if fits {
                look.letters.line_height() + 1.0
            } else {
                self.needed(runs, look.letters, (first, last))
            });
        }
        self.end_row(height)
    }

    /// Draws the short rule under a title: a border where columns end with it, else dashes.
    fn short_rule(&mut self, [from, to]: [f64; 2]) -> Result<(), XlsxError> {
        if let Some(columns) = self.grid.between(from, to) {
            self.draw_rule(columns)?;
            return self.end_row(UNDER_RULE);
        }
        let look = Look::plain(8, FormatAlign::Center).top();
        self.line(&[Run::text("————————")], look, (0, self.grid.last()))
    }

    /// Draws a rule over columns at the upper edge of the row.
    fn draw_rule(&mut self, (left, right): (ColNum, ColNum)) -> Result<(), XlsxError> {
        let look = Look { border: Border::Rule, ..Look::plain(8, FormatAlign::Center) };
        for column in left..=right {
            let area = Area { top: self.row, bottom: self.row, left: column, right: column };
            self.cells.write(area, &[], look)?;
        }
        Ok(())
    }
}

/// Returns an entry of a list of bodies as it is printed.
fn listed(runs: &[Run], ending: &str) -> Vec<Run> {
    let mut line = vec![Run::text("- ")];
    line.extend(runs.iter().cloned());
    line.push(Run::text(ending));
    line
}

/// Returns the sign that ends an entry of a list.
fn ending<T>(index: usize, list: &[T]) -> &'static str {
    if index + 1 == list.len() { "." } else { ";" }
}

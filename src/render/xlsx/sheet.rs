//! A part of a section on a sheet: blocks stacked downwards, each over the sheet's columns.

use rust_xlsxwriter::{ColNum, FormatAlign, RowNum, Worksheet, XlsxError};

use super::cells::{Area, Cells, ShownFigure};
use super::formats::Look;
use super::grid::Grid;
use super::parts::Part;
use super::setup::{self, Written};
use super::table::{TableHead, write_table};
use super::widths::Type;
use crate::compose::document::{Block, Heading, Orientation, ParagraphKind, Run, shown};

/// The highest that a row can be, in points.
const HIGHEST_ROW: f64 = 409.0;

/// A sheet being written from top to bottom.
pub(super) struct Sheet<'a> {
    /// Writes the cells.
    pub cells: Cells<'a>,
    /// The columns.
    pub grid: Grid,
    /// The next row.
    pub row: RowNum,
    /// Height of the rows above, in points.
    pub height: f64,
    /// Heads of the tables above.
    pub heads: Vec<TableHead>,
    /// Name of the sheet.
    pub name: String,
    /// What the sheet is about, in one line.
    pub title: String,
    /// Number of the sheet, from 1.
    pub number: usize,
    /// Orientation of the pages.
    pub orientation: Orientation,
    /// Height of the sheet where the page at hand begins, in points.
    pub page_top: f64,
    /// Rows that begin a page.
    pub breaks: Vec<RowNum>,
}

/// Writes a part of a section and returns the figures that its cells show.
pub(super) fn write_part(
    page: &mut Worksheet,
    part: &Part<'_>,
    name: &str,
    number: usize,
) -> Result<Vec<ShownFigure>, XlsxError> {
    page.set_name(name)?;
    let grid = Grid::of(part);
    setup::set_widths(page, &grid)?;
    let mut sheet = Sheet {
        cells: Cells::new(page),
        grid,
        row: 0,
        height: 0.0,
        heads: Vec::new(),
        name: name.to_owned(),
        title: title_of(part),
        number,
        orientation: part.section.orientation,
        page_top: 0.0,
        breaks: Vec::new(),
    };
    if let (true, Some(head)) = (part.is_continued, part.annex_head()) {
        sheet.annex_continued(head)?;
    }
    for block in &part.blocks {
        sheet.block(block)?;
    }
    let Sheet { cells: Cells { page, figures, .. }, grid, heads, row, height, breaks, .. } = sheet;
    let last_row = row.saturating_sub(1);
    let written = Written { last_row, height, grid: &grid, heads: &heads, breaks: &breaks };
    setup::set_up(page, part, &written)?;
    Ok(figures)
}

/// Returns what a sheet is about, in one line.
fn title_of(part: &Part<'_>) -> String {
    let Some(head) = part.annex_head() else { return part.section.name.clone() };
    let title = head.title.iter().map(|line| shown(line)).collect::<Vec<_>>().join(" ");
    format!("{}: {title}", head.label)
}

impl Sheet<'_> {
    fn block(&mut self, block: &Block) -> Result<(), XlsxError> {
        match block {
            Block::Header(header) => self.header(header),
            Block::Title(title) => self.title(title),
            Block::AnnexHead(head) => self.annex_head(head),
            Block::Addressees(lines) => self.addressees(lines),
            Block::Heading(heading) => self.heading(heading),
            Block::Paragraph(paragraph) => self.paragraph(&paragraph.runs, paragraph.kind),
            Block::Table(table) => write_table(self, table),
            Block::Chart(chart) => self.chart(chart),
            Block::Signature(signature) => self.signature(signature),
        }
    }

    fn heading(&mut self, heading: &Heading) -> Result<(), XlsxError> {
        let look = Look::plain(13, FormatAlign::Left);
        // A point, "a) …", is set as the body is.
        let look = if heading.level < 3 { look.bold() } else { look };
        self.line(&heading.runs, look, (0, self.grid.last()))
    }

    /// Writes a paragraph over all columns.
    pub(super) fn paragraph(&mut self, runs: &[Run], kind: ParagraphKind) -> Result<(), XlsxError> {
        let look = match kind {
            ParagraphKind::Body | ParagraphKind::ListItem => Look::plain(13, FormatAlign::Justify),
            ParagraphKind::Note => Look::plain(11, FormatAlign::Left),
            ParagraphKind::Verdict => Look::plain(13, FormatAlign::Left).bold(),
        };
        self.line(runs, look.top(), (0, self.grid.last()))
    }

    /// Writes words over columns, over as many rows as their height needs.
    pub(super) fn line(
        &mut self,
        runs: &[Run],
        look: Look,
        (left, right): (ColNum, ColNum),
    ) -> Result<(), XlsxError> {
        let mut height = self.needed(runs, look.letters, (left, right)) + 2.0;
        let top = self.row;
        while height > HIGHEST_ROW {
            self.end_row(HIGHEST_ROW)?;
            height -= HIGHEST_ROW;
        }
        self.cells.write(Area { top, bottom: self.row, left, right }, runs, look)?;
        self.end_row(height)
    }

    /// Returns the height that words need in columns, in points.
    pub(super) fn needed(
        &self,
        runs: &[Run],
        letters: Type,
        (first, last): (ColNum, ColNum),
    ) -> f64 {
        let bold = letters.bold || runs.iter().any(|run| run.bold);
        let letters = Type { bold, ..letters };
        let lines = letters.lines(&shown(runs), self.grid.width(first, last));
        f64::from(lines) * letters.line_height() + 1.0
    }

    /// Leaves an empty row of this height in points.
    pub(super) fn space(&mut self, height: f64) -> Result<(), XlsxError> {
        self.end_row(height)
    }

    /// Ends the row with this height in points.
    pub(super) fn end_row(&mut self, height: f64) -> Result<(), XlsxError> {
        let height = height.min(HIGHEST_ROW);
        self.cells.page.set_row_height(self.row, height)?;
        self.height += height;
        self.row += 1;
        Ok(())
    }
}

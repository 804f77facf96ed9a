//! A section on a sheet: blocks stacked downwards, each over the sheet's columns.

use rust_xlsxwriter::{ColNum, FormatAlign, RowNum, Worksheet, XlsxError};

use super::cells::{Area, Cells, ShownFigure};
use super::formats::Look;
use super::grid::Grid;
use super::setup;
use super::table::{TableHead, write_table};
use super::widths::Type;
use crate::compose::document::{
    AnnexHead, Block, Chart, Header, Heading, ParagraphKind, Run, Section, Signature, Title, shown,
};

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
}

/// Writes a section and returns the figures that its cells show.
pub(super) fn write_section(
    page: &mut Worksheet,
    section: &Section,
    name: &str,
) -> Result<Vec<ShownFigure>, XlsxError> {
    page.set_name(name)?;
    let grid = Grid::of(section);
    setup::set_widths(page, &grid)?;
    let cells = Cells::new(page);
    let mut sheet = Sheet { cells, grid, row: 0, height: 0.0, heads: Vec::new() };
    for block in &section.blocks {
        sheet.block(block)?;
    }
    let last_row = sheet.row.saturating_sub(1);
    let Sheet { cells: Cells { page, figures, .. }, grid, heads, .. } = sheet;
    setup::set_up(page, section.orientation, &grid, &heads, last_row)?;
    Ok(figures)
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

    /// Writes what a chart says in words.
    fn chart(&mut self, chart: &Chart) -> Result<(), XlsxError> {
        self.paragraph(&chart.caption, ParagraphKind::Verdict)?;
        self.paragraph(&chart.alternative, ParagraphKind::Body)?;
        chart.notes.iter().try_for_each(|note| self.paragraph(note, ParagraphKind::Note))
    }

    fn header(&mut self, header: &Header) -> Result<(), XlsxError> {
        let centre = |size| Look::plain(size, FormatAlign::Center);
        let pairs: [(&[Run], Look, &[Run], Look); 4] = [
            (&header.superior, centre(12), &[Run::text(header.nation.as_str())], centre(12).bold()),
            (
                &header.issuer,
                centre(12).bold(),
                &[Run::text(header.motto.as_str())],
                centre(13).bold(),
            ),
            (&[Run::text("————")], centre(8), &[Run::text("————————————")], centre(8)),
            (&header.number, centre(13), &header.place_and_date, centre(13).italic()),
        ];
        let split = self.grid.split(0.4);
        for (left, left_look, right, right_look) in pairs {
            self.pair((left, left_look.top()), (right, right_look.top()), split)?;
        }
        self.space(8.0)
    }

    fn title(&mut self, title: &Title) -> Result<(), XlsxError> {
        let all = (0, self.grid.last());
        let look = Look::plain(14, FormatAlign::Center);
        self.line(&[Run::text(title.kind.as_str())], look.bold(), all)?;
        for subject in &title.subject {
            self.line(subject, look.bold(), all)?;
        }
        self.rule()?;
        for remark in &title.remarks {
            self.line(remark, Look::plain(13, FormatAlign::Center), all)?;
        }
        self.space(8.0)
    }

    fn annex_head(&mut self, head: &AnnexHead) -> Result<(), XlsxError> {
        let all = (0, self.grid.last());
        let look = Look::plain(14, FormatAlign::Center).bold();
        self.line(&[Run::text(head.label.as_str())], look, all)?;
        for title in &head.title {
            self.line(title, Look::plain(13, FormatAlign::Center).bold(), all)?;
        }
        self.line(&head.attached_to, Look::plain(13, FormatAlign::Center).italic(), all)?;
        self.rule()?;
        self.space(6.0)
    }

    fn addressees(&mut self, lines: &[Vec<Run>]) -> Result<(), XlsxError> {
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

    fn signature(&mut self, signature: &Signature) -> Result<(), XlsxError> {
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
        let split = self.grid.split(0.5);
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
            self.cells.write(area, runs, look)?;
            height = height.max(self.needed(runs, look.letters, (first, last)));
        }
        self.end_row(height)
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

    fn needed(&self, runs: &[Run], letters: Type, (first, last): (ColNum, ColNum)) -> f64 {
        let bold = letters.bold || runs.iter().any(|run| run.bold);
        let letters = Type { bold, ..letters };
        let lines = letters.lines(&shown(runs), self.grid.width(first, last));
        f64::from(lines) * letters.line_height() + 1.0
    }

    /// Writes the short rule under a title.
    fn rule(&mut self) -> Result<(), XlsxError> {
        let look = Look::plain(8, FormatAlign::Center).top();
        self.line(&[Run::text("————————")], look, (0, self.grid.last()))
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

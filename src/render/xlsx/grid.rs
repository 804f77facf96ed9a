//! The columns of a sheet: as many as its widest table, as wide as their content needs.
//!
//! A sheet without tables has columns where rules and blocks of the letterhead begin and end.

use rust_xlsxwriter::ColNum;

use super::cells::number_cell;
use super::formats::INDENT;
use super::letterhead;
use super::parts::Part;
use super::widths::Type;
use crate::compose::document::{Align, Block, Formula, Orientation, RowKind, Run, Table, shown};

/// Pixels that a cell keeps free beside its content.
const PADDING: f64 = 14.0;

/// The widest that words make a column: about 50 digits.
const WIDEST: f64 = 400.0;

/// The narrowest that a column of words is pressed to, if no word is longer.
const NARROWEST_WORDS: f64 = 110.0;

/// How much less a column is pressed for each share of the width that it may take.
const STRETCH_OF_WORDS: f64 = 30.0;

/// The widest that a column number makes a column; "(10) = (8) + (9) - (11)" takes lines instead.
const WIDEST_NUMBER: f64 = 64.0;

/// The narrowest that a line over months is drawn.
const TREND: f64 = 140.0;

/// Edges of columns that are nearer than so many pixels are one.
const NARROWEST: f64 = 5.0;

/// How much wider than the page a sheet may be; print shrinks it to the page.
const OVERSIZE: f64 = 1.3;

/// The columns of a sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Grid {
    /// Width of each column in pixels.
    pub pixels: Vec<u32>,
}

impl Grid {
    /// Returns the columns of a sheet.
    pub(super) fn of(part: &Part<'_>) -> Self {
        let page = page_width(part.section.orientation);
        let tables: Vec<&Table> = part
            .blocks
            .iter()
            .filter_map(|block| match block {
                Block::Table(table) if !table.columns.is_empty() => Some(table),
                _ => None,
            })
            .collect();
        if tables.is_empty() {
            return Self::between_edges(letterhead::edges(&part.blocks, page));
        }
        let count = tables.iter().map(|table| table.columns.len()).max().unwrap_or(0).max(2);
        let mut needs = vec![Need::default(); count];
        for table in tables {
            for (need, column) in needs.iter_mut().zip(0..table.columns.len()) {
                need.widen(table, column);
            }
        }
        Self { pixels: share(&needs, page).into_iter().map(whole).collect() }
    }

    /// Returns the columns between edges in pixels from the left; there are at least two columns.
    fn between_edges(mut edges: Vec<f64>) -> Self {
        edges.sort_by(f64::total_cmp);
        edges.dedup_by(|next, before| *next - *before < NARROWEST);
        if let [first, last] = edges.as_slice() {
            edges.insert(1, f64::midpoint(*first, *last));
        }
        // Widths are whole; rounded edges keep their sum that of the page.
        let edges: Vec<u32> = edges.into_iter().map(whole).collect();
        Self { pixels: edges.windows(2).map(|pair| pair[1].saturating_sub(pair[0])).collect() }
    }

    /// Returns the columns that begin and end at these pixels from the left, where there are such.
    pub(super) fn between(&self, from: f64, to: f64) -> Option<(ColNum, ColNum)> {
        let last = self.last();
        let near = |at: f64, edge: f64| (at - edge).abs() <= NARROWEST;
        let left = (0..=last).find(|column| {
            let before = column.checked_sub(1).map_or(0.0, |before| self.width(0, before));
            near(before, from)
        })?;
        let right = (left..=last).find(|column| near(self.width(0, *column), to))?;
        Some((left, right))
    }

    /// Returns the last column.
    pub(super) fn last(&self) -> ColNum {
        ColNum::try_from(self.pixels.len().saturating_sub(1)).unwrap_or(ColNum::MAX)
    }

    /// Returns the width of the columns from the first to the last given, in pixels.
    pub(super) fn width(&self, first: ColNum, last: ColNum) -> f64 {
        let span = usize::from(last.saturating_sub(first)) + 1;
        self.pixels.iter().skip(usize::from(first)).take(span).copied().map(f64::from).sum()
    }

    /// Returns the widest of these columns.
    pub(super) fn widest(&self, first: ColNum, last: ColNum) -> ColNum {
        let width = |column: ColNum| self.pixels.get(usize::from(column)).copied().unwrap_or(0);
        // Of equals the first.
        (first..=last).rev().max_by_key(|column| width(*column)).unwrap_or(first)
    }

    /// Returns the last column of the left half of a letterhead, of about this share of the width.
    pub(super) fn split(&self, part: f64) -> ColNum {
        let last = self.last();
        let wanted = self.width(0, last) * part;
        let distance = |column: ColNum| (self.width(0, column) - wanted).abs();
        (0..last).min_by(|a, b| distance(*a).total_cmp(&distance(*b))).unwrap_or(0)
    }
}

/// What a column needs.
#[derive(Clone, Copy, Debug, Default)]
struct Need {
    /// The least width: the longest word or number.
    least: f64,
    /// The width of the whole content on one line, up to the widest of words.
    wanted: f64,
    /// Share of the width left over.
    stretch: u16,
}

impl Need {
    fn widen(&mut self, table: &Table, column: usize) {
        self.stretch = self.stretch.max(table.columns[column].stretch);
        let head = Type { size: 12, bold: true };
        for cell in table.header.iter().flatten() {
            if cell.column == column && cell.column_span <= 1 {
                let text = shown(&cell.runs);
                self.least = self.least.max(head.longest_word(&text).min(WIDEST) + PADDING);
            }
        }
        if let Some(number) = table.column_numbers.get(column) {
            let least = Type { size: 11, bold: false }.width(number).min(WIDEST_NUMBER) + PADDING;
            self.least = self.least.max(least);
        }
        let words = table.columns[column].align == Align::Left;
        let padding = if words { PADDING + INDENT } else { PADDING };
        for row in &table.rows {
            let mut first = 0;
            for cell in &row.cells {
                let span = cell.column_span.max(1);
                if let (true, Some(Formula::Trend { .. })) = (first == column, &cell.formula) {
                    self.least = self.least.max(TREND);
                } else if first == column && span == 1 {
                    self.widen_by(&cell.runs, row.kind, padding);
                }
                first += span;
            }
        }
        self.wanted = self.wanted.max(self.least);
    }

    /// Widens the column for a body cell.
    fn widen_by(&mut self, runs: &[Run], kind: RowKind, padding: f64) {
        let letters =
            Type { size: 12, bold: kind != RowKind::Plain || runs.iter().any(|run| run.bold) };
        let text = shown(runs);
        // Line counts keep a reserve; without one here, words that fit would be given two lines.
        let whole = letters.width(&text) * 1.05 + padding;
        // A number that does not fit shows as ####.
        let least = if number_cell(runs).is_some() {
            whole
        } else {
            // File names have no blanks; spreadsheets break them where the column ends.
            letters.longest_word(&text).min(NARROWEST_WORDS) + padding
        };
        self.least = self.least.max(least);
        self.wanted = self.wanted.max(whole.min(WIDEST));
    }

    /// Returns the width that the column can be pressed to.
    fn pressed(&self) -> f64 {
        let words = f64::from(self.stretch).mul_add(STRETCH_OF_WORDS, NARROWEST_WORDS);
        self.least.max(self.wanted.min(words))
    }
}

/// Returns the widths: the wanted ones, pressed when they are much wider than the page, stretched
/// when they are narrower.
fn share(needs: &[Need], page: f64) -> Vec<f64> {
    let wanted: f64 = needs.iter().map(|need| need.wanted).sum();
    let most = page * OVERSIZE;
    if wanted > most {
        return pressed(needs, wanted - most);
    }
    let left = (page - wanted).max(0.0);
    let stretch: f64 = needs.iter().map(|need| f64::from(need.stretch)).sum();
    let weight = |need: &Need| if stretch > 0.0 { f64::from(need.stretch) } else { need.wanted };
    let weights: f64 = needs.iter().map(weight).sum::<f64>().max(1.0);
    needs.iter().map(|need| need.wanted + left * weight(need) / weights).collect()
}

/// Returns the wanted widths less so many pixels in all, as far as the columns can be pressed; a
/// column that may stretch gives less.
fn pressed(needs: &[Need], excess: f64) -> Vec<f64> {
    let mut widths: Vec<f64> = needs.iter().map(|need| need.wanted).collect();
    let mut excess = excess;
    for _ in 0..needs.len() {
        let shares: Vec<f64> = needs
            .iter()
            .zip(&widths)
            .map(|(need, width)| (width - need.pressed()).max(0.0) / f64::from(need.stretch + 1))
            .collect();
        let all: f64 = shares.iter().sum();
        if all < 1.0 || excess < 1.0 {
            break;
        }
        let before: f64 = widths.iter().sum();
        for ((width, share), need) in widths.iter_mut().zip(&shares).zip(needs) {
            if *share > 0.0 {
                *width = (*width - excess * share / all).max(need.pressed());
            }
        }
        excess -= before - widths.iter().sum::<f64>();
    }
    widths
}

/// Returns the width between the margins of an A4 page in pixels.
pub(super) fn page_width(orientation: Orientation) -> f64 {
    let millimetres = match orientation {
        Orientation::Portrait => 160.0,
        Orientation::Landscape => 247.0,
    };
    millimetres / 25.4 * 96.0
}

pub(super) fn whole(pixels: f64) -> u32 {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a column is between 0 and 1.800 pixels wide"
    )]
    let pixels = pixels.ceil().clamp(0.0, 1_700.0) as u32;
    pixels
}

#[cfg(test)]
mod tests {
    use super::super::parts::parts;
    use super::super::sample::{cell, document, section};
    use super::*;
    use crate::compose::document::{Column, Row};

    fn table(columns: &[(Align, u16, &str)]) -> Table {
        let cells = columns.iter().map(|(_, _, text)| cell(vec![Run::text(*text)])).collect();
        Table {
            caption: None,
            unit_of_count: None,
            columns: columns
                .iter()
                .map(|(align, stretch, _)| Column { align: *align, stretch: *stretch })
                .collect(),
            header: Vec::new(),
            column_numbers: Vec::new(),
            rows: vec![Row { kind: RowKind::Plain, cells }],
            notes: Vec::new(),
        }
    }

    fn grid(orientation: Orientation, tables: Vec<Table>) -> Grid {
        let blocks = tables.into_iter().map(Block::Table).collect();
        let section = section("Bảng", orientation, blocks);
        Grid::of(&Part {
            section: &section,
            blocks: section.blocks.iter().collect(),
            is_continued: false,
        })
    }

    #[test]
    fn narrow_tables_are_stretched_to_the_page_where_they_may() {
        let columns =
            [(Align::Centre, 0, "12"), (Align::Left, 1, "Tiên Minh"), (Align::Right, 0, "7")];
        let grid = grid(Orientation::Portrait, vec![table(&columns)]);
        let page = page_width(Orientation::Portrait);
        assert!((grid.width(0, 2) - page).abs() < 4.0, "{grid:?}");
        assert!(grid.pixels[0] < 40 && grid.pixels[1] > 450, "{grid:?}");
    }

    #[test]
    fn columns_of_long_words_are_pressed_until_print_stays_readable() {
        let text =
            "Tổng số tài khoản đã kích hoạt lớn hơn tổng số tài khoản đã cấp; đề nghị rà soát.";
        let grid = grid(Orientation::Landscape, vec![table(&[(Align::Left, 1, text); 8])]);
        let most = page_width(Orientation::Landscape) * OVERSIZE;
        assert!(grid.width(0, 7) <= most + 8.0, "{grid:?}");
        assert!(grid.pixels.iter().all(|pixels| *pixels >= 149), "{grid:?}");
    }

    #[test]
    fn tables_of_one_sheet_share_the_wider_column() {
        let long = "Số tin, bài phát trên hệ thống truyền thanh";
        let first = table(&[(Align::Left, 0, "a"), (Align::Left, 0, long)]);
        let second = table(&[(Align::Left, 0, long), (Align::Left, 0, "a"), (Align::Left, 0, "a")]);
        let grid = grid(Orientation::Portrait, vec![first, second]);
        assert_eq!(grid.pixels.len(), 3);
        assert!(grid.pixels[0] > 250 && grid.pixels[1] > 250, "{grid:?}");
    }

    #[test]
    fn letterheads_split_near_the_wanted_share() {
        let grid = Grid { pixels: vec![100, 100, 100, 100] };
        assert_eq!(grid.split(0.4), 1);
        assert_eq!(Grid { pixels: vec![100, 900] }.split(0.4), 0);
    }

    #[test]
    fn a_letter_has_columns_as_wide_as_its_rules() {
        let document = document();
        let grid = Grid::of(&parts(&document.sections[0])[0]);
        let page = page_width(Orientation::Portrait);
        assert!((grid.width(0, grid.last()) - page).abs() < 2.0, "{grid:?}");
        let motto = Type { size: 13, bold: true }.width("Độc lập - Tự do - Hạnh phúc");
        let middle = page * 0.7;
        let (left, right) = grid.between(middle - motto / 2.0, middle + motto / 2.0).unwrap();
        assert!((grid.width(left, right) - motto).abs() < 3.0, "{grid:?}");
        assert_eq!(grid.between(3.0 * page, 4.0 * page), None);
    }
}

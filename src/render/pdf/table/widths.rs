//! Column widths from content: a column is never narrower than its widest number or longest word.
//! What is left keeps bodies on one line and the head low (first what makes the table shorter), then
//! makes the head lower still, then gives every column air; the rest goes to what may stretch.

use crate::compose::document::{Align, Row, RowKind, Run, Table};

use crate::render::pdf::fonts::Shaper;
use crate::render::pdf::geometry::{CELL_PADDING_X, TABLE_SAVINGS, TABLE_SIZES};
use crate::render::pdf::laid::Face;
use crate::render::pdf::text::{self, Need, count};

/// Lines that a head cell may take before its column asks for more width: first, and with room.
const HEAD_LINES: [usize; 2] = [3, 2];

/// Lines that a column number such as "(6) = [(2) + (3)] / (4)" may take: at most, and with room.
const COLUMN_NUMBER_LINES: [usize; 2] = [3, 2];

/// What a line of the head counts for on each page, in lines of the body: it reads less easily.
const HEAD_LINE: f64 = 2.0;
/// About how many lines of a body a page holds.
const LINES_ON_PAGE: f64 = 25.0;

/// What a column wants beside its content when there is room, in ems.
const AIR: f64 = 0.8;

/// The type size of a table and the widths of its columns.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Widths {
    /// Size.
    pub(super) size: f64,
    /// Widths; they add up to the width of the text block.
    pub(super) columns: Vec<f64>,
    /// What each column keeps free behind its numbers for the marks of footnotes.
    pub(super) marks: Vec<f64>,
}

/// What a column needs, in ems, without padding.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct ColumnNeed {
    /// The width of the widest number, which is never broken while there is another way.
    number: f64,
    /// The narrowest width that breaks no word.
    least: f64,
    /// The width that wraps no body cell.
    body: f64,
    /// The width that keeps the head low.
    head: f64,
    /// The width of the head on one line.
    head_natural: f64,
    /// The width with which the head is lower still.
    wish: f64,
    /// What it wants beside its content.
    air: f64,
    /// Share of what is left.
    stretch: u16,
}

/// Returns the largest size that the columns bear, and their widths. A size smaller by choice must
/// save many lines: long names beside many numbers, not long texts.
pub(super) fn widths(shaper: &mut Shaper<'_>, table: &Table, total: f64) -> Widths {
    let marked = marked_numbers(shaper, table);
    let lengths = cell_lengths(shaper, table);
    let mut needs = needs(shaper, table, &lengths);
    for (need, (_, mark)) in needs.iter_mut().zip(&marked) {
        need.air = AIR + mark;
    }
    let mut best: Option<(Widths, f64)> = None;
    for size in TABLE_SIZES {
        let (widths, lines) = at_size(&needs, &lengths, (size, total));
        let least: f64 = needs.iter().map(|need| in_points(*need, size).least).sum();
        let better = match &best {
            Some((_, known)) => {
                let saving = TABLE_SAVINGS.iter().find(|(of, _)| *of <= size);
                saving.is_some_and(|(_, saving)| lines <= known * (1.0 - saving))
            }
            None => least <= total || size <= TABLE_SIZES[TABLE_SIZES.len() - 1],
        };
        if better {
            best = Some((widths, lines));
        }
    }
    let (widths, _) = best.unwrap_or_else(|| at_size(&needs, &lengths, (TABLE_SIZES[0], total)));
    let room = |(width, (number, mark)): (&f64, &(f64, f64))| {
        let inner = width - (2.0 * CELL_PADDING_X + number) * widths.size;
        (mark * widths.size).min(inner).max(0.0)
    };
    let marks = widths.columns.iter().zip(&marked).map(room).collect();
    Widths { marks, ..widths }
}

/// Returns the widths at a size that make the table shorter, and about how many lines it takes.
fn at_size(
    needs: &[ColumnNeed],
    lengths: &[Vec<CellLength>],
    (size, total): (f64, f64),
) -> (Widths, f64) {
    let points: Vec<ColumnNeed> = needs.iter().map(|need| in_points(*need, size)).collect();
    let candidate = |order| {
        let widths = Widths { size, columns: distribute(&points, total, order), marks: Vec::new() };
        let body = body_lines(lengths, &widths);
        let heads = HEAD_LINE * (1.0 + (body / LINES_ON_PAGE).floor());
        let lines = body + heads * head_lines(needs, &widths);
        (widths, lines)
    };
    let (bodies, heads) = (candidate(BODIES_FIRST), candidate(HEADS_FIRST));
    if heads.1 < bodies.1 { heads } else { bodies }
}

fn in_points(need: ColumnNeed, size: f64) -> ColumnNeed {
    let padded = |ems: f64| (ems + 2.0 * CELL_PADDING_X) * size;
    ColumnNeed {
        number: padded(need.number),
        least: padded(need.least),
        body: padded(need.body) + 0.1,
        head: padded(need.head) + 0.1,
        wish: padded(need.wish) + 0.1,
        air: need.air * size,
        ..need
    }
}

/// Returns about how many lines the body takes: for each row, those of its longest cell.
fn body_lines(lengths: &[Vec<CellLength>], widths: &Widths) -> f64 {
    let lines = |cell: &CellLength| {
        let covered: f64 = widths.columns[cell.column..cell.column + cell.span].iter().sum();
        let room = (covered / widths.size - 2.0 * CELL_PADDING_X).max(0.1);
        (cell.need.natural / room).ceil().max(1.0)
    };
    lengths.iter().map(|row| row.iter().map(lines).fold(1.0, f64::max)).sum()
}

/// Returns about how many lines the head takes: those of its longest cell.
fn head_lines(needs: &[ColumnNeed], widths: &Widths) -> f64 {
    let lines = |(need, width): (&ColumnNeed, &f64)| {
        let room = (width / widths.size - 2.0 * CELL_PADDING_X).max(0.1);
        (need.head_natural / room).ceil()
    };
    needs.iter().zip(&widths.columns).map(lines).fold(1.0, f64::max)
}

/// What a body cell needs, in ems.
struct CellLength {
    column: usize,
    span: usize,
    need: Need,
}

/// Returns the widest number of each column, without its mark, and the widest mark, in ems.
fn marked_numbers(shaper: &mut Shaper<'_>, table: &Table) -> Vec<(f64, f64)> {
    let mut marked = vec![(0.0_f64, 0.0_f64); table.columns.len()];
    for row in &table.rows {
        for (column, span, runs) in placed_cells(row, table.columns.len()) {
            if span == 1 && table.columns[column].align == Align::Right {
                let (number, mark) = parted_mark(runs);
                let mut width = |runs| text::need(shaper, runs, face_of(row.kind), 1.0).natural;
                let (number, mark) = (width(number), width(mark));
                marked[column] = (marked[column].0.max(number), marked[column].1.max(mark));
            }
        }
    }
    marked
}

/// Returns the runs of a cell without and with its last raised ones.
pub(super) fn parted_mark(runs: &[Run]) -> (&[Run], &[Run]) {
    let raised = runs.iter().rev().take_while(|run| run.superscript).count();
    runs.split_at(runs.len() - raised)
}

fn cell_lengths(shaper: &mut Shaper<'_>, table: &Table) -> Vec<Vec<CellLength>> {
    let mut lengths = Vec::with_capacity(table.rows.len());
    for row in &table.rows {
        let cells = placed_cells(row, table.columns.len());
        let cells = cells.into_iter().map(|(column, span, runs)| {
            let need = text::need(shaper, runs, face_of(row.kind), 1.0);
            CellLength { column, span, need }
        });
        lengths.push(cells.collect());
    }
    lengths
}

/// Returns the cells of a row with their first columns and spans, up to the last column.
pub(super) fn placed_cells(row: &Row, columns: usize) -> Vec<(usize, usize, &[Run])> {
    let mut placed = Vec::with_capacity(columns);
    let mut column = 0;
    for cell in &row.cells {
        if column >= columns {
            break;
        }
        let span = cell.column_span.max(1).min(columns - column);
        placed.push((column, span, cell.runs.as_slice()));
        column += span;
    }
    placed.extend((column..columns).map(|column| (column, 1, [].as_slice())));
    placed
}

/// Returns the face of a row.
pub(super) fn face_of(kind: RowKind) -> Face {
    match kind {
        RowKind::Plain => Face::Regular,
        RowKind::Group | RowKind::Total => Face::Bold,
    }
}

fn needs(shaper: &mut Shaper<'_>, table: &Table, lengths: &[Vec<CellLength>]) -> Vec<ColumnNeed> {
    let columns = table.columns.len();
    let mut needs: Vec<ColumnNeed> = table
        .columns
        .iter()
        .map(|column| ColumnNeed { stretch: column.stretch, ..ColumnNeed::default() })
        .collect();
    let mut spanning = Vec::new();
    for cell in table.header.iter().flatten().filter(|cell| cell.column < columns) {
        let need = text::need(shaper, &cell.runs, Face::Bold, 1.0);
        let span = cell.column_span.max(1).min(columns - cell.column);
        if let ([column], 1) = (&mut needs[cell.column..=cell.column], span) {
            column.least = column.least.max(need.longest_word);
            let [low, lower] = HEAD_LINES
                .map(|lines| text::width_of_lines(shaper, &cell.runs, (Face::Bold, 1.0), lines));
            column.head = column.head.max(low);
            column.head_natural = column.head_natural.max(need.natural);
            column.wish = column.wish.max(lower);
        } else {
            spanning.push((cell.column, span, need.longest_word));
        }
    }
    for (column, number) in needs.iter_mut().zip(&table.column_numbers) {
        let runs = [Run::text(number.as_str())];
        let [most, low] = COLUMN_NUMBER_LINES
            .map(|lines| text::width_of_lines(shaper, &runs, (Face::Italic, 1.0), lines));
        column.least = column.least.max(most);
        column.head = column.head.max(low);
    }
    for CellLength { column, span, need } in lengths.iter().flatten() {
        if *span == 1 {
            let column = &mut needs[*column];
            column.number = column.number.max(need.longest_number);
            column.least = column.least.max(need.longest_word);
            column.body = column.body.max(need.natural);
        } else {
            spanning.push((*column, *span, need.longest_word));
        }
    }
    for (first, span, least) in spanning {
        let covered = &mut needs[first..first + span];
        let has: f64 = covered.iter().map(|need| need.least).sum();
        let share = (least - has).max(0.0) / count(span);
        for need in covered {
            need.least += share;
        }
    }
    for need in &mut needs {
        need.head = need.head.max(need.least);
        need.body = need.body.max(need.least);
        need.wish = need.wish.max(need.body).max(need.head);
    }
    needs
}

/// What columns are given one after the other while there is room.
type Order = [fn(&ColumnNeed) -> f64; 4];

const BODIES_FIRST: Order = [
    |need| need.body,
    |need| need.body.max(need.head),
    |need| need.wish,
    |need| need.wish + need.air,
];
const HEADS_FIRST: Order = [
    |need| need.head,
    |need| need.body.max(need.head),
    |need| need.wish,
    |need| need.wish + need.air,
];

/// Divides a width among columns, at last among those that may stretch.
fn distribute(needs: &[ColumnNeed], total: f64, order: Order) -> Vec<f64> {
    let mut widths: Vec<f64> = needs.iter().map(|need| need.least).collect();
    if widths.iter().sum::<f64>() > total {
        return capped(needs, total);
    }
    for wish in order {
        let wishes: Vec<f64> = needs.iter().map(wish).collect();
        if wishes.iter().sum::<f64>() > total {
            return filled(needs, widths, &wishes, total);
        }
        widths = wishes;
    }
    let used: f64 = widths.iter().sum();
    let stretch: f64 = needs.iter().map(|need| f64::from(need.stretch)).sum();
    let share = |need: &ColumnNeed, width: f64| {
        if stretch > 0.0 { f64::from(need.stretch) / stretch } else { width / used }
    };
    needs
        .iter()
        .zip(&widths)
        .map(|(need, width)| width + (total - used) * share(need, *width))
        .collect()
}

/// Shares what the widths leave of the total out until the smaller wishes are met.
fn filled(needs: &[ColumnNeed], widths: Vec<f64>, wishes: &[f64], total: f64) -> Vec<f64> {
    let mut widths = widths;
    let mut rest = total - widths.iter().sum::<f64>();
    let mut open: Vec<usize> = (0..needs.len()).collect();
    let weight = |index: usize| f64::from(needs[index].stretch.max(1));
    while !open.is_empty() {
        let lack = |index: usize| wishes[index] - widths[index];
        let share = rest / open.iter().map(|index| weight(*index)).sum::<f64>();
        let (met, unmet): (Vec<usize>, Vec<usize>) =
            open.iter().partition(|index| lack(**index) <= share * weight(**index));
        if met.is_empty() {
            for index in unmet {
                widths[index] += share * weight(index);
            }
            break;
        }
        for index in met {
            rest -= wishes[index] - widths[index];
            widths[index] = wishes[index];
        }
        open = unmet;
    }
    widths
}

/// Breaks words before numbers: what the numbers leave is shared out with one upper limit.
fn capped(needs: &[ColumnNeed], total: f64) -> Vec<f64> {
    let numbers: f64 = needs.iter().map(|need| need.number).sum();
    let kept = if numbers <= total { 1.0 } else { 0.0 };
    let beyond = |need: &ColumnNeed| need.least - need.number * kept;
    let mut sorted: Vec<f64> = needs.iter().map(beyond).collect();
    sorted.sort_by(f64::total_cmp);
    let mut rest = total - numbers * kept;
    let mut cap = total;
    for (index, least) in sorted.iter().enumerate() {
        cap = rest / count(sorted.len() - index);
        if *least > cap {
            break;
        }
        rest -= least;
    }
    needs.iter().map(|need| need.number * kept + beyond(need).min(cap)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn column(least: f64, wish: f64, stretch: u16) -> ColumnNeed {
        ColumnNeed { least, head: least, body: wish, wish, stretch, ..ColumnNeed::default() }
    }

    #[test]
    fn what_is_left_goes_to_the_columns_that_stretch() {
        let widths =
            distribute(&[column(10.0, 20.0, 0), column(10.0, 30.0, 2)], 100.0, BODIES_FIRST);
        assert_eq!(widths, [20.0, 80.0]);
        let widths =
            distribute(&[column(10.0, 20.0, 0), column(10.0, 30.0, 0)], 100.0, BODIES_FIRST);
        assert_eq!(widths, [40.0, 60.0]);
    }

    #[test]
    fn a_low_head_or_bodies_come_first() {
        let head = ColumnNeed { head: 25.0, wish: 90.0, ..column(10.0, 10.0, 0) };
        let needs = [head, column(10.0, 85.0, 0)];
        assert_eq!(distribute(&needs, 100.0, BODIES_FIRST), [15.0, 85.0]);
        assert_eq!(distribute(&needs, 100.0, HEADS_FIRST), [25.0, 75.0]);
    }

    #[test]
    fn air_comes_before_what_may_stretch() {
        let airy = |stretch| ColumnNeed { air: 5.0, ..column(10.0, 10.0, stretch) };
        assert_eq!(distribute(&[airy(0), airy(1)], 100.0, BODIES_FIRST), [15.0, 85.0]);
    }

    #[test]
    fn small_wishes_are_met_before_large_ones() {
        let needs = [column(10.0, 12.0, 0), column(10.0, 300.0, 1), column(10.0, 500.0, 3)];
        let widths = distribute(&needs, 112.0, BODIES_FIRST);
        assert!((widths[0] - 12.0).abs() < 1e-9 && (widths[1] - 30.0).abs() < 1e-9);
        assert!((widths.iter().sum::<f64>() - 112.0).abs() < 1e-6);
    }

    #[test]
    fn columns_that_do_not_fit_cut_the_widest() {
        let needs = [column(10.0, 10.0, 0), column(80.0, 90.0, 0), column(60.0, 60.0, 0)];
        assert_eq!(distribute(&needs, 100.0, BODIES_FIRST), [10.0, 45.0, 45.0]);
        let needs = needs.map(|need| ColumnNeed { number: need.least.min(60.0) - 9.0, ..need });
        let widths = distribute(&needs, 120.0, BODIES_FIRST);
        assert!(widths.iter().zip(&needs).all(|(width, need)| *width >= need.number));
        assert!((widths.iter().sum::<f64>() - 120.0).abs() < 1e-6);
    }
}

//! Rows of a table: cells are set, heights found, borders drawn. Where rows may be parted is not
//! decided here.

use crate::compose::document::{Align, ConstantKind, Row, RowKind, Run, Table};

use crate::render::pdf::fonts::Shaper;
use crate::render::pdf::geometry::{
    BORDER_WIDTH, CELL_PADDING_X, CELL_PADDING_Y, CELL_PADDING_Y_LEAST, COLUMN_NUMBER_LEAST, single,
};
use crate::render::pdf::laid::{Face, Item, Line, Mark, NodeId, Role, Tag};
use crate::render::pdf::strip::{Keep, Strip, Tree};
use crate::render::pdf::text::{self, Alignment, SetLine, Setting, count};

use super::widths::{Widths, face_of, parted_mark, placed_cells};

/// A table while its rows are made.
pub(super) struct TableLayout<'a, 'fonts> {
    shaper: &'a mut Shaper<'fonts>,
    tree: &'a mut Tree,
    table: &'a Table,
    /// The edges of the columns on the page, one more than columns.
    edges: Vec<f64>,
    size: f64,
    /// What each column keeps free behind its numbers for marks.
    marks: Vec<f64>,
}

/// Where a cell stands and how it looks.
#[derive(Clone, Copy)]
struct Place {
    column: usize,
    span: usize,
    node: NodeId,
    face: Face,
    size: f64,
    align: Alignment,
}

struct SetCell {
    place: Place,
    lines: Vec<SetLine>,
}

/// A head cell with the head rows that it covers.
struct HeadCell {
    first_row: usize,
    rows: usize,
    cell: SetCell,
}

impl<'a, 'fonts> TableLayout<'a, 'fonts> {
    pub(super) fn new(
        (shaper, tree): (&'a mut Shaper<'fonts>, &'a mut Tree),
        table: &'a Table,
        widths: &Widths,
        left: f64,
    ) -> Self {
        let mut edges = vec![left];
        edges.extend(widths.columns.iter().scan(left, |edge, width| {
            *edge += width;
            Some(*edge)
        }));
        let marks = widths.marks.clone();
        Self { shaper, tree, table, edges, size: widths.size, marks }
    }

    /// Returns the head as one strip: the spanning cells and the row of column numbers.
    pub(super) fn head(&mut self, table_node: NodeId) -> Option<Strip> {
        if self.table.header.is_empty() && self.table.column_numbers.is_empty() {
            return None;
        }
        let node = self.tree.add(table_node, Role::TableHead);
        let cells = self.head_cells(node);
        let tops = row_tops(self.table.header.len(), &cells);
        let mut strip = Strip { keep: Keep::Firmly, ..Strip::default() };
        for HeadCell { first_row, rows, cell } in cells {
            let (top, bottom) = (tops[first_row], tops[first_row + rows]);
            let (left, right) = self.sides(&cell.place);
            border(&mut strip, (left, top), (right, top));
            border(&mut strip, (left, top), (left, bottom));
            self.draw(&mut strip, cell, (top, bottom));
        }
        strip.height = tops.last().copied().unwrap_or_default();
        if !self.table.column_numbers.is_empty() {
            self.column_numbers(&mut strip, node);
        }
        self.close(&mut strip);
        Some(strip)
    }

    /// Adds the node of the body.
    pub(super) fn body(&mut self, table_node: NodeId) -> NodeId {
        self.tree.add(table_node, Role::TableBody)
    }

    /// Returns a body row as one strip, or as several when it is higher than `room`.
    pub(super) fn body_row(&mut self, row: &Row, body: NodeId, room: f64) -> Vec<Strip> {
        let mut cells = self.body_cells(row, body);
        let most = most_lines(self.size, room);
        let fits = cells.iter().all(|cell| cell.lines.len() <= most);
        let mut strips = Vec::new();
        while strips.is_empty() || cells.iter().any(|cell| !cell.lines.is_empty()) {
            let lines = cells.iter().map(|cell| cell.lines.len().min(most)).max().unwrap_or(0);
            let bottom = height(self.size, lines);
            let slack = 2.0 * (CELL_PADDING_Y - CELL_PADDING_Y_LEAST);
            let mut strip = Strip { height: bottom, slack, ..Strip::default() };
            for cell in &cells {
                let (left, _) = self.sides(&cell.place);
                border(&mut strip, (left, 0.0), (left, bottom));
            }
            if self.table.header.is_empty() && self.table.column_numbers.is_empty() {
                border(&mut strip, (self.left(), 0.0), (self.right(), 0.0));
            }
            self.close(&mut strip);
            for SetCell { place, lines } in &mut cells {
                let rest = lines.split_off(lines.len().min(most));
                let part = SetCell { place: *place, lines: std::mem::replace(lines, rest) };
                let lower = if fits { bottom } else { height(self.size, part.lines.len()) };
                self.draw(&mut strip, part, (0.0, lower));
            }
            strips.push(strip);
        }
        strips
    }

    fn left(&self) -> f64 {
        self.edges[0]
    }

    fn right(&self) -> f64 {
        self.edges[self.edges.len() - 1]
    }

    fn sides(&self, place: &Place) -> (f64, f64) {
        (self.edges[place.column], self.edges[place.column + place.span])
    }

    fn set(&mut self, runs: &[Run], place: Place) -> SetCell {
        let (left, right) = self.sides(&place);
        let width = right - left - 2.0 * place.size * CELL_PADDING_X;
        let setting = Setting::new(place.face, place.size, width, place.align);
        SetCell { place, lines: text::set(self.shaper, runs, &setting) }
    }

    fn head_cells(&mut self, node: NodeId) -> Vec<HeadCell> {
        let table = self.table;
        let mut cells = Vec::new();
        for (first_row, header) in table.header.iter().enumerate() {
            let row_node = self.tree.add(node, Role::Row);
            for cell in header.iter().filter(|cell| cell.column < table.columns.len()) {
                let span = cell.column_span.max(1).min(table.columns.len() - cell.column);
                let rows = cell.row_span.max(1).min(table.header.len() - first_row);
                let id = self.tree.add(row_node, Role::HeadCell);
                self.tree.nodes[id].span = (span, rows);
                let place = Place {
                    column: cell.column,
                    span,
                    node: id,
                    face: Face::Bold,
                    size: self.size,
                    align: Alignment::Balanced,
                };
                let cell = self.set(&cell.runs, place);
                cells.push(HeadCell { first_row, rows, cell });
            }
        }
        cells
    }

    fn column_numbers(&mut self, strip: &mut Strip, node: NodeId) {
        let table = self.table;
        let row = self.tree.add(node, Role::Row);
        let size = (self.size - 1.0).max(COLUMN_NUMBER_LEAST);
        let mut cells = Vec::with_capacity(table.columns.len());
        for column in 0..table.columns.len() {
            let node = self.tree.add(row, Role::HeadCell);
            let number = table.column_numbers.get(column).map_or("", String::as_str);
            let runs = [Run::constant(ConstantKind::ColumnNumber, number)];
            let align = Alignment::Balanced;
            let place = Place { column, span: 1, node, face: Face::Italic, size, align };
            cells.push(self.set(&runs, place));
        }
        let lines = cells.iter().map(|cell| cell.lines.len()).max().unwrap_or(1);
        let (top, bottom) = (strip.height, strip.height + height(size, lines));
        border(strip, (self.left(), top), (self.right(), top));
        for cell in cells {
            let (left, _) = self.sides(&cell.place);
            border(strip, (left, top), (left, bottom));
            self.draw(strip, cell, (top, bottom));
        }
        strip.height = bottom;
    }

    fn body_cells(&mut self, row: &Row, body: NodeId) -> Vec<SetCell> {
        let row_node = self.tree.add(body, Role::Row);
        let (face, size) = (face_of(row.kind), self.size);
        let count = self.table.columns.len();
        let names = self.table.columns.iter().position(|column| column.align == Align::Left);
        let is_head = |column: usize, span: usize| {
            span < count && names.is_some_and(|names| (column..column + span).contains(&names))
        };
        placed_cells(row, count)
            .into_iter()
            .map(|(column, span, runs)| {
                let role = if is_head(column, span) { Role::RowHead } else { Role::Cell };
                let id = self.tree.add(row_node, role);
                self.tree.nodes[id].span = (span, 1);
                let align = alignment(row.kind, span, self.table.columns[column].align);
                let place = Place { column, span, node: id, face, size, align };
                let mut cell = self.set(runs, place);
                if span == 1 && align == Alignment::Right {
                    self.align_digits(&mut cell, parted_mark(runs).1);
                }
                cell
            })
            .collect()
    }

    /// Moves numbers to the left by what the marks of the column need, so that digits stand under
    /// digits.
    fn align_digits(&mut self, cell: &mut SetCell, mark: &[Run]) {
        let place = cell.place;
        let mut own = text::need(self.shaper, mark, place.face, place.size).natural;
        for line in cell.lines.iter_mut().rev() {
            let shift = (self.marks[place.column] - own).clamp(0.0, line.x.max(0.0));
            line.x -= shift;
            for text in &mut line.texts {
                text.x -= shift;
            }
            own = 0.0;
        }
    }

    /// Draws the lines of a cell between two heights, in the middle.
    fn draw(&mut self, strip: &mut Strip, cell: SetCell, (top, bottom): (f64, f64)) {
        let place = cell.place;
        let leading = single(place.size);
        let mut y = top + (bottom - top - count(cell.lines.len()) * leading) / 2.0;
        let baseline = self.shaper.baseline(place.face, place.size, leading);
        let x = self.sides(&place).0 + place.size * CELL_PADDING_X;
        for line in cell.lines {
            self.tree.put(strip, place.node, line, (x, y + baseline));
            y += leading;
        }
    }

    /// Draws the right and the lower border of a strip.
    fn close(&self, strip: &mut Strip) {
        let (left, right, bottom) = (self.left(), self.right(), strip.height);
        border(strip, (right, 0.0), (right, bottom));
        border(strip, (left, bottom), (right, bottom));
    }
}

/// Returns the height of a row of this many lines.
fn height(size: f64, lines: usize) -> f64 {
    count(lines.max(1)) * single(size) + 2.0 * CELL_PADDING_Y
}

/// Returns how many lines of a row fit into a height; at least one.
fn most_lines(size: f64, room: f64) -> usize {
    let mut lines = 1;
    while height(size, lines + 1) <= room {
        lines += 1;
    }
    lines
}

/// Returns the heights at which the head rows begin, and at which the last ends.
fn row_tops(rows: usize, cells: &[HeadCell]) -> Vec<f64> {
    let mut heights = vec![0.0_f64; rows];
    let needed = |cell: &SetCell| height(cell.place.size, cell.lines.len());
    for HeadCell { first_row, cell, .. } in cells.iter().filter(|cell| cell.rows == 1) {
        heights[*first_row] = heights[*first_row].max(needed(cell));
    }
    for HeadCell { first_row, rows, cell } in cells {
        let covered: f64 = heights[*first_row..first_row + rows].iter().sum();
        heights[first_row + rows - 1] += (needed(cell) - covered).max(0.0);
    }
    let mut tops = vec![0.0];
    for height in heights {
        tops.push(tops[tops.len() - 1] + height);
    }
    tops
}

/// Returns the alignment of a body cell; cells over several columns are headings of their row.
fn alignment(kind: RowKind, span: usize, align: Align) -> Alignment {
    match (kind, span, align) {
        (RowKind::Total, 2.., _) | (_, 1, Align::Centre) => Alignment::Centre,
        (_, 2.., _) | (_, _, Align::Left) => Alignment::Left,
        (_, _, Align::Right) => Alignment::Right,
        (_, _, Align::Centre) => Alignment::Centre,
    }
}

fn border(strip: &mut Strip, from: (f64, f64), to: (f64, f64)) {
    let line = Line { from, to, thickness: BORDER_WIDTH };
    strip.items.push(Item { tag: Tag::Layout, mark: Mark::Line(line) });
}

//! Tables with the indicators across as they look: turned, so that what names an indicator is a row
//! of the shape and what has its values a column. One whose head no indicator is certain in is looked
//! for only in a sheet of which nothing was read.

use super::{
    likeness::{LEAST, PROPOSED, Words as RowWords},
    shape::{Shape, ShapeColumn, ShapeRow, ends, known, number, tell_apart, words},
    unclear::is_figure,
};
use crate::{
    ingest::{
        CellContent,
        across::{self, AcrossTable, Role, Taken},
        codes::normalise_code,
        details::{self, is_number_row},
        grid::Grid,
        header::{self, Words, heads},
        matcher::Matcher,
        month::Month,
        understanding::Basis,
    },
    place::CellRef,
    text::{squeeze, undated},
};

/// Least number of columns of figures that make a table, and of heads like indicators among them.
const LEAST_COLUMNS: usize = 3;
const LEAST_LIKE: usize = 2;
/// Blank rows after which a table has ended.
const MAX_BLANK_ROWS: u32 = 2;

/// Returns the tables of a sheet with the indicators across that were read, turned.
pub(super) fn certain(matcher: &Matcher, grid: &Grid, month: Option<Month>) -> Vec<Shape> {
    let mut shapes = Vec::new();
    let mut next = 0;
    for row in grid.row_numbers() {
        if row < next {
            continue;
        }
        let words = words(grid, row);
        let is_other = words.len() < 2
            || !header::find((matcher, grid), row, &words, || month).is_empty()
            || details::find(matcher, grid, row).is_some();
        if is_other {
            continue;
        }
        if let Some(table) = across::find(matcher, grid, row, &words) {
            let (table, end) = filled(matcher, grid, table);
            next = end;
            shapes.extend(turned(matcher, grid, &table, month));
        }
    }
    shapes
}

/// Returns the first table of a sheet whose rows are units, or whose heads are like indicators.
pub(super) fn foreign(matcher: &Matcher, grid: &Grid, month: Option<Month>) -> Option<Shape> {
    grid.row_numbers().find_map(|row| {
        let words = words(grid, row);
        let has_figures = |row: u32| grid.row(row).iter().any(|(_, content)| is_figure(content));
        let body = grid.row_numbers().find(|each| *each > row && !is_number_row(grid, *each))?;
        if words.len() < 2 || has_figures(row) || !has_figures(body) || body - row > MAX_BLANK_ROWS
        {
            return None;
        }
        if details::find(matcher, grid, row).is_some() {
            return None;
        }
        let first = first_column(matcher, grid, (row, body))?;
        let table = AcrossTable::begin(CellRef { row, column: first });
        let (table, _) = filled(matcher, grid, table);
        let shape = turned(matcher, grid, &table, month)?;
        let is_known = table.is_of_units(matcher) || is_like(matcher, &shape);
        is_known.then_some(shape)
    })
}

/// Returns the first column of figures that is no ordinal, with words before it.
fn first_column(matcher: &Matcher, grid: &Grid, (head, body): (u32, u32)) -> Option<u32> {
    let heads = heads(grid, head, head);
    let is_own = |column: u32| {
        let names = heads.get(&column).into_iter().flatten();
        names.into_iter().any(|name| matcher.is_row_head(name))
    };
    let mut figures = grid.row(body).iter().filter(|(cell, content)| {
        is_figure(content) && !is_own(cell.column) && heads.contains_key(&cell.column)
    });
    let first = figures.next()?.0.column;
    let mut before = grid.row(body).iter().filter(|(cell, _)| cell.column < first);
    before.any(|(_, content)| matches!(content, CellContent::Text(_))).then_some(first)
}

/// Returns a table with its rows, and the row after it.
fn filled(matcher: &Matcher, grid: &Grid, mut table: AcrossTable) -> (AcrossTable, u32) {
    let first = table.last_row + 1;
    for row in grid.row_numbers().filter(|row| *row >= first) {
        let words = words(grid, row);
        let begins = words.len() >= 2 && is_head(matcher, grid, row, &words);
        if begins || ends(matcher, grid, row) || table.take_row(grid, row, &words) == Taken::End {
            return (table, row);
        }
    }
    (table, u32::MAX)
}

fn is_head(matcher: &Matcher, grid: &Grid, row: u32, words: &Words) -> bool {
    across::find(matcher, grid, row, words).is_some()
        || details::find(matcher, grid, row).is_some()
        || !header::find((matcher, grid), row, words, || None).is_empty()
}

/// Returns a table turned: its heads are rows, its rows are columns.
fn turned(
    matcher: &Matcher,
    grid: &Grid,
    table: &AcrossTable,
    month: Option<Month>,
) -> Option<Shape> {
    let head = table.head.row;
    let above = head.checked_sub(1).filter(|above| words(grid, *above).len() >= 2);
    let mut names: Vec<ShapeColumn> = heads(grid, above.unwrap_or(head), head)
        .into_iter()
        .filter(|(column, names)| {
            let own = |name: &String| matcher.is_row_head(name);
            *column >= table.head.column && !names.iter().any(own)
        })
        .filter_map(|(column, names)| {
            let lowest = (above.unwrap_or(head)..=head).rev();
            let head = lowest.into_iter().find_map(|row| match grid.seen(row, column) {
                CellContent::Text(text) => Some(squeeze(text)).filter(|text| !text.is_empty()),
                _ => None,
            })?;
            Some(ShapeColumn {
                column,
                key: undated(&head),
                names,
                head,
                is_of_unit: false,
                role: None,
            })
        })
        .collect();
    tell_apart(&mut names);
    let (read, _) = table.columns(matcher, month);
    let ends: Vec<u32> = names.iter().skip(1).map(|name| name.column).chain([u32::MAX]).collect();
    let mut rows: Vec<ShapeRow> = names
        .into_iter()
        .zip(ends)
        .map(|(name, end)| {
            let by = name.names.first().and_then(|words| known(matcher, words));
            // The column of the period may be a later one under the same head.
            let is_read = |code: &str| {
                let mut columns = read.range(name.column..end);
                columns.any(|(_, (known, _))| normalise_code(known) == normalise_code(code))
            };
            let is_free = read.is_empty() && table.names(name.column).is_none();
            let known = by.filter(|(code, _)| is_free || is_read(code));
            let cell = CellRef { row: head, column: name.column };
            let (row, key, words) = (name.column, name.key, name.head);
            ShapeRow { row, cell, key, words, nth: (1, 1), known }
        })
        .collect();
    number(&mut rows);
    if read.is_empty() {
        forget_repeated(&mut rows);
    }
    let columns = columns(matcher, grid, table, month);
    let has_both = !columns.is_empty() && !rows.is_empty();
    let (first, last_row) = (table.head, head);
    has_both.then_some(Shape { head: first, last_row, is_across: true, columns, rows })
}

/// Returns the rows of a table as columns, each with what it is taken for.
fn columns(
    matcher: &Matcher,
    grid: &Grid,
    table: &AcrossTable,
    month: Option<Month>,
) -> Vec<ShapeColumn> {
    let roles = table.roles(matcher, month);
    let columns = table.rows.iter().zip(roles).map(|(row, role)| {
        let label = row.label.as_ref();
        let text = label.map(|(cell, _)| grid.seen(cell.row, cell.column));
        let head = match text {
            Some(CellContent::Text(text)) => squeeze(text),
            _ => String::new(),
        };
        ShapeColumn {
            column: row.row,
            names: label.map(|(_, words)| words.clone()).into_iter().collect(),
            key: undated(&head),
            head,
            is_of_unit: role == Role::Unit,
            role: Some((role, label.map(|(cell, _)| *cell))),
        }
    });
    columns.collect()
}

/// Forgets what rows name that several name, so that a person is asked which of them it is.
fn forget_repeated(rows: &mut [ShapeRow]) {
    let codes: Vec<Option<String>> =
        rows.iter().map(|row| Some(row.known.as_ref()?.0.clone())).collect();
    for (row, code) in rows.iter_mut().zip(&codes) {
        let is_repeated = codes.iter().filter(|other| *other == code).count() > 1;
        if code.is_some() && is_repeated {
            row.known = None;
        }
    }
}

/// Returns whether enough heads over figures are indicators, or like them.
fn is_like(matcher: &Matcher, shape: &Shape) -> bool {
    let likeness = |row: &ShapeRow| {
        if matches!(row.known, Some((_, basis)) if basis != Basis::Nothing) {
            return 100;
        }
        let words = RowWords::of_row(&row.words);
        let rows = matcher.form_rows.iter().flat_map(|form| &form.rows);
        rows.map(|known| known.likeness(&words).0).max().unwrap_or(0)
    };
    let all: Vec<u8> = shape.rows.iter().map(likeness).collect();
    let at_least = |least: u8| all.iter().filter(|each| **each >= least).count();
    all.len() >= LEAST_COLUMNS
        && at_least(PROPOSED) >= LEAST_LIKE
        && at_least(LEAST) * 2 >= all.len()
}

//! The tables of a sheet as they look, whatever was read of them: heads, rows, and which rows name
//! an indicator. A table is found by a head of the code or the name, else by a column of known rows.

use std::collections::BTreeMap;

use super::across;
use crate::{
    ingest::{
        CellContent,
        across::Role,
        codes::{are_foreign, looks_like_code, normalise_code},
        details::is_number_row,
        grid::Grid,
        header::{self, heads, last_row},
        matcher::Matcher,
        month::{Month, is_date_line},
        understanding::Basis,
    },
    place::CellRef,
    text::{fold, squeeze, undated},
};

/// Least number of known rows that make a table without a known head.
const LEAST_ROWS: usize = 4;
/// Rows above the first known row among which the head of such a table is looked for.
const HEAD_ROWS: u32 = 3;

/// A table as it looks. One with the indicators across is turned: its rows are the columns of the
/// sheet that name indicators, its columns the rows of the sheet that have their values.
#[derive(Debug)]
pub(super) struct Shape {
    /// First cell of its head.
    pub(super) head: CellRef,
    /// Last row of its head.
    pub(super) last_row: u32,
    /// Whether it is turned.
    pub(super) is_across: bool,
    /// Columns that have a head.
    pub(super) columns: Vec<ShapeColumn>,
    /// Rows that have words, from top to bottom.
    pub(super) rows: Vec<ShapeRow>,
}

/// A column of a table.
#[derive(Debug)]
pub(super) struct ShapeColumn {
    pub(super) column: u32,
    /// Its lowest words, then those with the words above, folded.
    pub(super) names: Vec<String>,
    /// Its head as it stands.
    pub(super) head: String,
    /// The head as it is compared from month to month.
    pub(super) key: String,
    /// Whether its head is the name of a unit.
    pub(super) is_of_unit: bool,
    /// Of a turned table: what it is taken for, and the cell of its head.
    pub(super) role: Option<(Role, Option<CellRef>)>,
}

/// A row of a table.
#[derive(Debug)]
pub(super) struct ShapeRow {
    pub(super) row: u32,
    /// The cell of its words.
    pub(super) cell: CellRef,
    /// Its words as they stand.
    pub(super) words: String,
    /// The words as they are compared from month to month.
    pub(super) key: String,
    /// Which of several rows of these words it is, and of how many.
    pub(super) nth: (u16, u16),
    /// The normalised code of the indicator and by what it is known.
    pub(super) known: Option<(String, Basis)>,
}

/// Returns the tables of a sheet; `is_read` says whether anything of it was read.
pub(super) fn shapes(
    matcher: &Matcher,
    grid: &Grid,
    (month, is_read): (Option<Month>, bool),
) -> Vec<Shape> {
    let turned = across::certain(matcher, grid, month);
    let rows_of = |shape: &Shape| {
        let last = shape.columns.iter().map(|column| column.column).max().unwrap_or(0);
        shape.head.row.saturating_sub(HEAD_ROWS)..=last
    };
    let mut shapes = by_heads(matcher, grid, month);
    shapes.retain(|shape| {
        let is_apart = !turned.iter().any(|other| rows_of(other).contains(&shape.head.row));
        is_apart && !shape.rows.is_empty()
    });
    if shapes.is_empty() && turned.is_empty() {
        shapes.extend(by_rows(matcher, grid));
    }
    let names_nothing = !shapes.iter().flat_map(|shape| &shape.rows).any(|row| row.known.is_some());
    if !is_read
        && turned.is_empty()
        && names_nothing
        && let Some(foreign) = across::foreign(matcher, grid, month)
    {
        return vec![foreign];
    }
    shapes.extend(turned);
    shapes.sort_by_key(|shape| shape.head);
    shapes
}

/// The columns that say what a row is.
#[derive(Clone, Copy, Debug)]
struct Keys {
    code: Option<u32>,
    name: Option<u32>,
}

fn by_heads(matcher: &Matcher, grid: &Grid, month: Option<Month>) -> Vec<Shape> {
    let mut starts: Vec<(u32, u32, Keys)> = Vec::new();
    for row in grid.row_numbers() {
        let words = words(grid, row);
        if words.len() < 2 || starts.last().is_some_and(|(_, last, _)| row <= *last) {
            continue;
        }
        let column = |is_head: &dyn Fn(&str) -> bool| {
            words.iter().find(|(_, word)| is_head(word)).map(|(cell, _)| cell.column)
        };
        let code = column(&|word| matcher.is_code_head(word));
        let name = column(&|word| matcher.is_indicator_head(word));
        if let Some(column) = code.or(name) {
            let last = last_row(grid, CellRef { row, column });
            let below = |column| CellRef { row: last + 1, column };
            let is_ours =
                |column: &u32| name.is_none() || !are_foreign((matcher, grid), below(*column));
            let keys = Keys { code: code.filter(is_ours), name };
            starts.push((row, last, keys));
        }
    }
    let ends = starts.iter().skip(1).map(|(row, _, _)| *row).chain([u32::MAX]);
    let ends: Vec<u32> = ends.collect();
    starts
        .into_iter()
        .zip(ends)
        .map(|((first, last, keys), end)| shape((matcher, grid), month, (first, last, end), keys))
        .collect()
}

/// Returns the table of a column in which at least four indicators stand.
fn by_rows(matcher: &Matcher, grid: &Grid) -> Option<Shape> {
    let mut counts: BTreeMap<u32, (usize, u32)> = BTreeMap::new();
    for row in grid.row_numbers() {
        for (cell, word) in words(grid, row) {
            if known(matcher, &word).is_some() {
                let (count, _) = counts.entry(cell.column).or_insert((0, row));
                *count += 1;
            }
        }
    }
    let (column, (count, first)) = counts
        .into_iter()
        .max_by_key(|(column, (count, _))| (*count, std::cmp::Reverse(*column)))?;
    if count < LEAST_ROWS {
        return None;
    }
    let above = (first.saturating_sub(HEAD_ROWS)..first).rev();
    let head =
        above.into_iter().find(|row| words(grid, *row).len() >= 2 && !is_number_row(grid, *row))?;
    let keys = Keys { code: None, name: Some(column) };
    Some(shape((matcher, grid), None, (head, head, u32::MAX), keys))
}

fn shape(
    (matcher, grid): (&Matcher, &Grid),
    month: Option<Month>,
    (first, last, end): (u32, u32, u32),
    keys: Keys,
) -> Shape {
    let header = header::find((matcher, grid), first, &words(grid, first), || month);
    let units: Vec<CellRef> = header.into_iter().flat_map(|header| header.units.names).collect();
    let columns = heads(grid, first, last).into_iter().filter_map(|(column, names)| {
        let lowest = (first..=last).rev().find_map(|row| match grid.seen(row, column) {
            CellContent::Text(text) => Some(squeeze(text)),
            _ => None,
        });
        let head = lowest.filter(|head| !head.is_empty())?;
        Some(ShapeColumn {
            column,
            key: undated(&head),
            names,
            head,
            is_of_unit: units.iter().any(|name| name.column == column),
            role: None,
        })
    });
    let mut columns: Vec<ShapeColumn> = columns.collect();
    tell_apart(&mut columns);
    let mut rows = Vec::new();
    for row in grid.row_numbers().filter(|row| (last + 1..end).contains(row)) {
        if ends(matcher, grid, row) {
            break;
        }
        rows.extend(shape_row(matcher, grid, row, keys));
    }
    number(&mut rows);
    let left = columns.first().map_or(0, |column| column.column);
    let head = CellRef { row: first, column: left };
    Shape { head, last_row: last, is_across: false, columns, rows }
}

/// Gives columns with the same lowest head the words above it too.
pub(super) fn tell_apart(columns: &mut [ShapeColumn]) {
    let keys: Vec<String> = columns.iter().map(|column| column.key.clone()).collect();
    let whole = |column: &ShapeColumn| column.names.last().map(|names| undated(names));
    let wholes: Vec<Option<String>> = columns.iter().map(whole).collect();
    let is_single =
        |name: &str| wholes.iter().filter(|whole| whole.as_deref() == Some(name)).count() == 1;
    for column in columns {
        if keys.iter().filter(|key| **key == column.key).count() > 1
            && let Some(whole) = column.names.last()
            && is_single(&undated(whole))
        {
            column.head.clone_from(whole);
            column.key = undated(whole);
        }
    }
}

fn shape_row(matcher: &Matcher, grid: &Grid, row: u32, keys: Keys) -> Option<ShapeRow> {
    if is_number_row(grid, row) {
        return None;
    }
    let text = |column: Option<u32>| match grid.at(row, column?) {
        CellContent::Text(text) => Some(squeeze(text)).filter(|text| !text.is_empty()),
        _ => None,
    };
    let (code, name) = (text(keys.code), text(keys.name));
    let by_code = code.as_deref().map(normalise_code).filter(|code| matcher.knows_code(code));
    let column = if name.is_some() { keys.name } else { keys.code }?;
    let words =
        name.or_else(|| code.clone().filter(|code| looks_like_code(&normalise_code(code))))?;
    let coded = code.is_some_and(|code| looks_like_code(&normalise_code(&code)));
    let known = match by_code {
        Some(code) => Some((code, Basis::Code)),
        // A strange code in a table with codes is never overruled by the words beside it.
        None if coded && keys.code.is_some() => None,
        None => known(matcher, &fold(&words)),
    };
    let cell = CellRef { row, column };
    Some(ShapeRow { row, cell, key: undated(&words), words, nth: (1, 1), known })
}

/// Returns the indicator that folded words name, by code or by name.
pub(super) fn known(matcher: &Matcher, words: &str) -> Option<(String, Basis)> {
    let code = normalise_code(words);
    if matcher.knows_code(&code) {
        return Some((code, Basis::Code));
    }
    let mut parts = matcher.parts.iter();
    parts.find_map(|part| {
        let code = part.names.find(words)?.to_owned();
        let printed = part.names.is_printed(words);
        Some((code, if printed { Basis::PrintedWords } else { Basis::OtherWords }))
    })
}

/// Says of each row which of the rows of the same words it is.
pub(super) fn number(rows: &mut [ShapeRow]) {
    let mut counts: BTreeMap<String, u16> = BTreeMap::new();
    for row in &mut *rows {
        let count = counts.entry(row.key.clone()).or_default();
        *count = count.saturating_add(1);
        row.nth.0 = *count;
    }
    for row in rows {
        row.nth.1 = counts.get(&row.key).copied().unwrap_or(1);
    }
}

/// Returns whether a table ends at a row: at the sign-off or a label of the head or of a box.
pub(super) fn ends(matcher: &Matcher, grid: &Grid, row: u32) -> bool {
    let words = words(grid, row);
    if words.len() != grid.row(row).len() {
        return false;
    }
    let signs = |word: &str| {
        matcher.is_sign_off(word)
            || is_date_line(word)
            || matcher.label(word).is_some_and(|(_, label)| {
                let rest = word.strip_prefix(label).unwrap_or_default().trim_start();
                rest.starts_with(':')
            })
    };
    words.iter().any(|(_, word)| signs(word))
}

pub(super) fn words(grid: &Grid, row: u32) -> Vec<(CellRef, String)> {
    let cells = grid.row(row).iter();
    let words = cells.filter_map(|(cell, content)| match content {
        CellContent::Text(text) => Some((*cell, fold(text))),
        _ => None,
    });
    words.collect()
}

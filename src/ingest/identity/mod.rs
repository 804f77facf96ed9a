//! A form that the program gave out, read back: what its hidden sheet says, and where the sheets
//! differ from what it says stands there. Whether that matters is not decided here.

mod columns;
mod rows;

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use self::{columns::ColumnMap, rows::RowMap};
use super::{
    CellContent,
    grid::Grid,
    workbook::{SheetState, Worksheet},
};
use crate::{
    period::Period,
    place::CellRef,
    template::{FormIdentity, FormMark, FormMarkKind, IDENTITY_SHEET},
    text,
};

/// Columns of the hidden sheet.
const COLUMNS: u32 = 4;
/// What is found of a sheet that is there and hidden.
const HIDDEN: &str = "trang tính ẩn";
/// Most changes of a form that are kept, each.
const MAX_CHANGES: usize = 200;

/// What a form says of itself and how it was changed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RawIdentity {
    /// Key of the unit that it was given to.
    pub unit: String,
    /// The period that it was given out for.
    pub period: Period,
    /// Code of the form.
    pub form: String,
    /// Version of the form's templates.
    pub version: String,
    /// Name of the sheet of its figures.
    pub sheet: String,
    /// Whether unit, period, form and version are as they were given out.
    pub is_whole: bool,
    /// Whether the list of what stands where is as it was given out; else no change is looked for.
    pub marks_are_whole: bool,
    /// What differs from it, in the order of the form.
    pub changes: Vec<FormChange>,
}

/// Something in a form that is not as it was given out.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FormChange {
    /// What happened.
    pub kind: FormChangeKind,
    /// Name of the sheet; as it was given out where it is gone.
    pub sheet: String,
    /// Where it is now, or where it was.
    pub cell: CellRef,
    /// What stood there.
    pub expected: String,
    /// What stands there.
    pub found: String,
}

/// What happened to a form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum FormChangeKind {
    /// A sheet is gone, or hidden where something was `found`.
    Sheet,
    /// A sheet has another name, `found`.
    Renamed,
    /// The row of an indicator is gone; `expected` is its code.
    RowDeleted,
    /// The row of an indicator stands elsewhere among the others; `expected` is its code.
    RowMoved,
    /// Rows were inserted before this one; `found` is how many.
    RowsInserted,
    /// Rows without an indicator are gone before this one; `found` is how many.
    RowsRemoved,
    /// Locked words are other words.
    Words,
    /// A formula is gone.
    Formula,
    /// Columns were put in, taken out or moved, from this one on.
    Columns,
}

/// Takes the hidden sheet out of a workbook and compares the others with it.
pub(super) fn take(worksheets: &mut Vec<Worksheet>) -> Option<RawIdentity> {
    let read = |sheet: &Worksheet| match &sheet.state {
        SheetState::Read(grid) if sheet.name == IDENTITY_SHEET => {
            FormIdentity::read(&rows_of(grid))
        }
        _ => None,
    };
    let (position, read) = worksheets
        .iter()
        .enumerate()
        .find_map(|(position, sheet)| Some((position, read(sheet)?)))?;
    worksheets.remove(position);
    let marks: &[FormMark] = if read.marks_are_whole { &read.identity.marks } else { &[] };
    let changes = changes(marks, worksheets);
    let given = read.identity.marks.first().map(|mark| mark.sheet.clone()).unwrap_or_default();
    let mut renamed = changes.iter().filter(|change| change.kind == FormChangeKind::Renamed);
    let renamed = renamed.find(|change| change.expected == given);
    let sheet = renamed.map_or(given, |change| change.found.clone());
    let FormIdentity { unit, period, form, version, .. } = read.identity;
    let (is_whole, marks_are_whole) = (read.is_whole, read.marks_are_whole);
    Some(RawIdentity { unit, period, form, version, sheet, is_whole, marks_are_whole, changes })
}

fn rows_of(grid: &Grid) -> Vec<Vec<String>> {
    let words = |content: &CellContent| match content {
        CellContent::Text(words) => words.clone(),
        CellContent::Number(number) => number.to_string(),
        CellContent::Date(date) => date.clone(),
        _ => String::new(),
    };
    let row = |row: u32| -> Vec<String> {
        let mut cells: Vec<String> =
            (0..COLUMNS).map(|column| words(grid.at(row, column))).collect();
        while cells.len() > 2 && cells.last().is_some_and(String::is_empty) {
            cells.pop();
        }
        cells
    };
    let last = grid.row_numbers().last().map_or(0, |last| last + 1);
    (0..last).map(row).collect()
}

fn changes(marks: &[FormMark], worksheets: &[Worksheet]) -> Vec<FormChange> {
    let mut changes = Vec::new();
    let mut sheets: Vec<&str> = Vec::new();
    for mark in marks {
        if !sheets.contains(&mark.sheet.as_str()) {
            sheets.push(&mark.sheet);
        }
    }
    for sheet in sheets {
        let of_sheet: Vec<&FormMark> = marks.iter().filter(|mark| mark.sheet == sheet).collect();
        let mut read = worksheets.iter().filter_map(|worksheet| match &worksheet.state {
            SheetState::Read(grid) => Some((worksheet.name.trim(), grid)),
            _ => None,
        });
        let same = read.clone().find(|(name, _)| *name == sheet);
        let is_it = |(_, grid): &(&str, &Grid)| is_mostly(&of_sheet, grid);
        // Names may have been exchanged: what is printed decides, and the name where that does not.
        let found = same.filter(is_it).or_else(|| read.find(is_it)).or(same);
        let change = |kind, found: &str| FormChange {
            kind,
            sheet: if found.is_empty() { sheet } else { found }.to_owned(),
            cell: CellRef { row: 0, column: 0 },
            expected: sheet.to_owned(),
            found: found.to_owned(),
        };
        if let Some((name, grid)) = found {
            if name != sheet {
                changes.push(change(FormChangeKind::Renamed, name));
            }
            compare(name, &of_sheet, grid, &mut changes);
        } else {
            let is_hidden = worksheets.iter().any(|worksheet| {
                worksheet.name.trim() == sheet && matches!(worksheet.state, SheetState::Hidden)
            });
            let found = if is_hidden { HIDDEN.to_owned() } else { String::new() };
            changes.push(FormChange { found, ..change(FormChangeKind::Sheet, "") });
        }
    }
    changes
}

/// Returns whether most of what a form had printed in a sheet stands in the same columns of another.
fn is_mostly(marks: &[&FormMark], grid: &Grid) -> bool {
    let printed: BTreeSet<(u32, String)> =
        grid.texts().map(|(cell, words)| (cell.column, text::squeeze(&text::nfc(words)))).collect();
    let words = marks.iter().filter(|mark| mark.kind != FormMarkKind::Formula);
    let (all, there) = words.fold((0, 0), |(all, there), mark| {
        let is_there = printed.contains(&(mark.cell.column, text::squeeze(&mark.words)));
        (all + 1, there + usize::from(is_there))
    });
    there * 2 > all
}

fn compare(sheet: &str, marks: &[&FormMark], grid: &Grid, changes: &mut Vec<FormChange>) {
    let columns = ColumnMap::of(marks, grid);
    if !columns.is_unchanged() {
        changes.push(FormChange {
            kind: FormChangeKind::Columns,
            sheet: sheet.to_owned(),
            cell: CellRef { row: 0, column: columns.first() },
            expected: sheet.to_owned(),
            found: String::new(),
        });
    }
    let moved = columns.moved(marks);
    let marks: Vec<&FormMark> = moved.iter().collect();
    compare_rows(sheet, &marks, grid, changes);
}

fn compare_rows(sheet: &str, marks: &[&FormMark], grid: &Grid, changes: &mut Vec<FormChange>) {
    let map = RowMap::of(sheet, marks, grid);
    let mut found = map.changes.clone();
    let mut words = Vec::new();
    let mut formulas = Vec::new();
    for mark in marks {
        let Some(row) = map.row_now(mark.cell.row) else { continue };
        let cell = CellRef { row, column: mark.cell.column };
        let change = |kind, found: String| FormChange {
            kind,
            sheet: sheet.to_owned(),
            cell,
            expected: mark.words.clone(),
            found,
        };
        let stands = shown(grid.at(cell.row, cell.column));
        match mark.kind {
            FormMarkKind::Words
                if stands != text::squeeze(&mark.words) && !map.stands_elsewhere(mark) =>
            {
                words.push(change(FormChangeKind::Words, stands));
            }
            FormMarkKind::Formula if grid.has_formula(cell) == Some(false) => {
                formulas.push(change(FormChangeKind::Formula, stands));
            }
            _ => {}
        }
    }
    words.truncate(MAX_CHANGES);
    formulas.truncate(MAX_CHANGES);
    found.append(&mut words);
    found.append(&mut formulas);
    changes.append(&mut found);
}

fn shown(content: &CellContent) -> String {
    match content {
        CellContent::Empty | CellContent::FormulaWithoutValue => String::new(),
        CellContent::Text(words) => text::squeeze(&text::nfc(words)),
        CellContent::Number(number)
        | CellContent::Percent(number)
        | CellContent::ShownOtherwise(number, _) => number.to_string(),
        CellContent::Boolean(flag) => flag.to_string(),
        CellContent::Date(words) | CellContent::Error(words) => words.clone(),
    }
}

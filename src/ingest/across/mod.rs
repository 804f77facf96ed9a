//! Tables with the indicators across: a head of codes or names, below it a row of values for the
//! period, for several periods, for each thôn with a total, or for each unit. Which row counts is
//! read from the words before it, never guessed.

mod doubts;
mod meaning;
mod subheads;

use std::collections::{BTreeMap, BTreeSet};

pub(in crate::ingest) use meaning::Role;

use super::{
    CellContent, NoticeKind, RawValue,
    codes::normalise_folded,
    details::is_number_row,
    grid::Grid,
    header::Words,
    matcher::Matcher,
    month::Month,
    plain_number::begins_with_digit,
    repeated,
    sheet::SheetReading,
    units::{addend, are_units, value_at},
    withdrawn::{Objection, Objections},
};
use crate::{place::CellRef, template::Measure, text::fold};

/// A table with the indicators across that is being read.
#[derive(Debug)]
pub(in crate::ingest) struct AcrossTable {
    /// Row of the head and the first column of values.
    pub(in crate::ingest) head: CellRef,
    /// Columns of the sheet that name an indicator.
    columns: BTreeMap<u32, AcrossColumn>,
    /// Rows of values.
    pub(in crate::ingest) rows: Vec<AcrossRow>,
    /// What speaks against its numbers.
    pub(in crate::ingest) objections: Objections,
    /// Last row that was looked at; at first that of the head.
    pub(in crate::ingest) last_row: u32,
}

/// What a row is to a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::ingest) enum Taken {
    /// A row of values.
    Values,
    /// Words alone in their row.
    Alone,
    /// Nothing, within the table.
    Nothing,
    /// The first row behind the table.
    End,
}

/// A column of values.
#[derive(Debug)]
struct AcrossColumn {
    /// Index of [`Matcher::parts`].
    part: usize,
    /// The code as the templates write it.
    code: String,
    /// The words above its head, as those over a group of columns, or below it.
    group: Option<String>,
    /// Whether they stand below it: then only they say that it is of the period.
    is_below: bool,
}

/// A row of values.
#[derive(Debug)]
pub(in crate::ingest) struct AcrossRow {
    pub(in crate::ingest) row: u32,
    /// The last words before the values, with their cell.
    pub(in crate::ingest) label: Option<(CellRef, String)>,
}

/// The columns of a table that are read.
struct ReadColumns<'t> {
    /// Code and measure by column of the sheet.
    columns: BTreeMap<u32, (&'t str, Measure)>,
    /// What speaks against the numbers of a column.
    doubts: BTreeMap<u32, Objection>,
}

/// Least number of indicators across that make a head; fewer are enough over rows of units.
pub(in crate::ingest) const LEAST_INDICATORS: usize = 4;
const LEAST_OVER_UNITS: usize = 2;
/// Blank rows after which no further row belongs to the table.
const MAX_BLANK_ROWS: u32 = 2;
/// Rows below a head in which names of units are looked for.
const UNIT_ROWS: usize = 12;

/// Returns the table whose head stands in a row: at least four indicators, half of the words; or two
/// above rows that begin with the names of units.
pub(in crate::ingest) fn find(
    matcher: &Matcher,
    grid: &Grid,
    row: u32,
    words: &Words,
) -> Option<AcrossTable> {
    if words.len() < LEAST_OVER_UNITS {
        return None;
    }
    let mut columns = BTreeMap::new();
    for (cell, word) in words {
        if let Some((part, code)) = indicator(matcher, word) {
            let above = row.checked_sub(1).map(|above| grid.seen(above, cell.column));
            let group = above.and_then(|above| match above {
                CellContent::Text(text) => Some(fold(text)),
                _ => None,
            });
            columns.insert(cell.column, AcrossColumn { part, code, group, is_below: false });
        }
    }
    let has_subheads = subheads::take((matcher, grid), row, &mut columns);
    let different: BTreeSet<&str> = columns.values().map(|column| column.code.as_str()).collect();
    let first = *columns.keys().next()?;
    let heads = words.iter().filter(|(cell, word)| {
        cell.column >= first && !matcher.is_row_head(word) && !matcher.is_total(word)
    });
    let (different, heads) = (different.len(), heads.count());
    let least_over_units = if has_subheads { 1 } else { LEAST_OVER_UNITS };
    let enough = different >= LEAST_INDICATORS && columns.len() * 2 >= words.len()
        || different >= least_over_units
            && columns.len() * 2 >= heads
            && is_over_units(matcher, grid, row, first);
    let last_row = row + u32::from(has_subheads);
    let head = CellRef { row, column: first };
    enough.then(|| AcrossTable { columns, last_row, ..AcrossTable::begin(head) })
}

/// Returns whether the rows below a head begin with names of units.
fn is_over_units(matcher: &Matcher, grid: &Grid, head: u32, first: u32) -> bool {
    let below = grid.row_numbers().filter(|row| *row > head).take(UNIT_ROWS);
    let labels: Vec<String> = below
        .filter_map(|row| {
            let before = grid.row(row).iter().filter(|(cell, _)| cell.column < first);
            let mut words = before.filter_map(|(_, content)| match content {
                CellContent::Text(text) => Some(fold(text)),
                _ => None,
            });
            words.next_back()
        })
        .collect();
    are_units(matcher, labels.iter().map(String::as_str).filter(|words| !matcher.is_total(words)))
}

/// Returns whether some words of a row name an indicator.
pub(in crate::ingest) fn names_indicator(matcher: &Matcher, words: &Words) -> bool {
    words.iter().any(|(_, word)| indicator(matcher, word).is_some())
}

/// Returns the part and the code, as the templates write it, that a head names.
fn indicator(matcher: &Matcher, words: &str) -> Option<(usize, String)> {
    let written = |code: &str| {
        let mut parts = matcher.parts.iter().enumerate();
        parts.find_map(|(index, part)| Some((index, part.codes.get(code)?.clone())))
    };
    if matcher.may_be_code(words) {
        let code = normalise_folded(words);
        if matcher.knows_code(&code) {
            return written(&code);
        }
    }
    matcher.row_named(words).and_then(written)
}

impl AcrossTable {
    /// Begins a table whose head names no indicator for certain.
    pub(in crate::ingest) fn begin(head: CellRef) -> Self {
        Self {
            head,
            columns: BTreeMap::new(),
            rows: Vec::new(),
            objections: Objections::default(),
            last_row: head.row,
        }
    }

    /// Returns the code that a column names, as the templates write it.
    pub(in crate::ingest) fn names(&self, column: u32) -> Option<&str> {
        self.columns.get(&column).map(|column| column.code.as_str())
    }

    /// Takes a row; returns what it is to the table.
    pub(in crate::ingest) fn take_row(&mut self, grid: &Grid, row: u32, words: &Words) -> Taken {
        if row - self.last_row > MAX_BLANK_ROWS + 1 {
            return Taken::End;
        }
        self.last_row = row;
        let mut cells = grid.row(row).iter();
        let is_filled = if self.columns.is_empty() {
            cells.any(|(cell, _)| cell.column >= self.head.column)
        } else {
            cells.any(|(cell, _)| self.columns.contains_key(&cell.column))
        };
        if is_filled && !is_number_row(grid, row) {
            let mut before = words.iter().filter(|(cell, _)| cell.column < self.head.column);
            self.rows.push(AcrossRow { row, label: before.next_back().cloned() });
            return Taken::Values;
        }
        if words.len() == 1 && grid.row(row).len() == 1 { Taken::Alone } else { Taken::Nothing }
    }

    /// Gives the values of the rows that count to the sheet.
    pub(in crate::ingest) fn finish(
        self,
        (matcher, grid): (&Matcher, &Grid),
        month: Option<Month>,
        found: &mut SheetReading,
    ) {
        let roles = self.roles(matcher, month);
        let (mut columns, mut unclear) = self.columns(matcher, month);
        let shared: Vec<u32> =
            columns.keys().copied().filter(|column| self.shares_its_head(grid, *column)).collect();
        columns.retain(|column, _| !shared.contains(column));
        unclear.extend(shared);
        for column in unclear {
            let AcrossColumn { code, is_below, .. } = &self.columns[&column];
            let cell = CellRef { row: self.head.row + u32::from(*is_below), column };
            found.notice(cell, NoticeKind::UnclearColumns(code.clone()));
        }
        let doubts = self.doubts((matcher, grid), &columns);
        let read = ReadColumns { columns, doubts };
        if roles.contains(&Role::Unit) {
            self.give_units((matcher, grid), &read, &roles, found);
            return;
        }
        for (row, role) in self.rows.iter().zip(&roles) {
            self.give((matcher, grid), &read, (row, *role), found);
            if role.is_value() {
                found.strange.words.extend(row.label.as_ref().map(|(cell, _)| *cell));
            }
            if *role == Role::Total {
                self.check_total(grid, &read, row.row, found);
            }
        }
        // Names above codes are two heads of one table.
        if !self.rows.is_empty() && !roles.iter().any(|role| role.is_value()) {
            found.notice(self.head, NoticeKind::UnclearRows);
        }
    }

    /// Returns whether figures stand beside those of a column under the same head, and no words say what
    /// they are.
    fn shares_its_head(&self, grid: &Grid, column: u32) -> bool {
        let own = CellRef { row: self.head.row, column };
        let last = if let Some(area) = grid.merge_at(own) {
            area.last.column
        } else {
            let mut heads = grid.row(own.row).iter().map(|(cell, _)| cell.column);
            let cells = self.rows.iter().filter_map(|row| grid.row(row.row).last());
            let last = cells.map(|(cell, _)| cell.column).max().unwrap_or(column);
            heads.find(|head| *head > column).map_or(last, |next| next - 1)
        };
        let is_figure = |content: &CellContent| match content {
            CellContent::Text(words) => begins_with_digit(words),
            content => !matches!(content, CellContent::Empty),
        };
        let is_bare = |column: &u32| match grid.at(own.row + 1, *column) {
            content @ CellContent::Text(_) => is_figure(content),
            _ => true,
        };
        let is_unknown = |column: &u32| !self.columns.contains_key(column) && is_bare(column);
        let mut beside = (column + 1..=last).filter(is_unknown);
        beside.any(|beside| self.rows.iter().any(|row| is_figure(grid.at(row.row, beside))))
    }

    /// Gives a row of the unit's own.
    fn give(
        &self,
        (matcher, grid): (&Matcher, &Grid),
        read: &ReadColumns<'_>,
        (row, role): (&AcrossRow, Role),
        found: &mut SheetReading,
    ) {
        let of_row = match role {
            Role::Stated(measure) => measure,
            Role::Only | Role::Total => Measure::Value,
            Role::Unit | Role::Other => return,
        };
        for (column, (code, of_column)) in &read.columns {
            let ((Measure::Value, measure) | (measure, Measure::Value)) = (of_row, *of_column)
            else {
                continue;
            };
            let cell = CellRef { row: row.row, column: *column };
            let part = &matcher.parts[self.columns[column].part];
            let value = RawValue { measure, ..value_at(grid, part, code, cell) };
            let doubt = || self.doubt_of_row((matcher, grid), (row, role), *column);
            if measure == Measure::Value
                && let Some(doubt) = read.doubts.get(column).cloned().or_else(doubt)
            {
                found.withdraw(&doubt, std::iter::once(value));
                continue;
            }
            if measure != Measure::Value || found.codes.insert((*code).to_owned()) {
                found.values.push(value);
            } else {
                let (values, further) = (&mut found.values, [value].into_iter());
                let row = repeated::settle(values, &found.repeated, (code, cell), further);
                found.repeated.push(row);
            }
        }
    }

    /// Gives each row to the unit that its words name.
    fn give_units(
        &self,
        (matcher, grid): (&Matcher, &Grid),
        read: &ReadColumns<'_>,
        roles: &[Role],
        found: &mut SheetReading,
    ) {
        let of_units = self.rows.iter().zip(roles).filter(|(_, role)| **role == Role::Unit);
        for (row, _) in of_units {
            let Some((name, _)) = &row.label else { continue };
            let unit = found.unit_at(grid, *name);
            let values = read.columns.iter().filter(|(_, (_, measure))| *measure == Measure::Value);
            for (column, (code, _)) in values {
                let cell = CellRef { row: row.row, column: *column };
                let part = &matcher.parts[self.columns[column].part];
                let value = value_at(grid, part, code, cell);
                match read.doubts.get(column) {
                    Some(doubt) => found.withdraw_of_unit(unit, doubt, value),
                    None => found.add_of_unit(unit, value),
                }
            }
        }
        let is_total =
            |row: &&AcrossRow| row.label.as_ref().is_some_and(|(_, words)| matcher.is_total(words));
        let mut totals = self.rows.iter().filter(is_total);
        if let (Some(total), None) = (totals.next(), totals.next()) {
            self.check_total(grid, read, total.row, found);
        }
    }

    /// Notes where the total is not the sum of the other rows; those above it, when there are any.
    fn check_total(
        &self,
        grid: &Grid,
        read: &ReadColumns<'_>,
        total: u32,
        found: &mut SheetReading,
    ) {
        let is_last = self.rows.iter().any(|row| row.row < total);
        for (column, (code, _)) in &read.columns {
            let others = self.rows.iter().filter(|row| (row.row < total) == is_last);
            let others = others.filter(|row| row.row != total);
            let sum: Option<f64> = others.map(|row| addend(grid.at(row.row, *column))).sum();
            let cell = CellRef { row: total, column: *column };
            if let (Some(sum), CellContent::Number(stated)) = (sum, grid.at(total, *column))
                && (sum - stated).abs() > 0.000_1
            {
                found.notice(cell, NoticeKind::TotalDiffers((*code).to_owned()));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::samples;

    fn words_of(cells: &[&str]) -> Vec<(CellRef, String)> {
        let cell = |column| CellRef { row: 0, column };
        (0..).zip(cells).map(|(column, words)| (cell(column), fold(words))).collect()
    }

    #[test]
    fn a_head_needs_four_indicators_and_half_of_the_words() {
        let matcher = samples::matcher();
        let codes = |cells: &[&str]| {
            let table = find(&matcher, &Grid::default(), 0, &words_of(cells));
            let codes = |table: AcrossTable| table.columns.into_values().map(|column| column.code);
            table.map(|table| codes(table).collect::<Vec<_>>())
        };
        let found = ["A01", "A02", "B06", "B08"].map(str::to_owned).to_vec();
        assert_eq!(
            codes(&["Nội dung", "A01", "a.02", "Tài khoản mức 1 hiện có", "B08"]),
            Some(found)
        );
        assert_eq!(codes(&["Nội dung", "A01", "A02", "B08"]), None);
        let lost = ["A01", "A02", "A03", "B08", "x", "x", "x", "x", "x"];
        assert_eq!(codes(&lost), None);
    }
}

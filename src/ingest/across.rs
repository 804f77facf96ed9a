//! Tables with the indicators across: a head of codes or names, below it a row of values for the
//! period, for several periods, for each thôn with a total, or for each unit. Which row counts is
//! read from the words before it, never guessed.

use std::collections::BTreeMap;

use super::{
    CellContent, NoticeKind, RawValue,
    codes::normalise_code,
    details::is_number_row,
    grid::Grid,
    header::Words,
    matcher::Matcher,
    month::{Month, MonthHead},
    sheet::SheetReading,
    units::{are_units, value_at},
};
use crate::{place::CellRef, template::Measure};

/// A table with the indicators across that is being read.
#[derive(Debug)]
pub(super) struct AcrossTable {
    head: CellRef,
    /// Column of the sheet → index of [`Matcher::parts`] and the code as the templates write it.
    columns: BTreeMap<u32, (usize, String)>,
    rows: Vec<AcrossRow>,
    /// Last row that was looked at.
    last_row: u32,
}

/// A row of values.
#[derive(Debug)]
struct AcrossRow {
    row: u32,
    /// The last words before the values, with their cell.
    label: Option<(CellRef, String)>,
}

/// What the words before a row say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Value,
    Previous,
    Total,
    Unknown,
}

/// Least number of indicators across that make a head.
const LEAST_INDICATORS: usize = 4;
/// Blank rows after which no further row belongs to the table.
const MAX_BLANK_ROWS: u32 = 2;

/// Returns the table whose head stands in a row: at least four indicators, half of the words.
pub(super) fn find(matcher: &Matcher, row: u32, words: &Words) -> Option<AcrossTable> {
    if words.len() < LEAST_INDICATORS {
        return None;
    }
    let mut columns = BTreeMap::new();
    let mut seen = std::collections::BTreeSet::new();
    for (cell, word) in words {
        if let Some((part, code)) = indicator(matcher, word)
            && seen.insert(code.clone())
        {
            columns.insert(cell.column, (part, code));
        }
    }
    let enough = columns.len() >= LEAST_INDICATORS && columns.len() * 2 >= words.len();
    let first = *columns.keys().next()?;
    let head = CellRef { row, column: first };
    enough.then_some(AcrossTable { head, columns, rows: Vec::new(), last_row: row })
}

/// Returns the part and the code, as the templates write it, that a head names.
fn indicator(matcher: &Matcher, words: &str) -> Option<(usize, String)> {
    let code = normalise_code(words);
    let written = |code: &str| {
        let mut parts = matcher.parts.iter().enumerate();
        parts.find_map(|(index, part)| Some((index, part.codes.get(code)?.clone())))
    };
    if matcher.knows_code(&code) {
        return written(&code);
    }
    matcher.parts.iter().find_map(|part| part.names.find(words)).and_then(written)
}

impl AcrossTable {
    /// Takes a row; returns whether it belongs to the table.
    pub(super) fn take_row(&mut self, grid: &Grid, row: u32, words: &Words) -> bool {
        if row - self.last_row > MAX_BLANK_ROWS + 1 {
            return false;
        }
        self.last_row = row;
        let cells = grid.row(row);
        let filled = cells.iter().any(|(cell, _)| self.columns.contains_key(&cell.column));
        if filled && !is_number_row(grid, row) {
            let mut before = words.iter().filter(|(cell, _)| cell.column < self.head.column);
            self.rows.push(AcrossRow { row, label: before.next_back().cloned() });
        }
        true
    }

    /// Gives the values of the rows that count to the sheet.
    pub(super) fn finish(
        self,
        (matcher, grid): (&Matcher, &Grid),
        month: Option<Month>,
        found: &mut SheetReading,
    ) {
        found.tables += 1;
        let labels = self.rows.iter().filter_map(|row| row.label.as_ref());
        let labels = labels.map(|(_, words)| words.as_str());
        if are_units(matcher, labels.filter(|words| !matcher.is_total(words))) {
            self.give_units(matcher, grid, found);
            return;
        }
        let kinds: Vec<Kind> = self.rows.iter().map(|row| kind(matcher, row, month)).collect();
        let single = |wanted: Kind| {
            let mut rows = self.rows.iter().zip(&kinds).filter(|(_, kind)| **kind == wanted);
            rows.next().filter(|_| rows.next().is_none()).map(|(row, _)| row.row)
        };
        let current = single(Kind::Value).or_else(|| match self.rows.as_slice() {
            _ if kinds.contains(&Kind::Value) => None,
            [only] => Some(only.row),
            _ => single(Kind::Total),
        });
        let Some(current) = current else {
            found.notice(self.head, NoticeKind::UnclearRows);
            return;
        };
        self.give(grid, matcher, (current, Measure::Value), found);
        if let Some(previous) = single(Kind::Previous) {
            self.give(grid, matcher, (previous, Measure::Previous), found);
        }
        if single(Kind::Total) == Some(current) {
            self.check_total(grid, current, found);
        }
    }

    /// Gives a row of the unit's own.
    fn give(
        &self,
        grid: &Grid,
        matcher: &Matcher,
        (row, measure): (u32, Measure),
        found: &mut SheetReading,
    ) {
        for (column, (part, code)) in &self.columns {
            let cell = CellRef { row, column: *column };
            let value = RawValue { measure, ..value_at(grid, &matcher.parts[*part], code, cell) };
            if measure != Measure::Value || found.codes.insert(code.clone()) {
                found.values.push(value);
            } else {
                found.notice(cell, NoticeKind::RepeatedRow(code.clone()));
            }
        }
    }

    /// Gives each row to the unit that its words name.
    fn give_units(&self, matcher: &Matcher, grid: &Grid, found: &mut SheetReading) {
        for row in &self.rows {
            let Some((name, words)) = &row.label else { continue };
            if matcher.is_total(words) {
                continue;
            }
            let unit = found.unit_at(grid, *name);
            for (column, (part, code)) in &self.columns {
                let cell = CellRef { row: row.row, column: *column };
                found.add_of_unit(unit, value_at(grid, &matcher.parts[*part], code, cell));
            }
        }
        let is_total =
            |row: &&AcrossRow| row.label.as_ref().is_some_and(|(_, words)| matcher.is_total(words));
        let mut totals = self.rows.iter().filter(is_total);
        if let (Some(total), None) = (totals.next(), totals.next()) {
            self.check_total(grid, total.row, found);
        }
    }

    /// Notes where the total is not the sum of the other rows; those above it, when there are any.
    fn check_total(&self, grid: &Grid, total: u32, found: &mut SheetReading) {
        let number = |row: u32, column: u32| match grid.at(row, column) {
            CellContent::Number(number) => Some(*number),
            CellContent::Empty => Some(0.0),
            _ => None,
        };
        let is_last = self.rows.iter().any(|row| row.row < total);
        for (column, (_, code)) in &self.columns {
            let others = self.rows.iter().filter(|row| (row.row < total) == is_last);
            let others = others.filter(|row| row.row != total);
            let sum: Option<f64> = others.map(|row| number(row.row, *column)).sum();
            let cell = CellRef { row: total, column: *column };
            if let (Some(sum), CellContent::Number(stated)) = (sum, grid.at(total, *column))
                && (sum - stated).abs() > 0.000_1
            {
                found.notice(cell, NoticeKind::TotalDiffers(code.clone()));
            }
        }
    }
}

fn kind(matcher: &Matcher, row: &AcrossRow, month: Option<Month>) -> Kind {
    let Some((_, words)) = &row.label else { return Kind::Unknown };
    if matcher.is_total(words) {
        return Kind::Total;
    }
    if let (Some(named), Some(month)) = (MonthHead::of(words), month) {
        return match named {
            named if named.fits(month) => Kind::Value,
            named if named.fits(month.previous()) => Kind::Previous,
            _ => Kind::Unknown,
        };
    }
    let heads = |wanted: Measure| {
        let columns = matcher.parts.iter().flat_map(|part| &part.columns);
        columns.filter(move |column| column.measure == wanted)
    };
    let is = |wanted| heads(wanted).any(|column| column.fill(words).is_some());
    match (is(Measure::Value), is(Measure::Previous)) {
        (true, false) => Kind::Value,
        (false, true) => Kind::Previous,
        _ => Kind::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{ingest::samples, text::fold};

    fn words_of(cells: &[&str]) -> Vec<(CellRef, String)> {
        let cell = |column| CellRef { row: 0, column };
        (0..).zip(cells).map(|(column, words)| (cell(column), fold(words))).collect()
    }

    #[test]
    fn a_head_needs_four_indicators_and_half_of_the_words() {
        let matcher = Matcher::new(&samples::guide());
        let codes = |cells: &[&str]| {
            let table = find(&matcher, 0, &words_of(cells));
            table.map(|table| table.columns.into_values().map(|(_, code)| code).collect::<Vec<_>>())
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

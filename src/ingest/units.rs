//! One sheet for many units: a column or a row each. What a name means is decided later; here a
//! sheet is one of many units when names of the roster head its columns or begin its rows.

use std::collections::BTreeMap;

use super::{
    CellContent, FurtherRow, Located, RawValue,
    grid::Grid,
    matcher::{Matcher, PartWords},
    repeated,
    sheet::SheetReading,
    unit_groups::UnitGroup,
    withdrawn::Withdrawn,
};
use crate::{
    place::CellRef,
    template::Measure,
    text::{HashSet, fold},
};

/// What a sheet of many units holds of one.
#[derive(Debug)]
pub(super) struct UnitValues {
    /// Its name as it stands.
    pub(super) name: Located<CellContent>,
    /// The name folded, by which its columns and rows are told to be its.
    words: String,
    /// Its values.
    pub(super) values: Vec<RawValue>,
    /// Values that an accepted mapping adds to those above.
    pub(super) mapped: Vec<RawValue>,
    /// Codes of the rows read, as the templates write them.
    pub(super) codes: HashSet<String>,
    /// Indicators that stand twice.
    pub(super) repeated: Vec<FurtherRow>,
    /// Values that mean something else than the form asks for.
    pub(super) withdrawn: Vec<Withdrawn>,
}

/// The columns of a sheet that are of a unit each.
#[derive(Clone, Debug, Default)]
pub(super) struct UnitColumns {
    /// The cells of the heads that are names.
    pub(super) names: Vec<CellRef>,
    /// Units with several columns each; then there are no names above.
    groups: Vec<UnitGroup>,
    /// The only column of totals.
    total: Option<u32>,
}

/// Least number of known names that make a sheet one of many units.
const LEAST_UNITS: usize = 2;
/// The same where names stand without the words for their kind, as thôn may be called too.
const LEAST_BARE_UNITS: usize = 4;

/// Returns the columns of units, when at least two units of the roster are among them; names that no
/// roster has are kept, so that they are asked about.
pub(super) fn columns(
    matcher: &Matcher,
    grid: &Grid,
    heads: &BTreeMap<u32, Vec<String>>,
    last_row: u32,
) -> UnitColumns {
    let own = |words: &str| matcher.is_row_head(words) || matcher.is_total(words);
    let named = heads.iter().filter_map(|(column, names)| {
        let words = names.first()?;
        (!own(words)).then_some((*column, words))
    });
    let named: Vec<(u32, &String)> = named.collect();
    let known = named.iter().filter(|(_, words)| matcher.is_unit(words)).count();
    if known < LEAST_UNITS
        && !are_bare_units(matcher, named.iter().map(|(_, words)| words.as_str()))
    {
        return UnitColumns::default();
    }
    let cell = |column: u32| {
        let own = CellRef { row: last_row, column };
        grid.merge_at(own).map_or(own, |area| area.first)
    };
    let is_total = |names: &Vec<String>| names.first().is_some_and(|words| matcher.is_total(words));
    let mut totals = heads.iter().filter(|(_, names)| is_total(names)).map(|(column, _)| *column);
    let total = totals.next().filter(|_| totals.next().is_none());
    let cells = named.into_iter().map(|(column, _)| cell(column)).collect();
    UnitColumns { names: cells, total, groups: Vec::new() }
}

impl UnitColumns {
    /// Returns those of units with several columns each.
    pub(super) fn of_groups(groups: Vec<UnitGroup>) -> Self {
        Self { groups, ..Self::default() }
    }

    /// Returns whether the sheet has none.
    pub(super) fn is_empty(&self) -> bool {
        self.names.is_empty() && self.groups.is_empty()
    }

    /// Returns the name of each unit, and the column with its value of an indicator by its normalised
    /// code where one is known.
    pub(super) fn values_of(&self, matcher: &Matcher, code: &str) -> Vec<(CellRef, Option<u32>)> {
        let groups = self.groups.iter().map(|group| (group.name, group.column(matcher, code)));
        self.names.iter().map(|name| (*name, Some(name.column))).chain(groups).collect()
    }

    /// Returns whether a column is one of several of a unit.
    pub(super) fn is_of_group(&self, column: u32) -> bool {
        let first = self.groups.first().map(|group| group.name.column);
        first.is_some_and(|first| column >= first)
    }

    /// Returns the cell of the total of a row that is not the sum of its units.
    pub(super) fn wrong_total(&self, grid: &Grid, row: u32) -> Option<CellRef> {
        let total = CellRef { row, column: self.total? };
        let names = self.names.iter().map(|name| name.column);
        is_other_sum(grid, total, names).then_some(total)
    }
}

/// Returns whether a total is not the sum of other columns of its row; what cannot be added says nothing.
pub(super) fn is_other_sum(
    grid: &Grid,
    total: CellRef,
    columns: impl Iterator<Item = u32>,
) -> bool {
    let CellContent::Number(stated) = grid.at(total.row, total.column) else { return false };
    let sum: Option<f64> = columns.map(|column| addend(grid.at(total.row, column))).sum();
    sum.is_some_and(|sum| (sum - stated).abs() > 0.000_1)
}

/// Returns what a cell adds to a sum; words cannot be added.
pub(super) fn addend(content: &CellContent) -> Option<f64> {
    match content {
        CellContent::Number(number) => Some(*number),
        CellContent::Empty => Some(0.0),
        _ => None,
    }
}

/// Returns whether names, some without the words for their kind, are those of units: of at least four,
/// and nearly all.
fn are_bare_units<'l>(matcher: &Matcher, names: impl Iterator<Item = &'l str>) -> bool {
    let (mut all, mut known) = (0, 0);
    for name in names {
        all += 1;
        known += usize::from(matcher.is_unit(name) || matcher.is_bare_unit(name));
    }
    known >= LEAST_BARE_UNITS && known * 4 >= all * 3
}

/// Returns whether labels of rows are names of units: of at least two, and of half of the rows.
pub(super) fn are_units<'l>(
    matcher: &Matcher,
    labels: impl Iterator<Item = &'l str> + Clone,
) -> bool {
    if are_bare_units(matcher, labels.clone()) {
        return true;
    }
    let (mut rows, mut known) = (0, 0);
    for label in labels {
        rows += 1;
        known += usize::from(matcher.is_unit(label));
    }
    known >= LEAST_UNITS && known * 2 >= rows
}

impl SheetReading {
    /// Returns the position of the unit whose name stands in a cell, added when it is new.
    pub(super) fn unit_at(&mut self, grid: &Grid, cell: CellRef) -> usize {
        let value = grid.seen(cell.row, cell.column).clone();
        let words = match &value {
            CellContent::Text(text) => fold(text),
            _ => String::new(),
        };
        let known = self.units.iter().position(|unit| unit.words == words);
        known.unwrap_or_else(|| {
            let name = Located { value, sheet: 0, cell };
            self.units.push(UnitValues {
                name,
                words,
                values: Vec::new(),
                mapped: Vec::new(),
                codes: HashSet::default(),
                repeated: Vec::new(),
                withdrawn: Vec::new(),
            });
            self.units.len() - 1
        })
    }

    /// Adds the value of a unit; of two for one indicator that differ none counts.
    pub(super) fn add_of_unit(&mut self, unit: usize, value: RawValue) {
        let Some(unit) = self.units.get_mut(unit) else { return };
        if unit.codes.insert(value.code.clone()) {
            unit.values.push(value);
        } else {
            let (cell, code) = (value.cell, value.code.clone());
            let (values, further) = (&mut unit.values, [value].into_iter());
            let row = repeated::settle(values, &unit.repeated, (&code, cell), further);
            unit.repeated.push(row);
        }
    }
}

/// Returns the value of the period that stands in a cell.
pub(super) fn value_at(grid: &Grid, part: &PartWords, code: &str, cell: CellRef) -> RawValue {
    RawValue {
        code: code.to_owned(),
        measure: Measure::Value,
        part_is_stock: part.stock,
        sheet: 0,
        cell,
        content: grid.figure(cell.row, cell.column),
        part: None,
    }
}

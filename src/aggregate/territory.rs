//! Which scopes a unit lies in: the whole, its group, its block and every unit above it. Units that
//! lie in the same scopes form a cell, so that sums go unit → cell → scopes.

use std::collections::BTreeMap;

use super::{AggregateError, Scope};
use crate::template::{Duty, Templates, Unit, UnitIx};

/// The scopes above units, and the cells that units lie in.
#[derive(Debug)]
pub(super) struct Territory {
    /// All scopes above a unit, sorted.
    pub(super) scopes: Vec<Scope>,
    /// For each cell the positions of its scopes, sorted.
    pub(super) cells: Vec<Vec<u32>>,
    /// For each unit of the roster its cell; nothing for units that do not report.
    pub(super) cell_of: Vec<Option<u32>>,
}

impl Territory {
    /// Returns the territory of a roster.
    pub(super) fn of(templates: &Templates) -> Result<Self, AggregateError> {
        let by_key = by_key(&templates.roster.units)?;
        let scopes_of: Vec<Option<Vec<Scope>>> = templates
            .roster
            .units
            .iter()
            .map(|unit| {
                (unit.duty != Duty::Structural).then(|| scopes_of(templates, &by_key, unit))
            })
            .collect();
        let mut scopes: Vec<Scope> = scopes_of.iter().flatten().flatten().copied().collect();
        scopes.push(Scope::Whole);
        scopes.sort_unstable();
        scopes.dedup();
        let mut numbers: BTreeMap<Vec<u32>, u32> = BTreeMap::new();
        let mut cells = Vec::new();
        let mut cell_of = Vec::with_capacity(scopes_of.len());
        for unit_scopes in scopes_of {
            let Some(unit_scopes) = unit_scopes else {
                cell_of.push(None);
                continue;
            };
            let positions = positions(&scopes, &unit_scopes)?;
            let next = number(cells.len())?;
            let cell = *numbers.entry(positions.clone()).or_insert(next);
            if cell == next {
                cells.push(positions);
            }
            cell_of.push(Some(cell));
        }
        Ok(Self { scopes, cells, cell_of })
    }

    /// Returns the position of a scope above units.
    pub(super) fn position(&self, scope: Scope) -> Option<usize> {
        self.scopes.binary_search(&scope).ok()
    }

    /// Returns whether a unit lies in a scope.
    pub(super) fn contains(&self, scope: Scope, unit: UnitIx) -> bool {
        if let Scope::Unit(only) = scope {
            return only == unit;
        }
        let Some(position) = self.position(scope) else { return false };
        self.scopes_of(unit).iter().any(|scope| *scope as usize == position)
    }

    /// Returns the positions of the scopes above a unit.
    pub(super) fn scopes_of(&self, unit: UnitIx) -> &[u32] {
        let cell = self.cell_of.get(unit.0 as usize).copied().flatten();
        cell.and_then(|cell| self.cells.get(cell as usize)).map_or(&[], Vec::as_slice)
    }
}

/// Returns the index of every unit by its key.
pub(super) fn by_key(units: &[Unit]) -> Result<BTreeMap<&str, UnitIx>, AggregateError> {
    units
        .iter()
        .enumerate()
        .map(|(index, unit)| Ok((unit.key.as_str(), UnitIx(number(index)?))))
        .collect()
}

/// Returns a position as a number of the tables.
pub(super) fn number(position: usize) -> Result<u32, AggregateError> {
    u32::try_from(position).ok().ok_or(AggregateError::TooMany)
}

fn scopes_of(templates: &Templates, by_key: &BTreeMap<&str, UnitIx>, unit: &Unit) -> Vec<Scope> {
    let mut scopes = vec![Scope::Whole];
    let small = |position: usize| u16::try_from(position).ok();
    let group = templates.body.groups.iter().position(|group| group.key == unit.group);
    scopes.extend(group.and_then(small).map(Scope::Group));
    let block = unit
        .block
        .as_ref()
        .and_then(|block| templates.body.blocks.iter().position(|(key, _)| key == block));
    scopes.extend(block.and_then(small).map(Scope::Block));
    let mut above = unit.parent.as_deref();
    while let Some(parent) = above.and_then(|key| by_key.get(key)) {
        let scope = Scope::Parent(*parent);
        // A roster whose parents run in a circle ends here.
        if scopes.contains(&scope) {
            break;
        }
        scopes.push(scope);
        above = templates.roster.get(*parent).parent.as_deref();
    }
    scopes
}

fn positions(scopes: &[Scope], wanted: &[Scope]) -> Result<Vec<u32>, AggregateError> {
    let mut positions = wanted
        .iter()
        .filter_map(|scope| scopes.binary_search(scope).ok())
        .map(number)
        .collect::<Result<Vec<u32>, _>>()?;
    positions.sort_unstable();
    Ok(positions)
}

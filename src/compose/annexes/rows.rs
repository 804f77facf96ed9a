//! Rows of units (under heads of their blocks, or their parents when they are too many) and rows of
//! indicators, each table with its total row last.

use super::{
    cells::{Builder, Draft, Subjects},
    roman,
};
use crate::{
    aggregate::{Scope, Subject},
    compose::{
        document::{RowKind, Run},
        typography::glue,
    },
    template::{ColumnContent, Roster, UnitIx},
};

/// Above so many units a table prints their parents.
const PRINT_LIMIT: usize = 1_000;

/// How units follow each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Order {
    /// In roster order.
    Roster,
    /// Under heads of their blocks.
    ByBlock,
}

/// Returns the rows of the units of a group.
pub(super) fn units(builder: &mut Builder<'_>, group: &str, order: Order) -> Vec<Draft> {
    let lookup = builder.lookup();
    let units = lookup.units_of(group);
    let mut drafts = Vec::new();
    let members = if units.len() > PRINT_LIMIT {
        let parents = parents(&lookup.templates.roster, &units, PRINT_LIMIT);
        plain(builder, &mut drafts, &parents, Scope::Parent)
    } else if order == Order::ByBlock {
        blocks(builder, &mut drafts, &units)
    } else {
        plain(builder, &mut drafts, &units, Scope::Unit)
    };
    if let (Some(label), Some(scope)) = (&builder.table.total, lookup.group(group)) {
        let name = glue(lookup.declared(label));
        drafts.push(total(builder, name, scope, members));
    }
    drafts
}

/// Returns the rows of indicators.
pub(super) fn indicators(
    builder: &mut Builder<'_>,
    codes: &[String],
    group: Option<&str>,
) -> Vec<Draft> {
    let lookup = builder.lookup();
    let scope = group.map_or(Some(Scope::Whole), |key| lookup.group(key)).unwrap_or(Scope::Whole);
    let mut drafts = Vec::new();
    for (position, code) in codes.iter().enumerate() {
        let name = glue(lookup.declared(indicator_name(builder, code)));
        let ordinal = (position + 1).to_string();
        let row = Subjects { ordinal, name, scope, code: Some(code) };
        drafts.push(draft(builder, RowKind::Plain, &row));
    }
    drafts
}

/// Returns a total row over members.
pub(super) fn total(
    builder: &mut Builder<'_>,
    name: Vec<Run>,
    scope: Scope,
    members: Vec<usize>,
) -> Draft {
    let row = Subjects { ordinal: String::new(), name, scope, code: None };
    let mut draft = draft(builder, RowKind::Total, &row);
    draft.members = members;
    draft.wide_label = matches!(
        builder.table.columns.as_slice(),
        [first, second, ..]
            if first.content == ColumnContent::Ordinal && second.content == ColumnContent::Name
    );
    draft
}

fn draft(builder: &mut Builder<'_>, kind: RowKind, row: &Subjects<'_>) -> Draft {
    Draft { kind, cells: builder.cells(row), members: Vec::new(), wide_label: false }
}

/// Adds a row for each unit and returns their positions.
fn plain(
    builder: &mut Builder<'_>,
    drafts: &mut Vec<Draft>,
    units: &[UnitIx],
    scope: fn(UnitIx) -> Scope,
) -> Vec<usize> {
    let lookup = builder.lookup();
    let first = drafts.len();
    for (position, unit) in units.iter().enumerate() {
        let name = glue(lookup.declared(&lookup.templates.roster.get(*unit).short_name));
        let ordinal = (position + 1).to_string();
        let row = Subjects { ordinal, name, scope: scope(*unit), code: None };
        drafts.push(draft(builder, RowKind::Plain, &row));
    }
    (first..drafts.len()).collect()
}

/// Adds the units under heads of their blocks and returns the positions of the units.
fn blocks(builder: &mut Builder<'_>, drafts: &mut Vec<Draft>, units: &[UnitIx]) -> Vec<usize> {
    let lookup = builder.lookup();
    let roster = &lookup.templates.roster;
    let known = &lookup.templates.body.blocks;
    let of_block = |key: Option<&String>| -> Vec<UnitIx> {
        let is_in = |unit: &&UnitIx| roster.get(**unit).block.as_ref() == key;
        units.iter().filter(is_in).copied().collect()
    };
    let mut members = Vec::new();
    let mut number = 0;
    for (index, (key, name)) in (0..).zip(known) {
        let units = of_block(Some(key));
        if units.is_empty() {
            continue;
        }
        number += 1;
        let name = glue(lookup.declared(name));
        let row = Subjects { ordinal: roman(number), name, scope: Scope::Block(index), code: None };
        let head = drafts.len();
        drafts.push(draft(builder, RowKind::Group, &row));
        let positions = plain(builder, drafts, &units, Scope::Unit);
        drafts[head].members.clone_from(&positions);
        members.extend(positions);
    }
    members.extend(plain(builder, drafts, &of_block(None), Scope::Unit));
    members
}

/// Returns the nearest units above that are few enough to print, in roster order.
pub(in crate::compose) fn parents(roster: &Roster, units: &[UnitIx], limit: usize) -> Vec<UnitIx> {
    let known = roster.by_key();
    let mut level = units.to_vec();
    while level.len() > limit {
        let keys = level.iter().filter_map(|unit| roster.get(*unit).parent.as_deref());
        let mut above: Vec<UnitIx> = keys
            .collect::<std::collections::BTreeSet<_>>()
            .into_iter()
            .filter_map(|key| known.get(key).copied())
            .collect();
        above.sort_unstable();
        if above.is_empty() {
            break;
        }
        level = above;
    }
    level
}

fn indicator_name<'a>(builder: &Builder<'a>, code: &'a str) -> &'a str {
    let lookup = builder.lookup();
    let indicators = &lookup.templates.indicators;
    match lookup.subject(code) {
        Some(Subject::Indicator(index)) => indicators.get(index).name_on(lookup.last_day()),
        Some(Subject::Ratio(index)) => &indicators.ratios[usize::from(index)].name,
        Some(Subject::Derived(index)) => &indicators.derived[usize::from(index)].name,
        Some(Subject::Discipline) | None => code,
    }
}

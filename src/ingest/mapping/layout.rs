//! Which accepted mapping is of a table: the one whose heads are the table's and whose rows are
//! mostly the same, the likest first. Nothing is known by its position alone.

use std::collections::{BTreeMap, BTreeSet};

use sha2::{Digest, Sha256};

use super::shape::{Shape, ShapeRow};
use crate::{
    template::{ColumnMeaning, LayoutMapping, MappedTable},
    text::undated,
};

/// Accepted mappings made ready for matching.
#[derive(Debug, Default)]
pub(in crate::ingest) struct Mappings {
    tables: Vec<Table>,
}

/// A table of a mapping.
#[derive(Debug)]
pub(super) struct Table {
    /// File of the mapping.
    pub(super) file: String,
    /// Whether the indicators stand across.
    is_across: bool,
    /// Heads as they are compared, sorted.
    heads: Vec<String>,
    rows: Vec<String>,
    columns: BTreeMap<String, ColumnMeaning>,
    /// Codes by words and by which of several rows of them.
    entries: BTreeMap<(String, Option<(u16, u16)>), String>,
}

/// The mapping of a table.
#[derive(Clone, Copy, Debug)]
pub(super) struct Accepted<'m> {
    pub(super) table: &'m Table,
    /// Whether all rows are the same.
    is_same: bool,
}

impl Mappings {
    /// Returns accepted mappings made ready.
    pub(in crate::ingest) fn new(mappings: &[LayoutMapping]) -> Self {
        let tables = mappings.iter().flat_map(|mapping| {
            mapping.tables.iter().map(|table| Table::new(&mapping.file, table))
        });
        Self { tables: tables.collect() }
    }

    /// Returns the mapping of a table; of several that are as like, none.
    pub(super) fn of(&self, shape: &Shape) -> Option<Accepted<'_>> {
        let heads = heads(shape);
        let rows: Vec<&str> = shape.rows.iter().map(|row| row.key.as_str()).collect();
        // Across, what stands before the values differs from unit to unit: thôn, communes, months.
        let fits = self.tables.iter().filter(|table| {
            table.is_across == shape.is_across && (table.is_across || table.heads == heads)
        });
        let mut ranked: Vec<(bool, usize, &Table)> = fits
            .filter_map(|table| {
                let is_same = table.rows == rows;
                let common = common(&table.rows, &rows);
                let most = table.rows.len().max(rows.len());
                (common * 3 >= most * 2).then_some((is_same, common * 1_000 / most.max(1), table))
            })
            .collect();
        ranked.sort_by_key(|(is_same, likeness, _)| std::cmp::Reverse((*is_same, *likeness)));
        match ranked.as_slice() {
            [first, second, ..] if (first.0, first.1) == (second.0, second.1) => None,
            [(is_same, _, table), ..] => Some(Accepted { table, is_same: *is_same }),
            [] => None,
        }
    }
}

impl Table {
    fn new(file: &str, table: &MappedTable) -> Self {
        let (mut heads, rows) = table.shape();
        heads.sort_unstable();
        let columns = table.columns.iter().map(|column| (undated(&column.head), column.meaning));
        let entries =
            table.entries.iter().map(|row| ((undated(&row.words), row.nth), row.code.clone()));
        Self {
            file: file.to_owned(),
            is_across: table.is_across,
            heads,
            rows,
            columns: columns.collect(),
            entries: entries.collect(),
        }
    }
}

impl<'m> Accepted<'m> {
    /// Returns what a column of this head holds.
    pub(super) fn column(self, key: &str) -> Option<ColumnMeaning> {
        self.table.columns.get(key).copied()
    }

    /// Returns the code of a row; of several of the same words only where every row is the same.
    pub(super) fn row(self, row: &ShapeRow) -> Option<&'m str> {
        let code = |nth| self.table.entries.get(&(row.key.clone(), nth));
        let single = code(None).filter(|_| row.nth.1 == 1);
        single.or_else(|| code(Some(row.nth)).filter(|_| self.is_same)).map(String::as_str)
    }
}

/// Returns the fingerprint of a layout: twelve digits of the hash of heads and rows.
pub(super) fn fingerprint<'s>(shapes: impl Iterator<Item = &'s Shape>) -> String {
    let mut hash = Sha256::new();
    for shape in shapes {
        if shape.is_across {
            hash.update([4]);
        }
        for head in heads(shape) {
            hash.update(head.as_bytes());
            hash.update([1]);
        }
        for row in &shape.rows {
            hash.update(row.key.as_bytes());
            hash.update([2]);
        }
        hash.update([3]);
    }
    let digits = hash.finalize();
    let digits = digits.iter().take(6).flat_map(|byte| [byte >> 4, byte & 15]);
    digits.filter_map(|digit| char::from_digit(digit.into(), 16)).collect()
}

/// Returns the heads as they are compared, sorted: a column that moved is the same column. Those of
/// units, and of a table with the indicators across, say nothing of the layout.
fn heads(shape: &Shape) -> Vec<String> {
    let columns = shape.columns.iter().filter(|column| !shape.is_across && !column.is_of_unit);
    let mut heads: Vec<String> = columns.map(|column| column.key.clone()).collect();
    heads.sort_unstable();
    heads
}

/// Returns how many rows of one list are in the other, repeated ones as often as they are in both.
fn common(one: &[String], other: &[&str]) -> usize {
    let count = |words: &str| other.iter().filter(|each| **each == words).count();
    let different: BTreeSet<&String> = one.iter().collect();
    different
        .into_iter()
        .map(|words| one.iter().filter(|each| *each == words).count().min(count(words)))
        .sum()
}

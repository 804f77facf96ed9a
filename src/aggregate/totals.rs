//! Adds up the numbers of units to the sums of scopes: units by cell, cells by scope. This is where
//! polars does its work. Amounts are added in two halves of 32 bits, so that a sum that does not fit
//! is seen instead of wrapping around.

use polars::prelude::{
    Column, DataFrame, Expr, IntoLazy, LazyFrame, PolarsError, PolarsResult, col,
};

use super::{
    AggregateError, columns,
    sums::{AMOUNTS, COUNTS, LIMIT, Sum, Sums},
    territory::Territory,
};

/// 2^32: an amount is `high · HALF + low` with `0 ≤ low < HALF`.
const HALF: i64 = 1 << 32;

/// Numbers of units, waiting to be added up.
#[derive(Debug, Default)]
pub(super) struct Sheet {
    subject: Vec<u32>,
    cell: Vec<u32>,
    high: [Vec<Option<i64>>; AMOUNTS],
    low: [Vec<Option<i64>>; AMOUNTS],
    counts: [Vec<u32>; COUNTS],
}

/// The sums of a subject over a scope, by their positions.
#[derive(Debug)]
pub(super) struct Total {
    /// Position of the subject.
    pub(super) subject: u32,
    /// Position of the scope.
    pub(super) scope: u32,
    /// The sums; nothing when one of them does not fit.
    pub(super) sums: Option<Sums>,
}

impl Sheet {
    /// Adds the numbers of a unit.
    pub(super) fn push(&mut self, subject: u32, cell: u32, sums: &Sums) {
        self.subject.push(subject);
        self.cell.push(cell);
        for (position, sum) in sums.amounts.iter().enumerate() {
            let known = (sum.units > 0).then_some(sum.total);
            self.high[position].push(known.map(|total| total.div_euclid(HALF)));
            self.low[position].push(known.map(|total| total.rem_euclid(HALF)));
        }
        for (column, count) in self.counts.iter_mut().zip(&sums.counts) {
            column.push(*count);
        }
    }

    /// Returns the sums over every scope, sorted by subject and scope.
    pub(super) fn totals(self, territory: &Territory) -> Result<Vec<Total>, AggregateError> {
        self.add_up(territory).map_err(|error| AggregateError::Table(Box::new(error)))
    }

    fn add_up(self, territory: &Territory) -> PolarsResult<Vec<Total>> {
        let cells = self
            .frame()?
            .lazy()
            .group_by([col(columns::SUBJECT), col(columns::CELL)])
            .agg(unit_sums());
        let scopes = cells
            .inner_join(membership(territory)?, col(columns::CELL), col(columns::CELL))
            .group_by([col(columns::SUBJECT), col(columns::SCOPE)])
            .agg(cell_sums())
            .collect()?;
        let mut totals = read(&scopes)?;
        // Groups come out in the order of their hashes.
        totals.sort_unstable_by_key(|total| (total.subject, total.scope));
        Ok(totals)
    }

    fn frame(self) -> PolarsResult<DataFrame> {
        let mut table = vec![
            Column::new(columns::SUBJECT.into(), self.subject),
            Column::new(columns::CELL.into(), self.cell),
        ];
        for (position, (high, low)) in self.high.into_iter().zip(self.low).enumerate() {
            table.push(Column::new(columns::amount_high(position).into(), high));
            table.push(Column::new(columns::amount_low(position).into(), low));
        }
        for (position, counts) in self.counts.into_iter().enumerate() {
            table.push(Column::new(columns::count(position).into(), counts));
        }
        DataFrame::new_infer_height(table)
    }
}

/// Returns which cell lies in which scopes, a row for each pair.
fn membership(territory: &Territory) -> PolarsResult<LazyFrame> {
    let pairs = (0_u32..)
        .zip(&territory.cells)
        .flat_map(|(cell, scopes)| scopes.iter().map(move |scope| (cell, *scope)));
    let (cells, scopes): (Vec<u32>, Vec<u32>) = pairs.unzip();
    let frame = DataFrame::new_infer_height(vec![
        Column::new(columns::CELL.into(), cells),
        Column::new(columns::SCOPE.into(), scopes),
    ])?;
    Ok(frame.lazy())
}

fn unit_sums() -> Vec<Expr> {
    let mut sums = Vec::new();
    for position in 0..AMOUNTS {
        let high = columns::amount_high(position);
        sums.push(col(&high).count().alias(columns::amount_units(position)));
        sums.push(col(high).sum());
        sums.push(col(columns::amount_low(position)).sum());
    }
    sums.extend((0..COUNTS).map(|position| col(columns::count(position)).sum()));
    sums
}

fn cell_sums() -> Vec<Expr> {
    let halves = (0..AMOUNTS).flat_map(|position| {
        [
            columns::amount_high(position),
            columns::amount_low(position),
            columns::amount_units(position),
        ]
    });
    let counts = (0..COUNTS).map(columns::count);
    halves.chain(counts).map(|column| col(column).sum()).collect()
}

fn read(frame: &DataFrame) -> PolarsResult<Vec<Total>> {
    let subjects = whole_numbers(frame, columns::SUBJECT)?;
    let scopes = whole_numbers(frame, columns::SCOPE)?;
    let mut totals: Vec<Total> = subjects
        .into_iter()
        .zip(scopes)
        .map(|(subject, scope)| Total { subject, scope, sums: Some(Sums::default()) })
        .collect();
    for position in 0..AMOUNTS {
        let high = halves(frame, &columns::amount_high(position))?;
        let low = halves(frame, &columns::amount_low(position))?;
        let units = whole_numbers(frame, &columns::amount_units(position))?;
        for (((total, high), low), units) in totals.iter_mut().zip(high).zip(low).zip(units) {
            let sum = i128::from(high) * i128::from(HALF) + i128::from(low);
            let fitting = i64::try_from(sum).ok().filter(|sum| (-LIMIT..=LIMIT).contains(sum));
            total.sums = total.sums.take().zip(fitting).map(|(mut sums, total)| {
                sums.amounts[position] = Sum { total, units };
                sums
            });
        }
    }
    for position in 0..COUNTS {
        let counts = whole_numbers(frame, &columns::count(position))?;
        for (total, count) in totals.iter_mut().zip(counts) {
            if let Some(sums) = &mut total.sums {
                sums.counts[position] = count;
            }
        }
    }
    Ok(totals)
}

fn halves(frame: &DataFrame, name: &str) -> PolarsResult<Vec<i64>> {
    let column = frame.column(name)?.as_materialized_series().i64()?;
    Ok(column.iter().map(Option::unwrap_or_default).collect())
}

fn whole_numbers(frame: &DataFrame, name: &str) -> PolarsResult<Vec<u32>> {
    let column = frame.column(name)?.as_materialized_series().u32()?;
    let missing = || PolarsError::NoData(format!("no number in `{name}`").into());
    column.iter().map(|number| number.ok_or_else(missing)).collect()
}

//! The search for the smallest sets of cells whose correction would satisfy all violated relations
//! that hang together: every single cell, then every pair, exactly; beyond that the cells that most
//! of the relations name. Preferences only order sets of the same size.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use super::{
    range::Range,
    trial::{Change, Trial},
};

/// A set of cells that would do, each with the numbers that would do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Solution {
    /// Positions of candidates with their ranges; the ranges do together, whichever numbers are taken.
    pub(super) cells: Vec<(usize, Range)>,
    /// How many relations that should hold would be left violated.
    pub(super) warnings_left: usize,
}

/// How many rows apart two cells may stand whose numbers one mistakes for each other's.
const NEIGHBOURS: usize = 2;

/// Two cells whose numbers seem to stand in each other's place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Swap {
    /// Positions of the candidates.
    pub(super) cells: [usize; 2],
    /// How many errors would be gone.
    pub(super) errors: usize,
    /// How many warnings would be gone with them.
    pub(super) warnings: usize,
}

/// What was found for violated relations that hang together.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// The best sets, all equal.
    pub(super) solutions: Vec<Solution>,
    /// Two cells whose numbers seem to stand in each other's place: one slip, which ends more findings
    /// than any smallest set.
    pub(super) swapped: Option<Swap>,
    /// When there is no set: the fewest cells, most named first, that all relations name.
    pub(super) named: Vec<usize>,
}

/// Violated relations that hang together by the cells that they read.
#[derive(Debug)]
pub(super) struct Cluster {
    /// Positions in [`Trial::tested`] of those that must hold.
    pub(super) errors: Vec<usize>,
    /// Of those that should hold and share a cell with them.
    pub(super) warnings: Vec<usize>,
    /// Positions of the candidates that `errors` read, in the order of the form.
    cells: BTreeSet<usize>,
}

/// Returns the clusters of violated relations in which more than one is violated, then each sum of a
/// detail table that differs and hangs together with none of them.
pub(super) fn clusters(trial: &Trial<'_>) -> Vec<Cluster> {
    let violated = |hard: bool| {
        let all = trial.tested.iter().enumerate();
        all.filter(move |(_, one)| one.is_violated && one.is_hard == hard)
    };
    let mut clusters: Vec<Cluster> = Vec::new();
    for (position, tested) in violated(true).filter(|(_, tested)| !tested.reads.is_empty()) {
        let mut joined = Cluster {
            errors: vec![position],
            warnings: Vec::new(),
            cells: tested.reads.iter().copied().collect(),
        };
        let (together, apart): (Vec<Cluster>, Vec<Cluster>) =
            clusters.into_iter().partition(|other| !other.cells.is_disjoint(&joined.cells));
        for other in together {
            joined.errors.extend(other.errors);
            joined.cells.extend(other.cells);
        }
        joined.errors.sort_unstable();
        clusters = apart;
        clusters.push(joined);
    }
    for (position, tested) in violated(false) {
        let shares = |cluster: &&mut Cluster| {
            tested.reads.iter().any(|position| cluster.cells.contains(position))
        };
        for cluster in clusters.iter_mut().filter(shares) {
            cluster.warnings.push(position);
        }
    }
    let mut alone: Vec<Cluster> = Vec::new();
    for (position, tested) in violated(false) {
        let is_of_column = |read: &usize| {
            trial.candidates.get(*read).is_some_and(|candidate| candidate.column.is_some())
        };
        let is_taken = clusters.iter().any(|cluster| cluster.warnings.contains(&position));
        if !is_taken && tested.reads.iter().any(is_of_column) {
            alone.push(Cluster {
                errors: Vec::new(),
                warnings: vec![position],
                cells: tested.reads.iter().copied().collect(),
            });
        }
    }
    clusters.retain(|cluster| cluster.errors.len() + cluster.warnings.len() > 1);
    clusters.sort_by_key(|cluster| cluster.errors.first().copied());
    clusters.append(&mut alone);
    clusters
}

/// Returns the smallest sets of cells for a cluster.
pub(super) fn smallest(trial: &Trial<'_>, cluster: &Cluster) -> Found {
    let cells: Vec<usize> = cluster.cells.iter().copied().collect();
    if cluster.errors.is_empty() {
        let singles = cells.iter().filter_map(|cell| single(trial, cluster, *cell));
        let solutions = singles.filter(|one| one.warnings_left == 0).collect();
        return Found { solutions, ..Found::default() };
    }
    if let Some(swap) = swapped(trial, cluster) {
        return Found { swapped: Some(swap), ..Found::default() };
    }
    let satisfies_all = |set: &[usize]| {
        cluster
            .errors
            .iter()
            .filter_map(|position| trial.tested.get(*position))
            .all(|tested| set.iter().any(|cell| tested.reads.contains(cell)))
    };
    let singles = cells.iter().filter(|cell| satisfies_all(&[**cell]));
    let mut solutions: Vec<Solution> =
        singles.filter_map(|cell| single(trial, cluster, *cell)).collect();
    if solutions.is_empty() {
        for (index, one) in cells.iter().enumerate() {
            for other in cells.iter().skip(index + 1) {
                if satisfies_all(&[*one, *other]) {
                    solutions.extend(pair(trial, cluster, *one, *other));
                }
            }
        }
    }
    if trial.is_over() {
        // A set that was not reached may be better than those that were.
        solutions.clear();
    }
    if solutions.is_empty() {
        return Found { named: most_named(trial, cluster), ..Found::default() };
    }
    let best = solutions.iter().map(|one| preference(trial, one)).min();
    solutions.retain(|one| Some(preference(trial, one)) == best);
    Found { solutions, ..Found::default() }
}

/// Returns the only two cells that, exchanged, leave nothing violated that reads them, when that ends
/// all findings of a cluster and at least one beside it.
fn swapped(trial: &Trial<'_>, cluster: &Cluster) -> Option<Swap> {
    let together = cluster.errors.len() + cluster.warnings.len();
    let mut found: Vec<Swap> = Vec::new();
    for one in &cluster.cells {
        for other in one.saturating_sub(NEIGHBOURS)..=one + NEIGHBOURS {
            let is_earlier = other < *one && cluster.cells.contains(&other);
            if other == *one || is_earlier {
                continue;
            }
            let violated = trial.tested.iter().filter(|tested| {
                tested.is_violated && (tested.reads.contains(one) || tested.reads.contains(&other))
            });
            let (errors, warnings): (Vec<_>, Vec<_>) = violated.partition(|tested| tested.is_hard);
            let reads_all = |positions: &[usize]| {
                positions
                    .iter()
                    .filter_map(|position| trial.tested.get(*position))
                    .all(|tested| tested.reads.contains(one) || tested.reads.contains(&other))
            };
            let ends_more = errors.len() + warnings.len() > together
                && reads_all(&cluster.errors)
                && reads_all(&cluster.warnings);
            if ends_more && trial.exchanged(*one, other) == Some(0) {
                let (errors, warnings) = (errors.len(), warnings.len());
                found.push(Swap {
                    cells: [(*one).min(other), (*one).max(other)],
                    errors,
                    warnings,
                });
            }
        }
    }
    match found.as_slice() {
        [only] => Some(*only),
        _ => None,
    }
}

/// Returns by what sets of one size are compared: fewer warnings left (what speaks against the
/// months before goes last), totals before details, figures of the period before carried stocks.
fn preference(trial: &Trial<'_>, solution: &Solution) -> (usize, usize, usize) {
    let cells =
        || solution.cells.iter().filter_map(|(position, _)| trial.candidates.get(*position));
    let details = cells().filter(|cell| !cell.is_total).count();
    (solution.warnings_left, details, cells().filter(|cell| cell.is_stock).count())
}

fn single(trial: &Trial<'_>, cluster: &Cluster, cell: usize) -> Option<Solution> {
    let (warnings, range) = trial.cheapest(cell, &[])?;
    Some(Solution {
        cells: vec![(cell, range)],
        warnings_left: warnings + untouched(trial, cluster, &[cell]),
    })
}

/// Returns how many violated warnings of a cluster read none of the cells.
fn untouched(trial: &Trial<'_>, cluster: &Cluster, set: &[usize]) -> usize {
    let warnings = cluster.warnings.iter().filter_map(|position| trial.tested.get(*position));
    warnings.filter(|tested| !set.iter().any(|cell| tested.reads.contains(cell))).count()
}

fn pair(trial: &Trial<'_>, cluster: &Cluster, one: usize, other: usize) -> Option<Solution> {
    let mut best: Option<(usize, Change, Range)> = None;
    for value in trial.projections(one, other)? {
        let Some((cost, range)) = trial.cheapest(other, &[(one, value)]) else { continue };
        if best.as_ref().is_none_or(|(known, ..)| cost < *known) {
            best = Some((cost, (one, value), range));
        }
        if cost == 0 || trial.is_over() {
            break;
        }
    }
    let (cost, (_, value), range) = best?;
    let stands = trial.candidates.get(other)?.stands;
    let single_value = Range { from: value, to: Some(value) };
    let first = match trial.cheapest(one, &[(other, range.nearest(stands))]) {
        Some((same, wide)) if same == cost && is_box(trial, (one, wide), (other, range)) => wide,
        _ => single_value,
    };
    Some(Solution {
        cells: vec![(one, first), (other, range)],
        warnings_left: cost + untouched(trial, cluster, &[one, other]),
    })
}

/// Returns whether the corners of two ranges all do, so that the ranges do not depend on each other.
fn is_box(
    trial: &Trial<'_>,
    (one, range): (usize, Range),
    (other, others): (usize, Range),
) -> bool {
    range.ends().iter().all(|value| {
        others.ends().iter().all(|its| trial.cost(&[(one, *value), (other, *its)]).is_some())
    })
}

/// Returns the cells that all errors of a cluster name, the one that most of them name first.
fn most_named(trial: &Trial<'_>, cluster: &Cluster) -> Vec<usize> {
    let mut left: Vec<&[usize]> = cluster
        .errors
        .iter()
        .filter_map(|position| trial.tested.get(*position))
        .map(|tested| tested.reads.as_slice())
        .collect();
    let mut named = Vec::new();
    while !left.is_empty() {
        let counts = cluster
            .cells
            .iter()
            .map(|cell| (*cell, left.iter().filter(|reads| reads.contains(cell)).count()));
        let most = counts.max_by_key(|(cell, count)| (*count, Reverse(*cell)));
        let Some((cell, _)) = most.filter(|(_, count)| *count > 0) else { break };
        left.retain(|reads| !reads.contains(&cell));
        named.push(cell);
    }
    named
}

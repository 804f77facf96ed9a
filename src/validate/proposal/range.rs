//! Which whole numbers would do for one cell: between two neighbouring crossings nothing changes, so
//! that a few numbers stand for all of them. Knows no rules.

use std::collections::BTreeSet;

/// Whole numbers from a first to a last one; no last one means that every larger number does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Range {
    /// The first number, at least 0.
    pub(super) from: i64,
    /// The last number.
    pub(super) to: Option<i64>,
}

/// Crossings beyond this are no figures.
const FAR: f64 = 1e12;

/// A step beyond every crossing.
const BEYOND: i64 = 1_000_000_000_000;

impl Range {
    /// Returns the number of the range that is nearest to another.
    pub(super) fn nearest(self, to: i64) -> i64 {
        to.max(self.from).min(self.to.unwrap_or(i64::MAX))
    }

    /// Returns the ends: two numbers that stand for the range.
    pub(super) fn ends(self) -> [i64; 2] {
        [self.from, self.to.unwrap_or(self.from.saturating_add(BEYOND))]
    }

    fn distance(self, to: i64) -> u64 {
        self.nearest(to).abs_diff(to)
    }
}

/// Returns the whole numbers from 0 that cost least, and what they cost: of several such ranges the
/// one nearest to a number. The cost may change only at the crossings; a number without cost is no
/// choice.
pub(super) fn cheapest<C: Ord + Copy>(
    crossings: &[f64],
    near: i64,
    mut cost: impl FnMut(i64) -> Option<C>,
) -> Option<(C, Range)> {
    let mut best: Option<C> = None;
    let mut ranges: Vec<(C, Range)> = Vec::new();
    let mut open = false;
    for piece in pieces(crossings) {
        let middle = piece.to.map_or(piece.from, |to| piece.from + (to - piece.from) / 2);
        let Some(price) = cost(middle) else {
            open = false;
            continue;
        };
        best = Some(best.map_or(price, |best| best.min(price)));
        match ranges.last_mut().filter(|(known, _)| open && *known == price) {
            Some((_, range)) => range.to = piece.to,
            None => ranges.push((price, piece)),
        }
        open = true;
    }
    let best = best?;
    ranges
        .into_iter()
        .filter(|(price, _)| *price == best)
        .min_by_key(|(_, range)| (range.distance(near), range.from))
}

/// Returns all numbers from 0 in pieces, in order: single ones around each crossing, so that no
/// rounding matters, and what lies between.
fn pieces(crossings: &[f64]) -> Vec<Range> {
    let mut points = BTreeSet::from([0]);
    for crossing in crossings.iter().filter(|crossing| crossing.abs() < FAR) {
        let whole = whole(crossing.floor());
        points.extend((whole - 1..=whole + 2).filter(|point| *point >= 0));
    }
    let mut pieces: Vec<Range> = Vec::new();
    let mut next = 0;
    for point in points {
        if point > next {
            pieces.push(Range { from: next, to: Some(point - 1) });
        }
        pieces.push(Range { from: point, to: Some(point) });
        next = point + 1;
    }
    pieces.push(Range { from: next, to: None });
    pieces
}

/// Returns a number without fraction that is no larger than [`FAR`].
#[expect(clippy::cast_possible_truncation, reason = "numbers beyond FAR are left out before")]
pub(super) fn whole(number: f64) -> i64 {
    number.clamp(-FAR, FAR) as i64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn range(crossings: &[f64], near: i64, holds: impl Fn(i64) -> bool) -> Option<Range> {
        cheapest(crossings, near, |number| holds(number).then_some(())).map(|((), range)| range)
    }

    #[test]
    fn a_range_is_exact_at_both_ends() {
        let of = |from, to| Some(Range { from, to });
        assert_eq!(range(&[75.0, 80.4], 3, |x| x >= 75 && x * 10 <= 804), of(75, Some(80)));
        assert_eq!(range(&[12.0], 3, |x| x == 12), of(12, Some(12)));
        assert_eq!(range(&[-5.0], 3, |x| x >= -5), of(0, None));
        assert_eq!(range(&[4.0], 3, |x| x < 4), of(0, Some(3)));
        assert_eq!(range(&[4.0], 9, |_| false), None);
    }

    #[test]
    fn the_cheapest_and_then_the_nearest_is_taken() {
        let crossings = [10.0, 20.0, 30.0, 40.0];
        let inside = |x: i64| (10..=20).contains(&x) || (30..=40).contains(&x);
        let found = range(&crossings, 25, inside).unwrap();
        assert_eq!((found.from, found.to), (10, Some(20)), "as near as 30 to 40, and smaller");
        let cost = |x: i64| inside(x).then_some(i32::from(x < 25));
        let (cost, found) = cheapest(&crossings, 0, cost).unwrap();
        assert_eq!((cost, found.from, found.to), (0, 30, Some(40)));
    }
}

//! Several tables of one kind in a return: of equal ones the first counts, of others none. Which is right
//! is never decided here.

/// What several tables are to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Twins<'t, T> {
    /// The only one.
    Alone(&'t T),
    /// The first two of several that say the same.
    Equal(&'t T, &'t T),
    /// The first and the next that says something else.
    Different(&'t T, &'t T),
}

/// Returns what some tables are to each other; nothing if there are none.
pub(super) fn of<T>(tables: &[T], is_same: impl Fn(&T, &T) -> bool) -> Option<Twins<'_, T>> {
    let (first, others) = tables.split_first()?;
    let Some(second) = others.first() else { return Some(Twins::Alone(first)) };
    let other = others.iter().find(|other| !is_same(first, other));
    Some(other.map_or(Twins::Equal(first, second), |other| Twins::Different(first, other)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_that_says_something_else_outweighs_equal_ones() {
        let of = |tables: &'static [u8]| of(tables, |one, other| one == other);
        assert_eq!(of(&[]), None);
        assert_eq!(of(&[1]), Some(Twins::Alone(&1)));
        assert_eq!(of(&[1, 1, 1]), Some(Twins::Equal(&1, &1)));
        assert_eq!(of(&[1, 1, 2]), Some(Twins::Different(&1, &2)));
    }
}

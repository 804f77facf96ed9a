//! Names of the columns of the tables that polars adds up; nothing else names a column.

/// Position of the subject in the directory.
pub(super) const SUBJECT: &str = "subject";
/// Position of a set of units that lie in the same scopes.
pub(super) const CELL: &str = "cell";
/// Position of the scope in the territory.
pub(super) const SCOPE: &str = "scope";

/// Returns the column of the upper halves of an amount.
pub(super) fn amount_high(position: usize) -> String {
    format!("amount_{position}_high")
}

/// Returns the column of the lower 32 bits of an amount.
pub(super) fn amount_low(position: usize) -> String {
    format!("amount_{position}_low")
}

/// Returns the column of how many units have an amount.
pub(super) fn amount_units(position: usize) -> String {
    format!("amount_{position}_units")
}

/// Returns the column of a count of units.
pub(super) fn count(position: usize) -> String {
    format!("count_{position}")
}

//! What the rows of a table with the indicators across are, and its columns where the same indicator
//! stands in several: read from the words before and above them.

use std::collections::BTreeMap;

use super::{AcrossRow, AcrossTable};
use crate::{
    ingest::{
        head_words::remark_of_other_time,
        matcher::Matcher,
        month::{Month, MonthHead},
        units::are_units,
        withdrawn::{is_doubt, year_in},
    },
    template::Measure,
};

/// What a row is taken for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::ingest) enum Role {
    /// The values of this measure, by what its words say.
    Stated(Measure),
    /// The values of the period: no other row has values, and its words do not deny it.
    Only,
    /// The values of the period: the total of the other rows.
    Total,
    /// The values of a unit.
    Unit,
    /// Nothing that is used.
    Other,
}

/// What the words before a row, or above a group of columns, say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Value,
    Previous,
    Total,
    /// Another month, the year so far, the change.
    Other,
    Unknown,
}

impl AcrossTable {
    /// Returns whether its rows are units.
    pub(in crate::ingest) fn is_of_units(&self, matcher: &Matcher) -> bool {
        let labels = self.rows.iter().filter_map(|row| row.label.as_ref());
        let labels = labels.map(|(_, words)| words.as_str());
        are_units(matcher, labels.filter(|words| !matcher.is_total(words)))
    }

    /// Returns what each row is taken for; one of units of count is none of them.
    pub(in crate::ingest) fn roles(&self, matcher: &Matcher, month: Option<Month>) -> Vec<Role> {
        if self.is_of_units(matcher) {
            let of_row = |row: &AcrossRow| match &row.label {
                Some((_, words)) if !matcher.is_total(words) => Role::Unit,
                _ => Role::Other,
            };
            return self.rows.iter().map(of_row).collect();
        }
        let is_of_figures = |row: &&AcrossRow| {
            row.label.as_ref().is_none_or(|(_, words)| !matcher.is_unit_of_count_head(words))
        };
        let rows: Vec<&AcrossRow> = self.rows.iter().filter(is_of_figures).collect();
        let mut roles = roles(matcher, &rows, month).into_iter();
        let of_row = |row: &AcrossRow| {
            let own = is_of_figures(&row).then(|| roles.next()).flatten();
            own.unwrap_or(Role::Other)
        };
        self.rows.iter().map(of_row).collect()
    }

    /// Returns the columns that are read, with the code and what they hold, and those of which the
    /// words above do not say which is of the period.
    pub(in crate::ingest) fn columns(
        &self,
        matcher: &Matcher,
        month: Option<Month>,
    ) -> (BTreeMap<u32, (&str, Measure)>, Vec<u32>) {
        let mut by_code: BTreeMap<&str, Vec<(u32, Kind)>> = BTreeMap::new();
        for (place, column) in &self.columns {
            let group = column.group.as_deref();
            let kind = match group.map_or(Kind::Unknown, |words| kind(matcher, words, month)) {
                Kind::Unknown if column.is_below => Kind::Other,
                kind => kind,
            };
            by_code.entry(&column.code).or_default().push((*place, kind));
        }
        let (mut read, mut unclear) = (BTreeMap::new(), Vec::new());
        for (code, columns) in by_code {
            let single = |wanted: Kind| {
                let mut fits = columns.iter().filter(|(_, kind)| *kind == wanted);
                fits.next().filter(|_| fits.next().is_none()).map(|(column, _)| *column)
            };
            // "Tổng số" beside "Nam" and "Nữ" is the whole, beside months it is not; below an indicator
            // those two are no columns of their own.
            let whole = || {
                let plain = |(_, kind): &(u32, Kind)| matches!(kind, Kind::Unknown | Kind::Total);
                single(Kind::Total).filter(|_| columns.iter().all(plain))
            };
            let value = single(Kind::Value).or_else(whole).or(match columns.as_slice() {
                [(only, Kind::Unknown | Kind::Total)] => Some(*only),
                _ => None,
            });
            read.extend(value.map(|column| (column, (code, Measure::Value))));
            let previous = single(Kind::Previous);
            read.extend(previous.map(|column| (column, (code, Measure::Previous))));
            if value.is_none() {
                unclear.extend(columns.first().map(|(column, _)| *column));
            }
        }
        unclear.sort_unstable();
        (read, unclear)
    }
}

impl Role {
    /// Returns whether the row has the values of the period.
    pub(in crate::ingest) fn is_value(self) -> bool {
        matches!(self, Self::Stated(Measure::Value) | Self::Only | Self::Total)
    }
}

/// Returns what each of the rows of figures is taken for.
fn roles(matcher: &Matcher, rows: &[&AcrossRow], month: Option<Month>) -> Vec<Role> {
    let kinds: Vec<Kind> = rows
        .iter()
        .map(|row| row.label.as_ref().map_or(Kind::Unknown, |(_, it)| kind(matcher, it, month)))
        .collect();
    let single = |wanted: Kind| {
        let mut places = (0..).zip(&kinds).filter(|(_, kind)| **kind == wanted);
        places.next().filter(|_| places.next().is_none()).map(|(place, _)| place)
    };
    let mut roles = vec![Role::Other; rows.len()];
    if let Some(previous) = single(Kind::Previous) {
        roles[previous] = Role::Stated(Measure::Previous);
    }
    if let Some(current) = single(Kind::Value) {
        roles[current] = Role::Stated(Measure::Value);
    } else if !kinds.contains(&Kind::Value) {
        let is_plain =
            |row: &AcrossRow| row.label.as_ref().is_none_or(|(_, words)| is_plain(matcher, words));
        match (kinds.as_slice(), single(Kind::Total)) {
            ([Kind::Total], _) => roles[0] = Role::Only,
            ([Kind::Unknown], _) if rows.iter().all(|row| is_plain(row)) => roles[0] = Role::Only,
            ([_, _, ..], Some(total)) => roles[total] = Role::Total,
            // The unit's own row beside the month before and the change.
            _ => {
                let is_unit = |place: &usize| {
                    let label = rows.get(*place).and_then(|row| row.label.as_ref());
                    label.is_some_and(|(_, words)| matcher.is_unit(words))
                };
                if let Some(own) = single(Kind::Unknown).filter(is_unit) {
                    roles[own] = Role::Only;
                }
            }
        }
    }
    roles
}

/// Returns whether the words before the only row say nothing of its numbers, a number or whose they are, or
/// what is read as a doubt of its own.
fn is_plain(matcher: &Matcher, words: &str) -> bool {
    !words.contains(char::is_alphabetic)
        || matcher.is_unit(words)
        || matcher.is_bare_unit(words)
        || is_doubt(words)
}

fn kind(matcher: &Matcher, words: &str, month: Option<Month>) -> Kind {
    if matcher.is_total(words) {
        return Kind::Total;
    }
    if let (Some(named), Some(month)) = (MonthHead::of(words), month) {
        return match named {
            named if named.fits(month) => Kind::Value,
            named if named.fits(month.previous()) => Kind::Previous,
            _ => Kind::Other,
        };
    }
    if year_in(words).is_some_and(|year| month.is_some_and(|month| !month.is_of(year))) {
        return Kind::Other;
    }
    if let Some(remark) = remark_of_other_time(words, month) {
        return match kind(matcher, remark, month) {
            Kind::Previous => Kind::Previous,
            _ => Kind::Other,
        };
    }
    let mut columns = matcher.columns_headed(words);
    columns.retain(|it| month.is_none_or(|month| matcher.agrees(it, month)));
    let is = |wanted| columns.iter().any(|it| matcher.measure(it) == wanted);
    match (is(Measure::Value), is(Measure::Previous)) {
        (true, false) => Kind::Value,
        (false, true) => Kind::Previous,
        (false, false) if is(Measure::YearToDate) || is(Measure::Change) => Kind::Other,
        _ => Kind::Unknown,
    }
}

//! Candidates for what is unclear, the best first. A candidate is proposed when it is clearly ahead;
//! rows that begin alike are proposed in the order of the form when as many rows as names do so.

use super::{
    likeness::{AHEAD, FormRow, FormRows, LEAST, PROPOSED, Words},
    shape::{Shape, ShapeColumn},
};
use crate::{
    ingest::understanding::{Candidate, ColumnReading, Reason, RowReading},
    template::ColumnMeaning,
    text::{fold, strip_marks},
};

/// Most candidates that are shown.
const SHOWN: usize = 3;

/// Proposes what the unclear columns of a table hold; given are the columns that are unclear.
pub(super) fn columns(unclear: &mut [&mut ColumnReading], taken: &[ColumnMeaning]) {
    let hints: Vec<Option<ColumnMeaning>> =
        unclear.iter().map(|column| hint(&column.head)).collect();
    let plain = hints.iter().filter(|hint| hint.is_none()).count();
    for (column, hint) in unclear.iter_mut().zip(&hints) {
        let free = |meaning: &ColumnMeaning| {
            *meaning == ColumnMeaning::Ignored
                || taken.iter().all(|taken| !taken.contradicts(*meaning))
        };
        let first = match hint {
            Some(meaning) => Some((*meaning, Reason::Head, 80)),
            None if plain == 1 => Some((ColumnMeaning::Value, Reason::OnlyFigures, 80)),
            None => None,
        };
        let first = first.filter(|(meaning, ..)| free(meaning));
        column.is_proposed = first.is_some();
        let usual = [ColumnMeaning::Value, ColumnMeaning::Previous, ColumnMeaning::Ignored];
        let others = usual.into_iter().filter(free).map(|other| (other, Reason::Possible, 50));
        let others =
            others.filter(|(other, ..)| first.is_none_or(|(meaning, ..)| meaning != *other));
        column.candidates = first
            .into_iter()
            .chain(others)
            .map(|(meaning, reason, likeness)| Candidate { meaning, reason, likeness })
            .collect();
    }
}

/// Returns what the words of a head speak of.
fn hint(head: &str) -> Option<ColumnMeaning> {
    let words = strip_marks(&fold(head));
    let has = |any: &[&str]| any.iter().any(|part| words.contains(part));
    if has(&["ke hoach", "chi tieu giao", "ty le", "%", "cung ky", "so sanh"]) {
        Some(ColumnMeaning::Ignored)
    } else if has(&["ky truoc", "thang truoc", "truoc do"]) {
        Some(ColumnMeaning::Previous)
    } else if has(&["tang", "giam", "chenh lech"]) {
        Some(ColumnMeaning::Change)
    } else if has(&["tu dau nam", "luy ke nam", "ca nam"]) {
        Some(ColumnMeaning::YearToDate)
    } else if has(&["luy ke", "den nay", "den het", "hien co"]) {
        Some(ColumnMeaning::Stock)
    } else if has(&["phat sinh", "moi trong"]) {
        Some(ColumnMeaning::Flow)
    } else {
        None
    }
}

/// What is known about the rows of a table that are unclear.
pub(super) struct RowsAsked<'a> {
    /// Whether a row of the form may be one of the table's, and is not yet another row.
    pub(super) is_free: &'a dyn Fn(&FormRow) -> bool,
    /// The words in the column of units of count of a row, folded.
    pub(super) unit_of_count: &'a dyn Fn(u32) -> Option<String>,
}

/// Proposes what the unclear rows of a table are.
pub(super) fn rows(form: &FormRows, unclear: &mut [&mut RowReading], asked: &RowsAsked<'_>) {
    let free: Vec<&FormRow> = form.rows.iter().filter(|row| (asked.is_free)(row)).collect();
    for row in unclear.iter_mut() {
        let counted = (asked.unit_of_count)(row.row);
        let words = Words::of_row(&row.words);
        let mut candidates: Vec<Candidate<String>> = free
            .iter()
            .map(|known| {
                let (likeness, reason) = known.likeness(&words);
                let other_unit = counted.as_ref().is_some_and(|unit| *unit != known.unit_of_count);
                let likeness = if other_unit { likeness.saturating_sub(20) } else { likeness };
                Candidate { meaning: known.code.clone(), reason, likeness }
            })
            .filter(|candidate| candidate.likeness >= LEAST)
            .collect();
        candidates.sort_by_key(|candidate| std::cmp::Reverse(candidate.likeness));
        row.candidates = candidates;
        row.is_proposed = is_ahead(row);
    }
    leave_to_others(unclear);
    in_order(unclear, &free);
    one_row_each(unclear);
    for row in unclear {
        row.candidates.truncate(SHOWN.max(usize::from(row.nth.1)));
    }
}

/// Returns whether the best candidate of a row is good and clearly ahead.
fn is_ahead(row: &RowReading) -> bool {
    match row.candidates.as_slice() {
        [first, second, ..] => {
            first.likeness >= PROPOSED && first.likeness >= second.likeness + AHEAD
        }
        [only] => only.likeness >= PROPOSED,
        [] => false,
    }
}

/// Leaves to a row the indicator that is proposed for it alone, until nothing changes.
fn leave_to_others(unclear: &mut [&mut RowReading]) {
    loop {
        one_row_each(unclear);
        let settled: Vec<(u32, String)> = unclear
            .iter()
            .filter(|row| row.is_proposed)
            .filter_map(|row| Some((row.row, row.candidates.first()?.meaning.clone())))
            .collect();
        let mut changed = false;
        for row in unclear.iter_mut().filter(|row| !row.is_proposed) {
            let is_free =
                |one: &Candidate<String>| settled.iter().all(|(_, code)| *code != one.meaning);
            // A row that has no other candidate is still asked about.
            if row.candidates.iter().any(is_free) && !row.candidates.iter().all(is_free) {
                row.candidates.retain(is_free);
                row.is_proposed = is_ahead(row);
                changed = true;
            }
        }
        if !changed {
            return one_row_each(unclear);
        }
    }
}

/// Proposes rows of the same words in the order of the form, where as many names begin so.
fn in_order(unclear: &mut [&mut RowReading], free: &[&FormRow]) {
    let ties: Vec<Vec<String>> = unclear
        .iter()
        .map(|row| {
            let best = row.candidates.first().map_or(0, |first| first.likeness);
            let tied = row.candidates.iter().filter(|one| {
                one.likeness == best && one.reason == Reason::Beginning && best >= PROPOSED
            });
            let mut codes: Vec<String> = tied.map(|one| one.meaning.clone()).collect();
            codes.sort_by_key(|code| free.iter().position(|known| known.code == *code));
            codes
        })
        .collect();
    for (row, tied) in unclear.iter_mut().zip(&ties) {
        let (nth, of) = (usize::from(row.nth.0), usize::from(row.nth.1));
        let same = ties.iter().filter(|other| *other == tied).count();
        if row.is_proposed || tied.len() < 2 || tied.len() != of || same != of {
            continue;
        }
        let Some(code) = tied.get(nth - 1) else { continue };
        if let Some(at) = row.candidates.iter().position(|one| one.meaning == *code) {
            let mut chosen = row.candidates.remove(at);
            chosen.reason = Reason::BeginningAndOrder;
            row.candidates.insert(0, chosen);
            row.is_proposed = true;
        }
    }
}

/// Proposes an indicator for one row only: of two rows that want it, neither is proposed.
fn one_row_each(unclear: &mut [&mut RowReading]) {
    let wanted: Vec<Option<String>> = unclear
        .iter()
        .map(|row| row.candidates.first().filter(|_| row.is_proposed))
        .map(|first| first.map(|first| first.meaning.clone()))
        .collect();
    for (row, code) in unclear.iter_mut().zip(&wanted) {
        let twice = code.is_some() && wanted.iter().filter(|other| *other == code).count() > 1;
        row.is_proposed &= !twice;
    }
}

/// Returns the form that the rows of a table fit best; the first of several.
pub(super) fn form_of<'f>(forms: &'f [FormRows], shapes: &[Shape]) -> Option<&'f FormRows> {
    let rows = || shapes.iter().flat_map(|shape| &shape.rows);
    let fit = |form: &&FormRows| -> u32 {
        rows()
            .map(|row| {
                if let Some((code, _)) = &row.known {
                    return u32::from(form.rows.iter().any(|known| known.has_code(code))) * 100;
                }
                let words = Words::of_row(&row.words);
                let each = form.rows.iter().map(|known| known.likeness(&words).0);
                let best = each.max().unwrap_or(0);
                if best >= LEAST { u32::from(best) / 2 } else { 0 }
            })
            .sum()
    };
    let mut best: Option<(u32, &FormRows)> = None;
    for form in forms {
        let fit = fit(&form);
        if fit > 0 && best.is_none_or(|(most, _)| fit > most) {
            best = Some((fit, form));
        }
    }
    best.map(|(_, form)| form)
}

/// Returns the column of units of count of a table.
pub(super) fn unit_column(columns: &[ShapeColumn], is_head: impl Fn(&str) -> bool) -> Option<u32> {
    let column = columns.iter().find(|column| column.names.iter().any(|name| is_head(name)));
    column.map(|column| column.column)
}

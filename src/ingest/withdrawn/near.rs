//! What words before, above and below a number say of it.

use super::{
    Objection, Withdrawal, objection,
    parts::names_part,
    scales::is_other_unit,
    times::{is_of_more, quarter},
    words::{in_brackets, is_plan},
};
use crate::{
    ingest::{
        CellContent,
        grid::Grid,
        matcher::{Matcher, PartWords},
    },
    place::CellRef,
    text::fold,
};

/// Returns whether [`Asked::in_label`] or [`Asked::in_part`] speaks against the numbers beside folded words
/// whatever the indicator is, or lets those of stocks stand.
pub(in crate::ingest) fn is_doubt(words: &str) -> bool {
    is_plan(words)
        || quarter(words).is_some()
        || names_part(words)
        || (is_of_more(words) && !words.contains("tuần"))
}

/// What is asked of an indicator, against which the words around its number are held.
#[derive(Clone, Copy, Debug)]
pub(in crate::ingest) struct Asked<'a> {
    grid: &'a Grid,
    /// Its unit of count, folded.
    own: &'a str,
    stock: bool,
}

impl<'a> Asked<'a> {
    /// Returns what is asked of a code as the templates write it.
    pub(in crate::ingest) fn new(
        (matcher, grid): (&'a Matcher, &'a Grid),
        part: &PartWords,
        code: &str,
    ) -> Self {
        Self { grid, own: matcher.unit_of_count(code), stock: part.stock }
    }

    /// Returns what a cell says that holds a unit of count, or may.
    pub(in crate::ingest) fn in_unit(&self, cell: CellRef) -> Option<Objection> {
        // As a rule the unit stands there as the form prints it.
        let words = self.words(cell).filter(|words| *words != self.own)?;
        let is_other = is_other_unit(&fold(words), self.own);
        is_other.then(|| objection(Withdrawal::UnitOfCount, self.grid, cell))
    }

    /// Returns what the name of an indicator says in brackets at its end, with the words in them alone:
    /// they are the same for many names.
    pub(in crate::ingest) fn in_brackets(&self, cell: CellRef) -> Option<Objection> {
        let words = in_brackets(self.words(cell)?)?;
        let is_other = is_other_unit(&fold(words), self.own);
        is_other.then(|| Objection {
            words: words.trim().to_owned(),
            ..objection(Withdrawal::UnitOfCount, self.grid, cell)
        })
    }

    /// Returns what the head of a column of an indicator says, the words above it and the units of count
    /// below it.
    pub(in crate::ingest) fn in_column(
        &self,
        matcher: &Matcher,
        head: CellRef,
        units: impl IntoIterator<Item = CellRef>,
    ) -> Option<Objection> {
        let above = head.row.checked_sub(1).map(|row| CellRef { row, ..head });
        self.in_brackets(head)
            .or_else(|| self.in_label(matcher, above?))
            .or_else(|| units.into_iter().find_map(|cell| self.in_unit(cell)))
    }

    /// Returns what the words before a row or above a group of columns say.
    pub(in crate::ingest) fn in_label(
        &self,
        matcher: &Matcher,
        cell: CellRef,
    ) -> Option<Objection> {
        self.in_words(cell).or_else(|| self.in_words_of_stocks(matcher, cell))
    }

    fn in_words(&self, cell: CellRef) -> Option<Objection> {
        let words = fold(self.words(cell)?);
        let why = if is_other_unit(&words, self.own) {
            Withdrawal::UnitOfCount
        } else if is_plan(&words) {
            Withdrawal::Plan
        } else if quarter(&words).is_some() || !self.stock && is_of_more(&words) {
            Withdrawal::Span
        } else {
            return None;
        };
        Some(objection(why, self.grid, cell))
    }

    /// Returns an objection to the words before the only row, when they name a thôn.
    pub(in crate::ingest) fn in_part(&self, cell: CellRef) -> Option<Objection> {
        let is_part = names_part(&fold(self.words(cell)?));
        is_part.then(|| objection(Withdrawal::Part, self.grid, cell))
    }

    /// Returns an objection to the number of a flow under words that are of stocks alone.
    fn in_words_of_stocks(&self, matcher: &Matcher, cell: CellRef) -> Option<Objection> {
        let words = self.words(cell).filter(|_| !self.stock)?;
        let is_so = matcher.is_value_of_stocks(&fold(words));
        is_so.then(|| objection(Withdrawal::Span, self.grid, cell))
    }

    fn words(&self, cell: CellRef) -> Option<&'a str> {
        match self.grid.seen(cell.row, cell.column) {
            CellContent::Text(words) => Some(words),
            _ => None,
        }
    }
}

//! The figures of a return, and which of them words name.

use std::collections::BTreeSet;

use super::names::{Name, Names};
use crate::{
    place::CellRef,
    quantity::Quantity,
    template::{Indicator, IndicatorIx, Indicators},
    validate::{
        Reading, State,
        checks::{self, Stated},
        readings::ReadingContext,
    },
};

/// The word for what has not come about.
const NOT: &str = "chưa";

/// A figure of which something may be stated.
pub(super) struct Figure<'a> {
    pub(super) index: IndicatorIx,
    pub(super) indicator: &'a Indicator,
    /// Index of its sheet in the return.
    pub(super) sheet: u16,
    pub(super) cell: CellRef,
    pub(super) number: Quantity,
    /// What the unit states of the month before, scaled alike.
    pub(super) previous: Option<i64>,
    /// The words of its names.
    pub(super) name: &'a Name,
}

/// Figures of a return as the unit wrote them, by sheet and cell.
pub(super) struct Figures<'a> {
    pub(super) indicators: &'a Indicators,
    pub(super) list: Vec<Figure<'a>>,
    /// The most decimals that one of them has.
    pub(super) decimals: u8,
}

impl<'a> Figures<'a> {
    /// Returns the figures of a return.
    pub(super) fn of(
        context: &ReadingContext<'a>,
        names: &'a Names,
        order: &[(IndicatorIx, Stated<'_>)],
    ) -> Self {
        let indicators = &context.templates.indicators;
        let figures = order.iter().filter_map(|(index, stated)| {
            let value = stated.value.filter(|value| value.source.is_none())?;
            let State::Value(scaled) = value.state else { return None };
            let indicator = indicators.get(*index);
            (value.reading != Reading::Correction).then_some(Figure {
                index: *index,
                indicator,
                sheet: value.sheet,
                cell: value.cell?,
                number: Quantity { scaled, decimals: indicator.decimals },
                previous: checks::number(stated.previous),
                name: names.get(*index)?,
            })
        });
        let mut figures: Vec<Figure<'_>> = figures.collect();
        figures.sort_by_key(|figure| (figure.sheet, figure.cell));
        let decimals = figures.iter().map(|one| one.number.decimals).max().unwrap_or_default();
        Self { indicators, list: figures, decimals }
    }

    /// Returns the figures that words name by their printed names, or where these are not two by any name.
    pub(super) fn named(&self, words: &[String]) -> Vec<&Figure<'a>> {
        let printed = self.named_by(words, |figure| &figure.name.printed);
        if printed.len() > 1 { printed } else { self.named_at_all(words) }
    }

    /// Returns the figures that words name by any name.
    fn named_at_all(&self, words: &[String]) -> Vec<&Figure<'a>> {
        self.named_by(words, |figure| &figure.name.words)
    }

    /// Returns the figures whose words have more than half of those that any figure has, and are as they are of what has
    /// not come about.
    fn named_by(
        &self,
        words: &[String],
        own: impl Fn(&Figure<'a>) -> &'a BTreeSet<String>,
    ) -> Vec<&Figure<'a>> {
        let words: BTreeSet<String> = words.iter().cloned().collect();
        let is_known = |word: &&String| self.list.iter().any(|one| one.name.words.contains(*word));
        let known = words.iter().filter(is_known).count();
        let is_named = |figure: &&Figure<'a>| {
            let own = own(figure);
            known > 0
                && own.intersection(&words).count() * 2 > known
                && own.contains(NOT) == words.contains(NOT)
        };
        self.list.iter().filter(is_named).collect()
    }

    /// Returns those of the figures that words name which they say best: with most of the words, and fewest others. Where
    /// both levels of an account are among them, their sum stands for them.
    pub(super) fn best_named(&self, words: &[String]) -> Vec<i64> {
        let named = self.named_at_all(words);
        let words: BTreeSet<String> = words.iter().cloned().collect();
        let rank = |figure: &Figure<'_>| {
            let said = figure.name.words.intersection(&words).count();
            let others =
                figure.name.printed.iter().filter(|word| !is_level(word) && !words.contains(*word));
            (std::cmp::Reverse(said), others.count())
        };
        let says_level = words.iter().any(|word| is_level(word));
        let ranks: Vec<_> = named.iter().map(|figure| rank(figure)).collect();
        let Some(best) = ranks.iter().min().copied() else { return Vec::new() };
        let best: Vec<&Figure<'_>> = named
            .iter()
            .zip(&ranks)
            .filter(|(_, rank)| **rank == best)
            .map(|(one, _)| *one)
            .collect();
        let pairs = if says_level { Vec::new() } else { self.level_pairs(&best) };
        if pairs.is_empty() { best.iter().map(|one| self.scaled(one)).collect() } else { pairs }
    }

    /// Returns the sums of those figures whose names differ in the level alone: accounts of level 1 and 2.
    pub(super) fn level_pairs(&self, figures: &[&Figure<'_>]) -> Vec<i64> {
        let base = |figure: &Figure<'_>| -> (BTreeSet<String>, usize) {
            let (levels, words): (Vec<String>, Vec<String>) =
                figure.name.printed.iter().cloned().partition(|word| is_level(word));
            (words.into_iter().collect(), levels.len())
        };
        let bases: Vec<_> = figures.iter().map(|figure| base(figure)).collect();
        let pairs = figures.iter().zip(&bases).enumerate().flat_map(|(place, (one, own))| {
            let others = figures.iter().zip(&bases).skip(place + 1);
            others
                .filter(move |(_, other)| own.1 == 1 && *other == own)
                .map(move |(other, _)| self.scaled(one) + self.scaled(other))
        });
        pairs.collect()
    }

    /// Returns the figures whose codes stand in words, in this order.
    pub(super) fn coded(&self, words: &str) -> Vec<&Figure<'a>> {
        let codes = words.split(|one: char| !one.is_alphanumeric());
        codes.filter_map(|code| self.of_code(&code.to_uppercase())).collect()
    }

    /// Returns the figure of a code.
    pub(super) fn of_code(&self, code: &str) -> Option<&Figure<'a>> {
        self.list.iter().find(|one| one.indicator.code == code)
    }

    /// Returns whether words say nothing, or three fifths of them stand beside each other in names of figures: words of
    /// one syllable are of anything.
    pub(super) fn knows(&self, words: &[String]) -> bool {
        let follows = |place: usize| {
            let pair = words.get(place..place + 2);
            pair.is_some_and(|pair| self.has_pair(pair))
        };
        let known = (0..words.len()).filter(|place| {
            follows(*place)
                || place.checked_sub(1).is_some_and(follows)
                || words.get(*place).is_some_and(|word| is_level(word))
        });
        known.count() * 5 >= words.len() * 3
    }

    fn has_pair(&self, pair: &[String]) -> bool {
        let pair = <[String; 2]>::try_from(pair.to_vec());
        pair.is_ok_and(|pair| self.list.iter().any(|one| one.name.pairs.contains(&pair)))
    }

    /// Returns the figures that stand above a row of a sheet, the nearest first.
    pub(super) fn above(&self, sheet: u16, row: u32) -> impl Iterator<Item = &Figure<'a>> {
        let above = self.list.iter().rev();
        above.filter(move |figure| figure.sheet == sheet && figure.cell.row < row)
    }

    /// Returns the sum of the figures of some indicators; nothing where one has none.
    pub(super) fn sum_of(&self, indicators: &[IndicatorIx]) -> Option<i64> {
        let find = |index: &IndicatorIx| self.list.iter().find(|one| one.index == *index);
        indicators.iter().map(|index| find(index).map(|one| self.scaled(one))).sum()
    }

    /// Returns a figure in the smallest unit that any figure has.
    pub(super) fn scaled(&self, figure: &Figure<'_>) -> i64 {
        figure.number.scaled * 10_i64.pow((self.decimals - figure.number.decimals).into())
    }
}

/// Returns whether a word is that of a level: "mức 2".
fn is_level(word: &str) -> bool {
    word.starts_with("mức ")
}

/// Returns the codes of figures as a list.
pub(super) fn list(figures: &[&Figure<'_>]) -> String {
    let codes: Vec<&str> = figures.iter().map(|one| one.indicator.code.as_str()).collect();
    codes.join(", ")
}

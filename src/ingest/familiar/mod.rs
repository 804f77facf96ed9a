//! Words around tables that say nothing of their figures: those of the templates, and times, numbers of papers
//! and names that are of the return itself. What cannot be cut into them is told, as nobody can list
//! everything that makes a figure another one.

mod month_memo;
mod name_heads;
mod other_lines;
mod papers;
mod phrases;
mod reasons;
mod times;
mod tokens;
mod unit_names;

use self::{
    month_memo::MonthMemo,
    other_lines::{OF_PAPERS, is_of_recipient, is_of_superior},
    phrases::Phrases,
    reasons::Reasons,
    times::TimeWords,
    tokens::{Token, has_word, tokens},
    unit_names::UnitNames,
};
pub(super) use self::{
    name_heads::NameHeads,
    other_lines::{is_of_other_lines, says_more, speaks_of_figures},
};
use super::{
    ReadingGuide,
    month::Month,
    withdrawn::{counts_parts, has_scale, is_doubtful_note},
};
use crate::{
    crew::{Crew, both},
    template::Measure,
    text::{Folded, fold, strip_marks},
};

/// Phrases of the templates and names of units, each as its words.
#[derive(Debug, Default)]
pub(super) struct Familiar {
    phrases: Phrases,
    /// The same without marks, for words without any.
    bare_phrases: Phrases,
    units: UnitNames,
    bare_units: UnitNames,
    /// What notes beside figures say.
    reasons: Reasons,
    first_day: u32,
    /// Texts that were familiar in a month.
    known: MonthMemo,
    /// Names of sheets that were.
    sheets: MonthMemo,
    /// Words of boxes that say nothing of figures.
    boxes: MonthMemo,
    /// Words of columns beside the figures that were.
    beside: MonthMemo,
}

/// No name of a unit has this.
const NOBODY: &str = "\u{0}";

/// Of what a sheet is.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Own<'a> {
    /// Its month.
    pub(super) month: Option<Month>,
    /// The name of its unit, folded and without marks.
    pub(super) unit: Option<&'a str>,
}

/// Longest words that are looked at, in letters; longer ones tell how to fill in a form.
const LONGEST: usize = 160;

impl Familiar {
    /// Returns the phrases of a guide, and names of units as they are compared; without phrases everything is
    /// familiar.
    pub(super) fn new(guide: &ReadingGuide, names: [&[Folded]; 2], crew: &dyn Crew) -> Self {
        let mut familiar = Self { first_day: guide.first_day.max(1), ..Self::default() };
        if guide.familiar.is_empty() {
            return familiar;
        }
        let of_period = guide.columns.iter().filter(|column| column.measure == Measure::Value);
        let heads = of_period.flat_map(|column| &column.titles);
        let details = guide.details.iter().flat_map(|detail| &detail.titles);
        let boxes = guide.boxes.iter().flat_map(|(_, labels)| labels);
        let of_labels = guide.labels.around_tables();
        let all = guide.familiar.iter().chain(heads).chain(details).chain(boxes).chain(of_labels);
        for phrase in all.flat_map(|phrase| phrase.split(['{', '}']).step_by(2)) {
            familiar.phrases.put(&tokens(&fold(phrase)));
            familiar.bare_phrases.put(&tokens(&strip_marks(phrase)));
        }
        (familiar.units, familiar.bare_units) = both(
            crew,
            || UnitNames::of(names.iter().copied().flatten().map(|name| &name.words)),
            || UnitNames::of(names.iter().copied().flatten().map(|name| &name.bare)),
        );
        familiar.reasons = Reasons::new(guide);
        familiar
    }

    /// Returns whether folded words are familiar in whatever sheet they stand: they name no time and no unit.
    pub(super) fn is_plain(&self, words: &str) -> bool {
        self.is_off() || is_of_another_kind(words) || self.covers(words, None)
    }

    /// Returns whether folded words are familiar in a sheet: times that they name are its own, and so are
    /// units.
    pub(super) fn knows(&self, words: &str, own: Own<'_>) -> bool {
        self.is_off() || self.knows_of_month(words, own.month) || self.knows_of_unit(words, own)
    }

    /// Returns the same for words that stand in no cell, which may be long.
    pub(super) fn knows_hanging(&self, words: &str, own: Own<'_>) -> bool {
        words.chars().count() <= LONGEST && self.knows_text(words, own)
    }

    /// Returns whether the words of a box say nothing of figures, as `says_nothing` finds out.
    pub(super) fn knows_box(&self, words: &str, says_nothing: impl FnOnce() -> bool) -> bool {
        self.boxes.ask(words, None, says_nothing)
    }

    /// Returns the same for a text as it stands in a cell.
    pub(super) fn knows_text(&self, text: &str, own: Own<'_>) -> bool {
        let of_month = || self.knows_of_month(&fold(text), own.month);
        self.is_off()
            || self.known.ask(text, own.month, of_month)
            || self.knows_of_unit(&fold(text), own)
    }

    /// Returns whether folded words are familiar in every sheet of a month, whatever its unit.
    pub(super) fn knows_of_month(&self, words: &str, month: Option<Month>) -> bool {
        // A name that is no unit's.
        let own = Own { month, unit: Some(NOBODY) };
        is_of_another_kind(words) || self.knows_said(words, own)
    }

    /// Returns whether folded words are familiar in a sheet of this unit.
    fn knows_of_unit(&self, words: &str, own: Own<'_>) -> bool {
        self.is_own_name(words, own) || self.knows_said(words, own)
    }

    /// Returns whether folded words are the line of place and date of a paper of a sheet, or can be cut into
    /// familiar pieces.
    fn knows_said(&self, words: &str, own: Own<'_>) -> bool {
        match times::place_of_line(words) {
            Some(place) => {
                times::may_be_dated(words, own.month, self.first_day)
                    && (tokens(place).is_empty() || self.covers(place, Some(own)))
            }
            None => self.covers(words, Some(own)),
        }
    }

    /// Returns whether a folded note beside a figure says nothing but familiar reasons.
    pub(super) fn knows_note(&self, note: &str) -> bool {
        self.reasons.are_off() || self.reasons.cover(note)
    }

    /// Returns whether words beside a figure, as they stand in their cell, say nothing of it in a month.
    pub(super) fn knows_beside(&self, text: &str, month: Option<Month>) -> bool {
        self.beside.ask(text, month, || {
            let words = fold(text);
            !is_doubtful_note(&words)
                && !counts_parts(&words)
                && (self.knows_note(&words) || self.knows_of_month(&words, month))
        })
    }

    /// Returns whether words are the name of the unit and nothing else.
    fn is_own_name(&self, words: &str, own: Own<'_>) -> bool {
        let tokens = &tokens(words)[..];
        self.units.lengths(tokens).any(|length| length == tokens.len()) && own.is_named(tokens)
    }

    /// Returns whether the name of a sheet is familiar in it.
    pub(super) fn knows_sheet(&self, name: &str, own: Own<'_>) -> bool {
        let words = || strip_marks(&name.replace('_', " "));
        let of_month = || self.knows_name(&words(), Own { unit: Some(NOBODY), ..own });
        self.is_off()
            || self.sheets.ask(name, own.month, of_month)
            || self.knows_name(&words(), own)
    }

    /// Returns whether words without marks may be the name of a sheet: familiar words, numbers and initials.
    fn knows_name(&self, name: &str, own: Own<'_>) -> bool {
        const NAMES: [&str; 12] = [
            "sheet",
            "trang",
            "trang tinh",
            "ban",
            "bang",
            "tong hop",
            "data",
            "form",
            "chinh thuc",
            "lan",
            "final",
            "ok",
        ];
        let without_number = name.trim_end_matches(|one: char| !one.is_alphabetic());
        let has_letters = name.chars().filter(|one| one.is_alphabetic()).count();
        has_letters == 0 && times::months_in(name) == 0
            || NAMES.contains(&without_number)
            || is_initials(name)
            || self.knows(name, own)
    }

    /// Returns whether words name a unit, its own or another.
    pub(super) fn names_unit(&self, words: &str) -> bool {
        let tokens = tokens(words);
        let begins =
            |at: usize| self.units.lengths(tokens.get(at..).unwrap_or_default()).next().is_some();
        (0..tokens.len()).any(begins)
    }

    /// Returns whether no phrase is known, and everything is familiar.
    pub(super) fn is_off(&self) -> bool {
        self.phrases.is_empty()
    }

    /// Returns whether words can be cut into familiar pieces, those of a sheet among them.
    fn covers(&self, words: &str, own: Option<Own<'_>>) -> bool {
        let tokens = &tokens(words)[..];
        let (phrases, units) = if words.is_ascii() {
            (&self.bare_phrases, &self.bare_units)
        } else {
            (&self.phrases, &self.units)
        };
        let time = own.map(|own| TimeWords {
            month: own.month,
            first_day: self.first_day,
            any_day: papers::is_named(tokens)
                || OF_PAPERS.iter().any(|paper| words.contains(paper)),
        });
        // A question mark asks whatever stands before it.
        !words.contains('?')
            && is_cut(tokens, |rest, ends| {
                ends.extend(phrases.lengths(rest));
                papers::number(rest, ends);
                if rest.len() == tokens.len() {
                    ends.extend(papers::ordinal(rest));
                }
                if let (Some(own), Some(time)) = (own, &time) {
                    let is_own =
                        |length: &usize| own.is_named(rest.get(..*length).unwrap_or_default());
                    ends.extend(units.lengths(rest).filter(is_own));
                    time.lengths(words, rest, ends);
                }
            })
    }
}

/// Returns whether tokens can be cut without a rest into pieces; `pieces` adds the lengths of those that tokens
/// begin with.
fn is_cut(tokens: &[Token<'_>], mut pieces: impl FnMut(&[Token<'_>], &mut Vec<usize>)) -> bool {
    let mut reached = vec![false; tokens.len() + 1];
    let mut ends: Vec<usize> = Vec::new();
    reached[0] = true;
    for at in 0..tokens.len() {
        if !reached.get(at).is_some_and(|reached| *reached) {
            continue;
        }
        pieces(tokens.get(at..).unwrap_or_default(), &mut ends);
        for length in ends.drain(..) {
            if let Some(end) = reached.get_mut(at + length) {
                *end = true;
            }
        }
    }
    reached.last().copied().unwrap_or(true)
}

impl Own<'_> {
    /// Returns whether a name of a unit may be that of the sheet: its last words are those of the place.
    fn is_named(&self, name: &[Token<'_>]) -> bool {
        let place = name.get(name.len().saturating_sub(2)..).unwrap_or_default();
        let place: Vec<&str> = place.iter().map(|token| token.word).collect();
        let place = strip_marks(&place.join(" "));
        self.unit.is_none_or(|own| own.contains(&place))
    }
}

/// Returns whether words are of another kind than what is said of figures: too long, signs and numbers of
/// columns, lines about papers and people.
fn is_of_another_kind(words: &str) -> bool {
    words.chars().count() > LONGEST
        || is_of_other_lines(words)
        || is_of_superior(words)
        || is_of_recipient(words)
        || !has_word(words)
            && !times::is_said_by(words)
            && !has_scale(words)
            && !words.contains('?')
}

/// Returns whether the name of a sheet is initials alone: "TM", "B01".
fn is_initials(name: &str) -> bool {
    const OTHERS: [&str; 9] = ["ho", "kh", "cu", "bo", "uoc", "qi", "ts", "vd", "old"];
    let letters: String = name.chars().filter(|one| one.is_alphabetic()).collect();
    letters.len() <= 3
        && !name.contains(' ')
        && !OTHERS.contains(&letters.as_str())
        && times::months_in(name) == 0
}

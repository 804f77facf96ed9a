//! How like the words of a row are to the names of indicators. It only makes proposals: nothing that
//! it says is used before a person has accepted it.

use std::collections::BTreeSet;

use crate::{
    ingest::{
        GuideIndicator, ReadingGuide, codes::normalise_code, names::without_numbering,
        understanding::Reason,
    },
    text::{fold, strip_marks},
};

/// Least likeness of a candidate, and of one that may be proposed.
pub(super) const LEAST: u8 = 55;
pub(super) const PROPOSED: u8 = 70;
/// Likeness of words that hold a name, or begin as one.
pub(super) const CERTAIN: u8 = 85;
/// By how much a proposed candidate must be liker than the next.
pub(super) const AHEAD: u8 = 10;
/// Shortest beginning of a name that says something.
const LEAST_BEGINNING: usize = 8;

/// The rows of a form with their words, in its order.
#[derive(Debug)]
pub(in crate::ingest) struct FormRows {
    /// Code of the form.
    pub(super) form: String,
    /// Its rows.
    pub(super) rows: Vec<FormRow>,
}

/// A row of a form.
#[derive(Debug)]
pub(super) struct FormRow {
    /// Key of the part: "01/2".
    pub(super) part: String,
    /// Code as the templates write it.
    pub(super) code: String,
    /// Names, folded, with their marks and without.
    names: Vec<Words>,
    /// What is counted, folded.
    pub(super) unit_of_count: String,
}

/// Returns the rows of every form of a guide.
pub(in crate::ingest) fn form_rows(guide: &ReadingGuide) -> Vec<FormRows> {
    let mut forms: Vec<FormRows> = Vec::new();
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    for column in guide.columns.iter().filter(|column| seen.insert(&column.part)) {
        let form = column.part.split('/').next().unwrap_or_default();
        let known = |code: &String| guide.indicators.iter().find(|known| known.code == *code);
        let rows = column.codes.iter().filter_map(known);
        let rows = rows.map(|indicator| FormRow::new(&column.part, indicator));
        match forms.iter_mut().find(|known| known.form == form) {
            Some(known) => known.rows.extend(rows),
            None => forms.push(FormRows { form: form.to_owned(), rows: rows.collect() }),
        }
    }
    forms
}

impl FormRow {
    fn new(part: &str, indicator: &GuideIndicator) -> Self {
        Self {
            part: part.to_owned(),
            code: indicator.code.clone(),
            names: indicator
                .names
                .iter()
                .chain(&indicator.other_names)
                .map(|name| Words::of_folded(&fold(name)))
                .collect(),
            unit_of_count: fold(&indicator.unit_of_count),
        }
    }

    /// Returns whether it has this code, however it is written.
    pub(super) fn has_code(&self, code: &str) -> bool {
        normalise_code(&self.code) == normalise_code(code)
    }

    /// Returns how like words are to its names, in percent, and why.
    pub(super) fn likeness(&self, words: &Words) -> (u8, Reason) {
        let each = self.names.iter().map(|name| likeness(words, name));
        each.max_by_key(|(likeness, _)| *likeness).unwrap_or((0, Reason::Words))
    }
}

/// Words as they are compared.
#[derive(Debug)]
pub(super) struct Words {
    marked: String,
    bare: String,
}

impl Words {
    /// Returns the words of a row, without its numbering.
    pub(super) fn of_row(words: &str) -> Self {
        let folded = fold(words);
        let words = without_numbering(&folded).trim_end_matches([':', '.', ';', ',', '…', ' ']);
        Self::of_folded(words)
    }

    fn of_folded(words: &str) -> Self {
        Self { marked: words.to_owned(), bare: strip_marks(words) }
    }
}

fn likeness(words: &Words, name: &Words) -> (u8, Reason) {
    let (likeness, reason) = of_marked(&words.marked, &name.marked);
    let bare = of_marked(&words.bare, &name.bare);
    let (likeness, reason) =
        if bare.0 > likeness + 5 { (bare.0 - 5, bare.1) } else { (likeness, reason) };
    // "mức 1" is never nearly "mức 2"; a beginning may have been cut before its number.
    let differ = match reason {
        Reason::Beginning => false,
        _ => numbers(&words.marked) != numbers(&name.marked),
    };
    (if differ { likeness.saturating_sub(30) } else { likeness }, reason)
}

fn of_marked(words: &str, name: &str) -> (u8, Reason) {
    if words.chars().count() >= LEAST_BEGINNING {
        if name.starts_with(words) {
            return (90, Reason::Beginning);
        }
        if words.contains(name) && name.chars().count() >= LEAST_BEGINNING || name.contains(words) {
            return (85, Reason::Contained);
        }
    }
    (shared(words, name), Reason::Words)
}

/// Returns the share of words that two texts have in common, in percent of both.
fn shared(one: &str, other: &str) -> u8 {
    let (one, mut other) = (parts_of(one), parts_of(other));
    let all = one.len() + other.len();
    let mut common = 0;
    for word in &one {
        if let Some(at) = other.iter().position(|each| each == word) {
            other.swap_remove(at);
            common += 1;
        }
    }
    if common < 2 {
        return 0;
    }
    u8::try_from(200 * common / all.max(1)).unwrap_or(100).min(95)
}

fn parts_of(text: &str) -> Vec<&str> {
    let parts = text.split(|character: char| !character.is_alphanumeric());
    parts.filter(|part| !part.is_empty()).collect()
}

fn numbers(words: &str) -> Vec<&str> {
    let parts = words.split(|character: char| !character.is_ascii_digit());
    parts.filter(|digits| !digits.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_nearly_a_name_is_like_it_and_levels_are_apart() {
        let like = |words: &str, name: &str| {
            likeness(&Words::of_row(words), &Words::of_folded(&fold(name))).0
        };
        let name = "Tài khoản mức 1 hiện có";
        assert!(like("Tài khoản định danh mức 1 hiện có", name) >= PROPOSED);
        assert!(like("Tài khoản mức 2 hiện có", name) < PROPOSED);
        assert!(like("Tài khoản mức", name) >= PROPOSED);
        assert_eq!(like("Số liệu theo dõi riêng của xã", "Số lượt người tham dự"), 0);
        assert!(like("Tong so van ban chi dao", "Số văn bản chỉ đạo") >= PROPOSED);
    }
}

//! Notes beside the figures of a row: reasons in words of the templates, amounts with what they count, other
//! months that a figure is compared with.

use super::{
    is_cut,
    phrases::Phrases,
    tokens::{Token, has_word, tokens},
};
use crate::{
    ingest::{ReadingGuide, withdrawn::has_scale},
    text::{fold, strip_marks},
};

/// Words of notes, with their marks and without.
#[derive(Debug, Default)]
pub(super) struct Reasons {
    phrases: Phrases,
    bare_phrases: Phrases,
    /// What numbers may count.
    counted: Phrases,
}

impl Reasons {
    /// Returns the words of a guide.
    pub(super) fn new(guide: &ReadingGuide) -> Self {
        let mut reasons = Self::default();
        for phrase in &guide.reasons {
            reasons.phrases.put(&tokens(&fold(phrase)));
            reasons.bare_phrases.put(&tokens(&strip_marks(phrase)));
        }
        let units = guide.indicators.iter().map(|known| &known.unit_of_count);
        for unit in units.chain(guide.same_units.iter().flatten()) {
            for words in [fold(unit), strip_marks(unit)] {
                reasons.counted.put(&tokens(&words));
            }
        }
        reasons
    }

    /// Returns whether no word is known, and every note is familiar.
    pub(super) fn are_off(&self) -> bool {
        self.phrases.is_empty()
    }

    /// Returns whether a folded note can be cut into familiar words.
    pub(super) fn cover(&self, note: &str) -> bool {
        let tokens = &tokens(note)[..];
        let phrases = if note.is_ascii() { &self.bare_phrases } else { &self.phrases };
        let is_mark = || {
            !has_word(note)
                && tokens.iter().all(|token| token.short_month().is_none())
                && !has_scale(note)
        };
        !note.contains(['?', '!'])
            && (is_mark()
                || is_cut(tokens, |rest, ends| {
                    ends.extend(phrases.lengths(rest));
                    ends.extend(self.amount(note, rest));
                    ends.extend(compared(rest));
                }))
    }

    /// Returns the length of a number with what it counts, or of a share: "03 buổi", "85%".
    fn amount(&self, note: &str, tokens: &[Token<'_>]) -> Option<usize> {
        let (number, rest) = tokens.split_first()?;
        number.number()?;
        let behind = note.get(number.start + number.word.len()..)?;
        if behind.trim_start().starts_with('%') {
            return Some(1);
        }
        self.counted.lengths(rest).last().map(|length| 1 + length)
    }
}

/// Returns the length of another month with which a figure is compared: "so với tháng 2", "so với T2/2024".
fn compared(tokens: &[Token<'_>]) -> Option<usize> {
    let [so, with, rest @ ..] = tokens else { return None };
    if !matches!((so.word, with.word), ("so", "với" | "voi")) {
        return None;
    }
    let [first, more @ ..] = rest else { return None };
    let is_number = |token: &Token<'_>| token.number().is_some();
    let month = match first.word {
        "tháng" | "thang" | "kỳ" | "ky" => {
            more.first().filter(|token| is_number(token)).map(|_| 2)
        }
        _ => first.short_month().map(|_| 1),
    }?;
    let has_year = rest.get(month).is_some_and(|token| token.is_joined() && is_number(token));
    Some(2 + month + usize::from(has_year))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::template::fixtures;

    #[test]
    fn notes_are_cut_into_reasons_amounts_and_other_months() {
        let reasons = Reasons::new(&ReadingGuide::of(&fixtures::district()));
        assert!(!reasons.are_off());
        for (note, expected) in [
            ("tăng do ra quân", true),
            ("tang do ra quan", true),
            ("tăng so với tháng 2 do mở 03 lớp", true),
            ("giảm so với t2/2024", true),
            ("không phát sinh", true),
            ("tăng do tính cả xã đông hưng", false),
            ("tăng 240", false),
            ("so với", false),
            ("số của tháng 2", false),
            ("tăng do ra quân?", false),
            ("-", true),
            ("đạt 85%", true),
            ("đạt 85", false),
            ("t2", false),
            ("x1.000", false),
        ] {
            assert_eq!(reasons.cover(note), expected, "{note}");
        }
    }
}

//! What a cell of a form should hold, as far as it matters for reading it.

use crate::{template::IndicatorKind, text};

/// What a cell should hold.
#[derive(Debug, Clone)]
pub(super) struct ExpectedNumber {
    /// Flow, stock or tick.
    pub(super) kind: IndicatorKind,
    /// Decimal places.
    pub(super) decimals: u8,
    /// The unit of count and its parts, folded: "tin, bài" gives "tin, bài", "tin" and "bài".
    pub(super) units: Vec<String>,
    /// What is counted, by the parts of a short name, folded: "hội nghị", "buổi tuyên truyền".
    things: Vec<String>,
    /// Other words for the unit of count, folded: "cuộc" for "buổi".
    other_units: Vec<String>,
    /// Which signs a figure may have.
    pub(super) sign: Sign,
}

/// Which signs a figure may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sign {
    /// Counts.
    NotNegative,
    /// Differences.
    Any,
}

impl ExpectedNumber {
    /// Returns what a cell of an indicator's value should hold.
    pub(super) fn new(kind: IndicatorKind, decimals: u8, unit_of_count: &str) -> Self {
        let whole = text::fold(unit_of_count);
        let mut units = parts_of(&whole);
        units.push(whole);
        Self {
            kind,
            decimals,
            units,
            things: Vec::new(),
            other_units: Vec::new(),
            sign: Sign::NotNegative,
        }
    }

    /// Returns the same for things that have a short name: "hội nghị, buổi tuyên truyền".
    pub(super) fn of_things(self, short_name: &str) -> Self {
        Self { things: parts_of(&text::fold(short_name)), ..self }
    }

    /// Returns the same with other words for its unit of count: each group of words means one.
    pub(super) fn or_called(self, groups: &[Vec<String>]) -> Self {
        let folded = |group: &Vec<String>| -> Vec<String> {
            group.iter().map(|words| text::fold(words)).collect()
        };
        let is_own = |group: &Vec<String>| group.iter().any(|words| self.units.contains(words));
        let own = groups.iter().map(folded).filter(is_own).flatten().collect();
        Self { other_units: own, ..self }
    }

    /// Returns whether the figure is a percentage.
    pub(super) fn counts_percent(&self) -> bool {
        self.units.iter().any(|unit| unit == "%")
    }

    /// Returns whether words, with or without marks, are another word for the unit of count. Beside a second
    /// number they say nothing: "350 người (12 cán bộ)".
    pub(super) fn is_called(&self, words: &str) -> bool {
        self.other_units.iter().any(|other| is_same(other, words))
    }

    /// Returns whether words, with or without marks, are the unit of count, its first or last word or
    /// what is counted: of "lượt người" also "lượt" and "người".
    pub(super) fn is_unit(&self, words: &str) -> bool {
        self.is_unit_of_count(words) || self.things.iter().any(|thing| is_same(thing, words))
    }

    /// Returns whether words, with or without marks, are the unit of count, its first or last word.
    pub(super) fn is_unit_of_count(&self, words: &str) -> bool {
        let is_same = |known: &str| is_same(known, words);
        let ends = |unit: &String| {
            let first = unit.split_once(' ').is_some_and(|(first, _)| is_same(first));
            first || unit.rsplit_once(' ').is_some_and(|(_, last)| is_same(last))
        };
        self.units.iter().any(|unit| is_same(unit) || ends(unit))
    }
}

fn is_same(known: &str, words: &str) -> bool {
    known == words || text::strip_marks(known) == words
}

/// Returns the parts of folded words with commas, slashes or brackets between them.
fn parts_of(folded: &str) -> Vec<String> {
    let parts = folded.split([',', '/', '(', ')']).map(str::trim);
    parts.filter(|part| !part.is_empty()).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_words_for_a_unit_of_count_are_listed_in_the_templates() {
        let words = |list: &[&str]| list.iter().map(|word| (*word).to_owned()).collect();
        let groups = [words(&["Buổi", "cuộc"]), words(&["người", "đồng chí", "HS"])];
        for (unit, called, expected) in [
            ("buổi", "cuộc", true),
            ("người", "đồng chí", true),
            ("người", "dong chi", true),
            ("người", "hs", true),
            ("hồ sơ", "hs", false),
            ("buổi", "đồng chí", false),
        ] {
            let number = ExpectedNumber::new(IndicatorKind::Flow, 0, unit).or_called(&groups);
            assert_eq!(number.is_called(called), expected, "{unit} {called}");
            assert!(!number.is_unit(called), "{unit} {called}");
        }
    }
}

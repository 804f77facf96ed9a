//! The words for what an indicator counts.

use crate::text;

/// The unit of count of an indicator, what it counts and other words for it, folded.
#[derive(Debug, Clone, Default)]
pub struct UnitWords {
    /// The unit of count and its parts: "tin, bài" gives "tin, bài", "tin" and "bài".
    units: Vec<String>,
    /// What is counted, by the parts of a short name: "hội nghị", "buổi tuyên truyền".
    things: Vec<String>,
    /// Other words for the unit of count: "cuộc" for "buổi".
    others: Vec<String>,
}

impl UnitWords {
    /// Returns the words of a unit of count.
    pub fn new(unit_of_count: &str) -> Self {
        let whole = text::fold(unit_of_count);
        let mut units = parts_of(&whole);
        units.push(whole);
        Self { units, ..Self::default() }
    }

    /// Returns the same for things that have a short name: "hội nghị, buổi tuyên truyền".
    #[must_use]
    pub fn of_things(self, short_name: &str) -> Self {
        Self { things: parts_of(&text::fold(short_name)), ..self }
    }

    /// Returns the same with other words for its unit of count: each group of words means one.
    #[must_use]
    pub fn or_called(self, groups: &[Vec<String>]) -> Self {
        let folded = |group: &Vec<String>| -> Vec<String> {
            group.iter().map(|words| text::fold(words)).collect()
        };
        let is_own = |group: &Vec<String>| group.iter().any(|words| self.units.contains(words));
        let others = groups.iter().map(folded).filter(is_own).flatten().collect();
        Self { others, ..self }
    }

    /// Returns whether percentages are counted.
    pub fn counts_percent(&self) -> bool {
        self.units.iter().any(|unit| unit == "%")
    }

    /// Returns whether folded words, with or without marks, are another word for the unit of count. Beside a
    /// second number they say nothing: "350 người (12 cán bộ)".
    pub fn is_called(&self, words: &str) -> bool {
        self.others.iter().any(|other| is_same(other, words))
    }

    /// Returns whether folded words, with or without marks, are the unit of count, its first or last word or
    /// what is counted: of "lượt người" also "lượt" and "người".
    pub fn is_unit(&self, words: &str) -> bool {
        self.is_unit_of_count(words) || self.things.iter().any(|thing| is_same(thing, words))
    }

    /// Returns whether folded words name the unit of count in any way, alone or one beside the other:
    /// "cuộc/buổi".
    pub fn is_named_by(&self, words: &str) -> bool {
        let is_one = |words: &str| self.is_unit(words) || self.is_called(words);
        let mut parts = words.split([',', '/', ';']).map(str::trim).filter(|part| !part.is_empty());
        is_one(words) || parts.all(is_one)
    }

    /// Returns whether folded words, with or without marks, are the unit of count, its first or last word.
    pub fn is_unit_of_count(&self, words: &str) -> bool {
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
            let unit_words = UnitWords::new(unit).or_called(&groups);
            assert_eq!(unit_words.is_called(called), expected, "{unit} {called}");
            assert!(!unit_words.is_unit(called), "{unit} {called}");
        }
        let meetings = UnitWords::new("buổi").or_called(&groups);
        assert!(meetings.is_named_by("cuộc/buổi") && !meetings.is_named_by("cuộc, người"));
    }
}

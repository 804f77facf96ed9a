//! Heads of columns as patterns: words that must stand there and places for dates. Each is known
//! with its marks and without any.

use std::collections::BTreeMap;

use crate::text::{fold, strip_marks};

/// Heads of a column, folded.
#[derive(Debug, Default)]
pub(super) struct Heads {
    /// Those without places, with their place in the list.
    exact: BTreeMap<String, usize>,
    /// The lengths of those, in bytes, as bits of a number; long ones share the last.
    lengths: u64,
    /// Those with places for dates, with their place in the list.
    open: Vec<(Pattern, usize)>,
}

/// Words that are one of some heads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Fill<'w> {
    /// What stands in the first place; nothing in a head without places.
    pub(super) words: &'w str,
    /// Which of the heads it is: the first of the list is the most certain.
    pub(super) rank: usize,
}

/// A head with places for dates: the folded words around them.
#[derive(Debug, PartialEq, Eq)]
struct Pattern {
    pieces: Vec<String>,
}

/// Longest text that may stand in a place of a pattern.
const MAX_FILL: usize = 40;

impl Heads {
    /// Returns the heads of a column as printed; `{…}` stands for a date.
    pub(super) fn new<'t>(titles: impl IntoIterator<Item = &'t String>) -> Self {
        let mut heads = Self::default();
        for (rank, title) in titles.into_iter().enumerate() {
            for folded in [fold(title), strip_marks(title)] {
                if folded.contains('{') {
                    let pattern = Pattern::new(&folded);
                    if heads.open.iter().all(|(known, _)| *known != pattern) {
                        heads.open.push((pattern, rank));
                    }
                } else {
                    heads.lengths |= length_bit(&folded);
                    heads.exact.entry(folded).or_insert(rank);
                }
            }
        }
        heads
    }

    /// Returns which head folded words are; a remark in brackets at the end is overlooked.
    pub(super) fn fill<'w>(&self, words: &'w str) -> Option<Fill<'w>> {
        let bare = words.trim_end_matches([':', '.', ' ']);
        self.fill_exactly(bare).or_else(|| {
            let before = bare.strip_suffix(')')?.rsplit_once('(')?.0;
            self.fill_exactly(before.trim_end())
        })
    }

    /// Returns which head folded words are, with what stands in brackets at their end.
    pub(super) fn fill_whole<'w>(&self, words: &'w str) -> Option<Fill<'w>> {
        self.fill_exactly(words.trim_end_matches([':', '.', ' ']))
    }

    fn fill_exactly<'w>(&self, words: &'w str) -> Option<Fill<'w>> {
        // Most words are no head: few have the length of one.
        if self.lengths & length_bit(words) != 0
            && let Some(rank) = self.exact.get(words)
        {
            return Some(Fill { words: "", rank: *rank });
        }
        // What fills a place is a date, which ends in a number.
        if !words.bytes().any(|byte| byte.is_ascii_digit()) {
            return None;
        }
        self.open.iter().find_map(|(pattern, rank)| {
            pattern.fill(words).map(|words| Fill { words, rank: *rank })
        })
    }
}

fn length_bit(words: &str) -> u64 {
    1 << words.len().min(63)
}

impl Pattern {
    /// Returns the pattern of a folded head in which `{…}` stand for dates.
    fn new(folded: &str) -> Self {
        let pieces = folded.split('{');
        let words = pieces.map(|piece| piece.split_once('}').map_or(piece, |(_, words)| words));
        Self { pieces: words.map(str::to_owned).collect() }
    }

    fn fill<'w>(&self, words: &'w str) -> Option<&'w str> {
        let (first, others) = self.pieces.split_first()?;
        let (last, middle) = others.split_last()?;
        let mut rest = words.strip_prefix(first.as_str())?.strip_suffix(last.as_str())?;
        let mut filling = None;
        for piece in middle {
            let (fill, after) = rest.split_once(piece.as_str())?;
            filling = filling.or(Some(fill));
            rest = after;
        }
        let filling = filling.unwrap_or(rest);
        is_dated(filling).then_some(filling)
    }
}

/// Returns whether folded words are dates and nothing else: "14/3", "ngày 14 tháng 3 năm 2024".
fn is_dated(words: &str) -> bool {
    const BEFORE: [&str; 6] = ["ngày", "tháng", "năm", "ngay", "thang", "nam"];
    let tokens = words.split(|one: char| !one.is_alphanumeric()).filter(|one| !one.is_empty());
    let mut may_end = false;
    for token in tokens {
        let is_number = token.bytes().all(|byte| byte.is_ascii_digit());
        if !is_number && !BEFORE.contains(&token) {
            return false;
        }
        // "nam" is a year only before its number.
        may_end = is_number;
    }
    may_end && words.chars().count() <= MAX_FILL
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled<'w>(heads: &Heads, words: &'w str) -> Option<&'w str> {
        heads.fill(words).map(|fill| fill.words)
    }

    #[test]
    fn places_of_a_head_take_dates_and_nothing_else() {
        let heads = |title: &str| Heads::new(&[title.to_owned()]);
        let head = heads("Đến hết {den}");
        assert_eq!(filled(&head, "đến hết 14/3"), Some("14/3"));
        assert_eq!(filled(&head, &fold("ĐẾN HẾT\n14/3/2024:")), Some("14/3/2024"));
        assert_eq!(filled(&head, &fold("Đến hết ngày 14 tháng 3")), Some("ngày 14 tháng 3"));
        assert_eq!(filled(&head, "đến hết kỳ"), None);
        assert_eq!(filled(&head, "đến hết 14/3 nam"), None, "a column of men is not the whole");
        let head = heads("Lũy kế từ đầu năm (từ {dau_nam})");
        assert_eq!(filled(&head, &fold("Luỹ kế từ đầu năm (từ 15/12/2023)")), Some("15/12/2023"));
        assert_eq!(filled(&head, "lũy kế từ đầu năm (từ đầu)"), None);
        assert_eq!(filled(&heads("Ghi chú"), "ghi chú (giải trình)"), Some(""));
        assert_eq!(filled(&heads("Ghi chú"), "ghi chu"), Some(""));
        assert_eq!(filled(&heads("Ghi chú"), "ghi chú khác"), None);
    }
}

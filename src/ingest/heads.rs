//! Heads of columns as patterns: words that must stand there and places for dates.

use std::collections::BTreeSet;

use crate::text::fold;

/// Heads of a column, folded.
#[derive(Debug, Default)]
pub(super) struct Heads {
    /// Those without places.
    exact: BTreeSet<String>,
    /// The lengths of those, in bytes, as bits of a number; long ones share the last.
    lengths: u64,
    /// Those with places for dates.
    open: Vec<Pattern>,
}

/// A head with places for dates: the folded words around them.
#[derive(Debug)]
struct Pattern {
    pieces: Vec<String>,
}

/// Longest text that may stand in a place of a pattern.
const MAX_FILL: usize = 40;

impl Heads {
    /// Returns the heads of a column as printed; `{…}` stands for a date.
    pub(super) fn new<'t>(titles: impl IntoIterator<Item = &'t String>) -> Self {
        let mut heads = Self::default();
        for title in titles {
            let folded = fold(title);
            if folded.contains('{') {
                heads.open.push(Pattern::new(&folded));
            } else {
                heads.lengths |= length_bit(&folded);
                heads.exact.insert(folded);
            }
        }
        heads
    }

    /// Returns what stands in the first place (nothing in a head without places), if the folded
    /// words are one of the heads; a remark in brackets at the end is overlooked.
    pub(super) fn fill<'w>(&self, words: &'w str) -> Option<&'w str> {
        let bare = words.trim_end_matches([':', '.', ' ']);
        self.fill_exactly(bare).or_else(|| {
            let before = bare.strip_suffix(')')?.rsplit_once('(')?.0;
            self.fill_exactly(before.trim_end())
        })
    }

    fn fill_exactly<'w>(&self, words: &'w str) -> Option<&'w str> {
        // Most words are no head: few have the length of one.
        if self.lengths & length_bit(words) != 0 && self.exact.contains(words) {
            return Some("");
        }
        self.open.iter().find_map(|pattern| pattern.fill(words))
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
        let dated = filling.contains(|character: char| character.is_ascii_digit());
        (dated && filling.chars().count() <= MAX_FILL).then_some(filling)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_of_a_head_take_dates_and_nothing_else() {
        let heads = |title: &str| Heads::new(&[title.to_owned()]);
        let head = heads("Đến hết {den}");
        assert_eq!(head.fill("đến hết 14/3"), Some("14/3"));
        assert_eq!(head.fill(&fold("ĐẾN HẾT\n14/3/2024:")), Some("14/3/2024"));
        assert_eq!(head.fill("đến hết kỳ"), None);
        let head = heads("Lũy kế từ đầu năm (từ {dau_nam})");
        assert_eq!(head.fill(&fold("Luỹ kế từ đầu năm (từ 15/12/2023)")), Some("15/12/2023"));
        assert_eq!(head.fill("lũy kế từ đầu năm (từ đầu)"), None);
        assert_eq!(heads("Ghi chú").fill("ghi chú (giải trình)"), Some(""));
        assert_eq!(heads("Ghi chú").fill("ghi chú khác"), None);
    }
}

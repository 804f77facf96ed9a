//! Heads of columns as patterns: words that must stand there and places for dates. Each is known
//! with its marks and without any.

use std::collections::BTreeSet;

use super::outlines::Outlines;
use crate::text::{HashMap, fold, without_marks};

/// Heads of columns, folded, each with the columns whose head it is: words are looked up once, however
/// many columns there are.
#[derive(Debug)]
pub(super) struct Heads<C> {
    /// Those without places.
    exact: HashMap<String, Vec<Owner<C>>>,
    /// Which words may be one of those.
    outlines: Outlines,
    /// Those with places for dates.
    open: OpenHeads<C>,
}

/// Heads with places for dates. There are a thousand of them, and few begin alike: they are looked up by
/// the words before their first place.
#[derive(Debug)]
struct OpenHeads<C> {
    /// The heads by those words, each with its number in the order of the templates.
    by_beginning: HashMap<String, Vec<OpenHead<C>>>,
    /// How long those words are, in bytes.
    lengths: BTreeSet<usize>,
    /// How many heads there are.
    count: usize,
}

/// A head with places for dates.
#[derive(Debug)]
struct OpenHead<C> {
    number: usize,
    pattern: Pattern,
    owners: Vec<Owner<C>>,
}

/// A column with the place of a head in its list.
type Owner<C> = (C, usize);

/// Words that are one of the heads of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Fill<'w> {
    /// What stands in the last place; nothing in a head without places.
    pub(super) words: &'w str,
    /// Which of the heads it is: the first of the list is the most certain.
    pub(super) rank: usize,
    /// Whether a remark in brackets at the end was overlooked.
    pub(super) has_remark: bool,
}

/// What stands behind the first place of a head with places for dates: the folded words around the others,
/// and those at the end.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Pattern {
    middle: Vec<String>,
    last: String,
}

/// Longest text that may stand in a place of a pattern.
const MAX_FILL: usize = 40;

impl<C> Default for Heads<C> {
    fn default() -> Self {
        Self {
            exact: HashMap::default(),
            outlines: Outlines::default(),
            open: OpenHeads::default(),
        }
    }
}

impl<C> Default for OpenHeads<C> {
    fn default() -> Self {
        Self { by_beginning: HashMap::default(), lengths: BTreeSet::new(), count: 0 }
    }
}

impl<C> OpenHeads<C> {
    /// Returns the owners of a folded head with places.
    fn owners(&mut self, folded: &str) -> &mut Vec<Owner<C>> {
        let (beginning, pattern) = Pattern::new(folded);
        self.lengths.insert(beginning.len());
        let heads = self.by_beginning.entry(beginning.to_owned()).or_default();
        let known = heads.iter().position(|head| head.pattern == pattern);
        let place = known.unwrap_or_else(|| {
            heads.push(OpenHead { number: self.count, pattern, owners: Vec::new() });
            self.count += 1;
            heads.len() - 1
        });
        &mut heads[place].owners
    }

    /// Returns the heads that folded words fill, in the order of the templates, with what stands in the last
    /// place of each.
    fn filled<'w>(&self, words: &'w str) -> Vec<(&OpenHead<C>, &'w str)> {
        let lengths = self.lengths.range(..=words.len());
        let splits = lengths.filter_map(|length| words.split_at_checked(*length));
        let heads =
            splits.filter_map(|(before, rest)| Some((self.by_beginning.get(before)?, rest)));
        let filled = heads.flat_map(|(heads, rest)| {
            heads.iter().filter_map(move |head| Some((head, head.pattern.fill(rest)?)))
        });
        let mut filled: Vec<_> = filled.collect();
        filled.sort_unstable_by_key(|(head, _)| head.number);
        filled
    }
}

impl<C: Copy + PartialEq> Heads<C> {
    /// Returns the heads of columns as printed, the most certain of a column first; `{…}` stands for a
    /// date.
    pub(super) fn new<'t, T>(columns: impl IntoIterator<Item = (C, T)>) -> Self
    where
        T: IntoIterator<Item = &'t String>,
    {
        let mut heads = Self::default();
        for (column, titles) in columns {
            for (rank, title) in titles.into_iter().enumerate() {
                let folded = fold(title);
                let bare = without_marks(&folded);
                heads.add(folded, (column, rank));
                heads.add(bare, (column, rank));
            }
        }
        heads
    }

    fn add(&mut self, folded: String, owner: Owner<C>) {
        let owners = if folded.contains('{') {
            self.open.owners(&folded)
        } else {
            self.outlines.add(&folded);
            self.exact.entry(folded).or_default()
        };
        if owners.iter().all(|(known, _)| *known != owner.0) {
            owners.push(owner);
        }
    }

    /// Returns whether folded words are a head of any column; a remark in brackets at the end is
    /// overlooked.
    pub(super) fn is_any(&self, words: &str) -> bool {
        self.any(words, |_| true)
    }

    /// Returns whether folded words are a head of a column.
    pub(super) fn is_of(&self, column: C, words: &str) -> bool {
        self.any(words, |known| known == column)
    }

    fn any(&self, words: &str, is_it: impl Fn(C) -> bool) -> bool {
        let [whole, before] = whole_and_before(words);
        [whole, before].into_iter().flatten().any(|words| {
            let mut found = false;
            self.each(words, &mut |(column, _), _| found |= is_it(column));
            found
        })
    }

    /// Returns the columns whose head folded words are, with which of its heads.
    pub(super) fn fills<'w>(&self, words: &'w str) -> Vec<(C, Fill<'w>)> {
        let mut fills: Vec<(C, Fill<'w>)> = Vec::new();
        for (words, has_remark) in whole_and_before(words).into_iter().zip([false, true]) {
            let Some(words) = words else { continue };
            self.each(words, &mut |(column, rank), words| {
                let fill = Fill { words, rank, has_remark };
                match fills.iter_mut().find(|(known, _)| *known == column) {
                    None => fills.push((column, fill)),
                    // Words with a date are as certain as the first head that they fit.
                    Some((_, known))
                        if !known.words.is_empty() && known.has_remark == has_remark =>
                    {
                        if rank < known.rank {
                            *known = fill;
                        }
                    }
                    Some(_) => {}
                }
            });
        }
        fills
    }

    /// Takes each column whose head words are exactly, with what stands in the last place of the head.
    fn each<'w>(&self, words: &'w str, take: &mut impl FnMut(Owner<C>, &'w str)) {
        if self.outlines.may_be(words)
            && let Some(owners) = self.exact.get(words)
        {
            for owner in owners {
                take(*owner, "");
            }
        }
        // What fills a place is a date, which ends in a number.
        if !words.bytes().any(|byte| byte.is_ascii_digit()) {
            return;
        }
        for (head, date) in self.open.filled(words) {
            for owner in &head.owners {
                take(*owner, date);
            }
        }
    }
}

/// Returns folded words without what may end a head, and those before brackets at their end.
fn whole_and_before(words: &str) -> [Option<&str>; 2] {
    let whole = words.trim_end_matches([':', '.', ' ']);
    let before = whole.strip_suffix(')').and_then(|words| words.rsplit_once('('));
    [Some(whole), before.map(|(before, _)| before.trim_end())]
}

impl Pattern {
    /// Returns the words of a folded head before the first `{…}`, which stand for dates, and what follows.
    fn new(folded: &str) -> (&str, Self) {
        let mut pieces = folded.split('{');
        let beginning = pieces.next().unwrap_or_default();
        let words = pieces.map(|piece| piece.split_once('}').map_or(piece, |(_, words)| words));
        let mut middle: Vec<String> = words.map(str::to_owned).collect();
        let last = middle.pop().unwrap_or_default();
        (beginning, Self { middle, last })
    }

    /// Returns the date in the last place of words whose beginning was passed over.
    fn fill<'w>(&self, rest: &'w str) -> Option<&'w str> {
        let mut rest = rest.strip_suffix(self.last.as_str())?;
        for piece in &self.middle {
            let (fill, after) = rest.split_once(piece.as_str())?;
            if !is_dated(fill) {
                return None;
            }
            rest = after;
        }
        is_dated(rest).then_some(rest)
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

    fn filled<'w>(heads: &Heads<()>, words: &'w str) -> Option<&'w str> {
        heads.fills(words).first().map(|((), fill)| fill.words)
    }

    #[test]
    fn of_several_places_the_last_is_told() {
        let titles = ["Từ {tu} đến {den}".to_owned()];
        let heads = Heads::new([((), &titles)]);
        assert_eq!(filled(&heads, "từ 15/02 đến 14/3"), Some("14/3"));
        assert_eq!(filled(&heads, "từ xã đến 14/3"), None);
    }

    #[test]
    fn places_of_a_head_take_dates_and_nothing_else() {
        let heads = |title: &str| Heads::new([((), &[title.to_owned()])]);
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

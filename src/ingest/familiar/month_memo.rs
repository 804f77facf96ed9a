//! Words that were found familiar in a month: titles, heads and names of sheets come again in thousands of files.

use std::sync::RwLock;

use crate::{
    ingest::month::Month,
    text::{HashMap, HashSet},
};

/// Words by the month of the sheets in which they are familiar, whatever their units are.
#[derive(Debug, Default)]
pub(super) struct MonthMemo(RwLock<HashMap<Option<Month>, HashSet<String>>>);

/// Longest words that are kept, in bytes.
const LONGEST: usize = 512;
/// Most words of a month that are kept.
const MOST_WORDS: usize = 4_096;
/// Most months of which words are kept.
const MOST_MONTHS: usize = 24;

impl MonthMemo {
    /// Returns whether words are familiar in a month, found out by `is_familiar` unless they are known to be.
    pub(super) fn ask(
        &self,
        words: &str,
        month: Option<Month>,
        is_familiar: impl FnOnce() -> bool,
    ) -> bool {
        // A thread that panicked while it held the lock leaves at most one of them less.
        let known = self.0.read().is_ok_and(|known| {
            known.get(&month).is_some_and(|words_known| words_known.contains(words))
        });
        if known {
            return true;
        }
        let is_familiar = is_familiar();
        if is_familiar
            && words.len() <= LONGEST
            && let Ok(mut known) = self.0.write()
            && (known.len() < MOST_MONTHS || known.contains_key(&month))
        {
            let of_month = known.entry(month).or_default();
            if of_month.len() < MOST_WORDS {
                of_month.insert(words.to_owned());
            }
        }
        is_familiar
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_familiar_is_asked_once_a_month() {
        let memo = MonthMemo::default();
        let (march, april) = (Month::new(2024, 3), Month::new(2024, 4));
        assert!(!memo.ask("tháng 3", april, || false));
        assert!(memo.ask("tháng 3", march, || true));
        assert!(memo.ask("tháng 3", march, || unreachable!("known")));
        assert!(!memo.ask("tháng 3", april, || false), "of another month");
    }
}

//! What was found out before: the returns of a month are filled copies of a few forms, and the same words in
//! the same cells always say the same.

use std::{hash::Hash, sync::RwLock};

use crate::text::HashMap;

/// What was found out, by everything from which it follows.
#[derive(Debug)]
pub(super) struct Memo<K, V>(RwLock<HashMap<K, V>>);

/// Most of it that is kept; a month of returns has far fewer kinds of anything.
const MOST: usize = 512;

impl<K, V> Default for Memo<K, V> {
    fn default() -> Self {
        Self(RwLock::default())
    }
}

impl<K: Hash + Eq, V: Clone> Memo<K, V> {
    /// Returns what follows from a key, found out by `find` unless it is known; without a key it is found out
    /// anew.
    pub(super) fn get(&self, key: Option<K>, find: impl FnOnce() -> V) -> V {
        let Some(key) = key else { return find() };
        // A thread that panicked while it held the lock leaves at most one of them less.
        let known = self.0.read().ok().and_then(|known| known.get(&key).cloned());
        known.unwrap_or_else(|| {
            let found = find();
            if let Ok(mut known) = self.0.write()
                && known.len() < MOST
            {
                known.insert(key, found.clone());
            }
            found
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_known_is_not_found_out_again() {
        let memo: Memo<&str, u32> = Memo::default();
        assert_eq!(memo.get(Some("a"), || 1), 1);
        assert_eq!(memo.get(Some("a"), || unreachable!("known")), 1);
        assert_eq!(memo.get(Some("b"), || 2), 2);
        assert_eq!([memo.get(None, || 3), memo.get(None, || 4)], [3, 4]);
    }
}

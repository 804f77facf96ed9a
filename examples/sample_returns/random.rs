//! Invented numbers that are the same on every machine: a generator seeded by words. No clock, no
//! global state.

/// A seeded source of numbers (splitmix64).
pub(crate) struct Dice {
    state: u64,
}

impl Dice {
    /// Returns the source that belongs to these words.
    pub(crate) fn of(words: &[&str]) -> Self {
        let mut state = 0xcbf2_9ce4_8422_2325_u64;
        for byte in words.iter().flat_map(|word| word.bytes().chain([0x1f])) {
            state = (state ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
        Self { state }
    }

    /// Returns a number from `low` to `high`, both included.
    pub(crate) fn between(&mut self, low: i64, high: i64) -> i64 {
        let span = high.abs_diff(low) + 1;
        let offset = i64::try_from(self.next() % span).expect("spans of figures fit");
        low.min(high) + offset
    }

    /// Returns true in so many cases of a hundred.
    pub(crate) fn chance(&mut self, percent: i64) -> bool {
        self.between(1, 100) <= percent
    }

    /// Returns one of several.
    pub(crate) fn pick<T: Copy>(&mut self, choices: &[T]) -> T {
        let last = i64::try_from(choices.len()).expect("lists are short") - 1;
        let index = usize::try_from(self.between(0, last)).expect("the range starts at 0");
        choices[index]
    }

    /// Returns `total` split into `count` parts that differ by some percent and add up to it.
    pub(crate) fn split(&mut self, total: i64, count: i64) -> Vec<i64> {
        let weights: Vec<i64> = (0..count).map(|_| self.between(70, 130)).collect();
        let all: i64 = weights.iter().sum();
        let mut left = total;
        let mut parts: Vec<i64> = weights
            .iter()
            .map(|weight| {
                let part = total * weight / all;
                left -= part;
                part
            })
            .collect();
        for part in parts.iter_mut().take(usize::try_from(left).unwrap_or(0)) {
            *part += 1;
        }
        parts
    }

    fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_words_give_the_same_numbers_for_ever() {
        let mut dice = Dice::of(&["da06", "tien-minh"]);
        let mut again = Dice::of(&["da06", "tien-minh"]);
        let numbers: Vec<i64> = (0..8).map(|_| dice.between(-3, 90)).collect();
        assert_eq!(numbers, (0..8).map(|_| again.between(-3, 90)).collect::<Vec<_>>());
        assert!(numbers.iter().all(|number| (-3..=90).contains(number)));
        assert_ne!(Dice::of(&["ab", "c"]).next(), Dice::of(&["a", "bc"]).next());
    }

    #[test]
    fn parts_add_up() {
        for total in [0, 1, 7, 38, 4096] {
            let parts = Dice::of(&["split"]).split(total, 9);
            assert_eq!((parts.len(), parts.iter().sum::<i64>()), (9, total));
            assert!(parts.iter().all(|part| *part >= 0));
        }
    }
}

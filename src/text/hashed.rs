//! Maps and sets by hash, with a hash that is quick for short words. Which order they have depends on the process, so that
//! nothing may be taken from them one by one.

use foldhash::fast::RandomState;

/// A map by hash.
pub type HashMap<K, V> = std::collections::HashMap<K, V, RandomState>;
/// A set by hash.
pub type HashSet<T> = std::collections::HashSet<T, RandomState>;
/// Makes hashes of other things by one seed.
pub use foldhash::fast::RandomState as Hashing;

//! The cache of readings: what a file said the last time, kept under the hash of its content, the
//! version of the reader and the templates. A damaged or foreign cache is no cache; it never
//! changes a figure, because its own hash must match before anything in it is believed.

use std::collections::HashMap;
use std::ops::Range;

use sha2::{Digest, Sha256};

use crate::ingest::{FileReading, READER_VERSION};

const MAGIC: &[u8] = b"da06-bo-dem-1\n";
/// About what stands beside a reading, in bytes: its hash, its name, two lengths.
const BESIDE_A_READING: usize = 128;

/// What all readings of a cache have in common.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CacheKey(String);

impl CacheKey {
    /// Returns the key of this reader with these templates (their digest).
    pub fn new(templates: &str) -> Self {
        Self(format!("{READER_VERSION}:{}:{templates}\n", env!("CARGO_PKG_VERSION")))
    }

    /// Returns the key as text.
    pub(super) fn as_str(&self) -> &str {
        &self.0
    }
}

/// Readings of earlier runs.
#[derive(Debug, Default)]
pub struct ReadingCache {
    bytes: Vec<u8>,
    entries: HashMap<String, Range<usize>>,
}

impl ReadingCache {
    /// Opens a cache; bytes that are damaged or of another key give an empty one.
    pub fn open(bytes: Vec<u8>, key: &CacheKey) -> Self {
        match index(&bytes, key) {
            Some(entries) => Self { bytes, entries },
            None => Self::default(),
        }
    }

    /// Returns the encoded reading of a file with this hash and name.
    pub fn encoded(&self, sha256: &str, name: &str) -> Option<&[u8]> {
        let range = self.entries.get(&entry_name(sha256, name))?;
        self.bytes.get(range.clone())
    }

    /// Returns the bytes that [`Self::open`] takes.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Returns how many readings there are.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Returns whether there is no reading.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }
}

/// Gathers readings for the next run.
#[derive(Debug)]
pub struct ReadingCacheWriter {
    cache: ReadingCache,
}

impl ReadingCacheWriter {
    /// Starts a cache with room for readings of so many bytes in all, and for how many.
    pub fn new(key: &CacheKey, (length, count): (usize, usize)) -> Self {
        let mut bytes = Vec::with_capacity(length + count * BESIDE_A_READING);
        bytes.extend([MAGIC, key.0.as_bytes()].concat());
        Self { cache: ReadingCache { bytes, entries: HashMap::with_capacity(count) } }
    }

    /// Adds an encoded reading, unless the same file is there already.
    pub fn push(&mut self, sha256: &str, name: &str, encoded: &[u8]) {
        let ReadingCache { bytes, entries } = &mut self.cache;
        let entry = entry_name(sha256, name);
        if entries.contains_key(&entry) {
            return;
        }
        for part in [entry.as_bytes(), encoded] {
            let length = u32::try_from(part.len()).expect("a reading is smaller than 4 GiB");
            bytes.extend(length.to_le_bytes());
            bytes.extend(part);
        }
        entries.insert(entry, bytes.len() - encoded.len()..bytes.len());
    }

    /// Returns the cache.
    pub fn finish(mut self) -> ReadingCache {
        let digest = Sha256::digest(&self.cache.bytes);
        self.cache.bytes.extend(digest);
        self.cache
    }
}

impl FileReading {
    /// Returns the reading in the form that the cache keeps.
    pub fn encode(&self) -> Vec<u8> {
        postcard::to_stdvec(self).expect("a reading holds plain values only")
    }

    /// Returns the reading of its encoded form; nothing when it is of another shape.
    pub fn decode(encoded: &[u8]) -> Option<Self> {
        postcard::from_bytes(encoded).ok()
    }
}

/// The name counts too: an owner file and a wrong extension are told by it.
fn entry_name(sha256: &str, name: &str) -> String {
    format!("{sha256}/{name}")
}

fn index(bytes: &[u8], key: &CacheKey) -> Option<HashMap<String, Range<usize>>> {
    let start = MAGIC.len() + key.0.len();
    let end = bytes.len().checked_sub(32)?;
    let (content, digest) = bytes.split_at_checked(end)?;
    let foreign = content.get(..start)? != [MAGIC, key.0.as_bytes()].concat();
    if foreign || Sha256::digest(content).as_slice() != digest {
        return None;
    }
    let mut entries = HashMap::new();
    let mut position = start;
    while position < end {
        let name = next_part(content, &mut position)?;
        let encoded = next_part(content, &mut position)?;
        entries.insert(String::from_utf8(content.get(name)?.to_vec()).ok()?, encoded);
    }
    Some(entries)
}

fn next_part(content: &[u8], position: &mut usize) -> Option<Range<usize>> {
    let length = content.get(*position..*position + 4)?.try_into().ok().map(u32::from_le_bytes)?;
    let start = *position + 4;
    let range = start..start + usize::try_from(length).ok()?;
    content.get(range.clone())?;
    *position = range.end;
    Some(range)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::{FileKind, Refusal};

    fn reading() -> FileReading {
        FileReading {
            kind: FileKind::Word,
            refusal: Some(Refusal::NotAWorkbook),
            returns: Vec::new(),
            notices: Vec::new(),
            understanding: crate::ingest::Understanding::default(),
        }
    }

    fn cache(key: &CacheKey) -> Vec<u8> {
        let mut writer = ReadingCacheWriter::new(key, (0, 0));
        writer.push("ab", "x.xlsx", &reading().encode());
        writer.push("cd", "y.xlsx", &reading().encode());
        writer.push("cd", "y.xlsx", &reading().encode());
        let cache = writer.finish();
        assert_eq!(cache.encoded("ab", "x.xlsx"), Some(reading().encode().as_slice()));
        cache.bytes().to_vec()
    }

    #[test]
    fn what_was_kept_is_found_by_hash_and_name() {
        let key = CacheKey::new("t");
        let cache = ReadingCache::open(cache(&key), &key);
        assert_eq!(cache.len(), 2);
        let found = cache.encoded("ab", "x.xlsx").and_then(FileReading::decode);
        assert_eq!(found, Some(reading()));
        assert_eq!(cache.encoded("ab", "z.xlsx"), None);
    }

    #[test]
    fn other_templates_or_a_flipped_bit_make_it_no_cache() {
        let key = CacheKey::new("t");
        let bytes = cache(&key);
        assert!(ReadingCache::open(bytes.clone(), &CacheKey::new("u")).is_empty());
        for position in 0..bytes.len() {
            let mut damaged = bytes.clone();
            damaged[position] ^= 1;
            assert!(ReadingCache::open(damaged, &key).is_empty(), "byte {position}");
        }
        for length in 0..bytes.len() {
            assert!(ReadingCache::open(bytes[..length].to_vec(), &key).is_empty());
        }
    }
}

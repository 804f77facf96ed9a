//! The parts of a package, and which of them two packages share byte for byte.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use zip::ZipArchive;

/// Returns the parts of a package as text by name.
pub(super) fn parts(bytes: &[u8]) -> BTreeMap<String, String> {
    let parts = raw_parts(bytes).into_iter();
    parts.map(|(name, part)| (name, String::from_utf8_lossy(&part).into_owned())).collect()
}

/// Returns the parts that changed and those that are new; every other one is there as it was.
pub(super) fn untouched(before: &[u8], after: &[u8]) -> (Vec<String>, Vec<String>) {
    let (before, after) = (raw_parts(before), raw_parts(after));
    for name in before.keys() {
        assert!(after.contains_key(name), "{name} is lost");
    }
    let changed =
        after.iter().filter(|(name, part)| before.get(*name).is_some_and(|before| before != *part));
    let added = after.keys().filter(|name| !before.contains_key(*name));
    (changed.map(|(name, _)| name.clone()).collect(), added.cloned().collect())
}

fn raw_parts(bytes: &[u8]) -> BTreeMap<String, Vec<u8>> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut parts = BTreeMap::new();
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).unwrap();
        let name = part.name().unwrap().into_owned();
        let mut content = Vec::new();
        part.read_to_end(&mut content).unwrap();
        parts.insert(name, content);
    }
    parts
}

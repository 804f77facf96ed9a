//! What the last run of a month said, under a digest of everything that went into it: when nothing
//! changed and the files still stand, the run is done. It holds no figure, and what is damaged or of
//! another run is no result.

use std::{collections::BTreeMap, fmt::Write};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::CacheKey;
use crate::period::Period;

/// Everything that decides what a run writes.
#[derive(Debug, Clone)]
pub struct RunKey(Sha256);

/// What a run said and wrote.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptResult {
    /// Digest of what went into the run.
    pub key: String,
    /// The sentence that says how things stand.
    pub verdict: String,
    /// What the documents could not show as it was written.
    #[serde(default)]
    pub notices: Vec<String>,
    /// Whether something needs a person.
    pub needs_person: bool,
    /// Names of the files, in the order in which a person would open them.
    pub names: Vec<String>,
    /// SHA-256 of every file below the workspace that the run wrote, by path.
    pub files: BTreeMap<String, String>,
}

/// A result as it stands on the disk.
#[derive(Debug, Serialize, Deserialize)]
struct Sealed {
    seal: String,
    result: KeptResult,
}

/// Returns the path below the archive of the result of a month.
pub fn result_path(period: Period) -> String {
    format!("ket-qua/{period}.json")
}

impl RunKey {
    /// Starts the key of a run with this program, this reader and these templates.
    pub fn new(readings: &CacheKey, program: &str) -> Self {
        let mut key = Self(Sha256::new());
        key.add("ban", readings.as_str());
        key.add("chuong-trinh", program);
        key
    }

    /// Adds something that went into the run: what it is, and its words or its hash.
    pub fn add(&mut self, name: &str, content: &str) {
        for part in [name, content] {
            let length = u64::try_from(part.len()).unwrap_or(u64::MAX);
            self.0.update(length.to_le_bytes());
            self.0.update(part);
        }
    }

    /// Returns a result of a run with this key.
    pub fn seal(self, result: KeptResult) -> KeptResult {
        KeptResult { key: self.digest(), ..result }
    }

    fn digest(self) -> String {
        hexadecimal(&self.0.finalize())
    }
}

impl KeptResult {
    /// Returns the result as bytes.
    pub fn to_json(&self) -> Vec<u8> {
        let sealed = Sealed { seal: seal(self), result: self.clone() };
        serde_json::to_vec_pretty(&sealed).expect("a result has string keys only")
    }

    /// Returns the result that bytes hold, when it is whole and of a run with this key.
    pub fn open(bytes: &[u8], key: &RunKey) -> Option<Self> {
        let Sealed { seal: found, result } = serde_json::from_slice(bytes).ok()?;
        (found == seal(&result) && result.key == key.clone().digest()).then_some(result)
    }
}

fn seal(result: &KeptResult) -> String {
    let json = serde_json::to_vec(result).expect("a result has string keys only");
    hexadecimal(&Sha256::digest(&json))
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut digits, byte| {
        let _infallible = write!(digits, "{byte:02x}");
        digits
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(number: &str) -> RunKey {
        let mut key = RunKey::new(&CacheKey::new("t"), "p");
        key.add("so", number);
        key
    }

    #[test]
    fn a_result_is_found_by_its_key_and_only_when_whole() {
        let said = KeptResult { verdict: "1/1 đơn vị".to_owned(), ..KeptResult::default() };
        let result = key("15").seal(said);
        let bytes = result.to_json();
        assert_eq!(KeptResult::open(&bytes, &key("15")), Some(result));
        assert_eq!(KeptResult::open(&bytes, &key("16")), None);
        let edited = String::from_utf8(bytes.clone()).unwrap().replace("1/1", "0/1");
        assert_eq!(KeptResult::open(edited.as_bytes(), &key("15")), None);
        assert_eq!(KeptResult::open(&bytes[..bytes.len() / 2], &key("15")), None);
    }

    #[test]
    fn parts_of_a_key_do_not_run_together() {
        let of = |name, content| {
            let mut key = key("");
            key.add(name, content);
            key.digest()
        };
        assert_ne!(of("ab", "c"), of("a", "bc"));
    }
}

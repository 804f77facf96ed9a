//! What the last run of a month said, under a digest of everything that went into it: when nothing
//! changed and the files still stand, the run is done. It holds no figure, and what is damaged or of
//! another run is no result.

use std::{collections::BTreeMap, fmt::Write};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::CacheKey;
use crate::period::Period;

/// Everything that decides what a run, or a file of it, says.
#[derive(Debug, Clone)]
pub struct ProductKey(Sha256);

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
    /// Digest of what went into each answer to a unit, by name of the file.
    #[serde(default)]
    pub answers: BTreeMap<String, String>,
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

impl ProductKey {
    /// Starts a key of this program, this reader and these templates.
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

    /// Adds a value that went into it.
    pub fn add_value(&mut self, name: &str, value: &impl Serialize) {
        let bytes = postcard::to_stdvec(value).expect("what is kept are plain values");
        self.add(name, &hexadecimal(&Sha256::digest(&bytes)));
    }

    /// Returns the key in digits.
    pub fn digest(self) -> String {
        hexadecimal(&self.0.finalize())
    }
}

impl KeptResult {
    /// Returns the result as bytes.
    pub fn to_json(&self) -> Vec<u8> {
        let sealed = Sealed { seal: seal(self), result: self.clone() };
        serde_json::to_vec_pretty(&sealed).expect("a result has string keys only")
    }

    /// Returns the result that bytes hold, when it is whole.
    pub fn open(bytes: &[u8]) -> Option<Self> {
        let Sealed { seal: found, result } = serde_json::from_slice(bytes).ok()?;
        (found == seal(&result)).then_some(result)
    }

    /// Returns whether it is of a run with this key.
    pub fn is_of(&self, key: &ProductKey) -> bool {
        self.key == key.clone().digest()
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

    fn key(number: &str) -> ProductKey {
        let mut key = ProductKey::new(&CacheKey::new("t"), "p");
        key.add("so", number);
        key
    }

    #[test]
    fn a_result_is_found_by_its_key_and_only_when_whole() {
        let result = KeptResult {
            key: key("15").digest(),
            verdict: "1/1 đơn vị".to_owned(),
            ..KeptResult::default()
        };
        let bytes = result.to_json();
        assert!(result.is_of(&key("15")) && !result.is_of(&key("16")));
        assert_eq!(KeptResult::open(&bytes), Some(result));
        let edited = String::from_utf8(bytes.clone()).unwrap().replace("1/1", "0/1");
        assert_eq!(KeptResult::open(edited.as_bytes()), None);
        assert_eq!(KeptResult::open(&bytes[..bytes.len() / 2]), None);
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

//! `manifest.json`: what a run read, with which templates, and what it wrote.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::period::Period;

/// Name of the manifest in the folder of a period.
pub const MANIFEST: &str = "manifest.json";

/// What a run read and wrote. It has no clock in it: the same input gives the same bytes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// "dự thảo" until the report is issued.
    pub state: String,
    /// The period.
    pub period: Period,
    /// Version of the program.
    pub program: String,
    /// Every file of `input/`, sorted by path.
    pub inputs: Vec<Input>,
    /// SHA-256 of every template.
    pub templates: BTreeMap<String, String>,
    /// SHA-256 of every file written.
    pub outputs: BTreeMap<String, String>,
}

/// A file of `input/` and what became of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Input {
    /// Path below `input/`.
    pub file: String,
    /// SHA-256.
    pub sha256: String,
    /// What became of it: "tính", "thay thế", "từ chối", …
    pub fate: String,
    /// Key of the unit, where it is known.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub unit: Option<String>,
    /// Lần gửi, where it is known.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub submission: Option<u32>,
}

impl Manifest {
    /// Returns the manifest as text for people and programs.
    pub fn to_json(&self) -> Vec<u8> {
        let mut json = serde_json::to_vec_pretty(self).expect("a manifest has string keys only");
        json.push(b'\n');
        json
    }

    /// Returns the manifest that a text holds.
    pub fn from_json(bytes: &[u8]) -> Result<Self, serde_json::Error> {
        serde_json::from_slice(bytes)
    }
}

#[cfg(test)]
impl Manifest {
    /// Returns a manifest of these files and nothing else.
    pub(super) fn sample(files: &[super::OutputFile]) -> Self {
        let hash = |file: &super::OutputFile| crate::files::sha256(&file.bytes);
        Self {
            state: "dự thảo".to_owned(),
            period: "2024-03".parse().unwrap(),
            program: "0".to_owned(),
            inputs: Vec::new(),
            templates: BTreeMap::new(),
            outputs: files.iter().map(|file| (file.name.clone(), hash(file))).collect(),
        }
    }
}

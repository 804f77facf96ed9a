//! When nothing changed since the last run of a month, and all that it wrote still stands, the run
//! is done; when something did, the answers to units that it does not concern still stand. Everything
//! that a file depends on is in its key; no figure is kept.

use std::{collections::BTreeMap, path::PathBuf};

use super::{
    Error, Job,
    months::{MonthInputs, earlier_periods},
};
use crate::{
    archive::{self, CacheKey, KeptResult, ProductKey, result_path},
    files,
    period::Period,
};

/// Returns the key of a run; nothing when a file could not be read this time, so that the
/// run says so again.
pub(super) fn run_key(
    job: &Job,
    found: &MonthInputs,
    fonts: &BTreeMap<String, String>,
) -> Result<Option<ProductKey>, Error> {
    let MonthInputs { templates, period, inputs, .. } = found;
    let mut key = ProductKey::new(&CacheKey::new(&templates.digest()), &job.program);
    key.add("ky", &period.to_string());
    key.add("so", job.number.as_deref().unwrap_or("-"));
    key.add("ngay", &job.date.map(|date| date.to_string()).unwrap_or_default());
    for file in &inputs.files {
        if !file.is_lasting() {
            return Ok(None);
        }
        key.add(&file.path, &file.sha256);
    }
    for (path, sha256) in inputs.side_hashes.iter().chain(fonts) {
        key.add(path, sha256);
    }
    for month in earlier_periods(*period) {
        let path = archive::observations_path(month);
        if let Some(bytes) = files::read_optional(&job.workspace.archive().join(&path))? {
            key.add(&path, &files::sha256(&bytes));
        }
    }
    Ok(Some(key))
}

/// What the last run of a month left.
#[derive(Debug)]
pub(super) struct LastRun {
    root: PathBuf,
    folder: String,
    result: KeptResult,
}

impl LastRun {
    /// Returns what the archive knows of the last run; nothing when it knows nothing for certain.
    pub(super) fn of(job: &Job, period: Period) -> Option<Self> {
        let path = job.workspace.archive().join(result_path(period));
        let result = KeptResult::open(&files::read(&path).ok()?)?;
        Some(Self { root: job.workspace.root.clone(), folder: format!("output/{period}"), result })
    }

    /// Returns what it said, when a run with this key would say and write the same.
    pub(super) fn said(&self, key: &ProductKey) -> Option<&KeptResult> {
        let stands = |(path, sha256): (&String, &String)| self.stands(path, sha256);
        (self.result.is_of(key) && self.result.files.iter().all(stands)).then_some(&self.result)
    }

    /// Returns the hash of an answer that was made of the same and stands as it was written.
    pub(super) fn answer(&self, name: &str, made_of: &str) -> Option<&str> {
        let path = format!("{}/{name}", self.folder);
        let sha256 = self.result.files.get(&path)?;
        let same = self.result.answers.get(name).is_some_and(|known| known == made_of);
        (same && self.stands(&path, sha256)).then_some(sha256)
    }

    fn stands(&self, path: &str, sha256: &str) -> bool {
        let bytes = files::read(&self.root.join(path));
        bytes.is_ok_and(|bytes| files::sha256(&bytes) == sha256)
    }
}

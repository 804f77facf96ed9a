//! When nothing changed since the last run of a month, and all that it wrote still stands, the run
//! is done. Everything that a file of the month depends on is in the key; no figure is kept.

use std::collections::BTreeMap;

use super::{
    Error, Job,
    months::{MonthInputs, earlier_periods},
};
use crate::{
    archive::{self, CacheKey, KeptResult, RunKey, result_path},
    files,
    period::Period,
};

/// Returns the key of a run; nothing when a file cannot be read, so that the run says so again.
pub(super) fn run_key(
    job: &Job,
    found: &MonthInputs,
    fonts: &BTreeMap<String, String>,
) -> Result<Option<RunKey>, Error> {
    let MonthInputs { templates, period, inputs } = found;
    let mut key = RunKey::new(&CacheKey::new(&templates.digest()), &job.program);
    key.add("ky", &period.to_string());
    key.add("so", job.number.as_deref().unwrap_or("-"));
    key.add("ngay", &job.date.map(|date| date.to_string()).unwrap_or_default());
    for file in &inputs.files {
        if file.sha256.is_empty() {
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

/// Returns what the last run said, when this one would say and write the same.
pub(super) fn kept_result(job: &Job, period: Period, key: &RunKey) -> Option<KeptResult> {
    let path = job.workspace.archive().join(result_path(period));
    let result = KeptResult::open(&files::read(&path).ok()?, key)?;
    let stands = |(path, sha256): (&String, &String)| {
        let bytes = files::read(&job.workspace.root.join(path));
        bytes.is_ok_and(|bytes| files::sha256(&bytes) == *sha256)
    };
    result.files.iter().all(stands).then_some(result)
}

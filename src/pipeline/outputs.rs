//! The monthly job from beginning to end: whether there is anything to do, the files, putting them in
//! place, and what is kept for the next run.

use std::{collections::BTreeMap, mem, path::PathBuf};

use super::{
    Error, Job, Month, Progress, feedback,
    fonts::{self, OfficeFonts},
    months::{checked, month_inputs},
    products::{Products, products},
    unchanged::{self, LastRun},
};
use crate::{
    archive::{self, KeptResult, ProductKey, result_path},
    compose, files,
    period::Period,
    publish::{self, Input, Lock, Manifest, OutputFile},
    template::Severity,
    validate::{Batch, Fate, Standing},
};

/// What a run published.
#[derive(Debug)]
pub struct Published {
    /// The period, read and checked; nothing when the last run still stands.
    pub month: Option<Box<Month>>,
    /// The sentence that says how things stand.
    pub verdict: String,
    /// What the documents could not show as it was written, each with its place.
    pub notices: Vec<String>,
    /// Whether something needs a person.
    pub needs_person: bool,
    /// The folder of the files.
    pub folder: PathBuf,
    /// Names of the files, in the order in which a person would open them.
    pub names: Vec<String>,
}

/// When a run is made again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Repeat {
    /// When something changed since the last run, or one of its files is not as it wrote it.
    WhenChanged,
    /// Always.
    Always,
}

/// Runs the monthly job: reads, checks, adds up, writes the draft report.
pub fn run(job: &Job, repeat: Repeat, progress: &dyn Progress) -> Result<Published, Error> {
    let _lock = take_lock(job)?;
    let fonts = fonts::of_office(&job.workspace)?;
    let found = month_inputs(job, progress)?;
    let key = unchanged::run_key(job, &found, &fonts.hashes)?;
    let last = match repeat {
        Repeat::WhenChanged => LastRun::of(job, found.period),
        Repeat::Always => None,
    };
    if let (Some(last), Some(key)) = (&last, &key)
        && let Some(said) = last.said(key)
    {
        progress.stage("không có gì thay đổi so với lần chạy trước");
        let KeptResult { verdict, notices, needs_person, names, .. } = said.clone();
        let folder = job.workspace.output(found.period);
        return Ok(Published { month: None, verdict, notices, needs_person, folder, names });
    }
    let month = checked(job, found, progress)?;
    publish_month(job, month, (Past { key, last }, fonts), progress)
}

/// How a run stands to the one before it.
struct Past {
    /// What decides everything that the run writes; nothing when it must be made again anyway.
    key: Option<ProductKey>,
    /// What the last run left.
    last: Option<LastRun>,
}

/// Returns whether anything of a batch needs a person: faults to correct or returns that lack.
pub fn needs_person(batch: &Batch) -> bool {
    let wrong = |severity| matches!(severity, Severity::Rejected | Severity::Error);
    let missing = |standing| matches!(standing, Standing::NotReturned | Standing::NotAccepted);
    batch.findings.iter().any(|finding| wrong(finding.severity))
        || batch.discipline.iter().any(|discipline| missing(discipline.standing))
}

/// Adds up a month and writes its files.
fn publish_month(
    job: &Job,
    mut month: Month,
    (Past { key, last }, fonts): (Past, OfficeFonts),
    progress: &dyn Progress,
) -> Result<Published, Error> {
    keep_readings(job, &mut month)?;
    if !month.batch.fates.iter().any(|fate| concerns_period(fate.fate)) {
        return Err(Error::NothingReturned { period: month.period, input: job.workspace.input() });
    }
    let Products { mut files, observations, notices } =
        products(job, &mut month, &fonts.files, progress)?;
    progress.stage("lập phản hồi cho các đơn vị");
    let answers = month.threads.run(|| feedback::answers(job, &month, last.as_ref()))?;
    progress.stage("ghi tệp");
    // The archive comes first: when it cannot be written, nothing is published.
    put(&job.workspace.archive().join(archive::observations_path(month.period)), &observations)?;
    let observations = files::sha256(&observations);
    let mut names: Vec<String> = files.iter().map(|file| file.name.clone()).collect();
    names.extend(feedback::said(&answers));
    files.extend(answers.files);
    let folder = job.workspace.output(month.period);
    let manifest = manifest(&month, (&files, answers.standing), fonts.hashes);
    publish::publish(&folder, &files, &manifest)?;
    let verdict = compose::verdict(&month.findings_input());
    let needs_person = needs_person(&month.batch);
    if let Some(key) = key {
        let result = KeptResult {
            key: key.digest(),
            verdict: verdict.clone(),
            notices: notices.clone(),
            needs_person,
            names: names.clone(),
            files: written(month.period, &manifest, observations),
            answers: answers.made_of,
        };
        // The files stand; without this the next run is only slower.
        let path = job.workspace.archive().join(result_path(month.period));
        let _slower = put(&path, &result.to_json());
    }
    let month = Some(Box::new(month));
    Ok(Published { month, verdict, notices, needs_person, folder, names })
}

/// Returns the hashes of what a run wrote, by path below the workspace.
fn written(period: Period, manifest: &Manifest, observations: String) -> BTreeMap<String, String> {
    let mut written: BTreeMap<String, String> = manifest
        .outputs
        .iter()
        .map(|(name, sha256)| (format!("output/{period}/{name}"), sha256.clone()))
        .collect();
    let manifest = files::sha256(&manifest.to_json());
    written.insert(format!("output/{period}/{}", publish::MANIFEST), manifest);
    written.insert(format!("archive/{}", archive::observations_path(period)), observations);
    written
}

/// Returns whether a file says anything about the period of the run.
fn concerns_period(fate: Fate) -> bool {
    !matches!(fate, Fate::OtherPeriod | Fate::Ignored)
}

pub(super) fn take_lock(job: &Job) -> Result<Lock, Error> {
    if !job.workspace.templates().is_dir() {
        return Err(Error::NoWorkspace { root: job.workspace.root.clone() });
    }
    let archive = job.workspace.archive();
    files::create_folder(&archive)?;
    Ok(Lock::acquire(&archive.join("khoa"))?)
}

fn manifest(
    month: &Month,
    (files, standing): (&[OutputFile], BTreeMap<String, String>),
    fonts: BTreeMap<String, String>,
) -> Manifest {
    let fates = month.batch.fates.iter().map(|fate| Input {
        file: fate.file.clone(),
        sha256: fate.sha256.clone(),
        fate: fate.fate.word().to_owned(),
        unit: fate.unit.clone(),
        submission: fate.submission,
    });
    let side = month.inputs.side_hashes.iter().map(|(path, sha256)| Input {
        file: path.clone(),
        sha256: sha256.clone(),
        fate: "tệp kèm".to_owned(),
        unit: None,
        submission: None,
    });
    let mut inputs: Vec<Input> = fates.chain(side).collect();
    inputs.sort_by(|left, right| left.file.cmp(&right.file));
    let hash = |file: &OutputFile| (file.name.clone(), files::sha256(&file.bytes));
    Manifest {
        state: "dự thảo".to_owned(),
        period: month.period,
        program: env!("CARGO_PKG_VERSION").to_owned(),
        inputs,
        templates: month.templates.hashes.clone().into_iter().chain(fonts).collect(),
        outputs: files.iter().map(hash).chain(standing).collect::<BTreeMap<_, _>>(),
    }
}

/// Keeps the readings for later runs, when they are new, and gives up their memory: nothing after
/// validation looks into a file again.
fn keep_readings(job: &Job, month: &mut Month) -> Result<(), Error> {
    let readings = mem::take(&mut month.inputs.cache);
    if month.inputs.cache_is_new {
        put(&job.workspace.archive().join(archive::CACHE), readings.bytes())?;
    }
    Ok(())
}

/// Writes beside and renames, so that a run that is cut off leaves no half file.
fn put(path: &std::path::Path, bytes: &[u8]) -> Result<(), Error> {
    if let Some(folder) = path.parent() {
        files::create_folder(folder)?;
    }
    let beside = path.with_extension("tam");
    files::write(&beside, bytes)?;
    Ok(files::rename(&beside, path)?)
}

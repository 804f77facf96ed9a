//! The monthly job: the figures, the documents, their files, and putting them in place.

use std::collections::BTreeMap;
use std::mem;
use std::path::PathBuf;

use rayon::prelude::*;

use super::{
    Error, Job, Month, Progress, StageError, feedback,
    fonts::{self, OfficeFonts},
    inputs::in_pool,
    months::{checked, month_inputs},
    unchanged,
};
use crate::{
    aggregate::{FIGURE_COLUMNS, Figures, Tier, aggregate},
    archive::{self, ArchiveError, KeptResult, Kind, RunKey, TableWriter, Value, result_path},
    compose::{self, ReportInput, document::Document},
    files,
    period::Period,
    publish::{self, Input, Lock, Manifest, OutputFile},
    render::{
        RenderError,
        pdf::{self, FontFiles, MissingGlyph, Printed},
        xlsx,
    },
    template::{Duty, Severity},
    validate::{Batch, Fate, Standing},
};

/// Above so many units the CSV files hold groups only, and units go to Parquet.
const UNITS_IN_CSV: usize = 1_000;

/// Subjects whose rows of the CSV are made side by side and then put together.
const SUBJECTS_AT_A_TIME: usize = 8;

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
    if let (Repeat::WhenChanged, Some(key)) = (repeat, &key)
        && let Some(kept) = unchanged::kept_result(job, found.period, key)
    {
        progress.stage("không có gì thay đổi so với lần chạy trước");
        let KeptResult { verdict, notices, needs_person, names, .. } = kept;
        let folder = job.workspace.output(found.period);
        return Ok(Published { month: None, verdict, notices, needs_person, folder, names });
    }
    let month = checked(job, found, progress)?;
    publish_month(job, month, (key, fonts), progress)
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
    (key, fonts): (Option<RunKey>, OfficeFonts),
    progress: &dyn Progress,
) -> Result<Published, Error> {
    keep_readings(job, &mut month)?;
    if !month.batch.fates.iter().any(|fate| concerns_period(fate.fate)) {
        return Err(Error::NothingReturned { period: month.period, input: job.workspace.input() });
    }
    progress.stage("tổng hợp số liệu");
    // One after the other: each makes a table of all observations.
    let figures = in_pool(job.jobs, || {
        aggregate(&month.templates, month.period, &month.batch, &month.history)
    })?
    .map_err(StageError::from)?;
    let sources = sources(&month)?;
    if is_large(&month) {
        month.keep_what_is_printed();
    }
    let findings = in_pool(job.jobs, || findings_file(&month))??;
    progress.stage("lập báo cáo");
    let (mut files, notices) = output_files(job, &month, &figures, &fonts.files)?;
    drop(figures);
    files.insert(2, file(format!("kiem-tra-{}.xlsx", month.period), findings));
    files.insert(3, message_file(&month));
    progress.stage("lập phản hồi cho các đơn vị");
    let answers = in_pool(job.jobs, || feedback::answers(job, &month))??;
    progress.stage("ghi tệp");
    // The archive comes first: when it cannot be written, nothing is published.
    let observations = sources.parquet.as_deref().unwrap_or(&sources.published.bytes);
    put(&job.workspace.archive().join(archive::observations_path(month.period)), observations)?;
    let observations = files::sha256(observations);
    files.push(sources.published);
    let mut names: Vec<String> = files.iter().map(|file| file.name.clone()).collect();
    names.extend(feedback::said(&answers));
    files.extend(answers);
    let folder = job.workspace.output(month.period);
    let manifest = manifest(&month, &files, fonts.hashes);
    publish::publish(&folder, &files, &manifest)?;
    let verdict = compose::verdict(&month.findings_input());
    let needs_person = needs_person(&month.batch);
    if let Some(key) = key {
        let result = key.seal(KeptResult {
            verdict: verdict.clone(),
            notices: notices.clone(),
            needs_person,
            names: names.clone(),
            files: written(month.period, &manifest, observations),
            ..KeptResult::default()
        });
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

/// Returns the report of a period as a document.
pub fn document(job: &Job, month: &Month, figures: &Figures) -> Result<Document, Error> {
    let report = compose::report(&ReportInput {
        templates: &month.templates,
        period: month.period,
        figures,
        batch: &month.batch,
        history: &month.history,
        office_words: month.inputs.words(month.period)?,
        number: job.number.as_deref(),
        date: job.date,
    });
    Ok(report.map_err(StageError::from)?)
}

/// Returns the files that figures go into: as CSV, and above the limit units as Parquet. Both are
/// made when the PDF, the largest in memory, is done. Also returns what the PDF could not show.
fn output_files(
    job: &Job,
    month: &Month,
    figures: &Figures,
    fonts: &FontFiles,
) -> Result<(Vec<OutputFile>, Vec<String>), Error> {
    let (period, large) = (month.period, is_large(month));
    let (pdf, report) = in_pool(job.jobs, || report_files(job, month, figures, fonts))??;
    let notices = pdf.missing_glyphs.iter().map(missing_glyph).collect();
    let (csv, units) = in_pool(job.jobs, || {
        rayon::join(
            || if large { group_csv(figures) } else { figures.csv() },
            || large.then(|| unit_table(figures)).transpose(),
        )
    })?;
    let mut files = vec![
        file(format!("bao-cao-{period}.pdf"), pdf.bytes),
        file(format!("bao-cao-{period}.xlsx"), report),
        file(format!("so-lieu-{period}.csv"), csv),
    ];
    if let Some(units) = units.map_err(StageError::from)? {
        files.push(file(format!("so-lieu-don-vi-{period}.parquet"), units));
    }
    Ok((files, notices))
}

/// Returns the sentence on a character that no font has.
fn missing_glyph((character, place): (&char, &MissingGlyph)) -> String {
    let code = u32::from(*character);
    format!(
        "phông chữ không có ký tự “{character}” (U+{code:04X}), trong tệp PDF in ô vuông thay thế; \
         gặp lần đầu ở phần “{}”, chữ “{}”",
        place.section, place.word
    )
}

/// Returns the report as PDF and as a workbook.
fn report_files(
    job: &Job,
    month: &Month,
    figures: &Figures,
    fonts: &FontFiles,
) -> Result<(Printed, Vec<u8>), Error> {
    let report = document(job, month, figures)?;
    let pdf = || pdf::printed(&report, fonts);
    // Side by side they would be the most that a nation's run keeps in memory.
    let (pdf, workbook) = if is_large(month) {
        (pdf(), workbook(&report))
    } else {
        rayon::join(pdf, || workbook(&report))
    };
    Ok((pdf.map_err(|error| StageError::from(RenderError::from(error)))?, workbook?))
}

/// Returns the workbook of findings.
fn findings_file(month: &Month) -> Result<Vec<u8>, Error> {
    workbook(&compose::findings(&month.findings_input()))
}

/// Returns the messages to units as a text for any editor: the oldest Notepad joins lines that end
/// otherwise, and takes text without the mark for another encoding.
fn message_file(month: &Month) -> OutputFile {
    let text = compose::message_file(&month.findings_input()).replace('\n', "\r\n");
    file(format!("tin-nhan-{}.txt", month.period), format!("\u{feff}{text}").into_bytes())
}

fn workbook(document: &Document) -> Result<Vec<u8>, Error> {
    Ok(xlsx::xlsx(document).map_err(|error| StageError::from(RenderError::from(error)))?)
}

/// Returns whether there are more units than a CSV file should hold.
fn is_large(month: &Month) -> bool {
    let units = month.templates.roster.units.iter();
    units.filter(|unit| unit.duty != Duty::Structural).count() > UNITS_IN_CSV
}

/// The observations as a file of the month and, where that is no Parquet, for the archive.
struct Sources {
    published: OutputFile,
    parquet: Option<Vec<u8>>,
}

/// Returns the observations: as CSV, and above the limit as Parquet, which the archive has anyway.
fn sources(month: &Month) -> Result<Sources, Error> {
    let (templates, period, batch) = (&month.templates, month.period, &month.batch);
    let parquet = archive::parquet(templates, period, batch).map_err(StageError::from)?;
    if is_large(month) {
        let published = file(format!("nguon-{period}.parquet"), parquet);
        return Ok(Sources { published, parquet: None });
    }
    let csv = archive::sources_csv(templates, period, batch);
    Ok(Sources { published: file(format!("nguon-{period}.csv"), csv), parquet: Some(parquet) })
}

/// Returns the figures of the scopes above units as CSV.
fn group_csv(figures: &Figures) -> Vec<u8> {
    let mut csv = Figures::csv_head();
    let subjects = 0..figures.subject_count();
    for subjects in subjects.collect::<Vec<_>>().chunks(SUBJECTS_AT_A_TIME) {
        let part = |subject: &usize| figures.csv_rows(*subject, Tier::AboveUnits);
        let parts: Vec<Vec<u8>> = subjects.par_iter().map(part).collect();
        for part in parts {
            csv.extend_from_slice(&part);
        }
    }
    csv
}

/// Returns the figures of units as Parquet, with the columns of the CSV; `value` is scaled.
fn unit_table(figures: &Figures) -> Result<Vec<u8>, ArchiveError> {
    let kind = |name| match name {
        "id" => Kind::Unique,
        "value" | "decimals" | "reported" | "expected" => Kind::Whole,
        _ => Kind::Text,
    };
    let mut table = TableWriter::new(&FIGURE_COLUMNS.map(|name| (name, kind(name))))?;
    let period = figures.period().to_string();
    let (mut id, mut footnotes) = (String::new(), String::new());
    let subjects = 0..figures.subject_count();
    for figure in subjects.flat_map(|subject| figures.rows(subject, Tier::Units)) {
        let record = figures.record(&figure);
        id.clear();
        record.add_id(&mut id);
        footnotes.clear();
        record.add_footnotes(&mut footnotes);
        let whole = |number: Option<i64>| number.map_or(Value::Nothing, Value::Whole);
        table.push(&[
            Value::Text(&id),
            Value::Text(&period),
            Value::Text(record.indicator),
            Value::Text(record.label),
            Value::Text(record.unit_of_count),
            Value::Text(record.scope_kind),
            Value::Text(record.unit_key),
            Value::Text(record.unit_code),
            Value::Text(record.scope_name),
            Value::Text(record.statistic),
            whole(figure.value.map(|value| value.scaled)),
            whole(figure.value.map(|value| value.decimals.into())),
            Value::Text(record.state),
            Value::Whole(figure.reported.into()),
            Value::Whole(figure.expected.into()),
            Value::Text(&footnotes),
        ])?;
    }
    table.finish()
}

fn file(name: String, bytes: Vec<u8>) -> OutputFile {
    OutputFile { name, bytes }
}

fn manifest(month: &Month, files: &[OutputFile], fonts: BTreeMap<String, String>) -> Manifest {
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
        outputs: files.iter().map(hash).collect::<BTreeMap<_, _>>(),
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

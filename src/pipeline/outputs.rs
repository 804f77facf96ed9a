//! The monthly job: the figures, the documents, their files, and putting them in place.

use std::collections::BTreeMap;
use std::mem;
use std::path::PathBuf;

use super::{Error, Job, Month, Progress, StageError, month};
use crate::{
    aggregate::{FIGURE_COLUMNS, Figure, Figures, Scope, aggregate},
    archive::{self, ArchiveError, Kind, TableWriter, Value},
    compose::{self, ReportInput, document::Document},
    files,
    period::Period,
    publish::{self, Input, Lock, Manifest, OutputFile},
    render::{RenderError, pdf, xlsx},
    template::Duty,
    validate::Fate,
};

/// Above so many units the CSV files hold groups only, and units go to Parquet.
const UNITS_IN_CSV: usize = 1_000;

/// What a run published.
#[derive(Debug)]
pub struct Published {
    /// The period, read and checked.
    pub month: Month,
    /// The figures.
    pub figures: Figures,
    /// The folder of the files.
    pub folder: PathBuf,
    /// Names of the files, in the order in which a person would open them.
    pub names: Vec<String>,
}

/// Runs the monthly job: reads, checks, adds up, writes the draft report.
pub fn run(job: &Job, progress: &dyn Progress) -> Result<Published, Error> {
    let lock = take_lock(job)?;
    let mut month = month(job, progress)?;
    keep_readings(job, &mut month)?;
    if !month.batch.fates.iter().any(|fate| concerns_period(fate.fate)) {
        return Err(Error::NothingReturned { period: month.period, input: job.workspace.input() });
    }
    progress.stage("tổng hợp số liệu");
    let figures = aggregate(&month.templates, month.period, &month.batch, &month.history)
        .map_err(StageError::from)?;
    progress.stage("lập báo cáo");
    let files = output_files(job, &month, &figures)?;
    progress.stage("ghi tệp");
    let folder = job.workspace.output(month.period);
    let names = files.iter().map(|file| file.name.clone()).collect();
    publish::publish(&folder, &files, &manifest(&month, &files))?;
    keep_observations(job, &month, files)?;
    drop(lock);
    Ok(Published { month, figures, folder, names })
}

/// Returns whether a file says anything about the period of the run.
fn concerns_period(fate: Fate) -> bool {
    !matches!(fate, Fate::OtherPeriod | Fate::Ignored)
}

fn take_lock(job: &Job) -> Result<Lock, Error> {
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
        office_words: month.inputs.words.get(&month.period).map(String::as_str),
        number: job.number.as_deref(),
        date: job.date,
    });
    Ok(report.map_err(StageError::from)?)
}

fn output_files(job: &Job, month: &Month, figures: &Figures) -> Result<Vec<OutputFile>, Error> {
    let period = month.period;
    let report = document(job, month, figures)?;
    let findings = compose::findings(&month.findings_input());
    let fonts = pdf::FontFiles::embedded();
    let (pdf, (report, findings)) = rayon::join(
        || pdf::pdf(&report, &fonts).map_err(RenderError::from),
        || (xlsx::xlsx(&report), xlsx::xlsx(&findings)),
    );
    let workbook = |bytes: Result<Vec<u8>, xlsx::XlsxError>| {
        bytes.map_err(|error| StageError::from(RenderError::from(error)))
    };
    let mut files = vec![
        file(format!("bao-cao-{period}.pdf"), pdf.map_err(StageError::from)?),
        file(format!("bao-cao-{period}.xlsx"), workbook(report)?),
        file(format!("kiem-tra-{period}.xlsx"), workbook(findings)?),
    ];
    files.extend(data_files(month, figures)?);
    Ok(files)
}

/// Returns the figures and the observations: as CSV, and above the limit units as Parquet.
fn data_files(month: &Month, figures: &Figures) -> Result<Vec<OutputFile>, Error> {
    let (templates, period, batch) = (&month.templates, month.period, &month.batch);
    let reporting =
        templates.roster.units.iter().filter(|unit| unit.duty != Duty::Structural).count();
    if reporting <= UNITS_IN_CSV {
        return Ok(vec![
            file(format!("so-lieu-{period}.csv"), figures.csv_where(|_| true)),
            file(format!("nguon-{period}.csv"), archive::sources_csv(templates, period, batch)),
        ]);
    }
    let is_unit = |figure: &Figure| matches!(figure.scope, Scope::Unit(_));
    let groups = figures.csv_where(|figure| !is_unit(figure));
    let units = unit_table(figures, is_unit).map_err(StageError::from)?;
    let sources = archive::parquet(templates, period, batch).map_err(StageError::from)?;
    Ok(vec![
        file(format!("so-lieu-{period}.csv"), groups),
        file(format!("so-lieu-don-vi-{period}.parquet"), units),
        file(sources_name(period), sources),
    ])
}

/// Returns the figures of units as Parquet, with the columns of the CSV; `value` is scaled.
fn unit_table(
    figures: &Figures,
    is_unit: impl Fn(&Figure) -> bool,
) -> Result<Vec<u8>, ArchiveError> {
    let kind = |name| match name {
        "value" | "decimals" | "reported" | "expected" => Kind::Whole,
        _ => Kind::Text,
    };
    let mut table = TableWriter::new(&FIGURE_COLUMNS.map(|name| (name, kind(name))))?;
    for figure in figures.iter().filter(is_unit) {
        let record = figures.record(&figure);
        let mut row = record.each_ref().map(|text| Value::Text(text));
        for (cell, name) in row.iter_mut().zip(FIGURE_COLUMNS) {
            let value = figure.value;
            match name {
                "value" => *cell = value.map_or(Value::Nothing, |value| Value::Whole(value.scaled)),
                "decimals" => {
                    *cell =
                        value.map_or(Value::Nothing, |value| Value::Whole(value.decimals.into()));
                }
                "reported" => *cell = Value::Whole(figure.reported.into()),
                "expected" => *cell = Value::Whole(figure.expected.into()),
                _ => {}
            }
        }
        table.push(&row)?;
    }
    table.finish()
}

fn file(name: String, bytes: Vec<u8>) -> OutputFile {
    OutputFile { name, bytes }
}

fn manifest(month: &Month, files: &[OutputFile]) -> Manifest {
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
        templates: month.templates.hashes.clone(),
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

/// Keeps the observations for later months; they may be among the files already.
fn keep_observations(job: &Job, month: &Month, files: Vec<OutputFile>) -> Result<(), Error> {
    let name = sources_name(month.period);
    let published = files.into_iter().find(|file| file.name == name).map(|file| file.bytes);
    let observations = match published {
        Some(bytes) => bytes,
        None => archive::parquet(&month.templates, month.period, &month.batch)
            .map_err(StageError::from)?,
    };
    put(&job.workspace.archive().join(archive::observations_path(month.period)), &observations)
}

/// Returns the name of the Parquet file of the observations.
fn sources_name(period: Period) -> String {
    format!("nguon-{period}.parquet")
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

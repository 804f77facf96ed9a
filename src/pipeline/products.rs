//! The files of a month as bytes: figures and words become documents, documents become files. What
//! can be made side by side is, as far as the memory of a nation's month allows.

use rayon::prelude::*;

use super::{Error, Job, Month, Progress, StageError};
use crate::{
    aggregate::{FIGURE_COLUMNS, Figures, Tier},
    archive::{self, ArchiveError, Kind, TableWriter, Value},
    compose::{self, ReportInput, document::Document},
    crew::Crew,
    publish::OutputFile,
    render::{
        RenderError,
        pdf::{self, FontFiles, MissingGlyph, Printed},
        xlsx,
    },
    template::Duty,
};

/// Above so many units the CSV files hold groups only, and units go to Parquet.
const UNITS_IN_CSV: usize = 1_000;

/// Subjects whose rows of the CSV are made side by side and then put together.
const SUBJECTS_AT_A_TIME: usize = 8;

/// What is made of a month.
pub(super) struct Products {
    /// The files, in the order in which a person would open them.
    pub(super) files: Vec<OutputFile>,
    /// The observations as Parquet, for the archive.
    pub(super) observations: Vec<u8>,
    /// What the PDF could not show as it was written.
    pub(super) notices: Vec<String>,
}

/// Adds up a month and makes its files, without the answers to units. Gives up what no answer needs.
pub(super) fn products(
    job: &Job,
    month: &mut Month,
    fonts: &FontFiles,
    progress: &dyn Progress,
) -> Result<Products, Error> {
    progress.stage("tổng hợp số liệu");
    let (templates, period) = (&month.templates, month.period);
    let (figures, observations) = month.threads.run(|| {
        rayon::join(
            || month.figures(),
            || archive::parquet(templates, period, &month.batch, &month.threads),
        )
    });
    let figures = figures?;
    let observations = observations.map_err(StageError::from)?;
    let sources = if is_large(month) {
        file(format!("nguon-{period}.parquet"), observations.clone())
    } else {
        let csv = archive::sources_csv(templates, period, &month.batch);
        file(format!("nguon-{period}.csv"), csv)
    };
    if is_large(month) {
        month.keep_what_is_printed();
    }
    progress.stage("lập báo cáo");
    let (findings, report) = month
        .threads
        .run(|| rayon::join(|| findings_file(month), || output_files(job, month, &figures, fonts)));
    let (mut files, notices) = report?;
    files.insert(2, file(format!("kiem-tra-{period}.xlsx"), findings?));
    files.insert(3, message_file(month));
    files.push(sources);
    Ok(Products { files, observations, notices })
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

/// Returns the files that figures go into: the report, a CSV, and above the limit units as Parquet. The
/// last two are made when the PDF, the largest in memory, is done. Also returns what the PDF could not
/// show.
fn output_files(
    job: &Job,
    month: &Month,
    figures: &Figures,
    fonts: &FontFiles,
) -> Result<(Vec<OutputFile>, Vec<String>), Error> {
    let (period, large) = (month.period, is_large(month));
    let (pdf, report) = report_files(job, month, figures, fonts)?;
    let notices = pdf.missing_glyphs.iter().map(missing_glyph).collect();
    let (csv, units) = rayon::join(
        || if large { group_csv(figures) } else { figures.csv() },
        || large.then(|| unit_table(figures, &month.threads)).transpose(),
    );
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
fn unit_table(figures: &Figures, crew: &dyn Crew) -> Result<Vec<u8>, ArchiveError> {
    let kind = |name| match name {
        "id" => Kind::Unique,
        "value" | "decimals" | "reported" | "expected" => Kind::Whole,
        _ => Kind::Text,
    };
    let mut table = TableWriter::new(&FIGURE_COLUMNS.map(|name| (name, kind(name))), crew)?;
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

//! The answers to the units as files: each goes into the unit's own workbook where that can be done
//! safely, else into a copy of its cells, else it stands alone. Bytes only; the words are `compose`'s.
//! An answer of the last run that would be the same is not made again.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::{
    Error, Job, Month, StageError,
    inputs::{StoredFile, name_of},
    unchanged::LastRun,
};
use crate::{
    archive::{CacheKey, ProductKey},
    compose::feedback::{
        Answer, CopiedCell, CopiedSheet, CopyNotice, earlier, extracted, feedback,
    },
    ingest::{self, CellContent, FileKind, TranscriptSheet},
    publish::OutputFile,
    render::{
        RenderError,
        xlsx::{XlsxError, copy, patch},
    },
    template::IDENTITY_SHEET,
};

/// Sheets that are copied into an answer; returns have a few.
const MOST_COPIED: usize = 100;

/// The folder of the answers.
const FOLDER: &str = "phan-hoi";

/// The answers of a run.
#[derive(Debug, Default)]
pub(super) struct Answers {
    /// Those to be written, in roster order.
    pub(super) files: Vec<OutputFile>,
    /// Those that stand as the last run wrote them: name and SHA-256.
    pub(super) standing: BTreeMap<String, String>,
    /// Digest of what each was made of, by name.
    pub(super) made_of: BTreeMap<String, String>,
}

/// Returns an answer for each unit with something to correct or explain.
pub(super) fn answers(job: &Job, month: &Month, last: Option<&LastRun>) -> Result<Answers, Error> {
    let mut key = ProductKey::new(&CacheKey::new(&month.templates.digest()), &job.program);
    key.add("ky", &month.period.to_string());
    let desk = Desk { job, month, last, key };
    let made: Vec<Made> = feedback(&month.findings_input())
        .par_iter()
        .map(|answer| desk.made(answer))
        .collect::<Result<_, Error>>()?;
    let mut answers = Answers::default();
    for Made { name, key, content } in made {
        if let Some(key) = key {
            answers.made_of.insert(name.clone(), key);
        }
        match content {
            Content::New(bytes) => answers.files.push(OutputFile { name, bytes }),
            Content::Standing(sha256) => {
                answers.standing.insert(name, sha256);
            }
        }
    }
    Ok(answers)
}

/// Returns the words for the answers in a list of files; none when there are none.
pub(super) fn said(answers: &Answers) -> Option<String> {
    let count = answers.files.len() + answers.standing.len();
    (count > 0).then(|| format!("{FOLDER} ({count} tệp gửi lại cho các đơn vị)"))
}

struct Made {
    name: String,
    /// Digest of what it is made of; nothing when more went into it than a key says.
    key: Option<String>,
    content: Content,
}

enum Content {
    New(Vec<u8>),
    Standing(String),
}

/// What is needed to make an answer.
struct Desk<'a> {
    job: &'a Job,
    month: &'a Month,
    last: Option<&'a LastRun>,
    /// What all answers of the run have in common.
    key: ProductKey,
}

impl Desk<'_> {
    fn made(&self, answer: &Answer) -> Result<Made, Error> {
        let stored = answer.file.as_ref().and_then(|path| {
            let files = &self.month.inputs.files;
            let position = files.binary_search_by(|file| file.path.as_str().cmp(path)).ok()?;
            files.get(position)
        });
        let name = format!("{FOLDER}/{}.xlsx", answer.unit);
        // Out of a file of several units it is made of the unit's return, too.
        let alone = stored.is_none_or(|file| file.units <= 1);
        let key = alone.then(|| self.key_of(answer, stored));
        let last = key.as_ref().zip(self.last);
        let content = match last.and_then(|(key, last)| last.answer(&name, key)) {
            Some(sha256) => Content::Standing(sha256.to_owned()),
            None => Content::New(written(self.job, self.month, (answer, stored))?),
        };
        Ok(Made { name, key, content })
    }

    /// Returns the digest of everything that goes into an answer.
    fn key_of(&self, answer: &Answer, stored: Option<&StoredFile>) -> String {
        let mut key = self.key.clone();
        key.add("tep", stored.map_or("", |file| &file.sha256));
        key.add_value("tra-loi", answer);
        key.digest()
    }
}

fn written(
    job: &Job,
    month: &Month,
    (answer, stored): (&Answer, Option<&StoredFile>),
) -> Result<Vec<u8>, Error> {
    let bytes = stored.and_then(|file| Some((file, file.bytes(&job.workspace.input())?)));
    let Some((stored, bytes)) = bytes else {
        return in_copy(month, &[], answer, &CopyNotice::NoCopy);
    };
    if stored.units > 1 {
        return of_many(month, answer);
    }
    let name = name_of(&stored.path);
    if stored.kind == FileKind::Xlsx {
        let notice = if answer.is_spoilt { CopyNotice::OnlyToRead } else { CopyNotice::InPlace };
        let own = over_earlier(answer.clone(), name, &bytes).with_notice(&notice);
        if let Ok(bytes) = patch::patched(&bytes, &own) {
            return Ok(bytes);
        }
    }
    // What a form knows of itself is for no reader, and a copy has no hidden sheet.
    let sheets = sheets_of(name, &bytes)
        .filter(|sheet| sheet.name != IDENTITY_SHEET && !earlier::is_earlier(sheet));
    let sheets: Vec<CopiedSheet> = sheets.take(MOST_COPIED).collect();
    let notice = if sheets.is_empty() { CopyNotice::NoCopy } else { CopyNotice::Rebuilt };
    in_copy(month, &sheets, answer, &notice)
}

/// Returns the answer in the place of an earlier one that the file has, unless the unit wrote into that.
fn over_earlier(mut answer: Answer, name: &str, bytes: &[u8]) -> Answer {
    let is_of_answer = |sheet: &str| sheet.starts_with(answer.sheet.name.as_str());
    if !patch::sheet_names(bytes).iter().any(|sheet| is_of_answer(sheet)) {
        return answer;
    }
    let (untouched, others): (Vec<_>, Vec<_>) = sheets_of(name, bytes)
        .filter(|sheet| is_of_answer(&sheet.name))
        .partition(earlier::is_earlier);
    answer.earlier_sheet = untouched.into_iter().next_back().map(|sheet| sheet.name);
    if others.is_empty() { answer } else { answer.with_notice(&CopyNotice::EarlierKept) }
}

fn sheets_of(name: &str, bytes: &[u8]) -> impl Iterator<Item = CopiedSheet> {
    ingest::transcript(name, bytes).into_iter().map(copied)
}

/// Returns the answer with the unit's rows only, out of a file of several units.
fn of_many(month: &Month, answer: &Answer) -> Result<Vec<u8>, Error> {
    match extracted(&month.findings_input(), answer) {
        Some((sheet, answer)) => in_copy(month, &[sheet], &answer, &CopyNotice::OwnRows),
        None => in_copy(month, &[], answer, &CopyNotice::NoCopy),
    }
}

/// Returns the answer in a workbook that is written anew.
fn in_copy(
    month: &Month,
    sheets: &[CopiedSheet],
    answer: &Answer,
    notice: &CopyNotice,
) -> Result<Vec<u8>, Error> {
    let day = month.templates.body.convention.dates(month.period).last;
    let failed = |error: XlsxError| StageError::from(RenderError::from(error));
    let copy = copy::copied(sheets, day).map_err(failed)?;
    let mut answer = answer.clone().with_notice(notice).renamed(&copy.names);
    answer.keep_sheets(&copy.names);
    let patched = patch::patched(&copy.bytes, &answer);
    Ok(patched.map_err(|error| failed(XlsxError::Answer(error)))?)
}

fn copied(sheet: TranscriptSheet) -> CopiedSheet {
    let cells = sheet.cells.into_iter().filter_map(|(place, content)| {
        let cell = match content {
            CellContent::Empty | CellContent::FormulaWithoutValue => return None,
            CellContent::Text(words) | CellContent::Error(words) => CopiedCell::Words(words),
            CellContent::Number(number) | CellContent::ShownOtherwise(number, _) => {
                CopiedCell::Number(number.to_string())
            }
            CellContent::Percent(number) => CopiedCell::Percent(number.to_string()),
            CellContent::Boolean(flag) => CopiedCell::Boolean(flag),
            CellContent::Date(date) => CopiedCell::Date(date),
        };
        Some((place, cell))
    });
    CopiedSheet { name: sheet.name, cells: cells.collect(), merges: sheet.merges }
}

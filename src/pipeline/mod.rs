//! The only room that knows all stages: it moves bytes between the disk and the stages, runs what
//! can run side by side on several threads, and decides nothing about figures or words.

mod decisions;
mod explained;
mod feedback;
mod fonts;
mod forms;
mod init;
mod inputs;
mod mapping;
mod months;
mod outputs;
mod printed;
mod products;
mod threads;
mod tracing;
mod unchanged;
mod worker;

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    str::Utf8Error,
};

use chrono::{Datelike, NaiveDate};

pub use explained::{MapCandidate, MapLine, MapTable};
pub use forms::{PublishedForm, PublishedForms, forms};
pub use init::{Example, init};
pub use mapping::{MapReport, MapRequest, map};
pub use months::{Month, Standings, month};
pub use outputs::{Published, Repeat, needs_person, run};
pub use products::document;
pub use threads::Threads;
pub use tracing::{Trace, TraceSource, trace, units_named};
pub use worker::{WORKER_MEMORY, serve};

use crate::{
    aggregate::AggregateError,
    archive::ArchiveError,
    compose::{self, ComposeError},
    crew::{Alone, Crew},
    files::{self, FileError},
    period::Period,
    publish::PublishError,
    render::{RenderError, pdf::PdfError},
    template::{self, Body, MAPPINGS, TemplateError, Templates},
    text::format_date,
};

/// A workspace: `templates/`, `input/`, `output/` and `archive/` below one folder.
#[derive(Debug, Clone)]
pub struct Workspace {
    /// The folder.
    pub root: PathBuf,
}

/// What a run works on.
#[derive(Debug, Clone)]
pub struct Job {
    /// The workspace.
    pub workspace: Workspace,
    /// The period; the last one closed at `as_of` when it is not given.
    pub period: Option<Period>,
    /// Today, as far as it matters: the default period and nothing printed.
    pub as_of: NaiveDate,
    /// Threads that read files; 0 for one a processor.
    pub jobs: usize,
    /// Number of the document, when it is known already.
    pub number: Option<String>,
    /// Date of the document, when it is known already.
    pub date: Option<NaiveDate>,
    /// The program that reads what is better read in a process of its own (this one, with its hidden
    /// command); nothing to read everything in this process.
    pub reader: Option<PathBuf>,
    /// What tells this build of the program from others, so that no result outlives it.
    pub program: String,
}

/// Hears how far a run has come; it may be called from several threads.
pub trait Progress: Sync {
    /// So many files will be read.
    fn begin(&self, files: usize);
    /// A file was read.
    fn file_read(&self);
    /// Reading is over, this is done now.
    fn stage(&self, stage: &str);
}

impl Workspace {
    /// Returns the folder of the templates.
    pub fn templates(&self) -> PathBuf {
        self.root.join("templates")
    }

    /// Returns the folder of the returns.
    pub fn input(&self) -> PathBuf {
        self.root.join("input")
    }

    /// Returns the folder of a period's files.
    pub fn output(&self, period: Period) -> PathBuf {
        self.root.join("output").join(period.to_string())
    }

    /// Returns the folder of what outlives a run.
    pub fn archive(&self) -> PathBuf {
        self.root.join("archive")
    }
}

/// Returns the templates of a workspace, checked.
pub fn load_templates(workspace: &Workspace) -> Result<Templates, Error> {
    load_templates_by_crew(workspace, &Alone)
}

/// Returns the same; a crew reads them side by side.
pub fn load_templates_by_crew(workspace: &Workspace, crew: &dyn Crew) -> Result<Templates, Error> {
    let folder = workspace.templates();
    if !folder.is_dir() {
        return Err(Error::NoWorkspace { root: workspace.root.clone() });
    }
    let templates = template::load_by_crew(&template_files(workspace)?, crew)?;
    compose::check_words(&templates).map_err(StageError::from)?;
    Ok(templates)
}

/// Returns the files of `templates/` and of its folder of accepted mappings, by name.
fn template_files(workspace: &Workspace) -> Result<BTreeMap<String, Vec<u8>>, Error> {
    let folder = workspace.templates();
    let mut sources = BTreeMap::new();
    for name in files::names_in(&folder)? {
        if is_template(&name) {
            let bytes = files::read_within(&folder.join(&name), most_of(&name))?;
            sources.insert(name, bytes);
        }
    }
    let mappings = folder.join(MAPPINGS);
    if mappings.is_dir() {
        for name in files::names_in(&mappings)?.into_iter().filter(|name| is_mapping(name)) {
            let bytes = files::read_within(&mappings.join(&name), most_of(&name))?;
            sources.insert(format!("{MAPPINGS}{name}"), bytes);
        }
    }
    Ok(sources)
}

/// Returns how many bytes a file that the office writes may have: words are pages, tables are rows of
/// units.
fn most_of(name: &str) -> u64 {
    let is_words = Path::new(name).extension().is_some_and(|extension| extension == "md");
    if is_words { 1 << 20 } else { 16 << 20 }
}

/// Returns whether a file of `anh-xa/` is a mapping.
fn is_mapping(name: &str) -> bool {
    is_template(name) && Path::new(name).extension().is_some_and(|extension| extension == "toml")
}

/// Returns whether a file of `templates/` is one, and not an editor's or Office's own file.
fn is_template(name: &str) -> bool {
    let extension = Path::new(name).extension().and_then(|extension| extension.to_str());
    !name.starts_with(['.', '~']) && matches!(extension, Some("toml" | "csv" | "md"))
}

/// Returns the period of a job: as given, or the last one closed.
pub fn period_of(job: &Job, body: &Body) -> Result<Period, Error> {
    if let Some(period) = job.period {
        return Ok(period);
    }
    let today = job.as_of;
    let mut period = Period::new(today.year(), today.month()).ok_or(Error::Today { today })?.next();
    while body.convention.dates(period).last >= today {
        period = period.previous();
    }
    Ok(period)
}

/// A reason why a run cannot start or cannot finish.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// No workspace where one was looked for.
    #[error("`{}` không phải là thư mục làm việc của da06 (không có thư mục templates)", root.display())]
    NoWorkspace {
        /// Where it was looked for.
        root: PathBuf,
    },
    /// A date outside the calendar of periods.
    #[error("ngày {today} nằm ngoài phạm vi kỳ báo cáo")]
    Today {
        /// The date.
        today: NaiveDate,
    },
    /// A report dated before its figures are closed.
    #[error(
        "ngày của báo cáo {} không sau ngày chốt số liệu {}",
        format_date(*date),
        format_date(*close)
    )]
    IssuedTooEarly {
        /// The date of the report.
        date: NaiveDate,
        /// The last day of its figures.
        close: NaiveDate,
    },
    /// No file for the period.
    #[error("chưa có tệp báo cáo nào của kỳ {period}")]
    NothingReturned {
        /// The period.
        period: Period,
        /// Where files were looked for.
        input: PathBuf,
    },
    /// Words of the office in another encoding: marks could be lost in a signed report.
    #[error("input/{file} không ghi bằng bảng mã UTF-8")]
    Encoding {
        /// Path below `input/`.
        file: String,
        /// Where it stops being UTF-8.
        source: Utf8Error,
    },
    /// What was asked for is not there.
    #[error("{what}")]
    NotFound {
        /// One sentence.
        what: String,
        /// What to do.
        hint: String,
    },
    /// The disk.
    #[error(transparent)]
    File(#[from] FileError),
    /// A template.
    #[error(transparent)]
    Template(#[from] TemplateError),
    /// A stage after validation.
    #[error(transparent)]
    Stage(#[from] StageError),
    /// Publishing.
    #[error(transparent)]
    Publish(#[from] PublishError),
}

/// A stage that could not give its product.
#[derive(Debug, thiserror::Error)]
pub enum StageError {
    /// The figures.
    #[error(transparent)]
    Aggregate(#[from] AggregateError),
    /// The archive.
    #[error(transparent)]
    Archive(#[from] ArchiveError),
    /// The document.
    #[error(transparent)]
    Compose(#[from] ComposeError),
    /// The files.
    #[error(transparent)]
    Render(#[from] RenderError),
}

impl Error {
    /// Returns the stable code of the error.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NoWorkspace { .. } => "DA06-E01",
            Self::NothingReturned { .. } => "DA06-E02",
            Self::NotFound { .. } => "DA06-E03",
            Self::Today { .. } | Self::IssuedTooEarly { .. } => "DA06-E04",
            Self::Encoding { .. } => "DA06-E05",
            Self::File(_) => "DA06-E10",
            Self::Template(_) => "DA06-E20",
            Self::Stage(_) => "DA06-E30",
            Self::Publish(_) => "DA06-E40",
        }
    }

    /// Returns advice for the person at the keyboard.
    pub fn hint(&self) -> Option<String> {
        match self {
            // Windows takes `\"` for a quotation mark of the name.
            Self::NoWorkspace { root } if root.to_string_lossy().contains('"') => Some(
                r#"bỏ dấu `\` đứng trước dấu ngoặc kép, như `--workspace "D:\bao-cao"`"#.to_owned(),
            ),
            Self::NoWorkspace { .. } => Some(
                "chạy trong thư mục làm việc, chỉ rõ bằng `--workspace`, hoặc tạo mới bằng `da06 init`"
                    .to_owned(),
            ),
            Self::Today { .. } => Some("chỉ rõ kỳ bằng `--period`, ví dụ 2024-03".to_owned()),
            Self::IssuedTooEarly { .. } => {
                Some("xem lại `--date` và `--period`; chưa biết ngày thì bỏ `--date`".to_owned())
            }
            Self::NothingReturned { input, period } => Some(format!(
                "đặt các tệp Excel của đơn vị vào `{}` rồi chạy lại",
                input.join(period.to_string()).display()
            )),
            Self::NotFound { hint, .. } => Some(hint.clone()),
            Self::Encoding { .. } => Some(
                "mở tệp bằng Notepad, chọn Lưu thành (Save As), mục Mã hóa (Encoding) chọn UTF-8, rồi chạy lại"
                    .to_owned(),
            ),
            Self::File(error) => error.hint(),
            Self::Publish(error) => error.hint(),
            Self::Template(_) => Some("sửa tệp mẫu tại chỗ nêu trên rồi chạy lại".to_owned()),
            Self::Stage(StageError::Render(RenderError::Pdf(PdfError::OfficeFonts(fault)))) => {
                Some(fault.hint())
            }
            Self::Stage(StageError::Compose(_)) => {
                Some("sửa lời văn tại chỗ nêu trên rồi chạy lại".to_owned())
            }
            Self::Stage(_) => None,
        }
    }
}

//! The forms of a period to come: one workbook a unit, in a folder of their own beside the report's
//! files, with a manifest of their own.

use std::{collections::BTreeMap, path::PathBuf};

use rayon::prelude::*;

use super::{
    Error, Job, Progress, StageError, load_templates,
    months::{self, Month},
    outputs::take_lock,
};
use crate::{
    compose::forms::{self, FormsInput, document::FormBook},
    files,
    period::Period,
    publish::{self, Manifest, OutputFile},
    render::{RenderError, xlsx},
    template::{Templates, UnitIx},
    text::fold,
};

/// Name of the folder of the forms in the folder of a period.
const FOLDER: &str = "bieu-mau";

/// What giving out forms wrote.
#[derive(Debug)]
pub struct PublishedForms {
    /// The period of the forms.
    pub period: Period,
    /// The folder of the files.
    pub folder: PathBuf,
    /// The forms, in the order of the roster.
    pub forms: Vec<PublishedForm>,
}

/// A form that was written.
#[derive(Debug)]
pub struct PublishedForm {
    /// Key of the unit.
    pub unit: String,
    /// Name of the unit.
    pub name: String,
    /// Name of the file.
    pub file: String,
    /// How many figures of the month before stand in it.
    pub previous: usize,
    /// How many rules stand in it as live checks.
    pub checks: usize,
    /// How many rules could not be written as formulas.
    pub left_out: usize,
}

/// Writes the forms of a period, of all units or of those that are named by key, code or name.
pub fn forms(
    job: &Job,
    units: &[String],
    progress: &dyn Progress,
) -> Result<PublishedForms, Error> {
    let _lock = take_lock(job)?;
    let templates = load_templates(&job.workspace)?;
    let period = match job.period {
        Some(period) => period,
        None => super::period_of(job, &templates.body)?.next(),
    };
    // Names are looked up before everything is read.
    let chosen = chosen(&templates, period, units)?;
    let job = Job { period: Some(period), ..job.clone() };
    let month = months::month(&job, progress)?;
    let last = months::batch_of(&month, period.previous());
    let input =
        FormsInput { templates: &month.templates, period, history: &month.history, last: &last };
    progress.stage("lập biểu mẫu");
    let made = month.threads.run(|| {
        let make = |unit: &UnitIx| forms::form(&input, *unit).map(rendered);
        chosen.par_iter().filter_map(make).collect::<Result<Vec<_>, Error>>()
    })?;
    let (books, files): (Vec<FormBook>, Vec<OutputFile>) = made.into_iter().unzip();
    let folder = job.workspace.output(period).join(FOLDER);
    let manifest = manifest(&month, &files);
    progress.stage("ghi tệp");
    if units.is_empty() {
        publish::publish(&folder, &files, &manifest)?;
    } else {
        publish::publish_beside(&folder, &files, manifest)?;
    }
    Ok(PublishedForms {
        period,
        folder,
        forms: books.into_iter().map(|book| published(&templates, book)).collect(),
    })
}

fn rendered(book: FormBook) -> Result<(FormBook, OutputFile), Error> {
    let bytes = xlsx::form(&book).map_err(|error| StageError::Render(RenderError::Xlsx(error)))?;
    let file = OutputFile { name: book.file.clone(), bytes };
    Ok((book, file))
}

fn published(templates: &Templates, book: FormBook) -> PublishedForm {
    let name =
        templates.roster.find(&book.unit).map(|unit| templates.roster.get(unit).name.clone());
    PublishedForm {
        name: name.unwrap_or_default(),
        unit: book.unit,
        file: book.file,
        previous: book.previous,
        checks: book.checks,
        left_out: book.left_out,
    }
}

/// Returns the units whose forms are asked for; all when none is named.
fn chosen(templates: &Templates, period: Period, named: &[String]) -> Result<Vec<UnitIx>, Error> {
    let with_form = forms::units_with_form(templates, period);
    let mut chosen = Vec::new();
    for name in named {
        let wanted = fold(name);
        let found = with_form.iter().find(|index| {
            let unit = templates.roster.get(**index);
            unit.key == *name
                || unit.code == *name
                || [&unit.name, &unit.short_name]
                    .into_iter()
                    .chain(&unit.aliases)
                    .any(|known| fold(known) == wanted)
        });
        match found {
            Some(index) => chosen.push(*index),
            None => {
                return Err(Error::NotFound {
                    what: format!("không có đơn vị `{name}` nộp biểu kỳ {period}"),
                    hint: "ghi khóa, mã hoặc tên đơn vị như trong templates/don-vi.csv".to_owned(),
                });
            }
        }
    }
    chosen.sort_unstable();
    chosen.dedup();
    Ok(if named.is_empty() { with_form } else { chosen })
}

fn manifest(month: &Month, files: &[OutputFile]) -> Manifest {
    let hash = |file: &OutputFile| (file.name.clone(), files::sha256(&file.bytes));
    Manifest {
        state: "biểu mẫu".to_owned(),
        period: month.period,
        program: env!("CARGO_PKG_VERSION").to_owned(),
        inputs: Vec::new(),
        templates: month.templates.hashes.clone(),
        outputs: files.iter().map(hash).collect::<BTreeMap<_, _>>(),
    }
}

//! Writes `input/` and `tests/truth/` of the repository, and the list of files that other programs
//! have to convert. Files that were converted before are left alone.

use std::{
    collections::BTreeMap,
    fs, io,
    path::{Path, PathBuf},
};

use da06::{
    period::Period,
    template::{self, TemplateError, Templates},
};

use crate::{
    batch::{self, Format, Month, People},
    side_files,
    writer::WriteError,
};

/// The months of the repository.
const MONTHS: [&str; 3] = ["2024-01", "2024-02", "2024-03"];

/// Residents of the communes, invented.
const POPULATIONS: &str = include_str!("populations.csv");

/// Why a workspace could not be written.
#[derive(Debug, thiserror::Error)]
pub(crate) enum GenerateError {
    /// A template is broken.
    #[error("the templates cannot be used: {0}")]
    Template(#[from] TemplateError),
    /// A workbook could not be written.
    #[error("{error}: {error:?}")]
    Workbook {
        /// Why.
        #[from]
        error: WriteError,
    },
    /// A file could not be read or written.
    #[error("{}: {source}", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// The truth could not be written as text.
    #[error("the truth cannot be written: {0}")]
    Truth(#[from] serde_json::Error),
    /// A table could not be written.
    #[error("a table cannot be written: {0}")]
    Table(#[from] csv::Error),
}

/// Writes the sample returns of the repository and returns a summary.
pub(crate) fn write(workspace: &Path) -> Result<String, GenerateError> {
    let templates = templates(workspace)?;
    let people = people();
    let mut conversions = String::new();
    let mut register = side_files::Register::default();
    let mut count = 0;
    for name in MONTHS {
        let period: Period = name.parse().expect("months are written as periods");
        let month = batch::month(&templates, period, &people)?;
        count += month.files.len();
        write_files(workspace, &month, &mut conversions)?;
        register.month(&templates, period, &month);
        let truth = workspace.join(format!("tests/truth/{period}.json"));
        put(&truth, month.truth.json()?.as_bytes())?;
        if batch::is_month_of_defects(period) {
            let folder = workspace.join("input").join(name);
            put(&folder.join("dieu-chinh.csv"), &side_files::corrections(&month)?)?;
            put(&folder.join("loi-van.md"), side_files::WORDS.as_bytes())?;
        }
    }
    put(&workspace.join("input/so-den.csv"), &register.csv()?)?;
    put(&staging(workspace).join("list.tsv"), conversions.as_bytes())?;
    Ok(format!("{count} files; now run examples/sample_returns/convert.sh"))
}

/// Writes the files of a month; what has to be converted goes to the staging folder.
fn write_files(
    workspace: &Path,
    month: &Month,
    conversions: &mut String,
) -> Result<(), GenerateError> {
    for file in &month.files {
        if file.format == Format::Xlsx {
            put(&workspace.join("input").join(&file.path), &file.bytes)?;
        } else {
            let source = format!("{}.xlsx", file.path);
            put(&staging(workspace).join(&source), &file.bytes)?;
            conversions.extend([&source, "\t", &file.path, "\n"]);
        }
    }
    Ok(())
}

/// Returns the folder of files that wait for conversion.
fn staging(workspace: &Path) -> PathBuf {
    workspace.join("target/sample_returns")
}

/// Returns the files of `templates/` by name.
pub(crate) fn template_files(workspace: &Path) -> Result<BTreeMap<String, Vec<u8>>, GenerateError> {
    let folder = workspace.join("templates");
    let failed = |source| GenerateError::File { path: folder.clone(), source };
    let mut files = BTreeMap::new();
    for entry in fs::read_dir(&folder).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        if path.is_file() {
            let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
            let bytes = fs::read(&path).map_err(failed)?;
            files.insert(name.unwrap_or_default(), bytes);
        }
    }
    Ok(files)
}

fn templates(workspace: &Path) -> Result<Templates, GenerateError> {
    Ok(template::load(&template_files(workspace)?)?)
}

fn people() -> People {
    POPULATIONS
        .lines()
        .skip(1)
        .filter_map(|line| line.split_once(','))
        .filter_map(|(key, number)| Some((key.to_owned(), number.trim().parse().ok()?)))
        .collect()
}

/// Writes a file and the folders above it.
pub(crate) fn put(path: &Path, bytes: &[u8]) -> Result<(), GenerateError> {
    let failed = |source| GenerateError::File { path: path.to_owned(), source };
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(failed)?;
    }
    fs::write(path, bytes).map_err(failed)
}

#[cfg(test)]
mod tests {
    use da06::template::Facts;

    use super::*;
    use crate::{
        draft,
        profile::{Profile, Values},
    };

    fn repository() -> PathBuf {
        PathBuf::from(env!("CARGO_MANIFEST_DIR"))
    }

    #[test]
    fn the_repository_holds_what_the_generator_writes() {
        let templates = templates(&repository()).unwrap();
        for name in MONTHS {
            let month = batch::month(&templates, name.parse().unwrap(), &people()).unwrap();
            for file in month.files {
                let committed = fs::read(repository().join("input").join(&file.path)).unwrap();
                let is_same = file.format != Format::Xlsx || committed == file.bytes;
                assert!(is_same, "{} is not what the generator writes", file.path);
            }
            let truth = repository().join(format!("tests/truth/{name}.json"));
            assert_eq!(fs::read_to_string(truth).unwrap(), month.truth.json().unwrap());
        }
    }

    /// Figures of a unit by the names that rules use; thôn sums and medians left out.
    struct Known {
        now: Values,
        before: Values,
    }

    impl Facts for Known {
        fn get(&self, name: &str) -> Option<f64> {
            let value = match name.strip_suffix("_truoc") {
                Some(code) => self.before.get(code),
                None => self.now.get(name),
            };
            value.and_then(|value| i32::try_from(*value).ok()).map(f64::from)
        }
    }

    #[test]
    fn invented_figures_keep_every_rule_for_half_a_year() {
        let templates = templates(&repository()).unwrap();
        let people = people();
        let first: Period = "2024-01".parse().unwrap();
        for unit in &templates.roster.units {
            let residents = people.get(&unit.key).copied().unwrap_or(0);
            let profile: Profile = draft::profile(&templates, unit, residents);
            let form = &templates.form_of(unit).unwrap().code;
            let dates = templates.body.convention.dates(first);
            for month in 1..=6 {
                let of = |month| draft::values(form, &profile, month, dates);
                let facts = Known { now: of(month), before: of(month - 1) };
                let violations = templates.rules.evaluate(form, &facts, &templates.indicators);
                assert_eq!(violations, [], "{} in month {month}", unit.key);
            }
        }
    }
}

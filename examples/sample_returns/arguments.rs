//! The command line of the generator.

use std::path::PathBuf;

use da06::period::Period;

/// What to make.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Arguments {
    /// The task.
    pub(crate) task: Task,
}

/// What to make.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Task {
    /// `input/` and `tests/truth/` of the repository.
    Repository {
        /// The repository.
        workspace: PathBuf,
    },
    /// A workspace of many communes.
    Scale(Scale),
}

/// A workspace of many communes.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Scale {
    /// How many communes.
    pub(crate) communes: usize,
    /// How many districts above them.
    pub(crate) parents: usize,
    /// The last period.
    pub(crate) period: Period,
    /// How many periods.
    pub(crate) months: u32,
    /// The new workspace.
    pub(crate) out: PathBuf,
    /// The workspace whose templates are copied.
    pub(crate) workspace: PathBuf,
}

const USAGE: &str = "usage: sample_returns --workspace DIR\n       sample_returns --communes N \
                     [--parents M] --out DIR [--period 2024-03] [--months 1] [--workspace DIR]";

impl Arguments {
    /// Reads the arguments.
    pub(crate) fn read(arguments: impl Iterator<Item = String>) -> Result<Self, String> {
        let mut workspace = PathBuf::from(".");
        let mut out = None;
        let (mut communes, mut parents, mut months) = (None, None, 1);
        let mut period: Period = "2024-03".parse().map_err(|error| format!("{error}"))?;
        let mut arguments = arguments;
        while let Some(name) = arguments.next() {
            let value = arguments.next().ok_or_else(|| USAGE.to_owned())?;
            let number = || value.parse::<usize>().map_err(|error| format!("{name}: {error}"));
            match name.as_str() {
                "--workspace" => workspace = PathBuf::from(value),
                "--out" => out = Some(PathBuf::from(value)),
                "--communes" => communes = Some(number()?),
                "--parents" => parents = Some(number()?),
                "--months" => months = value.parse().map_err(|error| format!("{error}"))?,
                "--period" => period = value.parse().map_err(|error| format!("{error}"))?,
                _ => return Err(USAGE.to_owned()),
            }
        }
        let task = match (communes, out) {
            (None, None) => Task::Repository { workspace },
            (Some(communes), Some(out)) => {
                let parents = parents.unwrap_or_else(|| communes.div_ceil(15)).max(1);
                Task::Scale(Scale { communes, parents, period, months, out, workspace })
            }
            _ => return Err(USAGE.to_owned()),
        };
        Ok(Self { task })
    }
}

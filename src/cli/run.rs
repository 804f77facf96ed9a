//! `da06 run`: the monthly job.

use std::fmt::Write;

use super::{Outcome, args::RunCommand, check, console::Console};
use crate::pipeline::{self, Error, Job, Published};

/// Runs the monthly job and says what was written and what needs a person.
pub(super) fn run(command: &RunCommand, job: &Job, console: &Console) -> Result<Outcome, Error> {
    let published = pipeline::run(job, console)?;
    let outcome = check::outcome(&published.month.batch);
    if command.json {
        console.data(&check::json(&published.month.batch, |_| true));
    } else {
        console.data(&summary(&published));
    }
    Ok(outcome)
}

fn summary(published: &Published) -> String {
    let mut text = check::verdict(&published.month);
    let _infallible = write!(text, "\n\nĐã ghi vào `{}`:", published.folder.display());
    for name in &published.names {
        let _infallible = write!(text, "\n  {name}");
    }
    text
}

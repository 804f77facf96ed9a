//! `da06 run`: the monthly job.

use std::fmt::Write;

use super::{Outcome, args::RunCommand, check, console::Console};
use crate::pipeline::{self, Error, Job, Published, Repeat};

/// Runs the monthly job and says what was written and what needs a person.
pub(super) fn run(command: &RunCommand, job: &Job, console: &Console) -> Result<Outcome, Error> {
    // The findings are not kept: to print them all, the run is made again.
    let repeat = if command.json { Repeat::Always } else { Repeat::WhenChanged };
    let published = pipeline::run(job, repeat, console)?;
    for notice in &published.notices {
        console.say(&format!("lưu ý: {notice}"));
    }
    match &published.month {
        Some(month) if command.json => console.data(&check::json(&month.batch, |_| true)),
        _ => console.data(&summary(&published)),
    }
    Ok(if published.needs_person { Outcome::NeedsPerson } else { Outcome::Done })
}

fn summary(published: &Published) -> String {
    let mut text = published.verdict.clone();
    let _infallible = write!(text, "\n\nĐã ghi vào `{}`:", published.folder.display());
    for name in &published.names {
        let _infallible = write!(text, "\n  {name}");
    }
    text
}

//! What is compared with the bare walk: from the files of `input/` to the figures, without cache,
//! documents and files. Prints how many returns count.
//!
//! `cargo run --release --example reading_to_figures -- WORKSPACE PERIOD [THREADS]`

#![expect(clippy::print_stdout, reason = "it says what was measured")]

use std::path::PathBuf;

use da06::pipeline::{self, Job, Progress, Workspace};

struct Silent;

impl Progress for Silent {
    fn begin(&self, _: usize) {}
    fn file_read(&self) {}
    fn stage(&self, _: &str) {}
}

fn main() {
    let mut arguments = std::env::args().skip(1);
    let root = PathBuf::from(arguments.next().unwrap_or_else(|| ".".to_owned()));
    let period = arguments.next().unwrap_or_else(|| "2024-03".to_owned());
    let jobs = arguments.next().and_then(|threads| threads.parse().ok()).unwrap_or(0);
    let job = Job {
        workspace: Workspace { root },
        period: Some(period.parse().expect("a period such as 2024-03")),
        as_of: chrono::NaiveDate::default(),
        jobs,
        reader: None,
        number: None,
        date: None,
        program: String::new(),
    };
    let month = pipeline::month(&job, &Silent).expect("a workspace that can be read");
    let figures = month.figures().expect("figures of a readable workspace");
    println!("{} returns of {}", month.batch.returns.len(), figures.period());
    // The process ends here; taking everything apart before is no part of reading.
    std::mem::forget((month, figures));
}

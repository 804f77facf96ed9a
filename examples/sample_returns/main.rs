//! Makes sample returns: the repository's `input/` with its truth, or a workspace of any size.
//! Nothing here is read by the program; see README.md beside this file.

#![expect(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "a generator run by hand works on files and says what it wrote"
)]

mod arguments;
mod batch;
mod communes;
mod defects;
mod draft;
mod names;
mod offices;
mod profile;
mod random;
mod scale;
mod side_files;
mod truth;
mod villages;
mod whole_files;
mod workspace;
mod writer;

use std::process::ExitCode;

use arguments::{Arguments, Task};

fn main() -> ExitCode {
    let outcome = Arguments::read(std::env::args().skip(1)).and_then(|arguments| {
        let written = match &arguments.task {
            Task::Repository { workspace } => workspace::write(workspace),
            Task::Scale(wanted) => scale::write(wanted),
        };
        written.map_err(|error| error.to_string())
    });
    match outcome {
        Ok(summary) => {
            println!("{summary}");
            ExitCode::SUCCESS
        }
        Err(message) => {
            println!("error: {message}");
            ExitCode::FAILURE
        }
    }
}

//! The command line: the only room that prints, reads the clock and knows exit codes. Data goes to
//! stdout, talk to stderr; every word is Vietnamese.

mod args;
mod check;
mod columns;
mod console;
mod init;
mod map;
mod measure;
mod run;
mod status;
mod status_table;
mod trace;
mod usage;
mod worker;

use std::ffi::OsString;
use std::panic::{self, AssertUnwindSafe};
use std::process::ExitCode;

use args::Command;
use console::Console;

use crate::pipeline::{Error, Job, Workspace};

/// How a command ended (see `--help` and README).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Done, nothing to correct.
    Done,
    /// Done, but something needs a person.
    NeedsPerson,
    /// Could not start or finish; nothing was published.
    Failed,
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> Self {
        Self::from(match outcome {
            Outcome::Done => 0,
            Outcome::NeedsPerson => 1,
            Outcome::Failed => 2,
        })
    }
}

/// Runs the program with these arguments, the name of the program first.
pub fn main(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let console = Console::new();
    panic::set_hook(Box::new(console::remember_panic));
    let ended = panic::catch_unwind(AssertUnwindSafe(|| run_with(arguments, &console)));
    // Every outcome, also a closed pipe, becomes one of the three codes.
    let outcome = ended.unwrap_or_else(|_| {
        console.panicked();
        Outcome::Failed
    });
    outcome.into()
}

fn run_with(arguments: impl IntoIterator<Item = OsString>, console: &Console) -> Outcome {
    match usage::parse(arguments) {
        Ok(arguments) => {
            let outcome = dispatch(&arguments, console);
            outcome.unwrap_or_else(|error| {
                console.error(&error);
                Outcome::Failed
            })
        }
        Err(usage::Stop::Help(text)) => {
            console.data(&text);
            Outcome::Done
        }
        Err(usage::Stop::Mistake { message, hint }) => {
            console.mistake(&message, &hint);
            Outcome::Failed
        }
    }
}

fn dispatch(arguments: &args::Arguments, console: &Console) -> Result<Outcome, Error> {
    match &arguments.command {
        Command::Init(command) => init::init(command, arguments, console),
        Command::Check(command) => check::check(command, &job(arguments, command.period), console),
        Command::Run(command) => run::run(command, &run_job(arguments, command), console),
        Command::Status(command) => {
            status::status(command, &job(arguments, command.period), console)
        }
        Command::Trace(command) => trace::trace(command, &job(arguments, command.period), console),
        Command::Map(command) => map::map(command, &job(arguments, None), console),
        Command::Measure(command) => measure::measure(command, console),
        Command::ReadApart => {
            worker::serve();
            Ok(Outcome::Done)
        }
        Command::Completions { shell } => {
            console.data(&usage::completions(*shell));
            Ok(Outcome::Done)
        }
    }
}

fn job(arguments: &args::Arguments, period: Option<crate::period::Period>) -> Job {
    Job {
        workspace: Workspace { root: arguments.workspace.clone() },
        period,
        as_of: arguments.as_of.unwrap_or_else(console::today),
        jobs: arguments.jobs,
        reader: std::env::current_exe().ok(),
        number: None,
        date: None,
        program: console::program(),
    }
}

fn run_job(arguments: &args::Arguments, command: &args::RunCommand) -> Job {
    Job { number: command.number.clone(), date: command.date, ..job(arguments, command.period) }
}

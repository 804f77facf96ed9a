//! All output: data on stdout, talk on stderr, a progress bar only on a terminal.

use std::io::{self, IsTerminal, Write};
use std::panic::PanicHookInfo;
use std::sync::{Mutex, PoisonError};

use chrono::NaiveDate;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::{
    files,
    pipeline::{Error, Progress},
    text,
};

/// Columns of data that goes into a file or another program.
const COLUMNS_OF_PRINT: usize = 120;

/// Where the program talks.
#[derive(Debug)]
pub(super) struct Console {
    bar: ProgressBar,
    is_terminal: bool,
}

/// Returns what tells this build of the program from others.
pub(super) fn program() -> String {
    let path = std::env::current_exe().ok();
    path.and_then(|path| files::stamp(&path)).map(|stamp| stamp.to_string()).unwrap_or_default()
}

/// Returns the day of the machine's clock, in its time zone as far as the system tells it.
#[expect(clippy::disallowed_methods, reason = "the one place that reads the clock")]
pub(super) fn today() -> NaiveDate {
    let elapsed = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    // Vietnam has one time zone, UTC+7, without daylight saving.
    let seconds = elapsed.map_or(0, |elapsed| elapsed.as_secs()) + 7 * 3600;
    let days = i32::try_from(seconds / 86_400).unwrap_or(0);
    NaiveDate::from_epoch_days(days).unwrap_or_default()
}

/// Where the last panic came from. Panics in readers of files are caught and become findings: only
/// one that ends the program is told.
static LAST_PANIC: Mutex<String> = Mutex::new(String::new());

/// Keeps where a panic came from.
pub(super) fn remember_panic(panic: &PanicHookInfo<'_>) {
    *LAST_PANIC.lock().unwrap_or_else(PoisonError::into_inner) = panic.to_string();
}

impl Console {
    /// Returns a console that shows a bar when stderr is a terminal.
    pub(super) fn new() -> Self {
        let is_terminal = io::stderr().is_terminal();
        let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden());
        Self { bar, is_terminal }
    }

    /// Returns the width of lines on stdout: the terminal's, else what a page takes.
    pub(super) fn width() -> usize {
        const PAGE: usize = 120;
        let terminal = terminal_size::terminal_size_of(io::stdout());
        let width = terminal.map_or(PAGE, |(width, _)| usize::from(width.0));
        width.clamp(60, 200)
    }

    /// Writes data. A reader that has gone away is no fault of ours.
    pub(super) fn data(&self, text: &str) {
        self.bar.finish_and_clear();
        let mut stdout = io::stdout().lock();
        let text = text::visible(text.strip_suffix('\n').unwrap_or(text));
        let _closed_pipe = writeln!(stdout, "{text}").and_then(|()| stdout.flush());
    }

    /// Returns how many columns stdout has: those of the terminal, else what a page of print has.
    #[expect(clippy::unused_self, reason = "where the program talks is asked here only")]
    pub(super) fn columns(&self) -> usize {
        terminal_size::terminal_size_of(io::stdout())
            .map_or(COLUMNS_OF_PRINT, |(terminal_size::Width(columns), _)| columns.into())
    }

    /// Writes a sentence of talk.
    pub(super) fn say(&self, text: &str) {
        self.bar.suspend(|| {
            let _closed_pipe = writeln!(io::stderr().lock(), "{}", text::visible(text));
        });
    }

    /// Writes an error: one sentence, the chain of causes, a hint.
    pub(super) fn error(&self, error: &Error) {
        self.bar.finish_and_clear();
        self.say(&format!("lỗi {}: {error}", error.code()));
        let mut source = std::error::Error::source(error);
        while let Some(cause) = source {
            self.say(&format!("  do: {cause}"));
            source = cause.source();
        }
        if let Some(hint) = error.hint() {
            self.say(&format!("cách xử lý: {hint}"));
        }
    }

    /// Writes that the program itself is at fault.
    pub(super) fn panicked(&self) {
        self.bar.finish_and_clear();
        self.say("lỗi DA06-E99: chương trình gặp lỗi bên trong");
        self.say(&format!("  do: {}", LAST_PANIC.lock().unwrap_or_else(PoisonError::into_inner)));
        self.say("cách xử lý: gửi nguyên văn thông báo này cho người phát triển chương trình");
    }

    /// Writes what is wrong with what was typed.
    pub(super) fn mistake(&self, message: &str, hint: &str) {
        self.trouble("DA06-E00", message, hint);
    }

    /// Writes an error that is no error of a run: its code, one sentence, what to do.
    pub(super) fn trouble(&self, code: &str, message: &str, hint: &str) {
        self.say(&format!("lỗi {code}: {message}"));
        self.say(&format!("cách xử lý: {hint}"));
    }
}

impl Progress for Console {
    fn begin(&self, files: usize) {
        if !self.is_terminal {
            return self.say(&format!("đọc {files} tệp"));
        }
        let style = ProgressStyle::with_template(
            "{msg} {wide_bar} {human_pos}/{human_len} tệp, còn khoảng {eta}",
        );
        self.bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
        self.bar.set_length(files as u64);
        self.bar.set_message("Đọc");
        self.bar.set_draw_target(ProgressDrawTarget::stderr());
    }

    fn file_read(&self) {
        self.bar.inc(1);
    }

    fn stage(&self, stage: &str) {
        if self.is_terminal {
            self.bar.set_style(
                ProgressStyle::with_template("{msg} …")
                    .unwrap_or_else(|_| ProgressStyle::default_spinner()),
            );
            self.bar.set_message(stage.to_owned());
        } else {
            self.say(stage);
        }
    }
}

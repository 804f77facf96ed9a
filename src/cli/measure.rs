//! `da06 measure`: a PDF against the clauses of the layout decree. The file may come from anywhere,
//! so that it is read in a thread of its own: what panics or takes too long ends with a message.

use std::fmt::Write;
use std::sync::mpsc;
use std::time::Duration;

use serde_json::json;

use super::{Outcome, args::MeasureCommand, console::Console};
use crate::{
    files,
    measure::{self, Check, MeasureError, Measurement, Verdict},
    pipeline::Error,
};

/// How long a file may take.
const PATIENCE: Duration = Duration::from_mins(1);
/// Stack of the reading thread: deeply nested objects are read by recursion.
const STACK: usize = 512 << 20;

/// Measures a PDF and prints the table of the clauses.
pub(super) fn measure(command: &MeasureCommand, console: &Console) -> Result<Outcome, Error> {
    let bytes = files::read(&command.file)?;
    let name = command.file.display().to_string();
    let measurement = match guarded(bytes) {
        Ok(measurement) => measurement,
        Err(trouble) => {
            let (message, hint) = trouble.words(&name);
            console.trouble("DA06-E40", &message, hint);
            return Ok(Outcome::Failed);
        }
    };
    console.data(&if command.json {
        as_json(&name, &measurement)
    } else {
        as_text(&name, &measurement)
    });
    let failed = measurement.count(Verdict::Fail) > 0;
    Ok(if failed { Outcome::NeedsPerson } else { Outcome::Done })
}

/// Why there is no measurement.
enum Trouble {
    File(MeasureError),
    Panic,
    Slow,
}

impl Trouble {
    fn words(&self, name: &str) -> (String, &'static str) {
        let again = "mở tệp bằng chương trình đã lập văn bản và xuất lại PDF";
        match self {
            Self::File(error) => {
                let hint = match error {
                    MeasureError::Scan => "dùng tệp PDF xuất từ bản soạn thảo, không dùng bản quét",
                    MeasureError::Password => "bỏ mật khẩu của tệp PDF rồi đo lại",
                    _ => again,
                };
                (format!("`{name}`: {error}"), hint)
            }
            Self::Panic => (format!("`{name}`: tệp PDF bị hỏng, không đo được"), again),
            Self::Slow => {
                let seconds = PATIENCE.as_secs();
                (format!("`{name}`: đo quá {seconds} giây chưa xong, đã dừng"), again)
            }
        }
    }
}

fn guarded(bytes: Vec<u8>) -> Result<Measurement, Trouble> {
    let (sender, receiver) = mpsc::channel();
    let thread = std::thread::Builder::new().stack_size(STACK).spawn(move || {
        let measured = std::panic::catch_unwind(|| measure::measure(&bytes));
        let _nobody_waits = sender.send(measured);
    });
    if thread.is_err() {
        return Err(Trouble::Panic);
    }
    match receiver.recv_timeout(PATIENCE) {
        Ok(Ok(measured)) => measured.map_err(Trouble::File),
        Ok(Err(_)) | Err(mpsc::RecvTimeoutError::Disconnected) => Err(Trouble::Panic),
        Err(mpsc::RecvTimeoutError::Timeout) => Err(Trouble::Slow),
    }
}

fn verdict(check: &Check) -> &'static str {
    match check.verdict {
        Verdict::Pass => "đạt",
        Verdict::Fail => "KHÔNG ĐẠT",
        Verdict::NotApplicable => "không áp dụng",
    }
}

fn as_text(name: &str, measurement: &Measurement) -> String {
    let count = |verdict| measurement.count(verdict);
    let mut text = format!(
        "{name}: {} trang; {} đạt, {} không đạt, {} không áp dụng (Nghị định 30/2020/NĐ-CP, Phụ lục I)",
        measurement.pages,
        count(Verdict::Pass),
        count(Verdict::Fail),
        count(Verdict::NotApplicable)
    );
    for check in measurement.failed() {
        let clause = check.clause;
        let page = check.page.map_or(String::new(), |page| format!(", trang {page}"));
        let _infallible = write!(
            text,
            "\n\nKHÔNG ĐẠT: {}{page} ({}, {})\n  yêu cầu: {}\n  đo được: {}",
            clause.what, clause.decree, clause.id, clause.expected, check.measured
        );
    }
    let row = |verdict: &str, page: &str, decree: &str, rest: &str| {
        format!("\n{verdict:<13}  {page:>5}  {decree:<24}  {rest}")
    };
    text.push('\n');
    text.push_str(&row("Kết quả", "Trang", "Phụ lục I", "Nội dung: đo được"));
    for check in &measurement.checks {
        let page = check.page.map_or("-".to_owned(), |page| page.to_string());
        let what = format!("{}: {}", check.clause.what, check.measured);
        text.push_str(&row(verdict(check), &page, check.clause.decree, &what));
    }
    text
}

fn as_json(name: &str, measurement: &Measurement) -> String {
    let whole = json!({
        "file": name,
        "pages": measurement.pages,
        "passed": measurement.count(Verdict::Pass),
        "failed": measurement.count(Verdict::Fail),
        "not_applicable": measurement.count(Verdict::NotApplicable),
        "checks": measurement.checks,
    });
    serde_json::to_string_pretty(&whole).expect("measurements have string keys only")
}

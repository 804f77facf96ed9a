//! Runs the program while looking at its time and, on Linux, at its memory.

use std::fs::File;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::support::Sandbox;

/// Longest run over a batch: a file's 30 seconds, and room for a busy machine.
const TIME: Duration = Duration::from_mins(4);
/// Most memory of the program itself, in KiB; its readers have their own limit.
const MEMORY: u64 = 1_200 << 10;

/// How a run went.
pub struct Watched {
    code: Option<i32>,
    said: String,
    time: Duration,
    memory: u64,
}

impl Watched {
    /// Asserts that the run ended well, in time and with little memory.
    pub fn assert_calm(&self, what: &str) {
        assert!(matches!(self.code, Some(0 | 1)), "{what}: {:?}\n{}", self.code, self.said);
        assert!(self.time < TIME, "{what}: {:?}", self.time);
        assert!(self.memory < MEMORY, "{what}: {} KiB", self.memory);
        assert!(!self.said.contains("panicked"), "{what}: {}", self.said);
    }
}

/// Runs the program in a workspace; its data go to `stdout` there.
pub fn watched(sandbox: &Sandbox, arguments: &[&str]) -> Watched {
    let start = Instant::now();
    let mut child = Command::new(env!("CARGO_BIN_EXE_da06"))
        .args(arguments)
        .current_dir(sandbox.root())
        .stdin(Stdio::null())
        .stdout(File::create(sandbox.path("stdout")).unwrap())
        .stderr(File::create(sandbox.path("stderr")).unwrap())
        .spawn()
        .unwrap();
    let mut memory = 0;
    let code = loop {
        memory = memory.max(peak(child.id()));
        if let Some(status) = child.try_wait().unwrap() {
            break status.code();
        }
        if start.elapsed() > TIME {
            child.kill().unwrap();
        }
        std::thread::sleep(Duration::from_millis(5));
    };
    let said = String::from_utf8_lossy(&sandbox.read("stderr")).into_owned();
    Watched { code, said, time: start.elapsed(), memory }
}

/// Returns the most memory that a process had so far, in KiB; 0 where the system does not tell.
fn peak(process: u32) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.split_whitespace().next()?.parse().ok()).unwrap_or(0)
}

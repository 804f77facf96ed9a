//! Reading in processes of their own: what a file makes of its reader (all memory, no end, an abort)
//! ends one process and becomes a refusal. A process reads many files and is replaced when it ended.
//!
//! Talk is in messages: a length (u32, little endian) and so many bytes. First the guide as JSON;
//! then for each file its name and its bytes; each time the answer is the encoded reading.

use std::{
    io::{self, Read, Write},
    path::{Path, PathBuf},
    process::{Child, ChildStdin, Command, Stdio},
    sync::{
        Mutex, PoisonError,
        mpsc::{self, Receiver, RecvTimeoutError},
    },
    thread,
    time::Duration,
};

use crate::ingest::{self, FileReading, Reader, ReadingGuide, Refusal};

/// Memory that a process may ask for, in bytes.
pub const WORKER_MEMORY: u64 = 1_536 << 20;
/// Time that one file may take; good ones take a few milliseconds.
const TIME: Duration = Duration::from_secs(30);
/// Longest message: a file within the limits of reading, with room for a zip's.
const MAX_MESSAGE: u32 = 256 << 20;

/// Processes that read; idle ones wait for the next file.
#[derive(Debug)]
pub(super) struct Workers {
    program: Option<PathBuf>,
    guide: Vec<u8>,
    time: Duration,
    idle: Mutex<Vec<Worker>>,
}

/// Why there is no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Failure {
    Died,
    TookTooLong,
}

impl Workers {
    /// Prepares reading with a program; without one nothing is read in other processes.
    pub(super) fn new(program: Option<&Path>, guide: &ReadingGuide) -> Self {
        Self {
            program: program.map(Path::to_owned),
            guide: serde_json::to_vec(guide).expect("a guide has string keys only"),
            time: TIME,
            idle: Mutex::new(Vec::new()),
        }
    }

    /// Reads a file in another process; nothing when none can be started.
    pub(super) fn read(&self, name: &str, bytes: &[u8]) -> Option<FileReading> {
        let idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let used = idle.is_some();
        let worker = match idle {
            Some(worker) => worker,
            None => self.start()?,
        };
        let answer = match self.ask(worker, name, bytes) {
            // What earlier files left behind must not be this file's fault.
            Err(Failure::Died) if used => self.ask(self.start()?, name, bytes),
            answer => answer,
        };
        Some(answer.unwrap_or_else(|failure| {
            ingest::refused(match failure {
                Failure::Died => Refusal::ReaderDied,
                Failure::TookTooLong => Refusal::TookTooLong,
            })
        }))
    }

    fn start(&self) -> Option<Worker> {
        let mut worker = Worker::start(self.program.as_deref()?).ok()?;
        // One that ended already is found out when it is asked.
        let _ended = worker.input.as_mut().map(|input| send(input, &self.guide));
        Some(worker)
    }

    fn ask(&self, mut worker: Worker, name: &str, bytes: &[u8]) -> Result<FileReading, Failure> {
        let answer = worker.ask(name, bytes, self.time);
        match &answer {
            Ok(_) => self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(worker),
            Err(_) => worker.end(),
        }
        answer
    }
}

/// Reads files for another process until its messages end.
pub fn serve(input: &mut impl Read, output: &mut impl Write) -> io::Result<()> {
    let Some(guide) = receive(input)? else { return Ok(()) };
    let guide: ReadingGuide = serde_json::from_slice(&guide)?;
    let reader = Reader::new(&guide);
    while let Some(name) = receive(input)? {
        let Some(bytes) = receive(input)? else { break };
        let reading = reader.read(&String::from_utf8_lossy(&name), &bytes);
        send(output, &reading.encode())?;
    }
    Ok(())
}

/// A process that reads.
#[derive(Debug)]
struct Worker {
    child: Child,
    /// Taken when no more files will come.
    input: Option<ChildStdin>,
    answers: Receiver<Vec<u8>>,
}

impl Worker {
    fn start(program: &Path) -> io::Result<Self> {
        let mut child = Command::new(program)
            .arg("__doc")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()?;
        let input = child.stdin.take();
        let output = child.stdout.take();
        limit(&mut child);
        let (sender, answers) = mpsc::channel();
        thread::spawn(move || {
            let Some(mut output) = output else { return };
            while let Ok(Some(answer)) = receive(&mut output) {
                if sender.send(answer).is_err() {
                    break;
                }
            }
        });
        Ok(Self { child, input, answers })
    }

    fn ask(&mut self, name: &str, bytes: &[u8], time: Duration) -> Result<FileReading, Failure> {
        let input = self.input.as_mut().ok_or(Failure::Died)?;
        let sent = send(input, name.as_bytes()).and_then(|()| send(input, bytes));
        if sent.is_err() {
            return Err(Failure::Died);
        }
        match self.answers.recv_timeout(time) {
            Ok(answer) => FileReading::decode(&answer).ok_or(Failure::Died),
            Err(RecvTimeoutError::Timeout) => Err(Failure::TookTooLong),
            Err(RecvTimeoutError::Disconnected) => Err(Failure::Died),
        }
    }

    /// Ends the process, whatever it is doing.
    fn end(mut self) {
        // It may have ended by itself.
        let _ended = self.child.kill();
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        // Without an input it ends by itself; waiting leaves no process behind.
        drop(self.input.take());
        let _ended = self.child.wait();
    }
}

/// On Windows a job object holds the process to its memory; elsewhere it limits itself. A pipe that
/// the child still has is closed here.
#[cfg(windows)]
fn limit(child: &mut Child) {
    use process_control::{ChildExt, Control};
    let memory = usize::try_from(WORKER_MEMORY).unwrap_or(usize::MAX);
    // The limit stays when the wait for the end is given up at once.
    let _without = child.controlled().memory_limit(memory).time_limit(Duration::ZERO).wait();
}

#[cfg(not(windows))]
fn limit(_: &mut Child) {}

fn send(output: &mut impl Write, message: &[u8]) -> io::Result<()> {
    let length = u32::try_from(message.len()).ok().filter(|length| *length <= MAX_MESSAGE);
    let length = length.ok_or(io::ErrorKind::FileTooLarge)?;
    output.write_all(&length.to_le_bytes())?;
    output.write_all(message)?;
    output.flush()
}

/// Returns the next message; nothing when the other end is done.
fn receive(input: &mut impl Read) -> io::Result<Option<Vec<u8>>> {
    let mut length = [0; 4];
    match input.read_exact(&mut length) {
        Ok(()) => {}
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(None),
        Err(error) => return Err(error),
    }
    let length = u32::from_le_bytes(length);
    if length > MAX_MESSAGE {
        return Err(io::ErrorKind::InvalidData.into());
    }
    let mut message = Vec::new();
    let read = input.take(length.into()).read_to_end(&mut message)?;
    if read < usize::try_from(length).unwrap_or(usize::MAX) {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    Ok(Some(message))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn readings_are_the_same_through_messages() {
        let guide = ReadingGuide::default();
        let mut input = Vec::new();
        send(&mut input, &serde_json::to_vec(&guide).unwrap()).unwrap();
        for message in [&b"a.pdf"[..], b"%PDF-1.7", b"b.csv", b"A01;1"] {
            send(&mut input, message).unwrap();
        }
        let mut output = Vec::new();
        serve(&mut input.as_slice(), &mut output).unwrap();
        let mut output = output.as_slice();
        for (name, bytes) in [("a.pdf", &b"%PDF-1.7"[..]), ("b.csv", b"A01;1")] {
            let answer = receive(&mut output).unwrap().unwrap();
            assert_eq!(FileReading::decode(&answer), Some(ingest::read(name, bytes, &guide)));
        }
        assert_eq!(receive(&mut output).unwrap(), None);
        assert!(serve(&mut &b"\xff\xff\xff\xff"[..], &mut Vec::new()).is_err());
    }

    #[cfg(unix)]
    #[test]
    fn a_reader_that_dies_or_hangs_is_a_refusal() {
        let read = |program: &str| {
            let mut workers = Workers::new(Some(Path::new(program)), &ReadingGuide::default());
            workers.time = Duration::from_millis(300);
            let first = workers.read("a.xls", b"x");
            assert_eq!(first, workers.read("a.xls", b"x"));
            first.map(|reading| reading.refusal)
        };
        // They know nothing of the command: one says nothing for long, one ends, one is not there.
        let folder = tempfile::tempdir().unwrap();
        let hanging = folder.path().join("hanging");
        crate::files::write(&hanging, b"#!/bin/sh\nexec sleep 60\n").unwrap();
        let mode = std::os::unix::fs::PermissionsExt::from_mode(0o755);
        std::fs::set_permissions(&hanging, mode).unwrap();
        assert_eq!(read(hanging.to_str().unwrap()), Some(Some(Refusal::TookTooLong)));
        assert_eq!(read("/bin/false"), Some(Some(Refusal::ReaderDied)));
        assert_eq!(read("/nowhere/at-all"), None);
    }
}

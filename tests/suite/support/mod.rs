//! Temporary workspaces and runs of the real program, with output and exit code as one value.

pub mod tools;

use std::io::{Cursor, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::{env, fs};

use zip::{ZipArchive, ZipWriter, write::SimpleFileOptions};

/// The month of the sample returns that has every defect.
pub const MARCH: &str = "2024-03";

/// Returns the root of the repository.
pub fn repository() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// A workspace in a temporary folder.
pub struct Sandbox {
    folder: tempfile::TempDir,
}

/// What a run of the program said and how it ended.
#[derive(Debug, PartialEq, Eq)]
pub struct Run {
    pub code: i32,
    pub stdout: String,
    pub stderr: String,
}

impl Sandbox {
    /// Returns an empty folder.
    pub fn empty() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    /// Returns a copy of the repository's workspace: templates and all returns.
    pub fn tien_lang() -> Self {
        let sandbox = Self::empty();
        for part in ["templates", "input"] {
            copy(&repository().join(part), &sandbox.path(part));
        }
        sandbox
    }

    /// Returns a copy of a small workspace of the tests.
    pub fn workspace(name: &str) -> Self {
        let sandbox = Self::empty();
        copy(&repository().join("tests/workspaces").join(name), sandbox.root());
        sandbox
    }

    pub fn root(&self) -> &Path {
        self.folder.path()
    }

    pub fn path(&self, relative: &str) -> PathBuf {
        self.root().join(relative)
    }

    pub fn read(&self, relative: &str) -> Vec<u8> {
        fs::read(self.path(relative)).unwrap_or_else(|error| panic!("{relative}: {error}"))
    }

    pub fn text(&self, relative: &str) -> String {
        String::from_utf8(self.read(relative)).unwrap()
    }

    pub fn write(&self, relative: &str, content: impl AsRef<[u8]>) {
        let path = self.path(relative);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }

    /// Names of the files of a folder, sorted; none when it is not there.
    pub fn names(&self, relative: &str) -> Vec<String> {
        let entries = fs::read_dir(self.path(relative)).into_iter().flatten();
        let mut names: Vec<String> = entries
            .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
            .collect();
        names.sort();
        names
    }

    /// Runs the program in the workspace, with an environment of its own.
    #[must_use]
    pub fn da06(&self, arguments: &[&str]) -> Run {
        let output = Command::new(env!("CARGO_BIN_EXE_da06"))
            .args(arguments)
            .current_dir(self.root())
            .env_clear()
            .env("PATH", env::var_os("PATH").unwrap_or_default())
            .stdin(Stdio::null())
            .output()
            .unwrap();
        let code = output.status.code().expect("the program is never killed");
        let text = |bytes: Vec<u8>| {
            let root = self.root().display().to_string();
            String::from_utf8(bytes).expect("all talk is Unicode").replace(&root, "[root]")
        };
        Run { code, stdout: text(output.stdout), stderr: text(output.stderr) }
    }
}

impl Run {
    /// Asserts the exit code and shows everything when it is another one.
    pub fn ends_with(self, code: i32) -> Self {
        assert_eq!(self.code, code, "{}\n{}", self.stdout, self.stderr);
        self
    }

    /// Asserts that talk or data contain all of these.
    pub fn says(self, words: &[&str]) -> Self {
        for word in words {
            let said = self.stdout.contains(word) || self.stderr.contains(word);
            assert!(said, "`{word}` is not in:\n{}\n{}", self.stdout, self.stderr);
        }
        self
    }
}

/// Copies a folder with everything in it.
pub fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap_or_else(|error| panic!("{}: {error}", from.display())) {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

/// Returns a text as Notepad saves it: a mark at the front, lines that end in CR LF.
pub fn as_of_notepad(text: &str) -> String {
    let lines = text.trim_start_matches('\u{feff}').replace("\r\n", "\n");
    format!("\u{feff}{}", lines.replace('\n', "\r\n"))
}

/// Runs a tool of the machine and returns what it prints; nothing when it is not installed, unless
/// `DA06_ALL_TOOLS` says that it must be.
pub fn tool(name: &str, arguments: &[&str]) -> Option<Vec<u8>> {
    match Command::new(name).args(arguments).stdin(Stdio::null()).output() {
        Ok(output) => {
            let stderr = String::from_utf8_lossy(&output.stderr);
            assert!(output.status.success(), "{name} {arguments:?}: {stderr}");
            Some(output.stdout)
        }
        Err(error) => left_out(name, &error.to_string()),
    }
}

/// Says that a tool is not there; a failure when `DA06_ALL_TOOLS` says that it must be.
pub fn left_out<T>(name: &str, why: &str) -> Option<T> {
    assert!(env::var_os("DA06_ALL_TOOLS").is_none(), "{name}: {why}");
    // Visible with `--nocapture`, as everything that a passing test says.
    let _closed = writeln!(std::io::stderr(), "{name} is not installed: left out");
    None
}

/// Returns a zip with the same parts, each as a change gives it.
pub fn repacked(bytes: &[u8], mut change: impl FnMut(&str, Vec<u8>) -> Vec<u8>) -> Vec<u8> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).unwrap();
        let name = part.name().unwrap().into_owned();
        let mut content = Vec::new();
        part.read_to_end(&mut content).unwrap();
        let content = change(&name, content);
        writer.start_file(name, SimpleFileOptions::default()).unwrap();
        writer.write_all(&content).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

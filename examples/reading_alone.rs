//! What a return costs to read: every .xlsx file of `input/` understood by the templates of a
//! workspace, without checking, figures and files. Compared with `bare_walk` over the same folder.
//!
//! `cargo run --release --example reading_alone -- WORKSPACE [THREADS]`

#![expect(clippy::print_stdout, reason = "it says what was measured")]

use std::path::{Path, PathBuf};

use da06::{
    files,
    ingest::{Reader, ReadingGuide},
    pipeline::{self, Threads, Workspace},
};
use rayon::prelude::*;

fn main() {
    let mut arguments = std::env::args().skip(1);
    let root = PathBuf::from(arguments.next().unwrap_or_else(|| ".".to_owned()));
    let threads = arguments.next().and_then(|threads| threads.parse().ok()).unwrap_or(0);
    let workspace = Workspace { root };
    let crew = Threads::new(threads).expect("threads");
    let templates =
        pipeline::load_templates_by_crew(&workspace, &crew).expect("a workspace with templates");
    let reader = Reader::by_crew(&ReadingGuide::of(&templates), &crew);
    let folder = workspace.input();
    let mut paths = files::tree(&folder).expect("a folder that can be read");
    paths.retain(|path| Path::new(path).extension().is_some_and(|extension| extension == "xlsx"));
    let read = |path: &String| values(&reader, &folder.join(path));
    let values: usize = crew.run(|| paths.par_iter().map(read).sum());
    println!("{} files, {values} values", paths.len());
}

/// Returns how many values a file has, 0 when it cannot be read.
fn values(reader: &Reader, file: &Path) -> usize {
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    let Ok(bytes) = files::read(file) else { return 0 };
    reader.read(&name, &bytes).returns.iter().map(|each| each.values.len()).sum()
}

//! The measure of reading: calamine's bare walk over every cell of the .xlsx files below a folder,
//! on as many threads as asked for. Prints how many cells there are.
//!
//! `cargo run --release --example bare_walk -- FOLDER [THREADS]`

#![expect(
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a measure of something else than the program"
)]

use std::io::Cursor;
use std::path::{Path, PathBuf};

use calamine::{Reader, Xlsx};
use rayon::prelude::*;

fn main() {
    let mut arguments = std::env::args().skip(1);
    let folder = PathBuf::from(arguments.next().unwrap_or_else(|| "input".to_owned()));
    let threads = arguments.next().and_then(|threads| threads.parse().ok()).unwrap_or(0);
    let mut files = Vec::new();
    collect(&folder, &mut files);
    files.sort();
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
    let cells: u64 = pool.install(|| files.par_iter().map(|file| walk(file)).sum());
    println!("{} files, {cells} cells", files.len());
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "xlsx") {
            files.push(path);
        }
    }
}

/// Returns the number of cells of a file, 0 when it cannot be read.
fn walk(file: &Path) -> u64 {
    let Ok(bytes) = std::fs::read(file) else { return 0 };
    let Ok(mut workbook) = Xlsx::new(Cursor::new(bytes)) else { return 0 };
    let mut cells = 0;
    for sheet in workbook.sheet_names() {
        let Ok(mut reader) = workbook.worksheet_cells_reader(&sheet) else { continue };
        while let Ok(Some(cell)) = reader.next_cell() {
            cells += u64::from(std::hint::black_box(cell).get_position().0 < u32::MAX);
        }
    }
    cells
}

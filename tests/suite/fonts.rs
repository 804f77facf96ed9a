//! The office's own fonts: four files in `templates/phong-chu/` are used; fonts that may not be
//! embedded, or are not all there, stop the run before a return is read.

use std::fs;

use crate::province;
use crate::support::{Sandbox, repository};

const REPORT: &str = "output/2024-02/bao-cao-2024-02.pdf";

/// The names that Windows gives the four files.
const FILES: [(&str, &str); 4] = [
    ("Regular", "times.ttf"),
    ("Bold", "timesbd.ttf"),
    ("Italic", "timesi.ttf"),
    ("BoldItalic", "timesbi.ttf"),
];

fn font(face: &str) -> Vec<u8> {
    let path = repository().join(format!("assets/fonts/LiberationSerif-{face}.ttf"));
    fs::read(path).unwrap()
}

/// Returns a workspace with four fonts of its own; the regular one has these embedding rights.
fn with_fonts(rights: u16) -> Sandbox {
    let sandbox = province::province_of(1);
    for (face, name) in FILES {
        sandbox.write(&format!("templates/phong-chu/{name}"), font(face));
    }
    let mut regular = font("Regular");
    let tables = regular[12..].chunks_exact(16);
    let record = tables.into_iter().find(|record| record.starts_with(b"OS/2")).unwrap();
    let start = u32::from_be_bytes(record[8..12].try_into().unwrap()) as usize;
    regular[start + 8..start + 10].copy_from_slice(&rights.to_be_bytes());
    sandbox.write("templates/phong-chu/times.ttf", regular);
    sandbox.write("templates/phong-chu/doc.txt", "Bốn tệp Times New Roman của cơ quan.");
    sandbox
}

fn run(sandbox: &Sandbox) -> crate::support::Run {
    sandbox.da06(&["run", "--period", "2024-02"])
}

#[test]
fn fonts_of_the_office_are_used_and_named_in_the_manifest() {
    let plain = province::province_of(1);
    run(&plain).ends_with(1);
    let own = with_fonts(8);
    run(&own).ends_with(1);
    let manifest = own.text("output/2024-02/manifest.json");
    for (_, name) in FILES {
        assert!(manifest.contains(&format!("\"phong-chu/{name}\"")), "{manifest}");
    }
    // Another regular file: the run is made again.
    own.write("templates/phong-chu/times.ttf", font("Regular"));
    run(&own).ends_with(1);
    assert!(own.read(REPORT) == plain.read(REPORT), "the same four files, the same bytes");
}

#[test]
fn fonts_that_may_not_be_embedded_stop_the_run() {
    let sandbox = with_fonts(2);
    run(&sandbox).ends_with(2).says(&[
        "DA06-E30",
        "templates/phong-chu/times.ttf",
        "không được phép nhúng",
        "cách xử lý: thay bằng tệp phông chữ được phép nhúng",
    ]);
    assert!(!sandbox.path(REPORT).exists());
}

#[test]
fn all_four_faces_are_wanted() {
    let sandbox = with_fonts(0);
    fs::remove_file(sandbox.path("templates/phong-chu/timesi.ttf")).unwrap();
    run(&sandbox).ends_with(2).says(&["thiếu kiểu: nghiêng", "timesi.ttf"]);
    sandbox.write("templates/phong-chu/timesi.ttf", "không phải phông chữ");
    run(&sandbox).ends_with(2).says(&["timesi.ttf", "không phải là phông chữ TrueType"]);
}

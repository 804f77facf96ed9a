//! The laws of the design: imports run one way, one library lives in one room, every file says what
//! it is for and stays small. Paths are resolved (`super::`, groups, globs, re-exports, macros), so
//! there is no way round; planted violations show that the test sees them.

mod imports;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use imports::violations_of;

#[test]
fn imports_run_one_way_and_libraries_stay_at_home() {
    let test_only = test_only_modules();
    let mut violations = Vec::new();
    for (module, path) in sources() {
        if test_only.iter().any(|test| module.starts_with(test)) {
            continue;
        }
        let text = fs::read_to_string(&path).unwrap();
        violations.extend(violations_of(&module, &text));
    }
    assert!(violations.is_empty(), "{}", violations.join("\n"));
}

#[test]
fn planted_violations_are_caught() {
    let planted = [
        ("ingest", "use crate::validate::Finding;"),
        ("ingest", "use super::validate::Finding;"),
        ("ingest::xlsx", "use super::super::validate::*;"),
        ("ingest", "use crate::{period::Period, validate::{self, Finding}};"),
        ("ingest", "use {crate::{validate as harmless}};"),
        ("ingest", "fn f() { println!(\"{}\", crate::cli::main()); }"),
        ("ingest", "mod inner { use super::super::super::aggregate; }"),
        ("template", "use crate as root;"),
        ("template", "use super::super::{self as root};"),
        ("compose", "pub use crate::aggregate::Figure;"),
        ("compose", "use crate::aggregate::Figure; pub use Figure as Harmless;"),
        ("compose", "use crate::aggregate::Figure as F; pub type Harmless = F;"),
        ("compose", "use crate::aggregate; pub(crate) use aggregate::Figure;"),
        ("compose", "use crate::files;"),
        ("compose", "use std::fs;"),
        ("compose", "fn f() { std::fs::write(\"a\", \"b\"); }"),
        ("compose", "use polars::prelude::*;"),
        ("compose", "use ::polars as p;"),
        ("render::xlsx", "use printpdf::Op;"),
        ("render", "fn f() -> ::calamine::Data { todo!() }"),
        ("aggregate", "extern crate rayon;"),
    ];
    for (module, source) in planted {
        assert!(!violations_of(module, source).is_empty(), "not seen in {module}: {source}");
    }
}

#[test]
fn lawful_imports_are_left_alone() {
    let lawful = [
        ("ingest::xlsx", "use super::Refusal; use crate::{place::CellRef, template::Measure};"),
        (
            "compose",
            "pub use document::Document; mod document { use super::super::aggregate::Figure; }",
        ),
        ("pipeline", "use crate::{files, ingest, render::pdf}; use rayon::prelude::*;"),
        ("ingest", "#[cfg(test)] mod tests { use crate::cli; use polars::prelude::*; }"),
        ("ingest", "/// See `crate::cli`.\nfn f(zip: u8) -> u8 { zip }"),
    ];
    for (module, source) in lawful {
        assert_eq!(violations_of(module, source), Vec::<String>::new(), "{module}: {source}");
    }
}

#[test]
fn every_file_says_what_it_is_for_and_stays_small() {
    let mut faults = Vec::new();
    let tests = rust_files(&root().join("tests"));
    let examples = rust_files(&root().join("examples"));
    let paths = sources().into_iter().map(|(_, path)| path).chain(tests).chain(examples);
    for path in paths {
        let text = fs::read_to_string(&path).unwrap();
        let name = path.strip_prefix(root()).unwrap().display().to_string();
        if !text.starts_with("//! ") {
            faults.push(format!("{name}: no header"));
        }
        if text.lines().count() > 400 {
            faults.push(format!("{name}: {} lines", text.lines().count()));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn no_test_file_is_forgotten() {
    let main = fs::read_to_string(root().join("tests/suite/main.rs")).unwrap();
    for path in rust_files(&root().join("tests/suite")) {
        let stem = path.file_stem().unwrap().to_string_lossy().into_owned();
        let top = path.parent() == Some(root().join("tests/suite").as_path());
        if top && stem != "main" {
            assert!(main.contains(&format!("mod {stem};")), "{stem} is not in main.rs");
        }
    }
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Returns every source file with the path of its module, `ingest::xlsx`.
fn sources() -> Vec<(String, PathBuf)> {
    let src = root().join("src");
    rust_files(&src)
        .into_iter()
        .map(|path| {
            let relative = path.strip_prefix(&src).unwrap().with_extension("");
            let parts = relative.components().map(|part| part.as_os_str().to_str().unwrap());
            let parts: Vec<_> =
                parts.filter(|part| !["mod", "lib", "main"].contains(part)).collect();
            (parts.join("::"), path)
        })
        .collect()
}

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(rust_files(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
    files.sort();
    files
}

/// Returns the modules that are declared as `#[cfg(test)] mod name;`.
fn test_only_modules() -> BTreeSet<String> {
    let mut modules = BTreeSet::new();
    for (module, path) in sources() {
        let text = fs::read_to_string(path).unwrap();
        let mut lines = text.lines().peekable();
        while let Some(line) = lines.next() {
            if line.trim() == "#[cfg(test)]"
                && let Some(next) = lines.peek()
                && let Some(rest) = next.split("mod ").nth(1)
                && let Some(name) = rest.strip_suffix(';')
            {
                modules.insert(format!("{module}::{name}"));
            }
        }
    }
    modules
}

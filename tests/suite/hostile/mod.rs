//! Whatever is dropped into `input/`: the real program runs over bombs, loops, truncations and
//! mutants, ends with 0 or 1 within its time and memory, leaves the files as they are, and gives every
//! figure as it was sent or a finding for it.

mod any_bytes;
mod costs;
mod figures;
#[cfg(unix)]
mod folders;
mod mutants;
mod packages;
mod random;
mod shown;
mod silent;
mod spellings;
mod watch;
mod zoo;

use std::collections::BTreeMap;

use figures::{Figures, Findings};
use random::Random;
use watch::watched;

use crate::support::{MARCH, Sandbox, repository};

/// Files and their bytes, by path below `input/`.
type Files = BTreeMap<String, Vec<u8>>;

/// Mutants of a usual run; `DA06_MUTANTS` sets another number.
const USUAL_MUTANTS: usize = 300;

/// Returns the returns of March, without the files beside them.
fn returns() -> Files {
    let folder = repository().join("input").join(MARCH);
    std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap())
        .map(|entry| (entry.file_name().to_string_lossy().into_owned(), entry))
        .filter(|(name, _)| !name.contains("dieu-chinh.") && !name.contains("loi-van."))
        .map(|(name, entry)| (format!("{MARCH}/{name}"), std::fs::read(entry.path()).unwrap()))
        .collect()
}

/// Returns a workspace with these files as its input.
fn workspace(files: &Files) -> Sandbox {
    let sandbox = Sandbox::empty();
    crate::support::copy(&repository().join("templates"), &sandbox.path("templates"));
    for (path, bytes) in files {
        sandbox.write(&format!("input/{path}"), bytes);
    }
    sandbox
}

/// Asserts that the input is what it was.
fn untouched(sandbox: &Sandbox, files: &Files) {
    for (path, bytes) in files {
        assert!(sandbox.read(&format!("input/{path}")) == *bytes, "{path} was changed");
    }
}

#[test]
fn every_hostile_file_ends_in_its_finding_and_harms_no_other() {
    let good = returns();
    let quiet = workspace(&good);
    let _needs_person = watched(&quiet, &["run", "--period", MARCH]);
    let expected = Figures::of(&quiet);

    let zoo = zoo::animals(&good);
    let mut files = good;
    for animal in &zoo {
        if !animal.path().contains(".zip/") {
            files.insert(animal.path(), animal.bytes.clone());
        }
    }
    let sandbox = workspace(&files);
    let run = watched(&sandbox, &["run", "--period", MARCH]);
    run.assert_calm("the zoo");
    untouched(&sandbox, &files);
    let findings = Findings::of(&sandbox);
    let mut missing = Vec::new();
    for animal in &zoo {
        let codes = findings.codes_of(&animal.path());
        if !codes.contains(animal.expected) {
            missing.push(format!("{}: {} expected, found {codes:?}", animal.name, animal.expected));
        }
    }
    assert!(missing.is_empty(), "{}", missing.join("\n"));
    assert_eq!(Figures::of(&sandbox).differences(&expected), Vec::<String>::new());
}

#[test]
fn a_return_that_is_cut_off_is_refused_or_read_whole() {
    let good = returns();
    let mut files = Files::new();
    let names = ["Hoi Lien hiep Phu nu", "Bưu điện", "Kho bạc", "Phong Tu phap"];
    for (path, bytes) in
        good.iter().filter(|(path, _)| names.iter().any(|name| path.contains(name)))
    {
        let (stem, extension) = path.rsplit_once('.').unwrap();
        for length in (64..bytes.len()).step_by(64) {
            files.insert(format!("{stem} {length}.{extension}"), bytes[..length].to_vec());
        }
    }
    assert!(files.len() > 1_000, "{}", files.len());
    let sandbox = workspace(&files);
    watched(&sandbox, &["check", "--period", MARCH, "--json"]).assert_calm("cut files");
    untouched(&sandbox, &files);
    let findings = Findings::of(&sandbox);
    let silent: Vec<&String> =
        files.keys().filter(|path| !findings.rejects(path)).take(20).collect();
    assert!(silent.is_empty(), "{silent:#?}");
}

#[test]
fn every_figure_of_a_mutant_is_the_original_or_has_a_finding() {
    let wanted = std::env::var("DA06_MUTANTS")
        .map_or(USUAL_MUTANTS, |number| number.parse().expect("a number of mutants"));
    let originals = returns();
    let quiet = workspace(&originals);
    let _needs_person = watched(&quiet, &["run", "--period", MARCH]);
    let expected = Figures::of(&quiet);
    let known = Findings::of(&quiet);
    let mut faults = BTreeMap::new();
    let mut made = 0;
    for batch in 0.. {
        if made >= wanted {
            break;
        }
        let mut files = Files::new();
        let mut changes = BTreeMap::new();
        for (number, (path, bytes)) in originals.iter().enumerate() {
            let mut random = Random::new(batch * 1_000 + number as u64);
            let (mutant, change) = mutants::mutant(path, bytes, &mut random);
            files.insert(path.clone(), mutant);
            changes.insert(path.clone(), change);
        }
        made += files.len();
        let sandbox = workspace(&files);
        let run = watched(&sandbox, &["run", "--period", MARCH]);
        run.assert_calm(&format!("batch {batch}"));
        untouched(&sandbox, &files);
        let found = Figures::of(&sandbox);
        for fault in found.silent_changes(&expected, &Findings::of(&sandbox), &known) {
            let change = fault.file.as_ref().and_then(|file| changes.get(file));
            let change = change.map_or("", String::as_str);
            // One figure of a mutant is enough to look at.
            faults.insert(format!("batch {batch} {change}"), fault.what);
        }
    }
    assert!(faults.is_empty(), "{} mutants change in silence: {faults:#?}", faults.len());
}

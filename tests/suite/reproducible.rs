//! Same input, same bytes: threads, file times, the order of files on disk, the archive and the day
//! make no difference; `input/` is never touched.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::time::{Duration, SystemTime};

use crate::support::{MARCH, Sandbox, as_of_notepad};

/// Returns every file below a folder of the sandbox with its bytes.
fn bytes(sandbox: &Sandbox, folder: &str) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut pending = vec![folder.to_owned()];
    while let Some(folder) = pending.pop() {
        for name in sandbox.names(&folder) {
            let path = format!("{folder}/{name}");
            if sandbox.path(&path).is_dir() {
                pending.push(path);
            } else {
                found.insert(path.clone(), sandbox.read(&path));
            }
        }
    }
    found
}

fn assert_same(left: &BTreeMap<String, Vec<u8>>, right: &BTreeMap<String, Vec<u8>>, why: &str) {
    assert_eq!(left.keys().collect::<Vec<_>>(), right.keys().collect::<Vec<_>>(), "{why}");
    for (name, bytes) in left {
        assert!(bytes == &right[name], "{why}: {name} differs");
    }
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    let sandbox = Sandbox::tien_lang();
    let input = bytes(&sandbox, "input");
    sandbox.da06(&["run", "--period", MARCH, "--jobs", "1"]).ends_with(1);
    let first = bytes(&sandbox, "output");

    fs::remove_dir_all(sandbox.path("archive/ket-qua")).unwrap();
    sandbox.da06(&["run", "--period", MARCH, "--jobs", "4"]).ends_with(1);
    assert_same(&first, &bytes(&sandbox, "output"), "with the archive and more threads");

    fs::remove_dir_all(sandbox.path("archive")).unwrap();
    sandbox.da06(&["run", "--period", MARCH, "--as-of", "2031-12-31"]).ends_with(1);
    assert_same(&first, &bytes(&sandbox, "output"), "without the archive, on another day");

    // Another order on disk and other times: the files are written anew, last first.
    let other = Sandbox::empty();
    for (number, (path, content)) in input.iter().rev().enumerate() {
        other.write(path, content);
        let time = SystemTime::UNIX_EPOCH + Duration::from_secs(number as u64 * 86_400);
        File::options().write(true).open(other.path(path)).unwrap().set_modified(time).unwrap();
    }
    crate::support::copy(&sandbox.path("templates"), &other.path("templates"));
    other.da06(&["run", "--period", MARCH]).ends_with(1);
    assert_same(&first, &bytes(&other, "output"), "with other file times and another order");

    assert_same(&input, &bytes(&sandbox, "input"), "the input was touched");
}

#[test]
fn what_notepad_saved_gives_the_same_bytes() {
    let sandbox = Sandbox::tien_lang();
    sandbox.da06(&["run", "--period", MARCH]).ends_with(1);
    let first = bytes(&sandbox, "output");
    let templates = sandbox.names("templates");
    let side_files = ["so-den.csv", "2024-03/dieu-chinh.csv", "2024-03/loi-van.md"];
    let paths = templates.iter().map(|name| format!("templates/{name}"));
    for path in paths.chain(side_files.map(|name| format!("input/{name}"))) {
        sandbox.write(&path, as_of_notepad(&sandbox.text(&path)));
    }
    // Names that Explorer and Notepad make of them.
    let renamed = [("so-den.csv", "So-den.CSV"), ("2024-03/loi-van.md", "2024-03/loi-van.md.txt")];
    for (name, other) in renamed {
        let path = |name| sandbox.path(&format!("input/{name}"));
        fs::rename(path(name), path(other)).unwrap();
    }
    sandbox.da06(&["run", "--period", MARCH]).ends_with(1);
    let mut second = bytes(&sandbox, "output");
    let manifest = "output/2024-03/manifest.json";
    assert_ne!(first[manifest], second[manifest], "the hashes of what was read");
    second.insert(manifest.to_owned(), first[manifest].clone());
    assert_same(&first, &second, "with marks and other ends of lines");
}

#[test]
fn an_earlier_month_that_left_the_input_is_read_from_the_archive() {
    let sandbox = Sandbox::tien_lang();
    for month in ["2024-01", "2024-02", MARCH] {
        let _ended = sandbox.da06(&["run", "--period", month]);
    }
    let figures = sandbox.read("output/2024-03/so-lieu-2024-03.csv");
    for month in ["2024-01", "2024-02"] {
        fs::remove_dir_all(sandbox.path(&format!("input/{month}"))).unwrap();
    }
    sandbox.da06(&["run", "--period", MARCH]).ends_with(1);
    assert!(figures == sandbox.read("output/2024-03/so-lieu-2024-03.csv"));
}

#[test]
fn a_damaged_archive_costs_time_and_no_figure() {
    let sandbox = Sandbox::tien_lang();
    sandbox.da06(&["run", "--period", MARCH]).ends_with(1);
    let first = bytes(&sandbox, "output");
    let cache = "archive/bo-dem/bai-doc.bin";
    let mut damaged = sandbox.read(cache);
    let middle = damaged.len() / 2;
    damaged[middle] ^= 0x10;
    sandbox.write(cache, damaged);
    fs::remove_dir_all(sandbox.path("archive/ket-qua")).unwrap();
    sandbox.da06(&["run", "--period", MARCH]).ends_with(1);
    assert_same(&first, &bytes(&sandbox, "output"), "with a damaged cache");
}

#[test]
fn a_run_is_made_again_only_when_something_changed() {
    const NOTHING: &str = "không có gì thay đổi so với lần chạy trước";
    let sandbox = Sandbox::tien_lang();
    let run = |arguments: &[&str]| {
        let run = sandbox.da06(&[&["run", "--period", MARCH], arguments].concat()).ends_with(1);
        (run.stderr.contains(NOTHING), run.stdout)
    };
    let (again, said) = run(&[]);
    let first = bytes(&sandbox, "output");
    assert!(!again);
    assert_eq!(run(&[]), (true, said.clone()), "the same words as the run that made it");
    assert!(!run(&["--json"]).0, "findings are not kept");
    assert!(!run(&["--number", "15"]).0, "the number stands in the report");
    assert_eq!(run(&[]), (false, said.clone()));
    assert_same(&first, &bytes(&sandbox, "output"), "without the number again");

    let csv = "output/2024-03/so-lieu-2024-03.csv";
    sandbox.write(csv, b"edited");
    assert_eq!(run(&[]), (false, said.clone()), "an edited file is made again");
    fs::remove_file(sandbox.path("output/2024-03/bao-cao-2024-03.pdf")).unwrap();
    assert!(!run(&[]).0, "a deleted file is made again");
    let kept = "archive/ket-qua/2024-03.json";
    sandbox.write(kept, sandbox.text(kept).replace(" đơn vị", " don vi"));
    assert_eq!(run(&[]), (false, said.clone()), "an edited result is no result");
    assert_same(&first, &bytes(&sandbox, "output"), "made again");

    let words = "templates/bao-cao.md";
    sandbox.write(words, format!("{}\n", sandbox.text(words)));
    assert!(!run(&[]).0, "a template changed");
    sandbox.write("input/2024-03/loi-van.md", b"");
    assert!(!run(&[]).0, "a side file came");
    sandbox.write("input/2024-03/them.xlsx", b"");
    assert!(!run(&[]).0, "a file came");
    assert!(run(&[]).0);
}

#[test]
fn answers_stand_when_what_they_are_made_of_does() {
    const ANSWERS: &str = "output/2024-03/phan-hoi";
    let sandbox = Sandbox::tien_lang();
    sandbox.da06(&["run", "--period", MARCH]).ends_with(1);
    let names = sandbox.names(ANSWERS);
    let long_ago = SystemTime::UNIX_EPOCH + Duration::from_hours(24);
    for name in &names {
        let path = sandbox.path(&format!("{ANSWERS}/{name}"));
        File::options().write(true).open(path).unwrap().set_modified(long_ago).unwrap();
    }
    // One is edited, and the return behind another gets a byte more.
    let edited = format!("{ANSWERS}/{}", names[0]);
    sandbox.write(&edited, b"edited");
    let sent = "input/2024-03/Bieu 01 - xã Đại Thắng - tháng 3.xlsx";
    sandbox.write(sent, [sandbox.read(sent).as_slice(), b"\0"].concat());
    sandbox.da06(&["run", "--period", MARCH]).ends_with(1);
    let is_old = |name: &String| {
        let path = sandbox.path(&format!("{ANSWERS}/{name}"));
        fs::metadata(path).unwrap().modified().unwrap() == long_ago
    };
    let made: Vec<&String> = names.iter().filter(|name| !is_old(name)).collect();
    assert_eq!(made, [&names[0], &"dai-thang.xlsx".to_owned()]);

    let second = bytes(&sandbox, "output");
    fs::remove_dir_all(sandbox.path("archive")).unwrap();
    sandbox.da06(&["run", "--period", MARCH]).ends_with(1);
    assert_same(&second, &bytes(&sandbox, "output"), "with all answers made anew");
}

//! What is in the folder and is no file, and names that are no words: each has its finding, nothing is
//! waited for, and the terminal shows no commands.

use std::{
    ffi::OsStr,
    os::unix::{ffi::OsStrExt, fs::symlink, net::UnixListener},
    path::Path,
    process::Command,
};

use super::{
    figures::{Figures, Findings},
    returns,
    watch::watched,
    workspace,
};
use crate::support::MARCH;

const NOT_ACCESSIBLE: &str = "DA06-T05";

#[test]
fn what_is_no_file_is_told_and_nothing_waits_for_it() {
    let quiet = workspace(&returns());
    let _needs_person = watched(&quiet, &["run", "--period", MARCH]);
    let expected = Figures::of(&quiet);
    let sandbox = workspace(&returns());
    let folder = sandbox.path(&format!("input/{MARCH}"));
    let pipe = Command::new("mkfifo").arg(folder.join("x ong.xlsx")).status().unwrap();
    assert!(pipe.success());
    let _socket = UnixListener::bind(folder.join("x.sock")).unwrap();
    let links = [
        ("/dev/zero", "x zero.xlsx"),
        ("x vong.xlsx", "x vong.xlsx"),
        ("..", "x thu muc.xlsx"),
        ("nowhere.xlsx", "x mat.xlsx"),
    ];
    for (target, name) in links {
        symlink(target, folder.join(name)).unwrap();
    }
    let run = watched(&sandbox, &["run", "--period", MARCH]);
    run.assert_calm("no files");
    let findings = Findings::of(&sandbox);
    for name in ["x ong.xlsx", "x.sock"].into_iter().chain(links.map(|(_, name)| name)) {
        let codes = findings.codes_of(&format!("{MARCH}/{name}"));
        assert!(codes.contains(NOT_ACCESSIBLE), "{name}: {codes:?}");
    }
    assert_eq!(Figures::of(&sandbox).differences(&expected), Vec::<String>::new());
}

#[test]
fn names_command_no_terminal_and_hide_no_file() {
    let sandbox = workspace(&returns());
    let folder = sandbox.path(&format!("input/{MARCH}"));
    let names: [&[u8]; 6] = [
        b"x\x1b[2J\x07.xlsx",
        b"x\n\r.xlsx",
        b"x\xc2\x9b31m.xlsx",
        "x\u{202e}xslx.exe".as_bytes(),
        b"x\xff\xfe.xlsx",
        b"x\xfe\xff.xlsx",
    ];
    for name in names {
        std::fs::write(folder.join(Path::new(OsStr::from_bytes(name))), "PK\x03\x04").unwrap();
    }
    for name in ["xã.xlsx", "xa\u{303}.xlsx"] {
        std::fs::write(folder.join(name), "PK\x03\x04").unwrap();
    }
    for arguments in [["check", "--period", MARCH], ["run", "--period", MARCH]] {
        let said = sandbox.da06(&arguments);
        let commands = |text: &str| {
            text.contains(|one: char| (one.is_control() && one != '\n') || one == '\u{202e}')
        };
        assert!(!commands(&said.stdout) && !commands(&said.stderr), "{}", said.stdout);
    }
    let findings = Findings::of(&sandbox);
    let replaced = format!("{MARCH}/x\u{fffd}\u{fffd}.xlsx");
    for path in [replaced.clone(), format!("{replaced} (2)"), format!("{MARCH}/xã.xlsx (2)")] {
        assert!(!findings.codes_of(&path).is_empty(), "{path}");
    }
}

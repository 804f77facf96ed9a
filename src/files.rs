//! Disk access: every error names the path and what was tried. The only place that calls `std::fs`.

use std::{
    fmt::{self, Display, Formatter, Write},
    fs,
    io::{self, Read},
    path::{Path, PathBuf},
    thread,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use sha2::{Digest, Sha256};

/// How often a rename is tried again, and how long is waited before: a second in all.
const RENAMES: usize = 10;
const BETWEEN_RENAMES: Duration = Duration::from_millis(100);

/// A failed access to the disk.
#[derive(Debug, thiserror::Error)]
#[error("không {action} được `{}`", path.display())]
pub struct FileError {
    /// What was tried, as a Vietnamese verb: "đọc", "ghi".
    pub action: &'static str,
    /// The path.
    pub path: PathBuf,
    /// What the system said.
    pub source: io::Error,
}

impl FileError {
    /// Returns advice for the person at the keyboard, where the system's word allows one.
    pub fn hint(&self) -> Option<String> {
        // 32 and 33: Windows' sharing and lock violation, which `ErrorKind` does not tell apart.
        let in_use = cfg!(windows) && matches!(self.source.raw_os_error(), Some(32 | 33));
        let name = self.path.display();
        match self.source.kind() {
            _ if in_use => {
                Some(format!("đóng tệp `{name}` trong Excel hoặc trình xem PDF rồi chạy lại"))
            }
            io::ErrorKind::NotFound => Some(format!("kiểm tra lại đường dẫn `{name}`")),
            io::ErrorKind::PermissionDenied => {
                Some(format!("xin quyền đọc, ghi đối với `{name}`, hoặc đóng tệp nếu đang mở"))
            }
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
                Some("ổ đĩa đã đầy: xóa bớt tệp không cần rồi chạy lại".to_owned())
            }
            io::ErrorKind::FileTooLarge => Some(format!("kiểm tra lại nội dung tệp `{name}`")),
            io::ErrorKind::InvalidInput => Some(format!("thay `{name}` bằng một tệp thường")),
            io::ErrorKind::ReadOnlyFilesystem => Some("ổ đĩa chỉ cho đọc".to_owned()),
            _ => None,
        }
    }

    /// Returns what stands in the way, in Vietnamese where the system's word is a usual one.
    pub fn reason(&self) -> String {
        match self.source.kind() {
            io::ErrorKind::NotFound => {
                "tệp đã bị xóa hoặc đổi tên, hoặc tên có ký tự lạ".to_owned()
            }
            io::ErrorKind::PermissionDenied => "không có quyền đọc".to_owned(),
            io::ErrorKind::IsADirectory => "liên kết đến một thư mục".to_owned(),
            io::ErrorKind::InvalidFilename => "đường dẫn quá dài".to_owned(),
            _ => self.source.to_string(),
        }
    }
}

/// Returns a closure that gives an `io::Error` its path.
fn failed<'a>(action: &'static str, path: &'a Path) -> impl FnOnce(io::Error) -> FileError + 'a {
    move |source| FileError { action, path: path.to_owned(), source }
}

/// Returns the bytes of a file.
pub fn read(path: &Path) -> Result<Vec<u8>, FileError> {
    read_at_most(path, u64::MAX)
}

/// Returns the first bytes of a file: one that grows while it is read ends there.
#[expect(clippy::disallowed_methods, reason = "this is the place that names the path")]
pub fn read_at_most(path: &Path, most: u64) -> Result<Vec<u8>, FileError> {
    let read = || {
        let length = length_of_ordinary(path)?.min(most);
        let mut bytes = Vec::with_capacity(usize::try_from(length).unwrap_or_default());
        if length > 0 {
            fs::File::open(path)?.take(most).read_to_end(&mut bytes)?;
        }
        Ok(bytes)
    };
    read().map_err(failed("đọc", path))
}

/// Returns the bytes of a file that people write, refusing one that is larger than people write.
pub fn read_within(path: &Path, most: u64) -> Result<Vec<u8>, FileError> {
    let bytes = read_at_most(path, most.saturating_add(1))?;
    if bytes.len() as u64 > most {
        let words = format!("tệp lớn bất thường: hơn {most} byte");
        let source = io::Error::new(io::ErrorKind::FileTooLarge, words);
        return Err(FileError { action: "đọc", path: path.to_owned(), source });
    }
    Ok(bytes)
}

/// Returns the length of what has one. A pipe, a socket or a device is not even opened: it could let
/// a reader wait for ever, or never end. So could what the system makes up under a length of 0.
fn length_of_ordinary(path: &Path) -> io::Result<u64> {
    let metadata = fs::metadata(path)?;
    if metadata.is_file() || metadata.is_dir() {
        return Ok(metadata.len());
    }
    let words = "không phải là tệp mà là ống dẫn, ổ cắm hoặc thiết bị";
    Err(io::Error::new(io::ErrorKind::InvalidInput, words))
}

/// Returns the bytes of a file, or nothing when there is no such file.
pub fn read_optional(path: &Path) -> Result<Option<Vec<u8>>, FileError> {
    match read(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.source.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// Writes a file, whatever stood there.
#[expect(clippy::disallowed_methods, reason = "this is the place that names the path")]
pub fn write(path: &Path, bytes: &[u8]) -> Result<(), FileError> {
    fs::write(path, bytes).map_err(failed("ghi", path))
}

/// Creates a folder and those above it.
#[expect(clippy::disallowed_methods, reason = "this is the place that names the path")]
pub fn create_folder(path: &Path) -> Result<(), FileError> {
    fs::create_dir_all(path).map_err(failed("tạo thư mục", path))
}

/// Renames a file within a folder, replacing the one that has the name. On Windows another program may
/// look into a file that was just written and hold it for a moment.
#[expect(clippy::disallowed_methods, reason = "this is the place that names the path")]
pub fn rename(from: &Path, to: &Path) -> Result<(), FileError> {
    let mut renamed = fs::rename(from, to);
    for _ in 0..RENAMES {
        if !renamed.as_ref().is_err_and(is_held) {
            break;
        }
        thread::sleep(BETWEEN_RENAMES);
        renamed = fs::rename(from, to);
    }
    renamed.map_err(failed("thay", to))
}

/// Returns whether a file may be held by another program of Windows: access denied, sharing or lock
/// violation.
fn is_held(error: &io::Error) -> bool {
    cfg!(windows) && matches!(error.raw_os_error(), Some(5 | 32 | 33))
}

/// Removes a file; none is as good as removed.
#[expect(clippy::disallowed_methods, reason = "this is the place that names the path")]
pub fn remove(path: &Path) -> Result<(), FileError> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(failed("xóa", path)(error)),
        _ => Ok(()),
    }
}

/// Removes a folder with nothing in it.
pub fn remove_empty_folder(path: &Path) -> Result<(), FileError> {
    fs::remove_dir(path).map_err(failed("xóa thư mục", path))
}

/// Opens a file for locking, creating it when there is none.
pub fn open_for_lock(path: &Path) -> Result<fs::File, FileError> {
    fs::OpenOptions::new()
        .read(true)
        .write(true)
        .create(true)
        .truncate(false)
        .open(path)
        .map_err(failed("mở", path))
}

/// Returns how many bytes a file has; nothing when the system does not say.
pub fn length(path: &Path) -> Option<u64> {
    fs::metadata(path).ok().map(|metadata| metadata.len())
}

/// What tells a file from its earlier and later versions without reading it; never printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stamp {
    /// Length in bytes.
    pub length: u64,
    changed: Option<SystemTime>,
}

impl Display for Stamp {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        let changed = self.changed.and_then(|changed| changed.duration_since(UNIX_EPOCH).ok());
        write!(formatter, "{}:{}", self.length, changed.unwrap_or_default().as_nanos())
    }
}

/// Returns the stamp of a file that is there.
pub fn stamp(path: &Path) -> Option<Stamp> {
    let metadata = fs::metadata(path).ok()?;
    Some(Stamp { length: metadata.len(), changed: metadata.modified().ok() })
}

/// Returns the names of the entries of a folder that are files, sorted.
pub fn names_in(folder: &Path) -> Result<Vec<String>, FileError> {
    Ok(entries(folder)?
        .into_iter()
        .filter(|(_, is_folder)| !is_folder)
        .map(|(name, _)| name)
        .collect())
}

/// Returns the names of the folders in a folder, sorted; none when the folder is not there.
pub fn folders_in(folder: &Path) -> Result<Vec<String>, FileError> {
    if !folder.is_dir() {
        return Ok(Vec::new());
    }
    Ok(entries(folder)?
        .into_iter()
        .filter(|(_, is_folder)| *is_folder)
        .map(|(name, _)| name)
        .collect())
}

/// Returns the paths of all files below a folder, with `/` between folders, sorted. Names that are
/// no Unicode are shown with replacement characters and cannot be opened by that path; a folder that
/// cannot be listed stands among the files, as one that cannot be read.
pub fn tree(folder: &Path) -> Result<Vec<String>, FileError> {
    let mut paths = Vec::new();
    let mut pending = vec![String::new()];
    while let Some(prefix) = pending.pop() {
        let entries = match entries(&folder.join(&prefix)) {
            Err(_) if !prefix.is_empty() => {
                paths.push(prefix);
                continue;
            }
            entries => entries?,
        };
        for (name, is_folder) in entries {
            let path = if prefix.is_empty() { name } else { format!("{prefix}/{name}") };
            if is_folder { pending.push(path) } else { paths.push(path) }
        }
    }
    paths.sort();
    Ok(paths)
}

#[expect(clippy::disallowed_methods, reason = "this is the place that names the path")]
fn entries(folder: &Path) -> Result<Vec<(String, bool)>, FileError> {
    let mut entries = Vec::new();
    for entry in fs::read_dir(folder).map_err(failed("đọc thư mục", folder))? {
        let entry = entry.map_err(failed("đọc thư mục", folder))?;
        // A link to a folder is not followed: it could lead in a circle.
        let is_folder = entry.file_type().map_err(failed("đọc thư mục", folder))?.is_dir();
        entries.push((entry.file_name().to_string_lossy().into_owned(), is_folder));
    }
    entries.sort();
    Ok(entries)
}

/// Returns the SHA-256 of bytes in lower-case hexadecimal, as `sha256sum` and `certutil` print it.
pub fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().fold(String::with_capacity(64), |mut digits, byte| {
        let _infallible = write!(digits, "{byte:02x}");
        digits
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_name_the_path_and_what_to_do() {
        let error = read(Path::new("/nowhere/at-all.xlsx")).unwrap_err();
        assert_eq!(error.to_string(), "không đọc được `/nowhere/at-all.xlsx`");
        assert!(error.hint().unwrap().contains("/nowhere/at-all.xlsx"));
        assert!(read_optional(Path::new("/nowhere/at-all.xlsx")).unwrap().is_none());
    }

    #[cfg(unix)]
    #[test]
    fn what_has_no_end_is_not_opened() {
        let folder = tempfile::tempdir().unwrap();
        let pipe = folder.path().join("a.xlsx");
        assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
        for path in [pipe.as_path(), Path::new("/dev/zero")] {
            assert!(read(path).unwrap_err().reason().contains("không phải là tệp"));
        }
        assert_eq!(read(folder.path()).unwrap_err().reason(), "liên kết đến một thư mục");
        write(&folder.path().join("b"), b"1234").unwrap();
        assert_eq!(read_at_most(&folder.path().join("b"), 3).unwrap(), b"123");
        assert_eq!(read_within(&folder.path().join("b"), 4).unwrap(), b"1234");
        let error = read_within(&folder.path().join("b"), 3).unwrap_err();
        assert!(error.reason().contains("lớn bất thường") && error.hint().is_some());
    }

    #[test]
    fn the_hash_is_that_of_sha256sum() {
        assert!(sha256(b"").starts_with("e3b0c44298fc1c149afbf4c8996fb924"));
    }

    #[test]
    fn a_tree_is_sorted_and_has_forward_slashes() {
        let folder = tempfile::tempdir().unwrap();
        create_folder(&folder.path().join("b/c")).unwrap();
        for name in ["b/c/2", "a", "b/1"] {
            write(&folder.path().join(name), b"").unwrap();
        }
        assert_eq!(tree(folder.path()).unwrap(), ["a", "b/1", "b/c/2"]);
        assert_eq!(folders_in(folder.path()).unwrap(), ["b"]);
        assert_eq!(names_in(folder.path()).unwrap(), ["a"]);
    }
}

//! The lock that keeps two runs in one workspace apart.

use std::{
    fs::{File, TryLockError},
    path::Path,
};

use super::PublishError;
use crate::files::{self, FileError};

/// A lock of the operating system on a file, released when dropped or when the process ends.
#[derive(Debug)]
pub struct Lock {
    _file: File,
}

impl Lock {
    /// Takes the lock, or says at once that another run has it.
    pub fn acquire(path: &Path) -> Result<Self, PublishError> {
        let file = files::open_for_lock(path)?;
        match file.try_lock() {
            Ok(()) => Ok(Self { _file: file }),
            Err(TryLockError::WouldBlock) => Err(PublishError::Locked { path: path.to_owned() }),
            Err(TryLockError::Error(source)) => {
                Err(FileError { action: "khóa", path: path.to_owned(), source }.into())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_runs_are_kept_apart() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("khoa");
        let first = Lock::acquire(&path).unwrap();
        assert!(matches!(Lock::acquire(&path), Err(PublishError::Locked { .. })));
        drop(first);
        Lock::acquire(&path).unwrap();
    }
}

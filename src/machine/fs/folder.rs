//! Listings of folders.

use std::ffi::OsString;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::{FileType, Metadata};
use crate::machine::fault::{Call, FaultWatch, meet, watch_of};

/// The entries of a folder, in no particular order.
#[derive(Debug)]
pub struct ReadDir {
    inner: std::fs::ReadDir,
    watch: Option<Arc<FaultWatch>>,
}

/// An entry of a folder.
#[derive(Debug)]
pub struct DirEntry {
    inner: std::fs::DirEntry,
    watch: Option<Arc<FaultWatch>>,
}

/// Lists a folder.
///
/// # Errors
/// If the path is not a folder, or cannot be read.
pub fn read_dir(path: impl AsRef<Path>) -> io::Result<ReadDir> {
    let path = path.as_ref();
    meet(Call::List, path)?;
    Ok(ReadDir { inner: std::fs::read_dir(path)?, watch: watch_of(path) })
}

impl Iterator for ReadDir {
    type Item = io::Result<DirEntry>;

    fn next(&mut self) -> Option<Self::Item> {
        let entry = self.inner.next()?;
        if let Some(watch) = &self.watch
            && let Err(error) = watch.meet(Call::List)
        {
            return Some(Err(error));
        }
        Some(entry.map(|inner| DirEntry { inner, watch: self.watch.clone() }))
    }
}

impl DirEntry {
    /// The name.
    #[must_use]
    pub fn file_name(&self) -> OsString {
        self.inner.file_name()
    }

    /// The folder's path and the name.
    #[must_use]
    pub fn path(&self) -> PathBuf {
        self.inner.path()
    }

    /// Type of the entry; symlinks are not followed.
    ///
    /// # Errors
    /// If the file system reports an error.
    pub fn file_type(&self) -> io::Result<FileType> {
        self.meet()?;
        self.inner.file_type()
    }

    /// Metadata of the entry; symlinks are not followed.
    ///
    /// # Errors
    /// If the file system reports an error.
    pub fn metadata(&self) -> io::Result<Metadata> {
        self.meet()?;
        self.inner.metadata()
    }

    fn meet(&self) -> io::Result<()> {
        match &self.watch {
            None => Ok(()),
            Some(watch) => watch.meet(Call::Stat).map(drop),
        }
    }
}

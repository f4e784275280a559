//! The file system: `std::fs` with a seam for injected faults.
//!
//! Names and meanings are those of `std::fs`. One thing differs: files are opened [without waiting](File::open), and FIFOs, sockets and
//! devices are refused, because none of them is a file of a site.

mod file;
mod folder;
mod remains;
mod whole;

use std::io;
#[cfg(test)]
use std::io::Write as _;
use std::path::{Path, PathBuf};

pub use std::fs::{FileType, Metadata, Permissions, TryLockError};

pub use file::{File, OpenOptions, ended_early, special};
pub use folder::{DirEntry, read_dir};
pub use remains::{Remains, remove_if_empty};
pub use whole::whole;

use super::fault::{Call, meet};

/// Reads all bytes of a file.
///
/// # Errors
/// If the file cannot be read, is not a regular file, or ends before the length in its metadata.
pub fn read(path: impl AsRef<Path>) -> io::Result<Vec<u8>> {
    read_limited(path, u64::MAX).and_then(|bytes| bytes.ok_or_else(|| io::ErrorKind::FileTooLarge.into()))
}

/// Reads all bytes of a file; `None` if there are more than `limit`.
///
/// # Errors
/// As [`read`].
pub fn read_limited(path: impl AsRef<Path>, limit: u64) -> io::Result<Option<Vec<u8>>> {
    let mut file = File::open(path)?;
    let len = file.metadata()?.len();
    if len > limit {
        return Ok(None);
    }
    // One byte more shows that the file has grown. The length is only a hint: files in `/proc` report 0.
    let bytes = file.read_between(len, limit.saturating_add(1))?;
    Ok((bytes.len() as u64 <= limit).then_some(bytes))
}

/// Reads the text of a file.
///
/// # Errors
/// As [`read`], and if the file is not UTF-8.
pub fn read_to_string(path: impl AsRef<Path>) -> io::Result<String> {
    String::from_utf8(read(path)?).map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error.utf8_error()))
}

/// Writes a file in place. For files that matter, use `cache::atomic`.
#[cfg(test)]
pub(crate) fn write(path: impl AsRef<Path>, bytes: impl AsRef<[u8]>) -> io::Result<()> {
    OpenOptions::new().write(true).create(true).truncate(true).open(path)?.write_all(bytes.as_ref())
}

/// Metadata; symlinks are followed.
///
/// # Errors
/// If there is nothing at the path, or if it cannot be read.
pub fn metadata(path: impl AsRef<Path>) -> io::Result<Metadata> {
    meet(Call::Stat, path.as_ref())?;
    std::fs::metadata(path)
}

/// Metadata of a symlink itself.
///
/// # Errors
/// If there is nothing at the path, or if it cannot be read.
pub fn symlink_metadata(path: impl AsRef<Path>) -> io::Result<Metadata> {
    meet(Call::Stat, path.as_ref())?;
    std::fs::symlink_metadata(path)
}

/// Whether the path exists; symlinks are followed.
///
/// # Errors
/// If the file system cannot answer.
pub fn exists(path: impl AsRef<Path>) -> io::Result<bool> {
    meet(Call::Stat, path.as_ref())?;
    std::fs::exists(path)
}

/// The path without symlinks and dots.
///
/// # Errors
/// If there is nothing at the path, or if a folder on the way cannot be read.
pub fn canonicalize(path: impl AsRef<Path>) -> io::Result<PathBuf> {
    meet(Call::Stat, path.as_ref())?;
    std::fs::canonicalize(path)
}

/// Target of a symlink, as written in it.
///
/// # Errors
/// If the path is not a symlink, or cannot be read.
pub fn read_link(path: impl AsRef<Path>) -> io::Result<PathBuf> {
    meet(Call::Stat, path.as_ref())?;
    std::fs::read_link(path)
}

/// Creates a folder.
///
/// # Errors
/// If the path exists already, or the folder cannot be created.
pub fn create_dir(path: impl AsRef<Path>) -> io::Result<()> {
    meet(Call::MakeFolder, path.as_ref())?;
    std::fs::create_dir(path)
}

/// Creates a folder and all missing folders above it.
///
/// # Errors
/// If one of them cannot be created.
pub fn create_dir_all(path: impl AsRef<Path>) -> io::Result<()> {
    meet(Call::MakeFolder, path.as_ref())?;
    std::fs::create_dir_all(path)
}

/// Removes a file or a symlink.
///
/// # Errors
/// If it does not exist or cannot be removed.
pub fn remove_file(path: impl AsRef<Path>) -> io::Result<()> {
    meet(Call::Remove, path.as_ref())?;
    std::fs::remove_file(path)
}

/// Removes an empty folder.
///
/// # Errors
/// If it does not exist, is not empty, or cannot be removed.
pub fn remove_dir(path: impl AsRef<Path>) -> io::Result<()> {
    meet(Call::Remove, path.as_ref())?;
    std::fs::remove_dir(path)
}

/// Renames a file; an existing file of the new name is replaced.
///
/// # Errors
/// If the file system refuses.
pub fn rename(from: impl AsRef<Path>, to: impl AsRef<Path>) -> io::Result<()> {
    meet(Call::Rename, to.as_ref())?;
    std::fs::rename(from, to)
}

/// Creates a hard link.
///
/// # Errors
/// If the file system refuses.
pub fn hard_link(from: impl AsRef<Path>, to: impl AsRef<Path>) -> io::Result<()> {
    meet(Call::Link, to.as_ref())?;
    std::fs::hard_link(from, to)
}

/// Creates a copy that shares its blocks with the original.
///
/// # Errors
/// If the file system does not support reflinks.
pub fn reflink(from: impl AsRef<Path>, to: impl AsRef<Path>) -> io::Result<()> {
    meet(Call::Link, to.as_ref())?;
    reflink_copy::reflink(from, to)
}

/// Sets the permissions of a file.
///
/// # Errors
/// If the file system refuses.
pub fn set_permissions(path: impl AsRef<Path>, permissions: Permissions) -> io::Result<()> {
    meet(Call::Set, path.as_ref())?;
    std::fs::set_permissions(path, permissions)
}

//! The file system, as `std::fs` has it, with a seam for faults.
//!
//! Names and meanings are those of `std::fs`, so each call here reads as a call there. What is different: files are opened
//! [without waiting](File::open) for a FIFO, a socket or a device, none of which is a file of a site.

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

/// All bytes of a file.
///
/// # Errors
/// If it cannot be read, if it is no regular file, or if it ends before the length that the file system gives.
pub fn read(path: impl AsRef<Path>) -> io::Result<Vec<u8>> {
    read_limited(path, u64::MAX).and_then(|bytes| bytes.ok_or_else(|| io::ErrorKind::FileTooLarge.into()))
}

/// All bytes of a file, or `None` if there are more than `limit`.
///
/// # Errors
/// As [`read`].
pub fn read_limited(path: impl AsRef<Path>, limit: u64) -> io::Result<Option<Vec<u8>>> {
    let mut file = File::open(path)?;
    let len = file.metadata()?.len();
    if len > limit {
        return Ok(None);
    }
    // One byte more shows that the file has grown. The length is only a hint: /proc says 0.
    let bytes = file.read_between(len, limit.saturating_add(1))?;
    Ok((bytes.len() as u64 <= limit).then_some(bytes))
}

/// The text of a file.
///
/// # Errors
/// As [`read`], and if it is not UTF-8.
pub fn read_to_string(path: impl AsRef<Path>) -> io::Result<String> {
    String::from_utf8(read(path)?).map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error.utf8_error()))
}

/// Writes a file in place. `cache::atomic` is the way for files that matter.
#[cfg(test)]
pub(crate) fn write(path: impl AsRef<Path>, bytes: impl AsRef<[u8]>) -> io::Result<()> {
    OpenOptions::new().write(true).create(true).truncate(true).open(path)?.write_all(bytes.as_ref())
}

/// Metadata, symbolic links followed.
///
/// # Errors
/// If there is nothing, or if it cannot be looked at.
pub fn metadata(path: impl AsRef<Path>) -> io::Result<Metadata> {
    meet(Call::Stat, path.as_ref())?;
    std::fs::metadata(path)
}

/// Metadata of a symbolic link itself.
///
/// # Errors
/// If there is nothing, or if it cannot be looked at.
pub fn symlink_metadata(path: impl AsRef<Path>) -> io::Result<Metadata> {
    meet(Call::Stat, path.as_ref())?;
    std::fs::symlink_metadata(path)
}

/// Whether something is there, symbolic links followed.
///
/// # Errors
/// If that cannot be told.
pub fn exists(path: impl AsRef<Path>) -> io::Result<bool> {
    meet(Call::Stat, path.as_ref())?;
    std::fs::exists(path)
}

/// The path without symbolic links and dots.
///
/// # Errors
/// If there is nothing, or if a folder on the way cannot be looked at.
pub fn canonicalize(path: impl AsRef<Path>) -> io::Result<PathBuf> {
    meet(Call::Stat, path.as_ref())?;
    std::fs::canonicalize(path)
}

/// The text of a symbolic link.
///
/// # Errors
/// If it is none, or cannot be looked at.
pub fn read_link(path: impl AsRef<Path>) -> io::Result<PathBuf> {
    meet(Call::Stat, path.as_ref())?;
    std::fs::read_link(path)
}

/// Makes a folder.
///
/// # Errors
/// If it is there already, or cannot be made.
pub fn create_dir(path: impl AsRef<Path>) -> io::Result<()> {
    meet(Call::MakeFolder, path.as_ref())?;
    std::fs::create_dir(path)
}

/// Makes a folder, and all folders that it is in.
///
/// # Errors
/// If one of them cannot be made.
pub fn create_dir_all(path: impl AsRef<Path>) -> io::Result<()> {
    meet(Call::MakeFolder, path.as_ref())?;
    std::fs::create_dir_all(path)
}

/// Removes a file or a symbolic link.
///
/// # Errors
/// If it is not there, or cannot be removed.
pub fn remove_file(path: impl AsRef<Path>) -> io::Result<()> {
    meet(Call::Remove, path.as_ref())?;
    std::fs::remove_file(path)
}

/// Removes an empty folder.
///
/// # Errors
/// If it is not there, is not empty, or cannot be removed.
pub fn remove_dir(path: impl AsRef<Path>) -> io::Result<()> {
    meet(Call::Remove, path.as_ref())?;
    std::fs::remove_dir(path)
}

/// Renames a file, in place of what has the new name.
///
/// # Errors
/// If that cannot be done.
pub fn rename(from: impl AsRef<Path>, to: impl AsRef<Path>) -> io::Result<()> {
    meet(Call::Rename, to.as_ref())?;
    std::fs::rename(from, to)
}

/// A second name for a file.
///
/// # Errors
/// If that cannot be done.
pub fn hard_link(from: impl AsRef<Path>, to: impl AsRef<Path>) -> io::Result<()> {
    meet(Call::Link, to.as_ref())?;
    std::fs::hard_link(from, to)
}

/// A copy that shares its blocks with the original.
///
/// # Errors
/// If the file system cannot do that.
pub fn reflink(from: impl AsRef<Path>, to: impl AsRef<Path>) -> io::Result<()> {
    meet(Call::Link, to.as_ref())?;
    reflink_copy::reflink(from, to)
}

/// Gives a file permissions.
///
/// # Errors
/// If that cannot be done.
pub fn set_permissions(path: impl AsRef<Path>, permissions: Permissions) -> io::Result<()> {
    meet(Call::Set, path.as_ref())?;
    std::fs::set_permissions(path, permissions)
}

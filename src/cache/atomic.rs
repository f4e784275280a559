//! Files that appear complete or not at all.
//!
//! In: a path and bytes. Out: a file, written under a temporary name in the same folder and then renamed, so that nobody ever sees
//! half of it. A killed run leaves at most a file whose name shows that it is temporary.

use std::ffi::OsStr;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

use crate::machine::fs::{self, File, OpenOptions};

/// Prefix of the names of all temporary files.
const PREFIX: &str = ".cimaise-tmp-";

/// Whether a file of this name is a temporary file, left behind by a killed run.
#[must_use]
pub fn is_temporary(name: &OsStr) -> bool {
    name.as_encoded_bytes().starts_with(PREFIX.as_bytes())
}

/// Whether the content must survive a power failure right after the rename.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Durability {
    /// It may be lost: the reader notices, and the file can be created again.
    Lazy,
    /// The content is on the disk before the name, and the name before the next step.
    Synced,
}

/// A temporary file. It is removed when it is dropped before [`rename`](Self::rename).
#[derive(Debug)]
pub struct Temporary {
    path: PathBuf,
    renamed: bool,
}

impl Temporary {
    /// Returns an unused name in `folder`, without creating a file.
    #[must_use]
    pub fn name_in(folder: &Path) -> Self {
        static COUNT: AtomicU64 = AtomicU64::new(0);
        // Process numbers can repeat between containers, and clock readings between threads; together with the counter they are unique.
        let clock = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_nanos());
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let path = folder.join(format!("{PREFIX}{:x}-{clock:x}-{count:x}", std::process::id()));
        Self { path, renamed: false }
    }

    /// Creates a new empty file in `folder`, with the permissions that follow from the user's umask.
    ///
    /// # Errors
    /// If the file cannot be created.
    pub fn create_in(folder: &Path) -> io::Result<(Self, File)> {
        let temporary = Self::name_in(folder);
        let file = OpenOptions::new().write(true).create_new(true).open(&temporary.path)?;
        Ok((temporary, file))
    }

    /// Path of the temporary file.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Renames the file to its final name, replacing an existing file.
    ///
    /// # Errors
    /// If it cannot be renamed; the temporary file is then removed.
    pub fn rename(mut self, to: &Path) -> io::Result<()> {
        fs::rename(&self.path, to)?;
        self.renamed = true;
        Ok(())
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        if !self.renamed {
            // Nothing can be done about an error, and the next run removes the file by its name.
            let _ = fs::remove_file(&self.path);
        }
    }
}

/// Writes a file so that its path holds either the old content or all of `bytes`.
///
/// # Errors
/// If the folder of `path` does not exist, cannot be written to, or is full.
pub fn write(path: &Path, bytes: &[u8], durability: Durability) -> io::Result<()> {
    let (temporary, mut file) = Temporary::create_in(path.parent().unwrap_or(Path::new("")))?;
    file.write_all(bytes)?;
    if durability == Durability::Synced {
        file.sync_all()?;
    }
    drop(file);
    temporary.rename(path)?;
    match durability {
        Durability::Lazy => Ok(()),
        Durability::Synced => folder_to_disk(path.parent().unwrap_or(Path::new(""))),
    }
}

/// Flushes the names in a folder to the disk, on systems where folders can be opened.
///
/// # Errors
/// If the disk reports an error.
pub fn folder_to_disk(folder: &Path) -> io::Result<()> {
    if cfg!(not(unix)) {
        return Ok(());
    }
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    File::open_folder(folder)?.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<_> = fs::read_dir(folder)
            .expect("readable")
            .map(|entry| entry.expect("readable").file_name().to_string_lossy().into_owned())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn a_written_file_replaces_the_old_one_and_leaves_nothing_beside_it() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("page");
        write(&path, b"old", Durability::Synced).expect("written");
        write(&path, b"new", Durability::Lazy).expect("written");
        assert_eq!(fs::read(&path).expect("there"), b"new");
        assert_eq!(names(folder.path()), ["page"]);
    }

    #[test]
    fn an_unfinished_file_is_recognised_by_name_and_removed_when_given_up() {
        let folder = tempfile::tempdir().expect("a folder");
        let (temporary, _file) = Temporary::create_in(folder.path()).expect("made");
        assert!(is_temporary(temporary.path().file_name().expect("a name")));
        drop(temporary);
        assert!(names(folder.path()).is_empty());
    }

    #[cfg(unix)]
    #[test]
    fn permissions_are_those_of_any_other_file() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().expect("a folder");
        let (ours, plain) = (folder.path().join("ours"), folder.path().join("plain"));
        write(&ours, b"x", Durability::Lazy).expect("written");
        fs::write(&plain, b"x").expect("written");
        let mode = |path: &Path| fs::metadata(path).expect("there").permissions().mode();
        assert_eq!(mode(&ours), mode(&plain));
    }
}

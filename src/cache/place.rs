//! Freeing a path in the store that something else occupies.
//!
//! In: the path of a file of the store. Out: nothing is there any more. Damaged files, symlinks and empty folders are removed, because
//! only a store creates files of such names there. A folder that is not empty, and a file at the path of a folder, are moved aside:
//! somebody may want them back.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use super::name::Name;
use crate::diagnostic::Failure;
use crate::machine::fs;

/// Result of freeing a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Freed {
    /// The path was empty, or its content was removed.
    Removed,
    /// The content was not cimaise's; it is now at this path.
    Aside(PathBuf),
}

/// Frees a path.
///
/// # Errors
/// If the content can be neither removed nor renamed.
pub(super) fn free(path: &Path) -> Result<Freed, Failure> {
    let metadata = match fs::symlink_metadata(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Freed::Removed),
        metadata => metadata.map_err(Failure::on("read", path))?,
    };
    let kind = metadata.file_type();
    let removed = match kind.is_dir() {
        true => fs::remove_dir(path),
        false if kind.is_symlink() || is_ours(path) => fs::remove_file(path),
        false => Err(ErrorKind::AlreadyExists.into()),
    };
    match removed {
        Ok(()) => Ok(Freed::Removed),
        Err(error) if kind.is_dir() || error.kind() == ErrorKind::AlreadyExists => aside(path),
        Err(error) => Err(Failure::on("remove", path)(error)),
    }
}

/// Whether the name is one that only a store gives.
fn is_ours(path: &Path) -> bool {
    let text = |name: Option<&std::ffi::OsStr>| name.and_then(|name| name.to_str()).unwrap_or_default().to_owned();
    let shard = text(path.parent().and_then(Path::file_name));
    Name::parse(&shard, &text(path.file_name())).is_some()
}

/// Renames a file or folder to an unused name that no store gives.
fn aside(path: &Path) -> Result<Freed, Failure> {
    for number in 1_u32.. {
        let mut name = path.file_name().unwrap_or_default().to_owned();
        name.push(format!(".aside-{number}"));
        let to = path.with_file_name(name);
        if !fs::exists(&to).map_err(Failure::on("read", &to))? {
            fs::rename(path, &to).map_err(Failure::on("move aside", path))?;
            return Ok(Freed::Aside(to));
        }
    }
    Err(Failure::on("move aside", path)(ErrorKind::AlreadyExists.into()))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A path as in a store.
    fn place(folder: &Path) -> PathBuf {
        let name = format!("{}-5-{}", "c".repeat(62), "d".repeat(32));
        std::fs::create_dir_all(folder.join("ab")).expect("made");
        folder.join("ab").join(name)
    }

    #[test]
    fn files_of_the_store_links_and_empty_folders_go() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = place(folder.path());
        assert_eq!(free(&path).expect("free"), Freed::Removed);
        fs::write(&path, "spoiled").expect("written");
        assert_eq!(free(&path).expect("free"), Freed::Removed);
        fs::create_dir(&path).expect("made");
        assert_eq!(free(&path).expect("free"), Freed::Removed);
        #[cfg(unix)]
        {
            let target = folder.path().join("target");
            fs::write(&target, "mine").expect("written");
            std::os::unix::fs::symlink(&target, &path).expect("linked");
            assert_eq!(free(&path).expect("free"), Freed::Removed);
            assert_eq!(fs::read(&target).expect("there"), b"mine");
        }
        assert!(fs::symlink_metadata(&path).is_err());
    }

    #[test]
    fn what_belongs_to_somebody_else_is_moved_aside() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = place(folder.path());
        for number in 1..=2 {
            fs::create_dir(&path).expect("made");
            fs::write(path.join("notes.txt"), "mine").expect("written");
            let Freed::Aside(to) = free(&path).expect("free") else { panic!("removed") };
            assert!(to.to_string_lossy().ends_with(&format!(".aside-{number}")), "{}", to.display());
            assert_eq!(fs::read(to.join("notes.txt")).expect("there"), b"mine");
        }
        let shard = folder.path().join("cd");
        fs::write(&shard, "mine").expect("written");
        assert!(matches!(free(&shard).expect("free"), Freed::Aside(_)));
    }
}

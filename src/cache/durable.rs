//! Flushing files to the disk before anything relies on them.
//!
//! In: the paths of files that a run wrote. Out: their bytes and names are on the disk, and the files that are named after their
//! content are sealed. One call per file system flushes everything on it (`syncfs`); where there is no such call, each file and each
//! folder is flushed separately. If nothing was written, nothing waits. Must not know what the files are for.

use std::collections::BTreeSet;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use super::atomic::folder_to_disk;
use super::seal;
use crate::diagnostic::Failure;
use crate::machine::fs::{self, File, OpenOptions};

/// Files that may not be on the disk yet.
#[derive(Debug, Default)]
pub struct Unsettled(Mutex<Vec<UnsettledFile>>);

#[derive(Debug)]
struct UnsettledFile {
    path: PathBuf,
    /// Whether the file is named after its content and carries the mark of [`seal`].
    marked: bool,
}

impl Unsettled {
    /// Adds a file that was written, or found to be complete; it is sealed once it is on the disk. It must carry the
    /// [mark](seal::mark).
    pub fn marked(&self, path: &Path) {
        self.push(path, true);
    }

    /// Adds a written file that is not to be sealed.
    pub fn plain(&self, path: &Path) {
        self.push(path, false);
    }

    fn push(&self, path: &Path, marked: bool) {
        let mut list = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        list.push(UnsettledFile { path: path.to_owned(), marked });
    }

    fn take(&self) -> Vec<UnsettledFile> {
        std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// Flushes all files of these lists to the disk, then seals those that carry the mark. With `sync` false, nothing waits for the disk,
/// which is enough where a power failure does not matter.
///
/// # Errors
/// If the disk reports an error. Then nothing is sealed, and the next run checks the content of each file.
pub fn settle(lists: &[&Unsettled], sync: bool) -> Result<(), Failure> {
    let written: Vec<UnsettledFile> = lists.iter().flat_map(|list| list.take()).collect();
    if written.is_empty() {
        return Ok(());
    }
    if sync {
        let folders: BTreeSet<&Path> = written.iter().filter_map(|file| file.path.parent()).collect();
        bring_to_disk(&written, &folders)?;
    }
    for file in written.iter().filter(|file| file.marked) {
        seal::seal_marked(&file.path);
    }
    Ok(())
}

fn bring_to_disk(written: &[UnsettledFile], folders: &BTreeSet<&Path>) -> Result<(), Failure> {
    if cfg!(target_os = "linux") {
        match file_systems(folders) {
            Err(failure) if is_unknown(&failure.cause) => {}
            result => return result,
        }
    }
    one_by_one(written, folders)
}

/// Whether the error means that the system does not know the call, or forbids it to programs in containers.
fn is_unknown(error: &io::Error) -> bool {
    matches!(error.kind(), ErrorKind::Unsupported | ErrorKind::InvalidInput | ErrorKind::PermissionDenied)
}

/// Flushes each file system that holds one of the folders, once.
fn file_systems(folders: &BTreeSet<&Path>) -> Result<(), Failure> {
    let mut done = BTreeSet::new();
    for folder in folders {
        let failed = || Failure::on("bring to the disk", folder);
        let metadata = fs::metadata(folder).map_err(failed())?;
        if done.insert(device(&metadata)) {
            File::open_folder(folder).and_then(|folder| folder.sync_file_system()).map_err(failed())?;
        }
    }
    Ok(())
}

#[cfg(unix)]
fn device(metadata: &fs::Metadata) -> u64 {
    std::os::unix::fs::MetadataExt::dev(metadata)
}

#[cfg(not(unix))]
fn device(_: &fs::Metadata) -> u64 {
    0
}

/// Flushes each file, then each folder (for the files' names) and its parent folder (for the names of new folders).
fn one_by_one(written: &[UnsettledFile], folders: &BTreeSet<&Path>) -> Result<(), Failure> {
    for UnsettledFile { path, .. } in written {
        // Some systems require write access.
        match OpenOptions::new().write(true).open(path).and_then(|file| file.sync_all()) {
            // Somebody has removed the file.
            Err(error) if error.kind() != ErrorKind::NotFound => {
                return Err(Failure::on("bring to the disk", path)(error));
            }
            _ => {}
        }
    }
    let above = folders.iter().filter_map(|folder| folder.parent());
    let all: BTreeSet<&Path> = folders.iter().copied().chain(above).filter(|folder| *folder != Path::new("")).collect();
    all.into_iter().try_for_each(|folder| folder_to_disk(folder).map_err(Failure::on("bring to the disk", folder)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::machine::fault::{self, Fault, FaultKind};

    /// A folder with a marked file in it.
    fn marked() -> (tempfile::TempDir, PathBuf, Unsettled) {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().canonicalize().expect("there").join("one");
        fs::write(&path, b"x").expect("written");
        seal::mark_at(&path);
        let list = Unsettled::default();
        list.marked(&path);
        (folder, path, list)
    }

    fn is_sealed(path: &Path) -> bool {
        seal::is_sealed(&fs::metadata(path).expect("there"))
    }

    #[test]
    fn what_is_on_the_disk_is_sealed() {
        let (_folder, path, list) = marked();
        let plain = path.with_file_name("plain");
        fs::write(&plain, b"x").expect("written");
        seal::mark_at(&plain);
        list.plain(&plain);
        settle(&[&list], true).expect("settled");
        assert!(is_sealed(&path) && !is_sealed(&plain));
    }

    #[test]
    fn nothing_is_sealed_if_the_disk_does_not_take_it() {
        let (folder, path, list) = marked();
        let root = folder.path().canonicalize().expect("there");
        // The three calls: metadata of the folder, opening it, flushing it.
        for at in 1..=3 {
            list.marked(&path);
            let watching = fault::watch(&root, Fault { kind: FaultKind::Io, at, lasting: true });
            settle(&[&list], true).expect_err("a failure");
            drop(watching);
            assert!(!is_sealed(&path), "{at}");
        }
    }

    #[test]
    fn nothing_is_waited_for_if_nothing_was_written() {
        let (folder, _, _) = marked();
        let root = folder.path().canonicalize().expect("there");
        let watching = fault::watch(&root, Fault { kind: FaultKind::Io, at: 0, lasting: false });
        settle(&[&Unsettled::default()], true).expect("settled");
        assert_eq!(watching.calls(), 0);
    }

    #[test]
    fn without_one_call_for_all_each_file_and_folder_is_brought_by_itself() {
        let (folder, path, list) = marked();
        let root = folder.path().canonicalize().expect("there");
        let written = list.take();
        let folders = BTreeSet::from([path.parent().expect("a folder")]);
        let watching = fault::watch(&root, Fault { kind: FaultKind::Io, at: 0, lasting: false });
        one_by_one(&written, &folders).expect("on the disk");
        // A file and a folder are opened and flushed; the parent folder is not watched.
        assert_eq!(watching.calls(), 4);
    }
}

//! Removing a folder if it is empty.

use std::io::ErrorKind;
use std::path::Path;

use super::{read_dir, remove_dir};

/// State of a folder after an attempt to remove it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Remains {
    /// The folder does not exist any more.
    #[default]
    Nothing,
    /// The folder still exists and is not empty.
    Files,
    /// The empty folder still exists, because a file system is mounted there.
    MountPoint,
    /// The empty folder still exists, for another reason.
    Folder(ErrorKind),
}

/// Removes a folder if it is empty; returns its state afterwards.
pub fn remove_if_empty(path: impl AsRef<Path>) -> Remains {
    let path = path.as_ref();
    let kind = match remove_dir(path) {
        Ok(()) => return Remains::Nothing,
        Err(error) => error.kind(),
    };
    // The system refuses to remove a mount point, or a folder inside a read-only one, before it checks whether the folder is empty.
    let is_empty = read_dir(path).is_ok_and(|mut entries| entries.next().is_none());
    match kind {
        ErrorKind::NotFound => Remains::Nothing,
        _ if !is_empty => Remains::Files,
        ErrorKind::ResourceBusy => Remains::MountPoint,
        kind => Remains::Folder(kind),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::machine::fault::{Fault, FaultKind, watch};

    #[test]
    fn a_folder_goes_if_nothing_is_in_it() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a");
        assert_eq!(remove_if_empty(&path), Remains::Nothing);
        std::fs::create_dir_all(path.join("b")).expect("made");
        assert_eq!(remove_if_empty(&path), Remains::Files);
        assert_eq!(remove_if_empty(path.join("b")), Remains::Nothing);
        assert_eq!(remove_if_empty(&path), Remains::Nothing);
    }

    #[test]
    fn an_empty_folder_that_cannot_go_says_why() {
        let folder = tempfile::tempdir().expect("a folder");
        let watching = watch(folder.path(), Fault { kind: FaultKind::Denied, at: 1, lasting: false });
        assert_eq!(remove_if_empty(folder.path()), Remains::Folder(ErrorKind::PermissionDenied));
        drop(watching);
    }
}

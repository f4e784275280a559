//! Seals: marks on files that are named after their content.
//!
//! Such a file gets a fixed modification time, twice. The first time, the provisional mark, shows that nobody has written to the file
//! since cimaise did; a power failure may still lose bytes and leave length and time. The second time, the seal, is set when the bytes
//! are known to be on the disk, and only the seal counts. A later write, perhaps through another hard link, sets the current time
//! and so breaks either mark: the metadata alone shows whether the content has to be checked again. Where times cannot be set,
//! the content is checked each time.

use std::path::Path;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use crate::machine::fs::{File, Metadata, OpenOptions};

/// Time of the provisional mark: 2001-09-09T01:46:40Z, an even second, because FAT stores no others. Older versions used it as the
/// seal, and set it before the bytes were on the disk.
fn provisional_time() -> SystemTime {
    UNIX_EPOCH + Duration::from_secs(1_000_000_000)
}

/// Time of the seal: 2001-09-09T01:50:00Z.
fn time() -> SystemTime {
    UNIX_EPOCH + Duration::from_secs(1_000_000_200)
}

/// Marks a file that is open for writing; call it after the last write.
pub fn mark(file: &File) {
    // Without the mark, the content is checked again next time.
    let _ = file.set_modified(provisional_time());
}

/// Marks a file whose content is about to be checked, so that a write after the check is noticed.
pub fn mark_at(path: &Path) {
    if let Ok(file) = OpenOptions::new().write(true).open(path) {
        mark(&file);
    }
}

/// Seals a file that still carries the mark. Its content has to be right, and on the disk.
pub(super) fn seal_marked(path: &Path) {
    let Ok(file) = OpenOptions::new().write(true).open(path) else { return };
    let is_marked = |metadata: &Metadata| metadata.modified().is_ok_and(|modified| modified == provisional_time());
    if file.metadata().is_ok_and(|metadata| is_marked(&metadata)) {
        let _ = file.set_modified(time());
    }
}

/// Breaks the seal of a file whose content was found to be wrong, so that every later run checks the content.
pub fn break_at(path: &Path) {
    if let Ok(file) = OpenOptions::new().write(true).open(path) {
        let _ = file.set_modified(SystemTime::now());
    }
}

/// Whether a file with this metadata is unchanged since it was sealed.
#[must_use]
pub fn is_sealed(metadata: &Metadata) -> bool {
    metadata.modified().is_ok_and(|modified| modified == time())
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::io::Write;

    use super::*;

    fn is_sealed_at(path: &Path) -> bool {
        is_sealed(&fs::metadata(path).expect("there"))
    }

    #[test]
    fn a_write_breaks_the_seal_and_a_hard_link_does_not() {
        let folder = tempfile::tempdir().expect("a folder");
        let (one, other) = (folder.path().join("one"), folder.path().join("other"));
        fs::write(&one, b"x").expect("written");
        mark_at(&one);
        assert!(!is_sealed_at(&one), "a mark is no seal");
        seal_marked(&one);
        fs::hard_link(&one, &other).expect("linked");
        assert!(is_sealed_at(&one) && is_sealed_at(&other));
        OpenOptions::new().append(true).open(&other).expect("there").write_all(b"y").expect("written");
        assert!(!is_sealed_at(&one));
    }

    #[test]
    fn a_file_that_was_written_to_after_the_mark_is_not_sealed() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("one");
        fs::write(&path, b"x").expect("written");
        mark_at(&path);
        fs::write(&path, b"y").expect("written");
        seal_marked(&path);
        assert!(!is_sealed_at(&path));
    }

    #[test]
    fn a_broken_seal_stays_broken() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("one");
        fs::write(&path, b"x").expect("written");
        mark_at(&path);
        seal_marked(&path);
        break_at(&path);
        seal_marked(&path);
        assert!(!is_sealed_at(&path));
    }
}

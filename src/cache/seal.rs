//! A mark for files whose content is settled by their name.
//!
//! Such a file is given one fixed modification time. Whoever writes to it later, perhaps through another hard link, gives
//! it the time of the day and so breaks the seal: one look at the metadata tells whether the content has to be checked
//! again. Nothing is lost where times cannot be set, it is only checked each time.

use std::path::Path;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use crate::machine::fs::{File, Metadata, OpenOptions};

/// 2001-09-09T01:46:40Z, an even second, because FAT keeps no others.
fn time() -> SystemTime {
    UNIX_EPOCH + Duration::from_secs(1_000_000_000)
}

/// Seals a file that is open for writing, after the last write.
pub fn seal(file: &File) {
    // Not being able to is no harm.
    let _ = file.set_modified(time());
}

/// Seals a file whose content was just found to be right.
pub fn seal_at(path: &Path) {
    if let Ok(file) = OpenOptions::new().write(true).open(path) {
        seal(&file);
    }
}

/// Whether a file of which this is the metadata is as it was when it was sealed.
#[must_use]
pub fn is_sealed(metadata: &Metadata) -> bool {
    metadata.modified().is_ok_and(|modified| modified == time())
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::io::Write;

    use super::*;

    #[test]
    fn a_write_breaks_the_seal_and_a_hard_link_does_not() {
        let folder = tempfile::tempdir().expect("a folder");
        let (one, other) = (folder.path().join("one"), folder.path().join("other"));
        let sealed = |path: &Path| is_sealed(&fs::metadata(path).expect("there"));
        fs::write(&one, b"x").expect("written");
        assert!(!sealed(&one));
        seal_at(&one);
        fs::hard_link(&one, &other).expect("linked");
        assert!(sealed(&one) && sealed(&other));
        OpenOptions::new().append(true).open(&other).expect("there").write_all(b"y").expect("written");
        assert!(!sealed(&one));
    }
}

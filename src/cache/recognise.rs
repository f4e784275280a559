//! Which folders are caches.
//!
//! A cache holds the pictures of protected pages as they are, and bytes that were never published. So a cache is
//! recognised wherever it lies, by what it says of itself, and whoever publishes, serves or deploys folders leaves it out.

use std::ffi::OsStr;
use std::io::{self, Read as _};
use std::path::Path;

use super::atomic;
use crate::diagnostic::Failure;
use crate::machine::fs::{self, File};

/// What the `version` file of a cache holds. Another version is emptied, not understood.
pub(super) const VERSION: &str = "cimaise cache 1\n";

/// How the `version` file of every cache begins.
const VERSION_PREFIX: &str = "cimaise cache ";

/// What tells backups that a folder can be left out (bford.info/cachedir), and us that it is ours.
pub(super) const TAG: &str = "Signature: 8a477f597d28d172789f06886806bc55\n\
    # Made by cimaise. Without this folder the next build takes longer, and encrypts protected files anew.\n";

/// What the second line of the tag of every cache begins with.
const TAG_MAKER: &str = "# Made by cimaise";

/// What makes git leave a cache out.
pub(super) const IGNORE: &str = "*\n";

/// Whether a folder that holds a file of this name may be a cache: for those who have the names already, before they ask
/// [`is_cache`].
#[must_use]
pub fn marks_cache(name: &OsStr) -> bool {
    name == "version" || name == "CACHEDIR.TAG"
}

/// Whether this folder is a cache of cimaise, of whatever version. Either of its two marks is enough: the other may have been cut
/// short by a power failure.
#[must_use]
pub fn is_cache(folder: &Path) -> bool {
    let says = |name: &str, is_ours: fn(&str) -> bool| beginning(&folder.join(name)).is_ok_and(|text| is_ours(&text));
    says("version", |text| text.starts_with(VERSION_PREFIX))
        || says("CACHEDIR.TAG", |text| text.lines().nth(1).is_some_and(|line| line.starts_with(TAG_MAKER)))
}

/// Whether a file or folder lies in a cache, or is one; `path` is without symbolic links.
#[must_use]
pub fn is_in_cache(path: &Path) -> bool {
    path.ancestors().any(is_cache)
}

/// The beginning of a file; marks are short.
fn beginning(path: &Path) -> io::Result<String> {
    let mut bytes = Vec::new();
    File::open(path)?.take(256).read_to_end(&mut bytes)?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// A folder that holds something else must not become a cache: git and backups would skip it from then on.
pub(super) fn refuse_foreign(folder: &Path) -> Result<(), Failure> {
    if is_cache(folder) {
        return Ok(());
    }
    for entry in fs::read_dir(folder).map_err(Failure::on("read", folder))? {
        let name = entry.map_err(Failure::on("read", folder))?.file_name();
        if !is_of_the_beginning(&name) {
            let cause = io::Error::new(io::ErrorKind::AlreadyExists, "it holds files that are not cimaise's");
            let help = Some("choose an empty or a new folder with `--cache-dir`".to_owned());
            return Err(Failure { help, ..Failure::on("use as a cache", folder)(cause) });
        }
    }
    Ok(())
}

/// A run that was killed when it made the cache, or removed it, leaves no more than these.
pub(super) fn is_of_the_beginning(name: &OsStr) -> bool {
    name == "lock" || atomic::is_temporary(name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cache::Cache;

    #[test]
    fn a_cache_of_any_version_is_recognised_by_either_of_its_marks() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("cache");
        drop(Cache::open(&path).expect("made"));
        assert!(is_cache(&path) && is_in_cache(&path.join("store/ab/file")) && !is_in_cache(folder.path()));
        fs::write(path.join("version"), "").expect("cut short");
        assert!(is_cache(&path));
        fs::write(path.join("version"), "cimaise cache 99\n").expect("written");
        fs::remove_file(path.join("CACHEDIR.TAG")).expect("removed");
        assert!(is_cache(&path));
    }

    #[test]
    fn caches_of_other_programs_and_files_called_version_are_none() {
        let folder = tempfile::tempdir().expect("a folder");
        fs::write(folder.path().join("version"), "1.2.3\n").expect("written");
        fs::write(folder.path().join("CACHEDIR.TAG"), "Signature: 8a477f597d28d172789f06886806bc55\n# by cargo\n")
            .expect("written");
        assert!(!is_cache(folder.path()));
    }
}

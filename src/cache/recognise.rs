//! Recognising cache folders.
//!
//! A cache contains the unencrypted pictures of protected pages, and files that were never published. Therefore a cache is recognised
//! by its marker files wherever it is, and whoever publishes, serves or deploys folders leaves it out.

use std::ffi::OsStr;
use std::io::{self, Read as _};
use std::path::Path;

use super::atomic;
use crate::diagnostic::Failure;
use crate::machine::fs::{self, File};

/// Content of the `version` file. A cache of another version is emptied.
pub(super) const VERSION: &str = "cimaise cache 1\n";

/// Prefix of the `version` file of every cache.
const VERSION_PREFIX: &str = "cimaise cache ";

/// Content of `CACHEDIR.TAG`: backup programs skip the folder (bford.info/cachedir), and cimaise recognises it.
pub(super) const TAG: &str = "Signature: 8a477f597d28d172789f06886806bc55\n\
    # Made by cimaise. Without this folder the next build takes longer, and encrypts protected files anew.\n";

/// Prefix of the second line of the tag of every cache.
const TAG_MAKER: &str = "# Made by cimaise";

/// Content of `.gitignore`: git ignores the cache.
pub(super) const IGNORE: &str = "*\n";

/// Whether a folder that contains a file of this name may be a cache: a quick check before [`is_cache`] for callers that already have
/// the names.
#[must_use]
pub fn marks_cache(name: &OsStr) -> bool {
    name == "version" || name == "CACHEDIR.TAG"
}

/// Whether this folder is a cache of cimaise, of any version. Either of the two marker files is enough: a power failure may have
/// truncated the other.
#[must_use]
pub fn is_cache(folder: &Path) -> bool {
    let says = |name: &str, is_ours: fn(&str) -> bool| beginning(&folder.join(name)).is_ok_and(|text| is_ours(&text));
    says("version", |text| text.starts_with(VERSION_PREFIX))
        || says("CACHEDIR.TAG", |text| text.lines().nth(1).is_some_and(|line| line.starts_with(TAG_MAKER)))
}

/// Whether a file or folder is a cache or is inside one; `path` is without symlinks.
#[must_use]
pub fn is_in_cache(path: &Path) -> bool {
    path.ancestors().any(is_cache)
}

/// Reads the first 256 bytes of a file; marker files are short.
fn beginning(path: &Path) -> io::Result<String> {
    let mut bytes = Vec::new();
    File::open(path)?.take(256).read_to_end(&mut bytes)?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// Refuses a folder that contains other files: if it became a cache, git and backups would skip them.
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

/// Whether a run that was killed while creating or removing a cache can have left a file of this name.
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

//! Removing a cache: only files that belong to it by name.
//!
//! In: a folder. Out: the same folder without the cache; the folder is removed, too, if it is then empty. Files of unknown names
//! belong to somebody else and stay.

use std::ffi::OsStr;
use std::io;
use std::path::{Path, PathBuf};

use super::recognise::{IGNORE, is_cache, is_of_the_beginning};
use super::{atomic, store};
use crate::diagnostic::Failure;
use crate::machine::fs::{self, File, OpenOptions, Remains};

/// Files that depend on the version and can be created again. A name that any version of cimaise used stays in this list.
const REMADE: [&str; 3] = ["ledger.json", "made.json", "unwanted.json"];

/// Prefix and suffix of the names of inventories, around the digits of a hash. Inventories can be created again, too.
pub(super) const INVENTORY: (&str, &str) = ("published-", ".json");

/// Files that every cache has until it is removed as a whole (`secret` in older versions only), in the order of removal: a cache
/// that is half removed is still recognised as one.
const LASTING: [&str; 5] = ["salt", "secret", ".gitignore", "version", "CACHEDIR.TAG"];

/// The lock file, which is empty.
const LOCK: &str = "lock";

/// Result of removing a cache.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Removal {
    /// There is no such folder.
    Nothing,
    /// The folder is not a cache; nothing was touched.
    Foreign,
    /// The cache was removed, or would be.
    Done(Removed),
}

/// Files that were removed, or would be.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Removed {
    /// Paths of the files, in the order of removal.
    pub files: Vec<PathBuf>,
    /// Sum of their lengths in bytes.
    pub bytes: u64,
    /// State of the folder afterwards; `Files` if nothing was to be removed.
    pub remains: Remains,
}

/// Removes a cache of any version; with `dry`, removes nothing.
///
/// # Errors
/// If another run uses the cache, or if something cannot be read or removed; a second call then continues.
pub fn remove(folder: &Path, dry: bool) -> Result<Removal, Failure> {
    match fs::metadata(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Removal::Nothing),
        Err(error) => return Err(Failure::on("read", folder)(error)),
        Ok(metadata) if !metadata.is_dir() => return Ok(Removal::Foreign),
        Ok(_) => {}
    }
    if !is_cache(folder) && !is_left_of_one(folder)? {
        return Ok(Removal::Foreign);
    }
    let lock = alone(folder)?;
    let (files, folders) = contents(folder)?;
    let bytes = files.iter().map(|path| fs::symlink_metadata(path).map_or(0, |metadata| metadata.len())).sum();
    if dry {
        return Ok(Removal::Done(Removed { files, bytes, remains: Remains::Files }));
    }
    remove_all(&files, &folders)?;
    // The lock file is removed while the lock is held, so that no other run takes it for a free lock.
    let path = folder.join(LOCK);
    if fs::symlink_metadata(&path).is_ok_and(|metadata| metadata.is_file() && metadata.len() == 0) {
        gone(fs::remove_file(&path)).map_err(Failure::on("remove", &path))?;
    }
    drop(lock);
    Ok(Removal::Done(Removed { files, bytes, remains: fs::remove_if_empty(folder) }))
}

/// Removes the files that depend on the version of a cache.
pub(super) fn empty(folder: &Path) -> Result<(), Failure> {
    let (mut files, folders) = store::contents(&folder.join("store"))?;
    files.extend(present(folder, &REMADE));
    files.extend(named(folder, is_inventory)?);
    remove_all(&files, &folders)
}

/// Returns all files of a cache except its lock, and the folders inside, in the order of removal.
fn contents(folder: &Path) -> Result<(Vec<PathBuf>, Vec<PathBuf>), Failure> {
    let store = folder.join("store");
    let is_folder = fs::symlink_metadata(&store).is_ok_and(|metadata| metadata.is_dir());
    let (mut files, folders) = if is_folder { store::contents(&store)? } else { (Vec::new(), Vec::new()) };
    files.extend(named(folder, |name| atomic::is_temporary(name) || is_inventory(name))?);
    files.extend(present(folder, &REMADE));
    let lasting = present(folder, &LASTING);
    // The author may have changed the file.
    let is_changed = |path: &Path| {
        path.ends_with(".gitignore") && !fs::read_to_string(path).is_ok_and(|text| text == IGNORE || text.is_empty())
    };
    files.extend(lasting.into_iter().filter(|path| !is_changed(path)));
    Ok((files, folders))
}

/// Whether a file of this name is an inventory.
fn is_inventory(name: &OsStr) -> bool {
    let digits = name.to_str().and_then(|name| name.strip_prefix(INVENTORY.0)?.strip_suffix(INVENTORY.1));
    digits.is_some_and(|digits| digits.len() == 12 && digits.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

/// Returns the regular files in a folder whose names match.
fn named(folder: &Path, is_kind: impl Fn(&OsStr) -> bool) -> Result<Vec<PathBuf>, Failure> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).map_err(Failure::on("read", folder))? {
        let entry = entry.map_err(Failure::on("read", folder))?;
        if is_kind(&entry.file_name()) && entry.file_type().is_ok_and(|kind| kind.is_file()) {
            files.push(entry.path());
        }
    }
    Ok(files)
}

/// Returns those of these names that are regular files: a folder or symlink of such a name belongs to somebody else.
fn present(folder: &Path, names: &[&str]) -> Vec<PathBuf> {
    let paths = names.iter().map(|name| folder.join(name));
    paths.filter(|path| fs::symlink_metadata(path).is_ok_and(|metadata| metadata.is_file())).collect()
}

fn remove_all(files: &[PathBuf], folders: &[PathBuf]) -> Result<(), Failure> {
    for path in files {
        gone(fs::remove_file(path)).map_err(Failure::on("remove", path))?;
    }
    for path in folders {
        // The folder is not empty: it contains files of somebody else.
        let _ = fs::remove_dir(path);
    }
    Ok(())
}

fn gone(result: io::Result<()>) -> io::Result<()> {
    match result {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// Whether a folder contains nothing but the files of a run that was killed while creating or removing a cache.
fn is_left_of_one(folder: &Path) -> Result<bool, Failure> {
    let mut entries = 0;
    for entry in fs::read_dir(folder).map_err(Failure::on("read", folder))? {
        if !is_of_the_beginning(&entry.map_err(Failure::on("read", folder))?.file_name()) {
            return Ok(false);
        }
        entries += 1;
    }
    Ok(entries > 0)
}

/// Takes the exclusive lock of a cache. `None` if there is no lock file, or the file system has no locks.
///
/// # Errors
/// If another run uses the cache.
fn alone(folder: &Path) -> Result<Option<File>, Failure> {
    let path = folder.join(LOCK);
    let lock = match OpenOptions::new().append(true).open(&path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        lock => lock.map_err(Failure::on("write", &path))?,
    };
    match lock.try_lock() {
        Ok(()) => Ok(Some(lock)),
        Err(fs::TryLockError::WouldBlock) => {
            let cause = io::Error::new(io::ErrorKind::ResourceBusy, "another run of cimaise is using the cache");
            let help = Some("wait until that run is over".to_owned());
            Err(Failure { help, ..Failure::on("remove", folder)(cause) })
        }
        Err(fs::TryLockError::Error(_)) => Ok(None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cache::{Cache, Key};

    fn cache(folder: &Path) -> PathBuf {
        let path = folder.join("cache");
        let cache = Cache::open(&path).expect("made");
        cache.store().put(Key::of(b"a"), b"bytes").expect("put");
        for file in [cache.ledger_path(), cache.explanations_path(), cache.salt_path(), cache.inventory_path(folder)] {
            fs::write(file, "{}").expect("written");
        }
        fs::write(path.join("unwanted.json"), "{}").expect("written");
        fs::write(path.join(".cimaise-tmp-1-2-3"), "half").expect("written");
        path
    }

    fn done(removal: Removal) -> Removed {
        let Removal::Done(removed) = removal else { panic!("{removal:?}") };
        removed
    }

    #[test]
    fn everything_that_a_cache_consists_of_goes_and_its_folder_too() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = cache(folder.path());
        fs::write(path.join("version"), "cimaise cache 0\n").expect("written");
        let dry = done(remove(&path, true).expect("looked at"));
        assert!(path.join("ledger.json").exists() && dry.remains == Remains::Files);
        let removed = done(remove(&path, false).expect("removed"));
        assert_eq!(removed, Removed { remains: Remains::Nothing, ..dry });
        assert_eq!(removed.files.len(), 10);
        assert!(!path.exists());
        assert_eq!(remove(&path, false).expect("looked at"), Removal::Nothing);
    }

    #[test]
    fn what_somebody_else_put_into_a_cache_stays() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = cache(folder.path());
        fs::remove_file(path.join("made.json")).expect("removed");
        let foreign = ["photo.jpg", "store/notes.txt", "store/ab/holiday.jpg", "made.json/mine", "deep/er/file"];
        for name in foreign {
            fs::create_dir_all(path.join(name).parent().expect("a folder")).expect("made");
            fs::write(path.join(name), "mine").expect("written");
        }
        fs::write(path.join(".gitignore"), "*.tmp\n").expect("written");
        assert_eq!(done(remove(&path, false).expect("removed")).remains, Remains::Files);
        let mut left = Vec::new();
        let mut folders = vec![path.clone()];
        while let Some(inside) = folders.pop() {
            for entry in fs::read_dir(&inside).expect("readable").map(|entry| entry.expect("readable").path()) {
                if entry.is_dir() { &mut folders } else { &mut left }.push(entry);
            }
        }
        let mut expected: Vec<_> = foreign.iter().chain(&[".gitignore"]).map(|name| path.join(name)).collect();
        left.sort();
        expected.sort();
        assert_eq!(left, expected);
    }

    #[test]
    fn a_folder_that_merely_holds_a_file_called_version_is_not_touched() {
        let folder = tempfile::tempdir().expect("a folder");
        assert_eq!(remove(folder.path(), false).expect("looked at"), Removal::Foreign);
        for (name, text) in [("version", "1.0\n"), ("salt", "mine"), ("ledger.json", "{}")] {
            fs::write(folder.path().join(name), text).expect("written");
        }
        assert_eq!(remove(folder.path(), false).expect("looked at"), Removal::Foreign);
        assert_eq!(fs::read_dir(folder.path()).expect("readable").count(), 3);
        let file = folder.path().join("version");
        assert_eq!(remove(&file, false).expect("looked at"), Removal::Foreign);
    }

    #[test]
    fn a_cache_that_another_run_uses_stays() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = cache(folder.path());
        let other = Cache::open(&path).expect("opened");
        for dry in [true, false] {
            assert_eq!(remove(&path, dry).expect_err("in use").cause.kind(), io::ErrorKind::ResourceBusy);
        }
        assert!(path.join("ledger.json").exists());
        drop(other);
        assert_eq!(done(remove(&path, false).expect("removed")).remains, Remains::Nothing);
    }

    #[test]
    fn a_removal_that_was_killed_goes_on() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = cache(folder.path());
        for name in ["version", ".gitignore", "ledger.json", "store"] {
            let path = path.join(name);
            if path.is_dir() { std::fs::remove_dir_all(path) } else { fs::remove_file(path) }.expect("removed");
        }
        assert_eq!(done(remove(&path, false).expect("removed")).remains, Remains::Nothing);
        fs::create_dir(&path).expect("made");
        fs::write(path.join("lock"), "").expect("written");
        assert_eq!(done(remove(&path, false).expect("removed")).remains, Remains::Nothing);
    }

    #[cfg(unix)]
    #[test]
    fn nothing_goes_behind_a_link() {
        let folder = tempfile::tempdir().expect("a folder");
        let (one, other) = (cache(folder.path()), folder.path().join("other"));
        fs::rename(&one, &other).expect("renamed");
        let path = cache(folder.path());
        std::fs::remove_dir_all(path.join("store")).expect("removed");
        std::os::unix::fs::symlink(other.join("store"), path.join("store")).expect("made");
        assert_eq!(done(remove(&path, false).expect("removed")).remains, Remains::Files);
        assert!(Cache::open(&other).expect("opened").store().get(Key::of(b"a")).is_some());
    }
}

//! The cache folder with ledger and store, and its lock.
//!
//! Any number of runs may use one cache at the same time, because all they do is add complete files. Only removal needs exclusive
//! access. So each run holds a shared lock; if the exclusive lock is not available, removal is left to a later run.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use super::atomic::{self, Durability};
use super::recognise::{IGNORE, TAG, VERSION, refuse_foreign};
use super::remove::{INVENTORY, empty};
use super::{Digest, Key, Store};
use crate::diagnostic::Failure;
use crate::machine::fs::{self, File, OpenOptions};

/// Number of days for which renditions are kept that no build asks for: long enough to try something else and go back.
const KEPT_DAYS: u64 = 30;

/// A cache folder.
#[derive(Debug)]
pub struct Cache {
    folder: PathBuf,
    store: Store,
    /// `None` if the cache was opened read-only, or its file system has no locks; then nothing is ever removed.
    lock: Option<File>,
    /// Whether another run had the cache open when this one opened it.
    is_shared: bool,
}

/// Files removed by [`Cache::sweep`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Swept {
    /// Number of files.
    pub files: usize,
    /// Sum of their lengths in bytes.
    pub bytes: u64,
}

impl Cache {
    /// Opens a cache; creates it if it does not exist.
    ///
    /// # Errors
    /// If the folder contains something else, cannot be written to, or is in use by another version of cimaise.
    pub fn open(folder: &Path) -> Result<Self, Failure> {
        fs::create_dir_all(folder).map_err(Failure::on("create the folder", folder))?;
        refuse_foreign(folder)?;
        let lock_path = folder.join("lock");
        let lock =
            OpenOptions::new().create(true).append(true).open(&lock_path).map_err(Failure::on("write", &lock_path))?;
        let (supported, alone) = match lock.try_lock() {
            Ok(()) => (true, true),
            Err(fs::TryLockError::WouldBlock) => (true, false),
            Err(fs::TryLockError::Error(_)) => (false, false),
        };
        if supported && !alone {
            // A run holds the exclusive lock for a moment only.
            lock.lock_shared().map_err(Failure::on("lock", &lock_path))?;
        }
        prepare(folder, alone || !supported)?;
        let store_path = folder.join("store");
        let store = Store::open(store_path.clone(), true, alone).map_err(Failure::on("read", &store_path))?;
        if alone {
            lock.unlock().and_then(|()| lock.lock_shared()).map_err(Failure::on("lock", &lock_path))?;
        }
        Ok(Self { folder: folder.to_owned(), store, lock: supported.then_some(lock), is_shared: supported && !alone })
    }

    /// Opens a cache without changing or creating anything; whatever cannot be read counts as empty.
    #[must_use]
    pub fn read_only(folder: &Path) -> Self {
        let current = fs::read_to_string(folder.join("version")).is_ok_and(|version| version == VERSION);
        let store = current.then(|| Store::open(folder.join("store"), false, false).ok()).flatten();
        Self { folder: folder.to_owned(), store: store.unwrap_or_else(Store::empty), lock: None, is_shared: false }
    }

    /// Marks the folder as a cache again, if somebody has deleted the folder in the meantime. Without the marks, later runs would take the
    /// files in it for somebody else's.
    ///
    /// # Errors
    /// If the marks cannot be written.
    pub fn mark(&self) -> Result<(), Failure> {
        if fs::exists(self.folder.join("version")).unwrap_or(true) {
            return Ok(());
        }
        fs::create_dir_all(&self.folder).map_err(Failure::on("create the folder", &self.folder))?;
        prepare(&self.folder, false)
    }

    /// Whether another run had the cache open when this one opened it.
    #[must_use]
    pub fn is_shared(&self) -> bool {
        self.is_shared
    }

    /// Renditions by key.
    #[must_use]
    pub fn store(&self) -> &Store {
        &self.store
    }

    /// Path of the `Ledger`.
    #[must_use]
    pub fn ledger_path(&self) -> PathBuf {
        self.folder.join("ledger.json")
    }

    /// Path of the salt of protected pages.
    #[must_use]
    pub fn salt_path(&self) -> PathBuf {
        self.folder.join("salt")
    }

    /// Path of the recipes of the last build, with which the next build explains its work (`--explain`).
    #[must_use]
    pub fn explanations_path(&self) -> PathBuf {
        self.folder.join("made.json")
    }

    /// Path of the inventory of the folder `output`, an absolute path without symlinks.
    #[must_use]
    pub fn inventory_path(&self, output: &Path) -> PathBuf {
        let hash = Digest::of(output.as_os_str().as_encoded_bytes()).short();
        self.folder.join(format!("{}{hash}{}", INVENTORY.0, INVENTORY.1))
    }

    /// Removes renditions that no build has asked for in 30 days; `wanted` are the keys that this build asks for. Call it after the build
    /// has succeeded. Does nothing while another run uses the cache.
    ///
    /// # Errors
    /// If a file cannot be removed or written.
    pub fn sweep(&self, wanted: &BTreeSet<Key>, now: SystemTime) -> Result<Swept, Failure> {
        let Some(lock) = &self.lock else { return Ok(Swept::default()) };
        let lock_path = self.folder.join("lock");
        lock.unlock().map_err(Failure::on("unlock", &lock_path))?;
        let swept = if lock.try_lock().is_ok() {
            let swept = self.sweep_alone(wanted, now);
            lock.unlock().map_err(Failure::on("unlock", &lock_path))?;
            swept
        } else {
            Ok(Swept::default())
        };
        lock.lock_shared().map_err(Failure::on("lock", &lock_path))?;
        swept
    }

    fn sweep_alone(&self, wanted: &BTreeSet<Key>, now: SystemTime) -> Result<Swept, Failure> {
        let path = self.folder.join("unwanted.json");
        let today = now.duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs() / 86_400);
        let before: BTreeMap<Key, u64> =
            fs::read(&path).ok().and_then(|bytes| serde_json::from_slice(&bytes).ok()).unwrap_or_default();
        let mut unwanted = BTreeMap::new();
        let mut swept = Swept::default();
        for key in self.store.keys().difference(wanted) {
            // A clock that was ahead once must not keep files forever.
            let since = before.get(key).map_or(today, |&since| since.min(today));
            if since + KEPT_DAYS <= today {
                swept.bytes += self.store.remove(*key)?;
                swept.files += 1;
            } else {
                unwanted.insert(*key, since);
            }
        }
        if unwanted != before {
            serde_json::to_vec(&unwanted)
                .map_err(Into::into)
                .and_then(|bytes| atomic::write(&path, &bytes, Durability::Lazy))
                .map_err(Failure::on("write", &path))?;
        }
        Ok(swept)
    }
}

/// Brings a cache folder to this version; empties it if another version made it.
fn prepare(folder: &Path, may_empty: bool) -> Result<(), Failure> {
    let path = folder.join("version");
    let version = fs::read_to_string(&path).unwrap_or_default();
    if version != VERSION && !version.is_empty() {
        if !may_empty {
            let cause = io::Error::new(io::ErrorKind::ResourceBusy, "another version of cimaise is using it");
            let help = Some("wait until that run is over, or choose another folder with `--cache-dir`".to_owned());
            return Err(Failure { help, ..Failure::on("use as a cache", folder)(cause) });
        }
        empty(folder)?;
    }
    for (name, text) in [("version", VERSION), ("CACHEDIR.TAG", TAG), (".gitignore", IGNORE)] {
        let path = folder.join(name);
        if !fs::read_to_string(&path).is_ok_and(|found| found == text) {
            // If the version file is lost, the files that follow it would be taken for somebody else's.
            let durability = if name == "version" { Durability::Synced } else { Durability::Lazy };
            atomic::write(&path, text.as_bytes(), durability).map_err(Failure::on("write", &path))?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    fn day(number: u64) -> SystemTime {
        UNIX_EPOCH + Duration::from_secs(number * 86_400)
    }

    fn key(text: &str) -> Key {
        Key::of(text.as_bytes())
    }

    #[test]
    fn a_cache_is_made_with_what_makes_git_and_backups_skip_it() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("deep/cache");
        Cache::open(&path).expect("made");
        assert_eq!(fs::read_to_string(path.join(".gitignore")).expect("there"), "*\n");
        let tag = fs::read_to_string(path.join("CACHEDIR.TAG")).expect("there");
        assert!(tag.starts_with("Signature: 8a477f597d28d172789f06886806bc55\n"));
        Cache::open(&path).expect("opened again");
    }

    #[test]
    fn a_folder_with_other_things_in_it_does_not_become_a_cache() {
        let folder = tempfile::tempdir().expect("a folder");
        fs::write(folder.path().join("thesis.txt"), "mine").expect("written");
        let failure = Cache::open(folder.path()).expect_err("refused");
        assert_eq!(failure.action, "use as a cache");
        assert!(!folder.path().join(".gitignore").exists());
    }

    #[test]
    fn a_cache_that_was_killed_while_being_made_is_made_again() {
        let folder = tempfile::tempdir().expect("a folder");
        for name in ["lock", ".cimaise-tmp-1-2-3"] {
            fs::write(folder.path().join(name), "").expect("written");
        }
        Cache::open(folder.path()).expect("made");
    }

    #[test]
    fn another_version_is_emptied() {
        let folder = tempfile::tempdir().expect("a folder");
        let cache = Cache::open(folder.path()).expect("made");
        cache.store().put(key("a"), b"bytes").expect("put");
        fs::write(cache.ledger_path(), "{}").expect("written");
        drop(cache);
        fs::write(folder.path().join("version"), "cimaise cache 0\n").expect("written");
        assert_eq!(Cache::read_only(folder.path()).store().get(key("a")), None);
        let cache = Cache::open(folder.path()).expect("opened");
        assert_eq!(cache.store().get(key("a")), None);
        assert!(!cache.ledger_path().exists());
        assert_eq!(fs::read_to_string(folder.path().join("version")).expect("there"), VERSION);
    }

    #[test]
    fn looking_changes_nothing() {
        let folder = tempfile::tempdir().expect("a folder");
        let missing = folder.path().join("cache");
        assert_eq!(Cache::read_only(&missing).store().get(key("a")), None);
        assert!(!missing.exists());
        let put = Cache::open(&missing).expect("made").store().put(key("a"), b"bytes").expect("put");
        assert_eq!(Cache::read_only(&missing).store().get(key("a")), Some(put));
    }

    #[test]
    fn what_nobody_wants_goes_after_thirty_days() {
        let folder = tempfile::tempdir().expect("a folder");
        let cache = Cache::open(folder.path()).expect("made");
        for text in ["wanted", "left", "back"] {
            cache.store().put(key(text), text.as_bytes()).expect("put");
        }
        let wanted = |texts: &[&str]| texts.iter().map(|text| key(text)).collect::<BTreeSet<_>>();
        let nothing = Swept::default();
        assert_eq!(cache.sweep(&wanted(&["wanted"]), day(100)).expect("swept"), nothing);
        assert_eq!(cache.sweep(&wanted(&["wanted", "back"]), day(120)).expect("swept"), nothing);
        assert_eq!(cache.sweep(&wanted(&["wanted"]), day(129)).expect("swept"), nothing);
        let swept = cache.sweep(&wanted(&["wanted"]), day(130)).expect("swept");
        assert_eq!(swept, Swept { files: 1, bytes: 4 });
        assert_eq!(cache.store().get(key("left")), None);
        assert!(cache.store().get(key("wanted")).is_some() && cache.store().get(key("back")).is_some());
    }

    #[test]
    fn nothing_is_swept_while_another_run_uses_the_cache() {
        let folder = tempfile::tempdir().expect("a folder");
        let cache = Cache::open(folder.path()).expect("made");
        cache.store().put(key("a"), b"bytes").expect("put");
        cache.sweep(&BTreeSet::new(), day(1)).expect("swept");
        let other = Cache::open(folder.path()).expect("opened");
        assert_eq!(cache.sweep(&BTreeSet::new(), day(90)).expect("nothing"), Swept::default());
        assert!(other.store().get(key("a")).is_some());
        drop(other);
        assert_eq!(cache.sweep(&BTreeSet::new(), day(90)).expect("swept").files, 1);
    }
}

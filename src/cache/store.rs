//! The store: renditions by key.
//!
//! In: a [`Key`]. Out: the file with its bytes. The name of each file contains its length and the hash of its content, so every file
//! can be checked on its own: there is no index that could be lost or inconsistent, and processes that fill the same store need
//! not know of each other. A file that does not match its name (power loss, an edit through a hard link) counts as missing.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::atomic::{self, Temporary};
use super::durable::{self, Unsettled};
use super::flaw::Spoiled;
use super::name::{Name, content_of};
use super::{Key, place, seal};
use crate::diagnostic::Failure;
use crate::machine::fs::{self, File, OpenOptions};

/// A file of the store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredFile {
    /// Path of the file.
    pub path: PathBuf,
    /// Length in bytes.
    pub len: u64,
}

/// Renditions by key.
#[derive(Debug)]
pub struct Store {
    folder: PathBuf,
    writable: bool,
    names: Mutex<BTreeMap<Key, Name>>,
    /// Files that may not be on the disk yet.
    unsettled: Unsettled,
}

impl Store {
    /// A read-only store without files.
    pub(super) fn empty() -> Self {
        Self { folder: PathBuf::new(), writable: false, names: Mutex::default(), unsettled: Unsettled::default() }
    }

    /// Lists the files of a store. A folder that does not exist is an empty store.
    ///
    /// `alone` means that no other process uses the store; then the leftovers of killed runs are removed.
    pub(super) fn open(folder: PathBuf, writable: bool, alone: bool) -> io::Result<Self> {
        let mut names = BTreeMap::new();
        for shard in sorted_names(&folder)? {
            for name in sorted_names(&folder.join(&shard))? {
                let keep = match Name::parse(&shard, &name) {
                    // Two files for one key: the alphabetically first wins, on every machine.
                    Some(name) => match names.entry(name.key) {
                        Entry::Vacant(vacant) => {
                            vacant.insert(name);
                            true
                        }
                        Entry::Occupied(_) => false,
                    },
                    None => !atomic::is_temporary(name.as_ref()),
                };
                if !keep && writable && alone {
                    // A leftover that cannot be removed only takes space.
                    let _ = fs::remove_file(folder.join(&shard).join(&name));
                }
            }
        }
        Ok(Self { folder, writable, names: Mutex::new(names), unsettled: Unsettled::default() })
    }

    /// Returns the file of `key` if it is intact. Length and seal are checked; the content is hashed only if the seal is broken.
    #[must_use]
    pub fn get(&self, key: Key) -> Option<StoredFile> {
        let name = self.names().get(&key).cloned()?;
        let path = self.folder.join(name.path());
        if self.is_intact(&path, &name) {
            return Some(StoredFile { path, len: name.len });
        }
        self.names().remove(&key);
        if self.writable {
            // Free the path of the damaged file; if that fails, the damage is noticed again next time.
            let _ = place::free(&path);
        }
        None
    }

    fn is_intact(&self, path: &Path, name: &Name) -> bool {
        let Ok(metadata) = fs::symlink_metadata(path) else { return false };
        if !metadata.is_file() || metadata.len() != name.len {
            return false;
        }
        if seal::is_sealed(&metadata) {
            return true;
        }
        if self.writable {
            // Before the file is read, so that a write after the reading is noticed.
            seal::mark_at(path);
        }
        let intact = content_of(path).is_ok_and(|content| content == name.content);
        if intact && self.writable {
            self.unsettled.marked(path);
        }
        intact
    }

    /// Stores bytes. Safe to call from several threads and processes at once.
    ///
    /// The bytes are not on the disk until the store is [settled](Self::settle): waiting for the disk once for each of several thousand
    /// files would cost more than hashing them again after a run that was killed before.
    ///
    /// # Errors
    /// If the bytes cannot be written.
    pub fn put(&self, key: Key, bytes: &[u8]) -> Result<StoredFile, Failure> {
        let name = Name::of(key, bytes);
        let path = self.folder.join(name.path());
        let shard = path.parent().unwrap_or(&self.folder);
        if !self.writable {
            return Err(Failure::on("write", &path)(ErrorKind::ReadOnlyFilesystem.into()));
        }
        make_shard(shard)?;
        let (temporary, mut file) = Temporary::create_in(shard).map_err(Failure::on("write", &path))?;
        file.write_all(bytes).map_err(Failure::on("write", &path))?;
        seal::mark(&file);
        drop(file);
        self.name(temporary, &path)?;
        let len = name.len;
        self.names().insert(key, name);
        Ok(StoredFile { path, len })
    }

    /// Returns a temporary path for the bytes of `key`, for callers that write the file themselves and then [keep](Self::keep) it.
    ///
    /// # Errors
    /// If the store is read-only or its folder cannot be created.
    pub fn begin(&self, key: Key) -> Result<Temporary, Failure> {
        let shard = self.folder.join(&key.hex()[..2]);
        if !self.writable {
            return Err(Failure::on("write", &shard)(ErrorKind::ReadOnlyFilesystem.into()));
        }
        make_shard(&shard)?;
        Ok(Temporary::name_in(&shard))
    }

    /// Stores a file that was written to a path from [`begin`](Self::begin).
    ///
    /// # Errors
    /// If the file cannot be read or renamed.
    pub fn keep(&self, key: Key, written: Temporary) -> Result<StoredFile, Failure> {
        fn failed(path: &Path) -> impl FnOnce(io::Error) -> Failure {
            Failure::on("write", path)
        }
        let len = fs::metadata(written.path()).map_err(failed(written.path()))?.len();
        let content = content_of(written.path()).map_err(failed(written.path()))?;
        let name = Name { key, len, content };
        let path = self.folder.join(name.path());
        seal::mark_at(written.path());
        self.name(written, &path)?;
        self.names().insert(key, name);
        Ok(StoredFile { path, len })
    }

    /// Restores a damaged file from a good `copy`; its path has to be free.
    ///
    /// # Errors
    /// If the file cannot be written, or the copy does not have the expected content.
    pub fn restore(&self, spoiled: &Spoiled, copy: &Path) -> Result<(), Failure> {
        let path = &spoiled.path;
        let temporary = Temporary::name_in(path.parent().unwrap_or(&self.folder));
        let linked = fs::reflink(copy, temporary.path()).or_else(|_| fs::hard_link(copy, temporary.path()));
        if linked.is_err() {
            let copied = || -> io::Result<()> {
                let mut file = OpenOptions::new().write(true).create_new(true).open(temporary.path())?;
                io::copy(&mut File::open(copy)?, &mut file).map(drop)
            };
            copied().map_err(Failure::on("write", path))?;
        }
        // The copy may have changed since it was checked, and it may not be on the disk yet.
        seal::mark_at(temporary.path());
        if content_of(temporary.path()).map_err(Failure::on("read", copy))? != spoiled.content {
            return Err(Failure::on("read", copy)(ErrorKind::InvalidData.into()));
        }
        self.name(temporary, path)
    }

    /// Renames a marked temporary file to its final name.
    fn name(&self, temporary: Temporary, path: &Path) -> Result<(), Failure> {
        if fs::symlink_metadata(path).is_ok_and(|metadata| !metadata.is_file()) {
            place::free(path)?;
        }
        temporary.rename(path).map_err(Failure::on("write", path))?;
        self.unsettled.marked(path);
        Ok(())
    }

    /// Flushes the files that this run wrote or found to be intact to the disk, and seals them. Publishing does so together with its
    /// own files; this function is for runs that stop earlier.
    ///
    /// # Errors
    /// If the disk reports an error.
    pub fn settle(&self) -> Result<(), Failure> {
        durable::settle(&[&self.unsettled], true)
    }

    /// Hash of a stored file's content, taken from its name; 32 digits.
    #[must_use]
    pub fn content(file: &StoredFile) -> Option<String> {
        let shard = file.path.parent()?.file_name()?.to_str()?;
        Name::parse(shard, file.path.file_name()?.to_str()?).map(|name| name.content)
    }

    /// Files that may not be on the disk yet.
    #[must_use]
    pub fn unsettled(&self) -> &Unsettled {
        &self.unsettled
    }

    /// Returns all keys, whether their files are intact or not.
    pub(super) fn keys(&self) -> BTreeSet<Key> {
        self.names().keys().copied().collect()
    }

    /// Removes the file of a key. Returns the number of bytes freed.
    pub(super) fn remove(&self, key: Key) -> Result<u64, Failure> {
        let Some(name) = self.names().remove(&key) else { return Ok(0) };
        let path = self.folder.join(name.path());
        match fs::remove_file(&path) {
            Err(error) if error.kind() != ErrorKind::NotFound => Err(Failure::on("remove", &path)(error)),
            _ => Ok(name.len),
        }
    }

    pub(super) fn folder(&self) -> &Path {
        &self.folder
    }

    /// Locks the list, which is valid after every single operation, so a thread that panicked cannot have left it inconsistent.
    pub(super) fn names(&self) -> MutexGuard<'_, BTreeMap<Key, Name>> {
        self.names.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Creates the folder for the keys with one prefix.
fn make_shard(shard: &Path) -> Result<(), Failure> {
    match fs::create_dir_all(shard) {
        // The path holds a file or a dangling symlink.
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            place::free(shard)?;
            fs::create_dir_all(shard).map_err(Failure::on("create the folder", shard))
        }
        result => result.map_err(Failure::on("create the folder", shard)),
    }
}

/// Returns the files of a store, by name, and the folders around them.
pub(super) fn contents(folder: &Path) -> Result<(Vec<PathBuf>, Vec<PathBuf>), Failure> {
    let list = |folder: &Path| sorted_names(folder).map_err(Failure::on("read", folder));
    let (mut files, mut folders) = (Vec::new(), Vec::new());
    for shard in list(folder)? {
        let inside = folder.join(&shard);
        // Nothing behind a symlink belongs to the store.
        if !fs::symlink_metadata(&inside).is_ok_and(|metadata| metadata.is_dir()) {
            continue;
        }
        for name in list(&inside)? {
            if Name::parse(&shard, &name).is_some() || atomic::is_temporary(name.as_ref()) {
                files.push(inside.join(&name));
            }
        }
        folders.push(inside);
    }
    folders.push(folder.to_owned());
    Ok((files, folders))
}

/// Returns the names in a folder, sorted; none if it does not exist or is not a folder.
fn sorted_names(folder: &Path) -> io::Result<Vec<String>> {
    let entries = match fs::read_dir(folder) {
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => return Ok(Vec::new()),
        entries => entries?,
    };
    let mut names = Vec::new();
    for entry in entries {
        // Names that are not UTF-8 do not come from this module.
        names.extend(entry?.file_name().into_string());
    }
    names.sort();
    Ok(names)
}

#[cfg(test)]
#[path = "store_tests.rs"]
mod tests;

//! "Do I have these bytes?"
//!
//! In: a [`Key`]. Out: the file that holds its bytes. The name of each file says how long it is and what its content
//! hashes to, so every file can be checked by itself: there is no index that could be lost or disagree, and processes
//! that fill the same store do not have to know of each other. A file that is not what its name says (power loss, an
//! edit through a hard link) counts as not there.

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

/// Bytes in the store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredFile {
    /// Where they are.
    pub path: PathBuf,
    /// How many.
    pub len: u64,
}

/// Bytes by key.
#[derive(Debug)]
pub struct Store {
    folder: PathBuf,
    writable: bool,
    names: Mutex<BTreeMap<Key, Name>>,
    /// What is not known to be on the disk.
    unsettled: Unsettled,
}

impl Store {
    /// One that holds nothing, and nothing can be put into.
    pub(super) fn empty() -> Self {
        Self { folder: PathBuf::new(), writable: false, names: Mutex::default(), unsettled: Unsettled::default() }
    }

    /// Lists what is there. A folder that does not exist is an empty store.
    ///
    /// `alone` says that no other process uses the store: then what killed runs left behind is removed.
    pub(super) fn open(folder: PathBuf, writable: bool, alone: bool) -> io::Result<Self> {
        let mut names = BTreeMap::new();
        for shard in sorted_names(&folder)? {
            for name in sorted_names(&folder.join(&shard))? {
                let keep = match Name::parse(&shard, &name) {
                    // Two contents for one key: the one that is named first in the alphabet, on every machine.
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
                    // If it cannot be removed, it only takes room.
                    let _ = fs::remove_file(folder.join(&shard).join(&name));
                }
            }
        }
        Ok(Self { folder, writable, names: Mutex::new(names), unsettled: Unsettled::default() })
    }

    /// The file that holds the bytes of `key`, if it does: its length and its seal are looked at, and if they are not
    /// as they should be, its content.
    #[must_use]
    pub fn get(&self, key: Key) -> Option<StoredFile> {
        let name = self.names().get(&key).cloned()?;
        let path = self.folder.join(name.path());
        if self.is_intact(&path, &name) {
            return Some(StoredFile { path, len: name.len });
        }
        self.names().remove(&key);
        if self.writable {
            // The name is taken away from the spoiled bytes; if that fails, they are noticed again next time.
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
            // Before it is read, so that a write after the reading shows.
            seal::mark_at(path);
        }
        let intact = content_of(path).is_ok_and(|content| content == name.content);
        if intact && self.writable {
            self.unsettled.marked(path);
        }
        intact
    }

    /// Keeps bytes. Safe from several threads and processes at once.
    ///
    /// They are not on the disk until the store is [settled](Self::settle): waiting for the disk for each of some thousand files
    /// would cost more than hashing them again after a run that was killed before that.
    ///
    /// # Errors
    /// If they cannot be written.
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

    /// A name for the bytes of `key` until they are all there and can be [kept](Self::keep): for those who write files themselves.
    ///
    /// # Errors
    /// If nothing can be written.
    pub fn begin(&self, key: Key) -> Result<Temporary, Failure> {
        let shard = self.folder.join(&key.hex()[..2]);
        if !self.writable {
            return Err(Failure::on("write", &shard)(ErrorKind::ReadOnlyFilesystem.into()));
        }
        make_shard(&shard)?;
        Ok(Temporary::name_in(&shard))
    }

    /// Keeps what was written under a name that [`begin`](Self::begin) gave.
    ///
    /// # Errors
    /// If it cannot be read or given its name.
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

    /// Puts a good copy of a file back into its place, which has to be free.
    ///
    /// # Errors
    /// If it cannot be written.
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
        // The copy may have changed since it was looked at, and it may be a file that is not on the disk yet.
        seal::mark_at(temporary.path());
        if content_of(temporary.path()).map_err(Failure::on("read", copy))? != spoiled.content {
            return Err(Failure::on("read", copy)(ErrorKind::InvalidData.into()));
        }
        self.name(temporary, path)
    }

    /// Gives a file that bears the mark its name.
    fn name(&self, temporary: Temporary, path: &Path) -> Result<(), Failure> {
        if fs::symlink_metadata(path).is_ok_and(|metadata| !metadata.is_file()) {
            place::free(path)?;
        }
        temporary.rename(path).map_err(Failure::on("write", path))?;
        self.unsettled.marked(path);
        Ok(())
    }

    /// Brings to the disk what this run has put or found to be whole, and seals it. Publishing does so together
    /// with its own files; this is for runs that do not get there.
    ///
    /// # Errors
    /// If the disk does not take it.
    pub fn settle(&self) -> Result<(), Failure> {
        durable::settle(&[&self.unsettled], true)
    }

    /// What the bytes of a file of the store hash to, as its name says.
    #[must_use]
    pub fn content(file: &StoredFile) -> Option<String> {
        let shard = file.path.parent()?.file_name()?.to_str()?;
        Name::parse(shard, file.path.file_name()?.to_str()?).map(|name| name.content)
    }

    /// What is not known to be on the disk.
    #[must_use]
    pub fn unsettled(&self) -> &Unsettled {
        &self.unsettled
    }

    /// All keys, whether their bytes are intact or not.
    pub(super) fn keys(&self) -> BTreeSet<Key> {
        self.names().keys().copied().collect()
    }

    /// Forgets a key. Returns how many bytes that freed.
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

    /// The list is valid after every single operation on it, so a thread that panicked cannot have spoiled it.
    pub(super) fn names(&self) -> MutexGuard<'_, BTreeMap<Key, Name>> {
        self.names.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Makes the folder for a part of the keys.
fn make_shard(shard: &Path) -> Result<(), Failure> {
    match fs::create_dir_all(shard) {
        // A file or a link that leads nowhere.
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            place::free(shard)?;
            fs::create_dir_all(shard).map_err(Failure::on("make the folder", shard))
        }
        result => result.map_err(Failure::on("make the folder", shard)),
    }
}

/// What a store has put into its folder, by name: the files, and the folders around them.
pub(super) fn contents(folder: &Path) -> Result<(Vec<PathBuf>, Vec<PathBuf>), Failure> {
    let list = |folder: &Path| sorted_names(folder).map_err(Failure::on("read", folder));
    let (mut files, mut folders) = (Vec::new(), Vec::new());
    for shard in list(folder)? {
        let inside = folder.join(&shard);
        // Behind a link, nothing is the store's.
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

/// The names in a folder, sorted; none if there is no such folder or it is none.
fn sorted_names(folder: &Path) -> io::Result<Vec<String>> {
    let entries = match fs::read_dir(folder) {
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => return Ok(Vec::new()),
        entries => entries?,
    };
    let mut names = Vec::new();
    for entry in entries {
        // What is not UTF-8 was not put there by this module.
        names.extend(entry?.file_name().into_string());
    }
    names.sort();
    Ok(names)
}

#[cfg(test)]
#[path = "store_tests.rs"]
mod tests;

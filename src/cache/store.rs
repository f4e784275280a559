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
use super::{Digest, Key, seal};
use crate::diagnostic::Failure;
use crate::machine::fs::{self, File};

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
}

/// What the name of a file in the store tells.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Name {
    key: Key,
    len: u64,
    /// The first half of the content's hash.
    content: String,
}

impl Name {
    fn of(key: Key, bytes: &[u8]) -> Self {
        Self { key, len: bytes.len() as u64, content: first_half(Digest::of(bytes)) }
    }

    /// `ab/cdef…-1234-0123…`: key, length, content.
    fn path(&self) -> PathBuf {
        let key = self.key.hex();
        Path::new(&key[..2]).join(format!("{}-{}-{}", &key[2..], self.len, self.content))
    }

    fn parse(shard: &str, name: &str) -> Option<Self> {
        let mut parts = name.split('-');
        let (key, len, content) = (parts.next()?, parts.next()?, parts.next()?);
        let name =
            Self { key: Key::from_hex(&format!("{shard}{key}"))?, len: len.parse().ok()?, content: content.to_owned() };
        (parts.next().is_none() && content.len() == 32).then_some(name)
    }
}

fn first_half(content: Digest) -> String {
    let mut hex = content.hex();
    hex.truncate(32);
    hex
}

/// Of a file that may be larger than memory.
fn content_of(path: &Path) -> io::Result<String> {
    let mut hasher = blake3::Hasher::new();
    hasher.update_reader(File::open(path)?)?;
    Ok(first_half(Digest::from_hasher(&hasher)))
}

impl Store {
    /// One that holds nothing, and nothing can be put into.
    pub(super) fn empty() -> Self {
        Self { folder: PathBuf::new(), writable: false, names: Mutex::default() }
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
        Ok(Self { folder, writable, names: Mutex::new(names) })
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
            let _ = fs::remove_file(&path);
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
        let intact = content_of(path).is_ok_and(|content| content == name.content);
        if intact && self.writable {
            seal::seal_at(path);
        }
        intact
    }

    /// Keeps bytes. Safe from several threads and processes at once.
    ///
    /// They are not forced to the disk: after a power failure a file may be shorter than its name says, and then its
    /// content is made again; waiting for the disk for each of some thousand files would cost more than that.
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
        fs::create_dir_all(shard).map_err(Failure::on("make the folder", shard))?;
        write_sealed(shard, &path, bytes).map_err(Failure::on("write", &path))?;
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
        fs::create_dir_all(&shard).map_err(Failure::on("make the folder", &shard))?;
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
        seal::seal_at(written.path());
        written.rename(&path).map_err(failed(&path))?;
        self.names().insert(key, name);
        Ok(StoredFile { path, len })
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

    /// The list is valid after every single operation on it, so a thread that panicked cannot have spoiled it.
    fn names(&self) -> MutexGuard<'_, BTreeMap<Key, Name>> {
        self.names.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn write_sealed(folder: &Path, path: &Path, bytes: &[u8]) -> io::Result<()> {
    let (temporary, mut file): (Temporary, File) = Temporary::create_in(folder)?;
    file.write_all(bytes)?;
    seal::seal(&file);
    drop(file);
    temporary.rename(path)
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
mod tests {
    use crate::machine::fs::OpenOptions;
    use std::io::{Seek, SeekFrom};

    use super::*;

    fn open(folder: &Path) -> Store {
        Store::open(folder.to_owned(), true, true).expect("opened")
    }

    fn key(text: &str) -> Key {
        Key::of(text.as_bytes())
    }

    fn bytes_of(file: &StoredFile) -> Vec<u8> {
        fs::read(&file.path).expect("there")
    }

    #[test]
    fn what_was_put_is_there_now_and_in_the_next_run() {
        let folder = tempfile::tempdir().expect("a folder");
        let store = open(folder.path());
        assert_eq!(store.get(key("a")), None);
        let put = store.put(key("a"), b"bytes").expect("put");
        assert_eq!((put.len, bytes_of(&put)), (5, b"bytes".to_vec()));
        assert_eq!(store.get(key("a")), Some(put.clone()));
        assert_eq!(open(folder.path()).get(key("a")), Some(put));
        assert_eq!(open(folder.path()).get(key("b")), None);
    }

    #[test]
    fn an_edit_through_a_hard_link_is_noticed() {
        let folder = tempfile::tempdir().expect("a folder");
        let published = folder.path().join("published.jpg");
        let store = open(&folder.path().join("store"));
        let put = store.put(key("a"), b"bytes").expect("put");
        fs::hard_link(&put.path, &published).expect("linked");
        let mut file = OpenOptions::new().write(true).open(&published).expect("there");
        file.seek(SeekFrom::Start(2)).expect("long enough");
        file.write_all(b"X").expect("written");
        drop(file);
        assert_eq!(store.get(key("a")), None);
        let again = store.put(key("a"), b"bytes").expect("put");
        assert_eq!(bytes_of(&again), b"bytes");
        assert_eq!(fs::read(published).expect("still there"), b"byXes");
    }

    #[test]
    fn a_truncated_file_is_a_miss_even_if_its_seal_is_unbroken() {
        let folder = tempfile::tempdir().expect("a folder");
        let put = open(folder.path()).put(key("a"), b"bytes").expect("put");
        let file = OpenOptions::new().write(true).open(&put.path).expect("there");
        file.set_len(0).expect("truncated");
        seal::seal(&file);
        assert_eq!(open(folder.path()).get(key("a")), None);
    }

    #[test]
    fn a_file_whose_time_alone_changed_is_sealed_again() {
        let folder = tempfile::tempdir().expect("a folder");
        let store = open(folder.path());
        let put = store.put(key("a"), b"bytes").expect("put");
        fs::write(&put.path, b"bytes").expect("written");
        assert_eq!(store.get(key("a")).as_ref(), Some(&put));
        assert!(seal::is_sealed(&fs::metadata(&put.path).expect("there")));
    }

    #[test]
    fn a_store_that_may_not_be_written_to_is_not() {
        let folder = tempfile::tempdir().expect("a folder");
        let put = open(folder.path()).put(key("a"), b"bytes").expect("put");
        fs::write(&put.path, b"other").expect("written");
        let store = Store::open(folder.path().to_owned(), false, false).expect("opened");
        assert_eq!(store.get(key("a")), None);
        assert_eq!(bytes_of(&put), b"other");
    }

    #[test]
    fn leftovers_of_killed_runs_go_when_nobody_else_is_there() {
        let folder = tempfile::tempdir().expect("a folder");
        let put = open(folder.path()).put(key("a"), b"bytes").expect("put");
        let shard = put.path.parent().expect("a shard");
        let leftover = shard.join(".cimaise-tmp-1-2-3");
        let foreign = shard.join("notes.txt");
        fs::write(&leftover, b"half").expect("written");
        fs::write(&foreign, b"mine").expect("written");
        Store::open(folder.path().to_owned(), true, false).expect("opened");
        assert!(leftover.exists());
        open(folder.path());
        assert!(!leftover.exists());
        assert!(foreign.exists());
    }

    #[test]
    fn threads_that_put_the_same_keys_do_not_disturb_each_other() {
        let folder = tempfile::tempdir().expect("a folder");
        let (one, other) = (open(folder.path()), Store::open(folder.path().to_owned(), true, false).expect("opened"));
        std::thread::scope(|scope| {
            for store in [&one, &one, &other, &other] {
                scope.spawn(move || {
                    for number in 0..40 {
                        let text = format!("bytes of {}", number % 20);
                        let file = store.put(key(&text), text.as_bytes()).expect("put");
                        assert_eq!(bytes_of(&file), text.as_bytes());
                        assert!(store.get(key(&text)).is_some());
                    }
                });
            }
        });
        let store = open(folder.path());
        assert_eq!(store.keys().len(), 20);
        for number in 0..20 {
            let text = format!("bytes of {number}");
            assert_eq!(bytes_of(&store.get(key(&text)).expect("there")), text.as_bytes());
        }
    }
}

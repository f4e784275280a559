//! The salt of a site.
//!
//! In: a path in the cache. Out: 16 random bytes, drawn once and the same for every run that shares the cache. The salt must not depend on any
//! password: whoever holds the cache would test guesses against it.

use std::io::{self, ErrorKind, Seek, SeekFrom, Write};
use std::path::Path;

use crate::diagnostic::Failure;
use crate::machine::fs::{self, File, OpenOptions};

/// How many bytes: NIST SP 800-132 asks for 16.
pub(super) const LEN: usize = 16;

/// Random bytes that make the keys of one site differ from those of all others. Everybody may know them: readers get them with each page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Salt([u8; LEN]);

impl Salt {
    /// Reads the salt, or draws one where there is none. A file of another length was damaged and is replaced.
    ///
    /// Runs that come at the same time agree: only the holder of the file's lock writes, in place, and only if no other run wrote
    /// before. The salt is on the disk when this returns, because what is encrypted under a lost salt has to be encrypted anew.
    ///
    /// # Errors
    /// If the file can be neither read nor made, or if the system has no randomness.
    pub fn open(path: &Path) -> Result<Self, Failure> {
        if let Some(salt) = known(path) {
            return Ok(salt);
        }
        let mut options = OpenOptions::new();
        let mut file =
            options.read(true).write(true).create(true).mode(0o600).open(path).map_err(Failure::on("write", path))?;
        // On a file system without locks, the first two builds with one cache must not come at the same time.
        let _ = file.lock();
        // Through the same handle: Windows lets nobody else read a locked file. What cannot be read must not be overwritten.
        if let Some(salt) = read(&mut file).map_err(Failure::on("read", path))? {
            return Ok(salt);
        }
        forget_secret(path)?;
        let mut bytes = [0; LEN];
        getrandom::fill(&mut bytes).map_err(|error| Failure::on("make", path)(io::Error::other(error.to_string())))?;
        write(&mut file, &bytes).map_err(Failure::on("write", path))?;
        bring_name_to_disk(path)?;
        Ok(Self(bytes))
    }

    /// The bytes.
    #[must_use]
    pub fn bytes(&self) -> &[u8; LEN] {
        &self.0
    }

    /// A salt that is known, for tests.
    #[cfg(test)]
    pub(crate) fn of(bytes: [u8; LEN]) -> Self {
        Self(bytes)
    }
}

/// Versions before the format 2 kept a secret here, with which guesses could be tested against their output, fast.
fn forget_secret(salt: &Path) -> Result<(), Failure> {
    let path = salt.with_file_name("secret");
    match fs::remove_file(&path) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(Failure::on("remove", &path)(error)),
        _ => Ok(()),
    }
}

/// The salt, if it is there and whole. Who writes has the lock alone: without a lock, the beginning of a damaged file and the rest of the
/// salt that replaces it could be read as one.
fn known(path: &Path) -> Option<Salt> {
    let mut file = File::open(path).ok()?;
    let _ = file.lock_shared();
    read(&mut file).ok().flatten()
}

/// The salt in an open file; `None` if the file is empty or damaged.
fn read(file: &mut File) -> io::Result<Option<Salt>> {
    // One byte more shows that the file is too long.
    let most = LEN as u64 + 1;
    let least = file.metadata()?.len().min(most);
    Ok(file.read_between(least, most)?.try_into().ok().map(Salt))
}

fn write(file: &mut File, bytes: &[u8; LEN]) -> io::Result<()> {
    file.set_len(0)?;
    file.seek(SeekFrom::Start(0))?;
    file.write_all(bytes)?;
    file.sync_all()
}

/// A synced file whose folder is not may be gone after a power failure. Where folders cannot be synced, nothing else can be done.
fn bring_name_to_disk(path: &Path) -> Result<(), Failure> {
    let folder = path.parent().unwrap_or(Path::new(""));
    match File::open_folder(folder).and_then(|folder| folder.sync_all()) {
        Err(error) if cfg!(unix) && error.kind() != ErrorKind::InvalidInput => Err(Failure::on("write", folder)(error)),
        _ => Ok(()),
    }
}

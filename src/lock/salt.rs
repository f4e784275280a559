//! The salt of a site.
//!
//! In: a path in the cache. Out: 16 random bytes, drawn once, and the same for every run that shares the cache. The salt must not depend
//! on a password: anyone with the cache could test guesses against it.

use std::io::{self, ErrorKind, Seek, SeekFrom, Write};
use std::path::Path;

use crate::diagnostic::Failure;
use crate::machine::fs::{self, File, OpenOptions};

/// Length in bytes: NIST SP 800-132 requires 16.
pub(super) const LEN: usize = 16;

/// Random bytes that make the keys of one site differ from those of all others. They are public: readers get them with each page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Salt([u8; LEN]);

impl Salt {
    /// Reads the salt, or draws a new one if there is none. A file of another length is damaged and is replaced.
    ///
    /// Concurrent runs agree: only the holder of the file's lock writes, in place, and only if no other run wrote before. The salt is on
    /// the disk when this returns, because files encrypted under a lost salt have to be encrypted again.
    ///
    /// # Errors
    /// If the file can be neither read nor created, or if the system provides no random bytes.
    pub fn open(path: &Path) -> Result<Self, Failure> {
        if let Some(salt) = known(path) {
            return Ok(salt);
        }
        let mut options = OpenOptions::new();
        let mut file =
            options.read(true).write(true).create(true).mode(0o600).open(path).map_err(Failure::on("write", path))?;
        // On a file system without locks, the first two builds with one cache must not run at the same time.
        let _ = file.lock();
        // Read through the same handle: on Windows, nobody else can read a locked file. An unreadable file must not be overwritten.
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

    /// The salt as bytes.
    #[must_use]
    pub fn bytes(&self) -> &[u8; LEN] {
        &self.0
    }

    /// A given salt, for tests.
    #[cfg(test)]
    pub(crate) fn of(bytes: [u8; LEN]) -> Self {
        Self(bytes)
    }
}

/// Removes the secret that versions before format 2 kept here, which allowed fast tests of guesses against their output.
fn forget_secret(salt: &Path) -> Result<(), Failure> {
    let path = salt.with_file_name("secret");
    match fs::remove_file(&path) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(Failure::on("remove", &path)(error)),
        _ => Ok(()),
    }
}

/// Reads the salt if it is there and complete. A shared lock keeps writers out: otherwise the beginning of a damaged file and the end of
/// the salt that replaces it could be read as one.
fn known(path: &Path) -> Option<Salt> {
    let mut file = File::open(path).ok()?;
    let _ = file.lock_shared();
    read(&mut file).ok().flatten()
}

/// Reads the salt from an open file; `None` if the file is empty or damaged.
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

/// Flushes the folder, so that a power failure cannot remove the file's name. Where folders cannot be synced, does nothing.
fn bring_name_to_disk(path: &Path) -> Result<(), Failure> {
    let folder = path.parent().unwrap_or(Path::new(""));
    match File::open_folder(folder).and_then(|folder| folder.sync_all()) {
        Err(error) if cfg!(unix) && error.kind() != ErrorKind::InvalidInput => Err(Failure::on("write", folder)(error)),
        _ => Ok(()),
    }
}

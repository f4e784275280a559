//! Open files.

use std::io::{self, ErrorKind, Read, Seek, SeekFrom, Write};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::SystemTime;

use tokio::io::{AsyncRead, AsyncSeek};

use super::{Metadata, TryLockError};
use crate::machine::fault::{Call, Cut, FaultWatch, meet, watch_of};

/// Error for a file with fewer bytes than its metadata reports. It matters because half a settings file may be valid YAML. Network file
/// systems, and programs that are writing a file, make files end early.
#[must_use]
pub fn ended_early() -> io::Error {
    io::Error::new(io::ErrorKind::UnexpectedEof, "the file ended before its length")
}

/// An open file.
#[derive(Debug)]
pub struct File {
    inner: std::fs::File,
    watch: Option<Arc<FaultWatch>>,
    /// Whether a short read has ended the file.
    ended: AtomicBool,
}

impl File {
    fn new(inner: std::fs::File, path: &Path) -> Self {
        Self { inner, watch: watch_of(path), ended: AtomicBool::new(false) }
    }

    /// Opens a regular file for reading. Anything else is refused at once: opening a FIFO would wait until somebody writes to it.
    ///
    /// # Errors
    /// If the file cannot be opened; [`io::ErrorKind::IsADirectory`] for a folder, [`io::ErrorKind::InvalidInput`] for other special files.
    pub fn open(path: impl AsRef<Path>) -> io::Result<Self> {
        let path = path.as_ref();
        meet(Call::Open, path)?;
        let mut options = std::fs::OpenOptions::new();
        options.read(true);
        without_waiting(&mut options);
        let inner = options.open(path).map_err(|error| what_is_there(path).unwrap_or(error))?;
        if let Some(error) = irregular(&inner.metadata()?) {
            return Err(error);
        }
        Ok(Self::new(inner, path))
    }

    /// Opens a folder, to lock it or to flush it to the disk.
    ///
    /// # Errors
    /// If the folder cannot be opened.
    pub fn open_folder(path: impl AsRef<Path>) -> io::Result<Self> {
        let path = path.as_ref();
        meet(Call::Open, path)?;
        let mut options = std::fs::OpenOptions::new();
        options.read(true);
        without_waiting(&mut options);
        Ok(Self::new(options.open(path)?, path))
    }

    /// Creates a file, open for reading and writing.
    ///
    /// # Errors
    /// If the file exists already, or cannot be created.
    pub fn create_new(path: impl AsRef<Path>) -> io::Result<Self> {
        let path = path.as_ref();
        OpenOptions::new().read(true).write(true).create_new(true).open(path)
    }

    /// Returns the file for reading without blocking the thread. Faults are not injected into what follows.
    #[must_use]
    pub fn into_async(self) -> impl AsyncRead + AsyncSeek + Send + Sync + Unpin {
        tokio::fs::File::from_std(self.inner)
    }

    /// Metadata of the file.
    ///
    /// # Errors
    /// If the file system reports an error.
    pub fn metadata(&self) -> io::Result<Metadata> {
        self.meet(Call::Stat)?;
        self.inner.metadata()
    }

    /// Reads the bytes from here on: at most `most`; fewer than `least` are an error.
    ///
    /// # Errors
    /// If the bytes cannot be read, or if there is not enough memory for `least` bytes.
    pub fn read_between(&mut self, least: u64, most: u64) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        bytes.try_reserve_exact(usize::try_from(least).unwrap_or(usize::MAX)).map_err(|_| ErrorKind::OutOfMemory)?;
        self.take(most).read_to_end(&mut bytes)?;
        if (bytes.len() as u64) < least { Err(ended_early()) } else { Ok(bytes) }
    }

    /// Flushes content and metadata to the disk.
    ///
    /// # Errors
    /// If the disk reports an error: written data may be lost.
    pub fn sync_all(&self) -> io::Result<()> {
        self.meet(Call::Sync)?;
        self.inner.sync_all()
    }

    /// Flushes the whole file system of the file with one call; where there is no such call, only the file.
    ///
    /// # Errors
    /// If the disk reports an error: written data may be lost.
    pub fn sync_file_system(&self) -> io::Result<()> {
        self.meet(Call::Sync)?;
        #[cfg(target_os = "linux")]
        {
            rustix::fs::syncfs(&self.inner)?;
            Ok(())
        }
        #[cfg(not(target_os = "linux"))]
        {
            self.inner.sync_all()
        }
    }

    /// Truncates or extends the file to a length.
    ///
    /// # Errors
    /// If the file system refuses.
    pub fn set_len(&self, len: u64) -> io::Result<()> {
        self.meet(Call::Write)?;
        self.inner.set_len(len)
    }

    /// Sets the modification time.
    ///
    /// # Errors
    /// If the file system refuses.
    pub fn set_modified(&self, time: SystemTime) -> io::Result<()> {
        self.meet(Call::Set)?;
        self.inner.set_modified(time)
    }

    /// Takes an exclusive lock, without waiting.
    ///
    /// # Errors
    /// If somebody else holds a lock, or if the file system has no locks.
    pub fn try_lock(&self) -> Result<(), TryLockError> {
        self.meet(Call::Lock).map_err(TryLockError::Error)?;
        self.inner.try_lock()
    }

    /// Waits for an exclusive lock.
    ///
    /// # Errors
    /// If the file system has no locks.
    pub fn lock(&self) -> io::Result<()> {
        self.meet(Call::Lock)?;
        self.inner.lock()
    }

    /// Waits for a shared lock.
    ///
    /// # Errors
    /// If the file system has no locks.
    pub fn lock_shared(&self) -> io::Result<()> {
        self.meet(Call::Lock)?;
        self.inner.lock_shared()
    }

    /// Releases a lock.
    ///
    /// # Errors
    /// If the file system has no locks.
    pub fn unlock(&self) -> io::Result<()> {
        self.meet(Call::Lock)?;
        self.inner.unlock()
    }

    fn meet(&self, call: Call) -> io::Result<Cut> {
        match &self.watch {
            None => Ok(Cut::None),
            Some(watch) => watch.meet(call),
        }
    }
}

impl Read for File {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        (&*self).read(buffer)
    }
}

impl Read for &File {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self.meet(Call::Read)? {
            Cut::None if self.ended.load(Ordering::Relaxed) => Ok(0),
            Cut::None => (&self.inner).read(buffer),
            Cut::Short => {
                self.ended.store(true, Ordering::Relaxed);
                let read = (&self.inner).read(buffer)?;
                Ok(read / 2)
            }
        }
    }
}

impl Write for File {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        (&*self).write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Write for &File {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self.meet(Call::Write)? {
            Cut::Short if bytes.len() > 1 => (&self.inner).write(&bytes[..bytes.len() / 2]),
            _ => (&self.inner).write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Seek for File {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.inner.seek(to)
    }
}

/// Options for opening a file for writing.
#[derive(Debug, Clone)]
pub struct OpenOptions(std::fs::OpenOptions);

impl Default for OpenOptions {
    fn default() -> Self {
        Self::new()
    }
}

impl OpenOptions {
    /// Options that allow nothing yet.
    #[must_use]
    pub fn new() -> Self {
        Self(std::fs::OpenOptions::new())
    }

    /// Whether the file is opened for reading.
    pub fn read(&mut self, read: bool) -> &mut Self {
        self.0.read(read);
        self
    }

    /// Whether the file is opened for writing.
    pub fn write(&mut self, write: bool) -> &mut Self {
        self.0.write(write);
        self
    }

    /// Whether every write is appended.
    pub fn append(&mut self, append: bool) -> &mut Self {
        self.0.append(append);
        self
    }

    /// Whether existing content is discarded.
    pub fn truncate(&mut self, truncate: bool) -> &mut Self {
        self.0.truncate(truncate);
        self
    }

    /// Whether a missing file is created.
    pub fn create(&mut self, create: bool) -> &mut Self {
        self.0.create(create);
        self
    }

    /// Whether the file must be new.
    pub fn create_new(&mut self, new: bool) -> &mut Self {
        self.0.create_new(new);
        self
    }

    /// Permissions of a new file, on Unix.
    pub fn mode(&mut self, mode: u32) -> &mut Self {
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut self.0, mode);
        #[cfg(not(unix))]
        let _ = mode;
        self
    }

    /// Opens the file.
    ///
    /// # Errors
    /// If the file cannot be opened, or is not a regular file.
    pub fn open(&self, path: impl AsRef<Path>) -> io::Result<File> {
        let path = path.as_ref();
        meet(Call::Create, path)?;
        let mut options = self.0.clone();
        without_waiting(&mut options);
        let inner = options.open(path).map_err(|error| what_is_there(path).unwrap_or(error))?;
        if let Some(error) = irregular(&inner.metadata()?) {
            return Err(error);
        }
        Ok(File::new(inner, path))
    }
}

#[cfg(unix)]
fn without_waiting(options: &mut std::fs::OpenOptions) {
    use std::os::unix::fs::OpenOptionsExt;
    // `O_NONBLOCK` has no effect on regular files.
    options.custom_flags(rustix::fs::OFlags::NONBLOCK.bits().cast_signed());
}

#[cfg(not(unix))]
fn without_waiting(_: &mut std::fs::OpenOptions) {}

/// Error that describes a special file better than the system's error does ("no such device or address" for a socket).
fn what_is_there(path: &Path) -> Option<io::Error> {
    irregular(&std::fs::metadata(path).ok()?)
}

/// Error for opening anything but a regular file; `None` for a regular file.
fn irregular(metadata: &Metadata) -> Option<io::Error> {
    let kind = metadata.file_type();
    if kind.is_file() {
        return None;
    }
    if kind.is_dir() {
        return Some(io::ErrorKind::IsADirectory.into());
    }
    Some(io::Error::new(io::ErrorKind::InvalidInput, format!("it is {}, not a regular file", special(kind))))
}

/// Description of a file that is neither a regular file nor a folder nor a symlink.
#[must_use]
pub fn special(kind: std::fs::FileType) -> &'static str {
    #[cfg(unix)]
    {
        use std::os::unix::fs::FileTypeExt;
        if kind.is_fifo() {
            return "a FIFO";
        }
        if kind.is_socket() {
            return "a socket";
        }
        if kind.is_char_device() || kind.is_block_device() {
            return "a device";
        }
    }
    let _ = kind;
    "a special file"
}

//! Injected faults: which call of the file system fails, and how.
//!
//! Tests [`watch`] a folder. From then on, calls on paths below that folder are counted, and the n-th call that the fault can hit
//! fails. Other folders are not affected, so tests run in parallel. Without a watch, each call costs one atomic load.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, PoisonError, RwLock};

/// Kind of a file-system call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Call {
    /// Opening a file for reading.
    Open,
    /// Opening a file for writing, or creating one.
    Create,
    /// Reading from an open file.
    Read,
    /// Writing to an open file.
    Write,
    /// Metadata: `stat`, `lstat`, `fstat`, `realpath`.
    Stat,
    /// Listing a folder, or reading its next name.
    List,
    /// Creating a folder.
    MakeFolder,
    /// Removing a file or an empty folder.
    Remove,
    /// Renaming.
    Rename,
    /// Hard links, reflinks and symbolic links.
    Link,
    /// Setting times or permissions.
    Set,
    /// Flushing data to the disk: `fsync`, `syncfs`.
    Sync,
    /// Locking or unlocking.
    Lock,
}

/// How a call fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FaultKind {
    /// An input or output error of the device. Hits every call.
    Io,
    /// No space left on the device. Hits calls that take space.
    Full,
    /// Permission denied. Hits calls that name a path.
    Denied,
    /// Too many open files. Hits calls that open something.
    TooManyFiles,
    /// A read returns half of the bytes, and then the file ends. Hits reads.
    ShortRead,
    /// A write takes only half of the bytes. Hits writes of two or more bytes.
    ShortWrite,
}

impl FaultKind {
    /// All kinds.
    pub const ALL: [Self; 6] =
        [Self::Io, Self::Full, Self::Denied, Self::TooManyFiles, Self::ShortRead, Self::ShortWrite];

    fn hits(self, call: Call) -> bool {
        match self {
            Self::Io => true,
            Self::Full => {
                matches!(call, Call::Create | Call::Write | Call::MakeFolder | Call::Rename | Call::Link | Call::Sync)
            }
            Self::Denied => !matches!(call, Call::Read | Call::Write | Call::Sync | Call::Lock),
            Self::TooManyFiles => matches!(call, Call::Open | Call::Create | Call::List),
            Self::ShortRead => call == Call::Read,
            Self::ShortWrite => call == Call::Write,
        }
    }

    fn error(self) -> io::Error {
        #[cfg(unix)]
        {
            use rustix::io::Errno;
            let errno = match self {
                Self::Full => Errno::NOSPC,
                Self::Denied => Errno::ACCESS,
                Self::TooManyFiles => Errno::MFILE,
                Self::Io | Self::ShortRead | Self::ShortWrite => Errno::IO,
            };
            errno.into()
        }
        #[cfg(not(unix))]
        {
            io::Error::other("an error on purpose")
        }
    }
}

/// A fault to inject.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fault {
    /// How calls fail.
    pub kind: FaultKind,
    /// Which of the calls that `kind` can hit fails first, counted from 1. With 0 no call fails, and calls are only counted.
    pub at: usize,
    /// Whether all later calls fail as well, as on a disk that is gone.
    pub lasting: bool,
}

/// How much of its work a call should do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cut {
    /// All of the work.
    None,
    /// Less than was requested.
    Short,
}

/// A watched folder.
#[derive(Debug)]
pub(super) struct FaultWatch {
    root: PathBuf,
    fault: Fault,
    calls: AtomicUsize,
}

impl FaultWatch {
    /// Counts a call, and fails it if it is the one to fail.
    pub(super) fn meet(&self, call: Call) -> io::Result<Cut> {
        if !self.fault.kind.hits(call) {
            return Ok(Cut::None);
        }
        let number = self.calls.fetch_add(1, Ordering::Relaxed) + 1;
        let turn = number == self.fault.at || (self.fault.lasting && self.fault.at != 0 && number > self.fault.at);
        match (turn, self.fault.kind) {
            (false, _) => Ok(Cut::None),
            (true, FaultKind::ShortRead | FaultKind::ShortWrite) => Ok(Cut::Short),
            (true, kind) => Err(kind.error()),
        }
    }
}

/// Number of watched folders.
static WATCHED: AtomicUsize = AtomicUsize::new(0);

static WATCHES: RwLock<Vec<Arc<FaultWatch>>> = RwLock::new(Vec::new());

/// A watch; dropping it ends the watch.
#[derive(Debug)]
pub struct Watching(Arc<FaultWatch>);

impl Watching {
    /// Number of calls so far that the fault could hit.
    #[must_use]
    pub fn calls(&self) -> usize {
        self.0.calls.load(Ordering::Relaxed)
    }
}

impl Drop for Watching {
    fn drop(&mut self) {
        let mut watches = WATCHES.write().unwrap_or_else(PoisonError::into_inner);
        watches.retain(|watch| !Arc::ptr_eq(watch, &self.0));
        WATCHED.store(watches.len(), Ordering::SeqCst);
    }
}

/// Watches all paths below a folder, an absolute path without symlinks.
#[must_use]
pub fn watch(root: &Path, fault: Fault) -> Watching {
    let watch = Arc::new(FaultWatch { root: root.to_owned(), fault, calls: AtomicUsize::new(0) });
    let mut watches = WATCHES.write().unwrap_or_else(PoisonError::into_inner);
    watches.push(Arc::clone(&watch));
    WATCHED.store(watches.len(), Ordering::SeqCst);
    Watching(watch)
}

/// Returns the watch on a path; always `None` outside tests.
pub(super) fn watch_of(path: &Path) -> Option<Arc<FaultWatch>> {
    if WATCHED.load(Ordering::Relaxed) == 0 {
        return None;
    }
    let watches = WATCHES.read().unwrap_or_else(PoisonError::into_inner);
    watches.iter().find(|watch| path.starts_with(&watch.root)).cloned()
}

/// Counts a call on a path, and fails it if a fault is due.
pub(super) fn meet(call: Call, path: &Path) -> io::Result<()> {
    match watch_of(path) {
        None => Ok(()),
        Some(watch) => watch.meet(call).map(drop),
    }
}

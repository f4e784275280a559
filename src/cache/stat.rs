//! A file's metadata, as the file system reports it.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Serialize};

use crate::machine::fs::Metadata;

/// Minimum age of a change, before the run began, for the stat to be trusted later: the coarsest clock of a file system still in
/// use (FAT: two seconds).
const RACY: Duration = Duration::from_secs(2);

/// The same where the file system's clock is visibly fine. Linux takes file times from a clock that ticks every 1 to 10 milliseconds
/// and shows the fraction of a millisecond at the tick.
const RACY_IF_FINE: Duration = Duration::from_millis(50);

/// Size, times and identity of a file. Equal stats are a strong hint that the content is equal, too: programs cannot set the change
/// time, so even a replacement of equal size and modification time is noticed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stat {
    /// Length in bytes.
    pub len: u64,
    /// Modification time, nanoseconds since the epoch.
    pub modified: i128,
    /// Time of the last change of content or attributes, nanoseconds since the epoch; 0 where the system has none.
    pub changed: i128,
    /// Device and inode; 0 where the system has none.
    pub inode: (u64, u64),
}

impl Stat {
    /// Takes the stat from the standard library's metadata.
    #[must_use]
    pub fn of(metadata: &Metadata) -> Self {
        #[cfg(unix)]
        {
            use std::os::unix::fs::MetadataExt;
            let nanoseconds = |seconds: i64, rest: i64| i128::from(seconds) * 1_000_000_000 + i128::from(rest);
            Self {
                len: metadata.len(),
                modified: nanoseconds(metadata.mtime(), metadata.mtime_nsec()),
                changed: nanoseconds(metadata.ctime(), metadata.ctime_nsec()),
                inode: (metadata.dev(), metadata.ino()),
            }
        }
        #[cfg(not(unix))]
        {
            let modified = metadata
                .modified()
                .ok()
                .and_then(|time| time.duration_since(std::time::UNIX_EPOCH).ok())
                .map_or(0, |since| i128::try_from(since.as_nanos()).unwrap_or(i128::MAX));
            Self { len: metadata.len(), modified, changed: 0, inode: (0, 0) }
        }
    }

    /// Whether a later write could leave the file with the very same stat, because the clock of its file system had not ticked since
    /// (git calls such an entry racily clean). The file is read after `began`.
    ///
    /// The change time decides where there is one: it cannot be set, so a camera whose clock is ahead does no harm. A change before the
    /// beginning of the run is also before the reading of the file.
    #[must_use]
    pub fn is_racy(&self, began: SystemTime) -> bool {
        let newest = if self.changed == 0 { self.modified } else { self.changed };
        let fine = newest % nanoseconds(Duration::from_millis(1)) != 0;
        newest > since_epoch(began) - nanoseconds(if fine { RACY_IF_FINE } else { RACY })
    }
}

fn since_epoch(time: SystemTime) -> i128 {
    match time.duration_since(UNIX_EPOCH) {
        Ok(since) => nanoseconds(since),
        Err(before) => -nanoseconds(before.duration()),
    }
}

fn nanoseconds(duration: Duration) -> i128 {
    i128::try_from(duration.as_nanos()).unwrap_or(i128::MAX)
}

//! What the file system says of a file without reading it.

use serde::{Deserialize, Serialize};

use crate::machine::fs::Metadata;

/// Size, times and identity of a file. Equal stats are a strong hint that the content is equal too: the change time
/// cannot be set by a program, so even a file that was replaced by one of equal size and modification time shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stat {
    /// Length in bytes.
    pub len: u64,
    /// Modification time, nanoseconds since the epoch.
    pub modified: i128,
    /// Time of the last change of content or attributes, nanoseconds since the epoch; 0 where there is no such thing.
    pub changed: i128,
    /// Device and inode; 0 where there is no such thing.
    pub inode: (u64, u64),
}

impl Stat {
    /// From what the standard library reads.
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
}

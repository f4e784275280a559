//! The bytes of a file at its last reading.

use super::Digest;

/// Hash and time of a reading of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reading {
    /// Hash of the bytes.
    pub digest: Digest,
    /// Time of the last reading, in seconds since the epoch.
    pub at: i64,
}

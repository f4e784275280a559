//! The bytes of a file when it was last read.

use super::Digest;

/// Bytes that a file held once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reading {
    /// Hash of the bytes.
    pub digest: Digest,
    /// Time of the last reading, in seconds since the epoch.
    pub at: i64,
}

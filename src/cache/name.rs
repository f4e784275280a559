//! The parts of a stored file's name.

use std::io;
use std::path::{Path, PathBuf};

use crate::cache::{Digest, Key};

/// The parts of a stored file's name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Name {
    pub(super) key: Key,
    pub(super) len: u64,
    /// First half of the content's hash.
    pub(super) content: String,
}

impl Name {
    pub(super) fn of(key: Key, bytes: &[u8]) -> Self {
        Self { key, len: bytes.len() as u64, content: Digest::of(bytes).half() }
    }

    /// Path in the store, `ab/cdef…-1234-0123…`: key, length, content hash.
    pub(super) fn path(&self) -> PathBuf {
        let key = self.key.hex();
        Path::new(&key[..2]).join(format!("{}-{}-{}", &key[2..], self.len, self.content))
    }

    pub(super) fn parse(shard: &str, name: &str) -> Option<Self> {
        let mut parts = name.split('-');
        let (key, len, content) = (parts.next()?, parts.next()?, parts.next()?);
        let name =
            Self { key: Key::from_hex(&format!("{shard}{key}"))?, len: len.parse().ok()?, content: content.to_owned() };
        (parts.next().is_none() && content.len() == 32).then_some(name)
    }
}

/// Hashes the content of a file that may be larger than memory.
pub(super) fn content_of(path: &Path) -> io::Result<String> {
    Digest::of_file(path).map(Digest::half)
}

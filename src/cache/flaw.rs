//! Ways in which a file can differ from its known content.

use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use super::name::content_of;
use crate::diagnostic::Failure;
use crate::machine::{fs, threads};

/// How a file differs from its known content.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Flaw {
    /// The file holds other bytes.
    Content,
    /// The file cannot be read although reading is permitted; usually the disk fails.
    Unreadable,
    /// The path holds something else: a folder, a symlink, a device.
    NoFile,
    /// The path holds nothing.
    Missing,
}

impl Flaw {
    /// Checks a file that should be `len` bytes long and hash to `content`; `None` if it does.
    ///
    /// # Errors
    /// If reading is not permitted, or if the machine has run out of a resource: neither is evidence of damage.
    pub fn of(path: &Path, len: u64, content: &str) -> Result<Option<Self>, Failure> {
        // Try twice: one failed read is no proof of damage, and a repair would remove a good file.
        let looked = Self::look(path, len, content).or_else(|_| Self::look(path, len, content));
        match looked {
            Err(error) if error.kind() == ErrorKind::PermissionDenied || threads::is_exhaustion(&error) => {
                Err(Failure::on("read", path)(error))
            }
            Err(_) => Ok(Some(Self::Unreadable)),
            Ok(flaw) => Ok(flaw),
        }
    }

    fn look(path: &Path, len: u64, content: &str) -> io::Result<Option<Self>> {
        Ok(match fs::symlink_metadata(path) {
            Err(error) if error.kind() == ErrorKind::NotFound => Some(Self::Missing),
            Err(error) => return Err(error),
            Ok(metadata) if !metadata.is_file() => Some(Self::NoFile),
            Ok(metadata) if metadata.len() != len => Some(Self::Content),
            Ok(_) => (content_of(path)? != content).then_some(Self::Content),
        })
    }
}

/// A file of a store that does not match its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spoiled {
    /// Path of the file.
    pub path: PathBuf,
    /// Expected length in bytes.
    pub len: u64,
    /// Expected hash of the content, 32 digits.
    pub content: String,
    /// How the file differs.
    pub flaw: Flaw,
}

//! What may be wrong with a file whose content is known.

use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use super::name::content_of;
use crate::diagnostic::Failure;
use crate::machine::{fs, threads};

/// What is wrong with a file whose content is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Flaw {
    /// It holds other bytes.
    Content,
    /// It cannot be read, because the disk fails or because it may not be read.
    Unreadable,
    /// Something else is there: a folder, a link, a device.
    NoFile,
    /// Nothing is there.
    Missing,
}

impl Flaw {
    /// The flaw of a file that is to be `len` bytes long and hash to `content`; `None` if it has none.
    ///
    /// # Errors
    /// If the file may not be read, or if the machine has run out of something: that says nothing of the file.
    pub fn of(path: &Path, len: u64, content: &str) -> Result<Option<Self>, Failure> {
        // One failed read is no damage: whoever repairs would take a good file away.
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

/// A file of a store that is not as its name says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spoiled {
    /// Where it is.
    pub path: PathBuf,
    /// How long it should be.
    pub len: u64,
    /// What it should hash to, 32 digits.
    pub content: String,
    /// What is wrong with it.
    pub flaw: Flaw,
}

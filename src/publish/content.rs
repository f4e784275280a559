//! The intended content of a published file, and the check whether a file has it.

use std::collections::BTreeMap;
use std::io::{self, Read};
use std::path::Path;

use super::disk::Disk;
use super::item::InventoryItem;
use crate::cache::{Digest, Stat, Store, StoredFile, seal};
use crate::lock::{Lock, locked_len};
use crate::machine::fs::{self, File, Metadata};
use crate::plan::{Copy, Naming, OutputPath};

/// The content of every file of the output.
pub(super) type Wanted<'a> = BTreeMap<&'a OutputPath, Content<'a>>;

/// A file to be written, and whether it replaces an existing one.
pub(super) struct PendingFile<'a> {
    pub(super) path: &'a OutputPath,
    pub(super) content: Content<'a>,
    pub(super) replaces: bool,
}

/// The content of one file of the output.
#[derive(Debug, Clone, Copy)]
pub(super) enum Content<'a> {
    /// A file of the store.
    Stored(&'a StoredFile, Naming),
    /// A file of the site.
    Original(&'a Copy),
    /// A file that is published encrypted, and its path: a locked file can only be decrypted at its own path.
    Locked(&'a Lock, &'a OutputPath, Inside<'a>),
    /// Bytes in memory, with a name that depends on the content (style sheets, scripts).
    Asset(&'a [u8]),
    /// Bytes in memory whose name does not depend on the content, so existing pages may already link to it.
    Page(&'a [u8]),
}

/// The content of a locked file before encryption.
#[derive(Debug, Clone, Copy)]
pub(super) enum Inside<'a> {
    /// A file of the store.
    Stored(&'a StoredFile),
    /// A file of the site.
    Original(&'a Copy),
}

impl Content<'_> {
    pub(super) fn len(&self) -> u64 {
        match self {
            Self::Stored(file, _) => file.len,
            Self::Original(copy) => copy.len,
            Self::Locked(_, _, Inside::Stored(file)) => locked_len(file.len),
            Self::Locked(_, _, Inside::Original(copy)) => locked_len(copy.len),
            Self::Asset(bytes) | Self::Page(bytes) => bytes.len() as u64,
        }
    }

    /// How the file is named. Only files named after their content may be sealed: the modification time of others has to change
    /// with the content, because rsync and web servers go by time and length.
    pub(super) fn naming(&self) -> Naming {
        match self {
            Self::Stored(_, naming) => *naming,
            Self::Original(copy) => copy.naming,
            Self::Asset(_) | Self::Locked(..) => Naming::Content,
            Self::Page(_) => Naming::Author,
        }
    }

    /// Hash of the bytes, 32 digits; `None` if it can only be known by reading the finished file.
    pub(super) fn hash(&self) -> Option<String> {
        match self {
            Self::Stored(file, _) => Store::content(file),
            Self::Original(copy) => Some(copy.digest.half()),
            Self::Asset(bytes) | Self::Page(bytes) => Some(Digest::of(bytes).half()),
            Self::Locked(..) => None,
        }
    }

    /// Whether a finished build found this content in the file with this `metadata`, and the file has not changed since.
    fn is_still(&self, known: &InventoryItem, metadata: &Metadata) -> bool {
        known.stat == Some(Stat::of(metadata)) && self.is_known(known)
    }

    /// Whether a finished build left this content at the path of the file.
    fn is_known(&self, known: &InventoryItem) -> bool {
        known.len == self.len() && self.hash().is_some_and(|hash| hash == known.content)
    }

    /// Whether the inventory keeps the stat of the file: the file has no seal, and reading it takes long.
    pub(super) fn is_remembered(&self) -> bool {
        matches!(self, Self::Stored(_, Naming::Author) | Self::Original(Copy { naming: Naming::Author, .. }))
    }

    /// Whether the file at `path` with this `metadata` already has this content. An unbroken seal and the `known` item count only if the
    /// file is `ours`: other files are not necessarily named after their content.
    pub(super) fn is_in(
        &self,
        disk: &Disk<'_>,
        path: &Path,
        metadata: &Metadata,
        ours: bool,
        known: Option<&InventoryItem>,
    ) -> io::Result<bool> {
        if !metadata.is_file() || metadata.len() != self.len() {
            return Ok(false);
        }
        let known = known.filter(|_| ours && self.is_remembered());
        if known.is_some_and(|known| self.is_still(known, metadata)) {
            return Ok(true);
        }
        let by_content = self.naming() == Naming::Content;
        let sealed = ours && by_content && seal::is_sealed(metadata);
        if by_content && !sealed && self.is_of_others(metadata) {
            return Ok(false);
        }
        if ours
            && !sealed
            && matches!(self, Self::Stored(_, Naming::Content) | Self::Original(Copy { naming: Naming::Content, .. }))
        {
            // Before the file is read, so that a write after the reading is noticed.
            seal::mark_at(path);
        }
        let equal = match self {
            Self::Asset(bytes) | Self::Page(bytes) => return Ok(fs::read(path)? == *bytes),
            Self::Stored(..) | Self::Original(_) | Self::Locked(..) if sealed => return Ok(true),
            // Comparing takes as long as encrypting again.
            Self::Locked(..) => false,
            Self::Stored(file, _) => is_same(metadata, &file.path) || equal(path, &file.path)?,
            Self::Original(copy) => Digest::of_file(path)? == copy.digest,
        };
        if equal && ours && by_content {
            disk.found_whole(path);
        }
        if equal && ours && self.is_remembered() && !known.is_some_and(|known| self.is_known(known)) {
            // The run that wrote the file may not have finished.
            disk.found_written(path);
        }
        Ok(equal)
    }

    /// Whether a file has another hard link that is not the store's. It may be linked to an original, whose time must not change.
    fn is_of_others(&self, metadata: &Metadata) -> bool {
        #[cfg(unix)]
        {
            use std::os::unix::fs::MetadataExt;
            metadata.nlink() > 1 && !matches!(self, Self::Stored(file, _) if is_same(metadata, &file.path))
        }
        #[cfg(not(unix))]
        {
            let _ = metadata;
            false
        }
    }
}

/// Whether the metadata `one` and the path `other` belong to the same file.
fn is_same(one: &Metadata, other: &Path) -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        fs::symlink_metadata(other).is_ok_and(|other| (one.dev(), one.ino()) == (other.dev(), other.ino()))
    }
    #[cfg(not(unix))]
    {
        let _ = (one, other);
        false
    }
}

fn equal(one: &Path, other: &Path) -> io::Result<bool> {
    let (mut one, mut other) = (File::open(one)?, File::open(other)?);
    let (mut left, mut right) = (vec![0; 1 << 16], vec![0; 1 << 16]);
    loop {
        let read = one.read(&mut left)?;
        if read == 0 {
            return Ok(other.read(&mut right)? == 0);
        }
        match other.read_exact(&mut right[..read]) {
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(false),
            result => result?,
        }
        if left[..read] != right[..read] {
            return Ok(false);
        }
    }
}

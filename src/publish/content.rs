//! What a published file is to hold, and whether it does.

use std::collections::BTreeMap;
use std::io::{self, Read};
use std::path::Path;

use super::disk::Disk;
use super::item::InventoryItem;
use crate::cache::{Digest, Stat, Store, StoredFile, seal};
use crate::lock::{Lock, locked_len};
use crate::machine::fs::{self, File, Metadata};
use crate::plan::{Copy, Naming, OutputPath};

/// The content of every file that the output is to hold.
pub(super) type Wanted<'a> = BTreeMap<&'a OutputPath, Content<'a>>;

/// A file to be put, and whether something is there already.
pub(super) struct PendingFile<'a> {
    pub(super) path: &'a OutputPath,
    pub(super) content: Content<'a>,
    pub(super) replaces: bool,
}

/// The content of one file of the output.
#[derive(Debug, Clone, Copy)]
pub(super) enum Content<'a> {
    /// What lies in the store.
    Stored(&'a StoredFile, Naming),
    /// What lies in the site.
    Original(&'a Copy),
    /// What is published encrypted, and where: a locked file opens at its own place only.
    Locked(&'a Lock, &'a OutputPath, Inside<'a>),
    /// What is in memory and has a name that says so (style sheets, scripts).
    Asset(&'a [u8]),
    /// What is in memory and may be linked to before it is as it should be.
    Page(&'a [u8]),
}

/// What is inside a locked file.
#[derive(Debug, Clone, Copy)]
pub(super) enum Inside<'a> {
    /// What lies in the store.
    Stored(&'a StoredFile),
    /// What lies in the site.
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

    /// Whether a name stands for one content only. Other files must not be sealed: their time has to tell that they have
    /// changed to whoever goes by time and length, such as rsync and web servers.
    pub(super) fn naming(&self) -> Naming {
        match self {
            Self::Stored(_, naming) => *naming,
            Self::Original(copy) => copy.naming,
            Self::Asset(_) | Self::Locked(..) => Naming::Content,
            Self::Page(_) => Naming::Author,
        }
    }

    /// What the bytes hash to, 32 digits; `None` if that can only be known by reading the finished file.
    pub(super) fn hash(&self) -> Option<String> {
        match self {
            Self::Stored(file, _) => Store::content(file),
            Self::Original(copy) => Some(copy.digest.half()),
            Self::Asset(bytes) | Self::Page(bytes) => Some(Digest::of(bytes).half()),
            Self::Locked(..) => None,
        }
    }

    /// Whether a finished build found this content in the file with this metadata, and the file has not changed since.
    fn is_still(&self, known: &InventoryItem, metadata: &Metadata) -> bool {
        known.stat == Some(Stat::of(metadata)) && self.is_known(known)
    }

    /// Whether a finished build left this content in the place of the file.
    fn is_known(&self, known: &InventoryItem) -> bool {
        known.len == self.len() && self.hash().is_some_and(|hash| hash == known.content)
    }

    /// Whether the inventory remembers what the file system says of the file: reading it takes long, and it bears no seal.
    pub(super) fn is_remembered(&self) -> bool {
        matches!(self, Self::Stored(_, Naming::Author) | Self::Original(Copy { naming: Naming::Author, .. }))
    }

    /// Whether the file at `path`, of which this is the metadata, holds this already. An unbroken seal and what is `known` of
    /// the file count only for `ours`: only there does the name say what the content is.
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
            // Before it is read, so that a write after the reading shows.
            seal::mark_at(path);
        }
        let equal = match self {
            Self::Asset(bytes) | Self::Page(bytes) => return Ok(fs::read(path)? == *bytes),
            Self::Stored(..) | Self::Original(_) | Self::Locked(..) if sealed => return Ok(true),
            // To compare it is to encrypt it.
            Self::Locked(..) => false,
            Self::Stored(file, _) => is_same(metadata, &file.path) || equal(path, &file.path)?,
            Self::Original(copy) => Digest::of_file(path)? == copy.digest,
        };
        if equal && ours && by_content {
            disk.found_whole(path);
        }
        if equal && ours && self.is_remembered() && !known.is_some_and(|known| self.is_known(known)) {
            // The run that put it need not have finished.
            disk.found_written(path);
        }
        Ok(equal)
    }

    /// Whether a file has another name that is not the store's: somebody may have linked it to an original, whose time must stay.
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

/// Whether a file is another name of the one of which this is the metadata.
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

//! Files that are published unchanged: sounds that need no conversion, and attachments.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::ids::CopyId;
use super::names;
use super::output_path::OutputPath;
use crate::cache::Digest;
use crate::site::Attachment;
use crate::source::SitePath;

/// The origin of a published file's name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Naming {
    /// The name contains a hash of the content, so a file with this name never changes.
    #[default]
    Content,
    /// The author chose the name; the content may change.
    Author,
}

/// A file that is published unchanged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Copy {
    /// Path of the source on disk.
    pub from: PathBuf,
    /// Hash of the content.
    pub digest: Digest,
    /// Length in bytes.
    pub len: u64,
    /// Path in the output folder.
    pub path: OutputPath,
    /// Origin of the file's name.
    pub naming: Naming,
}

/// The copies collected so far; sounds with equal output paths are published once.
#[derive(Default)]
pub(super) struct Copies {
    pub(super) list: Vec<Copy>,
    by_path: BTreeMap<OutputPath, CopyId>,
}

impl Copies {
    /// Adds a file under a name that contains its hash.
    pub(super) fn add(&mut self, source: &SitePath, from: &Path, digest: Digest, len: u64) -> CopyId {
        let path = names::copy(source, digest);
        // The name contains the hash, so equal paths mean equal files.
        if let Some(copy) = self.by_path.get(&path) {
            return *copy;
        }
        let id = self.push(Copy { from: from.to_owned(), digest, len, path: path.clone(), naming: Naming::Content });
        self.by_path.insert(path, id);
        id
    }

    /// Adds an attachment at the path that its author chose.
    pub(super) fn add_attachment(&mut self, attachment: &Attachment) -> CopyId {
        let Attachment { absolute, digest, len, to, .. } = attachment;
        let path = OutputPath::from_path(to.clone());
        self.push(Copy { from: absolute.clone(), digest: *digest, len: *len, path, naming: Naming::Author })
    }

    fn push(&mut self, copy: Copy) -> CopyId {
        let id = CopyId::at(self.list.len());
        self.list.push(copy);
        id
    }
}

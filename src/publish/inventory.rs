//! What was published: the length and the hash of each file of the output.
//!
//! In: what a build put. Out: what `verify` compares the output with. It lies in the cache, which never leaves the machine: paths of
//! private galleries stand in it. A hint: without it nothing can be said of the output, and the next build makes it again.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::content::{Content, Inside};
use super::publish::Wanted;
use crate::cache::atomic::{self, Durability};
use crate::cache::{Cache, Digest, Store};
use crate::diagnostic::Failure;
use crate::machine::fs;
use crate::plan::{Naming, OutputPath};

/// Raised when the file looks different.
const VERSION: u32 = 1;

/// What is known of one file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Item {
    /// Length in bytes.
    pub(super) len: u64,
    /// What the bytes hash to, 32 digits.
    pub(super) content: String,
    /// Whether the name says what the content is.
    pub(super) by_content: bool,
}

/// What is known of all files, by their path in the output.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Inventory(pub(super) BTreeMap<String, Item>);

/// An inventory as it is stored, with a checksum of the files' text.
#[derive(Serialize, Deserialize)]
struct Stored<Text> {
    version: u32,
    sum: String,
    files: Text,
}

impl Inventory {
    /// Of what is in the output now. Only encrypted files have to be read, and only those that were `put` in this run or of which
    /// nothing is `known`.
    pub(super) fn of(
        output: &Path,
        wanted: &Wanted<'_>,
        put: &BTreeSet<&OutputPath>,
        known: Option<&Self>,
    ) -> Result<Self, Failure> {
        let item = |(&path, content): (&&OutputPath, &Content<'_>)| {
            let known = known.and_then(|known| known.0.get(path.as_path().as_str())).filter(|_| !put.contains(path));
            let hash = match (content, known) {
                (Content::Locked(..), Some(known)) if known.len == content.len() => known.content.clone(),
                _ => hash(content, &path.under(output)).map_err(Failure::on("read", &path.under(output)))?,
            };
            let by_content = content.naming() == Naming::Content;
            Ok((path.as_path().as_str().to_owned(), Item { len: content.len(), content: hash, by_content }))
        };
        wanted.iter().map(item).collect::<Result<_, _>>().map(Self)
    }

    /// What was published into this folder last; `None` if that is not known.
    pub(super) fn load(cache: &Cache, output: &Path) -> Option<Self> {
        let bytes = fs::read(place(cache, output).ok()?).ok()?;
        let stored: Stored<String> = serde_json::from_slice(&bytes).ok()?;
        let is_whole = stored.version == VERSION && Digest::of(stored.files.as_bytes()).half() == stored.sum;
        is_whole.then(|| serde_json::from_str(&stored.files).ok().map(Self)).flatten()
    }

    /// Keeps it.
    pub(super) fn save(&self, cache: &Cache, output: &Path) -> Result<(), Failure> {
        let path = place(cache, output)?;
        let text = || {
            let files = serde_json::to_string(&self.0)?;
            serde_json::to_vec(&Stored { version: VERSION, sum: Digest::of(files.as_bytes()).half(), files })
        };
        let text = text().map_err(io::Error::from);
        text.and_then(|text| atomic::write(&path, &text, Durability::Lazy)).map_err(Failure::on("write", &path))
    }

    /// Forgets it.
    pub(super) fn remove(cache: &Cache, output: &Path) -> Result<(), Failure> {
        let path = place(cache, output)?;
        match fs::remove_file(&path) {
            Err(error) if error.kind() != ErrorKind::NotFound => Err(Failure::on("remove", &path)(error)),
            _ => Ok(()),
        }
    }
}

/// One file for each output folder.
fn place(cache: &Cache, output: &Path) -> Result<PathBuf, Failure> {
    let whole = fs::canonicalize(output).map_err(Failure::on("read", output))?;
    Ok(cache.inventory_path(&whole))
}

fn hash(content: &Content<'_>, path: &Path) -> io::Result<String> {
    match content {
        Content::Stored(file, _) => Store::content(file).map_or_else(|| Digest::of_file(path).map(Digest::half), Ok),
        Content::Original(copy) => Ok(copy.digest.half()),
        Content::Asset(bytes) | Content::Page(bytes) => Ok(Digest::of(bytes).half()),
        Content::Locked(_, _, Inside::Stored(_) | Inside::Original(_)) => Digest::of_file(path).map(Digest::half),
    }
}

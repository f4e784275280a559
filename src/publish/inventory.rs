//! The inventory: length and hash of each published file.
//!
//! In: the files that a build put. Out: the list that `verify` compares with the output. It is in the cache, which never leaves the
//! machine, because it contains the paths of private galleries. It is a hint: without it the output cannot be verified, and the next
//! build writes it again.
//!
//! A build also uses it for files that are not named after their content: a file that has not changed since a finished build is not
//! read again. Everything in the inventory is on the disk before the inventory is written; otherwise the zeros that a power failure
//! can leave would be taken for content.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use serde::{Deserialize, Serialize};

use super::content::{Content, Wanted};
use super::item::InventoryItem;
use crate::cache::atomic::{self, Durability};
use crate::cache::{Cache, Digest, Stat};
use crate::diagnostic::Failure;
use crate::machine::fs;
use crate::plan::{Naming, OutputPath};

/// Format version; increase it when the format changes.
const VERSION: u32 = 2;

/// Items of all files, by their path in the output.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Inventory(pub(super) BTreeMap<String, InventoryItem>);

/// An inventory as it is stored, with a checksum of the files' text.
#[derive(Serialize, Deserialize)]
struct Stored<Text> {
    version: u32,
    sum: String,
    files: Text,
}

impl Inventory {
    /// Builds the inventory of the output as it is now. Only encrypted files are read, and only those that were `put` in this run or that
    /// are missing from the `known` inventory. The run first looked at the output after `began`.
    ///
    /// # Errors
    /// If a file cannot be read.
    pub(super) fn of(
        output: &Path,
        wanted: &Wanted<'_>,
        put: &BTreeSet<&OutputPath>,
        known: Option<&Self>,
        began: SystemTime,
    ) -> Result<Self, Failure> {
        let item = |(&path, content): (&&OutputPath, &Content<'_>)| {
            let absolute = path.under(output);
            let failed = || Failure::on("read", &absolute);
            let known = known.and_then(|known| known.get(path)).filter(|_| !put.contains(path));
            let hash = match (content.hash(), known) {
                (Some(hash), _) => hash,
                (None, Some(known)) if known.len == content.len() => known.content.clone(),
                (None, _) => Digest::of_file(&absolute).map(Digest::half).map_err(failed())?,
            };
            let stat = match content.is_remembered() {
                true => Some(Stat::of(&fs::symlink_metadata(&absolute).map_err(failed())?)),
                false => None,
            };
            let by_content = content.naming() == Naming::Content;
            let stat = stat.filter(|stat| !stat.is_racy(began));
            Ok((
                path.as_path().as_str().to_owned(),
                InventoryItem { len: content.len(), content: hash, by_content, stat },
            ))
        };
        wanted.iter().map(item).collect::<Result<_, _>>().map(Self)
    }

    /// Returns the item of one file.
    pub(super) fn get(&self, path: &OutputPath) -> Option<&InventoryItem> {
        self.0.get(path.as_path().as_str())
    }

    /// Loads the inventory of the output folder; `None` if it is missing, damaged or of another version.
    pub(super) fn load(cache: &Cache, output: &Path) -> Option<Self> {
        let bytes = fs::read(place(cache, output).ok()?).ok()?;
        let stored: Stored<String> = serde_json::from_slice(&bytes).ok()?;
        let is_whole = stored.version == VERSION && Digest::of(stored.files.as_bytes()).half() == stored.sum;
        is_whole.then(|| serde_json::from_str(&stored.files).ok().map(Self)).flatten()
    }

    /// Writes the inventory to the cache.
    pub(super) fn save(&self, cache: &Cache, output: &Path) -> Result<(), Failure> {
        let path = place(cache, output)?;
        let text = || {
            let files = serde_json::to_string(&self.0)?;
            serde_json::to_vec(&Stored { version: VERSION, sum: Digest::of(files.as_bytes()).half(), files })
        };
        let text = text().map_err(io::Error::from);
        text.and_then(|text| atomic::write(&path, &text, Durability::Lazy)).map_err(Failure::on("write", &path))
    }

    /// Removes the inventory from the cache; a missing one is no error.
    pub(super) fn remove(cache: &Cache, output: &Path) -> Result<(), Failure> {
        let path = place(cache, output)?;
        match fs::remove_file(&path) {
            Err(error) if error.kind() != ErrorKind::NotFound => Err(Failure::on("remove", &path)(error)),
            _ => Ok(()),
        }
    }
}

/// Returns the path of the inventory: one file in the cache for each output folder.
fn place(cache: &Cache, output: &Path) -> Result<PathBuf, Failure> {
    let whole = fs::whole(output).map_err(Failure::on("read", output))?;
    Ok(cache.inventory_path(&whole))
}

//! Hashing everything that was published.
//!
//! In: the output folder and its inventory. Out: the files that differ from the published ones. Seals are not trusted. The audit
//! changes nothing. Repairs go by name, and touch only files that cimaise created. Pages and encrypted files are written again by the
//! next build; this module only prepares that.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::disk::Disk;
use super::inventory::Inventory;
use super::item::InventoryItem;
use super::manifest::{self, Manifest, ManifestState};
use super::turns::lock;
use crate::cache::{Cache, Flaw, Store, StoredFile, seal};
use crate::diagnostic::Failure;
use crate::machine::fs;
use crate::plan::OutputPath;
use crate::source::SitePath;

/// Result of an audit of an output folder.
#[derive(Debug)]
pub struct Audit {
    output: PathBuf,
    inventory: Inventory,
    /// Files that differ from the published ones.
    pub flawed: Vec<Flawed>,
    /// The manifest as it should be, if it differs.
    manifest: Option<Manifest>,
}

/// A file of the output that differs from the published one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flawed {
    /// Path of the file.
    pub path: PathBuf,
    /// How it differs.
    pub flaw: Flaw,
    item: InventoryItem,
    /// Whether a folder above it is a symlink, or not a folder.
    is_outside: bool,
}

/// Result of a repair.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mended {
    /// The file is restored.
    Whole,
    /// The next build restores it.
    Prepared,
}

/// Inventory and manifest of an output folder, before its files are hashed.
#[derive(Debug)]
pub struct Known {
    output: PathBuf,
    inventory: Inventory,
    found: ManifestState,
}

/// Reads inventory and manifest of an output folder; `None` if there is no inventory.
///
/// # Errors
/// If the manifest cannot be read.
pub fn known(output: &Path, cache: &Cache) -> Result<Option<Known>, Failure> {
    let Some(inventory) = Inventory::load(cache, output) else { return Ok(None) };
    let found = Manifest::read(output).map_err(Failure::on("read", output))?;
    Ok(Some(Known { output: output.to_owned(), inventory, found }))
}

impl Known {
    /// Number of files to hash.
    #[must_use]
    pub fn len(&self) -> usize {
        self.inventory.0.len()
    }

    /// Hashes every file on all threads and calls `done` after each. `None` if the site was removed from the folder.
    ///
    /// # Errors
    /// As [`Flaw::of`].
    pub fn audit(self, done: &(dyn Fn() + Sync)) -> Result<Option<Audit>, Failure> {
        let Self { output, inventory, found } = self;
        let inside = real_folders(&output, &inventory);
        let look = |(path, item): (SitePath, &InventoryItem)| {
            let absolute = path.under(&output);
            let is_outside = path.parent().is_some_and(|folder| !inside.contains(&folder));
            let flaw = match is_outside {
                // The content of a file is not read through a symlink.
                true => Ok(Some(if fs::exists(&absolute).unwrap_or(true) { Flaw::NoFile } else { Flaw::Missing })),
                false => Flaw::of(&absolute, item.len, &item.content),
            };
            done();
            Ok((path, flaw?.map(|flaw| Flawed { path: absolute, flaw, item: item.clone(), is_outside })))
        };
        let files: Vec<_> = inventory.0.iter().filter_map(|(path, item)| Some((site_path(path)?, item))).collect();
        let all = files.into_par_iter().map(look).collect::<Result<Vec<_>, Failure>>()?;
        let whole: Vec<&SitePath> = all.iter().filter(|(_, flaw)| flaw.is_none()).map(|(path, _)| path).collect();
        let listing = |paths: Vec<&SitePath>| {
            let paths: Vec<_> = paths.into_iter().map(|path| OutputPath::from_path(path.clone())).collect();
            Manifest::of(&paths)
        };
        let manifest = match &found {
            // A file with the right hash can only come from cimaise.
            ManifestState::None if whole.is_empty() => return Ok(None),
            ManifestState::None => Some(listing(whole)),
            ManifestState::Unreadable => Some(listing(all.iter().map(|(path, _)| path).collect())),
            ManifestState::Manifest(listed) => {
                let more = listed.union(&listing(whole));
                (more != *listed).then_some(more)
            }
        };
        let listed = match (&manifest, &found) {
            (Some(manifest), _) | (None, ManifestState::Manifest(manifest)) => manifest.clone(),
            (None, ManifestState::None | ManifestState::Unreadable) => Manifest::default(),
        };
        // A file that the manifest does not list is not ours any more.
        let flawed = all.into_iter().filter(|(path, _)| listed.has_file(path)).filter_map(|(_, flaw)| flaw).collect();
        Ok(Some(Audit { output, inventory, flawed, manifest }))
    }
}

fn site_path(text: &str) -> Option<SitePath> {
    SitePath::root().join(text)
}

/// Returns the folders of the output that are real folders, not symlinks.
fn real_folders(output: &Path, inventory: &Inventory) -> BTreeSet<SitePath> {
    let mut known: BTreeMap<SitePath, bool> = BTreeMap::from([(SitePath::root(), true)]);
    for path in inventory.0.keys().filter_map(|path| site_path(path)) {
        let mut above: Vec<SitePath> = std::iter::successors(path.parent(), SitePath::parent).collect();
        above.reverse();
        let mut is_real = true;
        for folder in above {
            let is_folder = || fs::symlink_metadata(folder.under(output)).is_ok_and(|metadata| metadata.is_dir());
            is_real = *known.entry(folder.clone()).or_insert_with(|| is_real && is_folder());
        }
    }
    known.into_iter().filter(|(_, is_real)| *is_real).map(|(folder, _)| folder).collect()
}

impl Audit {
    /// Number of files that were hashed.
    #[must_use]
    pub fn files(&self) -> usize {
        self.inventory.0.len()
    }

    /// Path of the manifest, if it is damaged or incomplete.
    #[must_use]
    pub fn bad_manifest(&self) -> Option<PathBuf> {
        self.manifest.as_ref().map(|_| self.output.join(manifest::NAME))
    }

    /// Finds an intact file of the output with this length and hash.
    #[must_use]
    pub fn copy_of(&self, len: u64, content: &str) -> Option<PathBuf> {
        let flawed: BTreeSet<&Path> = self.flawed.iter().map(|flawed| flawed.path.as_path()).collect();
        let same = self.inventory.0.iter().filter(|(_, item)| item.len == len && item.content == content);
        same.filter_map(|(path, _)| Some(site_path(path)?.under(&self.output)))
            .find(|path| !flawed.contains(path.as_path()))
    }

    /// Writes the manifest again, restores files that are named after their content from `store`, and prepares the rest for a build. A
    /// folder that is not empty stays, and the build reports it. Files of the store listed in `spoiled` are not used.
    ///
    /// # Errors
    /// If something cannot be written, or if another run is publishing.
    pub fn mend(&self, store: &Store, spoiled: &BTreeSet<PathBuf>) -> Result<Vec<Mended>, Failure> {
        if self.flawed.is_empty() && self.manifest.is_none() {
            return Ok(Vec::new());
        }
        let _lock = lock(&self.output)?;
        let disk = Disk::new(&|| Ok(()), true);
        if let Some(manifest) = &self.manifest {
            disk.write_durably(&self.output.join(manifest::NAME), manifest.to_text().as_bytes())?;
        }
        let held: BTreeMap<(u64, String), StoredFile> = store
            .files()
            .into_iter()
            .filter(|(file, _)| !spoiled.contains(&file.path))
            .map(|(file, content)| ((file.len, content), file))
            .collect();
        let mend = |flawed: &Flawed| {
            let held = held.get(&(flawed.item.len, flawed.item.content.clone()));
            mend_one(&disk, flawed, held.filter(|_| flawed.item.by_content))
        };
        let mended = self.flawed.iter().map(mend).collect::<Result<Vec<_>, _>>()?;
        disk.settle(store.unsettled())?;
        Ok(mended)
    }
}

fn mend_one(disk: &Disk<'_>, flawed: &Flawed, held: Option<&StoredFile>) -> Result<Mended, Failure> {
    let path = &flawed.path;
    if flawed.is_outside {
        return Ok(Mended::Prepared);
    }
    let is_folder = fs::symlink_metadata(path).is_ok_and(|metadata| metadata.is_dir());
    if is_folder {
        disk.remove_empty_folder(path)?;
    }
    if let Some(file) =
        held.filter(|_| !is_folder && path.parent().is_some_and(|folder| fs::exists(folder).unwrap_or(false)))
    {
        disk.link(file, path)?;
        return Ok(Mended::Whole);
    }
    match flawed.flaw {
        // Readers still see the file until the build replaces it.
        Flaw::Content => seal::break_at(path),
        Flaw::Unreadable => drop(disk.remove_file(path)?),
        Flaw::NoFile | Flaw::Missing => {}
    }
    Ok(Mended::Prepared)
}

//! Hashing everything that was published.
//!
//! In: the output folder, and what is known of what was put there. Out: what is not so any more. Seals are not believed. Looking
//! changes nothing; what is mended is mended by name, and only where cimaise put the file. Pages and encrypted files are made again by a
//! build, which this only prepares.

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

/// What was found in an output folder.
#[derive(Debug)]
pub struct Audit {
    output: PathBuf,
    inventory: Inventory,
    /// Files that are not as they were put.
    pub flawed: Vec<Flawed>,
    /// The manifest as it has to be, if it is not.
    manifest: Option<Manifest>,
}

/// A file of the output that is not as it was put.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flawed {
    /// Where it is.
    pub path: PathBuf,
    /// What is wrong with it.
    pub flaw: Flaw,
    item: InventoryItem,
    /// Whether a folder above it is a link, or no folder.
    is_outside: bool,
}

/// What mending came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mended {
    /// The file is as it was put.
    Whole,
    /// The next build puts it.
    Prepared,
}

/// What is known of an output folder: everything in it, before it is looked at. `None` if there is nothing that could be compared.
#[derive(Debug)]
pub struct Known {
    output: PathBuf,
    inventory: Inventory,
    found: ManifestState,
}

/// Reads what is known of an output folder.
///
/// # Errors
/// If the manifest cannot be read.
pub fn known(output: &Path, cache: &Cache) -> Result<Option<Known>, Failure> {
    let Some(inventory) = Inventory::load(cache, output) else { return Ok(None) };
    let found = Manifest::read(output).map_err(Failure::on("read", output))?;
    Ok(Some(Known { output: output.to_owned(), inventory, found }))
}

impl Known {
    /// How many files there are to hash.
    #[must_use]
    pub fn len(&self) -> usize {
        self.inventory.0.len()
    }

    /// Hashes every file, with as many threads as there are. `done` is called after each. `None` if the site has been taken away.
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
                // Nothing is even looked at through a link.
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
            // Nobody but cimaise makes files of these bytes.
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
        // What is not listed is not ours any more.
        let flawed = all.into_iter().filter(|(path, _)| listed.has_file(path)).filter_map(|(_, flaw)| flaw).collect();
        Ok(Some(Audit { output, inventory, flawed, manifest }))
    }
}

fn site_path(text: &str) -> Option<SitePath> {
    SitePath::root().join(text)
}

/// The folders of the output that are folders, and not links to some.
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
    /// How many files were hashed.
    #[must_use]
    pub fn files(&self) -> usize {
        self.inventory.0.len()
    }

    /// The manifest, if it is not as it was written.
    #[must_use]
    pub fn bad_manifest(&self) -> Option<PathBuf> {
        self.manifest.as_ref().map(|_| self.output.join(manifest::NAME))
    }

    /// A file of the output that is whole and holds these bytes.
    #[must_use]
    pub fn copy_of(&self, len: u64, content: &str) -> Option<PathBuf> {
        let flawed: BTreeSet<&Path> = self.flawed.iter().map(|flawed| flawed.path.as_path()).collect();
        let same = self.inventory.0.iter().filter(|(_, item)| item.len == len && item.content == content);
        same.filter_map(|(path, _)| Some(site_path(path)?.under(&self.output)))
            .find(|path| !flawed.contains(path.as_path()))
    }

    /// Writes the manifest anew, and puts back what `store` holds under a name that says what it holds; prepares the rest for a build. A folder
    /// with something in it stays, and the build tells of it. `spoiled` are files of the store that must not be used.
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
        // It is still seen by readers until the build replaces it.
        Flaw::Content => seal::break_at(path),
        Flaw::Unreadable => drop(disk.remove_file(path)?),
        Flaw::NoFile | Flaw::Missing => {}
    }
    Ok(Mended::Prepared)
}

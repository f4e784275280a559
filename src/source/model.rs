//! A site as its author wrote it: settings, and a list of files.

use std::collections::BTreeMap;
use std::path::PathBuf;

use super::path::SitePath;
use super::settings::{GallerySettings, RootSettings};
use super::template::Template;
use crate::cache::Stat;

/// A site as its author wrote it.
#[derive(Debug, Clone)]
pub struct Source {
    /// The root folder, with links resolved.
    pub root: PathBuf,
    /// The root `settings.yaml`.
    pub settings: RootSettings,
    /// The files of the folder `templates`, sorted by name.
    pub templates: Vec<Template>,
    /// The galleries directly below the root, sorted by folder name.
    pub galleries: Vec<Folder>,
    /// Every file below the root that settings may name, by its path from the root; hidden folders, the output and
    /// the caches are left out.
    pub files: BTreeMap<SitePath, FileEntry>,
    /// Paths that exist but cannot be used, with the reason.
    pub unusable: BTreeMap<SitePath, String>,
    /// Whether the folder contains no settings, and all settings are made up.
    pub made_up: bool,
}

/// A folder that contains a `settings.yaml`.
#[derive(Debug, Clone)]
pub struct Folder {
    /// Path from the root.
    pub path: SitePath,
    /// The folder whose photos the page shows if the settings name none: the same folder, or the one around a gallery
    /// that is made up for photos beside galleries.
    pub photos: SitePath,
    /// Settings of the gallery.
    pub settings: GallerySettings,
    /// The galleries directly inside, sorted by folder name.
    pub children: Vec<Folder>,
}

/// A file that settings may name.
#[derive(Debug, Clone)]
pub struct FileEntry {
    /// Path on disk, symbolic links resolved.
    pub absolute: PathBuf,
    /// Length, times and inode, as the file system reports them.
    pub stat: Stat,
}

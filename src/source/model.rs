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
    /// The root folder, links resolved.
    pub root: PathBuf,
    /// The root `settings.yaml`.
    pub settings: RootSettings,
    /// The files of the folder `templates`, sorted by name.
    pub templates: Vec<Template>,
    /// The galleries directly below the root, sorted by folder name.
    pub galleries: Vec<Folder>,
    /// Every file below the root that a gallery may name, by its path from the root; only hidden folders, the output and
    /// the caches are left out.
    pub files: BTreeMap<SitePath, FileEntry>,
    /// What lies where files may lie and cannot be used, with the reason.
    pub unusable: BTreeMap<SitePath, String>,
}

/// A folder that holds a `settings.yaml`.
#[derive(Debug, Clone)]
pub struct Folder {
    /// Its path from the root.
    pub path: SitePath,
    /// What it holds.
    pub settings: GallerySettings,
    /// The galleries directly below it, sorted by folder name.
    pub children: Vec<Folder>,
}

/// A file that a settings file may name.
#[derive(Debug, Clone)]
pub struct FileEntry {
    /// Where it really is, symlinks resolved.
    pub absolute: PathBuf,
    /// What the file system says of it.
    pub stat: Stat,
}

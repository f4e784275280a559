//! Files of cimaise in the output folder that have to be removed.
//!
//! In: the manifest of the last run, which lists everything that run may have put, and the next manifest. Out: files and folders to
//! remove. Folders that are in neither manifest are not even read.

use std::cmp::Reverse;
use std::path::{Path, PathBuf};

use super::manifest::Manifest;
use crate::cache::atomic;
use crate::diagnostic::Failure;
use crate::machine::fs;
use crate::source::SitePath;

/// Files and folders to remove, in the order of removal.
#[derive(Debug, Default)]
pub(super) struct Survey {
    /// Temporary files of killed runs; they can be removed at once.
    pub(super) leftovers: Vec<PathBuf>,
    /// Unwanted files, those that link to others first.
    pub(super) files: Vec<PathBuf>,
    /// Unwanted folders, inner ones first.
    pub(super) folders: Vec<PathBuf>,
}

impl Survey {
    pub(super) fn of(output: &Path, old: &Manifest, new: &Manifest) -> Result<Self, Failure> {
        let mut survey = Self::default();
        let mut folders = vec![SitePath::root()];
        while let Some(folder) = folders.pop() {
            let absolute = folder.under(output);
            for entry in fs::read_dir(&absolute).map_err(Failure::on("read", &absolute))? {
                let entry = entry.map_err(Failure::on("read", &absolute))?;
                // All names that cimaise writes are UTF-8.
                let Ok(name) = entry.file_name().into_string() else { continue };
                let path = folder.child(&name);
                // A symlink does not count as a folder, even if it leads to one: nothing behind it is ours.
                let is_folder = entry.file_type().map_err(Failure::on("read", &entry.path()))?.is_dir();
                if is_folder && (old.has_folder(&path) || new.has_folder(&path)) {
                    if !new.has_folder(&path) {
                        survey.folders.push(entry.path());
                    }
                    folders.push(path);
                } else if !is_folder && atomic::is_temporary(name.as_ref()) {
                    survey.leftovers.push(entry.path());
                } else if !is_folder && old.has_file(&path) && !new.has_file(&path) {
                    survey.files.push(entry.path());
                }
            }
        }
        survey.leftovers.sort();
        survey.files.sort_by_cached_key(|path| (rank(path), path.clone()));
        survey.folders.sort_by_cached_key(|path| Reverse(path.clone()));
        Ok(survey)
    }
}

/// Order of removal: pages before the style sheets that they link to, and those before the pictures that they show.
fn rank(path: &Path) -> u8 {
    match path.extension().and_then(|extension| extension.to_str()) {
        Some("html" | "xml") => 0,
        Some("css" | "js") => 1,
        _ => 2,
    }
}

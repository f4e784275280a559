//! What lies in the output folder, as far as it is ours.
//!
//! In: the manifest of the last run, which lists whatever that run may have put, and the one to come. Out: what has to go.
//! Folders that are in neither are not even looked into.

use std::cmp::Reverse;
use std::path::{Path, PathBuf};

use super::manifest::Manifest;
use crate::cache::atomic;
use crate::diagnostic::Failure;
use crate::machine::fs;
use crate::source::SitePath;

/// What has to go, in the order in which it may.
#[derive(Debug, Default)]
pub(super) struct Survey {
    /// Unfinished files of killed runs; they may go at once.
    pub(super) leftovers: Vec<PathBuf>,
    /// Files that are no longer wanted; those that link to others come first.
    pub(super) files: Vec<PathBuf>,
    /// Folders that are no longer wanted, the inner ones first.
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
                // What is not UTF-8 is not ours.
                let Ok(name) = entry.file_name().into_string() else { continue };
                let path = folder.child(&name);
                // A symlink is no folder here, wherever it leads: nothing behind it is ours.
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

/// A page goes before the style sheets that it links to, and those before the pictures that they show.
fn rank(path: &Path) -> u8 {
    match path.extension().and_then(|extension| extension.to_str()) {
        Some("html" | "xml") => 0,
        Some("css" | "js") => 1,
        _ => 2,
    }
}

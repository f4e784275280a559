//! All files in the output folder, including those that cimaise did not create.

use std::path::{Path, PathBuf};

use super::manifest::{Manifest, ManifestState};
use crate::cache;
use crate::diagnostic::Failure;
use crate::machine::fs;

/// Lists all files in an output folder with their paths in it, sorted; `None` if there is no such folder or cimaise did not create it.
/// Symlinks to folders are not followed.
///
/// # Errors
/// If the folder or one inside it cannot be read.
pub fn all_files(output: &Path) -> Result<Option<Vec<(String, PathBuf)>>, Failure> {
    match Manifest::read(output).map_err(Failure::on("read", output))? {
        ManifestState::Manifest(_) => {}
        ManifestState::None | ManifestState::Unreadable => return Ok(None),
    }
    let mut files = Vec::new();
    let mut folders = vec![(String::new(), output.to_owned())];
    while let Some((prefix, folder)) = folders.pop() {
        for entry in fs::read_dir(&folder).map_err(Failure::on("read", &folder))? {
            let entry = entry.map_err(Failure::on("read", &folder))?;
            let path = format!("{prefix}{}", entry.file_name().to_string_lossy());
            if entry.file_type().map_err(Failure::on("read", &entry.path()))?.is_dir() {
                folders.push((path + "/", entry.path()));
            } else if fs::metadata(entry.path()).is_ok_and(|metadata| metadata.is_file()) {
                files.push((path, entry.path()));
            }
        }
    }
    files.sort();
    Ok(Some(files))
}

/// Finds a folder among these files that is a cache of cimaise: it is not part of the site and must not leave the machine.
#[must_use]
pub fn cache_among(files: &[(String, PathBuf)]) -> Option<PathBuf> {
    let marks = files.iter().filter(|(_, path)| path.file_name().is_some_and(cache::marks_cache));
    marks.filter_map(|(_, path)| path.parent()).find(|folder| cache::is_cache(folder)).map(Path::to_owned)
}

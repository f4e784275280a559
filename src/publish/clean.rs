//! Removing the published files.

use std::path::{Path, PathBuf};

use super::manifest::{Manifest, ManifestState, NAME};
use super::survey::Survey;
use super::turns;
use crate::diagnostic::Failure;
use crate::machine::fs::{self, Remains};

/// Result of removing the published files.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Cleaned {
    /// Paths of the files, in the order of removal.
    pub files: Vec<PathBuf>,
    /// State of the folder afterwards; `Files` if nothing was to be removed.
    pub remains: Remains,
}

/// Removes all files that the manifest of an output folder lists, and the folder if it is then empty; `None` if cimaise did not create
/// the folder. With `dry`, removes nothing.
///
/// # Errors
/// If another run is publishing there, or if something cannot be read or removed. The manifest still lists the rest for a second run.
pub fn clean(output: &Path, dry: bool) -> Result<Option<Cleaned>, Failure> {
    if !matches!(Manifest::read(output).map_err(Failure::on("read", output))?, ManifestState::Manifest(_)) {
        return Ok(None);
    }
    let _lock = if dry { None } else { turns::lock(output)? };
    // Read the manifest again under the lock: another run may have published in the meantime.
    let ManifestState::Manifest(manifest) = Manifest::read(output).map_err(Failure::on("read", output))? else {
        return Ok(None);
    };
    let survey = Survey::of(output, &manifest, &Manifest::default())?;
    if dry {
        return Ok(Some(Cleaned { files: survey.files, remains: Remains::Files }));
    }
    for path in survey.leftovers.iter().chain(&survey.files) {
        fs::remove_file(path).map_err(Failure::on("remove", path))?;
    }
    for path in &survey.folders {
        // The folder may contain files of others.
        let _ = fs::remove_dir(path);
    }
    let manifest = output.join(NAME);
    fs::remove_file(&manifest).map_err(Failure::on("remove", &manifest))?;
    Ok(Some(Cleaned { files: survey.files, remains: fs::remove_if_empty(output) }))
}

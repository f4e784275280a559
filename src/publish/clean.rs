//! Taking away what was published.

use std::path::Path;

use super::manifest::{Manifest, ManifestState, NAME};
use super::survey::Survey;
use super::turns;
use crate::diagnostic::Failure;
use crate::machine::fs::{self, Remains};

/// What was taken away, or would be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Cleaned {
    /// Files of the site.
    pub files: usize,
    /// What is left of the folder: all of it, if nothing was to be removed.
    pub remains: Remains,
}

/// Removes all that the manifest of an output folder lists, and the folder if nothing else is in it; `None` if it is not ours. With `dry`
/// nothing is removed.
///
/// # Errors
/// If another run is publishing there, or if something cannot be read or removed. What is left is still listed, so a second run goes on.
pub fn clean(output: &Path, dry: bool) -> Result<Option<Cleaned>, Failure> {
    if !matches!(Manifest::read(output).map_err(Failure::on("read", output))?, ManifestState::Manifest(_)) {
        return Ok(None);
    }
    let _lock = if dry { None } else { turns::lock(output)? };
    // What another run has published until now belongs to it.
    let ManifestState::Manifest(manifest) = Manifest::read(output).map_err(Failure::on("read", output))? else {
        return Ok(None);
    };
    let survey = Survey::of(output, &manifest, &Manifest::default())?;
    let mut cleaned = Cleaned { files: survey.files.len(), remains: Remains::Files };
    if dry {
        return Ok(Some(cleaned));
    }
    for path in survey.leftovers.iter().chain(&survey.files) {
        fs::remove_file(path).map_err(Failure::on("remove", path))?;
    }
    for path in &survey.folders {
        // Something else may be in it.
        let _ = fs::remove_dir(path);
    }
    let manifest = output.join(NAME);
    fs::remove_file(&manifest).map_err(Failure::on("remove", &manifest))?;
    cleaned.remains = fs::remove_if_empty(output);
    Ok(Some(cleaned))
}

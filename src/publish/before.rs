//! Lookup of paths that the last build published.
//!
//! In: the output folder. Out: whether a given file or folder was published. The manifest holds hashes only, so no names can be listed.

use std::io::ErrorKind;
use std::path::Path;

use super::manifest::{Manifest, ManifestState};
use crate::diagnostic::Failure;
use crate::source::SitePath;

/// The files and folders that the last build published.
#[derive(Debug, Default)]
pub struct Before(Manifest);

impl Before {
    /// Reads the manifest of an output folder. If there is none, or it is unreadable or forbidden, nothing counts as published.
    ///
    /// # Errors
    /// If the machine fails to read the manifest.
    pub fn read(output: &Path) -> Result<Self, Failure> {
        match Manifest::read(output) {
            Ok(ManifestState::Manifest(manifest)) => Ok(Self(manifest)),
            Ok(ManifestState::None | ManifestState::Unreadable) => Ok(Self::default()),
            // A check of the site need not be allowed to read the output; a build meets the same error later.
            Err(cause) if cause.kind() == ErrorKind::PermissionDenied => Ok(Self::default()),
            Err(cause) => Err(Failure::on("read", output)(cause)),
        }
    }

    /// Whether there was a file or a folder at this path.
    #[must_use]
    pub fn holds(&self, path: &SitePath) -> bool {
        !path.is_root() && (self.0.has_file(path) || self.0.has_folder(path))
    }
}

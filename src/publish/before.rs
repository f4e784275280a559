//! What the last build published, for those who have a path to ask for.
//!
//! In: the output folder. Out: whether a file or a folder was published. The manifest holds hashes only, so nobody learns names here.

use std::io::ErrorKind;
use std::path::Path;

use super::manifest::{Manifest, ManifestState};
use crate::diagnostic::Failure;
use crate::source::SitePath;

/// The output of the last build.
#[derive(Debug, Default)]
pub struct Before(Manifest);

impl Before {
    /// Of the site in an output folder. Without a manifest that can be read, and may be read, nothing is known.
    ///
    /// # Errors
    /// If the machine fails to read the manifest.
    pub fn read(output: &Path) -> Result<Self, Failure> {
        match Manifest::read(output) {
            Ok(ManifestState::Manifest(manifest)) => Ok(Self(manifest)),
            Ok(ManifestState::None | ManifestState::Unreadable) => Ok(Self::default()),
            // Who only checks the site need not be able to read the output; who builds it meets the same error later.
            Err(cause) if cause.kind() == ErrorKind::PermissionDenied => Ok(Self::default()),
            Err(cause) => Err(Failure::on("read", output)(cause)),
        }
    }

    /// Whether there was a file at this path, or a folder.
    #[must_use]
    pub fn holds(&self, path: &SitePath) -> bool {
        !path.is_root() && (self.0.has_file(path) || self.0.has_folder(path))
    }
}

//! The outcome of composing.

use std::collections::BTreeSet;

use crate::site::{Candidate, Twin};
use crate::source::SitePath;

/// The outcome for one folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Composed {
    /// The folder.
    pub folder: SitePath,
    /// The outcome.
    pub outcome: ComposeOutcome,
    /// Files that the story omits because they show the same as others.
    pub twins: Vec<Twin>,
}

/// Numbers of photos and videos.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Added {
    /// Number of photos.
    pub photos: usize,
    /// Number of videos.
    pub videos: usize,
}

/// Outcome of composing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ComposeOutcome {
    /// The story changed: photos and videos were added, and names of renamed ones were corrected.
    Written {
        /// What was added.
        added: Added,
        /// Number of files that had been renamed.
        renamed: usize,
        /// Number of photos that came from other galleries, with their entries.
        moved: usize,
    },
    /// Entries of photos moved into other galleries.
    Moved {
        /// Number of photos.
        photos: usize,
        /// The other galleries.
        into: Vec<SitePath>,
    },
    /// A new settings file shows photos and videos.
    Begun {
        /// What was added.
        added: Added,
        /// Number of photos that came from other galleries, with their entries.
        moved: usize,
    },
    /// A new settings file lists the galleries inside.
    Index,
    /// Nothing was changed, for this reason.
    Skipped(&'static str),
}

impl Composed {
    pub(crate) fn skipped(folder: &SitePath, why: &'static str) -> Self {
        Self::of(folder, ComposeOutcome::Skipped(why))
    }

    pub(super) fn of(folder: &SitePath, outcome: ComposeOutcome) -> Self {
        Self { folder: folder.clone(), outcome, twins: Vec::new() }
    }

    /// Returns whether a file was changed.
    #[must_use]
    pub fn is_change(&self) -> bool {
        !matches!(self.outcome, ComposeOutcome::Skipped(_))
    }
}

impl Added {
    /// Counts photos, apart from those that were moved.
    pub(super) fn without(photos: &[Candidate], moved: &BTreeSet<&SitePath>) -> Self {
        let new = || photos.iter().filter(|photo| !moved.contains(&photo.path));
        Self { photos: new().filter(|photo| !photo.video).count(), videos: new().filter(|photo| photo.video).count() }
    }
}

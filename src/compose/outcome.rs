//! The outcome of composing.

use crate::site::Story;
use crate::source::SitePath;

/// The outcome for one folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Composed {
    /// The folder.
    pub folder: SitePath,
    /// The outcome.
    pub outcome: ComposeOutcome,
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
    },
    /// A new settings file shows these photos and videos.
    Begun(Added),
    /// A new settings file lists the galleries inside.
    Index,
    /// Nothing was changed, for this reason.
    Skipped(&'static str),
}

impl Composed {
    pub(super) fn skipped(folder: &SitePath, why: &'static str) -> Self {
        Self { folder: folder.clone(), outcome: ComposeOutcome::Skipped(why) }
    }

    /// Returns whether a file was changed.
    #[must_use]
    pub fn is_change(&self) -> bool {
        !matches!(self.outcome, ComposeOutcome::Skipped(_))
    }
}

impl Added {
    pub(super) fn of(story: &Story) -> Self {
        Self { photos: story.photos, videos: story.videos }
    }
}

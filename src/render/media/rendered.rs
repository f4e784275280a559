//! The result of rendering all media.

use std::collections::BTreeMap;

use pixels::{Damage, Placeholder};

use crate::cache::StoredFile;
use crate::site::{PhotoId, VideoId};

/// The result of rendering all media.
#[derive(Debug, Clone, Default)]
pub struct Rendered {
    /// The stored file of each rendition, in the order of the plan.
    pub files: Vec<StoredFile>,
    /// The stored file of each transcode, in the order of the plan.
    pub transcodes: Vec<StoredFile>,
    /// The stored file of each still, in the order of the plan.
    pub stills: Vec<StoredFile>,
    /// Colours that are visible until pictures have loaded.
    pub placeholders: Placeholders,
    /// The damage of each photo, in the order of the site.
    pub damage: Vec<Option<Damage>>,
    /// Number of files that were rendered in this run.
    pub made: usize,
    /// Number of files that were in the store before.
    pub reused: usize,
    /// Total size of the photos that were decoded in this run, in bytes.
    pub bytes_read: u64,
}

/// Colours that fill the places of pictures while they load.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Placeholders {
    /// Placeholder of each photo that has been decoded.
    pub photos: BTreeMap<PhotoId, Placeholder>,
    /// Placeholder of each video of which a frame is shown.
    pub videos: BTreeMap<VideoId, Placeholder>,
}

//! What is certain once all media are rendered.

use std::collections::BTreeMap;

use pixels::{Damage, Placeholder};

use crate::cache::StoredFile;
use crate::site::VideoId;

/// What is certain once all media are rendered.
#[derive(Debug, Clone, Default)]
pub struct Rendered {
    /// For each rendition of the plan: where its bytes are.
    pub files: Vec<StoredFile>,
    /// For each transcode of the plan.
    pub transcodes: Vec<StoredFile>,
    /// For each still of the plan.
    pub stills: Vec<StoredFile>,
    /// What is seen before pictures have loaded.
    pub placeholders: Placeholders,
    /// For each photo of the site: what of it could not be read.
    pub damage: Vec<Option<Damage>>,
    /// How many renditions were made in this run.
    pub made: usize,
    /// How many were there already.
    pub reused: usize,
    /// Bytes of the photos that were decoded in this run.
    pub bytes_read: u64,
}

/// Colours that stand where a picture is about to appear.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Placeholders {
    /// For each photo of the site.
    pub photos: Vec<Placeholder>,
    /// For each video of which a frame is shown.
    pub videos: BTreeMap<VideoId, Placeholder>,
}

//! Requests: single files that templates link to, in addition to the media on pages.

use std::collections::BTreeSet;

use crate::site::{PhotoId, PictureOptions, SoundId, VideoId};
use crate::source::Geometry;

/// All requested files.
#[derive(Debug, Clone, Default)]
pub struct Requests {
    /// Requested sizes of photos.
    pub photos: BTreeSet<PhotoRequest>,
    /// Requested sizes of videos, and stills of them.
    pub videos: BTreeSet<VideoRequest>,
    /// Requested sounds.
    pub sounds: BTreeSet<SoundId>,
}

/// A photo at one size.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PhotoRequest {
    /// The photo.
    pub photo: PhotoId,
    /// Options for rendering it.
    pub options: PictureOptions,
    /// Box to fit the photo into, never enlarged; `None` asks for the full-size picture.
    pub within: Option<Geometry>,
}

/// A video at one size, or a still of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct VideoRequest {
    /// The video.
    pub video: VideoId,
    /// Width and height in pixels to fit the video into, never enlarged; a missing side is unbounded.
    pub within: (Option<u32>, Option<u32>),
    /// Options for rendering a still; `None` asks for the video itself.
    pub still: Option<PictureOptions>,
}

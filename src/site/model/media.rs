//! A photo or a video, for places that accept either.

use super::picture::Picture;
use super::video::Video;

/// A photo or a video, for places that accept either.
#[derive(Debug, Clone)]
pub enum Media {
    /// A photo.
    Photo(Picture),
    /// A video.
    Video(Video),
}

/// The picture on a gallery's tile.
pub type Cover = Media;

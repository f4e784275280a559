//! A photo or a video, where either may stand.

use super::picture::Picture;
use super::video::Video;

/// A photo or a video, where either may stand.
#[derive(Debug, Clone)]
pub enum Media {
    /// A photo.
    Photo(Picture),
    /// A video.
    Video(Video),
}

/// The picture on a tile.
pub type Cover = Media;

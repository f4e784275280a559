//! Options of the whole site that a single picture or video may override.

use super::Spanned;

/// Keys of `gm`, for the whole site or for one picture.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PictureOptions {
    /// `quality`, 1 to 100.
    pub quality: Option<Spanned<u8>>,
    /// `auto-orient`.
    pub auto_orient: Option<Spanned<bool>>,
    /// `strip`.
    pub strip: Option<Spanned<bool>>,
    /// `resize`, for the full-size picture only.
    pub resize: Option<Spanned<Geometry>>,
    /// `progressive`.
    pub progressive: Option<Spanned<bool>>,
}

/// A GraphicsMagick geometry, as far as photos need it: `50%`, `800x600`, `x600`, `800`, and the suffixes `>` (only
/// shrink), `<` (only enlarge, so no effect here), `!` (ignore the proportions) and `^` (fill). cimaise never
/// enlarges and never distorts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Geometry {
    /// Percentage of the source size, 1 to 100.
    Percent(u32),
    /// The largest size that fits into the box, in pixels; a missing side is no limit.
    Within {
        /// Maximum width.
        width: Option<u32>,
        /// Maximum height.
        height: Option<u32>,
    },
    /// The smallest size that covers the box (`^`), in pixels.
    Cover {
        /// Width to cover.
        width: u32,
        /// Height to cover.
        height: u32,
    },
}

/// Keys of `settings.ffmpeg` and `settings.ffmpeg_audio`, for the whole site or for one video.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FfmpegOptions {
    /// `binary`.
    pub binary: Option<Spanned<String>>,
    /// `loglevel`.
    pub loglevel: Option<Spanned<String>>,
    /// `format`.
    pub format: Option<Spanned<String>>,
    /// `resolution`.
    pub resolution: Option<Spanned<String>>,
    /// `vbitrate`.
    pub vbitrate: Option<Spanned<String>>,
    /// `abitrate`.
    pub abitrate: Option<Spanned<String>>,
    /// `audio`.
    pub audio: Option<Spanned<String>>,
    /// `video`.
    pub video: Option<Spanned<String>>,
    /// `other`.
    pub other: Option<Spanned<String>>,
    /// `extension`.
    pub extension: Option<Spanned<String>>,
    /// `timeout` in seconds, an extension by cimaise; only in `settings.ffmpeg`.
    pub timeout: Option<Spanned<u32>>,
}

//! Options that the whole site has, and that one picture or video may change.

use super::Spanned;

/// `gm` globally, or the same keys on one picture.
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

/// A GraphicsMagick geometry, as far as photographs need it: `50%`, `800x600`, `x600`, `800`, and the suffixes `>`
/// (only shrink), `<` (only enlarge, so nothing here), `!` (ignore the aspect) and `^` (fill). cimaise never enlarges and never distorts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Geometry {
    /// Percentage of the source size, 1 to 100.
    Percent(u32),
    /// The largest size that fits into the box; a side that is not given does not limit.
    Within {
        /// Largest width.
        width: Option<u32>,
        /// Largest height.
        height: Option<u32>,
    },
    /// The smallest size that covers the box (`^`).
    Cover {
        /// Width to cover.
        width: u32,
        /// Height to cover.
        height: u32,
    },
}

/// `settings.ffmpeg`, `settings.ffmpeg_audio`, or the same keys on one video.
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
    /// `timeout` in seconds, cimaise's own; only in `settings.ffmpeg`.
    pub timeout: Option<Spanned<u32>>,
}

//! Settings for converting a video or a sound with ffmpeg: program, codecs, bounds.

use std::time::Duration;

use serde::Serialize;

use crate::ffmpeg::Filters;
use pixels::Size;

/// Conversion settings for a video or a sound, apart from the size of the result.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Conversion {
    /// Program that runs the conversion.
    pub tool: Tool,
    /// Container, encoders and arguments.
    pub codecs: Codecs,
    /// File name extension of the result; ASCII letters and digits.
    pub extension: String,
    /// Box in pixels that a video must fit in; replaces the limit of its [`VideoPlace`](super::VideoPlace).
    pub bounds: Option<Size>,
}

/// The program that converts, usually ffmpeg.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Tool {
    /// Name or path of the program.
    pub binary: String,
    /// Log level of the program.
    pub loglevel: String,
    /// Time without progress after which the program is stopped.
    pub timeout: Duration,
    /// Its filters, if a video of the site needs them.
    pub filters: Filters,
}

/// Everything that shapes the result, apart from its size. Part of the rendition's identity.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Codecs {
    /// Container, under ffmpeg's name for it.
    pub format: String,
    /// Video encoder; `None` for a sound.
    pub video: Option<String>,
    /// Audio encoder.
    pub audio: String,
    /// Video bitrate; `None` leaves the quality to the encoder.
    pub video_bitrate: Option<String>,
    /// Audio bitrate; `None` leaves the quality to the encoder.
    pub audio_bitrate: Option<String>,
    /// Additional arguments.
    pub other: Vec<String>,
}

//! How a video or a sound is converted.

use std::time::Duration;

use serde::Serialize;

use pixels::Size;

/// How a video or a sound is converted, apart from its size.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Conversion {
    /// With what.
    pub tool: Tool,
    /// Into what.
    pub codecs: Codecs,
    /// Of the result's name; plain letters and digits.
    pub extension: String,
    /// A box that a video must not exceed, instead of what its place allows.
    pub bounds: Option<Size>,
}

/// The program that converts.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Tool {
    /// What it is called, or where it is.
    pub binary: String,
    /// How much it says.
    pub loglevel: String,
    /// For how long it may make no progress.
    pub timeout: Duration,
}

/// All that shapes the result apart from its size. Part of its identity.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Codecs {
    /// Container, as ffmpeg calls it.
    pub format: String,
    /// Encoder of the pictures; none for a sound.
    pub video: Option<String>,
    /// Encoder of the sound.
    pub audio: String,
    /// Bitrate of the pictures; the encoder's own idea of quality if there is none.
    pub video_bitrate: Option<String>,
    /// Bitrate of the sound.
    pub audio_bitrate: Option<String>,
    /// Further arguments.
    pub other: Vec<String>,
}

//! The files that a site shows and publishes, and the facts read from them.

use std::path::PathBuf;

use super::conversion::Conversion;
use super::ids::PhotoId;
use crate::cache::Digest;
use crate::ffmpeg::Probe;
use crate::source::SitePath;
use pixels::{About, Header, Metadata};

/// A source picture.
#[derive(Debug, Clone)]
pub struct Photo {
    /// Path in the site.
    pub path: SitePath,
    /// Path on disk, symbolic links resolved.
    pub absolute: PathBuf,
    /// Digest of the file's bytes.
    pub digest: Digest,
    /// Length in bytes.
    pub len: u64,
    /// Header, read from the first bytes of the file.
    pub header: Header,
    /// Descriptive metadata in the file.
    pub about: About,
}

/// A source video.
#[derive(Debug, Clone)]
pub struct VideoFile {
    /// Path in the site.
    pub path: SitePath,
    /// Path on disk, symbolic links resolved.
    pub absolute: PathBuf,
    /// Digest of the file's bytes.
    pub digest: Digest,
    /// Streams and duration, as probed.
    pub probe: Probe,
}

/// A file that is published unchanged, at a path of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    /// Path in the site.
    pub path: SitePath,
    /// Path in the output.
    pub to: SitePath,
    /// Path on disk, symbolic links resolved.
    pub absolute: PathBuf,
    /// Digest of the file's bytes.
    pub digest: Digest,
    /// Length in bytes.
    pub len: u64,
    /// Whether the file contains the location where it was made.
    pub tells_place: bool,
}

/// A picture that the author's own markup or style links to; published at its own path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LinkedPicture {
    /// The photo.
    pub photo: PhotoId,
    /// The metadata that is published with it.
    pub metadata: Metadata,
}

/// A source sound.
#[derive(Debug, Clone)]
pub struct Sound {
    /// Path in the site.
    pub path: SitePath,
    /// Path on disk, symbolic links resolved.
    pub absolute: PathBuf,
    /// Digest of the file's bytes.
    pub digest: Digest,
    /// Length in bytes.
    pub len: u64,
    /// Conversion settings; `None` if the sound is published unchanged.
    pub conversion: Option<Conversion>,
    /// Whether the file contains the location where it was recorded.
    pub tells_place: bool,
}

//! The files that a site shows and publishes, and what is known of them.

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
    /// Its path in the site.
    pub path: SitePath,
    /// Where it really is.
    pub absolute: PathBuf,
    /// Of its bytes.
    pub digest: Digest,
    /// Length in bytes.
    pub len: u64,
    /// What its first bytes tell.
    pub header: Header,
    /// What it says about itself.
    pub about: About,
}

/// A source video.
#[derive(Debug, Clone)]
pub struct VideoFile {
    /// Its path in the site.
    pub path: SitePath,
    /// Where it really is.
    pub absolute: PathBuf,
    /// Of its bytes.
    pub digest: Digest,
    /// What it shows, and for how long.
    pub probe: Probe,
}

/// A file that is published as it is, at a place of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    /// Its path in the site.
    pub path: SitePath,
    /// Its path in the output.
    pub to: SitePath,
    /// Where it really is.
    pub absolute: PathBuf,
    /// Of its bytes.
    pub digest: Digest,
    /// Length in bytes.
    pub len: u64,
    /// Whether it says where it was made.
    pub tells_place: bool,
}

/// A picture that an author's own markup or style names: published at its own path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LinkedPicture {
    /// Which one.
    pub photo: PhotoId,
    /// What of its metadata stays.
    pub metadata: Metadata,
}

/// A source sound.
#[derive(Debug, Clone)]
pub struct Sound {
    /// Its path in the site.
    pub path: SitePath,
    /// Where it really is.
    pub absolute: PathBuf,
    /// Of its bytes.
    pub digest: Digest,
    /// Length in bytes.
    pub len: u64,
    /// How it is converted; `None` if it is published as it is.
    pub conversion: Option<Conversion>,
    /// Whether it says where it was recorded.
    pub tells_place: bool,
}

//! Reading: settings files become typed values that remember where they were written.
//!
//! In: the root folder of a site. Out: a [`Source`]: every `settings.yaml` parsed, every value with its span, every file
//! listed with its [`Stat`](crate::cache::Stat). Nothing is checked against anything else yet: a photo may be named that is not there.
//! This stage must not open a picture, and it fills in no default: what the author left out is `None`.

mod path;
mod settings;
mod value;

pub use path::SitePath;
pub use settings::{
    BuildSettings, Deploy, FfmpegOptions, Fit, Full, GallerySettings, Geometry, ImageSettings, Licence, MediaKind,
    MediaRef, MenuEntry, Overlay, PictureOptions, RootSettings, Rows, Section, SectionKind,
};
pub use value::Spanned;

use std::collections::BTreeMap;
use std::path::PathBuf;

use crate::cache::Stat;

/// A site as its author wrote it.
#[derive(Debug, Clone)]
pub struct Source {
    /// The root folder.
    pub root: PathBuf,
    /// The root `settings.yaml`.
    pub settings: RootSettings,
    /// The galleries directly below the root, sorted by folder name.
    pub galleries: Vec<Folder>,
    /// Every file of every gallery folder (and of the plain folders inside them), by its path from the root.
    pub files: BTreeMap<SitePath, FileEntry>,
}

/// A folder that holds a `settings.yaml`.
#[derive(Debug, Clone)]
pub struct Folder {
    /// Its path from the root.
    pub path: SitePath,
    /// What it holds.
    pub settings: GallerySettings,
    /// The galleries directly below it, sorted by folder name.
    pub children: Vec<Folder>,
}

/// A file that a settings file may name.
#[derive(Debug, Clone)]
pub struct FileEntry {
    /// Where it really is, symlinks resolved.
    pub absolute: PathBuf,
    /// What the file system says of it.
    pub stat: Stat,
}

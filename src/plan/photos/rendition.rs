//! Renditions of photos, as values.

use crate::cache::Key;
use crate::plan::copies::Naming;
use crate::plan::ids::RenditionId;
use crate::plan::output_path::OutputPath;
use crate::site::PhotoId;
use pixels::{Recipe, Size};

/// A photo encoded at one size.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rendition {
    /// The photo.
    pub photo: PhotoId,
    /// The recipe to apply to the photo.
    pub recipe: Recipe,
    /// Identity: hash of the photo's bytes and the recipe.
    pub key: Key,
    /// Size in pixels, as seen.
    pub size: Size,
    /// Path of the unencrypted file, which is published only if [`Plan::audiences`](crate::plan::Plan::audiences) contains it; `None` for
    /// surveys, which are never published.
    pub path: Option<OutputPath>,
    /// Origin of the file's name.
    pub naming: Naming,
}

/// A photo as shown on pages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlannedPicture {
    /// Size of the source in pixels, as seen.
    pub size: Size,
    /// The sizes in each format; browsers should prefer earlier formats. Never empty; every browser supports the last one.
    pub sets: Vec<FormatSet<RenditionId>>,
    /// The full-size picture, if it is not in the last set.
    pub full: Option<RenditionId>,
}

/// The sizes of a picture in one format.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormatSet<File> {
    /// The format, by its media type.
    pub media_type: &'static str,
    /// The sizes for `srcset`, from narrow to wide, all of different widths. Never empty.
    pub candidates: Vec<File>,
}

impl<File> FormatSet<File> {
    /// Returns the set with `change` applied to each candidate.
    pub(in crate::plan) fn map<Other>(self, change: impl FnMut(File) -> Other) -> FormatSet<Other> {
        FormatSet { media_type: self.media_type, candidates: self.candidates.into_iter().map(change).collect() }
    }
}

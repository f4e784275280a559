//! What is made of photos, as values.

use crate::cache::Key;
use crate::plan::copies::Naming;
use crate::plan::ids::RenditionId;
use crate::plan::output_path::OutputPath;
use crate::site::PhotoId;
use pixels::{Format, Recipe, Size};

/// A photo encoded at one size.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rendition {
    /// The photo.
    pub photo: PhotoId,
    /// What to make.
    pub recipe: Recipe,
    /// Identity: hash of the photo's bytes and the recipe.
    pub key: Key,
    /// Size in pixels, as seen.
    pub size: Size,
    /// Path of the copy for everybody, which is published only if [`Plan::audiences`](crate::plan::Plan::audiences) says so; `None` for
    /// surveys, which are never published.
    pub path: Option<OutputPath>,
    /// How the file got its name.
    pub naming: Naming,
}

/// A photo as pages show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlannedPicture {
    /// Size of the source in pixels, as seen.
    pub size: Size,
    /// The sizes in each format, the format that browsers should prefer first. Never empty; every browser shows the last one.
    pub sets: Vec<FormatSet<RenditionId>>,
    /// The full-size picture, if it is not in the last set.
    pub full: Option<RenditionId>,
}

/// The sizes of a picture in one format.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormatSet<File> {
    /// The format.
    pub format: Format,
    /// The sizes for `srcset`, from narrow to wide, no two of equal width. Never empty.
    pub candidates: Vec<File>,
}

impl<File> FormatSet<File> {
    /// The same set with each candidate replaced.
    pub(in crate::plan) fn map<Other>(self, change: impl FnMut(File) -> Other) -> FormatSet<Other> {
        FormatSet { format: self.format, candidates: self.candidates.into_iter().map(change).collect() }
    }
}

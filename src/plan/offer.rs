//! A picture as browsers receive it: a photo, or a frame of a video.

use super::output_path::OutputPath;
use super::photos::FormatSet;
use pixels::Size;

/// A picture in all its formats and sizes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfferedPicture<'p> {
    /// Size of the source in pixels, as seen.
    pub size: Size,
    /// The sizes in each format; browsers should prefer earlier formats. Never empty; every browser supports the last one.
    pub sets: Vec<OfferedSet<'p>>,
    /// The full-size picture, if it is not in the last set.
    pub full: Option<OfferedFile<'p>>,
}

/// The sizes of a picture in one format.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfferedSet<'p> {
    /// The format, by its media type.
    pub media_type: &'static str,
    /// The files, from narrow to wide.
    pub files: Vec<OfferedFile<'p>>,
}

/// A picture at one size.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OfferedFile<'p> {
    /// Path in the output folder.
    pub path: &'p OutputPath,
    /// Size in pixels.
    pub size: Size,
}

impl<'p> OfferedPicture<'p> {
    pub(super) fn new<Id>(
        size: Size,
        sets: &[FormatSet<Id>],
        full: Option<OfferedFile<'p>>,
        file: impl Fn(&Id) -> Option<OfferedFile<'p>>,
    ) -> Self {
        let set = |set: &FormatSet<Id>| OfferedSet {
            media_type: set.media_type,
            files: set.candidates.iter().filter_map(&file).collect(),
        };
        Self { size, sets: sets.iter().map(set).collect(), full }
    }

    /// Returns the files in the format that every browser supports, from narrow to wide.
    #[must_use]
    pub fn plain(&self) -> &[OfferedFile<'p>] {
        self.sets.last().map_or(&[], |set| &set.files)
    }

    /// Returns the largest file in the format that every browser supports.
    #[must_use]
    pub fn largest(&self) -> Option<OfferedFile<'p>> {
        self.full.or(self.plain().last().copied())
    }

    /// Returns the paths of all files.
    pub fn paths(&self) -> impl Iterator<Item = &'p OutputPath> + use<'p> {
        let files: Vec<_> =
            self.sets.iter().flat_map(|set| &set.files).chain(&self.full).map(|file| file.path).collect();
        files.into_iter()
    }
}

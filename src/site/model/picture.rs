//! A photo in one place where a page uses it.

use super::ids::PhotoId;
use crate::diagnostic::Span;
use crate::site::text::{Fragment, OfFile};
use crate::source::Geometry;
use pixels::{Header, Metadata, Orientation, Size};

/// Rendering options of a photo: `gm`, overridden by the options of one use of the photo.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PictureOptions {
    /// JPEG quality, 1 to 100.
    pub quality: u8,
    /// Whether the picture is turned upright.
    pub auto_orient: bool,
    /// The metadata that is published with the photo.
    pub metadata: Metadata,
    /// Size of the full-size picture; `None` keeps the size of the source.
    pub resize: Option<Geometry>,
    /// Whether JPEG files are progressive.
    pub progressive: bool,
}

impl PictureOptions {
    /// Returns the turn that makes a photo upright, if the options ask for it.
    #[must_use]
    pub fn turn(&self, header: &Header) -> Orientation {
        if self.auto_orient { header.orientation } else { Orientation::UPRIGHT }
    }

    /// Returns the size of a photo in pixels, as seen with these options.
    #[must_use]
    pub fn seen(&self, header: &Header) -> Size {
        self.turn(header).apply(header.stored)
    }
}

/// A photo in one place where a page uses it.
#[derive(Debug, Clone)]
pub struct Picture {
    /// The photo.
    pub photo: PhotoId,
    /// Rendering options.
    pub options: PictureOptions,
    /// Alternative text; empty for a decoration.
    pub alt: String,
    /// Caption; may be empty.
    pub caption: Fragment,
    /// Description for feeds and linked data, instead of `alt`; may be empty.
    pub told: String,
    /// Which of these texts come from the file.
    pub of_file: OfFile,
    /// Position of its name in the settings.
    pub span: Span,
}

impl Picture {
    /// Returns the plain caption for programs (may be empty), and whether it comes from the file.
    #[must_use]
    pub fn caption_for_programs(&self) -> (String, bool) {
        match self.caption.plain() {
            caption if caption.trim().is_empty() => (self.told.clone(), self.of_file.told),
            caption => (caption, self.of_file.caption),
        }
    }
}

//! A photo where it is used.

use super::ids::PhotoId;
use crate::diagnostic::Span;
use crate::site::text::{Fragment, OfFile};
use crate::source::Geometry;
use pixels::Metadata;

/// How a photo is rendered: `gm`, with what one use of the photo says laid over it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PictureOptions {
    /// 1 to 100.
    pub quality: u8,
    /// Turn it upright.
    pub auto_orient: bool,
    /// What of its metadata stays.
    pub metadata: Metadata,
    /// Size of the full-size picture, if it is not the source's.
    pub resize: Option<Geometry>,
    /// Progressive JPEG.
    pub progressive: bool,
}

/// A photo where it is used.
#[derive(Debug, Clone)]
pub struct Picture {
    /// Which one.
    pub photo: PhotoId,
    /// How it is rendered.
    pub options: PictureOptions,
    /// Description for those who do not see it; empty if it is decoration.
    pub alt: String,
    /// Caption; may be empty.
    pub caption: Fragment,
    /// What feeds and other programs are told of it instead of `alt`; may be empty.
    pub told: String,
    /// Which of these texts are the file's.
    pub of_file: OfFile,
    /// Where it was named.
    pub span: Span,
}

impl Picture {
    /// Its caption for programs, and whether that is the file's; may be empty.
    #[must_use]
    pub fn caption_for_programs(&self) -> (String, bool) {
        match self.caption.plain() {
            caption if caption.trim().is_empty() => (self.told.clone(), self.of_file.told),
            caption => (caption, self.of_file.caption),
        }
    }
}

//! A video where it is used.

use std::sync::Arc;

use super::conversion::Conversion;
use super::ids::VideoId;
use super::picture::PictureOptions;
use crate::diagnostic::Span;
use crate::site::text::Fragment;

/// A video where it is used.
#[derive(Debug, Clone)]
pub struct Video {
    /// Which one.
    pub file: VideoId,
    /// Whether the reader gets controls.
    pub controls: bool,
    /// Whether it plays by itself, without sound, again and again, wherever it stands.
    pub ambient: bool,
    /// How it is converted.
    pub conversion: Arc<Conversion>,
    /// How large its place lets it be.
    pub place: VideoPlace,
    /// How its pictures are rendered where it does not move.
    pub still: PictureOptions,
    /// Caption; may be empty.
    pub caption: Fragment,
    /// Where it was named.
    pub span: Span,
}

/// Where a video stands, which says how high it may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum VideoPlace {
    /// Alone on the page.
    Page,
    /// Alone in a row.
    Row,
    /// With others in a row, or beside a text.
    Cell,
}

impl VideoPlace {
    /// Its largest height in pixels, which is récitale's.
    #[must_use]
    pub fn height(self) -> u32 {
        match self {
            Self::Page => 2000,
            Self::Row => 1366,
            Self::Cell => 600,
        }
    }
}

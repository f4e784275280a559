//! A video in one place where a page uses it.

use std::sync::Arc;

use super::conversion::Conversion;
use super::ids::VideoId;
use super::picture::PictureOptions;
use crate::diagnostic::Span;
use crate::site::text::Fragment;

/// A video in one place where a page uses it.
#[derive(Debug, Clone)]
pub struct Video {
    /// The video.
    pub file: VideoId,
    /// Whether the player has controls.
    pub controls: bool,
    /// Whether the video plays automatically, muted and in a loop.
    pub ambient: bool,
    /// Conversion settings.
    pub conversion: Arc<Conversion>,
    /// Its place on the page, which limits its height.
    pub place: VideoPlace,
    /// Rendering options for its still pictures, where the video does not play.
    pub still: PictureOptions,
    /// Caption; may be empty.
    pub caption: Fragment,
    /// Position of its name in the settings.
    pub span: Span,
}

/// The place of a video on a page, which limits its height.
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
    /// Returns the maximum height in pixels; the values are récitale's.
    #[must_use]
    pub fn height(self) -> u32 {
        match self {
            Self::Page => 2000,
            Self::Row => 1366,
            Self::Cell => 600,
        }
    }
}

//! The rules for rendering all photos of a site.

use crate::source::{Captions, Damaged, Fit, Full, PngPolicy};
use pixels::{Background, Chroma, Colors, Effort};

/// The rule that gives the sizes of a picture.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Ladder {
    /// Steps of width, up to the largest that any use of the picture can show.
    #[default]
    Automatic,
    /// The author's own sizes, the same for all uses.
    Written {
        /// Sizes in pixels, ascending, without duplicates.
        sizes: Vec<u32>,
        /// The side that the sizes measure.
        fit: Fit,
    },
}

impl Ladder {
    /// Width of the widest picture on an automatic ladder of a photo without full-size picture, at a ratio of 3:2; in pixels.
    pub const TOP: u32 = 2880;

    /// Returns the largest size that pictures should have, in pixels, and the side that it measures.
    #[must_use]
    pub fn top(&self) -> (u32, Fit) {
        match self {
            Self::Automatic => (Self::TOP, Fit::LongEdge),
            Self::Written { sizes, fit } => (sizes.last().copied().unwrap_or_default(), *fit),
        }
    }
}

/// `settings.images` with defaults filled in.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ImagePolicy {
    /// Sizes of renditions.
    pub ladder: Ladder,
    /// Form of the full-size picture.
    pub full: Full,
    /// Time spent on making files smaller.
    pub effort: Effort,
    /// Whether colour spaces other than sRGB are kept.
    pub colors: Colors,
    /// Resolution of chroma.
    pub chroma: Chroma,
    /// Background for transparent pictures; `None` keeps the transparency.
    pub background: Option<Background>,
    /// Format of the renditions of a PNG.
    pub png: PngPolicy,
    /// Treatment of photos that can be read only in part.
    pub damaged: Damaged,
    /// Use of the captions and titles in photo files.
    pub captions: Captions,
}

//! The rules for rendering all photos of a site.

use crate::source::{Captions, Damaged, Fit, Full, PngPolicy};
use pixels::{Background, Chroma, Colors, Effort};

/// `settings.images` with defaults filled in.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ImagePolicy {
    /// Sizes of renditions in pixels, ascending, without duplicates.
    pub ladder: Vec<u32>,
    /// The side that the sizes measure.
    pub fit: Fit,
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

//! What becomes of all photos of a site.

use crate::source::{Captions, Damaged, Fit, Full};
use pixels::{Background, Colors, Effort};

/// `settings.images`, defaults filled in.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ImagePolicy {
    /// Sizes, ascending, without repetition.
    pub ladder: Vec<u32>,
    /// Which side they measure.
    pub fit: Fit,
    /// What the full-size picture is.
    pub full: Full,
    /// How much time goes into small files.
    pub effort: Effort,
    /// Whether colour spaces other than sRGB are kept.
    pub colors: Colors,
    /// What transparent pictures are laid over; nothing if they stay transparent.
    pub background: Option<Background>,
    /// What becomes of photos of which only a part can be read.
    pub damaged: Damaged,
    /// Where captions and titles in the files serve.
    pub captions: Captions,
}

//! What is known of a picture before its pixels are decoded.

use jpeg::{Orientation, Size};
use serde::{Deserialize, Serialize};

use super::color_space::ColorSpace;
use super::format::Format;
use super::recipe::halvings;

/// What a JPEG holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Coefficients {
    /// How many, of all components together.
    pub count: u64,
    /// Whether all of them have to be kept in memory, because they come in more scans than can be read at once.
    pub kept: bool,
}

/// What is known of a picture before its pixels are decoded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Header {
    /// By content, whatever the file is called.
    pub format: Format,
    /// Size as stored.
    pub stored: Size,
    /// How to turn it upright.
    pub orientation: Orientation,
    /// Whether some pixel may be transparent.
    pub alpha: bool,
    /// Whether it has more than one frame.
    pub animated: bool,
    /// In which colours it is.
    pub color_space: ColorSpace,
    /// Whether it has a colour profile that cannot be used: one that is damaged, or not about such pixels.
    pub bad_profile: bool,
    /// Whether it is a JPEG whose coefficients can be written again: of gray or Y'CbCr with 8 bits a sample, and sampling
    /// factors that everybody reads.
    pub rewritable: bool,
    /// Upper bound of the memory needed to decode and render it, in bytes.
    pub working_memory: u64,
    /// Of a JPEG of 8 bits a sample with enough chroma, whose decoder halves it by itself, in a way that is as good as a filter.
    pub coefficients: Option<Coefficients>,
}

impl Header {
    /// Of pixels that are as they are to be seen, and have nothing else.
    #[must_use]
    pub fn plain(format: Format, size: Size) -> Self {
        Self {
            format,
            stored: size,
            orientation: Orientation::UPRIGHT,
            alpha: false,
            animated: false,
            color_space: ColorSpace::Srgb,
            bad_profile: false,
            rewritable: false,
            working_memory: 0,
            coefficients: None,
        }
    }

    /// Size as seen, after turning.
    #[must_use]
    pub fn display(&self) -> Size {
        self.orientation.apply(self.stored)
    }

    /// Whether its decoder halves it by itself.
    #[must_use]
    pub fn reduces(&self) -> bool {
        self.coefficients.is_some()
    }

    /// How often to halve it before the real filter makes something of a size, which is meant before turning. Level `k` measures its
    /// sides divided by 2^k, rounded up.
    ///
    /// Means of 2×2 blur what is just coarse enough for them, so the filter is to have twice as many pixels, on both sides, as it
    /// makes. A decoder that halves by itself blurs less, the less it halves; what is enough was measured (`docs/performance.md`).
    #[must_use]
    pub fn halvings(&self, target: Size) -> u8 {
        halvings(self.stored, target, |level| match level {
            1 if self.reduces() => (5, 4),
            2 if self.reduces() => (3, 2),
            _ => (2, 1),
        })
    }

    /// Whether a JPEG of the same size can be made of this file without making pixels ([`Recipe::Requantize`]): if it is a JPEG, or
    /// a RAW file's preview, that is [rewritable](Self::rewritable), and if browsers show its colours.
    #[must_use]
    pub fn requantizes(&self) -> bool {
        self.rewritable && self.color_space != ColorSpace::Foreign
    }
}

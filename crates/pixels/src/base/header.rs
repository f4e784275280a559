//! Properties of a picture that are known before its pixels are decoded.

use jpeg::{Orientation, Size};
use serde::{Deserialize, Serialize};

use super::color_space::ColorSpace;
use super::format::Format;
use super::png_content::PngContent;
use super::recipe::{Chroma, Encode, Encoding, halvings};

/// The resolution of chroma in a JPEG's components.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum StoredChroma {
    /// There is only one component.
    None,
    /// Every other component has fewer samples than the first.
    Coarse,
    /// Some other component has as many samples as the first.
    Full,
}

/// The coefficients of a JPEG.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Coefficients {
    /// Number of coefficients of all components together.
    pub count: u64,
    /// Whether decoding keeps all of them in memory, because there are more scans than can be read together.
    pub kept: bool,
    /// Resolution of chroma.
    pub chroma: StoredChroma,
}

/// Properties of a picture that are known before its pixels are decoded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Header {
    /// The format, by content and independent of the file name.
    pub format: Format,
    /// Size as stored, in pixels.
    pub stored: Size,
    /// The transformation that turns the stored pixels upright.
    pub orientation: Orientation,
    /// Whether this orientation is stated beside the file, so that the file itself does not show it.
    #[serde(default)]
    pub turned_beside: bool,
    /// Whether pixels may be transparent.
    pub alpha: bool,
    /// What the pixels of a PNG show; `None` for other formats.
    pub png: Option<PngContent>,
    /// Whether there is more than one frame.
    pub animated: bool,
    /// Colour space of the stored pixels.
    pub color_space: ColorSpace,
    /// Whether the colour profile cannot be used, because it is damaged or does not match the pixels.
    pub bad_profile: bool,
    /// Whether this is a JPEG whose coefficients can be written again: gray or Y'CbCr with 8 bits a sample, and common sampling
    /// factors.
    pub rewritable: bool,
    /// Upper bound of the memory needed to decode and render the picture, in bytes.
    pub working_memory: u64,
    /// The coefficients of a JPEG of 8 bits a sample with enough chroma, which its decoder halves as well as a filter would; `None` for
    /// other pictures.
    pub coefficients: Option<Coefficients>,
}

impl Header {
    /// The header of an opaque, upright sRGB picture with one frame.
    #[must_use]
    pub fn plain(format: Format, size: Size) -> Self {
        Self {
            format,
            stored: size,
            orientation: Orientation::UPRIGHT,
            turned_beside: false,
            alpha: false,
            png: None,
            animated: false,
            color_space: ColorSpace::Srgb,
            bad_profile: false,
            rewritable: false,
            working_memory: 0,
            coefficients: None,
        }
    }

    /// Returns the size after turning, in pixels.
    #[must_use]
    pub fn display(&self) -> Size {
        self.orientation.apply(self.stored)
    }

    /// Whether the decoder can return halved pictures.
    #[must_use]
    pub fn reduces(&self) -> bool {
        self.coefficients.is_some()
    }

    /// Returns how often to halve the picture before the resampling filter scales it to the size `target`, as stored. At level `k`, sides
    /// are divided by 2^k and rounded up.
    ///
    /// Means of 2×2 blur detail near the limit of their resolution, so the filter should get at least twice as many pixels, on both
    /// sides, as it makes. A decoder that halves natively blurs less, the less it halves; the factors were measured
    /// (`docs/performance.md`).
    #[must_use]
    pub fn halvings(&self, target: Size) -> u8 {
        halvings(self.stored, target, |level| match level {
            1 if self.reduces() => (5, 4),
            2 if self.reduces() => (3, 2),
            _ => (2, 1),
        })
    }

    /// Returns the level from which a rendition is made: after the recipe's halvings, or one less if its chroma is to be full and the
    /// file has less.
    pub(crate) fn level(&self, recipe: &Encode) -> u8 {
        let coarse = self.coefficients.is_some_and(|coefficients| coefficients.chroma == StoredChroma::Coarse);
        let full = matches!(recipe.encoding, Encoding::Jpeg { chroma: Chroma::Full, .. });
        recipe.halvings - u8::from(coarse && full).min(recipe.halvings)
    }

    /// Whether a JPEG of the same size can be made from this file without decoding pixels
    /// ([`Recipe::Requantize`](crate::Recipe::Requantize)): the file must be a JPEG, or a RAW file's preview, that is
    /// [rewritable](Self::rewritable), with colours that browsers display.
    #[must_use]
    pub fn requantizes(&self) -> bool {
        self.rewritable && self.color_space != ColorSpace::Foreign
    }
}

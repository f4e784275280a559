//! Everything that changes the bytes of a rendition, apart from its source.

use jpeg::{Damage, Effort, Orientation, Size};
use serde::{Deserialize, Serialize};

/// Version of the pixel code, part of every key. Raise it whenever the same recipe produces different bytes than before.
pub const ENGINE: u32 = 8;

/// Instructions for making a rendition from a source.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Recipe {
    /// A picture, resized and encoded.
    Encode(Encode),
    /// A JPEG at its own size, coded again without decoding pixels. Only for sources for which
    /// [`Header::requantizes`](crate::Header::requantizes) holds.
    Requantize(Requantize),
    /// The source's own pixels, bit for bit. The orientation tag stays if it is needed to show the picture upright. Colour profiles stay.
    Keep {
        /// The metadata of the source that stays.
        metadata: Metadata,
    },
    /// The [`Survey`] of the photo, as bytes.
    Survey {
        /// How the stored pixels are turned.
        turn: Orientation,
        /// The colours in which the picture is averaged; the result is sRGB in either case.
        colors: Colors,
        /// The colour behind transparent pixels.
        background: Background,
    },
}

/// Resizing, turning and encoding.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Encode {
    /// Size of the result, after turning.
    pub size: Size,
    /// How often the source is halved (2×2 means) before the resampling filter; 0 for none. Fixed in the plan, so that the
    /// bytes do not depend on which other sizes are made.
    pub halvings: u8,
    /// How the stored pixels are turned.
    pub turn: Orientation,
    /// The format and its parameters.
    pub encoding: Encoding,
    /// The metadata of the source that stays.
    pub metadata: Metadata,
    /// The colours of the result.
    pub colors: Colors,
    /// The colour behind transparent pixels in a format without transparency.
    pub background: Background,
}

/// Coarser quantization, and turning. The sampling and the colours remain those of the source.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Requantize {
    /// Size of the result, after turning.
    pub size: Size,
    /// How the stored picture is turned.
    pub turn: Orientation,
    /// The parameters of JPEG.
    pub encoding: Encoding,
    /// The metadata of the source that stays.
    pub metadata: Metadata,
}

/// The colours of a rendition. Inks and other colours that browsers do not display become sRGB in either case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize, Deserialize)]
pub enum Colors {
    /// Those of the source. Its profile stays with the rendition, unless it is sRGB.
    #[default]
    Keep,
    /// sRGB, without a profile.
    Srgb,
}

/// Red, green and blue of an opaque colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Background(pub [u8; 3]);

impl Background {
    /// White.
    pub const WHITE: Self = Self([255; 3]);
}

impl Recipe {
    /// Returns the recipe with full chroma, if it makes a JPEG from pixels.
    pub(crate) fn with_full_chroma(&self) -> Self {
        let mut recipe = self.clone();
        if let Self::Encode(Encode { encoding: Encoding::Jpeg { chroma, .. }, .. }) = &mut recipe {
            *chroma = Chroma::Full;
        }
        recipe
    }
}

impl Encode {
    /// Whether the rendition is made from the full size while its rows are decoded, so that the source is never in memory as a whole.
    /// `level`: how often its source is halved.
    pub(crate) fn is_streamed(&self, stored: Size, level: u8) -> bool {
        level == 0 && (self.size != stored || self.turn != Orientation::UPRIGHT)
    }

    /// Whether the chroma of a rendition in Y'CbCr has half of the size, as far as the recipe knows.
    pub(crate) fn halves_chroma(&self) -> bool {
        matches!(self.encoding, Encoding::Jpeg { chroma: Chroma::Auto | Chroma::Half, .. })
    }
}

impl Default for Background {
    fn default() -> Self {
        Self::WHITE
    }
}

/// The resolution of chroma in a JPEG.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize, Deserialize)]
pub enum Chroma {
    /// Half on both sides (4:2:0), unless the picture would visibly lose detail.
    #[default]
    Auto,
    /// That of luma (4:4:4).
    Full,
    /// Half on both sides (4:2:0).
    Half,
}

/// An output format with its parameters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Encoding {
    /// JPEG. Transparent pixels show the background.
    Jpeg {
        /// Quality, 1 to 100, on the scale of the IJG's library.
        quality: u8,
        /// Whether the file is progressive rather than sequential.
        progressive: bool,
        /// Time spent on making the file small.
        effort: Effort,
        /// Resolution of chroma. [`Recipe::Requantize`] always keeps that of the source.
        chroma: Chroma,
    },
    /// PNG, with transparency if the source has any.
    Png,
}

impl Encoding {
    /// Returns the file name extension, without a dot.
    #[must_use]
    pub fn extension(self) -> &'static str {
        match self {
            Self::Jpeg { .. } => "jpg",
            Self::Png => "png",
        }
    }
}

/// The metadata of the source that stays in a rendition. The embedded thumbnail never stays, and the orientation tag is updated
/// if the pixels were turned.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, Default)]
#[serde(rename_all = "kebab-case")]
pub enum Metadata {
    /// No metadata.
    None,
    /// Owner and permitted uses of the picture: copyright, creators, credit line, usage terms, licence.
    #[default]
    Credit,
    /// `Credit`, the description of the picture (title, caption, description, keywords), and camera, lens, settings and times. No
    /// locations, serial numbers, owner, persons, maker notes or editing history.
    AllButLocation,
    /// All metadata.
    All,
}

/// Colours shown before a photo has loaded: the mean colours of its top, middle and bottom third, in sRGB.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Placeholder(pub [[u8; 3]; 3]);

/// Information about a photo that requires decoding it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Survey {
    /// The mean colours of the photo.
    pub placeholder: Placeholder,
    /// Damage to the file; `None` if it is undamaged.
    pub damage: Option<Damage>,
}

impl Survey {
    /// Returns the bytes that are kept in the store.
    #[must_use]
    pub fn to_bytes(self) -> Vec<u8> {
        let damage = match self.damage {
            None => 0,
            Some(Damage::Missing(percent)) => percent,
            Some(Damage::Flawed) => 100,
        };
        let colors = self.placeholder.0.into_iter().flatten();
        colors.chain([damage]).collect()
    }

    /// Reads the bytes of [`to_bytes`](Self::to_bytes); `None` for any other bytes.
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let [colors @ .., damage]: &[u8; 10] = bytes.try_into().ok()?;
        let placeholder = std::array::from_fn(|band| std::array::from_fn(|channel| colors[band * 3 + channel]));
        let damage = match *damage {
            0 => None,
            percent @ 1..100 => Some(Damage::Missing(percent)),
            100 => Some(Damage::Flawed),
            _ => return None,
        };
        Some(Self { placeholder: Placeholder(placeholder), damage })
    }
}

/// Returns how often to halve a source before the resampling filter: as long as each level is at least `enough` times (a fraction) as
/// wide and as high as the target. Both sizes are those before turning. At level `k`, the source's sides are divided by 2^k and rounded
/// up.
pub(crate) fn halvings(source: Size, target: Size, enough: impl Fn(u8) -> (u32, u32)) -> u8 {
    let (mut size, mut level) = (source, 0);
    while level < MAX_HALVINGS {
        size = size.halved();
        let (times, per) = enough(level + 1);
        let side = |side: u32, target: u32| u64::from(per) * u64::from(side) >= u64::from(times) * u64::from(target);
        if !side(size.width, target.width) || !side(size.height, target.height) {
            break;
        }
        level += 1;
    }
    level
}

/// Limit on the halvings: with more of them than the longest side has bits, nothing changes.
pub(crate) const MAX_HALVINGS: u8 = 16;

#[cfg(test)]
mod tests {
    use super::*;

    fn size(width: u32, height: u32) -> Size {
        Size { width, height }
    }

    #[test]
    fn a_level_is_at_least_twice_the_target_on_both_sides() {
        assert_eq!(halvings(size(6000, 4000), size(6000, 4000), |_| (2, 1)), 0);
        assert_eq!(halvings(size(6000, 4000), size(1501, 1000), |_| (2, 1)), 0);
        assert_eq!(halvings(size(6000, 4000), size(1500, 1000), |_| (2, 1)), 1);
        assert_eq!(halvings(size(6000, 4000), size(480, 320), |_| (2, 1)), 2);
        assert_eq!(halvings(size(6001, 4001), size(750, 500), |_| (2, 1)), 2);
        assert_eq!(halvings(size(6000, 4000), size(1500, 1001), |_| (2, 1)), 0);
        assert_eq!(halvings(size(6000, 4000), size(2727, 1818), |_| (11, 10)), 1);
        assert_eq!(halvings(size(6000, 4000), size(2728, 1818), |_| (11, 10)), 0);
    }

    #[test]
    fn sides_of_one_pixel_are_not_halved() {
        assert_eq!(halvings(size(1, 1), size(1, 1), |_| (2, 1)), 0);
        assert_eq!(halvings(size(1, 65_535), size(1, 100), |_| (2, 1)), 0);
        assert_eq!(halvings(size(2, 2), size(1, 1), |_| (2, 1)), 0);
        assert_eq!(halvings(size(3, 3), size(1, 1), |_| (2, 1)), 1);
    }
}

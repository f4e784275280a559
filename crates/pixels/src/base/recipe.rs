//! Everything that changes the bytes of a rendition, apart from its source.

use jpeg::{Damage, Effort, Orientation, Size};
use serde::{Deserialize, Serialize};

/// Version of the pixel code, part of every key. It is raised whenever the same recipe gives other bytes than before.
pub const ENGINE: u32 = 4;

/// What to make of a source.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Recipe {
    /// A picture, resized and encoded.
    Encode(Encode),
    /// A JPEG at its own size, coded again without making pixels. Only for sources for which
    /// [`Header::requantizes`](super::Header::requantizes) holds.
    Requantize(Requantize),
    /// The source's own pixels, bit for bit. Where the tag is still needed to show the picture upright, the orientation
    /// stays. Colour profiles stay.
    Keep {
        /// What of the source's metadata stays.
        metadata: Metadata,
    },
    /// The [`Survey`].
    Survey {
        /// How the stored pixels are turned.
        turn: Orientation,
        /// In which colours the picture is averaged; what is told is sRGB in either case.
        colors: Colors,
        /// What is behind transparent pixels.
        background: Background,
    },
}

/// Resize, turn, encode.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Encode {
    /// Size of the result, after turning.
    pub size: Size,
    /// How often the source is halved (2×2 means) before the real filter; 0 for none. Settled in the plan, so that the
    /// bytes do not depend on which other sizes are made.
    pub halvings: u8,
    /// How the stored pixels are turned.
    pub turn: Orientation,
    /// Format and its parameters.
    pub encoding: Encoding,
    /// What of the source's metadata is kept.
    pub metadata: Metadata,
    /// In which colours.
    pub colors: Colors,
    /// What is behind transparent pixels in a format without transparency.
    pub background: Background,
}

/// Quantize more coarsely, turn. The sampling is the source's, and so are the colours.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Requantize {
    /// Size of the result, after turning.
    pub size: Size,
    /// How the stored picture is turned.
    pub turn: Orientation,
    /// The parameters of JPEG.
    pub encoding: Encoding,
    /// What of the source's metadata is kept.
    pub metadata: Metadata,
}

/// The colours of a rendition, as far as there is a choice: inks and other numbers that browsers do not show become sRGB in
/// either case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize, Deserialize)]
pub enum Colors {
    /// The source's. Its profile stays with the rendition, unless it says sRGB.
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

impl Encode {
    /// Whether it is another picture of the full size of a source, reduced or turned, which can be made while its rows come: then
    /// the source is never there as a whole.
    pub(crate) fn is_streamed(&self, stored: Size) -> bool {
        self.halvings == 0 && (self.size != stored || self.turn != Orientation::UPRIGHT)
    }
}

impl Default for Background {
    fn default() -> Self {
        Self::WHITE
    }
}

/// An output format with its parameters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Encoding {
    /// JPEG, 4:2:0 as the common photo is. Transparent pixels show the background.
    Jpeg {
        /// 1 to 100, in the IJG's scale.
        quality: u8,
        /// Progressive rather than sequential.
        progressive: bool,
        /// How much time goes into it.
        effort: Effort,
    },
    /// PNG, with transparency if the source has any.
    Png,
}

impl Encoding {
    /// The file name extension, without a dot.
    #[must_use]
    pub fn extension(self) -> &'static str {
        match self {
            Self::Jpeg { .. } => "jpg",
            Self::Png => "png",
        }
    }
}

/// What of the source's metadata stays in a rendition. Whatever stays, the embedded thumbnail does not, and where the pixels
/// were turned, the orientation says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, Default)]
#[serde(rename_all = "kebab-case")]
pub enum Metadata {
    /// Nothing.
    None,
    /// Whose the picture is and what others may do with it: copyright, creators, credit line, usage terms, licence.
    #[default]
    Credit,
    /// That, what the picture is about (title, caption, description, keywords), and camera, lens, settings and times. Neither
    /// places nor serial numbers, owner, persons, maker notes or history of editing.
    AllButLocation,
    /// Everything.
    All,
}

/// What is shown before a photo has loaded: the mean colours of its top, middle and bottom third, in sRGB.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Placeholder(pub [[u8; 3]; 3]);

/// What is learned of a photo when it is decoded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Survey {
    /// Its colours.
    pub placeholder: Placeholder,
    /// What of it could not be read.
    pub damage: Option<Damage>,
}

impl Survey {
    /// As the bytes that are kept in the store.
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

    /// From [`to_bytes`](Self::to_bytes); `None` if these bytes are not its result.
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

/// How often to halve a source before the real filter: as often as each level is still `enough` times (a fraction) as wide and as
/// high as the target, at least. Both sizes are meant before turning. Level `k` measures the source's sides divided by 2^k,
/// rounded up.
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

/// More halvings than the longest side has bits would change nothing.
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

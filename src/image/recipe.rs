//! Everything that changes the bytes of a rendition, apart from its source.

use serde::{Deserialize, Serialize};

use super::header::{Orientation, Size};

/// Version of the pixel code, part of every key. It is raised whenever the same recipe gives other bytes than before.
pub const ENGINE: u32 = 1;

/// What to make of a source.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Recipe {
    /// A picture, resized and encoded.
    Encode(Encode),
    /// The source's own pixels, bit for bit, with its metadata taken out. Where the tag is still needed to show the
    /// picture upright, a block with nothing but the orientation stays. Colour profiles stay.
    Keep,
    /// The [`Placeholder`].
    Placeholder {
        /// How the stored pixels are turned.
        turn: Orientation,
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
    /// What of the source's metadata is kept. A colour profile that matters is always kept.
    pub metadata: Metadata,
}

/// An output format with its parameters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Encoding {
    /// JPEG, 4:2:0 as the common photo is. Transparent pixels are shown over white.
    Jpeg {
        /// 1 to 100, in the IJG's scale.
        quality: u8,
        /// Progressive rather than sequential.
        progressive: bool,
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

/// What of the source's metadata stays in a rendition.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Metadata {
    /// Nothing (`strip: true`).
    Strip,
    /// Exif, without location, serial numbers, owner's name, maker notes and embedded thumbnail, orientation reset
    /// (`strip: false`).
    Exif,
}

/// What is shown before a photo has loaded: the mean colours of its top, middle and bottom third, in sRGB.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Placeholder(pub [[u8; 3]; 3]);

impl Placeholder {
    /// As the bytes that are kept in the store.
    #[must_use]
    pub fn to_bytes(self) -> Vec<u8> {
        self.0.concat()
    }

    /// From [`to_bytes`](Self::to_bytes); `None` if these bytes are not its result.
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let bytes: &[u8; 9] = bytes.try_into().ok()?;
        Some(Self(std::array::from_fn(|band| std::array::from_fn(|channel| bytes[band * 3 + channel]))))
    }
}

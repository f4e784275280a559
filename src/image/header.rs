//! What the first bytes of a picture tell.

use jiff::civil::DateTime;
use serde::{Deserialize, Serialize};

/// A file format, recognised by its content.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Format {
    /// JPEG (ITU-T T.81).
    Jpeg,
    /// PNG.
    Png,
    /// GIF.
    Gif,
    /// WebP.
    WebP,
    /// TIFF.
    Tiff,
    /// Windows bitmap.
    Bmp,
}

/// Width and height in pixels; neither is ever 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Size {
    /// Width.
    pub width: u32,
    /// Height.
    pub height: u32,
}

impl Size {
    /// Width × height.
    #[must_use]
    pub fn pixels(self) -> u64 {
        u64::from(self.width) * u64::from(self.height)
    }

    /// The longer side.
    #[must_use]
    pub fn long_edge(self) -> u32 {
        self.width.max(self.height)
    }
}

/// How the stored pixels have to be turned to stand upright (Exif 2.32, tag 0x0112).
///
/// The number is Exif's: 1 upright, 2 mirrored left-right, 3 turned by 180°, 4 mirrored top-bottom, 5 transposed,
/// 6 to be turned 90° clockwise, 7 transversed, 8 to be turned 90° counter-clockwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Orientation(u8);

impl Orientation {
    /// As stored.
    pub const UPRIGHT: Self = Self(1);

    /// From Exif's number; anything but 1 to 8 counts as upright.
    #[must_use]
    pub fn from_exif(value: u32) -> Self {
        u8::try_from(value).ok().filter(|value| (1..=8).contains(value)).map_or(Self::UPRIGHT, Self)
    }

    /// Exif's number.
    #[must_use]
    pub fn exif(self) -> u8 {
        self.0
    }

    /// Whether width and height change places.
    #[must_use]
    pub fn swaps_sides(self) -> bool {
        self.0 >= 5
    }

    /// The size after turning (and, being its own inverse, the size before).
    #[must_use]
    pub fn apply(self, size: Size) -> Size {
        if self.swaps_sides() { Size { width: size.height, height: size.width } } else { size }
    }
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
    /// Upper bound of the memory needed to decode and render it, in bytes.
    pub working_memory: u64,
    /// When it was taken, in the camera's local time.
    pub captured: Option<DateTime>,
}

impl Header {
    /// Size as seen, after turning.
    #[must_use]
    pub fn display(&self) -> Size {
        self.orientation.apply(self.stored)
    }
}

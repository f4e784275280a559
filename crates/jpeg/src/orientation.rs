//! The orientation of a stored picture.

use crate::size::Size;

/// The transformation that turns the stored pixels upright (Exif 2.32, tag 0x0112).
///
/// The number is Exif's: 1 upright, 2 mirrored left-right, 3 turned by 180°, 4 mirrored top-bottom, 5 transposed,
/// 6 to be turned 90° clockwise, 7 transversed, 8 to be turned 90° counter-clockwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(try_from = "u8"))]
pub struct Orientation(u8);

impl TryFrom<u8> for Orientation {
    type Error = &'static str;

    fn try_from(value: u8) -> Result<Self, Self::Error> {
        if (1..=8).contains(&value) { Ok(Self(value)) } else { Err("not an Exif orientation") }
    }
}

impl Orientation {
    /// The orientation of pixels that are stored upright.
    pub const UPRIGHT: Self = Self(1);

    /// Returns the orientation with this Exif number; numbers other than 1 to 8 count as upright.
    #[must_use]
    pub fn from_exif(value: u32) -> Self {
        u8::try_from(value).ok().filter(|value| (1..=8).contains(value)).map_or(Self::UPRIGHT, Self)
    }

    /// Returns the Exif number, 1 to 8.
    #[must_use]
    pub fn exif(self) -> u8 {
        self.0
    }

    /// Whether turning swaps width and height.
    #[must_use]
    pub fn swaps_sides(self) -> bool {
        self.0 >= 5
    }

    /// Whether turning reverses each stored row, apart from a swap of sides after that.
    #[must_use]
    pub fn mirrors_rows(self) -> bool {
        matches!(self.0, 2 | 3 | 7 | 8)
    }

    /// Whether turning reverses each stored column, apart from a swap of sides after that.
    #[must_use]
    pub fn mirrors_columns(self) -> bool {
        matches!(self.0, 3 | 4 | 6 | 7)
    }

    /// Whether stored rows remain rows, in the same order.
    #[must_use]
    pub fn keeps_rows(self) -> bool {
        !self.swaps_sides() && !self.mirrors_columns()
    }

    /// Returns the size after turning; or that before, from the size after, because sides are only swapped.
    #[must_use]
    pub fn apply(self, size: Size) -> Size {
        if self.swaps_sides() { Size { width: size.height, height: size.width } } else { size }
    }
}

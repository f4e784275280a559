//! How large the ways of showing a picture make it, on the largest screens that matter.
//!
//! In: the size of a picture, and a way of showing it. Out: the width in pixels above which no file is of use. The numbers follow the style
//! sheets of the themes; `tests/browser/sizes.mjs` measures both. Must not know files.

use pixels::Size;

/// Width of the largest screen in pixels: 2560 × 1440 CSS pixels at a density of 2.
const WIDTH: u64 = 5120;

/// Height of the largest screen in pixels. Telephones with a density of 3 are nearly as high.
const HEIGHT: u64 = 2880;

/// Width in pixels of a picture that fills the line of a narrow screen, where pictures are stacked: 768 CSS pixels at a density of 2.
const NARROW: u64 = 1536;

/// Height of a panorama in pixels: 75 % of a telephone with 932 CSS pixels at a density of 3.
const STRIP: u64 = 2100;

/// Largest height of a tile in pixels.
const TILE: u64 = HEIGHT * 78 / 100;

/// Side of an author's portrait in pixels: 231 CSS pixels at a density of 3.
const PORTRAIT: u64 = 700;

/// A way of showing a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Showing {
    /// Covers the screen, and opens in the viewer.
    Screen,
    /// Fits into the screen, alone or in the viewer.
    Fitted,
    /// Fills its share of a row whose ratios have this sum, in thousandths; also opens in the viewer.
    Row(u64),
    /// Scrolls sideways.
    Strip,
    /// Covers a tile.
    Cover,
    /// Covers the square of an author's portrait.
    Portrait,
}

impl Showing {
    /// Returns the largest width of a picture in pixels.
    pub(super) fn widest(self, size: Size) -> u64 {
        // The width at which the picture has a height.
        let at_height = |height: u64| height * u64::from(size.width) / u64::from(size.height.max(1));
        let fitted = WIDTH.min(at_height(HEIGHT)).max(NARROW);
        match self {
            Self::Screen => WIDTH.max(at_height(HEIGHT)),
            Self::Fitted => fitted,
            // The share of the row is the picture's ratio divided by the sum.
            Self::Row(sum) => fitted.max((at_height(WIDTH * 1000) / sum.max(1)).min(WIDTH)),
            Self::Strip => WIDTH.max(at_height(STRIP)),
            Self::Cover => WIDTH.max(at_height(TILE)),
            Self::Portrait => PORTRAIT.max(at_height(PORTRAIT)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_way_asks_for_the_pixels_of_the_side_that_it_shows() {
        let [photo, upright, wide, page] =
            [(6000, 4000), (4000, 6000), (6000, 1000), (900, 7200)].map(|(width, height)| Size { width, height });
        assert_eq!([photo, upright, wide, page].map(|size| Showing::Fitted.widest(size)), [4320, 1920, 5120, 1536]);
        assert_eq!([photo, upright, wide].map(|size| Showing::Screen.widest(size)), [5120, 5120, 17_280]);
        assert_eq!(Showing::Strip.widest(wide), 12_600, "a panorama shows its height");
        assert_eq!(Showing::Row(3000).widest(photo), 4320, "the viewer shows more than half a row");
        assert_eq!(Showing::Row(1333).widest(upright), 2560);
        assert_eq!([photo, upright].map(|size| Showing::Portrait.widest(size)), [1050, 700]);
    }
}

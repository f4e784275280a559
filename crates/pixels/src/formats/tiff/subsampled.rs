//! Y'CbCr with fewer samples for Cb and Cr, without JPEG: units of a few Y', one Cb and one Cr.

use super::fields::Fields;
use super::predictor::Predictor;
use crate::base::error::Error;
use crate::base::format::Format;

const SUBSAMPLING: u16 = 530;

/// The pixels of a unit, across and down.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Subsampling {
    across: usize,
    down: usize,
}

impl Subsampling {
    /// Reads the sampling; `None` if no samples are missing. The standard's default is a quarter of the samples.
    pub(super) fn read(
        fields: &Fields<'_>,
        planar: bool,
        channels: usize,
        predictor: Predictor,
    ) -> Result<Option<Self>, Error> {
        let list = fields.numbers(SUBSAMPLING);
        let side = |place| list.map_or(Some(2), |list| list.get(place)).filter(|side| matches!(side, 1 | 2 | 4));
        let (Some(across), Some(down)) = (side(0), side(1)) else {
            return Err(Error::corrupt(Format::Tiff, "its sampling of Cb and Cr is not possible"));
        };
        if (across, down) == (1, 1) {
            return Ok(None);
        }
        if planar || channels != 3 || predictor != Predictor::None {
            return Err(Error::unsupported(
                Format::Tiff,
                "fewer samples of Cb and Cr, with channels apart or differences",
            ));
        }
        Ok(Some(Self { across: across as usize, down: down as usize }))
    }

    /// Returns the bytes of a row of units.
    fn row(self, width: usize) -> usize {
        width.div_ceil(self.across) * (self.across * self.down + 2)
    }

    /// Returns the bytes for `rows` rows of pixels.
    pub(super) fn packed(self, width: usize, rows: usize) -> usize {
        self.row(width) * rows.div_ceil(self.down)
    }

    /// Returns Y', Cb and Cr of a pixel.
    pub(super) fn pixel(self, packed: &[u8], width: usize, x: usize, y: usize) -> [u8; 3] {
        let length = self.across * self.down;
        let start = y / self.down * self.row(width) + x / self.across * (length + 2);
        let place = y % self.down * self.across + x % self.across;
        [place, length, length + 1].map(|at| packed.get(start + at).copied().unwrap_or(128))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pixels_of_a_unit_share_their_chroma() {
        let sampling = Subsampling { across: 2, down: 2 };
        assert_eq!(sampling.packed(3, 3), 24);
        let packed: Vec<u8> = (0..24).collect();
        assert_eq!(sampling.pixel(&packed, 3, 1, 1), [3, 4, 5]);
        assert_eq!(sampling.pixel(&packed, 3, 2, 0), [6, 10, 11]);
        assert_eq!(sampling.pixel(&packed, 3, 0, 2), [12, 16, 17]);
    }
}

//! Doors for the fuzz targets and the differential run: the JPEG decoder and encoder alone, without resizing between them.
//!
//! Built only with `--cfg fuzzing`, as cargo-fuzz does. No other code may know of it.

use std::borrow::Cow;

use super::error::Error;
use super::hands::{Alone, Hands};
use super::jpeg::decode;
use super::jpeg::encode::{Coding, Encoder};
use super::jpeg::layout::Layout;
use super::metadata::kept::Kept;
use super::picture::Color;
use super::plane::{Density, Plane};
use super::recipe::Effort;
use super::simd::{Block, Extent, Steps};

/// The samples of one component, row by row, at the size in which they are stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Samples {
    /// Samples of a row.
    pub width: usize,
    /// Rows.
    pub height: usize,
    /// `width` × `height` of them.
    pub samples: Vec<u8>,
}

/// What was decoded: for each level, its number and the components; and whether anything of them is missing or
/// contradicts itself.
pub type Decoded = (Vec<(u8, Vec<Samples>)>, bool);

/// Decodes a JPEG file into the components as they are stored, at the levels that are wanted: rising numbers from 0, the whole
/// size, to 3, each half of the one before.
///
/// # Errors
/// If the file is not read, or nothing of the picture is there.
pub fn decode_jpeg(bytes: &[u8], levels: &[u8], hands: &dyn Hands) -> Result<Decoded, Error> {
    let wanted = decode::Samples { levels, placings: &[], half_chroma: false, color: Color::YCbCr };
    let decode::Decoded { levels: found, damage, .. } =
        decode::decode(bytes, &Layout::read(bytes)?, &wanted, &mut [], hands)?;
    let samples = |plane: Plane| Samples { width: plane.width, height: plane.height, samples: plane.samples };
    let found = found.into_iter().map(|(level, planes)| (level, planes.into_iter().map(samples).collect()));
    Ok((found.collect(), damage.is_some()))
}

/// The largest sum of the absolute values of a block's coefficients, as they are before the inverse transform.
///
/// # Errors
/// If the file is not read, or nothing of the picture is there.
pub fn greatest_block(bytes: &[u8]) -> Result<u32, Error> {
    struct Greatest(u32);
    impl decode::Rows for Greatest {
        fn row(&mut self, _: usize, _: usize, blocks: &[Block], _: &[Extent], steps: &Steps) -> Result<(), Error> {
            for block in blocks {
                let values = block
                    .iter()
                    .zip(steps)
                    .map(|(value, step)| u32::from(value.unsigned_abs()) * u32::from(*step as u16));
                self.0 = self.0.max(values.fold(0, u32::saturating_add));
            }
            Ok(())
        }
    }
    let mut greatest = Greatest(0);
    decode::coefficients(bytes, &Layout::read(bytes)?, &mut greatest, &Alone)?;
    Ok(greatest.0)
}

/// The encoder, which keeps its buffers from file to file.
pub struct JpegEncoder(Encoder);

impl JpegEncoder {
    /// One that has encoded nothing yet.
    #[must_use]
    #[expect(clippy::new_without_default, reason = "nobody needs it")]
    pub fn new() -> Self {
        Self(Encoder::new())
    }

    /// A JPEG file of one plane, or of three, of which the last two have half the width and height, rounded up.
    ///
    /// # Errors
    /// If the planes do not fit each other, or are too large.
    pub fn encode(
        &mut self,
        planes: &[Samples],
        quality: u8,
        progressive: bool,
        effort: Effort,
    ) -> Result<Vec<u8>, Error> {
        let planes: Vec<Plane> = planes
            .iter()
            .enumerate()
            .map(|(number, plane)| Plane {
                width: plane.width,
                height: plane.height,
                density: [if number == 0 { Density::FULL } else { Density { samples: 1, pixels: 2 } }; 2],
                samples: plane.samples.clone(),
            })
            .collect();
        self.0.encode(Cow::Owned(planes), Coding { quality, progressive, effort }, None, &Kept::default())
    }
}

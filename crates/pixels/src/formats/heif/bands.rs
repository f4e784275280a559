//! The bands of a picture, with the meaning of their samples.
//!
//! In: tiles, and the opacity of the whole picture. Out: pictures of a few rows.

use jpeg::{Parallelism, Size};

use super::alpha::ItemAlpha;
use super::raster::{SampleBand, TileRaster};
use super::yuv::{CodedPicture, PlaneSamples};
use crate::base::error::Error;
use crate::base::format::Format;

/// Number of rows that are converted at a time.
pub(super) const ROWS: usize = 512;

/// Takes the first row and the samples of a band.
type BandSink<'a> = &'a mut dyn FnMut(usize, CodedPicture<'_, u16>) -> Result<(), Error>;

/// Decodes a picture from top to bottom, and calls `each` with the first row and the samples of each band. `coding`: the matrix and the
/// range that the boxes declare.
pub(super) fn each_band(
    raster: &TileRaster<'_>,
    coding: Option<(u16, bool)>,
    alpha: Option<&ItemAlpha<'_>>,
    parallelism: &dyn Parallelism,
    each: BandSink<'_>,
) -> Result<(), Error> {
    let alpha = match alpha {
        Some(alpha) => Some((alpha, alpha.samples(parallelism)?)),
        None => None,
    };
    let coding = coding.unwrap_or((raster.shape.matrix, raster.shape.full_range));
    raster.bands(parallelism, &mut |band| {
        for start in (0..band.rows).step_by(ROWS) {
            let rows = start..band.rows.min(start + ROWS);
            let mut coded = part_of(raster, &band, rows.clone(), coding)?;
            if let Some((alpha, samples)) = &alpha {
                let width = band.widths[0];
                let samples = samples.get((band.top + rows.start) * width..(band.top + rows.end) * width);
                let samples = PlaneSamples { samples: samples.unwrap_or_default(), bits: alpha.bits() };
                coded.alpha = Some((samples, alpha.premultiplied));
            }
            each(band.top + rows.start, coded)?;
        }
        Ok(())
    })
}

/// Returns some rows of a band.
fn part_of<'a>(
    raster: &TileRaster<'_>,
    band: &'a SampleBand,
    rows: std::ops::Range<usize>,
    (matrix, full_range): (u16, bool),
) -> Result<CodedPicture<'a, u16>, Error> {
    let [luma, chroma] = raster.shape.bits;
    let [_, down] = raster.shape.chroma_cell();
    let plane = |number: usize, down: usize, bits: u32| {
        let (start, end) = (rows.start / down, rows.end.div_ceil(down));
        let samples = band.planes[number].get(start * band.widths[number]..end * band.widths[number]);
        (PlaneSamples { samples: samples.unwrap_or_default(), bits }, end - start)
    };
    let ([(cb, count), (cr, _)], width) = ([plane(1, down, chroma), plane(2, down, chroma)], band.widths[1]);
    Ok(CodedPicture {
        format: Format::Heic,
        size: Size { width: raster.size.width, height: rows.len() as u32 },
        matrix,
        full_range,
        luma: plane(0, 1, luma).0,
        chroma: (raster.shape.chroma != 0).then_some(([cb, cr], [width, count])),
        alpha: None,
    })
}

//! A grid of tiles, or a single picture as a grid of one, decoded row by row of tiles.
//!
//! In: coded pictures. Out: bands of the picture from top to bottom, so that no more than a row of tiles is in memory.

use std::sync::OnceLock;

use heifer_hevc_dec::recon::Frame;
use jpeg::{Parallelism, Size};

use super::items::damaged;
use super::stream::{CodedItem, CodedShape};
use crate::base::error::Error;
use crate::base::format::Format;

/// Tiles of one size, of which a picture is assembled.
#[derive(Debug)]
pub(super) struct TileRaster<'a> {
    pub(super) tiles: Vec<CodedItem<'a>>,
    columns: usize,
    /// Size of the assembled picture.
    pub(super) size: Size,
    /// What all tiles declare.
    pub(super) shape: CodedShape,
}

/// Rows of a picture: luma, Cb and Cr, each with the number of samples in a row.
#[derive(Debug, Default)]
pub(super) struct SampleBand {
    /// The first row, in pixels.
    pub(super) top: usize,
    pub(super) rows: usize,
    pub(super) planes: [Vec<u16>; 3],
    pub(super) widths: [usize; 3],
}

impl<'a> TileRaster<'a> {
    pub(super) fn single(item: CodedItem<'a>) -> Self {
        Self { size: item.shape.size, shape: item.shape, columns: 1, tiles: vec![item] }
    }

    /// Checks that tiles, in rows of `columns`, cover a picture.
    pub(super) fn grid(tiles: Vec<CodedItem<'a>>, columns: usize, size: Size) -> Result<Self, Error> {
        let Some(shape) = tiles.first().map(|tile| tile.shape) else { return Err(damaged("a grid has no tiles")) };
        let alike = |tile: &CodedItem<'_>| {
            CodedShape { coded: shape.coded, matrix: shape.matrix, full_range: shape.full_range, ..tile.shape } == shape
        };
        if !tiles.iter().all(alike) {
            return Err(Error::unsupported(Format::Heic, "tiles of different sizes or kinds"));
        }
        let rows = tiles.len() / columns.max(1);
        let covered = |count: usize, side: u32, whole: u32| count as u64 * u64::from(side) >= u64::from(whole);
        if !covered(columns, shape.size.width, size.width) || !covered(rows, shape.size.height, size.height) {
            return Err(damaged("its tiles do not cover the picture"));
        }
        let [across, down] = shape.chroma_cell();
        let whole = |count: usize, side: u32, cell: usize| count == 1 || (side as usize).is_multiple_of(cell);
        if !whole(columns, shape.size.width, across) || !whole(rows, shape.size.height, down) {
            return Err(Error::unsupported(Format::Heic, "tiles that end within a sample of chroma"));
        }
        Ok(Self { tiles, columns, size, shape })
    }

    /// Returns an upper bound of the bytes for decoding: a row of tiles, all of them at the same time, and the band that they make.
    pub(super) fn memory(&self) -> u64 {
        let row = |tiles: &[CodedItem<'_>]| tiles.iter().map(CodedItem::memory).sum();
        let tiles: u64 = self.tiles.chunks(self.columns).map(row).max().unwrap_or(0);
        let height = self.shape.size.height.min(self.size.height);
        tiles + self.shape.samples_of_two() * u64::from(self.size.width) * u64::from(height)
    }

    /// Decodes the picture from top to bottom.
    pub(super) fn bands(
        &self,
        parallelism: &dyn Parallelism,
        each: &mut dyn FnMut(SampleBand) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let [width, height] = [self.shape.size.width, self.shape.size.height].map(|side| side as usize);
        let used = (self.size.width as usize).div_ceil(width);
        for (row, tiles) in self.tiles.chunks(self.columns).enumerate() {
            let top = row * height;
            let Some(left) = (self.size.height as usize).checked_sub(top).filter(|left| *left > 0) else { break };
            let decoded: Vec<OnceLock<Result<Frame, Error>>> = (0..used).map(|_| OnceLock::new()).collect();
            parallelism.each(used, &|number| {
                // Each number occurs once.
                let _ = decoded[number].set(tiles[number].decode());
            });
            let frames = decoded.into_iter().map(|frame| frame.into_inner().unwrap_or(Err(Error::TooMuchMemory)));
            let frames = frames.collect::<Result<Vec<_>, _>>()?;
            each(self.joined(frames, top, height.min(left))?)?;
        }
        Ok(())
    }

    /// Joins a row of tiles.
    fn joined(&self, mut frames: Vec<Frame>, top: usize, rows: usize) -> Result<SampleBand, Error> {
        let mut band = SampleBand { top, rows, ..SampleBand::default() };
        let [across, down] = self.shape.chroma_cell();
        for plane in 0..if self.shape.chroma == 0 { 1 } else { 3 } {
            let [across, down] = if plane == 0 { [1, 1] } else { [across, down] };
            let (width, rows) = ((self.size.width as usize).div_ceil(across), rows.div_ceil(down));
            band.widths[plane] = width;
            if let [frame] = &mut frames[..]
                && frame.widths[plane] as usize == width
            {
                band.planes[plane] = std::mem::take(&mut frame.planes[plane]);
                band.planes[plane].truncate(width * rows);
                continue;
            }
            let joined = &mut band.planes[plane];
            joined.try_reserve_exact(width * rows).map_err(|_| Error::TooMuchMemory)?;
            for y in 0..rows {
                for frame in &frames {
                    let stride = frame.widths[plane] as usize;
                    let count = stride.min((y + 1) * width - joined.len());
                    let row = frame.planes[plane].get(y * stride..y * stride + count);
                    joined.extend(row.ok_or_else(|| damaged("its tiles do not cover the picture"))?);
                }
            }
        }
        Ok(band)
    }
}

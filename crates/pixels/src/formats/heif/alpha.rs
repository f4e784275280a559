//! The opacity of a HEIC, which is a picture of its own.
//!
//! In: the tables of a file. Out: the picture of its opacity, and its samples.

use jpeg::{Parallelism, Size};

use super::items::ItemTables;
use super::raster::TileRaster;
use super::structure::{ItemBudget, ItemPicture, Layers};
use crate::base::error::Error;
use crate::base::format::Format;

/// A picture of opacity.
#[derive(Debug)]
pub(super) struct ItemAlpha<'a> {
    raster: TileRaster<'a>,
    /// Whether the colours are premultiplied with it.
    pub(super) premultiplied: bool,
}

impl<'a> ItemAlpha<'a> {
    /// Finds the opacity of the picture that the items `chain` show, of this size.
    pub(super) fn find(
        tables: &ItemTables<'a>,
        chain: &[u32],
        size: Size,
        budget: &mut ItemBudget,
    ) -> Result<Option<Self>, Error> {
        let mut auxiliary = chain.iter().flat_map(|item| tables.sources(*b"auxl", *item));
        let Some(item) = auxiliary.find(|item| is_alpha(tables, *item) && !chain.contains(item)) else {
            return Ok(None);
        };
        let premultiplied = chain.iter().any(|master| tables.targets(*b"prem", *master).contains(&item));
        // It is coded like the picture, so it is cropped and turned with it.
        match ItemPicture::find(tables, item, budget, true)?.layers {
            Layers::One(raster) if raster.size == size => Ok(Some(Self { raster, premultiplied })),
            _ => Err(Error::unsupported(Format::Heic, "opacity of another size than the picture")),
        }
    }

    /// Returns the bytes for decoding, and for the samples.
    pub(super) fn memory(&self) -> u64 {
        self.raster.memory() + 2 * self.raster.size.pixels()
    }

    /// Returns the number of bits in a sample.
    pub(super) fn bits(&self) -> u32 {
        self.raster.shape.bits[0]
    }

    /// Decodes the samples, row by row without gaps.
    pub(super) fn samples(&self, parallelism: &dyn Parallelism) -> Result<Vec<u16>, Error> {
        let mut samples = Vec::new();
        let pixels = self.raster.size.pixels() as usize;
        samples.try_reserve_exact(pixels).map_err(|_| Error::TooMuchMemory)?;
        self.raster.bands(parallelism, &mut |band| {
            samples.extend(&band.planes[0]);
            Ok(())
        })?;
        if samples.len() == pixels { Ok(samples) } else { Err(Error::Truncated(Format::Heic)) }
    }
}

fn is_alpha(tables: &ItemTables<'_>, item: u32) -> bool {
    let urn = tables.property(item, *b"auxC").and_then(|body| body.get(4..)?.split(|byte| *byte == 0).next());
    matches!(
        urn,
        Some(
            b"urn:mpeg:hevc:2015:auxid:1"
                | b"urn:mpeg:avc:2015:auxid:1"
                | b"urn:mpeg:mpegB:cicp:systems:auxiliary:alpha"
        )
    )
}

//! The boxes of a HEIC, within limits.

use super::alpha::ItemAlpha;
use super::bands::ROWS;
use super::items::ItemTables;
use super::memory;
use super::structure::{ItemBudget, ItemOverlay, ItemPicture, Layers};
use super::tag::{ItemColors, colors_of};
use crate::base::error::Error;
use crate::base::limits::MAX_DECODED_BYTES;
use crate::icc::tag::Tag;

/// Memory for converting a pixel: four numbers of 16 bits, and as many levels.
const CONVERTING: u64 = 12;

/// Content of the boxes of a file.
pub(super) struct OpenedHeic<'a> {
    pub(super) picture: ItemPicture<'a>,
    /// The opacity of each layer.
    pub(super) alphas: Vec<Option<ItemAlpha<'a>>>,
    pub(super) tables: ItemTables<'a>,
    pub(super) colors: ItemColors,
    pub(super) working_memory: u64,
}

/// Reads the boxes of a file, and checks the limits.
pub(super) fn open(bytes: &[u8]) -> Result<OpenedHeic<'_>, Error> {
    let tables = ItemTables::read(bytes)?;
    let mut budget = ItemBudget::for_file(bytes.len());
    let picture = ItemPicture::find(&tables, tables.primary, &mut budget, false)?;
    let mut alpha_of = |picture: &ItemPicture<'_>| ItemAlpha::find(&tables, &picture.chain, picture.size, &mut budget);
    let alphas = match &picture.layers {
        Layers::One(_) => vec![alpha_of(&picture)?],
        Layers::Overlay(overlay) => {
            overlay.inputs.iter().map(|(input, _)| alpha_of(input)).collect::<Result<_, _>>()?
        }
    };
    let colors = colors_of(&tables, &picture.described);
    let mut opened = OpenedHeic { picture, alphas, tables, colors, working_memory: 0 };
    opened.working_memory = opened.memory();
    if opened.working_memory > MAX_DECODED_BYTES { Err(Error::TooMuchMemory) } else { Ok(opened) }
}

impl OpenedHeic<'_> {
    /// Whether pixels may be transparent.
    pub(super) fn has_alpha(&self) -> bool {
        match &self.picture.layers {
            Layers::One(_) => self.alphas.iter().any(Option::is_some),
            Layers::Overlay(overlay) => !overlay.is_opaque(),
        }
    }

    /// Whether there are no colours.
    pub(super) fn is_gray(&self) -> bool {
        matches!(&self.picture.layers, Layers::One(raster) if raster.shape.chroma == 0)
    }

    fn alpha_memory(&self) -> u64 {
        self.alphas.iter().flatten().map(ItemAlpha::memory).max().unwrap_or(0)
    }

    fn memory(&self) -> u64 {
        let size = self.picture.size;
        let (decoding, samples) = match &self.picture.layers {
            Layers::Overlay(overlay) => (overlay.memory() + self.alpha_memory() + 2 * CONVERTING * size.pixels(), 8),
            Layers::One(raster) => {
                let converting = CONVERTING * u64::from(size.width) * u64::from(size.height.min(ROWS as u32));
                let decoding = raster.memory() + converting + self.alpha_memory();
                let samples = match (self.has_alpha(), &self.colors.tag) {
                    (true, _) => 8,
                    (false, Tag::Srgb) => raster.shape.samples_of_two(),
                    (false, _) => 6,
                };
                (decoding, samples)
            }
        };
        memory::heic(self.picture.part.size, decoding, samples)
    }
}

impl ItemOverlay<'_> {
    /// Whether no pixel is transparent, whatever lies on the canvas.
    pub(super) fn is_opaque(&self) -> bool {
        self.fill[3] == u16::MAX
    }

    /// Returns the bytes for decoding the largest picture, in which each pixel takes four numbers.
    fn memory(&self) -> u64 {
        let of = |input: &ItemPicture<'_>| match &input.layers {
            Layers::One(raster) => raster.memory() + 20 * raster.size.pixels(),
            Layers::Overlay(_) => 0,
        };
        self.inputs.iter().map(|(input, _)| of(input)).max().unwrap_or(0)
    }
}

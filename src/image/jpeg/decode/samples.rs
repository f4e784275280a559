//! From blocks to the samples of planes, at one or more levels.
//!
//! Level `k` has each side divided by 2^k, rounded up. It is made from the lowest 8 / 2^k frequencies of each block in either
//! direction, which costs less than all of them and is a better reduction than the mean of neighbours: what would alias is left out.

use super::frame::Frame;
use super::rows::Rows;
use crate::image::error::Error;
use crate::image::plane::{Density, Plane};
use crate::image::simd::{self, Block, Extent, Steps};

/// The smallest level that comes right from the blocks: an eighth.
pub(in crate::image) const DEEPEST: u8 = 3;

/// The planes of a picture in the making.
#[derive(Debug)]
pub(super) struct Output {
    /// Bits of a sample that are more than 8.
    extra_bits: u32,
    /// Width and height in pixels.
    pixels: [u32; 2],
    /// Rising, without repetition, up to [`DEEPEST`].
    levels: Vec<u8>,
    components: Vec<Component>,
}

/// The planes of a component.
#[derive(Debug)]
struct Component {
    density: [Density; 2],
    /// Whether its planes are half as large as those of the level that they belong to, down to [`DEEPEST`].
    halved: bool,
    /// In the order of the levels; none before its first row has come, so that there is no memory for all components before it
    /// is needed.
    planes: Vec<Plane>,
}

impl Output {
    /// For the planes of each component at each level. With `half_chroma`, components with a sample for each pixel, but for the first, are
    /// made at half of the level's size. Samples of more than 8 bits have level 0 only.
    pub(super) fn new(frame: &Frame, extra_bits: u32, levels: &[u8], half_chroma: bool) -> Self {
        let components = frame.components.iter().enumerate().map(|(number, component)| {
            let full = component.density.iter().all(|density| density.samples == density.pixels);
            Component { density: component.density, halved: half_chroma && full && number > 0, planes: Vec::new() }
        });
        Self { extra_bits, pixels: frame.pixels, levels: levels.to_vec(), components: components.collect() }
    }

    /// For each level the planes of all components.
    pub(super) fn into_levels(mut self) -> Result<Vec<(u8, Vec<Plane>)>, Error> {
        let mut levels: Vec<(u8, Vec<Plane>)> = self.levels.iter().map(|level| (*level, Vec::new())).collect();
        for mut component in self.components.drain(..) {
            component.begin(&self.levels, self.pixels)?;
            levels.iter_mut().zip(component.planes).for_each(|((_, all), plane)| all.push(plane));
        }
        Ok(levels)
    }
}

impl Component {
    /// The level that a plane has for a level of the picture.
    fn level(&self, level: u8) -> u8 {
        if self.halved { (level + 1).min(DEEPEST) } else { level }
    }

    /// Makes planes of gray, if there are none yet.
    fn begin(&mut self, levels: &[u8], pixels: [u32; 2]) -> Result<(), Error> {
        if self.planes.is_empty() {
            let planes = levels.iter().map(|level| {
                let level = self.level(*level);
                let density = self.density.map(|d| Density { samples: d.samples, pixels: d.pixels << level });
                let [width, height] = [0, 1].map(|side| density[side].count(pixels[side]));
                Plane::gray(width, height, density)
            });
            self.planes = planes.collect::<Result<_, _>>()?;
        }
        Ok(())
    }
}

impl Rows for Output {
    /// Blocks and rows that fill up the last unit have no place in the planes.
    fn row(
        &mut self,
        component: usize,
        row: usize,
        blocks: &[Block],
        extents: &[Extent],
        steps: &Steps,
    ) -> Result<(), Error> {
        let component = &mut self.components[component];
        component.begin(&self.levels, self.pixels)?;
        for (number, level) in self.levels.iter().enumerate() {
            let level = component.level(*level);
            let plane = &mut component.planes[number];
            let side = 8 >> level;
            let start = (row * side).min(plane.height) * plane.width;
            let end = (row * side + side).min(plane.height) * plane.width;
            let count = plane.width.div_ceil(side).min(blocks.len());
            let (blocks, extents) = (&blocks[..count], &extents[..count]);
            let (samples, width) = (&mut plane.samples[start..end], plane.width);
            match level {
                _ if samples.is_empty() => {}
                0 if self.extra_bits > 0 => simd::inverse_wide(blocks, steps, self.extra_bits, samples, width),
                0 => simd::inverse(blocks, extents, steps, samples, width),
                1 => simd::inverse_half(blocks, extents, steps, samples, width),
                2 => simd::inverse_quarter(blocks, steps, samples, width),
                _ => simd::inverse_eighth(blocks, steps, samples),
            }
        }
        Ok(())
    }
}

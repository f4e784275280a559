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
    /// Rising, without repetition, up to [`DEEPEST`].
    levels: Vec<u8>,
    /// By component, then in the order of the levels.
    planes: Vec<Vec<Plane>>,
}

impl Output {
    /// Planes of gray for each component and level. Samples of more than 8 bits have level 0 only.
    pub(super) fn new(frame: &Frame, extra_bits: u32, levels: &[u8]) -> Result<Self, Error> {
        let plane = |level: u8, density: [Density; 2]| {
            let density = density.map(|d| Density { samples: d.samples, pixels: d.pixels << level });
            let [width, height] = [0, 1].map(|side| density[side].count(frame.pixels[side]));
            Plane::gray(width, height, density)
        };
        let planes = frame.components.iter().map(|component| {
            let planes = levels.iter().map(|level| plane(*level, component.density));
            planes.collect::<Result<Vec<_>, _>>()
        });
        Ok(Self { extra_bits, levels: levels.to_vec(), planes: planes.collect::<Result<_, _>>()? })
    }

    /// For each level the planes of all components.
    pub(super) fn into_levels(self) -> Vec<(u8, Vec<Plane>)> {
        let mut levels: Vec<(u8, Vec<Plane>)> = self.levels.into_iter().map(|level| (level, Vec::new())).collect();
        for planes in self.planes {
            levels.iter_mut().zip(planes).for_each(|((_, all), plane)| all.push(plane));
        }
        levels
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
        for (level, plane) in self.levels.iter().zip(&mut self.planes[component]) {
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

//! From blocks to the samples of a plane.

use crate::image::plane::Plane;
use crate::image::simd::{self, Block, Steps};

/// How coefficients become samples.
#[derive(Debug, Clone, Copy)]
pub(super) struct Output {
    /// Bits of a sample that are more than 8.
    pub(super) extra_bits: u32,
}

impl Output {
    /// Writes a row of blocks to the plane. Blocks and rows that fill up the last unit have no place in it.
    pub(super) fn row(self, blocks: &[Block], steps: &Steps, plane: &mut Plane, row: usize) {
        let start = (row * 8).min(plane.height) * plane.width;
        let end = (row * 8 + 8).min(plane.height) * plane.width;
        let blocks = &blocks[..plane.width.div_ceil(8).min(blocks.len())];
        simd::inverse(blocks, steps, self.extra_bits, &mut plane.samples[start..end], plane.width);
    }
}

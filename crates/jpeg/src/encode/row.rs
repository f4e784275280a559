//! Transformation of one row of blocks of a plane to coefficients.

use super::huffman::Histogram;
use super::trellis::{self, Trellis};
use crate::plane::Plane;
use crate::simd::{self, Job, Quantized, Quantizer};

/// Buffers for a row, which are reused.
#[derive(Debug, Default)]
pub(super) struct RowBuffer {
    /// The quantized blocks.
    pub(super) blocks: Vec<Quantized>,
    /// The same blocks before quantization, for the trellis.
    exact: Vec<Quantized>,
}

impl RowBuffer {
    /// Transforms and quantizes the eight rows of samples from `8 * number` on. Beyond the plane, the last row is repeated.
    pub(super) fn transform(&mut self, plane: &Plane, number: usize, quantizer: &Quantizer) {
        self.blocks.resize(plane.width.div_ceil(8), Quantized::EMPTY);
        simd::forward(samples(plane, number), quantizer, &mut self.blocks);
    }

    /// Lets the trellis choose the values of the row that was transformed last.
    pub(super) fn choose(&mut self, plane: &Plane, number: usize, trellis: &Trellis) {
        self.exact.resize(self.blocks.len(), Quantized::EMPTY);
        simd::forward(samples(plane, number), &Quantizer::exact(), &mut self.exact);
        simd::run(Choose { row: self, trellis });
    }

    /// Returns the frequencies of a plane's symbols, sampled from every fourth row.
    pub(super) fn sample(&mut self, plane: &Plane, quantizer: &Quantizer) -> Histogram {
        let mut histogram = [0; 256];
        for number in (0..plane.height.div_ceil(8)).step_by(4) {
            self.transform(plane, number, quantizer);
            self.blocks.iter().for_each(|block| trellis::count(block, &mut histogram));
        }
        histogram
    }
}

fn samples(plane: &Plane, number: usize) -> [&[u8]; 8] {
    std::array::from_fn(|y| plane.row((number * 8 + y).min(plane.height - 1)))
}

struct Choose<'a> {
    row: &'a mut RowBuffer,
    trellis: &'a Trellis,
}

impl Job for Choose<'_> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        for (block, exact) in self.row.blocks.iter_mut().zip(&self.row.exact) {
            self.trellis.choose(block, exact);
        }
    }
}

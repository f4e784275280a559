//! Each kernel for the CPU at hand: the one place that asks which instructions it has.

#[cfg(target_arch = "x86_64")]
use super::avx2;
use super::block::{Block, Steps};
#[cfg(target_arch = "x86_64")]
use super::cpu;
use super::forward::{self, Quantized, Quantizer};
use super::inverse::{self, Extent};
use super::resample;
use super::sums::Along;

/// Work that is written once, portably, and gains from instructions for counting and shifting bits.
pub(crate) trait Job {
    /// What comes out of it.
    type Output;

    /// Does it. Implementations are `#[inline(always)]`, as is what they call for each block: only so is it compiled anew.
    fn run(self) -> Self::Output;
}

/// Does a job with what the CPU has.
pub(crate) fn run<J: Job>(job: J) -> J::Output {
    #[cfg(target_arch = "x86_64")]
    if cpu::has_avx2() {
        // SAFETY: the CPU has what the function was compiled for, and nothing else is asked of the caller.
        return unsafe { run_wide(job) };
    }
    job.run()
}

/// Transforms and quantizes one row of blocks. See `forward::forward`, which says what the result is.
pub(crate) fn forward(rows: [&[u8]; 8], quantizer: &Quantizer, blocks: &mut [Quantized]) {
    #[cfg(target_arch = "x86_64")]
    if cpu::has_avx2() {
        // SAFETY: the CPU has what the function was compiled for, and nothing else is asked of the caller.
        return unsafe { avx2::forward::forward(rows, quantizer, blocks) };
    }
    forward::forward(rows, quantizer, blocks);
}

/// Takes quantization and transform of one row of blocks back. See `inverse::inverse`, which says what the result is.
pub(crate) fn inverse(blocks: &[Block], extents: &[Extent], steps: &Steps, samples: &mut [u8], width: usize) {
    #[cfg(target_arch = "x86_64")]
    if cpu::has_avx2() {
        // SAFETY: the CPU has what the function was compiled for, and nothing else is asked of the caller.
        return unsafe { avx2::inverse::inverse(blocks, extents, steps, samples, width) };
    }
    inverse::inverse(blocks, extents, steps, samples, width);
}

/// The same at half the size. See `inverse::inverse_half`, which says what the result is.
pub(crate) fn inverse_half(blocks: &[Block], extents: &[Extent], steps: &Steps, samples: &mut [u8], width: usize) {
    #[cfg(target_arch = "x86_64")]
    if cpu::has_avx2() {
        // SAFETY: the CPU has what the function was compiled for, and nothing else is asked of the caller.
        return unsafe { avx2::inverse::inverse_half(blocks, extents, steps, samples, width) };
    }
    inverse::inverse_half(blocks, extents, steps, samples, width);
}

/// Weighted sums down columns. See `resample::down`, which says what the result is.
pub(crate) fn down(rows: &[&[u8]], weights: &[i16], out: &mut [i16]) {
    #[cfg(target_arch = "x86_64")]
    if cpu::has_avx2() {
        // SAFETY: the CPU has what the function was compiled for, and nothing else is asked of the caller.
        return unsafe { avx2::resample::down(rows, weights, out) };
    }
    resample::down(rows, weights, out);
}

/// Weighted sums along a row. See `resample::along`, which says what the result is.
pub(crate) fn along(row: &[i16], along: &Along, out: &mut [u8]) {
    #[cfg(target_arch = "x86_64")]
    if cpu::has_avx2() {
        // SAFETY: the CPU has what the function was compiled for, and nothing else is asked of the caller.
        return unsafe { avx2::resample::along(row, along, out) };
    }
    resample::along(row, along, out);
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2,bmi1,bmi2,lzcnt,popcnt")]
fn run_wide<J: Job>(job: J) -> J::Output {
    job.run()
}

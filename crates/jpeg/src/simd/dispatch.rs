//! Selection of each kernel for the current CPU: the only place that queries its features.

#[cfg(target_arch = "x86_64")]
use super::avx2;
use super::block::{Block, Steps};
#[cfg(target_arch = "x86_64")]
use super::cpu;
use super::forward::{self, Quantized, Quantizer};
use super::inverse::{self, Extent};
use super::resample;
use super::sums::Along;

/// Portable work that runs faster with instructions for counting and shifting bits.
pub(crate) trait Job {
    /// The result of the work.
    type Output;

    /// Runs the work. Implementations must be `#[inline(always)]`, as must the functions that they call for each block: only then are
    /// they compiled for the CPU's features.
    fn run(self) -> Self::Output;
}

/// Runs a job with the features of the CPU.
pub(crate) fn run<J: Job>(job: J) -> J::Output {
    #[cfg(target_arch = "x86_64")]
    if cpu::has_avx2() {
        // SAFETY: the CPU has the features for which the function was compiled; the function has no other requirements.
        return unsafe { run_wide(job) };
    }
    job.run()
}

/// Transforms and quantizes one row of blocks, as specified by `forward::forward`.
pub(crate) fn forward(rows: [&[u8]; 8], quantizer: &Quantizer, blocks: &mut [Quantized]) {
    #[cfg(target_arch = "x86_64")]
    if cpu::has_avx2() {
        // SAFETY: the CPU has the features for which the function was compiled; the function has no other requirements.
        return unsafe { avx2::forward::forward(rows, quantizer, blocks) };
    }
    forward::forward(rows, quantizer, blocks);
}

/// Dequantizes and inversely transforms one row of blocks, as specified by `inverse::inverse`.
pub(crate) fn inverse(blocks: &[Block], extents: &[Extent], steps: &Steps, samples: &mut [u8], width: usize) {
    #[cfg(target_arch = "x86_64")]
    if cpu::has_avx2() {
        // SAFETY: the CPU has the features for which the function was compiled; the function has no other requirements.
        return unsafe { avx2::inverse::inverse(blocks, extents, steps, samples, width) };
    }
    inverse::inverse(blocks, extents, steps, samples, width);
}

/// The same at half the size, as specified by `inverse::inverse_half`.
pub(crate) fn inverse_half(blocks: &[Block], extents: &[Extent], steps: &Steps, samples: &mut [u8], width: usize) {
    #[cfg(target_arch = "x86_64")]
    if cpu::has_avx2() {
        // SAFETY: the CPU has the features for which the function was compiled; the function has no other requirements.
        return unsafe { avx2::inverse::inverse_half(blocks, extents, steps, samples, width) };
    }
    inverse::inverse_half(blocks, extents, steps, samples, width);
}

/// Computes weighted sums down columns, as specified by `resample::down`.
pub(crate) fn down(rows: &[&[u8]], weights: &[i16], out: &mut [i16]) {
    #[cfg(target_arch = "x86_64")]
    if cpu::has_avx2() {
        // SAFETY: the CPU has the features for which the function was compiled; the function has no other requirements.
        return unsafe { avx2::resample::down(rows, weights, out) };
    }
    resample::down(rows, weights, out);
}

/// Computes weighted sums along a row, as specified by `resample::along`.
pub(crate) fn along(row: &[i16], along: &Along, out: &mut [u8]) {
    #[cfg(target_arch = "x86_64")]
    if cpu::has_avx2() {
        // SAFETY: the CPU has the features for which the function was compiled; the function has no other requirements.
        return unsafe { avx2::resample::along(row, along, out) };
    }
    resample::along(row, along, out);
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2,bmi1,bmi2,lzcnt,popcnt")]
fn run_wide<J: Job>(job: J) -> J::Output {
    job.run()
}

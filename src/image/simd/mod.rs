//! Kernels, compiled for what the CPU can do.
//!
//! Each kernel is written once as its specification: loops over fixed numbers of lanes that compilers turn into vector code, for
//! AArch64 among others. For x86-64 with AVX2 the same is written again with that processor's instructions, or the same text is compiled
//! again, and chosen at run time. All of it is integer arithmetic, so every choice gives the same bits. This is the only
//! place in the crate with `unsafe`: entering a function that needs a CPU feature, and loads and stores of vectors.

#![cfg_attr(
    target_arch = "x86_64",
    expect(
        unsafe_code,
        reason = "calling functions that need a CPU feature, after asking the CPU for it; loads and stores"
    )
)]

#[cfg(target_arch = "x86_64")]
mod avx2;
mod block;
mod forward;
mod inverse;
mod inverse_wide;
#[cfg(feature = "kernels")]
pub mod kernels;
mod occupied;
mod resample;

pub(in crate::image) use block::{BLOCK, Block};
pub(in crate::image) use forward::{Quantized, Quantizer};
pub(in crate::image) use inverse::{Extent, Steps, inverse_eighth, inverse_quarter};
pub(in crate::image) use inverse_wide::inverse_wide;
pub(in crate::image) use occupied::occupied;
pub(in crate::image) use resample::{Along, WEIGHT_BITS};

/// Work that is written once, portably, and gains from instructions for counting and shifting bits.
pub(in crate::image) trait Job {
    /// What comes out of it.
    type Output;

    /// Does it. Implementations are `#[inline(always)]`, as is what they call for each block: only so is it compiled anew.
    fn run(self) -> Self::Output;
}

/// Does a job with what the CPU has.
pub(in crate::image) fn run<J: Job>(job: J) -> J::Output {
    #[cfg(target_arch = "x86_64")]
    if x86_64::wide() {
        // SAFETY: the CPU has what the function was compiled for, and nothing else is asked of the caller.
        return unsafe { x86_64::run(job) };
    }
    job.run()
}

/// Transforms and quantizes one row of blocks. See `forward::forward`, which says what the result is.
pub(in crate::image) fn forward(rows: [&[u8]; 8], quantizer: &Quantizer, blocks: &mut [Quantized]) {
    #[cfg(target_arch = "x86_64")]
    if x86_64::wide() {
        // SAFETY: the CPU has what the function was compiled for, and nothing else is asked of the caller.
        return unsafe { avx2::forward::forward(rows, quantizer, blocks) };
    }
    forward::forward(rows, quantizer, blocks);
}

/// Takes quantization and transform of one row of blocks back. See `inverse::inverse`, which says what the result is.
pub(in crate::image) fn inverse(blocks: &[Block], extents: &[Extent], steps: &Steps, samples: &mut [u8], width: usize) {
    #[cfg(target_arch = "x86_64")]
    if x86_64::wide() {
        // SAFETY: the CPU has what the function was compiled for, and nothing else is asked of the caller.
        return unsafe { avx2::inverse::inverse(blocks, extents, steps, samples, width) };
    }
    inverse::inverse(blocks, extents, steps, samples, width);
}

/// The same at half the size. See `inverse::inverse_half`, which says what the result is.
pub(in crate::image) fn inverse_half(
    blocks: &[Block],
    extents: &[Extent],
    steps: &Steps,
    samples: &mut [u8],
    width: usize,
) {
    #[cfg(target_arch = "x86_64")]
    if x86_64::wide() {
        // SAFETY: the CPU has what the function was compiled for, and nothing else is asked of the caller.
        return unsafe { avx2::inverse::inverse_half(blocks, extents, steps, samples, width) };
    }
    inverse::inverse_half(blocks, extents, steps, samples, width);
}

/// Weighted sums down columns. See `resample::down`, which says what the result is.
pub(in crate::image) fn down(rows: &[&[u8]], weights: &[i16], out: &mut [i16]) {
    #[cfg(target_arch = "x86_64")]
    if x86_64::wide() {
        // SAFETY: the CPU has what the function was compiled for, and nothing else is asked of the caller.
        return unsafe { avx2::resample::down(rows, weights, out) };
    }
    resample::down(rows, weights, out);
}

/// Weighted sums along a row. See `resample::along`, which says what the result is.
pub(in crate::image) fn along(row: &[i16], along: &Along, out: &mut [u8]) {
    #[cfg(target_arch = "x86_64")]
    if x86_64::wide() {
        // SAFETY: the CPU has what the function was compiled for, and nothing else is asked of the caller.
        return unsafe { avx2::resample::along(row, along, out) };
    }
    resample::along(row, along, out);
}

#[cfg(target_arch = "x86_64")]
mod x86_64 {
    use super::Job;

    /// Whether the CPU has AVX2 and what came with it: all that was made since 2013 has all of it or nothing.
    #[inline]
    pub(super) fn wide() -> bool {
        use std::arch::is_x86_feature_detected as has;
        has!("avx2") && has!("bmi1") && has!("bmi2") && has!("lzcnt") && has!("popcnt")
    }

    #[target_feature(enable = "avx2,bmi1,bmi2,lzcnt,popcnt")]
    pub(super) fn run<J: Job>(job: J) -> J::Output {
        job.run()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::image::tests::noise;

    /// Blocks of one colour, of low frequencies, and full ones, in all orders; also with numbers that only a damaged file has.
    fn blocks(width: usize, seed: u32) -> (Vec<Block>, Vec<Extent>) {
        let mut random = noise(5 + seed);
        let mut random = || random() as i16;
        let mut blocks = vec![[0; BLOCK]; width.div_ceil(8)];
        for block in &mut blocks {
            let range = if width.is_multiple_of(5) { i16::MAX } else { 300 };
            let kind = random().rem_euclid(4);
            block[0] = random() % range;
            for (at, value) in block.iter_mut().enumerate().skip(1) {
                let low = at % 8 < 4 && at < 32;
                if kind > 1 || kind == 1 && low {
                    *value = random() % range;
                }
            }
        }
        let extents = blocks.iter().map(Extent::of).collect();
        (blocks, extents)
    }

    /// Every width with its remainder and every number of rows, compared with the specification.
    #[test]
    fn all_instruction_sets_give_the_same_samples() {
        for width in 1..=67_usize {
            for seed in 0..6 {
                let (blocks, extents) = blocks(width, seed);
                let large = if width.is_multiple_of(7) { 1000 } else { 2 };
                let steps: Steps = std::array::from_fn(|at| (1 + at as i32 * large) as i16);
                for rows in [8, width % 8 + 1] {
                    let mut specified = vec![0; rows * width];
                    let mut chosen = specified.clone();
                    inverse::inverse(&blocks, &extents, &steps, &mut specified, width);
                    inverse(&blocks, &extents, &steps, &mut chosen, width);
                    assert!(specified == chosen, "width {width}");
                }
                let half = width.div_ceil(2);
                for rows in [4, width % 4 + 1] {
                    let mut specified = vec![0; rows * half];
                    let mut chosen = specified.clone();
                    inverse::inverse_half(&blocks, &extents, &steps, &mut specified, half);
                    inverse_half(&blocks, &extents, &steps, &mut chosen, half);
                    assert!(specified == chosen, "half width {half}");
                }
            }
        }
    }

    /// Every width with its remainder, with few taps and with many, near each other and apart, compared with the specification.
    #[test]
    fn all_instruction_sets_give_the_same_sums() {
        let mut random = noise(3);
        let mut random = || random() as i16;
        for width in 1..=67_usize {
            for taps in [2, 6, 14] {
                let samples: Vec<u8> = (0..taps * width).map(|_| random() as u8).collect();
                let rows: Vec<&[u8]> = samples.chunks_exact(width).collect();
                let weights: Vec<i16> = (0..taps * width).map(|_| random() / (taps / 2) as i16).collect();
                for taps in [taps, taps - 1] {
                    let (mut specified, mut chosen) = (vec![0; width], vec![0; width]);
                    resample::down(&rows[..taps], &weights[..taps], &mut specified);
                    down(&rows[..taps], &weights[..taps], &mut chosen);
                    assert!(specified == chosen, "width {width}, {taps} taps");
                }
                for apart in [0, 1, 2, 3, 4, 5] {
                    let starts = (0..width).map(|at| (at * apart) as u32).collect();
                    let sums = Along::new(taps, starts, weights.clone());
                    let row: Vec<i16> = (0..sums.reach()).map(|_| random() / 2).collect();
                    let (mut specified, mut chosen) = (vec![0; width], vec![0; width]);
                    resample::along(&row, &sums, &mut specified);
                    along(&row, &sums, &mut chosen);
                    assert!(specified == chosen, "width {width}, {taps} taps, {apart} apart");
                }
            }
        }
    }
}

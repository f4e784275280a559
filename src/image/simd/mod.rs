//! Kernels, compiled for what the CPU can do.
//!
//! Each kernel is written once, in `scalar`, as loops over fixed numbers of lanes that compilers turn into vector code.
//! Here the same text is compiled again for wider vectors and chosen at run time. All of it is integer arithmetic, so
//! every choice gives the same bits. This is the only place in the crate with `unsafe`: entering a function that was
//! compiled for a CPU feature.

#![cfg_attr(
    target_arch = "x86_64",
    expect(unsafe_code, reason = "calling functions that need a CPU feature, after asking the CPU for it")
)]

mod forward;
#[cfg(target_arch = "x86_64")]
mod forward_avx2;
mod scalar;

pub(in crate::image) use forward::{Quantized, Quantizer};
pub(in crate::image) use scalar::{BLOCK, Block, Steps};

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
        return unsafe { forward_avx2::forward(rows, quantizer, blocks) };
    }
    forward::forward(rows, quantizer, blocks);
}

/// Takes quantization and transform of one row of blocks back. See `scalar::inverse`, which says what the result is.
pub(in crate::image) fn inverse(blocks: &[Block], steps: &Steps, extra_bits: u32, samples: &mut [u8], width: usize) {
    #[cfg(target_arch = "x86_64")]
    if std::arch::is_x86_feature_detected!("avx2") {
        // SAFETY: the CPU has AVX2, and nothing else is asked of the caller.
        return unsafe { x86_64::inverse_avx2(blocks, steps, extra_bits, samples, width) };
    }
    scalar::inverse(blocks, steps, extra_bits, samples, width);
}

#[cfg(target_arch = "x86_64")]
mod x86_64 {
    use super::Job;
    use super::scalar::{self, Block, Steps};

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

    #[target_feature(enable = "avx2")]
    pub(super) fn inverse_avx2(blocks: &[Block], steps: &Steps, extra_bits: u32, samples: &mut [u8], width: usize) {
        scalar::inverse(blocks, steps, extra_bits, samples, width);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every width with its remainder and every number of rows, compared with the specification; also numbers that only a damaged
    /// file has.
    #[test]
    fn all_instruction_sets_give_the_same_samples() {
        let mut state = 5_u32;
        let mut random = || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 16) as i16
        };
        for width in 1..=67_usize {
            let mut blocks = vec![[0; BLOCK]; width.div_ceil(8)];
            for (number, block) in blocks.iter_mut().enumerate() {
                let range = if width % 5 == 0 { i16::MAX } else { 300 };
                let kept = [1, 4, 36, 64][(number + width) % 4];
                block[..kept].fill_with(|| random() % range);
            }
            for (extra_bits, rows) in [(0, 8), (4, 8), (0, width % 8 + 1)] {
                let steps = std::array::from_fn(|at| 1 + at as i32 * if width % 7 == 0 { 1000 } else { 2 });
                let mut specified = vec![0; rows * width];
                let mut chosen = specified.clone();
                scalar::inverse(&blocks, &steps, extra_bits, &mut specified, width);
                inverse(&blocks, &steps, extra_bits, &mut chosen, width);
                assert!(specified == chosen, "width {width}");
            }
        }
    }
}

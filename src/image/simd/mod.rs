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

mod scalar;

pub(in crate::image) use scalar::{BLOCK, Block, Quantizer, Steps};

/// Transforms and quantizes one row of blocks. See `scalar::forward`, which says what the result is.
pub(in crate::image) fn forward(rows: [&[u8]; 8], quantizer: &Quantizer, blocks: &mut [Block]) {
    #[cfg(target_arch = "x86_64")]
    if std::arch::is_x86_feature_detected!("avx2") {
        // SAFETY: the CPU has AVX2, and nothing else is asked of the caller.
        return unsafe { x86_64::forward_avx2(rows, quantizer, blocks) };
    }
    scalar::forward(rows, quantizer, blocks);
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
    use super::scalar::{self, Block, Quantizer, Steps};

    #[target_feature(enable = "avx2")]
    pub(super) fn forward_avx2(rows: [&[u8]; 8], quantizer: &Quantizer, blocks: &mut [Block]) {
        scalar::forward(rows, quantizer, blocks);
    }

    #[target_feature(enable = "avx2")]
    pub(super) fn inverse_avx2(blocks: &[Block], steps: &Steps, extra_bits: u32, samples: &mut [u8], width: usize) {
        scalar::inverse(blocks, steps, extra_bits, samples, width);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every width with its remainder, compared with the specification.
    #[test]
    fn all_instruction_sets_give_the_same_bits() {
        let mut state = 1_u32;
        let mut random = || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 24) as u8
        };
        for width in 1..=67_usize {
            let samples: Vec<u8> =
                (0..8 * width).map(|i| if i % 7 < 3 { random() } else { 255 * (i % 2) as u8 }).collect();
            let rows = std::array::from_fn(|y| &samples[y * width..][..width]);
            for quality in [1, 50, 75, 92, 100] {
                let quantizer = Quantizer::new(&[(101 - quality) as u8; 64]);
                let mut specified = vec![[0; BLOCK]; width.div_ceil(8)];
                let mut chosen = specified.clone();
                scalar::forward(rows, &quantizer, &mut specified);
                forward(rows, &quantizer, &mut chosen);
                assert!(specified == chosen, "width {width}, quality {quality}");
            }
        }
    }

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

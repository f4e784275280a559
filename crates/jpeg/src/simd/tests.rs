//! Every choice of instructions, compared with the specification.

use super::block::{BLOCK, Block, Steps};
use super::inverse::{self, Extent};
use super::sums::Along;
use super::{dispatch, resample};
use crate::noise::noise;

/// Returns blocks of one colour, of low frequencies, and full ones, in all orders; also with values that only damaged files have.
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

/// Every remainder of the width and every number of rows, compared with the specification.
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
                dispatch::inverse(&blocks, &extents, &steps, &mut chosen, width);
                assert!(specified == chosen, "width {width}");
            }
            let half = width.div_ceil(2);
            for rows in [4, width % 4 + 1] {
                let mut specified = vec![0; rows * half];
                let mut chosen = specified.clone();
                inverse::inverse_half(&blocks, &extents, &steps, &mut specified, half);
                dispatch::inverse_half(&blocks, &extents, &steps, &mut chosen, half);
                assert!(specified == chosen, "half width {half}");
            }
        }
    }
}

/// Every remainder of the width, with few taps and with many, dense and sparse, compared with the specification.
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
                dispatch::down(&rows[..taps], &weights[..taps], &mut chosen);
                assert!(specified == chosen, "width {width}, {taps} taps");
            }
            for apart in [0, 1, 2, 3, 4, 5] {
                let starts = (0..width).map(|at| (at * apart) as u32).collect();
                let sums = Along::new(taps, starts, weights.clone());
                let row: Vec<i16> = (0..sums.reach()).map(|_| random() / 2).collect();
                let (mut specified, mut chosen) = (vec![0; width], vec![0; width]);
                resample::along(&row, &sums, &mut specified);
                dispatch::along(&row, &sums, &mut chosen);
                assert!(specified == chosen, "width {width}, {taps} taps, {apart} apart");
            }
        }
    }
}

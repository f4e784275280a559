//! Shifting of a component against the grid of its blocks, without decoding samples.
//!
//! In: rows of blocks of a component that will be mirrored. Out: as many blocks, of a grid that ends where the picture does. A stored
//! grid begins with the picture and extends beyond its end. Mirrored unchanged, the padding of its last blocks would come first; jpegtran
//! leaves such blocks unturned or cuts them off. A block of the new grid covers parts of two old ones, and its coefficients are sums of
//! theirs: rows of the transform, times the weights of the samples, times columns of the inverse transform (Chang and Messerschmitt,
//! "Manipulation and compositing of MC-DCT compressed video", 1995). Nothing is rounded to samples, nor clamped to their range. If the
//! picture ends between two samples of chroma, the same sums also interpolate.

use super::kernel::MOST;
use crate::decode::Frame;
use crate::orientation::Orientation;
use crate::plane::lanczos::Lobes;
use crate::simd::{self, BLOCK, Block, Extent, Job, Steps};
use crate::sine::sine_and_cosine;

/// Fractional bits of the factors; no factor is larger than 1.
const FRACTION: u32 = 13;

/// Scale of the resulting coefficients relative to T.81, so that their rounding is finer than that of samples.
pub(super) const PARTS: u32 = 4;

/// The coefficients of 8 samples on the new grid as sums of old coefficients: by 16 old frequencies, those of the block before and of the
/// block itself, and by 8 new ones.
type Factors = [[i16; 8]; 16];

/// A component that is shifted to another grid.
#[derive(Debug)]
pub(super) struct Shift {
    across: Option<Box<Factors>>,
    down: Option<Box<Factors>>,
    /// The previous row of blocks, shifted across.
    above: Vec<Block>,
    /// Buffer for a row of blocks.
    row: Vec<Block>,
    /// Extents of the shifted blocks, which are not examined.
    extents: Vec<Extent>,
}

impl Shift {
    /// The shift of a component, by its number; `None` if blocks do not extend beyond the end of a mirrored side.
    pub(super) fn new(frame: &Frame, component: usize, turn: Orientation) -> Option<Self> {
        let component = &frame.components[component];
        let factors = |side: usize, mirrored: bool| {
            let density = component.density[side];
            // In samples times the pixels of their density.
            let end = u64::from(frame.pixels[side]) * u64::from(density.samples);
            let beyond = 8 * component.blocks[side] as u64 * u64::from(density.pixels) - end;
            (mirrored && beyond > 0).then(|| Box::new(factors(beyond as f64 / f64::from(density.pixels))))
        };
        let (across, down) = (factors(0, turn.mirrors_rows()), factors(1, turn.mirrors_columns()));
        if across.is_none() && down.is_none() {
            return None;
        }
        let columns = component.blocks[0];
        let row = vec![[0; BLOCK]; columns];
        Some(Self { across, down, above: row.clone(), row, extents: vec![Extent::Full; columns] })
    }

    /// Returns the blocks of a row on the new grid, in [`PARTS`], and their extents. `steps`: those of this row. `first`: whether this
    /// row is the first; otherwise it follows the row of the call before.
    pub(super) fn apply(&mut self, blocks: &[Block], steps: &Steps, first: bool) -> (&[Block], &[Extent]) {
        simd::run(ShiftRow { shift: self, blocks, steps, first });
        (&self.row, &self.extents)
    }
}

/// The shift of a row of blocks.
struct ShiftRow<'a> {
    shift: &'a mut Shift,
    blocks: &'a [Block],
    steps: &'a Steps,
    first: bool,
}

impl Job for ShiftRow<'_> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        let Shift { across, down, above, row, .. } = self.shift;
        for (block, stored) in row.iter_mut().zip(self.blocks) {
            *block = dequantized(stored, self.steps);
        }
        if let Some(factors) = across {
            // From the end, so that the block before is still unchanged.
            for at in (0..row.len()).rev() {
                // Samples before the first block are not visible; its mirror image is the cheapest choice.
                let before = if at == 0 { mirrored_across(&row[0]) } else { row[at - 1] };
                row[at] = combined_across(&before, &row[at], factors);
            }
        }
        if let Some(factors) = down {
            for (block, above) in row.iter_mut().zip(above) {
                let before = if self.first { mirrored_down(block) } else { *above };
                *above = *block;
                *block = combined_down(&before, block, factors);
            }
        }
    }
}

#[inline(always)]
fn dequantized(block: &Block, steps: &Steps) -> Block {
    const LIMIT: i32 = MOST as i32;
    // Steps have 16 bits without a sign, although they are stored with one.
    std::array::from_fn(|at| {
        let value = i32::from(block[at]) * i32::from(steps[at] as u16);
        (value.clamp(-LIMIT, LIMIT) * PARTS as i32) as i16
    })
}

/// Mirroring changes the sign of odd frequencies.
#[inline(always)]
fn mirrored_across(block: &Block) -> Block {
    std::array::from_fn(|at| if at / 8 % 2 == 1 { -block[at] } else { block[at] })
}

#[inline(always)]
fn mirrored_down(block: &Block) -> Block {
    std::array::from_fn(|at| if at % 2 == 1 { -block[at] } else { block[at] })
}

/// Horizontal frequencies increase from eight to eight.
#[inline(always)]
fn combined_across(before: &Block, block: &Block, factors: &Factors) -> Block {
    let mut sums = [[0_i32; 8]; 8];
    for (block, factors) in [before, block].into_iter().zip(factors.as_chunks::<8>().0) {
        for (eight, factors) in block.as_chunks::<8>().0.iter().zip(factors) {
            for (sums, factor) in sums.iter_mut().zip(factors) {
                for (sum, value) in sums.iter_mut().zip(eight) {
                    *sum += i32::from(*value) * i32::from(*factor);
                }
            }
        }
    }
    rounded(&sums)
}

/// Vertical frequencies increase within eight.
#[inline(always)]
fn combined_down(before: &Block, block: &Block, factors: &Factors) -> Block {
    let mut sums = [[0_i32; 8]; 8];
    for (block, factors) in [before, block].into_iter().zip(factors.as_chunks::<8>().0) {
        for (sums, eight) in sums.iter_mut().zip(block.as_chunks::<8>().0) {
            for (value, factors) in eight.iter().zip(factors) {
                for (sum, factor) in sums.iter_mut().zip(factors) {
                    *sum += i32::from(*value) * i32::from(*factor);
                }
            }
        }
    }
    rounded(&sums)
}

#[inline(always)]
fn rounded(sums: &[[i32; 8]; 8]) -> Block {
    let sums = sums.as_flattened();
    // Only damaged files exceed 16 bits.
    std::array::from_fn(|at| {
        ((sums[at] + (1 << (FRACTION - 1))) >> FRACTION).clamp(-i32::from(i16::MAX), i16::MAX.into()) as i16
    })
}

/// Factors for blocks that begin this many samples (less than 8) before the stored ones.
fn factors(earlier: f64) -> Factors {
    let mut exact = [[0.0; 8]; 16];
    for number in 0..8 {
        for (sample, weight) in weights(f64::from(number) - earlier) {
            let (place, old) = if sample < 0 { (sample + 8, &mut exact[..8]) } else { (sample, &mut exact[8..]) };
            for (old_frequency, new) in old.iter_mut().enumerate() {
                let value = weight * basis(old_frequency, f64::from(place) + 0.5);
                for (new_frequency, factor) in new.iter_mut().enumerate() {
                    *factor += basis(new_frequency, f64::from(number) + 0.5) * value;
                }
            }
        }
    }
    exact.map(|new| {
        new.map(|factor| {
            let scaled = factor * f64::from(1 << FRACTION);
            (scaled + 0.5_f64.copysign(scaled)) as i16
        })
    })
}

/// Returns the weights of the samples (-8 to -1 in the block before, 0 to 7 in the stored one) for the value at a place: the sample
/// itself, or, between samples, those around it by Lanczos3. Samples beyond both blocks are their mirror image.
fn weights(place: f64) -> impl Iterator<Item = (i32, f64)> {
    const COUNT: i32 = 7;
    let first = place.floor() as i32 - COUNT / 2;
    let mut weights = Vec::new();
    Lobes::new(1.0).sample(f64::from(first) - place, COUNT as usize, &mut weights);
    let sum: f64 = weights.iter().sum();
    (first..).zip(weights).map(move |(sample, weight)| {
        let inside = if sample < -8 { -17 - sample } else { sample.min(15 - sample) };
        (inside, weight / sum)
    })
}

/// Returns the value of a frequency of T.81's transform (A.3.3) at a place from 0 to 8.
fn basis(frequency: usize, place: f64) -> f64 {
    if frequency == 0 {
        return std::f64::consts::FRAC_1_SQRT_2 / 2.0;
    }
    let [_, cosine] = sine_and_cosine(frequency as f64 * place / 8.0);
    cosine / 2.0
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns the coefficients of eight samples, by the definition of the transform.
    fn coefficients(samples: [f64; 8]) -> [f64; 8] {
        std::array::from_fn(|frequency| (0..8).map(|at| basis(frequency, at as f64 + 0.5) * samples[at]).sum())
    }

    /// Returns the eight samples made from sixteen, by way of their coefficients.
    fn moved(samples: [f64; 16], earlier: f64) -> [f64; 8] {
        let factors = factors(earlier);
        let old = [0, 8].map(|first| coefficients(std::array::from_fn(|at| samples[first + at]))).concat();
        std::array::from_fn(|at| {
            let new = |frequency: usize| -> f64 {
                (0..16).map(|one| old[one] * f64::from(factors[one][frequency]) / f64::from(1 << FRACTION)).sum()
            };
            (0..8).map(|frequency| basis(frequency, at as f64 + 0.5) * new(frequency)).sum()
        })
    }

    #[test]
    fn by_whole_samples_they_are_the_same() {
        let samples = std::array::from_fn(|at| ((at * at * 37) % 251) as f64 - 125.0);
        for earlier in 1..8 {
            let found = moved(samples, earlier as f64);
            for (found, expected) in found.iter().zip(&samples[8 - earlier..]) {
                assert!((found - expected).abs() < 0.2, "{earlier}: {found} is not {expected}");
            }
        }
    }

    #[test]
    fn in_between_slopes_and_waves_go_on() {
        let slope = |place: f64| 12.0 * place - 100.0;
        let wave = |place: f64| 90.0 * (place * 0.9).sin();
        for signal in [&slope as &dyn Fn(f64) -> f64, &wave] {
            let samples = std::array::from_fn(|at| signal(at as f64));
            for earlier in [0.25, 0.5, 2.75, 4.5, 7.5, 22.0 / 3.0] {
                for (number, found) in moved(samples, earlier).iter().enumerate() {
                    let place = 8.0 + number as f64 - earlier;
                    // Positions with three samples on either side.
                    let tolerance = if (2.0..=13.0).contains(&place) { 2.0 } else { 12.0 };
                    let expected = signal(place);
                    assert!((found - expected).abs() < tolerance, "{earlier}, at {place}: {found} is not {expected}");
                }
            }
        }
    }

    #[test]
    fn what_is_flat_stays_so_and_nothing_overflows() {
        for earlier in [0.25, 0.5, 3.0, 7.75] {
            let factors = factors(earlier);
            for mean in [-8188, -1, 0, 3, 8188] {
                let mut block = [0; BLOCK];
                block[0] = mean;
                for found in [combined_across(&block, &block, &factors), combined_down(&block, &block, &factors)] {
                    assert!(
                        (found[0] - mean).abs() <= 1 && found[1..].iter().all(|value| value.abs() <= 1),
                        "{found:?}"
                    );
                }
            }
            for value in [i16::MAX, -i16::MAX] {
                let block = [value; BLOCK];
                combined_across(&block, &block, &factors);
                combined_down(&block, &mirrored_down(&block), &factors);
            }
        }
        assert_eq!(dequantized(&[i16::MIN; BLOCK], &[-1; BLOCK]), [-8188; BLOCK]);
    }

    #[test]
    fn both_directions_do_the_same() {
        let transposed = |block: &Block| -> Block { std::array::from_fn(|at| block[at % 8 * 8 + at / 8]) };
        let [before, block]: [Block; 2] =
            [3, 7].map(|seed| std::array::from_fn(|at| ((at * at * seed) % 901) as i16 - 450));
        let factors = factors(2.5);
        let across = combined_across(&before, &block, &factors);
        assert_eq!(transposed(&across), combined_down(&transposed(&before), &transposed(&block), &factors));
        assert_eq!(transposed(&mirrored_across(&block)), mirrored_down(&transposed(&block)));
    }
}

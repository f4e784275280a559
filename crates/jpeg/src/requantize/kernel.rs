//! Requantization of coefficients: multiplication by the old step, division by the new one.
//!
//! In: quantized blocks in the form of the decoder. Out: quantized blocks in the form of the encoder, turned. Must not know the positions
//! of blocks in the picture.

use crate::orientation::Orientation;
use crate::simd::{self, BLOCK, Block, Extent, Job, Quantized, Steps, occupied};
use crate::zigzag::{TRANSPOSED, ZIGZAG};

/// Limit on a coefficient times its step, from a transform of 8-bit samples: 1024, and half a step for rounding. Larger values occur only
/// in damaged files, and are clamped.
pub(super) const MOST: u32 = 2047;

/// Limit on a coefficient that is not the first, given by its code (T.81, table F.2).
const MOST_CODED: u32 = 1023;

/// The unit of coefficients.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Scale {
    /// The factor of each coefficient, by its place in the source's blocks, …
    pub(super) steps: Steps,
    /// … and the divisor of all: 1 or 4.
    pub(super) parts: u32,
}

/// Division of magnitudes in 16 bits: `((magnitude × factor + bias) × reciprocal >> 16) × scale >> 16`, where reciprocal and scale are
/// those of four times the new step, so that the bias is in quarters of it (Granlund and Montgomery, "Division by invariant
/// integers using multiplication", 1994). All arrays have the order of the source's blocks.
#[derive(Debug, Clone)]
pub(super) struct Requantization {
    /// Largest magnitude.
    limit: [i16; BLOCK],
    /// Four times the old step.
    factor: [u16; BLOCK],
    bias: [u16; BLOCK],
    reciprocal: [u16; BLOCK],
    scale: [u16; BLOCK],
    /// -1 if the sign changes, else 0.
    flip: [i16; BLOCK],
    /// Place in the zigzag of the turned block.
    place: [u8; BLOCK],
}

impl Requantization {
    /// Requantization from `old` to `new` steps, both in the order of the source's blocks. `bias` returns, for a new step, the number
    /// added to the quotient before truncation, as a multiple of `1 / (4 × new)`, at most half of it.
    pub(super) fn new(old: &Scale, new: &[u8; BLOCK], turn: Orientation, bias: impl Fn(u32) -> u32) -> Self {
        let mut kernel = Self {
            limit: [0; BLOCK],
            factor: [0; BLOCK],
            bias: [0; BLOCK],
            reciprocal: [0; BLOCK],
            scale: [0; BLOCK],
            flip: [0; BLOCK],
            place: [0; BLOCK],
        };
        for (at, (from, to)) in old.steps.iter().zip(new).enumerate() {
            let (from, to) = (u32::from(*from as u16).clamp(1, MOST), u32::from(*to).max(1));
            let coded = if at == 0 { MOST_CODED + 1 } else { MOST_CODED };
            kernel.limit[at] = (old.parts * MOST.min(coded * to) / from) as i16;
            kernel.factor[at] = (4 * from / old.parts) as u16;
            kernel.bias[at] = bias(to) as u16;
            // With the largest power of two below the divisor, the reciprocal fits into 16 bits. It is too large by less than 1 / 2^15 of
            // itself, and dividends are below 2^14, so all quotients are exact.
            let divisor = 4 * to;
            let bits = (divisor - 1).ilog2();
            kernel.reciprocal[at] = (1_u32 << (16 + bits)).div_ceil(divisor) as u16;
            kernel.scale[at] = (1_u32 << (16 - bits)) as u16;
            let (horizontal, vertical) = (at / 8 % 2 == 1, at % 2 == 1);
            let flips = (turn.mirrors_rows() && horizontal) != (turn.mirrors_columns() && vertical);
            kernel.flip[at] = -i16::from(flips);
        }
        // The source's blocks are already transposed.
        let order = if turn.swaps_sides() { &ZIGZAG } else { &TRANSPOSED };
        (0..).zip(order).for_each(|(place, at)| kernel.place[usize::from(*at)] = place);
        kernel
    }

    /// Requantizes and turns each block. `extents`: those of the blocks.
    pub(super) fn apply(&self, blocks: &[Block], extents: &[Extent], out: &mut [Quantized]) {
        simd::run(RequantizeRow { kernel: self, blocks, extents, out });
    }

    /// Requantizes a block in which all coefficients after the first `N` are 0.
    #[inline(always)]
    fn block<const N: usize>(&self, block: &Block, out: &mut Quantized) {
        let mut values = [0; N];
        for at in 0..N {
            let value = block[at];
            let magnitude = value.max(-i16::MAX).abs().min(self.limit[at]) as u16;
            let dividend = magnitude.wrapping_mul(self.factor[at]).wrapping_add(self.bias[at]);
            let product = ((u32::from(dividend) * u32::from(self.reciprocal[at])) >> 16) as u16;
            let quotient = ((u32::from(product) * u32::from(self.scale[at])) >> 16) as i16;
            let sign = (value >> 15) ^ self.flip[at];
            values[at] = (quotient ^ sign) - sign;
        }
        // Few coefficients are nonzero; only these are moved to their places.
        *out = Quantized::EMPTY;
        let mut found = occupied(&values);
        while found != 0 {
            let at = found.trailing_zeros() as usize % N;
            found &= found - 1;
            let (place, value) = (self.place[at] % 64, values[at]);
            out.values[usize::from(place)] = value;
            out.nonzero |= 1 << place;
            out.large |= u64::from(value.unsigned_abs() > 1) << place;
        }
    }
}

/// The requantization of a row of blocks.
struct RequantizeRow<'a> {
    kernel: &'a Requantization,
    blocks: &'a [Block],
    extents: &'a [Extent],
    out: &'a mut [Quantized],
}

impl Job for RequantizeRow<'_> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        // A loop, because a closure would not be compiled for the features of the CPU.
        for ((block, extent), out) in self.blocks.iter().zip(self.extents).zip(self.out) {
            match extent {
                Extent::Mean => self.kernel.block::<16>(block, out),
                Extent::Low => self.kernel.block::<32>(block, out),
                Extent::Full => self.kernel.block::<BLOCK>(block, out),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(steps: Steps) -> Scale {
        Scale { steps, parts: 1 }
    }

    /// Every quotient that can occur in a photo.
    #[test]
    fn quotients_are_those_of_whole_numbers() {
        for from in [1, 2, 3, 7, 10, 16, 61, 100, 254, 255, 2047, -1] {
            for to in 1..=255_u8 {
                for bias in [0, u32::from(to), 2 * u32::from(to) - 1, 2 * u32::from(to)] {
                    let kernel = Requantization::new(&of([from; BLOCK]), &[to; BLOCK], Orientation::UPRIGHT, |_| bias);
                    let (from, to) = (u32::from(from as u16).min(2047), u32::from(to));
                    for value in 0..=(1024 + u32::from(from > 1)).div_ceil(from) {
                        let mut out = [Quantized::EMPTY];
                        kernel.apply(&[[value as i16; BLOCK]], &[Extent::Full], &mut out);
                        let limit = 2047.min(1023 * to) / from;
                        let expected = (4 * value.min(limit) * from + bias) / (4 * to);
                        assert_eq!(out[0].values[5], expected as i16, "{value} × {from} / {to}, {bias}");
                        assert_eq!(out[0], Quantized::new(out[0].values));
                    }
                }
            }
        }
    }

    #[test]
    fn quarters_are_divided_as_finely() {
        for to in 1..=255_u32 {
            let quarters = Scale { steps: [1; BLOCK], parts: 4 };
            let kernel = Requantization::new(&quarters, &[to as u8; BLOCK], Orientation::UPRIGHT, |to| 2 * to);
            for value in 0..=4 * 2047 {
                let mut out = [Quantized::EMPTY];
                kernel.apply(&[[value as i16; BLOCK]], &[Extent::Full], &mut out);
                let expected = (value.min(4 * 1023 * to) + 2 * to) / (4 * to);
                assert_eq!(out[0].values[5], expected as i16, "{value} / {to}");
            }
        }
    }

    #[test]
    fn extents_change_nothing() {
        for turn in (1..=8).map(Orientation::from_exif) {
            let kernel = Requantization::new(&of([3; BLOCK]), &[7; BLOCK], turn, |to| 2 * to);
            for reach in [1, 4, 8] {
                let block = std::array::from_fn(|at| if at / 8 < reach && at % 8 < reach { 40 - at as i16 } else { 0 });
                let [mut all, mut fewer] = [[Quantized::EMPTY], [Quantized::EMPTY]];
                kernel.apply(&[block], &[Extent::Full], &mut all);
                kernel.apply(&[block], &[Extent::of(&block)], &mut fewer);
                assert_eq!(all, fewer);
            }
        }
    }

    #[test]
    fn wild_numbers_are_cut_to_what_can_be_coded() {
        for (value, expected) in [(i16::MIN, -1023), (i16::MAX, 1023), (-1023, -1023), (1024, 1023)] {
            let kernel = Requantization::new(&of([1; BLOCK]), &[1; BLOCK], Orientation::UPRIGHT, |to| 2 * to);
            let mut out = [Quantized::EMPTY];
            kernel.apply(&[[value; BLOCK]], &[Extent::Full], &mut out);
            assert_eq!(out[0].values[1], expected);
        }
    }
}

//! Trellis quantization: values that are worth their bits (effort `small`).
//!
//! In: a block before and after rounding. Out: the block with the lowest total cost of distortion and bits, where each nonzero
//! coefficient may also be one smaller, or zero. The bits are those of a sequential scan (T.81, F.1.2), with codes that fit a sample of
//! the picture: a progressive file needs about as many. The search is dynamic programming over the predecessors of each coefficient
//! (Crouse and Ramchandran, "Joint thresholding and quantizer selection", 1997).

use super::huffman::{Code, Histogram};
use crate::simd::{BLOCK, Quantized};

/// Cost of a bit, in 65536ths of the distortion of a whole step. Found by experiment on photographs (docs/performance.md).
const BIT: u64 = 2800;

/// Symbols: sixteen zeros, and the end of a block.
const ZEROS: usize = 0xF0;
const END: usize = 0x00;

/// Costs of a component's symbols, including the bits after them.
pub(super) struct Trellis {
    costs: [u64; 256],
    steps: [u8; BLOCK],
}

/// Counts the symbols of a block as in a sequential scan.
pub(super) fn count(block: &Quantized, histogram: &mut Histogram) {
    let mut places = block.nonzero & !1;
    let mut next = 1;
    while places != 0 {
        let place = places.trailing_zeros() as usize;
        places &= places - 1;
        histogram[ZEROS] += ((place - next) / 16) as u32;
        histogram[(place - next) % 16 * 16 + size(block.values[place].unsigned_abs()) % 16] += 1;
        next = place + 1;
    }
    histogram[END] += u32::from(next < BLOCK);
}

fn size(magnitude: u16) -> usize {
    (16 - magnitude.leading_zeros()) as usize
}

/// A way to code a block up to a coefficient: its cost, this coefficient's magnitude, and the index of the coefficient before.
#[derive(Clone, Copy, Default)]
struct Way {
    cost: u64,
    magnitude: u16,
    before: usize,
}

impl Trellis {
    /// The trellis for a component with these frequencies of symbols in a sample, and these quantization steps in zigzag order.
    pub(super) fn new(histogram: &Histogram, steps: [u8; BLOCK]) -> Self {
        let code = Code::best(histogram);
        let costs = std::array::from_fn(|symbol| {
            let length = match code.prefixes[symbol] & 0xFF {
                0 => 16,
                length => u64::from(length),
            };
            BIT * (length + symbol as u64 % 16)
        });
        Self { costs, steps }
    }

    /// Chooses the values of a block: `rounded` holds the rounded values, `exact` those of the transform, eight times as large.
    pub(super) fn choose(&self, rounded: &mut Quantized, exact: &Quantized) {
        // The first entry is the beginning of the block; `place` 0 is that of the first coefficient.
        let mut places = [0; BLOCK];
        let mut ways = [Way::default(); BLOCK];
        // Cost if all coefficients up to here are zeros.
        let mut zeroed = [0; BLOCK];
        let mut count = 1;
        let mut nonzero = rounded.nonzero & !1;
        while nonzero != 0 {
            let place = nonzero.trailing_zeros() as usize;
            nonzero &= nonzero - 1;
            // In 256ths of a step.
            let value = u64::from(exact.values[place].unsigned_abs()) * 32 / u64::from(self.steps[place].max(1));
            let highest = rounded.values[place].unsigned_abs();
            let mut best = Way { cost: u64::MAX, ..Way::default() };
            for magnitude in [highest, highest.saturating_sub(1)] {
                if magnitude == 0 {
                    continue;
                }
                let distortion = value.abs_diff(256 * u64::from(magnitude)).pow(2);
                let size = size(magnitude) % 16;
                for before in 0..count {
                    let zeros = place - places[before] - 1;
                    let cost = ways[before].cost + zeroed[count - 1] - zeroed[before]
                        + distortion
                        + self.costs[ZEROS] * (zeros / 16) as u64
                        + self.costs[zeros % 16 * 16 + size];
                    if cost < best.cost {
                        best = Way { cost, magnitude, before };
                    }
                }
            }
            places[count] = place;
            ways[count] = best;
            zeroed[count] = zeroed[count - 1] + value.pow(2);
            count += 1;
        }
        let total = |at: usize| {
            let end = if places[at] < BLOCK - 1 { self.costs[END] } else { 0 };
            ways[at].cost + zeroed[count - 1] - zeroed[at] + end
        };
        let mut at = (0..count).min_by_key(|at| total(*at)).unwrap_or(0);
        let mut values = [0; BLOCK];
        values[0] = rounded.values[0];
        while at > 0 {
            let magnitude = ways[at].magnitude as i16;
            values[places[at]] = if rounded.values[places[at]] < 0 { -magnitude } else { magnitude };
            at = ways[at].before;
        }
        *rounded = Quantized::new(values);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::noise::noise;

    const STEP: i16 = 10;

    /// Returns the values chosen for a block of coefficients, by place and in tenths of a step, with codes of four bits for all symbols.
    fn chosen(tenths: &[(usize, i16)]) -> Vec<(usize, i16)> {
        let (mut rounded, mut exact) = ([0; BLOCK], [0; BLOCK]);
        for (place, value) in tenths {
            exact[*place] = value * 8 * STEP / 10;
            rounded[*place] = (value.abs() + 5) / 10 * value.signum();
        }
        let trellis =
            Trellis { costs: std::array::from_fn(|symbol| BIT * (4 + symbol as u64 % 16)), steps: [STEP as u8; BLOCK] };
        let mut block = Quantized::new(rounded);
        trellis.choose(&mut block, &Quantized::new(exact));
        assert_eq!(block, Quantized::new(block.values));
        block.values.into_iter().enumerate().filter(|(_, value)| *value != 0).collect()
    }

    #[test]
    fn what_is_hardly_a_step_is_not_worth_its_bits_but_large_values_stay() {
        assert_eq!(chosen(&[]), []);
        assert_eq!(chosen(&[(0, 340), (3, 6), (20, -6)]), [(0, 34)]);
        assert_eq!(chosen(&[(1, -52), (2, 9), (63, -11)]), [(1, -5), (2, 1), (63, -1)]);
    }

    /// Compared with all blocks that could be chosen.
    #[test]
    fn no_other_choice_costs_less() {
        let mut random = noise(3);
        let mut random = |below: u16| random() % below;
        let costs = std::array::from_fn(|symbol| BIT * (1 + symbol as u64 * 7 % 11));
        let trellis = Trellis { costs, steps: [STEP as u8; BLOCK] };
        for _ in 0..200 {
            let (mut rounded, mut exact) = ([0; BLOCK], [0; BLOCK]);
            for _ in 0..5 {
                let (place, value) = (1 + usize::from(random(63)), random(240) as i16);
                exact[place] = value;
                rounded[place] = (value + 4 * STEP) / (8 * STEP);
            }
            let cost = |values: &[i16; BLOCK]| {
                let mut histogram = [0; 256];
                count(&Quantized::new(*values), &mut histogram);
                let bits: u64 = histogram.iter().zip(&trellis.costs).map(|(n, cost)| u64::from(*n) * cost).sum();
                let distortion: u64 = (0..BLOCK)
                    .filter(|place| rounded[*place] != 0)
                    .map(|place| (exact[place] as u64 * 32 / STEP as u64).abs_diff(256 * values[place] as u64).pow(2))
                    .sum();
                bits + distortion
            };
            let mut block = Quantized::new(rounded);
            trellis.choose(&mut block, &Quantized::new(exact));
            let places: Vec<usize> = (0..BLOCK).filter(|place| rounded[*place] != 0).collect();
            for choice in 0..3_usize.pow(places.len() as u32) {
                let mut other = rounded;
                for (digit, place) in places.iter().enumerate() {
                    other[*place] = match choice / 3_usize.pow(digit as u32) % 3 {
                        0 => 0,
                        less => (other[*place] - less as i16 + 1).max(0),
                    };
                }
                assert!(cost(&block.values) <= cost(&other), "{:?} and {other:?} of {exact:?}", block.values);
            }
        }
    }
}

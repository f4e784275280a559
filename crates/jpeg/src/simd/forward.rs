//! Samples to quantized coefficients: the specification of the kernel.
//!
//! In: eight rows of samples. Out: for each eight columns a block of coefficients in coding order, with a bit set of the nonzero ones.
//! Portable and without `unsafe`; all products fit into 32 bits, all other values into 16, so that vector instructions for 16-bit lanes
//! compute the same sums. Must not know how coefficients are coded.

use super::block::BLOCK;
use crate::zigzag::TRANSPOSED;

/// The quantized coefficients of 8×8 samples.
#[derive(Debug, Clone, PartialEq, Eq)]
#[repr(align(32))]
pub(crate) struct Quantized {
    /// The values, by their places in the zigzag.
    pub(crate) values: [i16; BLOCK],
    /// Bit set of the values that are not 0; the lowest bit is place 0.
    pub(crate) nonzero: u64,
    /// Bit set of the values that are neither 0, 1 nor -1.
    pub(crate) large: u64,
}

impl Quantized {
    /// A block of zeros.
    pub(crate) const EMPTY: Self = Self { values: [0; BLOCK], nonzero: 0, large: 0 };

    /// A block with these values, in the order of the zigzag.
    pub(crate) fn new(values: [i16; BLOCK]) -> Self {
        let mut flags = [[0; BLOCK]; 2];
        for at in 0..BLOCK {
            flags[0][at] = u8::from(values[at] != 0);
            flags[1][at] = u8::from(values[at].unsigned_abs() > 1);
        }
        let [nonzero, large] = flags.map(|flags| bits(&flags));
        Self { values, nonzero, large }
    }
}

/// Packs 64 bytes of 0 or 1 into bits.
fn bits(flags: &[u8; 64]) -> u64 {
    let mut bits = 0;
    for (at, eight) in flags.as_chunks::<8>().0.iter().enumerate() {
        // Gathers the lowest bit of each byte in the highest byte of the product.
        let byte = u64::from_le_bytes(*eight).wrapping_mul(0x0102_0408_1020_4080) >> 56;
        bits |= byte << (8 * at);
    }
    bits
}

/// Division of coefficients by the steps of a quantization table, in the order of the transform's output:
/// horizontal frequencies increase from row to row, vertical ones within a row.
///
/// Integer division by a constant is a multiplication by its reciprocal (Granlund and Montgomery, "Division by
/// invariant integers using multiplication", 1994); here in 16 bits, as `((n + bias) × reciprocal >> 16) × scale >> 16`.
#[derive(Debug, Clone)]
pub(crate) struct Quantizer {
    /// Magnitudes up to this have the quotient 0.
    pub(super) limit: [[u16; 8]; 8],
    pub(super) bias: [[u16; 8]; 8],
    pub(super) reciprocal: [[u16; 8]; 8],
    pub(super) scale: [[u16; 8]; 8],
}

impl Quantizer {
    /// A quantizer for a table in natural order: row by row, horizontal frequencies increasing within a row. It rounds half away from
    /// zero, but values below `least` 256ths of a step become 0.
    pub(crate) fn new(table: &[u8; BLOCK], least: &[u8; BLOCK]) -> Self {
        let mut quantizer = Self { limit: [[0; 8]; 8], bias: [[0; 8]; 8], reciprocal: [[0; 8]; 8], scale: [[0; 8]; 8] };
        for (at, (step, least)) in table.iter().zip(least).enumerate() {
            // The transform's results are 8 times the coefficients of the standard.
            let divisor = u32::from(*step).max(1) * 8;
            let mut bits = divisor.ilog2();
            let (mut bias, mut reciprocal) = (divisor / 2, (1 << (16 + bits)) / divisor);
            let rest = (1 << (16 + bits)) % divisor;
            if rest == 0 {
                // A power of two: its reciprocal would be one bit too long for 16 bits.
                reciprocal /= 2;
                bits -= 1;
            } else if rest <= divisor / 2 {
                bias += 1;
            } else {
                reciprocal += 1;
            }
            let (row, column) = (at / 8, at % 8);
            quantizer.limit[column][row] = (divisor * u32::from(*least)).div_ceil(256).saturating_sub(1) as u16;
            quantizer.bias[column][row] = bias as u16;
            quantizer.reciprocal[column][row] = reciprocal as u16;
            quantizer.scale[column][row] = (1_u32 << (16 - bits)) as u16;
        }
        quantizer
    }

    /// A quantizer that keeps coefficients as they are: 8 times those of the standard.
    pub(crate) fn exact() -> Self {
        // Each multiplication rounds down, and so subtracts one from nonzero values.
        Self { limit: [[0; 8]; 8], bias: [[2; 8]; 8], reciprocal: [[u16::MAX; 8]; 8], scale: [[u16::MAX; 8]; 8] }
    }

    #[inline(always)]
    fn divide(&self, transformed: &[[i16; 8]; 8]) -> [[i16; 8]; 8] {
        let mut quotients = [[0; 8]; 8];
        for row in 0..8 {
            for lane in 0..8 {
                let value = transformed[row][lane];
                let magnitude = value.unsigned_abs().wrapping_add(self.bias[row][lane]);
                let product = (u32::from(magnitude) * u32::from(self.reciprocal[row][lane])) >> 16;
                let quotient = ((product * u32::from(self.scale[row][lane])) >> 16) as i16;
                let quotient = if value.unsigned_abs() > self.limit[row][lane] { quotient } else { 0 };
                quotients[row][lane] = if value < 0 { -quotient } else { quotient };
            }
        }
        quotients
    }
}

/// Transforms and quantizes one row of blocks: eight rows of samples, all of the same width, become a block for each eight
/// columns. Beyond the width, the last column is repeated.
#[inline(always)]
pub(super) fn forward(rows: [&[u8]; 8], quantizer: &Quantizer, blocks: &mut [Quantized]) {
    for (number, block) in blocks.iter_mut().enumerate() {
        let samples: [[u8; 8]; 8] = window(&rows, number * 8);
        let centred = samples.map(|row| row.map(|sample| i16::from(sample) - 128));
        let frequencies = transform::<false>(&transposed(&transform::<true>(&centred)));
        let quotients = quantizer.divide(&frequencies);
        let quotients = quotients.as_flattened();
        *block = Quantized::new(TRANSPOSED.map(|at| quotients[usize::from(at)]));
    }
}

/// Returns `N` columns of eight rows, from `start` on; beyond the width, the last column is repeated.
#[inline(always)]
pub(super) fn window<const N: usize>(rows: &[&[u8]; 8], start: usize) -> [[u8; N]; 8] {
    let mut window = [[0; N]; 8];
    for (columns, row) in window.iter_mut().zip(rows) {
        match row.get(start..start + N) {
            Some(found) => columns.copy_from_slice(found),
            None => {
                let last = row.len() - 1;
                columns.iter_mut().zip(start..).for_each(|(column, at)| *column = row[at.min(last)]);
            }
        }
    }
    window
}

#[inline(always)]
fn transposed(square: &[[i16; 8]; 8]) -> [[i16; 8]; 8] {
    let mut transposed = [[0; 8]; 8];
    for y in 0..8 {
        for x in 0..8 {
            transposed[x][y] = square[y][x];
        }
    }
    transposed
}

/// Number of fractional bits of fixed-point constants.
pub(super) const FRACTION: i32 = 13;

/// Number of fractional bits that the first pass passes on to the second.
pub(super) const CARRIED: i32 = 2;

const fn fixed(value: f64) -> i16 {
    (value * (1 << FRACTION) as f64 + 0.5) as i16
}

/// √2 × cos(k π / 16) and sums of such values, for the factorisation below: for each result, the factors of the pair of values from which
/// it is computed.
pub(super) mod factor {
    use super::fixed;

    const A: i16 = fixed(0.541_196_100_146_197);
    const B: i16 = fixed(1.175_875_602_419_359);
    const ENDS: i16 = fixed(0.899_976_223_136_416);
    const MIDDLE: i16 = fixed(2.562_915_447_741_505);

    /// Factors of the outer and the inner difference.
    pub(in super::super) const SECOND: [i16; 2] = [A + fixed(0.765_366_864_730_18), A];
    pub(in super::super) const SIXTH: [i16; 2] = [A, A - fixed(1.847_759_065_022_573)];
    /// Factors of the near and the cross sum.
    pub(in super::super) const NEAR: [i16; 2] = [B - fixed(1.961_570_560_806_461), B];
    pub(in super::super) const CROSS: [i16; 2] = [B, B - fixed(0.390_180_644_032_257)];
    /// Factors of the differences 0 and 3.
    pub(in super::super) const FIRST: [i16; 2] = [fixed(1.501_321_110_169_68) - ENDS, -ENDS];
    pub(in super::super) const SEVENTH: [i16; 2] = [-ENDS, fixed(0.298_631_336_225_012) - ENDS];
    /// Factors of the differences 1 and 2.
    pub(in super::super) const THIRD: [i16; 2] = [fixed(3.072_711_026_507_116) - MIDDLE, -MIDDLE];
    pub(in super::super) const FIFTH: [i16; 2] = [-MIDDLE, fixed(2.053_119_869_170_33) - MIDDLE];
}

/// The discrete cosine transform of eight values in each of eight lanes, from top to bottom, in the factorisation by
/// Loeffler, Ligtenberg and Moschytz ("Practical fast 1-D DCT algorithms", 1989). Its sums are multiplied out to pairs of
/// products, so that all rounding happens at the end. Two passes give 8 times the coefficients of T.81.
///
/// Samples from -128 to 127 give at most ±4096 after the first pass, and sums of eight of those just fit into 16 bits.
#[inline(always)]
fn transform<const FIRST: bool>(values: &[[i16; 8]; 8]) -> [[i16; 8]; 8] {
    let shift = if FIRST { FRACTION - CARRIED } else { FRACTION + CARRIED };
    let half = 1 << (shift - 1);
    let pair =
        |a: i16, b: i16, factors: [i16; 2]| i32::from(a) * i32::from(factors[0]) + i32::from(b) * i32::from(factors[1]);
    let round = |value: i32| ((value + half) >> shift) as i16;
    let mut results = [[0; 8]; 8];
    for lane in 0..8 {
        let value = |row: usize| values[row][lane];
        let sums = [value(0) + value(7), value(1) + value(6), value(2) + value(5), value(3) + value(4)];
        let [d0, d1, d2, d3] = [value(0) - value(7), value(1) - value(6), value(2) - value(5), value(3) - value(4)];

        // Even results: a transform of four values.
        let (outer, inner) = (sums[0] + sums[3], sums[1] + sums[2]);
        let (outer_difference, inner_difference) = (sums[0] - sums[3], sums[1] - sums[2]);
        let (zeroth, fourth) = if FIRST {
            ((outer + inner) << CARRIED, (outer - inner) << CARRIED)
        } else {
            ((outer + inner + 2) >> CARRIED, (outer - inner + 2) >> CARRIED)
        };
        results[0][lane] = zeroth;
        results[4][lane] = fourth;
        results[2][lane] = round(pair(outer_difference, inner_difference, factor::SECOND));
        results[6][lane] = round(pair(outer_difference, inner_difference, factor::SIXTH));

        // Odd results.
        let near = pair(d3 + d1, d2 + d0, factor::NEAR);
        let cross = pair(d3 + d1, d2 + d0, factor::CROSS);
        results[1][lane] = round(pair(d0, d3, factor::FIRST) + cross);
        results[3][lane] = round(pair(d1, d2, factor::THIRD) + near);
        results[5][lane] = round(pair(d1, d2, factor::FIFTH) + cross);
        results[7][lane] = round(pair(d0, d3, factor::SEVENTH) + near);
    }
    results
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::noise::noise;
    use crate::zigzag::ZIGZAG;

    #[test]
    fn quantizing_is_dividing_and_rounding_half_away_from_zero_unless_it_is_too_little() {
        for step in 1..=255_u8 {
            let least = [0, 128, 160, 255][usize::from(step) % 4];
            let quantizer = Quantizer::new(&[step; BLOCK], &[least; BLOCK]);
            let divisor = i32::from(step) * 8;
            for value in (-16_400..=16_400_i16).step_by(if step % 16 == 1 { 1 } else { 37 }) {
                let quotients = quantizer.divide(&[[value; 8]; 8]);
                let value = i32::from(value);
                let rounded = (value.abs() + divisor / 2) / divisor * value.signum();
                let expected = if value.abs() * 256 < i32::from(least) * divisor { 0 } else { rounded };
                assert_eq!(i32::from(quotients[3][3]), expected, "{value} / {divisor}");
            }
        }
    }

    #[test]
    fn what_is_not_quantized_stays_as_it_is() {
        for value in -20_000..=20_000 {
            assert_eq!(Quantizer::exact().divide(&[[value; 8]; 8])[7][1], value);
        }
    }

    #[test]
    fn bits_stand_where_values_are() {
        let mut values = [0; BLOCK];
        for (value, at) in [0, 1, 7, 8, 20, 62, 63].into_iter().enumerate() {
            values[at] = -(value as i16);
            let found = Quantized::new(values);
            let expected = |least: u16| {
                values
                    .iter()
                    .enumerate()
                    .fold(0, |bits, (at, value)| bits | u64::from(value.unsigned_abs() >= least) << at)
            };
            assert_eq!((found.nonzero, found.large), (expected(1), expected(2)));
        }
    }

    /// Compared with the definition in T.81, A.3.3.
    #[test]
    fn the_transform_is_that_of_the_standard() {
        let mut random = noise(7);
        for _ in 0..200 {
            let samples: Vec<u8> = (0..64)
                .map(|i| if random().is_multiple_of(2) { (random() >> 8) as u8 } else { 255 * ((i / 3) % 2) as u8 })
                .collect();
            let mut block = [Quantized::EMPTY];
            let rows = std::array::from_fn(|y| &samples[y * 8..][..8]);
            forward(rows, &Quantizer::new(&[1; BLOCK], &[128; BLOCK]), &mut block);
            for (place, natural) in ZIGZAG.into_iter().map(usize::from).enumerate() {
                let (u, v) = (natural % 8, natural / 8);
                let norm = |k: usize| if k == 0 { std::f64::consts::FRAC_1_SQRT_2 } else { 1.0 };
                let wave = |x: usize, k: usize| ((2 * x + 1) as f64 * k as f64 * std::f64::consts::PI / 16.0).cos();
                let mut sum = 0.0;
                for y in 0..8 {
                    for x in 0..8 {
                        sum += (f64::from(samples[y * 8 + x]) - 128.0) * wave(x, u) * wave(y, v);
                    }
                }
                let exact = sum * norm(u) * norm(v) / 4.0;
                let found = f64::from(block[0].values[place]);
                assert!((found - exact).abs() < 0.65, "coefficient {u}, {v}: {found} is not {exact}");
            }
        }
    }

    /// Every remainder of the width, compared with the specification, on noise and on samples with extreme results.
    #[test]
    fn all_instruction_sets_give_the_same_bits() {
        let mut random = noise(1);
        for width in 1..=67_usize {
            for kind in 0..5 {
                let wave = random();
                let samples: Vec<u8> = (0..8 * width)
                    .map(|i| match kind {
                        0 => random() as u8,
                        1 => 255 * (i % 2) as u8,
                        2 => 255 * (wave >> (i % width % 8) & 1) as u8,
                        3 => 255 * (wave >> (i / width) & 1 ^ wave >> (8 + i % width % 8) & 1) as u8,
                        _ => (100 + random() % 9) as u8,
                    })
                    .collect();
                let rows = std::array::from_fn(|y| &samples[y * width..][..width]);
                for step in [1, 2, 9, 26, 100, 255] {
                    let table = std::array::from_fn(|at| if at % 3 == 0 { step } else { 1 + at as u8 });
                    let least = std::array::from_fn(|at| 100 + at as u8 * 2);
                    let quantizer = Quantizer::new(&table, &least);
                    let mut specified = vec![Quantized::EMPTY; width.div_ceil(8)];
                    let mut chosen = specified.clone();
                    forward(rows, &quantizer, &mut specified);
                    crate::simd::forward(rows, &quantizer, &mut chosen);
                    assert!(specified == chosen, "width {width}, kind {kind}, step {step}");
                }
            }
        }
    }
}

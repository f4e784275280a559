//! The kernels as they are specified: portable, without `unsafe`, and the same on every machine.

/// Coefficients in a block.
pub(in crate::image) const BLOCK: usize = 64;

/// The quantized coefficients of 8×8 samples. Horizontal frequencies rise from row to row, vertical ones within a row: the
/// transform leaves them so, and whoever reads them saves a transposition by looking them up accordingly.
pub(in crate::image) type Block = [i16; BLOCK];

/// Division of coefficients by the steps of a quantization table, rounding half away from zero.
///
/// Whole-number division by a constant is a multiplication with its reciprocal (Granlund and Montgomery, "Division by
/// invariant integers using multiplication", 1994); here in 16 bits, as `((n + bias) × reciprocal >> 16) × scale >> 16`.
#[derive(Debug, Clone)]
pub(in crate::image) struct Quantizer {
    bias: [u16; BLOCK],
    reciprocal: [u16; BLOCK],
    scale: [u16; BLOCK],
}

impl Quantizer {
    /// For a table in natural order: row by row, horizontal frequencies rising within a row.
    pub(in crate::image) fn new(table: &[u8; BLOCK]) -> Self {
        let mut quantizer = Self { bias: [0; BLOCK], reciprocal: [0; BLOCK], scale: [0; BLOCK] };
        for (at, step) in table.iter().enumerate() {
            // The transform's results are 8 times the coefficients of the standard.
            let divisor = u32::from(*step) * 8;
            let transposed = at % 8 * 8 + at / 8;
            let mut bits = divisor.ilog2();
            let (mut bias, mut reciprocal) = (divisor / 2, (1 << (16 + bits)) / divisor);
            let rest = (1 << (16 + bits)) % divisor;
            if rest == 0 {
                // A power of two: its reciprocal would be just too long for 16 bits.
                reciprocal /= 2;
                bits -= 1;
            } else if rest <= divisor / 2 {
                bias += 1;
            } else {
                reciprocal += 1;
            }
            quantizer.bias[transposed] = bias as u16;
            quantizer.reciprocal[transposed] = reciprocal as u16;
            quantizer.scale[transposed] = (1_u32 << (16 - bits)) as u16;
        }
        quantizer
    }

    #[inline(always)]
    fn divide(&self, transformed: &[[i32; 8]; 8], block: &mut Block) {
        for at in 0..BLOCK {
            let value = transformed[at / 8][at % 8] as i16;
            let magnitude = value.unsigned_abs().wrapping_add(self.bias[at]);
            let product = (u32::from(magnitude) * u32::from(self.reciprocal[at])) >> 16;
            let quotient = ((product * u32::from(self.scale[at])) >> 16) as i16;
            block[at] = if value < 0 { -quotient } else { quotient };
        }
    }
}

/// Transforms and quantizes one row of blocks: eight rows of samples, all of one width, give a block for each eight
/// columns. The last column is repeated where it needs to be.
#[inline(always)]
pub(in crate::image) fn forward(rows: [&[u8]; 8], quantizer: &Quantizer, blocks: &mut [Block]) {
    let width = rows[0].len();
    for (number, block) in blocks.iter_mut().enumerate() {
        let mut samples = [[0_i32; 8]; 8];
        let start = number * 8;
        if start + 8 <= width {
            for (row, line) in rows.iter().zip(&mut samples) {
                let eight = &row[start..start + 8];
                for lane in 0..8 {
                    line[lane] = i32::from(eight[lane]) - 128;
                }
            }
        } else {
            for (row, line) in rows.iter().zip(&mut samples) {
                for lane in 0..8 {
                    line[lane] = i32::from(row[(start + lane).min(width - 1)]) - 128;
                }
            }
        }
        transform::<true>(&mut samples);
        let mut transposed = [[0_i32; 8]; 8];
        for y in 0..8 {
            for x in 0..8 {
                transposed[x][y] = samples[y][x];
            }
        }
        transform::<false>(&mut transposed);
        quantizer.divide(&transposed, block);
    }
}

/// Fixed-point constants have this many fractional bits.
const FRACTION: u32 = 13;

/// What the first pass keeps of them for the second.
const CARRIED: u32 = 2;

/// √2 × cos(k π / 16) and sums of such, as the factorisation below asks for them.
const fn fixed(value: f64) -> i32 {
    (value * (1 << FRACTION) as f64 + 0.5) as i32
}

/// The discrete cosine transform of eight values in each of eight lanes, from top to bottom, in the factorisation with
/// eleven multiplications by Loeffler, Ligtenberg and Moschytz ("Practical fast 1-D DCT algorithms", 1989), one of them
/// taken apart into two so that all rounding happens at the end. Two passes give 8 times the coefficients of T.81.
#[inline(always)]
#[expect(clippy::needless_range_loop, reason = "lanes are what compilers make vectors of")]
fn transform<const FIRST: bool>(values: &mut [[i32; 8]; 8]) {
    let shift = if FIRST { FRACTION - CARRIED } else { FRACTION + CARRIED };
    let half = 1 << (shift - 1);
    for lane in 0..8 {
        let value = |row: usize| values[row][lane];
        let sums = [value(0) + value(7), value(1) + value(6), value(2) + value(5), value(3) + value(4)];
        let differences = [value(0) - value(7), value(1) - value(6), value(2) - value(5), value(3) - value(4)];

        // Even: a transform of four values.
        let (outer, inner) = (sums[0] + sums[3], sums[1] + sums[2]);
        let (outer_difference, inner_difference) = (sums[0] - sums[3], sums[1] - sums[2]);
        let turned = (outer_difference + inner_difference) * fixed(0.541_196_100_146_197);
        let second = turned + outer_difference * fixed(0.765_366_864_730_18);
        let sixth = turned - inner_difference * fixed(1.847_759_065_022_573);

        // Odd.
        let [d0, d1, d2, d3] = differences;
        let (near, cross) = (d3 + d1, d2 + d0);
        let both = (near + cross) * fixed(1.175_875_602_419_359);
        let near = both - near * fixed(1.961_570_560_806_461);
        let cross = both - cross * fixed(0.390_180_644_032_257);
        let ends = (d3 + d0) * fixed(0.899_976_223_136_416);
        let middle = (d2 + d1) * fixed(2.562_915_447_741_505);
        let seventh = d3 * fixed(0.298_631_336_225_012) - ends + near;
        let fifth = d2 * fixed(2.053_119_869_170_33) - middle + cross;
        let third = d1 * fixed(3.072_711_026_507_116) - middle + near;
        let first = d0 * fixed(1.501_321_110_169_68) - ends + cross;

        let round = |value: i32| (value + half) >> shift;
        let (zeroth, fourth) = if FIRST {
            ((outer + inner) << CARRIED, (outer - inner) << CARRIED)
        } else {
            ((outer + inner + 2) >> CARRIED, (outer - inner + 2) >> CARRIED)
        };
        values[0][lane] = zeroth;
        values[1][lane] = round(first);
        values[2][lane] = round(second);
        values[3][lane] = round(third);
        values[4][lane] = fourth;
        values[5][lane] = round(fifth);
        values[6][lane] = round(sixth);
        values[7][lane] = round(seventh);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantizing_is_dividing_and_rounding_half_away_from_zero() {
        for step in 1..=255_u8 {
            let quantizer = Quantizer::new(&[step; BLOCK]);
            let divisor = i32::from(step) * 8;
            for value in (-16_400..=16_400).step_by(if step % 16 == 1 { 1 } else { 37 }) {
                let mut block = [0; BLOCK];
                quantizer.divide(&[[value; 8]; 8], &mut block);
                let expected = (value.abs() + divisor / 2) / divisor * value.signum();
                assert_eq!(i32::from(block[27]), expected, "{value} / {divisor}");
            }
        }
    }

    /// Against the definition in T.81, A.3.3.
    #[test]
    fn the_transform_is_that_of_the_standard() {
        let mut state = 7_u32;
        for _ in 0..200 {
            let samples: Vec<u8> = (0..64)
                .map(|i| {
                    state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                    if state >> 31 == 0 { (state >> 16) as u8 } else { 255 * ((i / 3) % 2) as u8 }
                })
                .collect();
            let mut block = [[0; BLOCK]];
            let rows = std::array::from_fn(|y| &samples[y * 8..][..8]);
            forward(rows, &Quantizer::new(&[1; BLOCK]), &mut block);
            for v in 0..8 {
                for u in 0..8 {
                    let norm = |k: usize| if k == 0 { std::f64::consts::FRAC_1_SQRT_2 } else { 1.0 };
                    let wave = |x: usize, k: usize| ((2 * x + 1) as f64 * k as f64 * std::f64::consts::PI / 16.0).cos();
                    let mut sum = 0.0;
                    for y in 0..8 {
                        for x in 0..8 {
                            sum += (f64::from(samples[y * 8 + x]) - 128.0) * wave(x, u) * wave(y, v);
                        }
                    }
                    let exact = sum * norm(u) * norm(v) / 4.0;
                    let found = f64::from(block[0][u * 8 + v]);
                    assert!((found - exact).abs() < 0.65, "coefficient {u}, {v}: {found} is not {exact}");
                }
            }
        }
    }
}

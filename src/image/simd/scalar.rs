//! The kernels as they are specified: portable, without `unsafe`, and the same on every machine.

/// Coefficients in a block.
pub(in crate::image) const BLOCK: usize = 64;

/// The quantized coefficients of 8×8 samples. Horizontal frequencies rise from row to row, vertical ones within a row: the
/// transform leaves them so, and whoever reads them saves a transposition by looking them up accordingly.
pub(in crate::image) type Block = [i16; BLOCK];

/// Fixed-point constants have this many fractional bits.
const FRACTION: u32 = 13;

/// What the first pass keeps of them for the second.
const CARRIED: u32 = 2;

/// √2 × cos(k π / 16) and sums of such, as the factorisation below asks for them.
const fn fixed(value: f64) -> i32 {
    (value * (1 << FRACTION) as f64 + 0.5) as i32
}

/// The steps of a quantization table, in the order of a [`Block`].
pub(in crate::image) type Steps = [i32; BLOCK];

/// Takes quantization and transform of a row of blocks back, and writes up to eight rows of samples, `width` each, which may be fewer
/// than the blocks hold. Samples have 8 bits and so many more, which are rounded off.
///
/// What overflows wraps around: that happens to damaged files only.
#[inline(always)]
pub(in crate::image) fn inverse(blocks: &[Block], steps: &Steps, extra_bits: u32, samples: &mut [u8], width: usize) {
    // The two passes bring 8 times the samples of T.81.
    let shift = FRACTION + CARRIED + 3 + extra_bits;
    let middle = (128 << shift) + (1 << (shift - 1));
    for (number, block) in blocks.iter().enumerate() {
        let mut square = [[0_u8; 8]; 8];
        if block[1..].iter().fold(0, |all, value| all | value) == 0 {
            // The same as below, for a block of one colour.
            let value = (i32::from(block[0]).wrapping_mul(steps[0]).clamp(-LARGEST, LARGEST) << CARRIED) << FRACTION;
            square = [[(value.wrapping_add(middle) >> shift).clamp(0, 255) as u8; 8]; 8];
        } else {
            let mut values = [[0_i32; 8]; 8];
            for at in 0..BLOCK {
                let value = i32::from(block[at]).wrapping_mul(steps[at]);
                values[at / 8][at % 8] = value.clamp(-LARGEST, LARGEST);
            }
            // Most blocks have no high frequencies, in one direction or both.
            let (half, fraction) = (1 << (FRACTION - CARRIED - 1), FRACTION - CARRIED);
            if block[32..].iter().fold(0, |all, value| all | value) == 0 {
                inverse_transform::<4>(&mut values, half, fraction);
            } else {
                inverse_transform::<8>(&mut values, half, fraction);
            }
            let mut transposed = [[0_i32; 8]; 8];
            for y in 0..8 {
                for x in 0..8 {
                    transposed[x][y] = values[y][x];
                }
            }
            let high = block.chunks_exact(8).fold(0, |all, eight| all | eight[4] | eight[5] | eight[6] | eight[7]);
            if high == 0 {
                inverse_transform::<4>(&mut transposed, middle, shift);
            } else {
                inverse_transform::<8>(&mut transposed, middle, shift);
            }
            for (line, values) in square.iter_mut().zip(&transposed) {
                for lane in 0..8 {
                    line[lane] = values[lane].clamp(0, 255) as u8;
                }
            }
        }
        let start = number * 8;
        if start + 8 <= width {
            for (row, line) in samples.chunks_exact_mut(width).zip(&square) {
                row[start..start + 8].copy_from_slice(line);
            }
        } else {
            for (row, line) in samples.chunks_exact_mut(width).zip(&square) {
                let rest = &mut row[start..];
                rest.copy_from_slice(&line[..rest.len()]);
            }
        }
    }
}

/// No coefficient of an undamaged file is larger, with 12 bits a sample.
const LARGEST: i32 = 1 << 14;

/// The transposition of [`transform`], from top to bottom in each of eight lanes; all rows from `ROWS` on are zeros.
#[inline(always)]
#[expect(clippy::needless_range_loop, reason = "lanes are what compilers make vectors of")]
fn inverse_transform<const ROWS: usize>(values: &mut [[i32; 8]; 8], half: i32, shift: u32) {
    let times = |value: i32, factor: f64| value.wrapping_mul(fixed(factor));
    for lane in 0..8 {
        let value = |row: usize| if row < ROWS { values[row][lane] } else { 0 };

        // Even: a transform of four values.
        let turned = times(value(2).wrapping_add(value(6)), 0.541_196_100_146_197);
        let second = turned.wrapping_add(times(value(2), 0.765_366_864_730_18));
        let sixth = turned.wrapping_sub(times(value(6), 1.847_759_065_022_573));
        let sum = value(0).wrapping_add(value(4)) << FRACTION;
        let difference = value(0).wrapping_sub(value(4)) << FRACTION;
        let even = [
            sum.wrapping_add(second),
            difference.wrapping_add(sixth),
            difference.wrapping_sub(sixth),
            sum.wrapping_sub(second),
        ];

        // Odd.
        let [v1, v3, v5, v7] = [value(1), value(3), value(5), value(7)];
        let (near, cross) = (v7.wrapping_add(v3), v5.wrapping_add(v1));
        let both = times(near.wrapping_add(cross), 1.175_875_602_419_359);
        let near = both.wrapping_sub(times(near, 1.961_570_560_806_461));
        let cross = both.wrapping_sub(times(cross, 0.390_180_644_032_257));
        let ends = times(v7.wrapping_add(v1), 0.899_976_223_136_416);
        let middle = times(v5.wrapping_add(v3), 2.562_915_447_741_505);
        let odd = [
            times(v1, 1.501_321_110_169_68).wrapping_sub(ends).wrapping_add(cross),
            times(v3, 3.072_711_026_507_116).wrapping_sub(middle).wrapping_add(near),
            times(v5, 2.053_119_869_170_33).wrapping_sub(middle).wrapping_add(cross),
            times(v7, 0.298_631_336_225_012).wrapping_sub(ends).wrapping_add(near),
        ];

        for row in 0..4 {
            values[row][lane] = even[row].wrapping_add(odd[row]).wrapping_add(half) >> shift;
            values[7 - row][lane] = even[row].wrapping_sub(odd[row]).wrapping_add(half) >> shift;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Against the definition in T.81, A.3.3, with 8 and with 12 bits a sample.
    #[test]
    fn the_inverse_transform_is_that_of_the_standard() {
        let mut state = 11_u32;
        let mut random = || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 16) as i32
        };
        for round in 0..300 {
            // Blocks of one colour, of low frequencies in one direction or both, and full ones.
            let (across, down) = [(1, 1), (4, 4), (8, 4), (4, 8), (8, 8)][round % 5];
            let mut block = [0; BLOCK];
            for u in 0..across {
                for v in 0..down {
                    block[u * 8 + v] = (random() % 120 - 60) as i16;
                }
            }
            let extra_bits = if round % 2 == 0 { 0 } else { 4 };
            let step = if extra_bits == 0 { 3 } else { 40 };
            let mut samples = [0; 64];
            inverse(&[block], &[step; BLOCK], extra_bits, &mut samples, 8);
            for y in 0..8 {
                for x in 0..8 {
                    let norm = |k: usize| if k == 0 { std::f64::consts::FRAC_1_SQRT_2 } else { 1.0 };
                    let wave = |x: usize, k: usize| ((2 * x + 1) as f64 * k as f64 * std::f64::consts::PI / 16.0).cos();
                    let mut sum = 0.0;
                    for u in 0..8 {
                        for v in 0..8 {
                            let coefficient = f64::from(i32::from(block[u * 8 + v]) * step);
                            sum += norm(u) * norm(v) * coefficient * wave(x, u) * wave(y, v);
                        }
                    }
                    let exact = (sum / 4.0 / f64::from(1 << extra_bits) + 128.0).clamp(0.0, 255.0);
                    let found = f64::from(samples[y * 8 + x]);
                    assert!((found - exact).abs() < 0.56, "sample {x}, {y}: {found} is not {exact}");
                }
            }
        }
    }
}

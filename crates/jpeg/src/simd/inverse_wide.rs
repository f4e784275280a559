//! From quantized coefficients to samples for files with more than 8 bits a sample; the extra bits are rounded off. Portable code only,
//! because such files are rare.

use super::block::{BLOCK, Block, Steps};

/// Number of fractional bits of fixed-point constants.
const FRACTION: u32 = 13;

/// Number of fractional bits that the first pass passes on to the second.
const CARRIED: u32 = 2;

const fn fixed(value: f64) -> i32 {
    (value * (1 << FRACTION) as f64 + 0.5) as i32
}

/// Dequantizes and inversely transforms a row of blocks, and writes up to eight rows of `width` samples, which may be fewer samples than
/// the blocks have. Samples have 8 bits and `extra_bits` more, which are rounded off.
///
/// Overflow wraps around; it happens only in damaged files.
pub(crate) fn inverse_wide(blocks: &[Block], steps: &Steps, extra_bits: u32, samples: &mut [u8], width: usize) {
    // The two passes give 8 times the samples of T.81.
    let shift = FRACTION + CARRIED + 3 + extra_bits;
    let middle = (128 << shift) + (1 << (shift - 1));
    for (number, block) in blocks.iter().enumerate() {
        let mut values = [[0_i32; 8]; 8];
        for at in 0..BLOCK {
            let value = i32::from(block[at]).wrapping_mul(i32::from(steps[at] as u16));
            values[at / 8][at % 8] = value.clamp(-LARGEST, LARGEST);
        }
        inverse_transform(&mut values, 1 << (FRACTION - CARRIED - 1), FRACTION - CARRIED);
        let mut transposed = [[0_i32; 8]; 8];
        for y in 0..8 {
            for x in 0..8 {
                transposed[x][y] = values[y][x];
            }
        }
        inverse_transform(&mut transposed, middle, shift);
        let square = transposed.map(|row| row.map(|value| value.clamp(0, 255) as u8));
        super::inverse::write(&square, number, samples, width);
    }
}

/// Largest coefficient of an undamaged file with 12 bits a sample.
const LARGEST: i32 = 1 << 14;

/// The inverse transform of eight values, from top to bottom in each of eight lanes, in the factorisation by Loeffler, Ligtenberg and
/// Moschytz.
#[expect(clippy::needless_range_loop, reason = "lanes are what compilers make vectors of")]
fn inverse_transform(values: &mut [[i32; 8]; 8], half: i32, shift: u32) {
    let times = |value: i32, factor: f64| value.wrapping_mul(fixed(factor));
    for lane in 0..8 {
        let value = |row: usize| values[row][lane];

        // Even results: a transform of four values.
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

        // Odd results.
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
    use crate::noise::noise;

    /// Compared with the definition in T.81, A.3.3, with 12 bits a sample.
    #[test]
    fn it_is_the_transform_of_the_standard() {
        let mut random = noise(11);
        for round in 0..300 {
            // Blocks of one colour, of low frequencies in one direction or both, and full ones.
            let (across, down) = [(1, 1), (4, 4), (8, 4), (4, 8), (8, 8)][round % 5];
            let mut block = [0; BLOCK];
            for u in 0..across {
                for v in 0..down {
                    block[u * 8 + v] = (random() % 120) as i16 - 60;
                }
            }
            let (extra_bits, step) = (4, 40);
            let mut samples = [0; 64];
            inverse_wide(&[block], &[step as i16; BLOCK], extra_bits, &mut samples, 8);
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

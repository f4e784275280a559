//! From quantized coefficients to samples, at full size and reduced to a half, a quarter and an eighth: the specification.
//!
//! In: rows of blocks of 8-bit pictures, and the steps of their quantization table. Out: rows of samples. All arithmetic is in integers
//! of 16 and 32 bits that wrap around if a damaged file makes them overflow, so that vector code, which computes the same lane by lane,
//! gives the same bits.

use super::block::{BLOCK, Block, Steps};

/// The coefficients of a block that may be nonzero.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Extent {
    /// The first, which is the mean.
    Mean,
    /// The lowest four frequencies in either direction.
    Low,
    /// All coefficients.
    Full,
}

impl Extent {
    /// The extent of a block by the place, in the order of the zigzag, of its last nonzero coefficient.
    #[inline(always)]
    pub(crate) fn of_last(place: usize) -> Self {
        // The first ten coefficients are on the first four diagonals.
        if place == 0 {
            Self::Mean
        } else if place < 10 {
            Self::Low
        } else {
            Self::Full
        }
    }

    /// The extent of a complete block.
    #[cfg(test)]
    pub(crate) fn of(block: &Block) -> Self {
        let (mut low, mut high) = (0, 0);
        for (at, eight) in block.as_chunks::<8>().0.iter().enumerate() {
            let [a, b, c, d, e, f, g, h] = *eight;
            high |= e | f | g | h;
            let four = if at == 0 { b | c | d } else { a | b | c | d };
            if at < 4 { low |= four } else { high |= four }
        }
        match (low, high) {
            (0, 0) => Self::Mean,
            (_, 0) => Self::Low,
            _ => Self::Full,
        }
    }
}

/// Number of fractional bits of fixed-point constants.
pub(super) const FRACTION: i32 = 13;

/// Number of fractional bits that the first pass passes on to the second.
pub(super) const CARRIED: i32 = 2;

/// Number of bits by which two passes scale up the samples of T.81: 8 times.
pub(super) const EIGHTFOLD: i32 = 3;

/// √2 × cos(k π / 16), and sums of such values, in [`FRACTION`] bits.
pub(super) const fn fixed(value: f64) -> i16 {
    let scaled = value * (1 << FRACTION) as f64;
    (if scaled < 0.0 { scaled - 0.5 } else { scaled + 0.5 }) as i16
}

/// The factors of pairs of products, in the factorisation with eleven multiplications by Loeffler, Ligtenberg and Moschytz ("Practical
/// fast 1-D DCT algorithms", 1989). The products of each rotation are merged, to suit instructions that multiply pairs and add them.
pub(super) mod factors {
    use super::fixed;

    /// Factors of coefficients 2 and 6.
    pub(in super::super) const EVEN: [[i16; 2]; 2] = [
        [fixed(1.306_562_964_876_377), fixed(0.541_196_100_146_197)],
        [fixed(0.541_196_100_146_197), fixed(-1.306_562_964_876_377)],
    ];
    /// Factors of the sums 7 + 3 and 5 + 1.
    pub(in super::super) const CROSS: [[i16; 2]; 2] = [
        [fixed(-0.785_694_958_387_102), fixed(1.175_875_602_419_359)],
        [fixed(1.175_875_602_419_359), fixed(0.785_694_958_387_102)],
    ];
    /// Factors of coefficients 7 and 1.
    pub(in super::super) const OUTER: [[i16; 2]; 2] = [
        [fixed(-0.601_344_886_935_045), fixed(-0.899_976_223_136_416)],
        [fixed(-0.899_976_223_136_416), fixed(0.601_344_886_935_045)],
    ];
    /// Factors of coefficients 5 and 3.
    pub(in super::super) const INNER: [[i16; 2]; 2] = [
        [fixed(-0.509_795_579_104_159), fixed(-2.562_915_447_741_505)],
        [fixed(-2.562_915_447_741_505), fixed(0.509_795_579_104_159)],
    ];
    /// Factors of coefficients 1 and 3, in the transform of four.
    pub(in super::super) const FOUR: [[i16; 2]; 2] = [
        [fixed(1.306_562_964_876_377), fixed(0.541_196_100_146_197)],
        [fixed(0.541_196_100_146_197), fixed(-1.306_562_964_876_377)],
    ];
}

/// Dequantizes and inversely transforms a row of blocks, and writes up to eight rows of `width` samples, which may be fewer samples than
/// the blocks have.
#[inline(always)]
pub(crate) fn inverse(blocks: &[Block], extents: &[Extent], steps: &Steps, samples: &mut [u8], width: usize) {
    for (number, (block, extent)) in blocks.iter().zip(extents).enumerate() {
        let square = match extent {
            Extent::Mean => [[mean(block, steps); 8]; 8],
            // A shorter transform for `Low` would give the same result.
            Extent::Low | Extent::Full => square(&dequantized(block, steps)),
        };
        write(&square, number, samples, width);
    }
}

/// The same at half the size: a transform of the lowest four frequencies. Writes up to four rows of samples.
#[inline(always)]
pub(crate) fn inverse_half(blocks: &[Block], extents: &[Extent], steps: &Steps, samples: &mut [u8], width: usize) {
    inverse_half_from(0, blocks, extents, steps, samples, width);
}

/// [`inverse_half`] for all blocks from number `first` on.
#[inline(always)]
pub(super) fn inverse_half_from(
    first: usize,
    blocks: &[Block],
    extents: &[Extent],
    steps: &Steps,
    samples: &mut [u8],
    width: usize,
) {
    for (number, (block, extent)) in blocks.iter().zip(extents).enumerate().skip(first) {
        let square = match extent {
            Extent::Mean => [[mean(block, steps); 4]; 4],
            Extent::Low | Extent::Full => half_square(&dequantized(block, steps)),
        };
        write(&square, number, samples, width);
    }
}

/// The same at a quarter of the size: sums and differences of four coefficients. Writes up to two rows of samples.
#[inline(always)]
pub(crate) fn inverse_quarter(blocks: &[Block], steps: &Steps, samples: &mut [u8], width: usize) {
    for (number, block) in blocks.iter().enumerate() {
        let value = |at: usize| i32::from(block[at].wrapping_mul(steps[at]));
        let [a, down, across, both] = [value(0), value(1), value(8), value(9)];
        let square = [
            [a + across + down + both, a - across + down - both],
            [a + across - down - both, a - across - down + both],
        ];
        write(&square.map(|row| row.map(|sum| byte((sum + 4) >> EIGHTFOLD))), number, samples, width);
    }
}

/// The same at an eighth of the size: the mean of each block. Writes one row of samples.
#[inline(always)]
pub(crate) fn inverse_eighth(blocks: &[Block], steps: &Steps, samples: &mut [u8]) {
    for (sample, block) in samples.iter_mut().zip(blocks) {
        *sample = mean(block, steps);
    }
}

/// Returns the value of all samples of a block without other coefficients.
#[inline(always)]
pub(super) fn mean(block: &Block, steps: &Steps) -> u8 {
    byte((i32::from(block[0].wrapping_mul(steps[0])) + 4) >> EIGHTFOLD)
}

#[inline(always)]
fn byte(value: i32) -> u8 {
    (value + 128).clamp(0, 255) as u8
}

#[inline(always)]
fn dequantized(block: &Block, steps: &Steps) -> [[i16; 8]; 8] {
    let mut values = [[0; 8]; 8];
    for at in 0..BLOCK {
        values[at / 8][at % 8] = block[at].wrapping_mul(steps[at]);
    }
    values
}

/// Writes as many samples as fit.
#[inline(always)]
pub(super) fn write<const N: usize>(square: &[[u8; N]; N], number: usize, samples: &mut [u8], width: usize) {
    let start = number * N;
    for (row, line) in samples.chunks_exact_mut(width).zip(square) {
        if let Some(place) = row.get_mut(start..start + N) {
            place.copy_from_slice(line);
        } else if let Some(rest) = row.get_mut(start..) {
            rest.copy_from_slice(&line[..rest.len()]);
        }
    }
}

#[inline(always)]
fn square(values: &[[i16; 8]; 8]) -> [[u8; 8]; 8] {
    let rows = transposed(&pass::<8>(values, FRACTION - CARRIED, eight));
    samples(&pass::<8>(&rows, FRACTION + CARRIED + EIGHTFOLD, eight))
}

#[inline(always)]
fn half_square(values: &[[i16; 8]; 8]) -> [[u8; 4]; 4] {
    let low: [[i16; 4]; 4] = std::array::from_fn(|row| std::array::from_fn(|lane| values[row][lane]));
    let rows = transposed(&pass::<4>(&low, FRACTION - CARRIED, four));
    samples(&pass::<4>(&rows, FRACTION + CARRIED + EIGHTFOLD, four))
}

/// Transforms each lane from top to bottom, and rounds off `shift` bits.
#[inline(always)]
fn pass<const N: usize>(values: &[[i16; N]; N], shift: i32, transform: impl Fn([i16; N]) -> [i32; N]) -> [[i16; N]; N] {
    let mut results = [[0; N]; N];
    for lane in 0..N {
        let sums = transform(std::array::from_fn(|row| values[row][lane]));
        for row in 0..N {
            let rounded = sums[row].wrapping_add(1 << (shift - 1)) >> shift;
            results[row][lane] = rounded.clamp(i32::from(i16::MIN), i32::from(i16::MAX)) as i16;
        }
    }
    results
}

#[inline(always)]
fn transposed<const N: usize>(values: &[[i16; N]; N]) -> [[i16; N]; N] {
    std::array::from_fn(|row| std::array::from_fn(|column| values[column][row]))
}

#[inline(always)]
fn samples<const N: usize>(values: &[[i16; N]; N]) -> [[u8; N]; N] {
    values.map(|row| row.map(|value| byte(i32::from(value))))
}

/// Returns a × factor + b × factor.
#[inline(always)]
fn pair(a: i16, b: i16, factors: [i16; 2]) -> i32 {
    (i32::from(a) * i32::from(factors[0])).wrapping_add(i32::from(b) * i32::from(factors[1]))
}

/// Returns eight times the eight samples of eight coefficients, before rounding (T.81, A.3.3, times √8).
#[inline(always)]
fn eight([v0, v1, v2, v3, v4, v5, v6, v7]: [i16; 8]) -> [i32; 8] {
    let [e2, e6] = factors::EVEN.map(|factors| pair(v2, v6, factors));
    let sum = i32::from(v0.wrapping_add(v4)) << FRACTION;
    let difference = i32::from(v0.wrapping_sub(v4)) << FRACTION;
    let even = [sum.wrapping_add(e2), difference.wrapping_add(e6), difference.wrapping_sub(e6), sum.wrapping_sub(e2)];

    let [near, far] = factors::CROSS.map(|factors| pair(v7.wrapping_add(v3), v5.wrapping_add(v1), factors));
    let [o7, o1] = factors::OUTER.map(|factors| pair(v7, v1, factors));
    let [o5, o3] = factors::INNER.map(|factors| pair(v5, v3, factors));
    let odd = [o1.wrapping_add(far), o3.wrapping_add(near), o5.wrapping_add(far), o7.wrapping_add(near)];

    let mut results = [0; 8];
    for at in 0..4 {
        results[at] = even[at].wrapping_add(odd[at]);
        results[7 - at] = even[at].wrapping_sub(odd[at]);
    }
    results
}

/// The same for four coefficients and samples, on the scale of eight.
#[inline(always)]
fn four([v0, v1, v2, v3]: [i16; 4]) -> [i32; 4] {
    let sum = i32::from(v0.wrapping_add(v2)) << FRACTION;
    let difference = i32::from(v0.wrapping_sub(v2)) << FRACTION;
    let [outer, inner] = factors::FOUR.map(|factors| pair(v1, v3, factors));
    [sum.wrapping_add(outer), difference.wrapping_add(inner), difference.wrapping_sub(inner), sum.wrapping_sub(outer)]
}

#[cfg(test)]
mod tests {
    use std::f64::consts::PI;

    use super::*;
    use crate::noise::noise;

    /// Returns blocks of one colour, of low frequencies in one direction or both, and full ones.
    fn block(round: usize, random: &mut impl FnMut() -> u16) -> Block {
        let (across, down) = [(1, 1), (4, 4), (8, 4), (4, 8), (8, 8)][round % 5];
        let mut block = [0; BLOCK];
        for u in 0..across {
            for v in 0..down {
                block[u * 8 + v] = (random() % 120) as i16 - 60;
            }
        }
        block
    }

    /// Returns a sample as T.81 defines it (A.3.3), from the lowest `n` frequencies in either direction, of `n` × `n` samples.
    fn defined(block: &Block, step: i32, n: usize, x: usize, y: usize) -> f64 {
        let norm = |k: usize| if k == 0 { std::f64::consts::FRAC_1_SQRT_2 } else { 1.0 };
        let wave = |x: usize, k: usize| ((2 * x + 1) as f64 * k as f64 * PI / (2 * n) as f64).cos();
        let mut sum = 0.0;
        for u in 0..n {
            for v in 0..n {
                let coefficient = f64::from(i32::from(block[u * 8 + v]) * step);
                sum += norm(u) * norm(v) * coefficient * wave(x, u) * wave(y, v);
            }
        }
        (sum / 4.0 + 128.0).clamp(0.0, 255.0)
    }

    #[test]
    fn the_inverse_transforms_are_that_of_the_standard() {
        let mut random = noise(11);
        for round in 0..300 {
            let block = block(round, &mut random);
            let extents = [Extent::of(&block)];
            for n in [8, 4, 2, 1] {
                let mut samples = vec![0; n * n];
                match n {
                    8 => inverse(&[block], &extents, &[3; BLOCK], &mut samples, 8),
                    4 => inverse_half(&[block], &extents, &[3; BLOCK], &mut samples, 4),
                    2 => inverse_quarter(&[block], &[3; BLOCK], &mut samples, 2),
                    _ => inverse_eighth(&[block], &[3; BLOCK], &mut samples),
                }
                for y in 0..n {
                    for x in 0..n {
                        let exact = defined(&block, 3, n, x, y);
                        let found = f64::from(samples[y * n + x]);
                        assert!((found - exact).abs() < 0.56, "{n}: sample {x}, {y}: {found} is not {exact}");
                    }
                }
            }
        }
    }

    #[test]
    fn extents_are_told_by_the_last_place_as_by_the_block() {
        use crate::zigzag::TRANSPOSED;
        for place in 0..64 {
            let mut block = [0; BLOCK];
            block[usize::from(TRANSPOSED[place])] = -1;
            assert!(Extent::of(&block) <= Extent::of_last(place), "{place}");
            assert_eq!(Extent::of(&block) == Extent::Mean, place == 0, "{place}");
        }
    }
}

//! `inverse` (two blocks at a time) and `inverse_half` (four).

use std::arch::x86_64::*;

use super::transpose;
use super::vectors::{load4, load8, pairs, store16};
use crate::simd::block::Steps;
use crate::simd::inverse::{CARRIED, EIGHTFOLD, Extent, FRACTION, factors, mean};
use crate::simd::{Block, inverse as scalar};

/// See [`scalar::inverse`].
#[target_feature(enable = "avx2")]
pub(in super::super) fn inverse(blocks: &[Block], extents: &[Extent], steps: &Steps, samples: &mut [u8], width: usize) {
    let steps8 = both_halves(steps);
    for (pair, (two, extents2)) in blocks.chunks(2).zip(extents.chunks(2)).enumerate() {
        // A single last block is processed twice.
        let (a, b) = (&two[0], &two[two.len() - 1]);
        let rows = match extents2[0].max(extents2[extents2.len() - 1]) {
            Extent::Mean => {
                let (a, b) = (i64::from_ne_bytes([mean(a, steps); 8]), i64::from_ne_bytes([mean(b, steps); 8]));
                [_mm_set_epi64x(b, a); 8]
            }
            Extent::Low => low(a, b, &steps8),
            Extent::Full => full(a, b, &steps8),
        };
        let start = 16 * pair;
        if start + 16 <= width {
            for (line, row) in samples.chunks_exact_mut(width).zip(rows) {
                if let Some(place) = line[start..].first_chunk_mut::<16>() {
                    store16(place, row);
                }
            }
        } else {
            for (line, row) in samples.chunks_exact_mut(width).zip(rows) {
                let mut sixteen = [0; 16];
                store16(&mut sixteen, row);
                let rest = line.get_mut(start..).unwrap_or_default();
                let count = rest.len().min(8 * two.len());
                rest[..count].copy_from_slice(&sixteen[..count]);
            }
        }
    }
}

/// See [`scalar::inverse_half`].
#[target_feature(enable = "avx2")]
pub(in super::super) fn inverse_half(
    blocks: &[Block],
    extents: &[Extent],
    steps: &Steps,
    samples: &mut [u8],
    width: usize,
) {
    let steps4 = four_times(steps);
    let whole = blocks.len() / 4;
    for (number, (four, extents)) in blocks.as_chunks::<4>().0.iter().zip(extents.as_chunks::<4>().0).enumerate() {
        let start = 16 * number;
        if start + 16 > width {
            continue;
        }
        let rows = if extents.iter().all(|extent| *extent == Extent::Mean) {
            let four = [mean(&four[0], steps), mean(&four[1], steps), mean(&four[2], steps), mean(&four[3], steps)];
            let row = _mm_setr_epi32(
                i32::from_ne_bytes([four[0]; 4]),
                i32::from_ne_bytes([four[1]; 4]),
                i32::from_ne_bytes([four[2]; 4]),
                i32::from_ne_bytes([four[3]; 4]),
            );
            [row; 4]
        } else {
            half(four, &steps4)
        };
        for (line, row) in samples.chunks_exact_mut(width).zip(rows) {
            if let Some(place) = line[start..].first_chunk_mut::<16>() {
                store16(place, row);
            }
        }
    }
    // The remaining blocks, and those without space for all sixteen samples.
    let done = whole.min(width / 16) * 4;
    scalar::inverse_half_from(done, blocks, extents, steps, samples, width);
}

/// Returns each row of a table, in both halves.
#[target_feature(enable = "avx2")]
#[inline]
fn both_halves(steps: &Steps) -> [__m256i; 8] {
    let mut rows = [_mm256_setzero_si256(); 8];
    for (row, eight) in rows.iter_mut().zip(steps.as_chunks::<8>().0) {
        *row = _mm256_broadcastsi128_si256(load8(eight));
    }
    rows
}

/// Returns the lowest four values of the first four rows, four times each.
#[target_feature(enable = "avx2")]
#[inline]
fn four_times(steps: &Steps) -> [__m256i; 4] {
    let mut rows = [_mm256_setzero_si256(); 4];
    for (row, eight) in rows.iter_mut().zip(steps.as_chunks::<8>().0) {
        *row = _mm256_broadcastq_epi64(load4(eight));
    }
    rows
}

#[target_feature(enable = "avx2")]
#[inline]
fn full(a: &Block, b: &Block, steps: &[__m256i; 8]) -> [__m128i; 8] {
    let mut values = [_mm256_setzero_si256(); 8];
    for (row, (a, b)) in a.as_chunks::<8>().0.iter().zip(b.as_chunks::<8>().0).enumerate() {
        let both = _mm256_inserti128_si256(_mm256_castsi128_si256(load8(a)), load8(b), 1);
        values[row] = _mm256_mullo_epi16(both, steps[row]);
    }
    let rows = transpose::eight(&pass_full::<{ FRACTION - CARRIED }>(&values));
    bytes_of(&pass_full::<{ FRACTION + CARRIED + EIGHTFOLD }>(&rows))
}

#[target_feature(enable = "avx2")]
#[inline]
fn low(a: &Block, b: &Block, steps: &[__m256i; 8]) -> [__m128i; 8] {
    let mut values = [_mm256_setzero_si256(); 4];
    for (row, (a, b)) in a.as_chunks::<8>().0.iter().zip(b.as_chunks::<8>().0).take(4).enumerate() {
        let both = _mm256_inserti128_si256(_mm256_castsi128_si256(load4(a)), load4(b), 1);
        values[row] = _mm256_mullo_epi16(both, steps[row]);
    }
    let rows = transpose::eight_by_four(&pass_low::<{ FRACTION - CARRIED }, false>(&values));
    bytes_of(&pass_low::<{ FRACTION + CARRIED + EIGHTFOLD }, true>(&rows))
}

/// Returns the rows of both halves, rounded to bytes, side by side.
#[target_feature(enable = "avx2")]
#[inline]
fn bytes_of<const N: usize>(rows: &[__m256i; N]) -> [__m128i; N] {
    let middle = _mm256_set1_epi8(-128);
    let mut bytes = [_mm_setzero_si128(); N];
    for (pair, bytes) in rows.as_chunks::<2>().0.iter().zip(bytes.as_chunks_mut::<2>().0) {
        // Two rows of each half side by side; then the halves side by side.
        let packed = _mm256_packs_epi16(pair[0], pair[1]);
        let sorted = _mm256_permute4x64_epi64(_mm256_add_epi8(packed, middle), 0b11_01_10_00);
        *bytes = [_mm256_castsi256_si128(sorted), _mm256_extracti128_si256(sorted, 1)];
    }
    bytes
}

/// Multiplies pairs of 16-bit numbers with two factors and adds the products: lower lanes, then upper lanes.
#[target_feature(enable = "avx2")]
#[inline]
fn products(a: __m256i, b: __m256i, factors: [i16; 2]) -> [__m256i; 2] {
    let factors = pairs(factors);
    [_mm256_madd_epi16(_mm256_unpacklo_epi16(a, b), factors), _mm256_madd_epi16(_mm256_unpackhi_epi16(a, b), factors)]
}

/// Widens to 32 bits, of which [`FRACTION`] are fractional.
#[target_feature(enable = "avx2")]
#[inline]
fn scaled(value: __m256i) -> [__m256i; 2] {
    let zero = _mm256_setzero_si256();
    [
        _mm256_srai_epi32(_mm256_unpacklo_epi16(zero, value), 16 - FRACTION),
        _mm256_srai_epi32(_mm256_unpackhi_epi16(zero, value), 16 - FRACTION),
    ]
}

#[target_feature(enable = "avx2")]
#[inline]
fn add(a: [__m256i; 2], b: [__m256i; 2]) -> [__m256i; 2] {
    [_mm256_add_epi32(a[0], b[0]), _mm256_add_epi32(a[1], b[1])]
}

#[target_feature(enable = "avx2")]
#[inline]
fn subtract(a: [__m256i; 2], b: [__m256i; 2]) -> [__m256i; 2] {
    [_mm256_sub_epi32(a[0], b[0]), _mm256_sub_epi32(a[1], b[1])]
}

/// Rounds off `SHIFT` bits; values that do not fit into 16 bits are clamped.
#[target_feature(enable = "avx2")]
#[inline]
fn rounded<const SHIFT: i32>(value: [__m256i; 2]) -> __m256i {
    _mm256_packs_epi32(_mm256_srai_epi32(value[0], SHIFT), _mm256_srai_epi32(value[1], SHIFT))
}

/// Combines the even and the odd half of a transform. `even` includes the half for rounding.
#[target_feature(enable = "avx2")]
#[inline]
fn combined<const SHIFT: i32>(even: &[[__m256i; 2]; 4], odd: &[[__m256i; 2]; 4]) -> [__m256i; 8] {
    let mut results = [_mm256_setzero_si256(); 8];
    for at in 0..4 {
        results[at] = rounded::<SHIFT>(add(even[at], odd[at]));
        results[7 - at] = rounded::<SHIFT>(subtract(even[at], odd[at]));
    }
    results
}

#[target_feature(enable = "avx2")]
#[inline]
fn pass_full<const SHIFT: i32>(v: &[__m256i; 8]) -> [__m256i; 8] {
    let e2 = products(v[2], v[6], factors::EVEN[0]);
    let e6 = products(v[2], v[6], factors::EVEN[1]);
    let half = [_mm256_set1_epi32(1 << (SHIFT - 1)); 2];
    let sum = add(scaled(_mm256_add_epi16(v[0], v[4])), half);
    let difference = add(scaled(_mm256_sub_epi16(v[0], v[4])), half);
    let even = [add(sum, e2), add(difference, e6), subtract(difference, e6), subtract(sum, e2)];

    let (a, b) = (_mm256_add_epi16(v[7], v[3]), _mm256_add_epi16(v[5], v[1]));
    let near = products(a, b, factors::CROSS[0]);
    let far = products(a, b, factors::CROSS[1]);
    let o7 = products(v[7], v[1], factors::OUTER[0]);
    let o1 = products(v[7], v[1], factors::OUTER[1]);
    let o5 = products(v[5], v[3], factors::INNER[0]);
    let o3 = products(v[5], v[3], factors::INNER[1]);
    combined::<SHIFT>(&even, &[add(o1, far), add(o3, near), add(o5, far), add(o7, near)])
}

/// The same without coefficients 4 to 7. Unless `ALL`, only the lowest four lanes are used.
#[target_feature(enable = "avx2")]
#[inline]
fn pass_low<const SHIFT: i32, const ALL: bool>(v: &[__m256i; 4]) -> [__m256i; 8] {
    const ONE: i16 = 1 << FRACTION;
    let [[e2, _], [e6, _]] = factors::EVEN;
    let [near, far] = factors::CROSS;
    let [[_, o7], [_, o1]] = factors::OUTER;
    let [[_, o5], [_, o3]] = factors::INNER;
    let half = _mm256_set1_epi32(1 << (SHIFT - 1));
    let sums = |a: __m256i, b: __m256i, factors: [i16; 2]| {
        if ALL {
            products(a, b, factors)
        } else {
            [_mm256_madd_epi16(_mm256_unpacklo_epi16(a, b), pairs(factors)), _mm256_setzero_si256()]
        }
    };
    let mut even = [[half; 2]; 4];
    for (sum, factor) in even.iter_mut().zip([e2, e6, -e6, -e2]) {
        *sum = add(*sum, sums(v[0], v[2], [ONE, factor]));
    }
    let odd = [
        sums(v[1], v[3], [o1 + far[1], far[0]]),
        sums(v[1], v[3], [near[1], o3 + near[0]]),
        sums(v[1], v[3], [far[1], o5 + far[0]]),
        sums(v[1], v[3], [o7 + near[1], near[0]]),
    ];
    combined::<SHIFT>(&even, &odd)
}

/// Returns four blocks at half the size, side by side.
#[target_feature(enable = "avx2")]
#[inline]
fn half(blocks: &[Block; 4], steps: &[__m256i; 4]) -> [__m128i; 4] {
    let mut values = [_mm256_setzero_si256(); 4];
    let [a, b, c, d] = blocks;
    let rows = |block: &'_ Block, row: usize| -> __m128i {
        match block.as_chunks::<8>().0.get(row) {
            Some(eight) => load4(eight),
            None => _mm_setzero_si128(),
        }
    };
    for row in 0..4 {
        let ab = _mm_unpacklo_epi64(rows(a, row), rows(b, row));
        let cd = _mm_unpacklo_epi64(rows(c, row), rows(d, row));
        values[row] = _mm256_mullo_epi16(_mm256_inserti128_si256(_mm256_castsi128_si256(ab), cd, 1), steps[row]);
    }
    let rows = transpose_fours(&pass_four::<{ FRACTION - CARRIED }>(&values));
    bytes_of(&pass_four::<{ FRACTION + CARRIED + EIGHTFOLD }>(&rows))
}

#[target_feature(enable = "avx2")]
#[inline]
fn pass_four<const SHIFT: i32>(v: &[__m256i; 4]) -> [__m256i; 4] {
    let half = [_mm256_set1_epi32(1 << (SHIFT - 1)); 2];
    let sum = add(scaled(_mm256_add_epi16(v[0], v[2])), half);
    let difference = add(scaled(_mm256_sub_epi16(v[0], v[2])), half);
    let outer = products(v[1], v[3], factors::FOUR[0]);
    let inner = products(v[1], v[3], factors::FOUR[1]);
    [
        rounded::<SHIFT>(add(sum, outer)),
        rounded::<SHIFT>(add(difference, inner)),
        rounded::<SHIFT>(subtract(difference, inner)),
        rounded::<SHIFT>(subtract(sum, outer)),
    ]
}

/// Transposes four squares of four rows of four, side by side.
#[target_feature(enable = "avx2")]
#[inline]
fn transpose_fours(r: &[__m256i; 4]) -> [__m256i; 4] {
    // Each half of a register contains two squares, A and B.
    let (a01, b01) = (_mm256_unpacklo_epi16(r[0], r[1]), _mm256_unpackhi_epi16(r[0], r[1]));
    let (a23, b23) = (_mm256_unpacklo_epi16(r[2], r[3]), _mm256_unpackhi_epi16(r[2], r[3]));
    // Columns 0 and 1 of A; 2 and 3; the same of B.
    let (a0, a2) = (_mm256_unpacklo_epi32(a01, a23), _mm256_unpackhi_epi32(a01, a23));
    let (b0, b2) = (_mm256_unpacklo_epi32(b01, b23), _mm256_unpackhi_epi32(b01, b23));
    [
        _mm256_unpacklo_epi64(a0, b0),
        _mm256_unpackhi_epi64(a0, b0),
        _mm256_unpacklo_epi64(a2, b2),
        _mm256_unpackhi_epi64(a2, b2),
    ]
}

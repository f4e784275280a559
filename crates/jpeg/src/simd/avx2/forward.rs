//! Samples to quantized coefficients with AVX2: the same sums as in `forward`, two blocks at a time.
//!
//! Each vector holds eight 16-bit lanes of one block in its lower half and of the next block in its upper half; nothing
//! crosses the middle. Tests compare the results with the specification.

use std::arch::x86_64::*;

use super::transpose;
use super::vectors::load16;
use crate::simd::forward::{CARRIED, FRACTION, Quantized, Quantizer, factor, window};
use crate::zigzag::TRANSPOSED;

/// See `forward::forward`.
#[target_feature(enable = "avx2,bmi1,bmi2,lzcnt,popcnt")]
pub(in super::super) fn forward(rows: [&[u8]; 8], quantizer: &Quantizer, blocks: &mut [Quantized]) {
    let whole = rows.map(|row| row.as_chunks::<16>().0);
    let (pairs, rest) = blocks.as_chunks_mut::<2>();
    for (number, [left, right]) in pairs.iter_mut().enumerate() {
        let mut lanes = [_mm_setzero_si128(); 8];
        if let [Some(a), Some(b), Some(c), Some(d), Some(e), Some(f), Some(g), Some(h)] =
            whole.each_ref().map(|row| row.get(number))
        {
            lanes = [load16(a), load16(b), load16(c), load16(d), load16(e), load16(f), load16(g), load16(h)];
        } else {
            lanes.iter_mut().zip(&window(&rows, number * 16)).for_each(|(lanes, row)| *lanes = load16(row));
        }
        two(lanes, quantizer, left, right);
    }
    if let [last] = rest {
        let mut lanes = [_mm_setzero_si128(); 8];
        lanes.iter_mut().zip(&window(&rows, pairs.len() * 16)).for_each(|(lanes, row)| *lanes = load16(row));
        two(lanes, quantizer, last, &mut Quantized::EMPTY.clone());
    }
}

#[inline]
#[target_feature(enable = "avx2,bmi1,bmi2,lzcnt,popcnt")]
fn two(samples: [__m128i; 8], quantizer: &Quantizer, left: &mut Quantized, right: &mut Quantized) {
    let middle = _mm256_set1_epi16(128);
    let mut rows = [middle; 8];
    for (row, samples) in rows.iter_mut().zip(&samples) {
        *row = _mm256_sub_epi16(_mm256_cvtepu8_epi16(*samples), middle);
    }
    let mut values = transform::<false>(transpose::eight(&transform::<true>(rows)));
    for (row, value) in values.iter_mut().enumerate() {
        let [bias, reciprocal, scale] =
            [&quantizer.bias, &quantizer.reciprocal, &quantizer.scale].map(|table| both(&table[row]));
        let magnitude = _mm256_abs_epi16(*value);
        let counts = _mm256_cmpgt_epi16(magnitude, both(&quantizer.limit[row]));
        let product = _mm256_mulhi_epu16(_mm256_add_epi16(magnitude, bias), reciprocal);
        let quotient = _mm256_and_si256(_mm256_mulhi_epu16(product, scale), counts);
        *value = _mm256_sign_epi16(quotient, *value);
    }
    let coded = [
        gathered::<0>(&values),
        gathered::<1>(&values),
        gathered::<2>(&values),
        gathered::<3>(&values),
        gathered::<4>(&values),
        gathered::<5>(&values),
        gathered::<6>(&values),
        gathered::<7>(&values),
    ];
    let (zero, one, two) = (_mm256_setzero_si256(), _mm256_set1_epi8(1), _mm256_set1_epi8(2));
    let mut zeros = [0_u32; 4];
    let mut small = [0_u32; 4];
    for quarter in 0..4 {
        // Values that do not fit into a byte are clamped.
        let bytes = _mm256_packs_epi16(coded[2 * quarter], coded[2 * quarter + 1]);
        zeros[quarter] = _mm256_movemask_epi8(_mm256_cmpeq_epi8(bytes, zero)) as u32;
        // -1, 0 and 1 are at most 2, unsigned, after adding 1.
        let raised = _mm256_add_epi8(bytes, one);
        small[quarter] = _mm256_movemask_epi8(_mm256_cmpeq_epi8(_mm256_min_epu8(raised, two), raised)) as u32;
    }
    for (eight, coded) in coded.iter().enumerate() {
        store(&mut left.values, eight, _mm256_castsi256_si128(*coded));
        store(&mut right.values, eight, _mm256_extracti128_si256::<1>(*coded));
    }
    let lower = |m: [u32; 4]| u64::from(m[0] & 0xFFFF | m[1] << 16) | u64::from(m[2] & 0xFFFF | m[3] << 16) << 32;
    let upper =
        |m: [u32; 4]| u64::from(m[0] >> 16 | m[1] & 0xFFFF_0000) | u64::from(m[2] >> 16 | m[3] & 0xFFFF_0000) << 32;
    (left.nonzero, left.large) = (!lower(zeros), !lower(small));
    (right.nonzero, right.large) = (!upper(zeros), !upper(small));
}

/// One pass of the transform.
#[inline]
#[target_feature(enable = "avx2")]
fn transform<const FIRST_PASS: bool>(v: [__m256i; 8]) -> [__m256i; 8] {
    let sums = [
        _mm256_add_epi16(v[0], v[7]),
        _mm256_add_epi16(v[1], v[6]),
        _mm256_add_epi16(v[2], v[5]),
        _mm256_add_epi16(v[3], v[4]),
    ];
    let d0 = _mm256_sub_epi16(v[0], v[7]);
    let d1 = _mm256_sub_epi16(v[1], v[6]);
    let d2 = _mm256_sub_epi16(v[2], v[5]);
    let d3 = _mm256_sub_epi16(v[3], v[4]);

    let (outer, inner) = (_mm256_add_epi16(sums[0], sums[3]), _mm256_add_epi16(sums[1], sums[2]));
    let (outer_difference, inner_difference) = (_mm256_sub_epi16(sums[0], sums[3]), _mm256_sub_epi16(sums[1], sums[2]));
    let (sum, difference) = (_mm256_add_epi16(outer, inner), _mm256_sub_epi16(outer, inner));
    let (zeroth, fourth) = if FIRST_PASS {
        (_mm256_slli_epi16::<CARRIED>(sum), _mm256_slli_epi16::<CARRIED>(difference))
    } else {
        let two = _mm256_set1_epi16(2);
        let rounded = |value| _mm256_srai_epi16::<CARRIED>(_mm256_add_epi16(value, two));
        (rounded(sum), rounded(difference))
    };
    let differences = interleaved(outer_difference, inner_difference);
    let second = products(differences, factor::SECOND);
    let sixth = products(differences, factor::SIXTH);

    let across = interleaved(_mm256_add_epi16(d3, d1), _mm256_add_epi16(d2, d0));
    let near = products(across, factor::NEAR);
    let cross = products(across, factor::CROSS);
    let (ends, middle) = (interleaved(d0, d3), interleaved(d1, d2));
    let first = sum_of(products(ends, factor::FIRST), cross);
    let third = sum_of(products(middle, factor::THIRD), near);
    let fifth = sum_of(products(middle, factor::FIFTH), cross);
    let seventh = sum_of(products(ends, factor::SEVENTH), near);
    [
        zeroth,
        rounded::<FIRST_PASS>(first),
        rounded::<FIRST_PASS>(second),
        rounded::<FIRST_PASS>(third),
        fourth,
        rounded::<FIRST_PASS>(fifth),
        rounded::<FIRST_PASS>(sixth),
        rounded::<FIRST_PASS>(seventh),
    ]
}

/// Interleaves the lanes of two vectors: the lower four of each half, and the upper four.
#[inline]
#[target_feature(enable = "avx2")]
fn interleaved(a: __m256i, b: __m256i) -> [__m256i; 2] {
    [_mm256_unpacklo_epi16(a, b), _mm256_unpackhi_epi16(a, b)]
}

/// Returns the sums of products of two lanes with two factors, in 32 bits.
#[inline]
#[target_feature(enable = "avx2")]
fn products([low, high]: [__m256i; 2], [a, b]: [i16; 2]) -> [__m256i; 2] {
    let factors = _mm256_set1_epi32(i32::from(b) << 16 | i32::from(a as u16));
    [_mm256_madd_epi16(low, factors), _mm256_madd_epi16(high, factors)]
}

#[inline]
#[target_feature(enable = "avx2")]
fn sum_of(a: [__m256i; 2], b: [__m256i; 2]) -> [__m256i; 2] {
    [_mm256_add_epi32(a[0], b[0]), _mm256_add_epi32(a[1], b[1])]
}

/// Rounds to 16 bits.
#[inline]
#[target_feature(enable = "avx2")]
fn rounded<const FIRST_PASS: bool>(value: [__m256i; 2]) -> __m256i {
    if FIRST_PASS {
        const SHIFT: i32 = FRACTION - CARRIED;
        let half = _mm256_set1_epi32(1 << (SHIFT - 1));
        let [low, high] = sum_of(value, [half; 2]);
        _mm256_packs_epi32(_mm256_srai_epi32::<SHIFT>(low), _mm256_srai_epi32::<SHIFT>(high))
    } else {
        const SHIFT: i32 = FRACTION + CARRIED;
        let half = _mm256_set1_epi32(1 << (SHIFT - 1));
        let [low, high] = sum_of(value, [half; 2]);
        _mm256_packs_epi32(_mm256_srai_epi32::<SHIFT>(low), _mm256_srai_epi32::<SHIFT>(high))
    }
}

/// For each eight places of the zigzag and each row: the destinations of the row's bytes; 0x80 for none.
const SHUFFLES: [[[u8; 16]; 8]; 8] = {
    let mut shuffles = [[[0x80; 16]; 8]; 8];
    let mut place = 0;
    while place < 64 {
        let (row, lane) = ((TRANSPOSED[place] / 8) as usize, TRANSPOSED[place] % 8);
        shuffles[place / 8][row][place % 8 * 2] = lane * 2;
        shuffles[place / 8][row][place % 8 * 2 + 1] = lane * 2 + 1;
        place += 1;
    }
    shuffles
};

/// Whether a row contributes to these eight places.
const fn takes(eight: usize, row: usize) -> bool {
    let mut byte = 0;
    while byte < 16 {
        if SHUFFLES[eight][row][byte] != 0x80 {
            return true;
        }
        byte += 1;
    }
    false
}

/// Returns eight places of the zigzag.
#[inline]
#[target_feature(enable = "avx2")]
fn gathered<const EIGHT: usize>(values: &[__m256i; 8]) -> __m256i {
    let mut gathered = _mm256_setzero_si256();
    for (row, value) in values.iter().enumerate() {
        if takes(EIGHT, row) {
            let shuffle = _mm256_broadcastsi128_si256(load16(&SHUFFLES[EIGHT][row]));
            gathered = _mm256_or_si256(gathered, _mm256_shuffle_epi8(*value, shuffle));
        }
    }
    gathered
}

/// Returns the same eight lanes in both halves.
#[inline]
#[target_feature(enable = "avx2")]
fn both(lanes: &[u16; 8]) -> __m256i {
    // SAFETY: eight lanes of 16 bits are 128 bits, and the load requires no alignment.
    _mm256_broadcastsi128_si256(unsafe { _mm_loadu_si128(lanes.as_ptr().cast()) })
}

/// Stores lanes as the `eight`-th eight values.
#[inline]
#[target_feature(enable = "avx2")]
fn store(values: &mut [i16; 64], eight: usize, lanes: __m128i) {
    if let Some(place) = values.as_chunks_mut::<8>().0.get_mut(eight) {
        // SAFETY: eight values of 16 bits are 128 bits, and the store requires no alignment.
        unsafe { _mm_storeu_si128(place.as_mut_ptr().cast(), lanes) };
    }
}

//! `down` (32 columns at a time) and `along` (eight samples of a row).

use std::arch::x86_64::*;

use super::packed::{Eight, Packed, SpreadEight};
use super::vectors::{load8, load16, load16_i16, pairs, store16_i16};
use crate::simd::resample::{along_from, down_from};
use crate::simd::sums::{Along, KEPT_BITS, WEIGHT_BITS};

const SHIFT: i32 = WEIGHT_BITS + KEPT_BITS;

/// See `resample::down`.
#[target_feature(enable = "avx2")]
pub(in super::super) fn down(rows: &[&[u8]], weights: &[i16], out: &mut [i16]) {
    const COLUMNS: usize = 32;
    /// Limit on the rows: those for a reduction to a quarter, which is more than callers ever need.
    const MOST: usize = 26;
    let mut lines: [&[[u8; COLUMNS]]; MOST] = [&[]; MOST];
    let Some(lines) = lines.get_mut(..rows.len()) else {
        return down_from(0, rows, weights, out);
    };
    for (line, row) in lines.iter_mut().zip(rows) {
        *line = row.as_chunks().0;
    }
    let half = _mm256_set1_epi32(1 << (WEIGHT_BITS - KEPT_BITS - 1));
    let (line_pairs, line_odd) = lines.as_chunks::<2>();
    let (weight_pairs, weight_odd) = weights.as_chunks::<2>();
    for (number, out) in out.as_chunks_mut::<COLUMNS>().0.iter_mut().enumerate() {
        let mut sums = [half; 4];
        for ([a, b], weights) in line_pairs.iter().zip(weight_pairs) {
            add_rows(&mut sums, &a[number], &b[number], pairs(*weights));
        }
        if let ([a], [weight]) = (line_odd, weight_odd) {
            add_rows(&mut sums, &a[number], &[0; COLUMNS], pairs([*weight, 0]));
        }
        let (first, second) = out.split_at_mut(16);
        for (out, sums) in [first, second].into_iter().zip(sums.as_chunks::<2>().0) {
            let low = _mm256_srai_epi32(sums[0], WEIGHT_BITS - KEPT_BITS);
            let high = _mm256_srai_epi32(sums[1], WEIGHT_BITS - KEPT_BITS);
            if let Some(out) = out.first_chunk_mut() {
                store16_i16(out, _mm256_permute4x64_epi64(_mm256_packs_epi32(low, high), 0b11_01_10_00));
            }
        }
    }
    down_from(out.len() / COLUMNS * COLUMNS, rows, weights, out);
}

/// Adds 32 columns of two rows, multiplied by a factor for each row.
#[target_feature(enable = "avx2")]
#[inline]
fn add_rows(sums: &mut [__m256i; 4], a: &[u8; 32], b: &[u8; 32], factors: __m256i) {
    for half in 0..2 {
        let (a, b) = (load16(&a.as_chunks().0[half]), load16(&b.as_chunks().0[half]));
        let low = _mm256_madd_epi16(widened(_mm_unpacklo_epi8(a, b)), factors);
        let high = _mm256_madd_epi16(widened(_mm_unpackhi_epi8(a, b)), factors);
        sums[2 * half] = _mm256_add_epi32(sums[2 * half], low);
        sums[2 * half + 1] = _mm256_add_epi32(sums[2 * half + 1], high);
    }
}

#[target_feature(enable = "avx2")]
#[inline]
fn widened(bytes: __m128i) -> __m256i {
    _mm256_cvtepu8_epi16(bytes)
}

/// See `resample::along`.
#[target_feature(enable = "avx2")]
pub(in super::super) fn along(row: &[i16], along: &Along, out: &mut [u8]) {
    // Kernels read eight numbers at a time. Those after a sample's last one have the weight 0; they are in the padding.
    assert!(row.len() >= along.reach, "a row is as long as its weights reach");
    let done = match &along.packed {
        Packed::Near { eights, weights, pairs } => along_near(row, eights, weights, *pairs, out),
        Packed::Spread { eights, weights, fours } => along_spread(row, eights, weights, *fours, out),
        Packed::Apart { weights, times } => along_apart(row, &along.starts, weights, *times, out),
    };
    along_from(done, row, along, out);
}

/// Returns the number of samples computed.
#[target_feature(enable = "avx2")]
#[inline]
fn along_near(row: &[i16], eights: &[Eight], weights: &[[i16; 16]], pairs: usize, out: &mut [u8]) -> usize {
    let half = _mm256_set1_epi32(1 << (SHIFT - 1));
    for ((eight, weights), out) in eights.iter().zip(weights.chunks_exact(pairs)).zip(out.as_chunks_mut::<8>().0) {
        let bytes = both(load16(&eight.bytes[0]), load16(&eight.bytes[1]));
        let [a, b] = [eight.starts[0] as usize, eight.starts[1] as usize];
        let mut sum = half;
        for (pair, weights) in weights.iter().enumerate() {
            // SAFETY: `along` has checked that the row is long enough.
            let numbers = unsafe { both(load8_at(row, a + 2 * pair), load8_at(row, b + 2 * pair)) };
            let chosen = _mm256_shuffle_epi8(numbers, bytes);
            sum = _mm256_add_epi32(sum, _mm256_madd_epi16(chosen, load16_i16(weights)));
        }
        *out = samples(sum);
    }
    eights.len() * 8
}

/// Returns the number of samples computed.
#[target_feature(enable = "avx2")]
#[inline]
fn along_spread(
    row: &[i16],
    eights: &[SpreadEight],
    weights: &[[[i16; 16]; 2]],
    fours: usize,
    out: &mut [u8],
) -> usize {
    let half = _mm256_set1_epi32(1 << (SHIFT - 1));
    for ((eight, weights), out) in eights.iter().zip(weights.chunks_exact(fours)).zip(out.as_chunks_mut::<8>().0) {
        let bytes = [0, 1].map(|two| both(load16(&eight.bytes[two]), load16(&eight.bytes[two + 2])));
        let starts = eight.starts.map(|start| start as usize);
        let mut sums = [_mm256_setzero_si256(); 2];
        for (four, weights) in weights.iter().enumerate() {
            for (two, sum) in sums.iter_mut().enumerate() {
                let [a, b] = [starts[two] + 4 * four, starts[two + 2] + 4 * four];
                // SAFETY: `along` has checked that the row is long enough.
                let numbers = unsafe { both(load8_at(row, a), load8_at(row, b)) };
                let chosen = _mm256_shuffle_epi8(numbers, bytes[two]);
                *sum = _mm256_add_epi32(*sum, _mm256_madd_epi16(chosen, load16_i16(&weights[two])));
            }
        }
        *out = samples(_mm256_add_epi32(_mm256_hadd_epi32(sums[0], sums[1]), half));
    }
    eights.len() * 8
}

/// Rounds eight sums to samples.
#[target_feature(enable = "avx2")]
#[inline]
fn samples(sum: __m256i) -> [u8; 8] {
    let sum = _mm256_srai_epi32(sum, SHIFT);
    let packed = _mm256_packs_epi32(sum, sum);
    let packed = _mm256_packus_epi16(packed, packed);
    let both = _mm_unpacklo_epi32(_mm256_castsi256_si128(packed), _mm256_extracti128_si256(packed, 1));
    _mm_cvtsi128_si64(both).to_ne_bytes()
}

/// Returns the number of samples computed.
#[target_feature(enable = "avx2")]
#[inline]
fn along_apart(row: &[i16], starts: &[u32], weights: &[[i16; 8]], times: usize, out: &mut [u8]) -> usize {
    let half = _mm_set1_epi32(1 << (SHIFT - 1));
    let (fours, _) = starts.as_chunks::<4>();
    for ((starts, weights), out) in fours.iter().zip(weights.chunks_exact(4 * times)).zip(out.as_chunks_mut::<4>().0) {
        let mut sums = [_mm_setzero_si128(); 4];
        for ((sum, start), weights) in sums.iter_mut().zip(starts).zip(weights.chunks_exact(times)) {
            for (time, weights) in weights.iter().enumerate() {
                // SAFETY: `along` has checked that the row is long enough.
                let numbers = unsafe { load8_at(row, *start as usize + 8 * time) };
                *sum = _mm_add_epi32(*sum, _mm_madd_epi16(numbers, load8(weights)));
            }
        }
        let pairs = [_mm_hadd_epi32(sums[0], sums[1]), _mm_hadd_epi32(sums[2], sums[3])];
        let sum = _mm_srai_epi32(_mm_add_epi32(_mm_hadd_epi32(pairs[0], pairs[1]), half), SHIFT);
        let packed = _mm_packs_epi32(sum, sum);
        *out = _mm_cvtsi128_si32(_mm_packus_epi16(packed, packed)).to_ne_bytes();
    }
    fours.len() * 4
}

#[target_feature(enable = "avx2")]
#[inline]
fn both(low: __m128i, high: __m128i) -> __m256i {
    _mm256_inserti128_si256(_mm256_castsi128_si256(low), high, 1)
}

/// Loads eight numbers of a row.
///
/// # Safety
/// The row must contain them.
#[target_feature(enable = "avx2")]
#[inline]
unsafe fn load8_at(row: &[i16], at: usize) -> __m128i {
    debug_assert!(at + 8 <= row.len());
    // SAFETY: the caller guarantees that 16 bytes can be read there; the instruction requires no alignment.
    unsafe { _mm_loadu_si128(row.as_ptr().add(at).cast()) }
}

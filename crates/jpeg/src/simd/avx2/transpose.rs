//! Transposition of squares of 16-bit numbers, two squares at a time, one in each half of the registers.

use std::arch::x86_64::*;

/// Transposes eight rows of eight.
#[target_feature(enable = "avx2")]
#[inline]
pub(super) fn eight(r: &[__m256i; 8]) -> [__m256i; 8] {
    // Interleaves pairs of rows, then fours, then all eight.
    let (a0, a1) = (_mm256_unpacklo_epi16(r[0], r[1]), _mm256_unpackhi_epi16(r[0], r[1]));
    let (b0, b1) = (_mm256_unpacklo_epi16(r[2], r[3]), _mm256_unpackhi_epi16(r[2], r[3]));
    let (c0, c1) = (_mm256_unpacklo_epi16(r[4], r[5]), _mm256_unpackhi_epi16(r[4], r[5]));
    let (d0, d1) = (_mm256_unpacklo_epi16(r[6], r[7]), _mm256_unpackhi_epi16(r[6], r[7]));
    let (e0, e1) = (_mm256_unpacklo_epi32(a0, b0), _mm256_unpackhi_epi32(a0, b0));
    let (e2, e3) = (_mm256_unpacklo_epi32(a1, b1), _mm256_unpackhi_epi32(a1, b1));
    let (f0, f1) = (_mm256_unpacklo_epi32(c0, d0), _mm256_unpackhi_epi32(c0, d0));
    let (f2, f3) = (_mm256_unpacklo_epi32(c1, d1), _mm256_unpackhi_epi32(c1, d1));
    [
        _mm256_unpacklo_epi64(e0, f0),
        _mm256_unpackhi_epi64(e0, f0),
        _mm256_unpacklo_epi64(e1, f1),
        _mm256_unpackhi_epi64(e1, f1),
        _mm256_unpacklo_epi64(e2, f2),
        _mm256_unpackhi_epi64(e2, f2),
        _mm256_unpacklo_epi64(e3, f3),
        _mm256_unpackhi_epi64(e3, f3),
    ]
}

/// Transposes eight rows of four, in the lower lanes, to four rows of eight.
#[target_feature(enable = "avx2")]
#[inline]
pub(super) fn eight_by_four(r: &[__m256i; 8]) -> [__m256i; 4] {
    let (a, b) = (_mm256_unpacklo_epi16(r[0], r[1]), _mm256_unpacklo_epi16(r[2], r[3]));
    let (c, d) = (_mm256_unpacklo_epi16(r[4], r[5]), _mm256_unpacklo_epi16(r[6], r[7]));
    let (e0, e1) = (_mm256_unpacklo_epi32(a, b), _mm256_unpackhi_epi32(a, b));
    let (f0, f1) = (_mm256_unpacklo_epi32(c, d), _mm256_unpackhi_epi32(c, d));
    [
        _mm256_unpacklo_epi64(e0, f0),
        _mm256_unpackhi_epi64(e0, f0),
        _mm256_unpacklo_epi64(e1, f1),
        _mm256_unpackhi_epi64(e1, f1),
    ]
}

//! Loads, stores and small constants in registers.

use std::arch::x86_64::*;

/// Loads eight 16-bit numbers.
#[target_feature(enable = "avx2")]
#[inline]
pub(super) fn load8(values: &[i16; 8]) -> __m128i {
    // SAFETY: 16 bytes can be read from an array of 16 bytes; the instruction requires no alignment.
    unsafe { _mm_loadu_si128(std::ptr::from_ref(values).cast()) }
}

/// Loads the lowest four of eight 16-bit numbers; the upper lanes are zero.
#[target_feature(enable = "avx2")]
#[inline]
pub(super) fn load4(values: &[i16; 8]) -> __m128i {
    // SAFETY: 8 bytes can be read from an array of 16 bytes; the instruction requires no alignment.
    unsafe { _mm_loadl_epi64(std::ptr::from_ref(values).cast()) }
}

/// Loads sixteen 16-bit numbers.
#[target_feature(enable = "avx2")]
#[inline]
pub(super) fn load16_i16(values: &[i16; 16]) -> __m256i {
    // SAFETY: 32 bytes can be read from an array of 32 bytes; the instruction requires no alignment.
    unsafe { _mm256_loadu_si256(std::ptr::from_ref(values).cast()) }
}

/// Loads sixteen bytes.
#[target_feature(enable = "avx2")]
#[inline]
pub(super) fn load16(bytes: &[u8; 16]) -> __m128i {
    // SAFETY: 16 bytes can be read from an array of 16 bytes; the instruction requires no alignment.
    unsafe { _mm_loadu_si128(std::ptr::from_ref(bytes).cast()) }
}

/// Stores sixteen 16-bit numbers.
#[target_feature(enable = "avx2")]
#[inline]
pub(super) fn store16_i16(values: &mut [i16; 16], value: __m256i) {
    // SAFETY: 32 bytes can be written to an array of 32 bytes; the instruction requires no alignment.
    unsafe { _mm256_storeu_si256(std::ptr::from_mut(values).cast(), value) }
}

/// Stores sixteen bytes.
#[target_feature(enable = "avx2")]
#[inline]
pub(super) fn store16(bytes: &mut [u8; 16], value: __m128i) {
    // SAFETY: 16 bytes can be written to an array of 16 bytes; the instruction requires no alignment.
    unsafe { _mm_storeu_si128(std::ptr::from_mut(bytes).cast(), value) }
}

/// Returns the same pair of factors, four times in each half.
#[target_feature(enable = "avx2")]
#[inline]
pub(super) fn pairs(factors: [i16; 2]) -> __m256i {
    _mm256_set1_epi32(i32::from(factors[1]) << 16 | i32::from(factors[0] as u16))
}

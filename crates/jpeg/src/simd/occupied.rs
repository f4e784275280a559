//! Bit sets of nonzero values.
//!
//! The function is called for each block from loops that are compiled for the features of the CPU, so it is not a kernel itself: it needs
//! only instructions that every x86-64 has.

/// Returns a bit set of the nonzero values among up to 64; the lowest bit is the first value. `N` is a multiple of 16.
#[inline(always)]
pub(crate) fn occupied<const N: usize>(values: &[i16; N]) -> u64 {
    values.as_chunks::<16>().0.iter().rev().fold(0, |bits, sixteen| bits << 16 | u64::from(of_sixteen(sixteen)))
}

#[cfg(not(target_arch = "x86_64"))]
use specified as of_sixteen;

#[cfg_attr(all(target_arch = "x86_64", not(test)), expect(dead_code, reason = "the specification"))]
#[inline(always)]
fn specified(values: &[i16; 16]) -> u16 {
    let flags = values.map(|value| u8::from(value != 0));
    let mut bits = 0;
    for (at, eight) in flags.as_chunks::<8>().0.iter().enumerate() {
        // Gathers the lowest bit of each byte in the highest byte of the product.
        let byte = u64::from_le_bytes(*eight).wrapping_mul(0x0102_0408_1020_4080) >> 56;
        bits |= (byte as u16) << (8 * at);
    }
    bits
}

#[cfg(target_arch = "x86_64")]
#[inline(always)]
fn of_sixteen(values: &[i16; 16]) -> u16 {
    use std::arch::x86_64::*;
    let (low, high) = values.split_at(8);
    // SAFETY: 16 bytes can be read from either half of 16 numbers; every x86-64 has the instructions, and they require no alignment.
    unsafe {
        let zero = _mm_setzero_si128();
        let low = _mm_cmpeq_epi16(_mm_loadu_si128(low.as_ptr().cast()), zero);
        let high = _mm_cmpeq_epi16(_mm_loadu_si128(high.as_ptr().cast()), zero);
        !_mm_movemask_epi8(_mm_packs_epi16(low, high)) as u16
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bits_stand_where_values_are() {
        let mut values = [0; 64];
        for (value, at) in [1, -1, i16::MIN, 7, 256, -256, i16::MAX].into_iter().zip([0, 1, 15, 16, 31, 40, 63]) {
            values[at] = value;
            let expected = values.iter().rev().fold(0, |bits, value| bits << 1 | u64::from(*value != 0));
            assert_eq!(occupied(&values), expected);
            for sixteen in values.as_chunks().0 {
                assert_eq!(of_sixteen(sixteen), specified(sixteen));
            }
        }
        assert_eq!(occupied(&[0, 0, 5, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1]), 0x8004);
    }
}

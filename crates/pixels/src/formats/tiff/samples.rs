//! From the bits of a row to samples of 8 or 16 bits.
//!
//! In: bytes as stored, number and kind of samples. Out: one sample after the other, on the whole range of its width.

/// Kind of numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Unsigned integers.
    Unsigned,
    /// Signed integers, of which the meaning is the model's.
    Signed,
    /// Floating-point numbers from 0 to 1.
    Float,
}

/// Storage of samples.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct SampleDepth {
    /// Bits of a sample.
    pub(super) bits: u16,
    /// Kind of numbers.
    pub(super) kind: Kind,
}

impl SampleDepth {
    /// Whether these samples are read.
    pub(super) fn is_supported(self) -> bool {
        match self.kind {
            Kind::Unsigned => (1..=16).contains(&self.bits) || matches!(self.bits, 24 | 32),
            Kind::Signed => matches!(self.bits, 8 | 16),
            Kind::Float => matches!(self.bits, 16 | 24 | 32 | 64),
        }
    }

    /// Whether results have 16 bits instead of 8.
    pub(super) fn is_wide(self) -> bool {
        self.bits > 8
    }

    /// Returns the sample at a place of a row, on the range of 8 or 16 bits.
    pub(super) fn sample(self, row: &[u8], place: usize, little_endian: bool) -> u16 {
        match (self.kind, self.bits) {
            (_, 8) => row[place].into(),
            (Kind::Float, 16) => share(half(number::<2>(row, place, little_endian))),
            (Kind::Float, 24) => share(three_bytes(number::<3>(row, place, little_endian) as u32)),
            (Kind::Float, 32) => share(f32::from_bits(number::<4>(row, place, little_endian) as u32)),
            (Kind::Float, _) => share(f64::from_bits(number::<8>(row, place, little_endian)) as f32),
            (_, 16) => number::<2>(row, place, little_endian) as u16,
            (_, 24) => (number::<3>(row, place, little_endian) >> 8) as u16,
            (_, 32) => (number::<4>(row, place, little_endian) >> 16) as u16,
            (_, bits) => stretched(packed(row, place, bits), bits),
        }
    }

    /// Copies the first samples of a row, one after the other.
    pub(super) fn copy<T>(self, row: &[u8], little_endian: bool, to: &mut [T], of: impl Fn(u16) -> T) {
        match (self.kind, self.bits) {
            (_, 8) => to.iter_mut().zip(row).for_each(|(place, byte)| *place = of((*byte).into())),
            (Kind::Unsigned | Kind::Signed, 16) => {
                let pairs = to.iter_mut().zip(row.as_chunks::<2>().0);
                match little_endian {
                    true => pairs.for_each(|(place, pair)| *place = of(u16::from_le_bytes(*pair))),
                    false => pairs.for_each(|(place, pair)| *place = of(u16::from_be_bytes(*pair))),
                }
            }
            _ => to.iter_mut().enumerate().for_each(|(at, place)| *place = of(self.sample(row, at, little_endian))),
        }
    }

    /// Returns the number at a place of a row of at most 8 bits a sample, as stored.
    pub(super) fn index(self, row: &[u8], place: usize) -> usize {
        packed(row, place, self.bits) as usize
    }
}

/// Returns a number of `N` bytes, widened; 0 behind the end.
fn number<const N: usize>(row: &[u8], place: usize, little_endian: bool) -> u64 {
    let bytes = row.get(place * N..place * N + N).unwrap_or_default();
    let join = |sum: u64, byte: &u8| sum << 8 | u64::from(*byte);
    if little_endian { bytes.iter().rev().fold(0, join) } else { bytes.iter().fold(0, join) }
}

/// Returns a number of at most 16 bits. The highest bits of a byte come first, whatever the byte order of the file.
fn packed(row: &[u8], place: usize, bits: u16) -> u16 {
    let first = place * usize::from(bits);
    let three = (0..3).fold(0_u32, |sum, i| sum << 8 | u32::from(row.get(first / 8 + i).copied().unwrap_or(0)));
    let shift = 24 - first % 8 - usize::from(bits);
    (three >> shift & ((1 << bits) - 1)) as u16
}

/// Scales a number of `bits` bits to 8 or 16; rounded.
fn stretched(value: u16, bits: u16) -> u16 {
    let (last, whole) = ((1_u32 << bits) - 1, if bits > 8 { 65_535 } else { 255 });
    ((u32::from(value) * whole + last / 2) / last) as u16
}

/// Converts a number from 0 to 1 to 16 bits; other values are clamped.
fn share(value: f32) -> u16 {
    (value.clamp(0.0, 1.0) * 65_535.0 + 0.5) as u16
}

/// Returns a 16-bit floating-point number, clamped to 0 to 2.
fn half(bits: u64) -> f32 {
    let bits = bits as u32;
    if bits >> 15 == 1 {
        return 0.0;
    }
    let (exponent, fraction) = (bits >> 10, bits & 0x3FF);
    match exponent {
        0 => fraction as f32 / (1 << 24) as f32,
        1..=15 => f32::from_bits((exponent + 112) << 23 | fraction << 13),
        _ => 1.0,
    }
}

/// Returns a 24-bit floating-point number (7 bits of exponent), clamped to 0 to 2.
fn three_bytes(bits: u32) -> f32 {
    match bits >> 16 {
        0..=0x3F => f32::from_bits(((bits >> 16) + 64) << 23 | (bits & 0xFFFF) << 7),
        0x40..=0x7F => 1.0,
        _ => 0.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn samples_of_all_widths_span_the_whole_range() {
        for bits in 1..=15 {
            let depth = SampleDepth { bits, kind: Kind::Unsigned };
            let whole = if bits > 8 { 65_535 } else { 255 };
            let row = [[0xFF; 8], [0; 8]].concat();
            assert_eq!(depth.sample(&row, 0, true), whole, "{bits} bits");
            assert_eq!(depth.sample(&row, 128 / usize::from(bits) - 1, true), 0, "{bits} bits");
        }
        let twelve = SampleDepth { bits: 12, kind: Kind::Unsigned };
        assert_eq!([0, 1].map(|place| twelve.sample(&[0x12, 0x3F, 0xFF], place, false)), [4657, 65_535]);
    }

    #[test]
    fn floating_point_numbers_of_all_widths_are_read() {
        let read = |bits, row: &[u8]| SampleDepth { bits, kind: Kind::Float }.sample(row, 0, false);
        assert_eq!(read(16, &[0x38, 0]), 32_768);
        assert_eq!(read(24, &[0x3E, 0, 0]), 32_768);
        assert_eq!(read(32, &0.5_f32.to_be_bytes()), 32_768);
        assert_eq!(read(64, &0.5_f64.to_be_bytes()), 32_768);
        assert_eq!(read(32, &f32::NAN.to_be_bytes()), 0);
    }
}

//! Reading bits of entropy-coded data.

use super::stop::Stop;
use crate::markers::{ends_scan, first_ff};

/// A reader of bits, from the highest to the lowest, that removes the 0 byte after each 0xFF (T.81, F.2.2.5). At a marker or at the end of the
/// data, it continues with zeros and counts how many of them it made up.
///
/// Rarely used methods take the reader by value and return it, so that compilers can keep it in registers elsewhere.
#[derive(Debug, Clone, Copy)]
pub(super) struct BitReader<'a> {
    bytes: &'a [u8],
    /// Position of the next byte to take; never after a marker.
    at: usize,
    /// The next bit is the highest. Below the `held` bits there may be bits of the byte at `at`.
    buffer: u64,
    held: u32,
    /// Number of made-up bits among all bits that were ever held; they are the last ones.
    made_up: u32,
}

/// Number of bits that a [`fill`](BitReader::fill) guarantees: a Huffman code and the bits after it.
pub(super) const GUARANTEED: u32 = 32;

impl<'a> BitReader<'a> {
    /// A reader that begins at a byte.
    pub(super) fn new(bytes: &'a [u8], at: usize) -> Self {
        Self { bytes, at, buffer: 0, held: 0, made_up: 0 }
    }

    /// Returns the position of the first byte that was not taken yet; that of a marker, if a segment was read to its end.
    pub(super) fn position(&self) -> usize {
        self.at
    }

    /// Makes sure that 32 bits can be peeked or taken.
    #[inline(always)]
    pub(super) fn fill(&mut self) {
        if self.held < GUARANTEED {
            self.refill();
        }
    }

    #[inline(always)]
    fn refill(&mut self) {
        if let Some(Some(eight)) = self.bytes.get(self.at..).map(|rest| rest.first_chunk::<8>()) {
            let word = u64::from_be_bytes(*eight);
            // Nonzero if some byte is 0xFF, so that its complement is zero: subtracting 1 from each byte then borrows.
            let borrows = (!word).wrapping_sub(0x0101_0101_0101_0101) & word & 0x8080_8080_8080_8080;
            if borrows == 0 {
                self.buffer |= word >> self.held;
                self.at += ((63 - self.held) >> 3) as usize;
                self.held |= 56;
                return;
            }
        }
        *self = self.refilled_bytewise();
    }

    #[cold]
    fn refilled_bytewise(mut self) -> Self {
        while self.held <= 56 {
            let byte = match (self.bytes.get(self.at), self.bytes.get(self.at + 1)) {
                (Some(0xFF), Some(0)) => {
                    self.at += 2;
                    0xFF
                }
                // Any number of fill bytes may precede a marker (T.81, B.1.1.2).
                (Some(0xFF), Some(0xFF)) => {
                    self.at += 1;
                    continue;
                }
                (None | Some(0xFF), _) => {
                    self.made_up += 8;
                    0
                }
                (Some(byte), _) => {
                    self.at += 1;
                    *byte
                }
            };
            self.buffer |= u64::from(byte) << (56 - self.held);
            self.held += 8;
        }
        self
    }

    /// Returns the next `count` bits, 1 to 32, without taking them.
    #[inline(always)]
    pub(super) fn peek(&self, count: u32) -> u32 {
        (self.buffer >> (64 - count)) as u32
    }

    /// Takes `count` bits that were peeked.
    #[inline(always)]
    pub(super) fn skip(&mut self, count: u32) {
        self.buffer <<= count;
        self.held -= count;
    }

    /// Takes `count` bits, 0 to 16.
    #[inline(always)]
    pub(super) fn take(&mut self, count: u32) -> u32 {
        let bits = (self.buffer >> 32) as u32;
        let bits = (u64::from(bits) >> (32 - count)) as u32;
        self.skip(count);
        bits
    }

    /// Takes `count` bits, 0 to 16, as a signed number; a highest bit of 1 means positive (T.81, F.2.2.1, EXTEND).
    #[inline(always)]
    pub(super) fn take_signed(&mut self, count: u32) -> i32 {
        let bits = self.take(count) as i32;
        let negative = (bits >> (count.max(1) - 1)) & 1 == 0;
        if negative { bits - (1 << count) + 1 } else { bits }
    }

    /// Whether bits were taken that are not in the data.
    #[inline(always)]
    pub(super) fn overrun(&self) -> bool {
        self.made_up > self.held
    }

    /// Skips the rest of the data before the next marker, and the marker unless it ends the scan. Returns the number of a restart marker, 0
    /// to 7; `None` for a marker that belongs to no scan.
    ///
    /// # Errors
    /// If the next marker ends the scan; then the reader is at that marker, or at the end.
    pub(super) fn restart(&mut self) -> Result<Option<u8>, Stop> {
        let (mut at, bytes) = (self.at, self.bytes);
        loop {
            at += bytes.get(at..).and_then(first_ff).ok_or(Stop::End)?;
            match bytes.get(at + 1) {
                Some(0) => at += 2,
                Some(0xFF) => at += 1,
                _ if ends_scan(bytes, at) => {
                    *self = Self::new(bytes, at);
                    return Err(Stop::End);
                }
                marker => {
                    *self = Self::new(bytes, at + 2);
                    return Ok(marker.filter(|marker| (0xD0..=0xD7).contains(*marker)).map(|marker| marker - 0xD0));
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn numbers_have_the_signs_of_the_standard() {
        // T.81, table F.1: the values of size 3 are -7 to -4 and 4 to 7.
        for (bits, value) in [(0b000, -7), (0b011, -4), (0b100, 4), (0b111, 7)] {
            let bytes = [bits << 5, 0, 0, 0, 0];
            let mut reader = BitReader::new(&bytes, 0);
            reader.fill();
            assert_eq!(reader.take_signed(3), value);
        }
        let mut reader = BitReader::new(&[0x80], 0);
        reader.fill();
        assert_eq!((reader.take_signed(0), reader.take_signed(1), reader.take_signed(1)), (0, 1, -1));
    }

    #[test]
    fn the_end_is_noticed_when_it_is_passed() {
        let mut reader = BitReader::new(&[0xAB, 0xFF, 0xD9], 0);
        reader.fill();
        assert_eq!((reader.take(8), reader.overrun()), (0xAB, false));
        assert_eq!((reader.take(1), reader.overrun(), reader.position()), (0, true, 1));
    }

    #[test]
    fn restart_markers_are_found_behind_what_was_not_read() {
        let bytes = [1, 2, 3, 4, 5, 6, 7, 8, 9, 0xFF, 0, 0xFF, 0xFF, 0xD3, 0x80, 0xFF, 0xAE, 0xFF, 0xD9];
        let mut reader = BitReader::new(&bytes, 0);
        reader.fill();
        assert!(matches!(reader.restart(), Ok(Some(3))));
        reader.fill();
        assert_eq!(reader.take(1), 1);
        assert!(matches!(reader.restart(), Ok(None)));
        assert!(reader.restart().is_err());
        assert_eq!(reader.position(), 17);
    }

    proptest! {
        /// Compared with reading bit by bit.
        #[test]
        fn bits_come_in_order(bytes in prop::collection::vec(prop_oneof![Just(0xFF), any::<u8>()], 0..80), counts in prop::collection::vec(0..=16_u32, 0..60)) {
            let stuffed: Vec<u8> = bytes.iter().flat_map(|byte| if *byte == 0xFF { vec![0xFF, 0] } else { vec![*byte] }).collect();
            let mut plain = bytes.iter().flat_map(|byte| (0..8).rev().map(move |at| byte >> at & 1));
            let mut left = 8 * bytes.len();
            let mut reader = BitReader::new(&stuffed, 0);
            for count in counts {
                let expected = (0..count).fold(0, |number, _| number << 1 | u32::from(plain.next().unwrap_or(0)));
                reader.fill();
                prop_assert_eq!(reader.take(count), expected);
                let overrun = left < count as usize;
                left = left.saturating_sub(count as usize);
                prop_assert_eq!(reader.overrun(), overrun);
                if overrun {
                    break;
                }
            }
        }
    }
}

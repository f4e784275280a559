//! Writing bits.

/// A writer of bits, from the highest to the lowest, that adds a 0 byte after each byte of all ones, so that no marker appears by accident
/// (T.81, B.1.1.5).
pub(super) struct BitWriter<'a> {
    bytes: &'a mut Vec<u8>,
    /// The lowest `held` bits are still to be written; the bits above them have been written.
    pending: u64,
    /// Number of pending bits, at most 63.
    held: u32,
}

impl<'a> BitWriter<'a> {
    /// A writer that appends to `bytes`.
    pub(super) fn new(bytes: &'a mut Vec<u8>) -> Self {
        Self { bytes, pending: 0, held: 0 }
    }

    /// Writes the `count` lowest bits, at most 32; all bits above must be 0.
    #[inline(always)]
    pub(super) fn put(&mut self, bits: u64, count: u32) {
        self.held += count;
        if self.held < 64 {
            self.pending = self.pending << count | bits;
        } else {
            // Completes a word, of which at least 32 bits are present.
            self.held -= 64;
            self.word(self.pending << (count - self.held) | bits >> self.held);
            self.pending = bits;
        }
    }

    /// Pads the last byte with ones, and writes it.
    pub(super) fn finish(mut self) {
        let missing = (8 - self.held % 8) % 8;
        self.put((1 << missing) - 1, missing);
        while self.held > 0 {
            self.held -= 8;
            self.byte((self.pending >> self.held) as u8);
        }
    }

    #[inline(always)]
    fn word(&mut self, word: u64) {
        // Nonzero if some byte is 0xFF, so that its complement is zero: subtracting 1 from each byte then borrows.
        if (!word).wrapping_sub(0x0101_0101_0101_0101) & word & 0x8080_8080_8080_8080 == 0 {
            self.bytes.extend_from_slice(&word.to_be_bytes());
        } else {
            self.stuffed(word);
        }
    }

    #[cold]
    fn stuffed(&mut self, word: u64) {
        word.to_be_bytes().into_iter().for_each(|byte| self.byte(byte));
    }

    fn byte(&mut self, byte: u8) {
        self.bytes.push(byte);
        if byte == 0xFF {
            self.bytes.push(0);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        /// Compared with writing bit by bit.
        #[test]
        fn bits_are_packed_and_bytes_of_ones_are_stuffed(
            pieces in proptest::collection::vec((prop_oneof![any::<u32>(), Just(u32::MAX)], 0..=32_u32), 0..60),
        ) {
            let mut bytes = Vec::new();
            let mut writer = BitWriter::new(&mut bytes);
            let mut expected = String::new();
            for (bits, count) in pieces {
                let bits = u64::from(bits) & ((1 << count) - 1);
                writer.put(bits, count);
                (0..count).rev().for_each(|at| expected.push(if bits >> at & 1 == 1 { '1' } else { '0' }));
            }
            writer.finish();
            while !expected.len().is_multiple_of(8) {
                expected.push('1');
            }
            let mut plain = Vec::new();
            for byte in expected.as_bytes().chunks(8) {
                let byte = byte.iter().fold(0, |byte, bit| byte << 1 | (bit - b'0'));
                plain.push(byte);
                if byte == 0xFF {
                    plain.push(0);
                }
            }
            prop_assert_eq!(bytes, plain);
        }
    }
}

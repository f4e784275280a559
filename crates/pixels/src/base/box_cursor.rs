//! Reading of the numbers in a box, one after another.
//!
//! In: the body of a box. Out: numbers of any width; `None` at the end.

/// A position in the body of a box.
#[derive(Debug, Clone, Copy)]
pub(crate) struct BoxCursor<'a> {
    bytes: &'a [u8],
}

impl<'a> BoxCursor<'a> {
    pub(crate) fn new(bytes: &'a [u8]) -> Self {
        Self { bytes }
    }

    /// Whether all bytes are read.
    pub(crate) fn is_at_end(&self) -> bool {
        self.bytes.is_empty()
    }

    /// Returns the next bytes.
    pub(crate) fn bytes(&mut self, length: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.bytes.split_at_checked(length)?;
        self.bytes = rest;
        Some(taken)
    }

    /// Reads a number of up to 8 bytes; 0 for no bytes.
    pub(crate) fn number(&mut self, length: usize) -> Option<u64> {
        Some(self.bytes(length)?.iter().fold(0, |number, byte| number << 8 | u64::from(*byte)))
    }

    /// Reads a number of up to 4 bytes.
    pub(crate) fn small(&mut self, length: usize) -> Option<u32> {
        self.number(length)?.try_into().ok()
    }

    /// Reads a signed number of 2 or 4 bytes.
    pub(crate) fn signed(&mut self, length: usize) -> Option<i32> {
        let number = self.small(length)?;
        Some(if length == 2 { i32::from(number as u16 as i16) } else { number as i32 })
    }

    /// Reads the version and the flags with which many boxes begin.
    pub(crate) fn version(&mut self) -> Option<(u8, u32)> {
        let number = self.small(4)?;
        Some(((number >> 24) as u8, number & 0xFF_FFFF))
    }
}

//! A list of unsigned numbers in the bytes of a file, read one by one and without copies: lists may be as long as the file.

/// Numbers of one width in one byte order.
#[derive(Debug, Clone, Copy)]
pub(super) struct Numbers<'a> {
    bytes: &'a [u8],
    width: usize,
    little_endian: bool,
}

impl<'a> Numbers<'a> {
    /// The numbers in `bytes`, each of 1, 2, 4 or 8 bytes.
    pub(super) fn new(bytes: &'a [u8], width: usize, little_endian: bool) -> Self {
        Self { bytes, width, little_endian }
    }

    /// Returns how many numbers there are.
    pub(super) fn len(&self) -> usize {
        self.bytes.len() / self.width
    }

    /// Returns the number at a place.
    pub(super) fn get(&self, place: usize) -> Option<u64> {
        let start = place.checked_mul(self.width)?;
        let bytes = self.bytes.get(start..start.checked_add(self.width)?)?;
        let join = |sum: u64, byte: &u8| sum << 8 | u64::from(*byte);
        Some(if self.little_endian { bytes.iter().rev().fold(0, join) } else { bytes.iter().fold(0, join) })
    }

    /// Returns all numbers.
    pub(super) fn iter(self) -> impl Iterator<Item = u64> + 'a {
        (0..self.len()).map_while(move |place| self.get(place))
    }
}

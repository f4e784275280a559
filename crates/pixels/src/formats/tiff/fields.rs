//! The first directory of a TIFF file, with 32-bit or 64-bit offsets: a view of borrowed bytes with checked offsets.
//!
//! In: the bytes of a file. Out: the fields of its first directory, without those that lie outside of the file. It must not know what a
//! field means.

use super::numbers::Numbers;
use crate::base::error::Error;
use crate::base::format::Format;
use crate::metadata::tiff::size_of_kind;

/// Whether a file begins like a TIFF with 32-bit or 64-bit offsets.
pub(super) fn is_tiff(bytes: &[u8]) -> bool {
    [b"II\x2A\0", b"MM\0\x2A", b"II\x2B\0", b"MM\0\x2B"].iter().any(|magic| bytes.starts_with(*magic))
}

/// The first directory of a file.
#[derive(Debug, Clone, Copy)]
pub(super) struct Fields<'a> {
    /// The whole file.
    pub(super) file: &'a [u8],
    /// Whether numbers are written with their lowest byte first.
    pub(super) little_endian: bool,
    big: bool,
    /// Position of the first entry.
    first: usize,
    /// Number of entries.
    count: usize,
}

impl<'a> Fields<'a> {
    /// Finds the directory.
    pub(super) fn first(file: &'a [u8]) -> Result<Self, Error> {
        let little_endian = file.starts_with(b"II");
        let big = Numbers::new(file, 2, little_endian).get(1) == Some(43);
        let mut fields = Self { file, little_endian, big, first: 0, count: 0 };
        fields.locate().ok_or(Error::Truncated(Format::Tiff))?;
        Ok(fields)
    }

    fn locate(&mut self) -> Option<()> {
        let (start, counted) = if self.big { (8, 8) } else { (4, 2) };
        let directory = self.number_at(start, self.link())?;
        self.first = usize::try_from(directory).ok()?.checked_add(counted)?;
        self.count = usize::try_from(self.number_at(self.first - counted, counted)?).ok()?;
        Some(())
    }

    /// Returns the width of an offset, in bytes.
    fn link(&self) -> usize {
        if self.big { 8 } else { 4 }
    }

    fn number_at(&self, at: usize, width: usize) -> Option<u64> {
        let bytes = self.file.get(at..at.checked_add(width)?)?;
        Numbers::new(bytes, width, self.little_endian).get(0)
    }

    /// Returns the position of the first entry with this tag.
    fn entry(&self, tag: u16) -> Option<usize> {
        let length = 4 + 2 * self.link();
        let places = (0..self.count).map_while(|place| self.first.checked_add(place.checked_mul(length)?));
        let mut tags = places.map_while(|at| Some((at, self.number_at(at, 2)?)));
        tags.find(|(_, found)| *found == u64::from(tag)).map(|(at, _)| at)
    }

    /// Whether there is a field with this tag, readable or not.
    pub(super) fn contains(&self, tag: u16) -> bool {
        self.entry(tag).is_some()
    }

    /// Returns the type of the first field with this tag, the number of bytes of one element, and the elements.
    fn find(&self, tag: u16) -> Option<(u64, usize, &'a [u8])> {
        let at = self.entry(tag)?;
        let (kind, count) = (self.number_at(at + 2, 2)?, self.number_at(at + 4, self.link())?);
        let width = size_of(kind)?;
        let length = usize::try_from(count).ok()?.checked_mul(width)?;
        let inline = at + 4 + self.link();
        let start =
            if length <= self.link() { inline } else { self.number_at(inline, self.link())?.try_into().ok()? };
        Some((kind, width, self.file.get(start..start.checked_add(length)?)?))
    }

    /// Whether there is a field with this tag and without any element.
    pub(super) fn is_empty(&self, tag: u16) -> bool {
        self.find(tag).is_some_and(|(_, _, value)| value.is_empty())
    }

    /// Returns the bytes of a field.
    pub(super) fn bytes(&self, tag: u16) -> Option<&'a [u8]> {
        self.find(tag).map(|(_, _, value)| value)
    }

    /// Returns the elements of a field of unsigned numbers.
    pub(super) fn numbers(&self, tag: u16) -> Option<Numbers<'a>> {
        let (kind, width, value) = self.find(tag)?;
        matches!(kind, 1 | 3 | 4 | 7 | 13 | 16 | 18).then(|| Numbers::new(value, width, self.little_endian))
    }

    /// Returns the first element of a field of unsigned numbers.
    pub(super) fn number(&self, tag: u16) -> Option<u64> {
        self.numbers(tag)?.get(0)
    }
}

/// Returns the bytes of an element of a type; BigTIFF has three types of eight bytes in addition.
fn size_of(kind: u64) -> Option<usize> {
    match kind {
        16..=18 => Some(8),
        _ => size_of_kind(u16::try_from(kind).ok()?),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_read_with_offsets_of_both_widths() {
        let small = b"MM\0\x2A\0\0\0\x08\0\x01\x01\0\0\x03\0\0\0\x01\0\x18\0\0";
        let big =
            b"II\x2B\0\x08\0\0\0\x10\0\0\0\0\0\0\0\x01\0\0\0\0\0\0\0\0\x01\x10\0\x01\0\0\0\0\0\0\0\x18\0\0\0\0\0\0\0";
        for file in [&small[..], &big[..]] {
            let fields = Fields::first(file).expect("a directory");
            assert_eq!((fields.number(256), fields.number(257)), (Some(24), None));
        }
    }

    #[test]
    fn a_directory_behind_the_end_is_a_cut_file() {
        assert_eq!(Fields::first(b"II\x2A\0\xFF\0\0\0").err(), Some(Error::Truncated(Format::Tiff)));
        assert_eq!(Fields::first(b"II\x2A\0").err(), Some(Error::Truncated(Format::Tiff)));
    }
}

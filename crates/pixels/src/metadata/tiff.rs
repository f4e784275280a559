//! TIFF's structure of tagged entries, which Exif uses too: a view of borrowed bytes with checked offsets and without
//! copies. It visits only the directories that callers request, so that no cycle of offsets can be followed.

use super::text;

/// A TIFF file or an Exif block.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Tiff<'a> {
    bytes: &'a [u8],
    little_endian: bool,
}

/// The position of a directory.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Ifd(usize);

/// A directory, with the data that contains it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Directory<'a> {
    /// The data.
    pub(crate) tiff: Tiff<'a>,
    /// Position of the directory.
    pub(crate) ifd: Ifd,
}

impl<'a> Directory<'a> {
    /// Returns the first directory of a TIFF file or an Exif block.
    pub(crate) fn first(bytes: &'a [u8]) -> Option<Self> {
        let tiff = Tiff::parse(bytes)?;
        Some(Self { tiff, ifd: tiff.first_ifd()? })
    }

    /// Returns the first entry with this tag.
    pub(crate) fn find(&self, tag: u16) -> Option<Entry<'a>> {
        self.tiff.find(self.ifd, tag)
    }

    /// Returns all readable entries.
    pub(crate) fn entries(&self) -> impl Iterator<Item = Entry<'a>> + use<'a> {
        self.tiff.entries(self.ifd)
    }

    /// Returns the directory to which an entry points.
    pub(crate) fn inside(&self, tag: u16) -> Option<Self> {
        Some(Self { ifd: self.tiff.sub_ifd(self.ifd, tag)?, ..*self })
    }

    /// Returns the directory of the next picture.
    pub(crate) fn next(&self) -> Option<Self> {
        Some(Self { ifd: self.tiff.next_ifd(self.ifd)?, ..*self })
    }
}

/// A tagged value.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Entry<'a> {
    /// Tag of the entry.
    pub(crate) tag: u16,
    /// Type of the elements, by its number in TIFF.
    pub(crate) kind: u16,
    /// Number of elements.
    pub(crate) count: u32,
    /// The elements, in the block's byte order.
    pub(crate) value: &'a [u8],
    little_endian: bool,
}

impl<'a> Tiff<'a> {
    /// Reads the byte order; `None` if this is not a TIFF. The RAW files of Olympus and Panasonic are TIFF files apart from the
    /// number after the byte order.
    pub(crate) fn parse(bytes: &'a [u8]) -> Option<Self> {
        let little_endian = match bytes.get(..4)? {
            b"II\x2A\0" | b"IIRO" | b"IIRS" | b"IIU\0" => true,
            b"MM\0\x2A" | b"MMOR" => false,
            _ => return None,
        };
        Some(Self { bytes, little_endian })
    }

    /// A view of directories inside other data, with offsets relative to the first byte of `bytes`.
    pub(crate) fn within(bytes: &'a [u8], little_endian: bool) -> Self {
        Self { bytes, little_endian }
    }

    /// Whether numbers are written with their lowest byte first.
    pub(crate) fn little_endian(&self) -> bool {
        self.little_endian
    }

    /// Returns the directory of the first picture.
    pub(crate) fn first_ifd(&self) -> Option<Ifd> {
        Some(Ifd(self.u32_at(4)? as usize))
    }

    /// Returns the directory to which an entry points.
    pub(crate) fn sub_ifd(&self, ifd: Ifd, tag: u16) -> Option<Ifd> {
        self.find(ifd, tag)?.uint().map(|offset| Ifd(offset as usize))
    }

    /// Returns the directory at an offset.
    pub(crate) fn ifd_at(&self, offset: u32) -> Ifd {
        Ifd(offset as usize)
    }

    /// Returns the directory of the next picture.
    pub(crate) fn next_ifd(&self, ifd: Ifd) -> Option<Ifd> {
        let next = self.u32_at(self.link_at(ifd)?)?;
        (next != 0).then_some(Ifd(next as usize))
    }

    /// Returns the position of the offset of the next directory.
    pub(crate) fn link_at(&self, ifd: Ifd) -> Option<usize> {
        let link = ifd.0.checked_add(2 + 12 * usize::from(self.u16_at(ifd.0)?))?;
        self.u32_at(link).map(|_| link)
    }

    /// Returns the entries of a directory, without those whose value is outside of the block.
    pub(crate) fn entries(self, ifd: Ifd) -> impl Iterator<Item = Entry<'a>> {
        let count = self.u16_at(ifd.0).unwrap_or(0);
        (0..usize::from(count)).map_while(move |i| self.entry_at(ifd.0 + 2 + 12 * i)).flatten()
    }

    /// Returns the first entry with this tag.
    pub(crate) fn find(&self, ifd: Ifd, tag: u16) -> Option<Entry<'a>> {
        self.entries(ifd).find(|entry| entry.tag == tag)
    }

    /// Returns `None` at the end of the block, and `Some(None)` for an unreadable entry.
    fn entry_at(&self, at: usize) -> Option<Option<Entry<'a>>> {
        let tag = self.u16_at(at)?;
        let kind = self.u16_at(at + 2)?;
        let count = self.u32_at(at + 4)?;
        let inline = at + 8;
        self.u32_at(inline)?;
        let value = size_of_kind(kind).and_then(|size| size.checked_mul(count as usize)).and_then(|length| {
            let start = if length <= 4 { inline } else { self.u32_at(inline)? as usize };
            self.bytes.get(start..start.checked_add(length)?)
        });
        Some(value.map(|value| Entry { tag, kind, count, value, little_endian: self.little_endian }))
    }

    fn u16_at(&self, at: usize) -> Option<u16> {
        let bytes = self.bytes.get(at..at.checked_add(2)?)?.try_into().ok()?;
        Some(if self.little_endian { u16::from_le_bytes(bytes) } else { u16::from_be_bytes(bytes) })
    }

    fn u32_at(&self, at: usize) -> Option<u32> {
        let bytes = self.bytes.get(at..at.checked_add(4)?)?.try_into().ok()?;
        Some(if self.little_endian { u32::from_le_bytes(bytes) } else { u32::from_be_bytes(bytes) })
    }
}

impl<'a> Entry<'a> {
    /// Whether numbers are written with their lowest byte first.
    pub(crate) fn is_little_endian(&self) -> bool {
        self.little_endian
    }

    /// Returns the first element of an entry of unsigned numbers.
    pub(crate) fn uint(&self) -> Option<u32> {
        match self.kind {
            1 | 7 => self.value.first().copied().map(u32::from),
            3 => {
                let bytes = self.value.get(..2)?.try_into().ok()?;
                Some(u32::from(if self.little_endian { u16::from_le_bytes(bytes) } else { u16::from_be_bytes(bytes) }))
            }
            4 | 13 => {
                let bytes = self.value.get(..4)?.try_into().ok()?;
                Some(if self.little_endian { u32::from_le_bytes(bytes) } else { u32::from_be_bytes(bytes) })
            }
            _ => None,
        }
    }

    /// Returns the elements of an entry of long numbers.
    pub(crate) fn longs(&self) -> impl Iterator<Item = u32> + use<'a> {
        let value = if matches!(self.kind, 4 | 13) { self.value } else { &[] };
        let little_endian = self.little_endian;
        value
            .as_chunks()
            .0
            .iter()
            .map(move |bytes| if little_endian { u32::from_le_bytes(*bytes) } else { u32::from_be_bytes(*bytes) })
    }

    /// Returns the parts of a text, which NUL separates. The standard requires ASCII; programs do not follow it.
    pub(crate) fn texts(&self) -> impl Iterator<Item = String> + use<'a> {
        let value = if matches!(self.kind, 2 | 129) { self.value } else { &[] };
        value.split(|byte| *byte == 0).filter_map(|part| text::clean(&text::decode(part)))
    }

    /// Returns a text up to its first NUL, unless it is empty.
    pub(crate) fn text(&self) -> Option<String> {
        let end = self.value.iter().position(|byte| *byte == 0).unwrap_or(self.value.len());
        let text = matches!(self.kind, 2 | 129).then(|| text::decode(&self.value[..end]))?;
        text::clean(&text)
    }

    /// Returns the elements of an entry of unsigned fractions.
    pub(crate) fn fractions(&self) -> impl Iterator<Item = (u32, u32)> + use<'a> {
        let value = if self.kind == 5 { self.value } else { &[] };
        let little_endian = self.little_endian;
        let long = move |bytes| if little_endian { u32::from_le_bytes(bytes) } else { u32::from_be_bytes(bytes) };
        let pairs = value.as_chunks::<8>().0.iter();
        pairs.map(move |&[n0, n1, n2, n3, d0, d1, d2, d3]| (long([n0, n1, n2, n3]), long([d0, d1, d2, d3])))
    }
}

/// Returns the bytes of one element of a type; `None` for a type that is neither in TIFF 6.0 nor in Exif 3.0.
pub(crate) fn size_of_kind(kind: u16) -> Option<usize> {
    Some(match kind {
        1 | 2 | 6 | 7 | 129 => 1,
        3 | 8 => 2,
        4 | 9 | 11 | 13 => 4,
        5 | 10 | 12 => 8,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_read_in_both_byte_orders() {
        let little = b"II\x2A\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\0\0\0\0";
        let big = b"MM\0\x2A\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0";
        for bytes in [&little[..], &big[..]] {
            let tiff = Tiff::parse(bytes).expect("a TIFF");
            let ifd = tiff.first_ifd().expect("a directory");
            assert_eq!(tiff.find(ifd, 0x0112).expect("the entry").uint(), Some(6));
            assert!(tiff.find(ifd, 0x0113).is_none());
        }
    }

    #[test]
    fn offsets_outside_the_block_are_no_entries() {
        let mut bytes = b"II\x2A\0\x08\0\0\0\x01\0\x0F\x01\x02\0\xFF\xFF\xFF\xFF\x06\0\0\0\0\0\0\0".to_vec();
        let tiff = Tiff::parse(&bytes).expect("a TIFF");
        assert_eq!(tiff.entries(tiff.first_ifd().expect("a directory")).count(), 0);
        bytes[4..8].copy_from_slice(&u32::MAX.to_le_bytes());
        let tiff = Tiff::parse(&bytes).expect("a TIFF");
        assert_eq!(tiff.entries(tiff.first_ifd().expect("a directory")).count(), 0);
    }
}

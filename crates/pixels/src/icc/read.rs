//! The bytes of a profile: its header and its tags. All lengths in it are checked.

/// Position of the table of tags.
const TAG_TABLE: usize = 128;

/// Limit on the tags that are searched.
const MOST_TAGS: usize = 256;

/// A profile with a valid signature.
#[derive(Debug, Clone, Copy)]
pub(super) struct Raw<'a> {
    bytes: &'a [u8],
}

impl<'a> Raw<'a> {
    /// Returns the profile, if it has the signature of one.
    pub(super) fn parse(bytes: &'a [u8]) -> Option<Self> {
        (bytes.get(36..40)? == b"acsp" && bytes.len() > TAG_TABLE).then_some(Self { bytes })
    }

    /// Returns the colour space of the device: `RGB `, `GRAY`, …
    pub(super) fn space(self) -> [u8; 4] {
        self.signature(16)
    }

    /// Returns the connection space: `XYZ ` or `Lab `.
    pub(super) fn connection(self) -> [u8; 4] {
        self.signature(20)
    }

    fn signature(self, at: usize) -> [u8; 4] {
        std::array::from_fn(|i| self.bytes[at + i])
    }

    /// Returns the data of a tag.
    pub(super) fn tag(self, name: &[u8; 4]) -> Option<&'a [u8]> {
        let count = (u32_at(self.bytes, TAG_TABLE)? as usize).min(MOST_TAGS);
        let mut entries = self.bytes.get(TAG_TABLE + 4..)?.chunks_exact(12).take(count);
        let entry = entries.find(|entry| entry.starts_with(name))?;
        let (offset, length) = (u32_at(entry, 4)? as usize, u32_at(entry, 8)? as usize);
        self.bytes.get(offset..offset.checked_add(length)?)
    }
}

/// Reads a number of one byte.
pub(super) fn u8_at(bytes: &[u8], at: usize) -> Option<u8> {
    bytes.get(at).copied()
}

/// Reads a number of two bytes.
pub(super) fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_be_bytes(bytes.get(at..at.checked_add(2)?)?.try_into().ok()?))
}

/// Reads a number of four bytes.
pub(super) fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_be_bytes(bytes.get(at..at.checked_add(4)?)?.try_into().ok()?))
}

/// Reads a signed number in units of 1/65536.
pub(super) fn fixed_at(bytes: &[u8], at: usize) -> Option<f64> {
    Some(f64::from(u32_at(bytes, at)?.cast_signed()) / 65_536.0)
}

//! A part of a file, by its place.

/// Bytes of the file; as many as there are, so that a JPEG that is cut off is seen to be.
pub(super) fn part(bytes: &[u8], offset: u32, length: u32) -> Option<&[u8]> {
    let rest = bytes.get(offset as usize..)?;
    Some(&rest[..rest.len().min(length as usize)])
}

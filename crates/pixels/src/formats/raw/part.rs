//! A part of a file, by offset and length.

/// Returns bytes of the file. If they extend beyond its end, the result is shorter, so that a truncated JPEG is recognised.
pub(super) fn part(bytes: &[u8], offset: u32, length: u32) -> Option<&[u8]> {
    let rest = bytes.get(offset as usize..)?;
    Some(&rest[..rest.len().min(length as usize)])
}

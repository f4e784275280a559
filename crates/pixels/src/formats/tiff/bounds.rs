//! Checks before anything is decoded: a chunk may claim to be far larger than its part of the picture, and many may refer to the same
//! bytes.
//!
//! In: the layout of a file. Out: the memory for decoding the largest chunk.

use super::fields::Fields;
use super::jpeg_chunk;
use super::layout::TiffLayout;
use crate::base::error::Error;
use crate::base::format::Format;

/// Limit on the bytes that are read as chunks, in multiples of the file's length, for chunks that are read as a whole.
const MOST_OVERLAP: u64 = 4;

/// Reads the layout of a file, and refuses chunks that are read as a whole and share their bytes with many others.
pub(super) fn checked<'a>(fields: &Fields<'a>) -> Result<TiffLayout<'a>, Error> {
    let layout = TiffLayout::read(fields)?;
    if !layout.chunks.are_listed() {
        return Err(Error::corrupt(Format::Tiff, "it lists fewer parts than it has"));
    }
    let mut read = 0;
    for length in wholes(&layout).map(|chunk| chunk.len() + layout.chunks.tables.len()) {
        read += length as u64;
        if read > MOST_OVERLAP * fields.file.len() as u64 {
            return Err(Error::corrupt(Format::Tiff, "its parts lie over each other"));
        }
    }
    Ok(layout)
}

/// Returns the chunks that are read as a whole.
fn wholes<'a>(layout: &TiffLayout<'a>) -> impl Iterator<Item = &'a [u8]> {
    let chunks = layout.chunks;
    let count = if layout.compression.is_jpeg() || layout.turned_bits { chunks.len() } else { 0 };
    (0..count).map(move |number| chunks.bytes(number).ok().flatten().unwrap_or_default())
}

/// Returns the bytes for decoding the largest chunk, apart from the picture.
pub(super) fn memory(layout: &TiffLayout<'_>) -> Result<u64, Error> {
    let picture = layout.row_bytes() as u64 * u64::from(layout.size.height);
    let mut largest = 0;
    for chunk in wholes(layout) {
        let decoding = if layout.compression.is_jpeg() { jpeg_chunk::memory(chunk, layout.chunks.size)? } else { 0 };
        largest = largest.max(decoding + (chunk.len() + layout.chunks.tables.len()) as u64);
    }
    Ok(largest + layout.chunk_bytes(layout.chunks.rows(layout.size)).saturating_sub(picture))
}

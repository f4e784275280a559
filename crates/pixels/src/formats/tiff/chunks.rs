//! Checks of the strips or tiles of a TIFF file, before they are decoded: each may claim to be far larger than its part of the
//! picture, and many may refer to the same bytes.
//!
//! In: the reader of a file, and its bytes. Out: the memory for decoding one chunk, apart from the picture.

use jpeg::Size;
use tiff::tags::Tag;

use super::reader::{Reader, error};
use crate::base::error::Error;
use crate::base::format::Format;

/// Length that a side of a chunk may have, whatever the size of the picture.
const FREE_SIDE: u32 = 4096;
/// Limit on the bytes that are read as chunks, in multiples of the file's length, for chunks that are read as a whole.
const MOST_OVERLAP: u64 = 4;
/// Compression number of JPEG in its common form.
const JPEG: u16 = 7;
/// Length of a frame header up to the number of its components.
const FRAME: usize = 10;

/// Refuses chunks that are far larger than the picture. Returns the bytes for decoding the largest chunk.
pub(super) fn check(reader: &mut Reader<'_>, bytes: &[u8], picture: Size) -> Result<u64, Error> {
    let (width, height) = reader.chunk_dimensions();
    // Rows below the picture are not decoded.
    let height = height.min(picture.height.max(FREE_SIDE));
    if width > picture.width.saturating_mul(2).max(FREE_SIDE) {
        return Err(Error::corrupt(Format::Tiff, "its tiles are far larger than the picture"));
    }
    let compression = reader.find_tag_unsigned_vec::<u16>(Tag::Compression).map_err(error)?;
    if compression.and_then(|kind| kind.first().copied()) != Some(JPEG) {
        return Ok(0);
    }
    let mut numbers = |tags: [Tag; 2]| {
        let [tile, strip] = tags.map(|tag| reader.find_tag_unsigned_vec::<u64>(tag).map_err(error));
        Ok::<_, Error>(tile?.or(strip?).unwrap_or_default())
    };
    let offsets = numbers([Tag::TileOffsets, Tag::StripOffsets])?;
    let lengths = numbers([Tag::TileByteCounts, Tag::StripByteCounts])?;
    let chunks = offsets.iter().zip(&lengths).filter_map(|(offset, length)| {
        let rest = bytes.get(usize::try_from(*offset).ok()?..)?;
        Some(&rest[..usize::try_from(*length).ok()?.min(rest.len())])
    });
    let tables = reader.find_tag(Tag::JPEGTables).map_err(error)?;
    let tables = tables.map(|value| value.into_u8_vec().unwrap_or_default()).unwrap_or_default();
    let (mut read, mut largest) = (0, 0);
    for chunk in std::iter::once(&tables[..]).chain(chunks) {
        read += chunk.len() as u64;
        if read > MOST_OVERLAP * bytes.len() as u64 {
            return Err(Error::corrupt(Format::Tiff, "its parts lie over each other"));
        }
        for [across, down, components] in frames(chunk) {
            // Encoders pad to whole units.
            if across > width.next_multiple_of(32) || down > height.next_multiple_of(32) {
                return Err(Error::corrupt(Format::Tiff, "a part of it is larger than its place"));
            }
            let samples = u64::from(across) * u64::from(down) * u64::from(components);
            // The result; for progressive JPEGs, coefficients of two bytes, and the planes.
            largest = largest.max(4 * samples);
        }
    }
    Ok(largest + lengths.iter().copied().max().unwrap_or(0).min(bytes.len() as u64))
}

/// Returns width, height and components of anything that could be a frame header. Entropy-coded data do not contain such bytes.
fn frames(chunk: &[u8]) -> impl Iterator<Item = [u32; 3]> {
    let heads = chunk
        .windows(FRAME)
        .filter(|head| head[0] == 0xFF && matches!(head[1], 0xC0..=0xC3 | 0xC5..=0xC7 | 0xC9..=0xCB));
    heads.map(|head| {
        let half = |at: usize| u32::from(u16::from_be_bytes([head[at], head[at + 1]]));
        [half(7), half(5), head[9].into()]
    })
}

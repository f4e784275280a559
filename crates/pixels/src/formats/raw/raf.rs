//! Fujifilm: a header with the position of the JPEG, which contains all metadata.

use jpeg::Header as JpegHeader;

use super::found::Found;
use super::part::part;
use crate::metadata::exif::Exif;

/// First bytes of the file.
pub(crate) const MAGIC: &[u8] = b"FUJIFILMCCD-RAW";
/// Positions in the header of the JPEG's offset and length.
const OFFSET: usize = 84;
const LENGTH: usize = 88;

pub(super) fn read(bytes: &[u8]) -> Found<'_> {
    let jpeg = jpeg(bytes);
    let block = jpeg.and_then(|jpeg| JpegHeader::read(jpeg).ok()?.exif);
    Found { jpegs: jpeg.into_iter().collect(), orientation: Exif::read(block.unwrap_or_default()).orientation() }
}

/// Returns the JPEG of a RAF file; `None` for other files.
pub(crate) fn jpeg(bytes: &[u8]) -> Option<&[u8]> {
    let number = |at: usize| Some(u32::from_be_bytes(*bytes.get(at..)?.first_chunk()?));
    bytes.starts_with(MAGIC).then(|| part(bytes, number(OFFSET)?, number(LENGTH)?))?
}

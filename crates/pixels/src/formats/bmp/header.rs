//! The header of a bitmap.

use std::io::Cursor;

use image::ImageDecoder;
use image::codecs::bmp::BmpDecoder;
use jpeg::check_size;

use crate::base::error::Error;
use crate::base::format::Format;
use crate::base::header::Header;
use crate::base::memory;
use crate::formats::image_crate::error;

/// Whether a file is a bitmap. "BM" alone is not enough: the length of the second header has to be a valid one.
pub(super) fn is_bmp(bytes: &[u8]) -> bool {
    let dib = bytes.get(14..18).and_then(|length| length.try_into().ok()).map(u32::from_le_bytes);
    bytes.starts_with(b"BM") && matches!(dib, Some(12 | 16 | 40 | 52 | 56 | 64 | 108 | 124))
}

/// Reads the header.
pub(crate) fn header(bytes: &[u8]) -> Result<Header, Error> {
    let decoder = BmpDecoder::new(Cursor::new(bytes)).map_err(|failure| error(Format::Bmp, failure))?;
    let (width, height) = decoder.dimensions();
    let stored = check_size(width, height)?;
    let color = decoder.color_type();
    Ok(Header {
        alpha: color.has_alpha(),
        working_memory: memory::interleaved(stored, u64::from(color.channel_count()), 1),
        ..Header::plain(Format::Bmp, stored)
    })
}

//! Fujifilm: a header that says where the JPEG is, which has all that is known of the photo.

use super::preview::Found;
use super::tiff::part;
use crate::image::jpeg::layout::Layout;
use crate::image::metadata::exif::Exif;

/// Where the header tells offset and length of the JPEG.
const OFFSET: usize = 84;
const LENGTH: usize = 88;

pub(super) fn read(bytes: &[u8]) -> Found<'_> {
    let number = |at: usize| Some(u32::from_be_bytes(*bytes.get(at..)?.first_chunk()?));
    let jpeg = || part(bytes, number(OFFSET)?, number(LENGTH)?);
    let jpeg = jpeg();
    let block = jpeg.and_then(|jpeg| Layout::read(jpeg).ok()?.exif);
    Found { jpegs: jpeg.into_iter().collect(), exif: block.map_or(Exif::NONE, Exif::read), block }
}

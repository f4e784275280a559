//! WebP: a chunk each for Exif and XMP.

use super::Block;
use crate::image::webp::chunks::chunks;

pub(super) fn blocks<'a>(bytes: &'a [u8], found: &mut Vec<Block<'a>>) {
    for chunk in chunks(bytes) {
        match &chunk.name {
            // Some programs leave JPEG's prefix there.
            b"EXIF" => found.push(Block::Exif(chunk.data.strip_prefix(b"Exif\0\0").unwrap_or(chunk.data).into())),
            b"XMP " => found.push(Block::Xmp(chunk.data.into())),
            _ => {}
        }
    }
}

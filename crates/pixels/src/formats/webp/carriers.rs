//! Metadata of WebP: one chunk each for Exif and XMP.

use super::chunks::{chunks, is_webp};
use crate::metadata::carriers::{Block, Depth};

/// Finds the blocks of metadata.
pub(crate) fn blocks<'a>(bytes: &'a [u8], _: Depth, found: &mut Vec<Block<'a>>) -> bool {
    if !(is_webp(bytes)) {
        return false;
    }
    for chunk in chunks(bytes) {
        match &chunk.name {
            // Some programs keep the prefix of JPEG.
            b"EXIF" => found.push(Block::Exif(chunk.data.strip_prefix(b"Exif\0\0").unwrap_or(chunk.data).into())),
            b"XMP " => found.push(Block::Xmp(chunk.data.into())),
            _ => {}
        }
    }
    true
}

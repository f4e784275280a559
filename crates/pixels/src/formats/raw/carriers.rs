//! The metadata of RAW files that are not built like TIFF: Canon's in boxes, Fujifilm's in the JPEG.

use super::{cr3, raf};
use crate::formats::{boxes, jpeg};
use crate::metadata::carriers::{Block, Depth};

/// Finds the blocks of metadata.
pub(crate) fn blocks<'a>(bytes: &'a [u8], depth: Depth, found: &mut Vec<Block<'a>>) -> bool {
    if bytes.get(4..12) == Some(b"ftypcrx ") {
        found.push(Block::Parts(cr3::parts(bytes)));
        boxes::blocks(bytes, found);
        return true;
    }
    raf::jpeg(bytes).is_some_and(|file| jpeg::carriers::blocks(file, depth, found))
}

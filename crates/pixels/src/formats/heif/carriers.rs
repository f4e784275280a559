//! The metadata of files made of boxes: HEIC, AVIF and videos.

use crate::formats::boxes;
use crate::metadata::carriers::{Block, Depth};

/// Finds the blocks of metadata, whatever the brand of the file.
pub(crate) fn blocks<'a>(bytes: &'a [u8], _: Depth, found: &mut Vec<Block<'a>>) -> bool {
    let is_known = bytes.get(4..8) == Some(b"ftyp");
    if is_known {
        boxes::blocks(bytes, found);
    }
    is_known
}

//! The metadata of JPEG XL in boxes. A bare codestream has none.

use crate::formats::boxes;
use crate::metadata::carriers::{Block, Depth};

/// Finds the blocks of metadata.
pub(crate) fn blocks<'a>(bytes: &'a [u8], _: Depth, found: &mut Vec<Block<'a>>) -> bool {
    let is_known = bytes.starts_with(b"\0\0\0\x0CJXL ");
    if is_known {
        boxes::blocks(bytes, found);
    }
    is_known
}

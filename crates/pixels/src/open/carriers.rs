//! The metadata of a file, whatever its format.

use super::formats::{ORDER, doors};
use crate::metadata::carriers::{Block, Carriers, Depth};

/// Returns the blocks of a file, in its order; `None` for formats without metadata. The content decides about the format, so this
/// works for videos and other files of boxes as well.
pub(crate) fn blocks(bytes: &[u8], depth: Depth) -> Option<Vec<Block<'_>>> {
    let mut found = Vec::new();
    ORDER.iter().any(|format| (doors(*format).carriers)(bytes, depth, &mut found)).then_some(found)
}

/// Returns the blocks that a reader of the file would use.
pub(crate) fn find(bytes: &[u8]) -> Carriers<'_> {
    Carriers::of(blocks(bytes, Depth::Shown).unwrap_or_default())
}

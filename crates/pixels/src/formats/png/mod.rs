//! PNG.

mod blocks;
pub(crate) mod carriers;
pub(crate) mod chunks;
mod content;
mod decode;
pub(crate) mod encode;
mod header;
pub(crate) mod strip;
pub(crate) mod tag;

use super::doors::{Doors, Strip, whole};

/// The entry points of this format.
pub(crate) const DOORS: Doors = Doors {
    recognizes: |bytes| bytes.starts_with(chunks::SIGNATURE),
    header: header::header,
    decode: decode::decode,
    memory: whole,
    strip: Some(Strip { holds_exif: true, strip: strip::strip }),
    carriers: carriers::blocks,
};

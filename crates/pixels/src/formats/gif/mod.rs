//! GIF (GIF87a and GIF89a).

pub(crate) mod blocks;
pub(crate) mod carriers;
mod decode;
mod header;
mod memory;
mod strip;

use super::doors::{Doors, Strip, whole};

/// The entry points of this format.
pub(crate) const DOORS: Doors = Doors {
    recognizes: |bytes| bytes.starts_with(b"GIF87a") || bytes.starts_with(b"GIF89a"),
    header: header::header,
    decode: decode::decode,
    memory: whole,
    strip: Some(Strip { holds_exif: false, strip: strip::strip }),
    carriers: carriers::blocks,
};

//! JPEG (ITU-T T.81): from a file to pictures in their colours. The codec itself is a separate crate.

pub(crate) mod attached;
pub(crate) mod carriers;
pub(crate) mod decode;
pub(crate) mod header;
pub(crate) mod memory;
pub(crate) mod strip;
pub(crate) mod tag;

use super::doors::{Doors, Strip};

/// The entry points of this format.
pub(crate) const DOORS: Doors = Doors {
    recognizes: |bytes| bytes.starts_with(carriers::MAGIC),
    header: header::header,
    decode: decode::decode,
    memory: memory::rendering,
    strip: Some(Strip { holds_exif: true, strip: strip::strip }),
    carriers: carriers::blocks,
};

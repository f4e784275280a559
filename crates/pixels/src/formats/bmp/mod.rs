//! Windows bitmaps. They define no colour space, and contain no metadata.

mod decode;
mod header;

use super::doors::{Doors, no_carriers, whole};

/// The entry points of this format.
pub(crate) const DOORS: Doors = Doors {
    recognizes: header::is_bmp,
    header: header::header,
    decode: decode::decode,
    memory: whole,
    strip: None,
    carriers: no_carriers,
};

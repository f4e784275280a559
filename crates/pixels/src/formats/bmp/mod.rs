//! Windows bitmaps. They say nothing of colours, and carry no metadata.

mod decode;
mod header;

use super::doors::{Doors, no_carriers, whole};

/// The doors of this format.
pub(crate) const DOORS: Doors = Doors {
    recognizes: header::is_bmp,
    header: header::header,
    decode: decode::decode,
    memory: whole,
    strip: None,
    carriers: no_carriers,
};

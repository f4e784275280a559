//! WebP.

pub(crate) mod carriers;
mod chunks;
mod decode;
mod header;
mod strip;
mod tag;

use super::doors::{Doors, Strip, whole};

/// The entry points of this format.
pub(crate) const DOORS: Doors = Doors {
    recognizes: chunks::is_webp,
    header: header::header,
    decode: decode::decode,
    memory: whole,
    strip: Some(Strip { holds_exif: true, strip: strip::strip }),
    carriers: carriers::blocks,
};

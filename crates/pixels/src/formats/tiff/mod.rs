//! TIFF: the content of its first directory, and its pixels, by the decoders of the `tiff` crate.

mod carriers;
mod chunks;
mod decode;
mod header;
mod layout;
mod reader;
mod tag;

use super::doors::{Doors, whole};

/// The entry points of this format.
pub(crate) const DOORS: Doors = Doors {
    recognizes: layout::is_tiff,
    header: header::header,
    decode: decode::decode,
    memory: whole,
    strip: None,
    carriers: carriers::blocks,
};

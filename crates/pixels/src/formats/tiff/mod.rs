//! TIFF: what its first directory tells, and its pixels, with the `tiff` crate's decoders behind them.

mod carriers;
mod chunks;
mod decode;
mod header;
mod layout;
mod reader;
mod tag;

use super::doors::{Doors, whole};

/// The doors of this format.
pub(crate) const DOORS: Doors = Doors {
    recognizes: layout::is_tiff,
    header: header::header,
    decode: decode::decode,
    memory: whole,
    strip: None,
    carriers: carriers::blocks,
};

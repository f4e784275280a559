//! JPEG XL, with the decoder of the format's authors.
//!
//! In: the bytes of a codestream or of a file made of boxes. Out: 8-bit planes, of the first frame of an animation. The decoder
//! computes in floating point; it is compiled without code for specific instruction sets, because that rounds
//! differently from one processor to the next.

mod budget;
mod carriers;
mod decode;
mod header;
mod memory;
mod opened;
mod tag;

use super::doors::{Doors, whole};

/// The entry points of this format.
pub(crate) const DOORS: Doors = Doors {
    recognizes: header::is_jxl,
    header: header::header,
    decode: decode::decode,
    memory: whole,
    strip: None,
    carriers: carriers::blocks,
};

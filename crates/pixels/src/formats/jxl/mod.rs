//! JPEG XL, through the decoder of its authors' project.
//!
//! In: the bytes of a codestream or of a file of boxes. Out: 8-bit planes, of an animation the first frame. The decoder
//! computes in floating point; it is compiled without its code for single instruction sets, because that rounds
//! differently from one processor to the next.

mod budget;
mod carriers;
mod decode;
mod header;
mod memory;
mod opened;
mod tag;

use super::doors::{Doors, whole};

/// The doors of this format.
pub(crate) const DOORS: Doors = Doors {
    recognizes: header::is_jxl,
    header: header::header,
    decode: decode::decode,
    memory: whole,
    strip: None,
    carriers: carriers::blocks,
};

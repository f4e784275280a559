//! HEIC, which telephones and some cameras write: still pictures of HEVC in boxes.
//!
//! In: the bytes of a file. Out: its primary picture, put together from its tiles, cropped and turned as its boxes say.
//! What else such files hold (depth, gain maps, films, thumbnails) is not looked at.

mod bounds;
pub(crate) mod brand;
mod carriers;
mod decode;
mod header;
mod memory;
mod opened;
mod reckon;
mod tag;
mod yuv;

use super::doors::{Doors, whole};

/// The doors of this format.
pub(crate) const DOORS: Doors = Doors {
    recognizes: |bytes| brand::Brand::of(bytes) == Some(brand::Brand::Heic),
    header: header::header,
    decode: decode::decode,
    memory: whole,
    strip: None,
    carriers: carriers::blocks,
};

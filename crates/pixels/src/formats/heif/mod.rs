//! HEIC, the format of telephones and some cameras: still pictures coded with HEVC, in boxes.
//!
//! In: the bytes of a file. Out: its primary picture, assembled from its tiles, cropped and turned as its boxes define.
//! Other content of such files (depth, gain maps, videos, thumbnails) is ignored.

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

/// The entry points of this format.
pub(crate) const DOORS: Doors = Doors {
    recognizes: |bytes| brand::Brand::of(bytes) == Some(brand::Brand::Heic),
    header: header::header,
    decode: decode::decode,
    memory: whole,
    strip: None,
    carriers: carriers::blocks,
};

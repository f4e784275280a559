//! HEIC, the format of telephones and some cameras: still pictures coded with HEVC, in boxes.
//!
//! In: the bytes of a file. Out: its primary picture, assembled from its tiles or layers and cropped; and how its
//! boxes define that it is to be turned.
//! Other content of such files (depth, gain maps, videos, thumbnails) is ignored.

mod alpha;
mod assembly;
mod bands;
pub(crate) mod brand;
mod carriers;
mod decode;
mod header;
mod items;
mod memory;
mod opened;
mod overlay;
mod raster;
mod stream;
mod structure;
mod tag;
#[cfg(test)]
mod tests;
mod transforms;
mod yuv;

use super::doors::Doors;

/// The entry points of this format.
pub(crate) const DOORS: Doors = Doors {
    recognizes: |bytes| brand::Brand::of(bytes) == Some(brand::Brand::Heic),
    header: header::header,
    decode: decode::decode,
    memory: memory::rendering,
    strip: None,
    carriers: carriers::blocks,
};

//! Camera RAW files, by the JPEG that the camera embedded.
//!
//! In: the bytes of a CR2, CR3, NEF, ARW, ORF, RW2, RAF, DNG, PEF or another RAW file based on TIFF. Out: the largest JPEG in it, with
//! the file's metadata. The sensor data is not developed: the photographer saw the camera's own rendering.

mod carriers;
mod cr3;
mod decode;
mod found;
mod header;
pub(crate) mod kind;
mod orf;
mod part;
pub(crate) mod preview;
pub(crate) mod raf;
mod tiff;

use super::doors::Doors;

/// The entry points of this format.
pub(crate) const DOORS: Doors = Doors {
    recognizes: |bytes| kind::RawKind::of(bytes).is_some(),
    header: header::header,
    decode: decode::decode,
    memory: crate::formats::jpeg::memory::rendering,
    strip: None,
    carriers: carriers::blocks,
};

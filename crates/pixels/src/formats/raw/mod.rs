//! Camera RAW files, through the JPEG that the camera put into them.
//!
//! In: the bytes of a CR2, CR3, NEF, ARW, ORF, RW2, RAF, DNG, PEF or another RAW file on the ground of TIFF. Out: the
//! largest JPEG in it, with what the file says about the photo. The sensor's own data is not developed: what a camera
//! makes of it is what its photographer saw.

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

/// The doors of this format.
pub(crate) const DOORS: Doors = Doors {
    recognizes: |bytes| kind::RawKind::of(bytes).is_some(),
    header: header::header,
    decode: decode::decode,
    memory: crate::formats::jpeg::memory::rendering,
    strip: None,
    carriers: carriers::blocks,
};

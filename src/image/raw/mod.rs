//! Camera RAW files, through the JPEG that the camera put into them.
//!
//! In: the bytes of a CR2, CR3, NEF, ARW, ORF, RW2, RAF, DNG, PEF or another RAW file on the ground of TIFF. Out: the
//! largest JPEG in it, with what the file says about the photo. The sensor's own data is not developed: what a camera
//! makes of it is what its photographer saw.

mod cr3;
pub(in crate::image) mod kind;
mod orf;
mod preview;
mod raf;
mod tiff;

pub(in crate::image) use cr3::parts as cr3_parts;
pub(in crate::image) use preview::Preview;
pub(in crate::image) use raf::{MAGIC as RAF, jpeg as raf_jpeg};

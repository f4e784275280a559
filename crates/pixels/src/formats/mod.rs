//! One folder for each format that is read, each with the same doors.
//!
//! In: the bytes of a file. Out: through [`Doors`](doors::Doors) its header, its pixels, the blocks of its metadata, the file with other
//! metadata, and the memory that all of that takes. A format must not know which others there are; only RAW files know JPEG, which
//! they hold.

pub(crate) mod bmp;
mod boxes;
mod colored;
pub(crate) mod doors;
pub(crate) mod gif;
pub(crate) mod heif;
pub(crate) mod image_crate;
mod interleaved;
pub(crate) mod jpeg;
pub(crate) mod jxl;
pub(crate) mod png;
pub(crate) mod raw;
pub(crate) mod tiff;
pub(crate) mod webp;

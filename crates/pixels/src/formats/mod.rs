//! One folder for each supported format, all with the same interface.
//!
//! In: the bytes of a file. Out: through [`Doors`](doors::Doors) its header, its pixels, the blocks of its metadata, the file with other
//! metadata, and the memory needed for all of that. Must not know other formats; only RAW files know JPEG, which they contain.

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

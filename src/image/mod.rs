//! The pixel library: bytes in, bytes out.
//!
//! In: the bytes of one source picture and a list of [`Recipe`]s. Out: the bytes of each rendition, a pure function of
//! (source bytes, recipe): never of what else was asked for, of the thread, the machine or its instruction set. This
//! module knows no paths, no clock and no threads, and every decoder is given limits before it allocates.

mod color;
mod color_space;
mod decode;
mod error;
mod foreign;
mod format;
#[cfg(fuzzing)]
pub mod fuzzing;
mod gif;
mod hands;
mod header;
mod heif;
mod icc;
mod interleaved;
mod isobmff;
mod jpeg;
mod jxl;
pub mod limits;
mod memory;
mod metadata;
mod picture;
mod placeholder;
mod plane;
mod png;
mod raw;
mod recipe;
mod render;
mod simd;
mod sine;
mod strip;
#[cfg(test)]
mod tests;
mod tiff;
mod webp;
mod yuv;

pub use color_space::ColorSpace;
pub use error::Error;
pub use foreign::Foreign;
pub use hands::{Alone, Hands};
pub use header::{Coefficients, Format, Header, Orientation, Size, read_header};
pub use jpeg::decode::Damage;
pub use memory::memory_for_frame;
pub use metadata::{
    About, Captured, Credit, HEAD, Leak, Secret, Shot, Words, carries_metadata, excerpt, is_machine_written,
    is_personal, leaks, read_about,
};
pub use recipe::{
    Background, Colors, ENGINE, Effort, Encode, Encoding, Metadata, Placeholder, Recipe, Requantize, Survey,
};
pub use render::{render, render_with};
#[cfg(feature = "kernels")]
pub use simd::kernels;

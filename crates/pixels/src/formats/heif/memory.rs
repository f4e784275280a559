//! The memory that a HEIC takes.

use jpeg::Size;

use crate::base::memory::{CONSTANT, encoding};

/// A HEIC of this many samples for two pixels, whose decoder takes `decoding` bytes.
pub(crate) fn heic(size: Size, decoding: u64, samples: u64, alpha: bool) -> u64 {
    // What the decoder leaves, and the planes that are made of it.
    let resizing = (2 * samples + if alpha { 16 } else { 6 }) * size.pixels();
    CONSTANT + decoding.max(resizing + encoding(size))
}

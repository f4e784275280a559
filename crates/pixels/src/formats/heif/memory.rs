//! The memory needed for a HEIC.

use jpeg::Size;

use crate::base::memory::{CONSTANT, encoding};

/// Returns the bytes for a HEIC with this number of samples per two pixels, whose decoder needs `decoding` bytes.
pub(crate) fn heic(size: Size, decoding: u64, samples: u64, alpha: bool) -> u64 {
    // The result of the decoder, and the planes made from it.
    let resizing = (2 * samples + if alpha { 16 } else { 6 }) * size.pixels();
    CONSTANT + decoding.max(resizing + encoding(size))
}

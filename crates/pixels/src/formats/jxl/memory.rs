//! The memory that a JPEG XL takes.

use jpeg::Size;

use crate::base::memory::{CONSTANT, encoding};

/// A JPEG XL of this many channels. Its decoder works in groups of rows, or on four bytes for each sample of the whole
/// picture; of frames that others refer to it keeps as much again.
pub(crate) fn jxl(size: Size, channels: u64) -> u64 {
    let pixels = size.pixels();
    CONSTANT + (8 * channels * pixels).max(3 * channels * pixels + encoding(size))
}

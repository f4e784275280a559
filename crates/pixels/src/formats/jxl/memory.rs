//! The memory needed for a JPEG XL.

use jpeg::Size;

use crate::base::memory::{CONSTANT, encoding};

/// Returns the bytes for a JPEG XL with this number of channels. Its decoder works in groups of rows, or on four bytes for each sample of
/// the whole picture; it keeps as much again for frames that others refer to.
pub(crate) fn jxl(size: Size, channels: u64) -> u64 {
    let pixels = size.pixels();
    CONSTANT + (8 * channels * pixels).max(3 * channels * pixels + encoding(size))
}

//! Estimates of the memory for rendering a file, from its header.

use jpeg::Size;

use super::formats::doors;
use crate::base::header::Header;
use crate::base::memory::interleaved;
use crate::base::recipe::Recipe;

/// Returns an upper bound in bytes for rendering `recipes` from a file of `len` bytes, `at_once` in parallel, excluding the file and the
/// results. No photograph takes more; pure noise may.
#[must_use]
pub fn memory_for(header: &Header, recipes: &[&Recipe], len: u64, at_once: usize) -> u64 {
    (doors(header.format).memory)(header, recipes, len, at_once)
}

/// Returns an upper bound in bytes for rendering a frame of a video of this size from a BMP, excluding the BMP.
#[must_use]
pub fn memory_for_frame(size: Size) -> u64 {
    interleaved(size, 3, 1)
}

//! The memory needed for a GIF.

use jpeg::Size;

use crate::base::memory::interleaved;

/// Returns the bytes for a GIF with a first frame of this size, which is unpacked as a whole, beside the screen: one
/// byte for each pixel, which becomes four.
pub(crate) fn gif(screen: Size, frame: Size) -> u64 {
    interleaved(screen, 4, 1) + if frame == screen { 0 } else { 5 * frame.pixels() }
}

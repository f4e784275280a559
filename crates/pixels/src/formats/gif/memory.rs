//! The memory that a GIF takes.

use jpeg::Size;

use crate::base::memory::interleaved;

/// A GIF with a first frame of this size, which is unpacked as a whole, also where it lies beside the screen: one byte for each pixel,
/// of which four are made.
pub(crate) fn gif(screen: Size, frame: Size) -> u64 {
    interleaved(screen, 4, 1) + if frame == screen { 0 } else { 5 * frame.pixels() }
}

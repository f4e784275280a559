//! Limits on the size of a picture, and on the memory of its decoder.

pub use jpeg::limits::{MAX_PIXELS, MAX_SIDE};

/// Limit on the memory of a decoder, for its result and everything else, in bytes.
pub(crate) const MAX_DECODED_BYTES: u64 = 3 << 30;

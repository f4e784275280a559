//! How large a picture may be, and how much memory its decoder may take.

pub use jpeg::limits::{MAX_PIXELS, MAX_SIDE};

/// The most bytes that a decoder may use for its result and beside it.
pub(crate) const MAX_DECODED_BYTES: u64 = 3 << 30;

//! How large a picture may be. Files beyond these limits are refused before anything is allocated.

/// The longest side in pixels: what a JPEG can hold.
pub const MAX_SIDE: u32 = 65_535;

/// The most pixels of a picture.
pub const MAX_PIXELS: u64 = 400_000_000;

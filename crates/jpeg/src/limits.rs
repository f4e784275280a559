//! Limits on the size of a picture. Larger files are refused before anything is allocated.

/// The longest side in pixels that a JPEG file can have.
pub const MAX_SIDE: u32 = 65_535;

/// Limit on the number of pixels.
pub const MAX_PIXELS: u64 = 400_000_000;

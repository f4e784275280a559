//! Estimates of memory that formats share. Each format says beside its decoder what that takes.

use jpeg::Size;

/// What an encoder and the tables of all codecs take beside buffers that grow with the picture, in bytes.
pub(crate) const CONSTANT: u64 = 4 << 20;

/// Bytes for a picture of so many channels, and of so many bytes for each sample, that is decoded as a whole.
pub(crate) fn interleaved(size: Size, channels: u64, sample_bytes: u64) -> u64 {
    let pixels = size.pixels();
    // The decoder's result and as much beside it, which an allocator may still hold when there are planes; then the planes at all
    // levels, the turned copy and its conversion, and the encoder.
    let decoding = (2 * sample_bytes + 1) * channels * pixels;
    let resizing = 10 * channels * pixels / 3;
    CONSTANT + decoding.max(resizing + encoding(size))
}

/// Encoding at full size: for each coefficient that is not zero three bytes, with `small` twice as many. At most every second one is not
/// zero in photographs, even at quality 95; only noise at quality 100 can take twice as much.
pub(crate) fn encoding(size: Size) -> u64 {
    5 * size.pixels()
}

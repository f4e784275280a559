//! Memory estimates that formats share. The specific estimates of a format are beside its decoder.

use jpeg::Size;

/// Memory of an encoder and the tables of all codecs, apart from buffers that grow with the picture, in bytes.
pub(crate) const CONSTANT: u64 = 4 << 20;

/// Returns the bytes for a picture with this number of channels and of bytes per sample that is decoded as a whole.
pub(crate) fn interleaved(size: Size, channels: u64, sample_bytes: u64) -> u64 {
    let pixels = size.pixels();
    // The decoder's result and as much beside it, which an allocator may still hold when the planes exist; then the planes at all
    // levels, the turned copy and its conversion, and the encoder.
    let decoding = (2 * sample_bytes + 1) * channels * pixels;
    let resizing = 10 * channels * pixels / 3;
    CONSTANT + decoding.max(resizing + encoding(size))
}

/// Returns the bytes for encoding at full size: three for each nonzero coefficient, with `small` twice as many. In photographs at most
/// every second coefficient is nonzero, even at quality 95, and less of full chroma; only noise at quality 100 can take twice as much.
pub(crate) fn encoding(size: Size) -> u64 {
    7 * size.pixels()
}

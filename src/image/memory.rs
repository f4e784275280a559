//! How much memory the rendering of a picture takes at most, told from its header. The figures follow the code in
//! `render`; the caller holds the source bytes and the results, which are not counted here.

use super::header::Size;

/// What an encoder and the tables of all codecs take beside buffers that grow with the picture.
const CONSTANT: u64 = 4 << 20;

/// A JPEG: `samples` in all components together.
pub(in crate::image) fn jpeg(size: Size, samples: u64, progressive: bool) -> u64 {
    // While decoding a progressive file there are its coefficients, with two bytes for each; they are gone before encoding
    // begins.
    let decoding = if progressive { 2 * samples } else { 0 };
    // The turned planes of the full size, with 4:2:0, and their encoding.
    let full = 3 * size.pixels() / 2 + encoding(size);
    // Planes and coefficients that are requantized are there at once.
    CONSTANT + samples + decoding.max(full).max(requantizing(samples))
}

/// Writing the coefficients of a JPEG again, of whatever sampling: what [`encoding`] says, for each sample, with as much again for the
/// blocks themselves while they are put in another order. The coefficients of a progressive file take no more, and are gone before.
fn requantizing(samples: u64) -> u64 {
    4 * samples
}

/// Any other picture, of this many channels and bytes for each sample of a channel.
pub(in crate::image) fn other(size: Size, channels: u64, sample_bytes: u64) -> u64 {
    let pixels = size.pixels();
    // The decoder's result and as much beside it; then the planes, the turned copy and its conversion, and the encoder.
    let decoding = 2 * channels * sample_bytes * pixels;
    let resizing = 3 * channels * pixels;
    CONSTANT + decoding.max(resizing + encoding(size))
}

/// A HEIC of this many samples for two pixels, whose decoder takes `decoding` bytes.
pub(in crate::image) fn heic(size: Size, decoding: u64, samples: u64, alpha: bool) -> u64 {
    // What the decoder leaves, and the planes that are made of it.
    let resizing = (2 * samples + if alpha { 16 } else { 6 }) * size.pixels();
    CONSTANT + decoding.max(resizing + encoding(size))
}

/// A JPEG XL of this many channels. Its decoder works in groups of rows, or on four bytes for each sample of the whole
/// picture; of frames that others refer to it keeps as much again.
pub(in crate::image) fn jxl(size: Size, channels: u64) -> u64 {
    let pixels = size.pixels();
    CONSTANT + (8 * channels * pixels).max(3 * channels * pixels + encoding(size))
}

/// Encoding at full size: for each of three blocks to 128 pixels 24 bytes; for each coefficient that is not zero two bytes,
/// and four for what a scan says of it, with a quarter more of room. At most every second one is not zero in photographs, even at
/// quality 95; only noise at quality 100 can take twice as much.
fn encoding(size: Size) -> u64 {
    5 * size.pixels()
}

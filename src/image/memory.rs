//! How much memory the rendering of a picture takes at most, told from its header. The figures follow the code in
//! `render`; the caller holds the source bytes and the results, which are not counted here.

use std::collections::BTreeSet;

use super::color_space::ColorSpace;
use super::header::{Header, Orientation, Size};
use super::jpeg::decode::DEEPEST;
use super::recipe::{Colors, Encoding, Recipe};

/// What an encoder and the tables of all codecs take beside buffers that grow with the picture.
const CONSTANT: u64 = 4 << 20;

/// A JPEG: `samples` in all components together.
pub(in crate::image) fn jpeg(size: Size, samples: u64) -> u64 {
    // The planes of the full size, with 4:2:0, and their encoding.
    let full = 3 * size.pixels() / 2 + encoding(size);
    // All levels together are a third more than the first; coefficients that are requantized are there at the same time.
    CONSTANT + 4 * samples / 3 + full.max(requantizing(samples))
}

/// Writing the coefficients of a JPEG again, of whatever sampling: what [`encoding`] says, for each sample, and the blocks themselves
/// while they are put in another order. Coefficients that have to be kept while decoding take no more, and are gone before.
fn requantizing(samples: u64) -> u64 {
    4 * samples
}

/// Making `recipes` of a picture in a file of `len` bytes, so many at once.
pub(in crate::image) fn rendering<'r>(
    header: &Header,
    recipes: impl Iterator<Item = &'r Recipe>,
    len: u64,
    at_once: usize,
) -> u64 {
    // Besides the rendition that is made of all of it, others are made of what is halved.
    let beside = if at_once > 1 { 2 * header.stored.pixels() } else { 0 };
    let whole = header.working_memory + beside;
    let Some(coefficients) = header.coefficients else { return whole };
    let converted = |colors: Colors| match header.color_space {
        ColorSpace::Srgb => false,
        ColorSpace::Profiled => colors == Colors::Srgb,
        ColorSpace::Foreign => true,
    };
    let (mut levels, mut noted, mut rendered, mut requantized) = (BTreeSet::new(), Vec::new(), 0, 0);
    for recipe in recipes {
        match recipe {
            Recipe::Keep { .. } => {}
            Recipe::Requantize(recipe) => requantized += requantized_photo(coefficients.count, len, recipe.turn),
            Recipe::Encode(encode) => {
                let Encoding::Jpeg { quality, .. } = encode.encoding else { return whole };
                if converted(encode.colors) {
                    return whole;
                }
                if !encode.is_streamed(header.stored) {
                    levels.insert(encode.halvings.min(DEEPEST));
                }
                let pixels = encode.size.pixels();
                rendered += 3 * pixels / 2;
                noted.push(said(pixels, quality));
            }
            Recipe::Survey { colors, .. } if converted(*colors) => return whole,
            Recipe::Survey { .. } => {
                levels.insert(DEEPEST);
            }
        }
    }
    // Of more than two samples for a pixel, half of the chroma is not made.
    let samples = coefficients.count.min(2 * header.stored.pixels() + (1 << 16));
    let planes: u64 = levels.iter().map(|level| samples >> (2 * level)).sum();
    // All are there when decoding ends, and so many are encoded at once.
    noted.sort_unstable_by(|a, b| b.cmp(a));
    let renditions = rendered + noted.iter().take(at_once).sum::<u64>();
    // Two bytes for each, and eight for what is known of a block.
    let kept = if coefficients.kept { 2 * coefficients.count + coefficients.count / 8 } else { 0 };
    // Bands between restart markers wait until they are handed on.
    let bands = if at_once > 1 { coefficients.count / 8 } else { 0 };
    CONSTANT + planes + requantized + kept.max(renditions + bands)
}

/// What is said of a rendition while it is encoded: three bytes for each coefficient that is not zero. Of photographs at most every third
/// pixel has one up to quality 85.
fn said(pixels: u64, quality: u8) -> u64 {
    if quality <= 85 { pixels } else { 3 * pixels }
}

/// The same of coefficients that are there, of which photographs have one and a half for each byte of their file, and of which the first
/// of each block stand apart. If rows do not stay rows, the blocks are kept as well, in little more than a byte for each coefficient.
fn requantized_photo(count: u64, len: u64, turn: Orientation) -> u64 {
    let kept = if turn.keeps_rows() { 0 } else { count / 6 + 2 * len };
    (count / 32 + 5 * len + kept).min(requantizing(count))
}

/// Any other picture, of this many channels and bytes for each sample of a channel.
pub(in crate::image) fn other(size: Size, channels: u64, sample_bytes: u64) -> u64 {
    let pixels = size.pixels();
    // The decoder's result and as much beside it, which an allocator may still hold when there are planes; then the planes at all
    // levels, the turned copy and its conversion, and the encoder.
    let decoding = (2 * sample_bytes + 1) * channels * pixels;
    let resizing = 10 * channels * pixels / 3;
    CONSTANT + decoding.max(resizing + encoding(size))
}

/// A frame of a video, in a BMP, which is not counted.
#[must_use]
pub fn memory_for_frame(size: Size) -> u64 {
    other(size, 3, 1)
}

/// A GIF with a first frame of this size, which is unpacked as a whole, also where it lies beside the screen: one byte for each pixel,
/// of which four are made.
pub(in crate::image) fn gif(screen: Size, frame: Size) -> u64 {
    other(screen, 4, 1) + if frame == screen { 0 } else { 5 * frame.pixels() }
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

/// Encoding at full size: for each coefficient that is not zero three bytes, with `small` twice as many. At most every second one is not
/// zero in photographs, even at quality 95; only noise at quality 100 can take twice as much.
fn encoding(size: Size) -> u64 {
    5 * size.pixels()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::image::header::{Coefficients, Format};
    use crate::image::recipe::{Background, Effort, Encode, Metadata};

    const MIB: u64 = 1 << 20;

    /// A photo of 24 megapixels with 4:2:0, in 5 MB.
    fn photo(kept: bool) -> Header {
        let size = Size { width: 6000, height: 4000 };
        Header {
            working_memory: jpeg(size, 36_000_000),
            coefficients: Some(Coefficients { count: 36_000_000, kept }),
            ..Header::plain(Format::Jpeg, size)
        }
    }

    fn recipes(header: &Header, heights: &[u32]) -> Vec<Recipe> {
        let recipe = |height: &u32| {
            let size = Size { width: height * 3 / 2, height: *height };
            let encoding = Encoding::Jpeg { quality: 75, progressive: true, effort: Effort::Balanced };
            let (metadata, colors, background) = (Metadata::None, Colors::Keep, Background::WHITE);
            let halvings = header.halvings(size);
            Recipe::Encode(Encode {
                size,
                halvings,
                turn: Orientation::UPRIGHT,
                encoding,
                metadata,
                colors,
                background,
            })
        };
        heights.iter().map(recipe).collect()
    }

    #[test]
    fn small_renditions_need_little_and_many_at_once_more() {
        let header = photo(false);
        let of = |heights: &[u32], at_once| rendering(&header, recipes(&header, heights).iter(), 5_000_000, at_once);
        assert!(of(&[450], 1) < 12 * MIB, "{}", of(&[450], 1));
        let all = [450, 600, 800, 1366, 1920];
        assert!(of(&all, 1) < of(&all, 2) && of(&all, 2) < of(&all, 8));
        assert!(of(&all, 8) < header.working_memory);
        let kept = photo(true);
        assert!(rendering(&kept, recipes(&kept, &[450]).iter(), 5_000_000, 1) > 2 * 36_000_000);
    }

    #[test]
    fn what_has_to_be_converted_needs_all_of_it() {
        let header = Header { color_space: ColorSpace::Foreign, ..photo(false) };
        assert_eq!(rendering(&header, recipes(&header, &[450]).iter(), 5_000_000, 1), header.working_memory);
    }
}

//! The memory needed for a HEIC. The picture is halved while its rows arrive, so the estimate depends on the recipes.

use jpeg::Size;

use crate::base::color_space::ColorSpace;
use crate::base::header::Header;
use crate::base::memory::{CONSTANT, encoding};
use crate::base::recipe::Recipe;

/// Returns the bytes for the picture at its full size and for a rendition of that size, with `samples` in two pixels.
fn picture(size: Size, samples: u64) -> u64 {
    // All levels together are a third larger than the first; a turned copy; its encoding.
    7 * samples * size.pixels() / 6 + encoding(size)
}

/// Returns the bytes for a HEIC whose decoder needs `decoding` bytes beside the picture.
pub(super) fn heic(size: Size, decoding: u64, samples: u64) -> u64 {
    CONSTANT.saturating_add(decoding).saturating_add(picture(size, samples))
}

/// Returns the bytes for making `recipes`, `at_once` in parallel.
pub(super) fn rendering(header: &Header, recipes: &[&Recipe], _: u64, at_once: usize) -> u64 {
    let levels = recipes.iter().filter_map(|recipe| match recipe {
        Recipe::Encode(encode) => Some(header.level(encode)),
        _ => None,
    });
    // A survey needs less than any rendition.
    let level = levels.min().unwrap_or(0);
    if level == 0 {
        return header.working_memory + if at_once > 1 { 2 * header.stored.pixels() } else { 0 };
    }
    let samples = match (header.alpha, header.color_space) {
        (true, _) => 8,
        (false, ColorSpace::Srgb) => 2,
        (false, _) => 6,
    };
    let decoding = header.working_memory.saturating_sub(picture(header.stored, samples));
    let mut made: Vec<u64> = recipes
        .iter()
        .filter_map(|recipe| match recipe {
            Recipe::Encode(encode) => Some(4 * encode.size.pixels() + encoding(encode.size)),
            _ => None,
        })
        .collect();
    made.sort_unstable_by(|a, b| b.cmp(a));
    // Rows wait until there are enough of them to be halved.
    let waiting = (8 << level) * u64::from(header.stored.width);
    let halved = (7 * 8 * header.stored.pixels() / 6) >> (2 * u32::from(level.min(16)));
    decoding + waiting + halved + made.iter().take(at_once.max(1)).sum::<u64>()
}

//! The memory needed for a JPEG: to decode it, and to make renditions of it.
//!
//! A JPEG is decoded at the sizes that its renditions need, so the estimate depends on the recipes. The caller holds the bytes of the file
//! and of the results, which are not counted.

use std::collections::BTreeSet;

use jpeg::{DEEPEST, Orientation, Size};

use crate::base::color_space::ColorSpace;
use crate::base::header::Header;
use crate::base::memory::{CONSTANT, encoding};
use crate::base::recipe::{Chroma, Colors, Encode, Encoding, Recipe};
use crate::formats::doors::whole;

/// Returns the bytes for decoding a JPEG with `samples` in all components together.
pub(crate) fn decoding(size: Size, samples: u64) -> u64 {
    // The planes of the full size, with full chroma, and their encoding.
    let full = 3 * size.pixels() + encoding(size);
    // All levels together are a third larger than the first; requantized coefficients exist at the same time.
    CONSTANT + 4 * samples / 3 + full.max(requantizing(samples))
}

/// Returns the bytes for writing the coefficients of a JPEG of any sampling again: those of [`encoding`], for each sample, and the blocks
/// themselves while they are reordered. Coefficients that are kept while decoding need no more, and are freed before.
fn requantizing(samples: u64) -> u64 {
    4 * samples
}

/// Returns the bytes for making `recipes` from a file of `len` bytes, `at_once` in parallel. Some may be made again with full chroma.
pub(crate) fn rendering(header: &Header, recipes: &[&Recipe], len: u64, at_once: usize) -> u64 {
    let is_auto = |recipe: &&Recipe| {
        matches!(recipe, Recipe::Encode(Encode { encoding: Encoding::Jpeg { chroma: Chroma::Auto, .. }, .. }))
    };
    let again: Vec<Recipe> = recipes.iter().copied().filter(is_auto).map(Recipe::with_full_chroma).collect();
    let again: Vec<&Recipe> = again.iter().collect();
    pass(header, recipes, len, at_once).max(pass(header, &again, len, at_once))
}

/// Returns the bytes for making `recipes` as they are.
fn pass(header: &Header, recipes: &[&Recipe], len: u64, at_once: usize) -> u64 {
    let whole = whole(header, recipes, len, at_once);
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
                let level = header.level(encode);
                if !encode.is_streamed(header.stored, level) {
                    levels.insert(level.min(DEEPEST));
                }
                let pixels = encode.size.pixels();
                rendered += if encode.halves_chroma() { 3 * pixels / 2 } else { 3 * pixels };
                noted.push(token_bytes(pixels, quality));
            }
            Recipe::Survey { colors, .. } if converted(*colors) => return whole,
            Recipe::Survey { .. } => {
                levels.insert(DEEPEST);
            }
        }
    }
    // With more than two samples per pixel, half of the chroma is not decoded, unless all of it is needed.
    let halves = |recipe: &&Recipe| !matches!(recipe, Recipe::Encode(encode) if !encode.halves_chroma());
    let samples = match recipes.iter().all(halves) {
        true => coefficients.count.min(2 * header.stored.pixels() + (1 << 16)),
        false => coefficients.count,
    };
    let planes: u64 = levels.iter().map(|level| samples >> (2 * level)).sum();
    // All renditions exist when decoding ends, and `at_once` of them are encoded in parallel.
    noted.sort_unstable_by(|a, b| b.cmp(a));
    let renditions = rendered + noted.iter().take(at_once).sum::<u64>();
    // Two bytes for each coefficient, and eight for the bit set of each block.
    let kept = if coefficients.kept { 2 * coefficients.count + coefficients.count / 8 } else { 0 };
    // Bands between restart markers wait until they are handed on.
    let bands = if at_once > 1 { coefficients.count / 8 } else { 0 };
    CONSTANT + planes + requantized + kept.max(renditions + bands)
}

/// Returns the bytes for the tokens of a rendition during encoding: three for each nonzero coefficient. Photographs have at most one per
/// three pixels up to quality 85.
fn token_bytes(pixels: u64, quality: u8) -> u64 {
    if quality <= 85 { pixels } else { 3 * pixels }
}

/// The same for existing coefficients. Photographs have one and a half nonzero ones for each byte of their file; the first ones of each
/// block are stored separately. Unless rows stay rows, the blocks are kept as well, with little more than a byte per coefficient.
fn requantized_photo(count: u64, len: u64, turn: Orientation) -> u64 {
    let kept = if turn.keeps_rows() { 0 } else { count / 6 + 2 * len };
    (count / 32 + 5 * len + kept).min(requantizing(count))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::format::Format;
    use crate::base::header::{Coefficients, StoredChroma};
    use crate::base::recipe::{Background, Encode, Metadata};
    use jpeg::Effort;

    const MIB: u64 = 1 << 20;

    /// A photo of 24 megapixels with 4:2:0, in 5 MB.
    fn photo(kept: bool) -> Header {
        let size = Size { width: 6000, height: 4000 };
        Header {
            working_memory: decoding(size, 36_000_000),
            coefficients: Some(Coefficients { count: 36_000_000, kept, chroma: StoredChroma::Coarse }),
            ..Header::plain(Format::Jpeg, size)
        }
    }

    fn recipes(header: &Header, heights: &[u32]) -> Vec<Recipe> {
        let recipe = |height: &u32| {
            let size = Size { width: height * 3 / 2, height: *height };
            let encoding =
                Encoding::Jpeg { quality: 75, progressive: true, effort: Effort::Balanced, chroma: Chroma::Auto };
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

    fn estimate(header: &Header, heights: &[u32], at_once: usize) -> u64 {
        let recipes = recipes(header, heights);
        rendering(header, &recipes.iter().collect::<Vec<_>>(), 5_000_000, at_once)
    }

    #[test]
    fn small_renditions_need_little_and_many_at_once_more() {
        let header = photo(false);
        let of = |heights: &[u32], at_once| estimate(&header, heights, at_once);
        assert!(of(&[450], 1) < 14 * MIB, "{}", of(&[450], 1));
        let all = [450, 600, 800, 1366, 1920];
        assert!(of(&all, 1) < of(&all, 2) && of(&all, 2) < of(&all, 8));
        assert!(of(&all, 8) < header.working_memory);
        let kept = photo(true);
        assert!(estimate(&kept, &[450], 1) > 2 * 36_000_000);
    }

    #[test]
    fn what_has_to_be_converted_needs_all_of_it() {
        let header = Header { color_space: ColorSpace::Foreign, ..photo(false) };
        assert_eq!(estimate(&header, &[450], 1), header.working_memory);
    }
}

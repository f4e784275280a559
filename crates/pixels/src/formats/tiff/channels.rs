//! From stored channels to the conventions of their model in this crate.

use super::model::{Meaning, Special};
use crate::base::color::rgb_of_ycbcr;
use crate::formats::interleaved::{Alpha, Samples};

/// Converts the colours of all pixels of `channels` channels.
pub(super) fn convert(meaning: &Meaning<'_>, samples: &mut Samples) {
    let channels = meaning.channels();
    match (meaning.special, samples) {
        (Special::WhiteIsZero, Samples::Eight(samples)) => {
            samples.iter_mut().step_by(channels).for_each(|value| *value = 255 - *value);
        }
        (Special::WhiteIsZero, Samples::Sixteen(samples)) => {
            samples.iter_mut().step_by(channels).for_each(|value| *value = 65_535 - *value);
        }
        (Special::SignedLab, Samples::Eight(samples)) => {
            let signed = samples.chunks_exact_mut(channels).flat_map(|pixel| pixel[1..3].iter_mut());
            signed.for_each(|value| *value ^= 0x80);
        }
        // 16 bits use 256 per unit, and 652.8 for L*; 0x8000 or 0 is neutral.
        (Special::SignedLab, Samples::Sixteen(samples)) => {
            let signed = samples.chunks_exact_mut(channels).flat_map(|pixel| pixel[1..3].iter_mut());
            signed.for_each(|value| *value = stretched(*value ^ 0x8000));
        }
        (Special::Lab, Samples::Sixteen(samples)) => {
            let colors = samples.chunks_exact_mut(channels).flat_map(|pixel| pixel[..3].iter_mut());
            colors.for_each(|value| *value = stretched(*value));
        }
        (Special::YCbCr, Samples::Eight(samples)) => {
            for pixel in samples.chunks_exact_mut(channels) {
                let rgb = rgb_of_ycbcr(pixel[0], pixel[1], pixel[2]);
                pixel[..3].copy_from_slice(&rgb);
            }
        }
        _ => {}
    }
}

/// Scales 0xFF00 to the largest number.
fn stretched(value: u16) -> u16 {
    (u32::from(value) * 257 / 256).min(65_535) as u16
}

/// Returns the colours of a palette, each in 8 bits; none if there is no palette.
pub(super) fn palette(meaning: &Meaning<'_>) -> Vec<[u16; 3]> {
    let Special::Palette(colors) = meaning.special else { return Vec::new() };
    let count = colors.len() / 3;
    // Some programs have written palettes of 8 bits.
    let shift = if colors.iter().all(|color| color < 256) { 0 } else { 8 };
    let color = |place| [0, 1, 2].map(|channel| (colors.get(channel * count + place).unwrap_or(0) >> shift) as u16);
    (0..count).map(color).collect()
}

/// Returns the channels of the picture that a stored channel provides: all three for an index, none if it has no meaning.
pub(super) fn targets(meaning: &Meaning<'_>, stored: usize) -> std::ops::Range<usize> {
    let channels = meaning.channels();
    let palette = matches!(meaning.special, Special::Palette(_));
    match stored {
        0 if palette => 0..3,
        _ if stored < meaning.colors => stored..stored + 1,
        _ if meaning.alpha != Alpha::None && stored == meaning.alpha_at => channels - 1..channels,
        _ => 0..0,
    }
}

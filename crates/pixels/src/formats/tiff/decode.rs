//! From the strips or tiles of a TIFF file to its pixels.

use jpeg::zeroed;

use super::layout::{Special, TiffLayout};
use super::reader::{Reader, error};
use super::tag::tag;
use crate::base::color::rgb_of_ycbcr;
use crate::base::decoded::{Decoded, Wanted};
use crate::base::error::Error;
use crate::base::format::Format;
use crate::base::limits::MAX_DECODED_BYTES;
use crate::formats::interleaved::{Alpha, Interleaved, Samples};
use crate::icc::Model;

/// Decodes the first picture of a file.
pub(crate) fn decode(bytes: &[u8], wanted: &Wanted<'_>) -> Result<Decoded, Error> {
    pixels(bytes)?.into_decoded(tag(bytes), wanted.colors)
}

fn pixels(bytes: &[u8]) -> Result<Interleaved, Error> {
    let (layout, mut reader) = TiffLayout::open(bytes)?;
    let (width, height) = (layout.size.width as usize, layout.size.height as usize);
    let row = (width * layout.stored * usize::from(layout.bits)).div_ceil(8);
    if row as u64 * height as u64 > MAX_DECODED_BYTES {
        return Err(Error::TooMuchMemory);
    }
    let mut raw = zeroed(row, height)?;
    if layout.planar && layout.stored > 1 {
        if layout.bits < 8 {
            return Err(Error::unsupported(Format::Tiff, "channels apart, of less than 8 bits"));
        }
        read_apart(&mut reader, &layout, &mut raw)?;
    } else {
        // The `tiff` crate returns samples in the machine's byte order.
        reader.read_image_bytes(&mut raw).map_err(error)?;
    }
    drop(reader);
    let raw = if layout.bits < 8 { unpacked(&raw, row, &layout)? } else { raw };
    let samples = match (layout.bits, layout.float) {
        (..=8, _) => Samples::Eight(raw),
        (16, false) => Samples::Sixteen(wide(&raw, u16::from_ne_bytes)?),
        (16, true) => Samples::Sixteen(wide(&raw, |bytes| share(half(u16::from_ne_bytes(bytes))))?),
        _ => Samples::Sixteen(wide(&raw, |bytes| share(f32::from_ne_bytes(bytes)))?),
    };
    finish(&layout, samples)
}

/// Reads channels that are stored separately, and interleaves them.
fn read_apart(reader: &mut Reader<'_>, layout: &TiffLayout, raw: &mut [u8]) -> Result<(), Error> {
    let (width, height) = (layout.size.width as usize, layout.size.height as usize);
    let bytes = usize::from(layout.bits / 8);
    let (chunk_width, chunk_height) = reader.chunk_dimensions();
    let (chunk_width, chunk_height) = ((chunk_width as usize).min(width), (chunk_height as usize).min(height));
    if chunk_width == 0 || chunk_height == 0 {
        return Err(Error::corrupt(Format::Tiff, "its parts have no size"));
    }
    let (across, down) = (width.div_ceil(chunk_width), height.div_ceil(chunk_height));
    let mut chunk = zeroed(chunk_width * bytes, chunk_height)?;
    for number in 0..across * down * layout.stored {
        let (channel, place) = (number / (across * down), number % (across * down));
        let (left, top) = (place % across * chunk_width, place / across * chunk_height);
        let (columns, rows) = (chunk_width.min(width - left), chunk_height.min(height - top));
        let target = &mut chunk[..columns * rows * bytes];
        let number = u32::try_from(number).map_err(|_| Error::TooMuchMemory)?;
        reader.read_chunk_bytes(number, target).map_err(error)?;
        for (y, line) in target.chunks_exact(columns * bytes).enumerate() {
            for (x, sample) in line.chunks_exact(bytes).enumerate() {
                let at = (((top + y) * width + left + x) * layout.stored + channel) * bytes;
                raw[at..at + bytes].copy_from_slice(sample);
            }
        }
    }
    Ok(())
}

/// Unpacks samples of less than 8 bits, whose rows begin at whole bytes: indices of a palette, or grays.
fn unpacked(raw: &[u8], row: usize, layout: &TiffLayout) -> Result<Vec<u8>, Error> {
    let (width, bits) = (layout.size.width as usize, usize::from(layout.bits));
    let last = (1_u8 << bits) - 1;
    let factor = if layout.special.is_some() { 1 } else { 255 / last };
    let mut samples = zeroed(width, layout.size.height as usize)?;
    for (line, packed) in samples.chunks_exact_mut(width).zip(raw.chunks_exact(row)) {
        for (x, sample) in line.iter_mut().enumerate() {
            let bit = x * bits;
            *sample = (packed[bit / 8] >> (8 - bits - bit % 8) & last) * factor;
        }
    }
    Ok(samples)
}

fn wide<const N: usize>(raw: &[u8], number: impl Fn([u8; N]) -> u16) -> Result<Vec<u16>, Error> {
    let numbers = raw.as_chunks::<N>().0;
    let mut samples = Vec::new();
    samples.try_reserve_exact(numbers.len()).map_err(|_| Error::TooMuchMemory)?;
    samples.extend(numbers.iter().map(|bytes| number(*bytes)));
    Ok(samples)
}

/// Converts a number from 0 to 1 to 16 bits; other values are clamped.
fn share(value: f32) -> u16 {
    (value.clamp(0.0, 1.0) * 65_535.0 + 0.5) as u16
}

/// Returns a 16-bit floating-point number, clamped to 0 to 2.
fn half(bits: u16) -> f32 {
    if bits >> 15 == 1 {
        return 0.0;
    }
    let (exponent, fraction) = (u32::from(bits >> 10), u32::from(bits & 0x3FF));
    match exponent {
        0 => fraction as f32 / (1 << 24) as f32,
        1..=15 => f32::from_bits((exponent + 112) << 23 | fraction << 13),
        _ => 1.0,
    }
}

/// Converts the channels to the conventions of their model in this crate.
fn finish(layout: &TiffLayout, mut samples: Samples) -> Result<Interleaved, Error> {
    let mut stored = layout.stored;
    match (&layout.special, &mut samples) {
        (Some(Special::Palette(colors)), Samples::Eight(numbers)) => {
            let count = colors.len() / 3;
            let mut pixels = Vec::new();
            pixels.try_reserve_exact(3 * numbers.len()).map_err(|_| Error::TooMuchMemory)?;
            // Some programs have written palettes of 8 bits.
            let shift = if colors.iter().all(|color| *color < 256) { 0 } else { 8 };
            for number in numbers.iter() {
                pixels.extend([0, 1, 2].map(|channel| (colors[channel * count + usize::from(*number)] >> shift) as u8));
            }
            samples = Samples::Eight(pixels);
            stored = 3;
        }
        (Some(Special::SignedLab), Samples::Eight(samples)) => {
            let signed = samples.chunks_exact_mut(stored).flat_map(|pixel| pixel[1..3].iter_mut());
            signed.for_each(|value| *value ^= 0x80);
        }
        // 16 bits use 256 per unit, and 652.8 for L*; 0x8000 or 0 is neutral.
        (Some(Special::SignedLab), Samples::Sixteen(samples)) => {
            let signed = samples.chunks_exact_mut(stored).flat_map(|pixel| pixel[1..3].iter_mut());
            signed.for_each(|value| *value = stretched(*value ^ 0x8000));
        }
        (Some(Special::Lab), Samples::Sixteen(samples)) => {
            samples.iter_mut().for_each(|value| *value = stretched(*value));
        }
        (Some(Special::YCbCr), Samples::Eight(samples)) => {
            for pixel in samples.as_chunks_mut::<3>().0 {
                *pixel = rgb_of_ycbcr(pixel[0], pixel[1], pixel[2]);
            }
        }
        _ => {}
    }
    let meant = match layout.model {
        Model::Gray => 1,
        Model::Rgb | Model::Lab => 3,
        Model::Cmyk => 4,
    } + usize::from(layout.alpha != Alpha::None);
    if meant < stored {
        match &mut samples {
            Samples::Eight(samples) => leave_out(samples, stored, meant),
            Samples::Sixteen(samples) => leave_out(samples, stored, meant),
        }
    }
    Ok(Interleaved { size: layout.size, model: layout.model, alpha: layout.alpha, samples })
}

/// Scales 0xFF00 to the largest number.
fn stretched(value: u16) -> u16 {
    (u32::from(value) * 257 / 256).min(65_535) as u16
}

/// Removes channels without a meaning.
fn leave_out<T: Copy>(samples: &mut Vec<T>, stored: usize, meant: usize) {
    let pixels = samples.len() / stored;
    for pixel in 0..pixels {
        samples.copy_within(pixel * stored..pixel * stored + meant, pixel * meant);
    }
    samples.truncate(pixels * meant);
}

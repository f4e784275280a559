//! From the strips or tiles of a TIFF file to its pixels.

use jpeg::{Damage, Parallelism, Size, zeroed};

use super::bounds::checked;
use super::channels::{convert, palette, targets};
use super::fields::Fields;
use super::layout::TiffLayout;
use super::subsampled::Subsampling;
use super::tag::tag;
use super::unpack::{Unpacked, unpack};
use crate::base::decoded::{Decoded, Wanted};
use crate::base::error::Error;
use crate::base::format::Format;
use crate::base::limits::MAX_DECODED_BYTES;
use crate::formats::interleaved::{Interleaved, Samples};

/// Decodes the first picture of a file.
pub(crate) fn decode(bytes: &[u8], wanted: &Wanted<'_>) -> Result<Decoded, Error> {
    let fields = Fields::first(bytes)?;
    let layout = checked(&fields)?;
    let (pixels, damage) = pixels(&layout, fields.little_endian, wanted.parallelism)?;
    Ok(Decoded { damage, ..pixels.into_decoded(tag(&fields), wanted.colors)? })
}

fn pixels(
    layout: &TiffLayout<'_>,
    little_endian: bool,
    parallelism: &dyn Parallelism,
) -> Result<(Interleaved, Option<Damage>), Error> {
    let count = layout.size.pixels() * layout.meaning.channels() as u64;
    let chunk = layout.chunk_bytes(layout.chunks.rows(layout.size));
    if (count << u8::from(layout.depth.is_wide())) + chunk > MAX_DECODED_BYTES {
        return Err(Error::TooMuchMemory);
    }
    let mut samples = match layout.depth.is_wide() {
        false => Samples::Eight(zeroed(count as usize, 1)?),
        true => Samples::Sixteen(zeroed_wide(count as usize)?),
    };
    let damage = fill(layout, (little_endian, parallelism), &mut samples)?;
    convert(&layout.meaning, &mut samples);
    let (model, alpha) = (layout.meaning.model, layout.meaning.alpha);
    Ok((Interleaved { size: layout.size, model, alpha, samples }, damage))
}

fn zeroed_wide(count: usize) -> Result<Vec<u16>, Error> {
    let mut samples = Vec::new();
    samples.try_reserve_exact(count).map_err(|_| Error::TooMuchMemory)?;
    samples.resize(count, 0);
    Ok(samples)
}

/// Decodes all chunks. Returns the damage to JPEGs.
fn fill(
    layout: &TiffLayout<'_>,
    how: (bool, &dyn Parallelism),
    samples: &mut Samples,
) -> Result<Option<Damage>, Error> {
    let placer = Placer::new(layout);
    let (mut missing, mut flawed, mut found) = (0, false, false);
    for number in 0..layout.chunks.len() {
        let plane = number / (layout.chunks.across * layout.chunks.down);
        if layout.chunks.planes > 1 && targets(&layout.meaning, plane).is_empty() {
            continue;
        }
        let at = place(layout, number);
        let Some(unpacked) = unpack(layout, number, at.size, how)? else { continue };
        found = true;
        flawed |= unpacked.damage.is_some();
        missing += if let Some(Damage::Missing(percent)) = unpacked.damage { u64::from(percent) } else { 0 };
        match samples {
            Samples::Eight(samples) => placer.put(&unpacked, plane, at, samples, |value| value as u8),
            Samples::Sixteen(samples) => placer.put(&unpacked, plane, at, samples, |value| value),
        }
    }
    if !found {
        return Err(Error::Truncated(Format::Tiff));
    }
    Ok(match missing.div_ceil(layout.chunks.len() as u64) {
        0 => flawed.then_some(Damage::Flawed),
        percent => Some(Damage::Missing(percent.min(99) as u8)),
    })
}

/// The part of the picture that a chunk covers.
#[derive(Debug, Clone, Copy)]
struct ChunkPlace {
    left: usize,
    top: usize,
    size: Size,
}

fn place(layout: &TiffLayout<'_>, number: usize) -> ChunkPlace {
    let chunks = &layout.chunks;
    let (column, row) = (number % chunks.across, number / chunks.across % chunks.down);
    let (left, top) = (column as u32 * chunks.size.width, row as u32 * chunks.size.height);
    let width = chunks.size.width.min(layout.size.width - left);
    let height = chunks.size.height.min(layout.size.height - top);
    ChunkPlace { left: left as usize, top: top as usize, size: Size { width, height } }
}

/// The way of samples from chunks into the picture.
struct Placer<'a> {
    layout: &'a TiffLayout<'a>,
    palette: Vec<[u16; 3]>,
    channels: usize,
    /// Whether a chunk's pixels have the channels of the picture's pixels, in their order.
    alike: bool,
}

impl<'a> Placer<'a> {
    fn new(layout: &'a TiffLayout<'a>) -> Self {
        let (meaning, channels) = (&layout.meaning, layout.meaning.channels());
        let in_order = (0..layout.stored).all(|stored| targets(meaning, stored) == (stored..stored + 1));
        let alike = layout.stored == channels && in_order && layout.subsampling.is_none();
        Self { layout, palette: palette(meaning), channels, alike }
    }

    /// Copies a chunk, which may have only the channel `plane`.
    fn put<T>(&self, chunk: &Unpacked, plane: usize, at: ChunkPlace, picture: &mut [T], of: impl Fn(u16) -> T + Copy) {
        let (width, height) = (at.size.width as usize, at.size.height as usize);
        for y in 0..height {
            let start = ((at.top + y) * self.layout.size.width as usize + at.left) * self.channels;
            let row = &mut picture[start..start + width * self.channels];
            match (self.layout.chunks.planes, self.layout.subsampling) {
                (1, Some(sampling)) => self.sampled(chunk, sampling, y, row, of),
                (1, None) if self.alike => self.layout.depth.copy(self.line(chunk, y), chunk.little_endian, row, of),
                (1, None) => {
                    (0..self.layout.stored).for_each(|stored| self.channel(chunk, y, [stored, stored], row, of))
                }
                _ => self.channel(chunk, y, [0, plane], row, of),
            }
        }
    }

    fn line<'c>(&self, chunk: &'c Unpacked, y: usize) -> &'c [u8] {
        let length = self.layout.row_bytes();
        &chunk.bytes[y * length..(y + 1) * length]
    }

    fn sampled<T>(&self, chunk: &Unpacked, sampling: Subsampling, y: usize, row: &mut [T], of: impl Fn(u16) -> T) {
        let width = self.layout.chunks.size.width as usize;
        for (x, pixel) in row.chunks_exact_mut(self.channels).enumerate() {
            let stored = sampling.pixel(&chunk.bytes, width, x, y);
            pixel.iter_mut().zip(stored).for_each(|(place, value)| *place = of(value.into()));
        }
    }

    /// Copies the channel at the place `from` of a chunk's pixels, which is the channel `stored` of the file.
    fn channel<T>(&self, chunk: &Unpacked, y: usize, [from, stored]: [usize; 2], row: &mut [T], of: impl Fn(u16) -> T) {
        let targets = targets(&self.layout.meaning, stored);
        let (depth, step, line) = (self.layout.depth, self.layout.stored, self.line(chunk, y));
        let pixels = row.chunks_exact_mut(self.channels).enumerate();
        match targets.len() {
            0 => {}
            1 => pixels.for_each(|(x, pixel)| {
                pixel[targets.start] = of(depth.sample(line, x * step + from, chunk.little_endian));
            }),
            _ => pixels.for_each(|(x, pixel)| {
                let color = self.palette.get(depth.index(line, x * step + from)).copied().unwrap_or_default();
                pixel.iter_mut().zip(color).for_each(|(place, value)| *place = of(value));
            }),
        }
    }
}

//! Pictures in the form of video codecs: planes of more than 8 bits, luma and chroma of one of several matrices, full or
//! limited range. All arithmetic is in integers, so that the result is the same everywhere.
//!
//! Chroma samples are assumed to be centred between their luma samples, as in JPEG: encoders of still pictures compute them as the mean
//! of those, whatever they declare.

use jpeg::{Density, Plane, Size};

use crate::base::decoded::Decoded;
use crate::base::error::Error;
use crate::base::format::Format;
use crate::base::picture::{Color, Picture};
use crate::base::recipe::Colors;
use crate::formats::interleaved::{Alpha, Interleaved, Samples};
use crate::icc::Model;
use crate::icc::source::SourceColors;
use crate::icc::tag::Tag;

/// A decoded picture. Rows follow each other without gaps.
#[derive(Debug)]
pub(crate) struct CodedPicture<'a, S> {
    /// Format of the file.
    pub(crate) format: Format,
    /// Size in pixels.
    pub(crate) size: Size,
    /// The matrix, by its number in ITU-T H.273.
    pub(crate) matrix: u16,
    /// Whether samples use all values, rather than the limited range of television.
    pub(crate) full_range: bool,
    /// Luma, one sample for each pixel.
    pub(crate) luma: PlaneSamples<'a, S>,
    /// Cb and Cr, and the width and height of their planes.
    pub(crate) chroma: Option<([PlaneSamples<'a, S>; 2], [usize; 2])>,
    /// Opacity, in the full range, and whether colours are premultiplied with it.
    pub(crate) alpha: Option<(PlaneSamples<'a, S>, bool)>,
}

/// Samples, and the number of bits used of each.
#[derive(Debug, Clone, Copy)]
pub(crate) struct PlaneSamples<'a, S> {
    /// The samples, row by row.
    pub(crate) samples: &'a [S],
    /// Number of bits, 8 to 16.
    pub(crate) bits: u32,
}

/// Fractional bits of 8-bit levels before rounding.
const PARTS: u32 = 6;
/// The factor 1 in fixed point.
const ONE: i32 = 1 << 14;

/// Factors for pixels: a row for each component of the result, with columns for luma, Cb, Cr.
type YuvMatrix = [[i32; 3]; 3];

impl<S: Copy + Into<i32>> CodedPicture<'_, S> {
    /// Returns the picture, in its own colours or in sRGB, with the profile to embed.
    pub(crate) fn into_decoded(self, tag: Tag, colors: Colors) -> Result<Decoded, Error> {
        self.check()?;
        let (source, _) = SourceColors::judge(tag.clone(), self.model());
        let profile = match source {
            SourceColors::Srgb => None,
            SourceColors::Profiled(_, bytes) if colors == Colors::Keep => Some(bytes),
            SourceColors::Profiled(..) | SourceColors::Foreign(_) => {
                return self.interleaved()?.into_decoded(tag, colors);
            }
        };
        let video = !matches!(self.matrix, IDENTITY | YCGCO);
        match &self.chroma {
            _ if self.alpha.is_some() => self.interleaved()?.into_decoded(tag, colors),
            None => {
                let planes = vec![self.plane(&self.tables()[0])?];
                Ok(Decoded::whole(Picture { size: self.size, color: Color::Gray, alpha: false, planes }, profile))
            }
            Some((chroma, [width, height])) if video => {
                let planes = self.planes(chroma, [*width, *height])?;
                Ok(Decoded::whole(Picture { size: self.size, color: Color::YCbCr, alpha: false, planes }, profile))
            }
            Some(_) => self.interleaved()?.into_decoded(tag, colors),
        }
    }

    fn model(&self) -> Model {
        if self.chroma.is_none() { Model::Gray } else { Model::Rgb }
    }

    /// Returns the planes as 8-bit Y'CbCr as in JPEG, chroma at its own size.
    fn planes(&self, chroma: &[PlaneSamples<'_, S>; 2], [width, height]: [usize; 2]) -> Result<Vec<Plane>, Error> {
        let [luma, cb, cr] = &self.tables();
        let density = self.density([width, height])?;
        let Some(matrix) = self.to_jpeg()? else {
            let mut planes = vec![self.plane(luma)?];
            for (samples, table) in chroma.iter().zip([cb, cr]) {
                let mut plane = Plane::new(width, height, density)?;
                let pairs = plane.samples.iter_mut().zip(samples.samples);
                pairs.for_each(|(to, from)| *to = level(at(table, *from) + (128 << PARTS)));
                planes.push(plane);
            }
            return Ok(planes);
        };
        let mut y = Plane::new(self.size.width as usize, self.size.height as usize, [Density::FULL; 2])?;
        self.each_pixel(|i, pixel| y.samples[i] = level(product(&matrix[0], pixel)))?;
        let mut planes = vec![y, Plane::new(width, height, density)?, Plane::new(width, height, density)?];
        for (row, plane) in matrix[1..].iter().zip(&mut planes[1..]) {
            for (to, (b, r)) in plane.samples.iter_mut().zip(chroma[0].samples.iter().zip(chroma[1].samples)) {
                *to = level(product(row, [0, at(cb, *b), at(cr, *r)]) + (128 << PARTS));
            }
        }
        Ok(planes)
    }

    /// Returns the pixels as 16-bit numbers of red, green and blue, or of gray.
    pub(super) fn interleaved(&self) -> Result<Interleaved, Error> {
        self.check()?;
        let pixels = self.size.width as usize * self.size.height as usize;
        let colors = if self.chroma.is_none() { 1 } else { 3 };
        let channels = colors + usize::from(self.alpha.is_some());
        let mut samples: Vec<u16> = Vec::new();
        samples.try_reserve_exact(pixels * channels).map_err(|_| Error::TooMuchMemory)?;
        samples.resize(pixels * channels, 0);
        let matrix = if self.chroma.is_none() { [[ONE, 0, 0]; 3] } else { self.to_rgb()? };
        self.each_pixel(|i, pixel| {
            let to = &mut samples[i * channels..][..colors];
            to.iter_mut().zip(&matrix).for_each(|(to, row)| *to = wide(product(row, pixel)));
        })?;
        let alpha = match &self.alpha {
            None => Alpha::None,
            Some((alpha, premultiplied)) => {
                let table = alpha.table(Range::Full);
                let opacity = samples.iter_mut().skip(colors).step_by(channels).zip(alpha.samples);
                opacity.for_each(|(to, from)| *to = wide(at(&table, *from)));
                if *premultiplied { Alpha::Premultiplied } else { Alpha::Straight }
            }
        };
        Ok(Interleaved { size: self.size, model: self.model(), alpha, samples: Samples::Sixteen(samples) })
    }

    /// Refuses planes that do not fit together, since such a decoder's result cannot be trusted.
    fn check(&self) -> Result<(), Error> {
        let pixels = self.size.pixels();
        let whole = |samples: &PlaneSamples<'_, S>, count: u64| {
            samples.samples.len() as u64 == count && (8..=16).contains(&samples.bits)
        };
        let chroma = self.chroma.as_ref().is_none_or(|(planes, [width, height])| {
            planes.iter().all(|plane| whole(plane, *width as u64 * *height as u64))
        });
        let alpha = self.alpha.as_ref().is_none_or(|(alpha, _)| whole(alpha, pixels));
        if whole(&self.luma, pixels) && chroma && alpha {
            Ok(())
        } else {
            Err(Error::corrupt(self.format, "its planes do not fit together"))
        }
    }

    /// Returns the chroma samples per pixel, from the size of the planes.
    fn density(&self, chroma: [usize; 2]) -> Result<[Density; 2], Error> {
        let side = |pixels: u32, samples: usize| match samples {
            samples if samples == pixels as usize => Some(Density::FULL),
            samples if samples == pixels.div_ceil(2) as usize => Some(Density { samples: 1, pixels: 2 }),
            _ => None,
        };
        let [width, height] = chroma;
        side(self.size.width, width)
            .zip(side(self.size.height, height))
            .map(|(across, down)| [across, down])
            .ok_or_else(|| Error::corrupt(self.format, "its planes do not fit together"))
    }

    /// Returns luma alone.
    fn plane(&self, table: &[i32]) -> Result<Plane, Error> {
        let mut plane = Plane::new(self.size.width as usize, self.size.height as usize, [Density::FULL; 2])?;
        let pairs = plane.samples.iter_mut().zip(self.luma.samples);
        pairs.for_each(|(to, from)| *to = level(at(table, *from)));
        Ok(plane)
    }

    /// Returns tables from each value of luma, Cb and Cr to its level in parts.
    fn tables(&self) -> [Vec<i32>; 3] {
        let luma = if self.full_range { Range::Full } else { Range::Limited };
        let difference = if self.full_range { Range::FullChroma } else { Range::LimitedChroma };
        let range = if self.matrix == IDENTITY { luma } else { difference };
        let chroma = |i: usize| self.chroma.as_ref().map(|(chroma, _)| chroma[i].table(range)).unwrap_or_default();
        [self.luma.table(luma), chroma(0), chroma(1)]
    }

    /// Calls `call` with the index of each pixel, and its luma, Cb and Cr in parts.
    fn each_pixel(&self, mut call: impl FnMut(usize, [i32; 3])) -> Result<(), Error> {
        let [luma, cb, cr] = &self.tables();
        let width = self.size.width as usize;
        let Some((chroma, [chroma_width, chroma_height])) = &self.chroma else {
            self.luma.samples.iter().enumerate().for_each(|(i, y)| call(i, [at(luma, *y), 0, 0]));
            return Ok(());
        };
        let density = self.density([*chroma_width, *chroma_height])?;
        let [across, down] = density.map(|density| density.pixels as usize);
        for (y, row) in self.luma.samples.chunks_exact(width).enumerate() {
            let start = y / down * chroma_width;
            for (x, sample) in row.iter().enumerate() {
                let [b, r] = [0, 1].map(|plane: usize| chroma[plane].samples[start + x / across]);
                call(y * width + x, [at(luma, *sample), at(cb, b), at(cr, r)]);
            }
        }
        Ok(())
    }

    /// Returns the matrix to Y'CbCr as in JPEG; `None` if the picture has that already.
    fn to_jpeg(&self) -> Result<Option<YuvMatrix>, Error> {
        let weights = self.weights()?;
        Ok((weights != JPEG_WEIGHTS).then(|| {
            let rgb = rgb_of(weights);
            let [kr, kb] = JPEG_WEIGHTS;
            let y: [f64; 3] = std::array::from_fn(|i| kr * rgb[0][i] + (1.0 - kr - kb) * rgb[1][i] + kb * rgb[2][i]);
            let cb = std::array::from_fn(|i| (rgb[2][i] - y[i]) / (2.0 - 2.0 * kb));
            let cr = std::array::from_fn(|i| (rgb[0][i] - y[i]) / (2.0 - 2.0 * kr));
            fixed([y, cb, cr])
        }))
    }

    fn to_rgb(&self) -> Result<YuvMatrix, Error> {
        Ok(match self.matrix {
            IDENTITY => [[0, 0, ONE], [ONE, 0, 0], [0, ONE, 0]],
            YCGCO => [[ONE, -ONE, ONE], [ONE, ONE, 0], [ONE, -ONE, -ONE]],
            _ => fixed(rgb_of(self.weights()?)),
        })
    }

    /// Returns the weights of red and blue in luma (H.273, table 4).
    fn weights(&self) -> Result<[f64; 2], Error> {
        Ok(match self.matrix {
            1 => [0.2126, 0.0722],
            // 2 is unspecified, for which MIAF (ISO/IEC 23000-22) assumes BT.601.
            2 | 5 | 6 => JPEG_WEIGHTS,
            4 => [0.30, 0.11],
            7 => [0.212, 0.087],
            9 => [0.2627, 0.0593],
            other => return Err(Error::unsupported(self.format, format_args!("colours of matrix {other}"))),
        })
    }
}

/// Number in H.273 of green, blue and red in place of luma, Cb and Cr.
const IDENTITY: u16 = 0;
/// Number in H.273 of green and orange differences.
const YCGCO: u16 = 8;
/// Weights of red and blue in BT.601.
const JPEG_WEIGHTS: [f64; 2] = [0.299, 0.114];

/// Returns the matrix from luma and chroma to red, green, blue. It uses only additions, multiplications and divisions, which are the same
/// everywhere.
fn rgb_of([kr, kb]: [f64; 2]) -> [[f64; 3]; 3] {
    let kg = 1.0 - kr - kb;
    let (red, blue) = (2.0 - 2.0 * kr, 2.0 - 2.0 * kb);
    [[1.0, 0.0, red], [1.0, -kb * blue / kg, -kr * red / kg], [1.0, blue, 0.0]]
}

fn fixed(matrix: [[f64; 3]; 3]) -> YuvMatrix {
    matrix.map(|row| row.map(|factor| (factor * f64::from(ONE)).round() as i32))
}

fn product(row: &[i32; 3], pixel: [i32; 3]) -> i32 {
    let sum: i32 = row.iter().zip(pixel).map(|(factor, value)| factor * value).sum();
    (sum + ONE / 2) >> ONE.trailing_zeros()
}

/// Rounds to an 8-bit level.
fn level(parts: i32) -> u8 {
    ((parts + (1 << (PARTS - 1))) >> PARTS).clamp(0, 255) as u8
}

/// Rounds to a 16-bit number.
fn wide(parts: i32) -> u16 {
    ((parts.clamp(0, 255 << PARTS) * 257 + (1 << (PARTS - 1))) >> PARTS) as u16
}

fn at<S: Into<i32>>(table: &[i32], sample: S) -> i32 {
    table[(sample.into().max(0) as usize).min(table.len() - 1)]
}

#[derive(Clone, Copy)]
enum Range {
    Full,
    Limited,
    FullChroma,
    LimitedChroma,
}

impl<S> PlaneSamples<'_, S> {
    /// Returns a table from each value of a sample to its 8-bit level in parts; for chroma, to its distance from the middle.
    fn table(&self, range: Range) -> Vec<i32> {
        let (shift, top) = (self.bits - 8, (1_i64 << self.bits) - 1);
        let (zero, span) = match range {
            Range::Full => (0, top),
            Range::Limited => (16 << shift, 219 << shift),
            Range::FullChroma => (128 << shift, top),
            Range::LimitedChroma => (128 << shift, 224 << shift),
        };
        let scaled = |value: i64| (2 * (255 << PARTS) * (value - zero) + span).div_euclid(2 * span);
        (0..=top).map(|value| scaled(value) as i32).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns the displayed colour of one pixel with these values.
    fn seen(bits: u32, matrix: u16, full_range: bool, pixel: [i32; 3]) -> [u8; 3] {
        let samples = |i: usize| PlaneSamples { samples: &pixel[i..=i], bits };
        let coded = CodedPicture {
            format: Format::Heic,
            size: Size { width: 1, height: 1 },
            matrix,
            full_range,
            luma: samples(0),
            chroma: Some(([samples(1), samples(2)], [1, 1])),
            alpha: None,
        };
        let (_, picture) = coded.into_decoded(Tag::Srgb, Colors::Keep).expect("a picture").levels.swap_remove(0);
        let [a, b, c] = [0, 1, 2].map(|plane: usize| picture.planes[plane].samples[0]);
        if picture.color == Color::Rgb { [a, b, c] } else { crate::base::color::rgb_of_ycbcr(a, b, c) }
    }

    #[test]
    fn what_jpeg_would_hold_stays_as_it_is() {
        for value in 0..=255 {
            let samples = [value];
            let table = PlaneSamples { samples: &samples, bits: 8 }.table(Range::FullChroma);
            assert_eq!(i32::from(level(at(&table, value) + (128 << PARTS))), value);
            let table = PlaneSamples { samples: &samples, bits: 8 }.table(Range::Full);
            assert_eq!(i32::from(level(at(&table, value))), value);
        }
    }

    #[test]
    fn black_white_and_colours_are_what_they_are_in_every_depth_matrix_and_range() {
        for bits in [8, 10, 12] {
            for (matrix, [kr, kb]) in [(1, [0.2126, 0.0722]), (6, [0.299, 0.114]), (9, [0.2627, 0.0593])] {
                for full_range in [false, true] {
                    for rgb in [[0, 0, 0], [255, 255, 255], [200, 40, 90], [20, 180, 60], [50, 60, 220]] {
                        let [r, g, b] = rgb.map(|level| f64::from(level) / 255.0);
                        let y = kr * r + (1.0 - kr - kb) * g + kb * b;
                        let (cb, cr) = ((b - y) / (2.0 - 2.0 * kb), (r - y) / (2.0 - 2.0 * kr));
                        let unit = f64::from(1 << (bits - 8));
                        let top = f64::from((1 << bits) - 1);
                        let (zero, luma, chroma) =
                            if full_range { (0.0, top, top) } else { (16.0 * unit, 219.0 * unit, 224.0 * unit) };
                        let middle = 128.0 * unit;
                        let pixel = [zero + luma * y, middle + chroma * cb, middle + chroma * cr];
                        let found = seen(bits, matrix, full_range, pixel.map(|value| value.round() as i32));
                        for (a, b) in found.iter().zip(rgb) {
                            assert!(a.abs_diff(b) <= 2, "{found:?} of {rgb:?}, {bits} bits, matrix {matrix}");
                        }
                    }
                }
            }
        }
        assert_eq!(seen(8, 0, true, [10, 20, 30]), [30, 10, 20]);
        assert_eq!(seen(8, 8, true, [100, 128, 128]), [100, 100, 100]);
    }

    #[test]
    fn planes_that_do_not_fit_together_are_refused() {
        let samples = [0_u8; 12];
        let of = |count: usize, bits: u32| PlaneSamples { samples: &samples[..count], bits };
        let coded = |luma, chroma, size, bits| CodedPicture {
            format: Format::Heic,
            size: Size { width: 4, height: 2 },
            matrix: 6,
            full_range: true,
            luma: of(luma, bits),
            chroma: Some(([of(chroma, 8), of(chroma, 8)], size)),
            alpha: None,
        };
        let decoded = |coded: CodedPicture<'_, u8>| coded.into_decoded(Tag::Srgb, Colors::Keep);
        assert!(decoded(coded(8, 2, [2, 1], 8)).is_ok());
        for wrong in [coded(7, 2, [2, 1], 8), coded(8, 2, [1, 2], 8), coded(8, 1, [2, 1], 8), coded(8, 2, [2, 1], 17)] {
            assert!(decoded(wrong).is_err());
        }
    }
}

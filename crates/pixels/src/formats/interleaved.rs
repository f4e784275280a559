//! Interleaved pixels, the result of most decoders, and their conversion to a picture.

use jpeg::{Density, Plane, Size};

use crate::base::color::multiply;
use crate::base::decoded::Decoded;
use crate::base::error::Error;
use crate::base::picture::{Color, Picture};
use crate::base::recipe::Colors;
use crate::icc::source::SourceColors;
use crate::icc::tag::Tag;
use crate::icc::{Curve, Model, Transform, srgb_of_linear, write};

/// Pixels of 8 or 16 bits a sample.
#[derive(Debug, Clone)]
pub(crate) struct Interleaved {
    /// Size as stored.
    pub(crate) size: Size,
    /// Meaning of the channels before alpha. The value for no ink is 0.
    pub(crate) model: Model,
    /// Whether an alpha channel follows.
    pub(crate) alpha: Alpha,
    /// All samples.
    pub(crate) samples: Samples,
}

/// The last channel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Alpha {
    /// There is no alpha channel.
    None,
    /// Alpha is the opacity of the colours.
    Straight,
    /// The colours are premultiplied with alpha.
    Premultiplied,
}

/// Samples of either width.
#[derive(Debug, Clone)]
pub(crate) enum Samples {
    /// 8 bits.
    Eight(Vec<u8>),
    /// 16 bits.
    Sixteen(Vec<u16>),
}

/// Conversion of the colours to those of the picture.
enum Treatment {
    /// Unchanged, in 8 bits.
    Narrow,
    /// Each channel through a table of its 16-bit values.
    Tables(Vec<Vec<u8>>),
    /// All channels together.
    Convert(Transform),
}

impl Interleaved {
    /// Returns the picture, in its own colours or in sRGB, with the profile to embed.
    pub(crate) fn into_decoded(mut self, tag: Tag, colors: Colors) -> Result<Decoded, Error> {
        if self.alpha == Alpha::Premultiplied {
            self.unmultiply();
        }
        let (source, _) = SourceColors::judge(tag, self.model);
        let wide = matches!(self.samples, Samples::Sixteen(_));
        let max = if wide { u16::MAX } else { u16::from(u8::MAX) };
        let (treatment, profile) = match source {
            SourceColors::Srgb => (Treatment::Narrow, None),
            SourceColors::Profiled(profile, _) if colors == Colors::Srgb => {
                (Treatment::Convert(Transform::to_srgb(&profile, max)), None)
            }
            SourceColors::Foreign(profile) => (Treatment::Convert(Transform::to_srgb(&profile, max)), None),
            // Linear light in 8 bits would have visible steps in the shadows.
            SourceColors::Profiled(profile, bytes) => match profile.linear().filter(|_| wide) {
                None => (Treatment::Narrow, Some(bytes)),
                Some(columns) => {
                    let table = |channel| -> Vec<u8> {
                        let light = |i| profile.light(channel, f64::from(i) / f64::from(max));
                        (0..=max).map(|i| byte(srgb_of_linear(light(i)))).collect()
                    };
                    let bytes = write::rgb(&columns, &Curve::SRGB);
                    let (again, _) = SourceColors::judge(Tag::Icc(bytes), Model::Rgb);
                    let kept = match again {
                        SourceColors::Profiled(_, bytes) if self.model == Model::Rgb => Some(bytes),
                        _ => None,
                    };
                    (Treatment::Tables((0..self.colors()).map(table).collect()), kept)
                }
            },
        };
        let color = if self.model == Model::Gray { Color::Gray } else { Color::Rgb };
        let mut planes = self.color_planes(&treatment, if color == Color::Gray { 1 } else { 3 })?;
        let alpha = self.alpha != Alpha::None;
        if alpha {
            let alpha = self.channel(self.colors())?;
            for plane in &mut planes {
                let pairs = plane.samples.iter_mut().zip(&alpha.samples);
                pairs.for_each(|(color, alpha)| *color = multiply(*color, *alpha));
            }
            planes.push(alpha);
        }
        Ok(Decoded::whole(Picture { size: self.size, color, alpha, planes }, profile))
    }

    /// Returns the number of channels before alpha.
    fn colors(&self) -> usize {
        match self.model {
            Model::Gray => 1,
            Model::Rgb | Model::Lab => 3,
            Model::Cmyk => 4,
        }
    }

    fn channels(&self) -> usize {
        self.colors() + usize::from(self.alpha != Alpha::None)
    }

    fn plane(&self) -> Result<Plane, Error> {
        Ok(Plane::new(self.size.width as usize, self.size.height as usize, [Density::FULL; 2])?)
    }

    /// Returns a channel in 8 bits.
    fn channel(&self, number: usize) -> Result<Plane, Error> {
        let mut plane = self.plane()?;
        let channels = self.channels();
        match &self.samples {
            Samples::Eight(samples) => {
                let samples = samples.iter().skip(number).step_by(channels);
                plane.samples.iter_mut().zip(samples).for_each(|(to, from)| *to = *from);
            }
            Samples::Sixteen(samples) => {
                let samples = samples.iter().skip(number).step_by(channels);
                plane.samples.iter_mut().zip(samples).for_each(|(to, from)| *to = narrow(*from));
            }
        }
        Ok(plane)
    }

    fn color_planes(&self, treatment: &Treatment, count: usize) -> Result<Vec<Plane>, Error> {
        let channels = self.channels();
        match (treatment, &self.samples) {
            (Treatment::Tables(tables), Samples::Sixteen(samples)) => {
                let mut planes = Vec::with_capacity(count);
                for (number, table) in tables.iter().enumerate() {
                    let mut plane = self.plane()?;
                    let samples = samples.iter().skip(number).step_by(channels);
                    plane.samples.iter_mut().zip(samples).for_each(|(to, from)| *to = table[usize::from(*from)]);
                    planes.push(plane);
                }
                Ok(planes)
            }
            (Treatment::Convert(transform), samples) => {
                let mut planes = (0..count).map(|_| self.plane()).collect::<Result<Vec<_>, _>>()?;
                let put = |i: usize, color: [u8; 3]| {
                    planes.iter_mut().zip(color).for_each(|(plane, sample)| plane.samples[i] = sample);
                };
                let pixels = self.size.width as usize * self.size.height as usize;
                let number = |i: usize, channel: usize| i * channels + channel;
                let used = self.colors();
                match samples {
                    Samples::Eight(samples) => {
                        let at = |i| std::array::from_fn(|c| if c < used { samples[number(i, c)].into() } else { 0 });
                        transform.convert(pixels, at, put);
                    }
                    Samples::Sixteen(samples) => {
                        let at = |i| std::array::from_fn(|c| if c < used { samples[number(i, c)] } else { 0 });
                        transform.convert(pixels, at, put);
                    }
                }
                Ok(planes)
            }
            _ => (0..count).map(|number| self.channel(number)).collect(),
        }
    }

    /// Reverses a premultiplication with alpha.
    fn unmultiply(&mut self) {
        let channels = self.channels();
        match &mut self.samples {
            Samples::Eight(samples) => {
                for pixel in samples.chunks_exact_mut(channels) {
                    let alpha = pixel[channels - 1];
                    pixel[..channels - 1]
                        .iter_mut()
                        .for_each(|color| *color = crate::base::color::divide(*color, alpha));
                }
            }
            Samples::Sixteen(samples) => {
                for pixel in samples.chunks_exact_mut(channels) {
                    let alpha = u32::from(pixel[channels - 1]).max(1);
                    for color in &mut pixel[..channels - 1] {
                        *color = ((u32::from(*color) * 65_535 / alpha).min(65_535)) as u16;
                    }
                }
            }
        }
    }
}

fn byte(value: f64) -> u8 {
    (value.clamp(0.0, 1.0) * 255.0 + 0.5) as u8
}

/// Converts 16 bits to 8: 65,535 is 257 times 255.
fn narrow(sample: u16) -> u8 {
    ((u32::from(sample) + 128) / 257) as u8
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sixteen_bits_are_rounded_to_eight() {
        for byte in 0..=255_u16 {
            assert_eq!(u16::from(narrow(byte * 257)), byte);
        }
        assert_eq!([narrow(128), narrow(129), narrow(65_535 - 129), narrow(65_535 - 128)], [0, 1, 254, 255]);
    }
}

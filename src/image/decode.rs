//! From bytes to a [`Picture`]: JPEG by its own path, the other formats by `image`'s decoders.

use std::io::Cursor;

use image::codecs::{bmp::BmpDecoder, gif::GifDecoder, png::PngDecoder, tiff::TiffDecoder, webp::WebPDecoder};
use image::error::{LimitErrorKind, UnsupportedErrorKind};
use image::{ColorType, ImageDecoder, ImageError, Limits};

use super::color::multiply;
use super::error::Error;
use super::header::{Format, Size};
use super::jpeg;
use super::limits;
use super::picture::{Color, Picture};
use super::plane::{Density, Plane};
use super::raw::Preview;

/// A decoded picture with the colour profile that came with it.
#[derive(Debug, Clone)]
pub(in crate::image) struct Decoded {
    /// The picture.
    pub(in crate::image) picture: Picture,
    /// Its colour profile, as it stands in the file.
    pub(in crate::image) profile: Option<Vec<u8>>,
}

/// Decodes a file; of an animation, the first frame.
pub(in crate::image) fn decode(bytes: &[u8], format: Format) -> Result<Decoded, Error> {
    let reader = Cursor::new(bytes);
    let failed = |error| decode_error(format, error);
    match format {
        Format::Jpeg => {
            let layout = jpeg::layout::Layout::read(bytes)?;
            Ok(Decoded { picture: jpeg::decode::decode(bytes, &layout)?, profile: layout.icc })
        }
        Format::Raw => {
            let Preview { jpeg, layout, .. } = Preview::find(bytes)?;
            let picture = jpeg::decode::decode(jpeg, &layout).map_err(Preview::error)?;
            Ok(Decoded { picture, profile: layout.icc })
        }
        Format::Png => decode_by(PngDecoder::with_limits(reader, limits()).map_err(failed)?, format),
        Format::WebP => decode_by(WebPDecoder::new(reader).map_err(failed)?, format),
        Format::Gif => decode_by(GifDecoder::new(reader).map_err(failed)?, format),
        Format::Tiff => decode_by(TiffDecoder::new(reader).map_err(failed)?, format),
        Format::Bmp => decode_by(BmpDecoder::new(reader).map_err(failed)?, format),
    }
}

fn limits() -> Limits {
    let mut limits = Limits::default();
    limits.max_image_width = Some(limits::MAX_SIDE);
    limits.max_image_height = Some(limits::MAX_SIDE);
    limits.max_alloc = Some(limits::MAX_DECODED_BYTES);
    limits
}

fn decode_by(mut decoder: impl ImageDecoder, format: Format) -> Result<Decoded, Error> {
    let failed = |error| decode_error(format, error);
    let (width, height) = decoder.dimensions();
    let size = limits::check(width, height)?;
    if decoder.total_bytes() > limits::MAX_DECODED_BYTES {
        return Err(Error::TooMuchMemory);
    }
    decoder.set_limits(limits()).map_err(failed)?;
    // A profile that cannot be unpacked is no reason to refuse the pixels.
    let profile = decoder.icc_profile().unwrap_or(None);
    let color = decoder.color_type();
    let mut pixels = super::plane::zeroed(decoder.total_bytes() as usize, 1)?;
    decoder.read_image(&mut pixels).map_err(failed)?;
    let planes = planes(size, &pixels, color, format)?;
    let alpha = color.has_alpha();
    let color = if color.has_color() { Color::Rgb } else { Color::Gray };
    Ok(Decoded { picture: Picture { size, color, alpha, planes }, profile })
}

/// Takes the channels of interleaved pixels apart, as 8 bits, and multiplies colours with alpha.
fn planes(size: Size, pixels: &[u8], color: ColorType, format: Format) -> Result<Vec<Plane>, Error> {
    let channels = usize::from(color.channel_count());
    let mut planes = Vec::with_capacity(channels);
    for channel in 0..channels {
        let mut plane = Plane::new(size.width as usize, size.height as usize, [Density::FULL; 2])?;
        match color {
            ColorType::L8 | ColorType::La8 | ColorType::Rgb8 | ColorType::Rgba8 => {
                let samples = pixels.iter().skip(channel).step_by(channels);
                plane.samples.iter_mut().zip(samples).for_each(|(to, from)| *to = *from);
            }
            ColorType::L16 | ColorType::La16 | ColorType::Rgb16 | ColorType::Rgba16 => {
                let samples = pixels.as_chunks().0.iter().skip(channel).step_by(channels);
                plane.samples.iter_mut().zip(samples).for_each(|(to, from)| *to = narrow(u16::from_ne_bytes(*from)));
            }
            ColorType::Rgb32F | ColorType::Rgba32F => {
                let samples = pixels.as_chunks().0.iter().skip(channel).step_by(channels);
                plane.samples.iter_mut().zip(samples).for_each(|(to, from)| {
                    *to = (f32::from_ne_bytes(*from).clamp(0.0, 1.0) * 255.0 + 0.5) as u8;
                });
            }
            other => return Err(Error::unsupported(format, format_args!("pixels of type {other:?}"))),
        }
        planes.push(plane);
    }
    if color.has_alpha()
        && let Some((alpha, colors)) = planes.split_last_mut()
    {
        for plane in colors {
            plane.samples.iter_mut().zip(&alpha.samples).for_each(|(color, alpha)| *color = multiply(*color, *alpha));
        }
    }
    Ok(planes)
}

/// 16 bits as 8: 65,535 is 257 times 255.
fn narrow(sample: u16) -> u8 {
    ((u32::from(sample) + 128) / 257) as u8
}

/// What a decoder of `image` says, as an error of ours.
pub(in crate::image) fn decode_error(format: Format, error: ImageError) -> Error {
    match error {
        ImageError::IoError(error) if error.kind() == std::io::ErrorKind::UnexpectedEof => Error::Truncated(format),
        ImageError::Limits(error) if error.kind() == LimitErrorKind::InsufficientMemory => Error::TooMuchMemory,
        ImageError::Unsupported(error) => match error.kind() {
            UnsupportedErrorKind::GenericFeature(kind) => Error::unsupported(format, kind),
            _ => Error::unsupported(format, error),
        },
        error => Error::corrupt(format, error),
    }
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

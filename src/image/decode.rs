//! From bytes to a [`Picture`]: JPEG by its own path, the other formats by `image`'s decoders.

use std::error::Error as _;
use std::io::Cursor;

use image::codecs::{bmp::BmpDecoder, gif::GifDecoder, png::PngDecoder, webp::WebPDecoder};
use image::error::{LimitErrorKind, UnsupportedErrorKind};
use image::{ColorType, ImageDecoder, ImageError, Limits};

use super::color_space::Tag;
use super::error::Error;
use super::hands::Hands;
use super::header::{Format, Size};
use super::icc::Model;
use super::interleaved::{Alpha, Interleaved, Samples};
use super::jpeg::requantize::{self, Requantized};
use super::picture::Picture;
use super::plane::placing::Placing;
use super::raw::Preview;
use super::recipe::Colors;
use super::{heif, jpeg, jxl, limits, tiff};

/// A decoded picture with the colour profile that has to travel with it.
#[derive(Debug)]
pub(in crate::image) struct Decoded {
    /// The size of the source, as stored.
    pub(in crate::image) stored: Size,
    /// The picture at each level that was wanted and that its decoder brings by itself, by rising level; if none, at level 0.
    pub(in crate::image) levels: Vec<(u8, Picture)>,
    /// For each placing that was wanted the picture there, as it is seen; nothing if level 0 came instead.
    pub(in crate::image) placed: Vec<Picture>,
    /// The coefficients that were wanted.
    pub(in crate::image) coefficients: Vec<Requantized>,
    /// What browsers have to know to show it; nothing if it is sRGB.
    pub(in crate::image) profile: Option<Vec<u8>>,
    /// What of it could not be read.
    pub(in crate::image) damage: Option<jpeg::decode::Damage>,
}

impl Decoded {
    /// A picture that comes in its full size only.
    pub(in crate::image) fn whole(picture: Picture, profile: Option<Vec<u8>>) -> Self {
        let (stored, placed, coefficients) = (picture.size, Vec::new(), Vec::new());
        Self { stored, levels: vec![(0, picture)], placed, coefficients, profile, damage: None }
    }
}

/// What is wanted of a file.
#[derive(Clone, Copy)]
pub(in crate::image) struct Wanted<'a> {
    /// In which colours.
    pub(in crate::image) colors: Colors,
    /// How often halved, rising.
    pub(in crate::image) levels: &'a [u8],
    /// Where renditions that are made of the full size lie on it. A decoder that can do without having it as a whole makes these, any
    /// other gives level 0.
    pub(in crate::image) placings: &'a [Placing],
    /// Whether no more than a sample of chroma is needed for 2×2 of luma.
    pub(in crate::image) half_chroma: bool,
    /// Its coefficients, quantized so. Only a JPEG has any.
    pub(in crate::image) coefficients: &'a [requantize::Job],
    /// Who does it.
    pub(in crate::image) hands: &'a dyn Hands,
}

/// Decodes a file; of an animation, the first frame.
pub(in crate::image) fn decode(bytes: &[u8], format: Format, wanted: &Wanted<'_>) -> Result<Decoded, Error> {
    if !wanted.coefficients.is_empty() && !matches!(format, Format::Jpeg | Format::Raw) {
        return Err(Error::UnsuitableRecipe("only a JPEG has coefficients"));
    }
    let colors = wanted.colors;
    let reader = Cursor::new(bytes);
    let failed = |error| decode_error(format, error);
    let pixels = match format {
        Format::Jpeg => return jpeg::color::decode(bytes, &jpeg::layout::Layout::read(bytes)?, wanted),
        Format::Heic => return heif::heic::decode(bytes, colors),
        Format::Raw => {
            let Preview { jpeg, layout, .. } = Preview::find(bytes)?;
            return jpeg::color::decode(jpeg, &layout, wanted).map_err(Preview::error);
        }
        Format::Jxl => jxl::decode::decode(bytes)?,
        Format::Png => decode_by(PngDecoder::with_limits(reader, limits_beside(bytes)).map_err(failed)?, format)?,
        Format::WebP => decode_by(WebPDecoder::new(reader).map_err(failed)?, format)?,
        Format::Gif => decode_by(GifDecoder::new(reader).map_err(failed)?, format)?,
        Format::Tiff => tiff::decode(bytes)?,
        Format::Bmp => decode_by(BmpDecoder::new(reader).map_err(failed)?, format)?,
    };
    pixels.into_decoded(Tag::read(bytes, format), colors)
}

/// What may be taken beside a result whatever the length of the file.
const BESIDE: usize = 4 << 20;

fn limits() -> Limits {
    let mut limits = Limits::default();
    limits.max_image_width = Some(limits::MAX_SIDE);
    limits.max_image_height = Some(limits::MAX_SIDE);
    limits.max_alloc = Some(limits::MAX_DECODED_BYTES);
    limits
}

/// For what PNG's decoder takes beside its result: a row or two, chunks as long as they stand there, and a packed colour profile,
/// which may unpack to a thousand times its length and is not looked at.
pub(in crate::image) fn limits_beside(bytes: &[u8]) -> Limits {
    let mut limits = limits();
    limits.max_alloc = Some((BESIDE + bytes.len()) as u64);
    limits
}

fn decode_by(mut decoder: impl ImageDecoder, format: Format) -> Result<Interleaved, Error> {
    let failed = |error| decode_error(format, error);
    let (width, height) = decoder.dimensions();
    let size = limits::check(width, height)?;
    if decoder.total_bytes() > limits::MAX_DECODED_BYTES {
        return Err(Error::TooMuchMemory);
    }
    decoder.set_limits(limits()).map_err(failed)?;
    let color = decoder.color_type();
    let model = if color.has_color() { Model::Rgb } else { Model::Gray };
    let alpha = if color.has_alpha() { Alpha::Straight } else { Alpha::None };
    let mut pixels = super::plane::zeroed(decoder.total_bytes() as usize, 1)?;
    decoder.read_image(&mut pixels).map_err(failed)?;
    let samples = match color {
        ColorType::L8 | ColorType::La8 | ColorType::Rgb8 | ColorType::Rgba8 => Samples::Eight(pixels),
        ColorType::L16 | ColorType::La16 | ColorType::Rgb16 | ColorType::Rgba16 => {
            Samples::Sixteen(pixels.as_chunks().0.iter().map(|sample| u16::from_ne_bytes(*sample)).collect())
        }
        other => return Err(Error::unsupported(format, format_args!("pixels of type {other:?}"))),
    };
    Ok(Interleaved { size, model, alpha, samples })
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
        // Its own words name the format again, and a wrong checksum as programmers see it.
        ImageError::Decoding(error) => match error.source().map(ToString::to_string) {
            Some(detail) if detail.starts_with("CRC error") => Error::corrupt(format, "a checksum does not match"),
            Some(detail) => Error::corrupt(format, detail),
            None => Error::corrupt(format, error),
        },
        error => Error::corrupt(format, error),
    }
}
